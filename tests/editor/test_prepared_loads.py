"""The process that is ready for the next load: it has compiled modules ahead, and runs what is there then."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from codeable.editor.study.study_process import LoadedModel, Loader, LoadProblem
from codeable.loading import compile_modules, load_folder
from codeable.loading.loader import compiled
from tests.studies import SMALL, write_study

pytestmark = pytest.mark.slow


@pytest.fixture
def loader() -> Iterator[Loader]:
    loader = Loader()
    yield loader
    loader.close()


def loaded(loader: Loader, folder: Path) -> LoadedModel:
    found = loader.load(folder)
    assert isinstance(found, LoadedModel), found
    return found


class TestPreparedLoads:
    def test_a_module_that_was_saved_meanwhile_is_run_as_it_is_now(
        self, tmp_path: Path, loader: Loader
    ) -> None:
        write_study(tmp_path)
        loader.prepare(tmp_path)
        changed = SMALL["models/forces.py"].replace("consistency", "coherence")
        write_study(
            tmp_path, {"models/forces.py": changed, "models/new.py": "from models.forces import coherence\n"}
        )
        study = loaded(loader, tmp_path).study
        assert "coherence" in study
        assert "consistency" not in study
        assert "new.py" in {path.name for path in study.files}

    def test_a_module_that_is_no_python_is_told_when_the_study_is_loaded(
        self, tmp_path: Path, loader: Loader
    ) -> None:
        write_study(tmp_path, {**SMALL, "models/forces.py": "consistency = (\n"})
        loader.prepare(tmp_path)
        found = loader.load(tmp_path)
        assert isinstance(found, LoadProblem)
        assert (Path(found.span.path).name, found.span.line) == ("forces.py", 1)
        write_study(tmp_path)
        loader.prepare(tmp_path)
        assert "consistency" in loaded(loader, tmp_path).study

    def test_texts_of_classes_of_the_study_are_handed_over_as_plain_ones(
        self, tmp_path: Path, loader: Loader
    ) -> None:
        text = """
            from codeable.dsl import *

            class Name(str): pass

            priced = CMetaclass("Priced", attributes={Name("cost"): int})
            cheap = CClass(priced, "Cheap", values={"cost": 1})
            """
        write_study(tmp_path, {"models/a.py": text})
        assert loaded(loader, tmp_path).study["cheap"].values == {"cost": 1}


def test_what_is_compiled_ahead_is_used_as_long_as_the_file_is_the_same(tmp_path: Path) -> None:
    write_study(tmp_path)
    path = tmp_path / "models" / "forces.py"
    compile_modules(tmp_path)
    ahead = compiled(path)
    assert compiled(path) is ahead
    path.write_text("x = 1\n", encoding="utf-8")
    assert compiled(path) is not ahead
    compile_modules(tmp_path / "nowhere")
    assert load_folder(write_study(tmp_path)).declarations

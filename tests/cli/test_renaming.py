"""`codeable rename` and `codeable merge`: all files together or none, and what they say."""

from pathlib import Path

import pytest

from codeable.names.renaming.answers import answers_as_text
from codeable.notes.build.trial_load import TrialLoad
from tests.cli.running import run
from tests.names.studies import STUDY, files_in, study_in, written


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study in the current folder."""
    written(tmp_path, STUDY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is started to try the study; the slow tests do that."""

    def answer(folder: Path, *_: object) -> TrialLoad:
        named = {"bus": "event_bus"}
        return TrialLoad(None, answers_as_text(study_in(folder).registry, named))

    monkeypatch.setattr("codeable.names.renaming.changes.trial_load", answer)


class TestRename:
    @pytest.mark.usefixtures("untried")
    def test_it_names_the_files_and_what_comes_next(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("rename", "bus", "event_bus") == 0
        written = capsys.readouterr()
        assert written.out == (
            "models/a.py  3 places\nsources/s1.py  2 places\nsources/s_1.md  6 places\n"
            "pyproject.toml  2 places\nbus → event_bus: 13 places in 4 files\n"
        )
        assert "codeable check" in written.err
        assert "notes build" not in written.err
        assert study_in(study).places_of("bus") == []

    @pytest.mark.usefixtures("untried")
    def test_a_build_comes_next_where_one_made_the_statements(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        module = study / "models/a.py"
        module.write_text(module.read_text("utf-8") + "bus  # s1 3f9a1c\n", encoding="utf-8")
        assert run("rename", "bus", "event_bus") == 0
        assert "codeable notes build " in capsys.readouterr().err

    @pytest.mark.usefixtures("untried")
    def test_a_diff_writes_nothing(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = files_in(study)
        assert run("rename", "bus", "event_bus", "--keep-notes", "--diff") == 0
        written = capsys.readouterr()
        assert '+bus = "event_bus"\n' in written.out
        assert "would be changed: bus → event_bus: 8 places in 3 files" in written.err
        assert files_in(study) == before

    def test_a_refusal_is_wrong_usage(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = files_in(study)
        assert run("rename", "bus", "queue") == 2
        assert "'queue' is taken: practice queue 'bus' (models/a.py:5)" in capsys.readouterr().err
        assert files_in(study) == before

    @pytest.mark.slow
    def test_a_study_that_would_not_load_is_left_as_it_is(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        computed = "from models.a import *\nfor name in ['bus']: globals()[name]\n"
        (study / "models/b.py").write_text(computed)
        before = files_in(study)
        assert run("rename", "bus", "event_bus") == 1
        assert "nothing was written: the study would not load with this:" in capsys.readouterr().err
        assert files_in(study) == before

    @pytest.mark.slow
    def test_a_study_that_would_say_something_else_is_left_as_it_is(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        head = "from codeable.dsl import *\nfrom models import a\n"
        computed = f"{head}if hasattr(a, 'bus'): x = CClass(force, 'X')\n"
        (study / "models/b.py").write_text(computed)
        assert run("rename", "bus", "event_bus") == 1
        assert "declaration models.b x force X' would not be said any more" in capsys.readouterr().err

    @pytest.mark.slow
    def test_a_study_is_renamed_there_and_back(self, study: Path) -> None:
        before = files_in(study)
        for mode in ("--notes", "--keep-notes"):
            assert run("rename", "bus", "event_bus", mode) == 0
            assert run("rename", "event_bus", "bus", mode) == 0
            assert files_in(study) == before


class TestMerge:
    @pytest.mark.slow
    def test_what_is_said_no_more_is_named(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("merge", "queue", "--into", "bus") == 0
        written = capsys.readouterr()
        assert written.out.endswith("queue → bus: 3 places in 2 files\n")
        assert (
            "models/a.py:8: option how – queue 'Use a queue': 'bus' has 'Use the bus' (models/a.py:7)"
            in written.err
        )
        assert "queue" not in (study / "models/a.py").read_text()

    def test_the_code_that_stays_must_be_named(self, study: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("merge", "queue") == 2
        assert "--into" in capsys.readouterr().err
        assert study.is_dir()

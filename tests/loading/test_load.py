"""Which modules a study has, in which order they run, and what they may import."""

import dataclasses
import gc
import sys
import threading
import types
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.loading import StudyFolderError, StudyModuleError, load_folder
from codeable.settings import is_study
from tests.studies import write_study

EMPTY = "from codeable.dsl import *\n"


def modules(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in load_folder(folder).files]


def test_modules_run_in_natural_order_models_first(tmp_path: Path) -> None:
    names = [
        "sources/s14.py",
        "sources/s4.py",
        "sources/s6.py",
        "models/b.py",
        "models/a10.py",
        "models/a9.py",
    ]
    write_study(tmp_path, dict.fromkeys(names, EMPTY))
    assert modules(tmp_path) == [
        "models/a9.py",
        "models/a10.py",
        "models/b.py",
        "sources/s4.py",
        "sources/s6.py",
        "sources/s14.py",
    ]


def test_sub_folders_count_and_names_with_an_underscore_or_a_dot_do_not(tmp_path: Path) -> None:
    names = [
        "models/a/b/c.py",
        "models/a/_hidden.py",
        "models/_drafts/x.py",
        "models/.ipynb_checkpoints/c-checkpoint.py",
        "models/__pycache__/c.py",
        "models/z.py",
        "models/notes.txt",
    ]
    write_study(tmp_path, dict.fromkeys(names, EMPTY))
    assert modules(tmp_path) == ["models/a/b/c.py", "models/z.py"]


def test_a_package_is_loaded_before_its_modules(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            "models/__init__.py": "from codeable.dsl import *\nbus = CClass(pattern, 'Event Bus')",
            "models/a.py": "from models import bus",
        },
    )
    assert load_folder(tmp_path).identifier_of(load_folder(tmp_path)["bus"]) is None
    assert modules(tmp_path) == ["models/__init__.py", "models/a.py"]


def test_the_settings_name_other_folders(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            "pyproject.toml": '[tool.codeable]\nmodels = ["src/model"]\nsources = ["read"]',
            "src/model/a.py": "from codeable.dsl import *\nbus = CClass(pattern, 'Event Bus')",
            "read/s1.py": "from model.a import bus\nfrom src.model.a import bus as same\nassert bus is same",
        },
    )
    assert list(load_folder(tmp_path).modules) == ["src", "src.model", "src.model.a", "read", "read.s1"]


def test_every_form_of_import_finds_the_study(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            "models/x.py": "from codeable.dsl import *\nbus = CClass(pattern, 'Event Bus')",
            "models/_helpers.py": "def help(): return 1",
            "models/deep/y.py": """
                from ..x import bus
                from .. import x
                from . import z
                import models.x as m
                assert m is x
                """,
            "models/deep/z.py": "from models.x import *\nbus",
            "sources/s1.py": """
                from codeable.dsl import *
                import models.deep.z
                import models.x as y
                from models import x
                from models.x import bus
                from models._helpers import help
                from sources.s2 import s2
                import codeable.dsl as vocabulary
                import codeable
                from codeable.metamodels import guidance
                from codeable.metamodels.guidance import pattern as same
                assert models.x is x is y
                assert models.deep.z.bus is bus
                assert vocabulary.pattern is pattern is guidance.pattern is same is codeable.dsl.pattern
                assert codeable.CClass is CClass
                s1 = CClass(source, "s1")
                """,
            "sources/s2.py": "from codeable.dsl import *\ns2 = CClass(source, 's2')",
        },
    )
    assert load_folder(tmp_path).sources.names == ["s1", "s2"]


def test_installed_packages_are_imported_as_ever(tmp_path: Path) -> None:
    write_study(
        tmp_path, {"models/a.py": "import json, os.path, attrs\nfrom xml.etree import ElementTree as t\n"}
    )
    module = load_folder(tmp_path).modules["models.a"]
    assert module.json is sys.modules["json"]
    assert module.t is sys.modules["xml.etree.ElementTree"]


def test_a_study_file_with_the_name_of_a_library_shadows_nothing(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            "json.py": "raise Exception('not this one')",
            "models/json.py": "from codeable.dsl import *\nbus = CClass(pattern, 'Event Bus')",
            "models/re.py": "import json, re\nfrom models.json import bus\nassert json.dumps([]) == '[]'",
        },
    )
    assert load_folder(tmp_path)["bus"].name == "Event Bus"


def test_a_module_beside_the_folders_is_the_studys_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_study(
        tmp_path,
        {
            "shared.py": "text = 'own'",
            "kit/a.py": "b = 3",
            "models/a.py": "import shared\nfrom kit.a import b",
        },
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert load_folder(tmp_path).modules["models.a"].shared.text == "own"
    assert not {"shared", "kit"} & set(sys.modules)


def test_an_installed_package_wins_over_a_folder_of_its_name(tmp_path: Path) -> None:
    write_study(tmp_path, {"attrs/data.py": "", "pytest/x.txt": "", "models/a.py": "import attrs, pytest"})
    module = load_folder(tmp_path).modules["models.a"]
    assert (module.attrs, module.pytest) == (sys.modules["attrs"], pytest)


def test_a_package_may_import_its_own_modules(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            "models/__init__.py": "from models.a import bus\nfrom models import a, b",
            "models/a.py": "from codeable.dsl import *\nbus = CClass(pattern, 'Event Bus')",
            "models/b.py": "from . import a\nbus = a.bus",
        },
    )
    assert load_folder(tmp_path).look_up("bus").module == "models.a"


def test_a_star_import_of_a_package_brings_the_modules_that_it_lists(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            "models/kit/__init__.py": "__all__ = ['part']",
            "models/kit/part.py": "x = 3",
            "models/a.py": "from models.kit import *\nx = part.x",
        },
    )
    assert load_folder(tmp_path).modules["models.a"].x == 3


def test_nothing_stays_in_the_interpreter(tmp_path: Path) -> None:
    def of_a_study() -> set[str]:
        return {name for name in sys.modules if name.split(".")[0] in ("models", "sources")}

    write_study(tmp_path)
    from_elsewhere = of_a_study()
    load_folder(tmp_path)
    before = (set(sys.modules), list(sys.path), sys.meta_path[:], sys.path_hooks[:])
    load_folder(tmp_path)
    assert (set(sys.modules), list(sys.path), sys.meta_path[:], sys.path_hooks[:]) == before
    assert of_a_study() == from_elsewhere


def test_what_modules_do_to_folder_and_search_path_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "import os, sys\nos.chdir('models')\nsys.path.insert(0, 'lib')\nseen = os.getcwd(), sys.path[0]"
    write_study(tmp_path, {"models/a.py": text})
    before = sys.path[:]
    assert load_folder(Path()).modules["models.a"].seen == (str(tmp_path / "models"), "lib")
    assert (Path.cwd(), sys.path) == (tmp_path, before)


def test_no_file_is_written(tmp_path: Path) -> None:
    write_study(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    load_folder(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_import_inside_a_function_that_is_called_later_finds_the_study(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            "models/a.py": """
                def later():
                    from models._b import bus
                    import models._b
                    return bus
                """,
            "models/_b.py": "from codeable.dsl import *\nbus = CClass(pattern, 'Event Bus')",
        },
    )
    later = load_folder(tmp_path).modules["models.a"].later
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(later())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {id(element) for element in found} == {id(later())}


def test_a_module_may_wait_for_a_thread_that_imports_another(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            "models/a.py": """
                import threading
                def work():
                    global found
                    from models.b import found
                thread = threading.Thread(target=work, daemon=True)
                thread.start()
                thread.join(10)
                """,
            "models/b.py": "found = 3",
        },
    )
    assert load_folder(tmp_path).modules["models.a"].found == 3


def test_threads_that_import_modules_which_import_each_other_do_not_wait_for_ever(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            "models/a.py": """
                import threading
                from models._meeting import meeting
                def work(name):
                    __import__(name)
                threads = [threading.Thread(target=work, args=[f"models._{x}"], daemon=True) for x in "xy"]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join(10)
                alive = [thread.is_alive() for thread in threads]
                import models._x, models._y
                """,
            "models/_meeting.py": "import threading\nmeeting = threading.Barrier(2, timeout=10)",
            "models/_x.py": "from models._meeting import meeting\nmeeting.wait()\nimport models._y\ndone = 1",
            "models/_y.py": "from models._meeting import meeting\nmeeting.wait()\nimport models._x\ndone = 1",
        },
    )
    modules = load_folder(tmp_path).modules
    assert modules["models.a"].alive == [False, False]
    assert (modules["models._x"].done, modules["models._y"].done) == (1, 1)


@pytest.mark.parametrize(
    "how",
    [
        "import importlib; load = importlib.import_module",
        "import importlib.util; load = importlib.import_module",
        "from importlib import import_module as load",
    ],
)
def test_a_module_imported_by_a_name_in_a_variable_is_the_studys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.syspath_prepend(tmp_path)  # as for a program that is run in the study's folder
    text = f"""
        from codeable.dsl import *
        {how}
        assert load("codeable.dsl").pattern is pattern
        assert load("json").loads("1") == 1
        x = load("models.x")
        assert load(".s2", __package__).bus is x.bus
        s1 = CClass(source, "s1")
        add_links({{s1: x.bus}}, role_name="contained_code")
        """
    files = {
        "models/x.py": "from codeable.dsl import *\nbus = CClass(pattern, 'Event Bus')",
        "sources/s1.py": text,
        "sources/s2.py": "from models.x import *",
    }
    write_study(tmp_path, files)
    loaded = load_folder(tmp_path)
    assert loaded.codes_of("s1") == [loaded["bus"]]
    assert "models.x" not in sys.modules


def test_a_module_that_is_missing_under_a_name_in_a_variable_is_reported_at_the_users_line(
    tmp_path: Path,
) -> None:
    write_study(tmp_path, {"models/a.py": "import importlib\nimportlib.import_module('models.bb')"})
    with pytest.raises(StudyModuleError, match=r"a\.py:2: .*no module 'models\.bb'"):
        load_folder(tmp_path)


DATACLASS = """
    from __future__ import annotations
    {how}
    {decorator}
    class Coder:
        name: str
        number: ClassVar[int] = 3
    coder = Coder("A")
    """


@pytest.mark.parametrize(
    ("how", "decorator"),
    [
        ("from dataclasses import dataclass", "@dataclass"),
        ("from dataclasses import dataclass", "@dataclass(frozen=True)"),
        ("import dataclasses", "@dataclasses.dataclass"),
        ("import dataclasses as d", "@d.dataclass(slots=True)"),
    ],
)
def test_a_dataclass_whose_annotations_are_texts_may_stand_in_a_module(
    tmp_path: Path, how: str, decorator: str
) -> None:
    text = DATACLASS.format(how=f"from typing import ClassVar; {how}", decorator=decorator)
    write_study(tmp_path, {"models/a.py": text})
    coder = load_folder(tmp_path).modules["models.a"].coder
    assert dataclasses.asdict(coder) == {"name": "A"}
    assert "models.a" not in sys.modules


def test_a_dataclass_finds_its_study_also_where_a_module_of_that_name_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = types.ModuleType("models.a")
    monkeypatch.setitem(sys.modules, "models.a", other)
    text = DATACLASS.format(
        how="from typing import ClassVar; import dataclasses", decorator="@dataclasses.dataclass"
    )
    write_study(tmp_path, {"models/a.py": text})
    assert load_folder(tmp_path).modules["models.a"].Coder.number == 3
    assert sys.modules["models.a"] is other


def test_two_studies_load_at_the_same_time(tmp_path: Path) -> None:
    folders = [write_study(tmp_path / name) for name in "abcd"]
    loaded = {}
    threads = [
        threading.Thread(target=lambda folder=folder: loaded.update({folder: load_folder(folder)}))
        for folder in folders
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(loaded[folder].practices) for folder in folders] == [2, 2, 2, 2]


def test_a_module_knows_its_name_file_and_package(tmp_path: Path) -> None:
    write_study(tmp_path, {"models/deep/x.py": "import sys\nseen = __name__, __file__, __package__"})
    module = load_folder(tmp_path).modules["models.deep.x"]
    path = str(tmp_path / "models/deep/x.py")
    assert module.seen == ("models.deep.x", path, "models.deep")
    assert (module.__spec__.name, module.__spec__.origin, module.__spec__.parent) == (
        "models.deep.x",
        path,
        "models.deep",
    )


def test_the_source_of_a_studys_function_can_be_inspected(tmp_path: Path) -> None:
    import inspect

    write_study(tmp_path, {"models/a.py": "def f():\n    return 41 + 1"})
    assert inspect.getsource(load_folder(tmp_path).modules["models.a"].f) == "def f():\n    return 41 + 1\n"


class TestStudiesDoNotReachEachOther:
    def test_two_studies_have_elements_of_their_own(self, tmp_path: Path) -> None:
        one = load_folder(write_study(tmp_path / "one"))
        other = load_folder(write_study(tmp_path / "other", {"models/a.py": EMPTY}))
        assert len(one.vocabulary.practice.classes) == 2
        assert other.vocabulary.practice.classes == []

    def test_a_study_loaded_twice_has_its_elements_once_in_each(self, tmp_path: Path) -> None:
        write_study(tmp_path)
        one, again = load_folder(tmp_path), load_folder(tmp_path)
        assert len(one.vocabulary.practice.classes) == len(again.vocabulary.practice.classes) == 2
        assert one["k8s"] is not again["k8s"]

    def test_a_changed_metaclass_changes_no_other_study(self, tmp_path: Path) -> None:
        import codeable.dsl

        changing = """
            from codeable.dsl import *
            practice.superclasses = []
            practice.name = "Habit"
            decision.attributes = {"age": int}
            CMetaclass("Own", superclasses=pattern)
            """
        changed = load_folder(write_study(tmp_path / "one", {"models/a.py": changing}))
        other = load_folder(write_study(tmp_path / "other"))
        for vocabulary in (other.vocabulary, codeable.dsl):
            assert vocabulary.practice.name == "Practice"
            assert vocabulary.practice.superclasses == [vocabulary.design_solution]
            assert vocabulary.decision.attribute_names == ["recommendation"]
            assert vocabulary.pattern.subclasses == []
        assert changed.vocabulary.practice.name == "Habit"

    def test_linking_elements_of_two_studies_is_refused(self, tmp_path: Path) -> None:
        one = load_folder(write_study(tmp_path / "one"))
        other = load_folder(write_study(tmp_path / "other"))
        with pytest.raises(one.vocabulary.CException):
            one.vocabulary.add_decision_option_link(one["infrastructure_decision"], other["k8s"], "x")

    @pytest.mark.usefixtures("fresh_heap")
    def test_a_dropped_study_is_freed(self, tmp_path: Path) -> None:
        loaded = load_folder(write_study(tmp_path))
        str(loaded.declarations[0].span)
        kept = [
            weakref.ref(each)
            for each in (
                loaded.vocabulary,
                loaded,
                loaded.modules["models.forces"],
                loaded["k8s"],
                loaded.vocabulary.practice,
            )
        ]
        del loaded
        gc.collect()
        assert [reference() for reference in kept] == [None] * 5

    @pytest.mark.slow
    def test_a_study_that_fails_is_freed_with_its_error(self, tmp_path: Path) -> None:
        write_study(
            tmp_path,
            {
                "models/a.py": "from codeable.dsl import *\nbus = CClass(pattern, 'Bus')",
                "models/b.py": "from models.a import bus\nimport weakref, builtins\nseen.append(bus)",
            },
        )
        seen: list[object] = []
        (tmp_path / "models/b.py").write_text(
            "from models.a import bus\nimport gc\nkeep = bus\nraise ValueError(1)"
        )
        try:
            load_folder(tmp_path)
        except CodeableError as error:
            cause = error.__cause__
            assert cause is not None and cause.__traceback__ is not None
            seen.append(weakref.ref(cause.__traceback__.tb_frame.f_globals["keep"]))
            del cause
        gc.collect()
        assert seen[0]() is None  # type: ignore[operator]


class TestAFolderThatIsNoStudy:
    def test_a_missing_folder_is_reported_with_the_nearest_and_the_way_to_start(self, tmp_path: Path) -> None:
        (tmp_path / "study").mkdir()
        with pytest.raises(StudyFolderError) as caught:
            load_folder(tmp_path / "stduy")
        assert caught.value.message == (
            f"there is no folder {tmp_path}/stduy; did you mean 'study'?\n"
            f"`codeable init {tmp_path}/stduy` starts a study there"
        )
        assert caught.value.exit_status == 2

    def test_a_folder_without_modules_is_reported_with_what_was_looked_for(self, tmp_path: Path) -> None:
        (tmp_path / "models").mkdir()
        (tmp_path / "a.py").write_text("x = 1")
        with pytest.raises(StudyFolderError) as caught:
            load_folder(tmp_path)
        assert caught.value.message == (
            f"{tmp_path} holds no study: looked for Python modules in models/, sources/ "
            "and for [tool.codeable] in pyproject.toml\n"
            f"`codeable init {tmp_path}` starts a study there"
        )

    @pytest.mark.parametrize("module", ["draw.py", "my models/decisions.py"])
    def test_a_study_for_codeable_models_is_reported_with_the_way_to_convert_it(
        self, module: str, tmp_path: Path
    ) -> None:
        (tmp_path / module).parent.mkdir(exist_ok=True)
        (tmp_path / module).write_text("# caf\xe9\nfrom codeable_models import CClass\n", "latin-1")
        with pytest.raises(StudyFolderError) as caught:
            load_folder(tmp_path)
        assert caught.value.message.endswith(
            f"\nIt is written for CodeableModels: `codeable convert {tmp_path} --out STUDY` makes a study "
            "of it, `codeable compat run SCRIPT` runs it as it is"
        )

    def test_a_folder_of_a_study_is_reported_with_the_study(self, tmp_path: Path) -> None:
        (write_study(tmp_path) / "notebooks").mkdir()
        with pytest.raises(StudyFolderError) as caught:
            load_folder(tmp_path / "notebooks")
        assert caught.value.message.endswith(f"\nThe nearest study above it is {tmp_path}")

    def test_the_current_folder_is_named_by_its_path(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(StudyFolderError) as caught:
            load_folder(".")
        assert caught.value.message.startswith(f"{tmp_path} holds no study")
        assert caught.value.message.endswith("`codeable init` starts a study there")

    def test_a_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.py").write_text("")
        with pytest.raises(StudyFolderError, match=r"a\.py is a file; a study is loaded by its folder"):
            load_folder(tmp_path / "a.py")

    @pytest.mark.parametrize("folder", [None, 3, b"x"])
    def test_what_is_no_path_is_refused(self, folder: object) -> None:
        with pytest.raises(StudyFolderError, match="a study's folder must be a path, not "):
            load_folder(folder)  # type: ignore[arg-type]

    def test_a_path_with_a_null_byte_is_reported(self) -> None:
        with pytest.raises(StudyFolderError):
            load_folder("a\0b")

    def test_a_named_folder_that_is_missing_is_reported_with_the_nearest(self, tmp_path: Path) -> None:
        write_study(tmp_path, {"pyproject.toml": '[tool.codeable]\nmodels = ["modls"]', "models/a.py": EMPTY})
        with pytest.raises(
            StudyFolderError, match="names the folder 'modls', which is not there; did you mean 'models'"
        ):
            load_folder(tmp_path)

    def test_a_named_module_that_is_missing_is_reported_with_the_nearest(self, tmp_path: Path) -> None:
        settings = '[tool.codeable]\nmodels = ["models/frist.py"]'
        write_study(tmp_path, {"pyproject.toml": settings, "models/first.py": EMPTY})
        with pytest.raises(
            StudyFolderError,
            match=r"names the module 'models/frist\.py', which is not there; did you mean 'first\.py'",
        ):
            load_folder(tmp_path)

    def test_single_modules_are_loaded_in_the_order_given_and_once(self, tmp_path: Path) -> None:
        settings = '[tool.codeable]\nmodels = ["study/z.py", "study/b.py", "study"]\nsources = []'
        files = {f"study/{name}.py": EMPTY for name in "abcz"}
        write_study(tmp_path, {"pyproject.toml": settings, **files})
        modules = ["study.z", "study.b", "study.a", "study.c"]
        assert [name for name in load_folder(tmp_path).modules if name != "study"] == modules

    def test_single_modules_import_each_other_by_both_names_of_their_folder(self, tmp_path: Path) -> None:
        files = {
            "pyproject.toml": '[tool.codeable]\nmodels = ["deep/study/b.py", "alone.py"]',
            "deep/study/a.py": "x = 1",
            "deep/study/b.py": "from deep.study.a import x\nfrom study.a import x as y\nfrom .a import x",
            "alone.py": "from study.b import x",
        }
        write_study(tmp_path, files)
        assert {"deep.study.a", "deep.study.b", "alone"} <= set(load_folder(tmp_path).modules)

    def test_a_folder_that_cannot_be_read_is_reported(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        list_folder = Path.iterdir

        def refuse(path: Path) -> Iterator[Path]:
            if path.name == "deep":
                raise PermissionError(13, "Permission denied", str(path))
            return list_folder(path)

        write_study(tmp_path, {"models/deep/a.py": "x = 1"})
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(Path, "iterdir", refuse)
        with pytest.raises(
            StudyFolderError, match=r"^the folder models/deep cannot be read: Permission denied$"
        ):
            load_folder(Path())

    def test_two_folders_may_end_in_the_same_name(self, tmp_path: Path) -> None:
        write_study(
            tmp_path,
            {
                "pyproject.toml": '[tool.codeable]\nmodels = ["x/models", "y/models"]',
                "x/models/a.py": "x = 1",
                "y/models/b.py": "from models.a import x\nfrom models.c import y",
                "y/models/c.py": "y = 2",
            },
        )
        assert load_folder(tmp_path).modules["y.models.b"].x == 1

    def test_settings_without_modules_are_an_empty_study(self, tmp_path: Path) -> None:
        write_study(tmp_path, {"pyproject.toml": "[tool.codeable]"})
        assert load_folder(tmp_path).declarations == ()

    def test_a_link_that_leads_back_is_followed_once(self, tmp_path: Path) -> None:
        write_study(tmp_path, {"models/a.py": EMPTY})
        (tmp_path / "models/loop").symlink_to(tmp_path / "models")
        assert modules(tmp_path) == ["models/a.py"]

    @pytest.mark.parametrize(
        ("files", "is_one"),
        [
            ({"models/a.py": ""}, True),
            ({"pyproject.toml": "[tool.codeable]"}, True),
            ({"pyproject.toml": "[project]"}, False),
            ({"notes/s1.md": ""}, False),
        ],
    )
    def test_models_or_settings_make_a_folder_a_study(
        self, tmp_path: Path, files: dict[str, str], is_one: bool
    ) -> None:
        assert is_study(write_study(tmp_path, files)) is is_one


def test_an_empty_path_is_not_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_study(tmp_path))
    with pytest.raises(StudyFolderError, match="the path of the study's folder is empty"):
        load_folder("")

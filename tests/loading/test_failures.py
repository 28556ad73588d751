"""What is reported about a module that fails."""

import os
import pickle
import sys
import traceback
from pathlib import Path

import pytest

from codeable.kernel import CException
from codeable.loading import StudyFolderError, StudyModuleError, load_folder
from tests.studies import write_study

DSL = "from codeable.dsl import *\n"


@pytest.fixture(autouse=True)
def _in_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def failure(files: dict[str, str]) -> StudyModuleError:
    folder = write_study(Path(), files)
    with pytest.raises(StudyModuleError) as caught:
        load_folder(folder)
    return caught.value


def reported(files: dict[str, str]) -> list[str]:
    return failure(files).message.splitlines()


def test_an_error_is_reported_with_file_line_and_source_line() -> None:
    assert reported({"models/a.py": "x = 1\n\ny = x / 0\n"}) == [
        "models/a.py:3: ZeroDivisionError: division by zero",
        "    y = x / 0",
    ]


def test_the_error_has_path_line_and_cause() -> None:
    error = failure({"models/a.py": "x = 1\n\ny = x / 0\n"})
    assert (error.path, error.line) == (str(Path.cwd() / "models/a.py"), 3)
    assert isinstance(error.__cause__, ZeroDivisionError)
    assert error.exit_status == 1


def test_the_traceback_of_the_cause_starts_at_the_users_code() -> None:
    error = failure({"models/a.py": "import models.b", "models/b.py": "1 / 0"})
    assert error.__cause__ is not None
    frames = traceback.extract_tb(error.__cause__.__traceback__)
    assert [Path(frame.filename).name for frame in frames] == ["a.py", "b.py"]


def test_the_source_line_is_that_of_the_edited_file() -> None:
    failure({"models/a.py": "x = 1 / 0\n"})
    assert reported({"models/a.py": "# edited since\nlonger = 2 / 0\n"})[1] == "    longer = 2 / 0"


def test_an_error_of_the_kernel_is_reported_at_the_users_line() -> None:
    error = failure(
        {"models/a.py": f"{DSL}k8s = CClass(practice, 'K8s')\nadd_decision_option_link(k8s, k8s)\n"}
    )
    assert error.line == 3
    assert isinstance(error.__cause__, CException)
    assert error.message.startswith(f"models/a.py:3: {error.__cause__.value}\n")


def test_an_error_in_a_function_names_the_line_in_the_function() -> None:
    assert reported(
        {
            "models/_make.py": f"{DSL}def make(name):\n    return CClass(practise, name)",
            "models/a.py": "from models._make import make\n\nx = make('X')",
        }
    ) == [
        "models/_make.py:3: NameError: name 'practise' is not defined",
        "    return CClass(practise, name)",
        "Did you mean 'practice'?",
        "reached from models/a.py:3",
    ]


def test_an_error_in_a_library_is_reported_at_the_users_line() -> None:
    assert reported({"models/a.py": "import json\njson.loads('{')"})[0].startswith(
        "models/a.py:2: JSONDecodeError: Expecting property name"
    )


def test_a_failing_import_names_who_imported_it() -> None:
    files = {
        "models/a.py": "x = 1\nimport models.b",
        "models/b.py": "from models.c import *",
        "models/c.py": "1/0",
    }
    assert reported(files) == [
        "models/c.py:1: ZeroDivisionError: division by zero",
        "    1/0",
        "reached from models/b.py:1",
        "reached from models/a.py:2",
    ]


def test_an_error_can_be_pickled_as_a_worker_process_sends_it() -> None:
    error = failure({"models/a.py": "x = 1\n\ny = x / 0\n"})
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.message, again.path, again.line, again.exit_status) == (
        StudyModuleError,
        error.message,
        error.path,
        3,
        1,
    )
    folder_error = pickle.loads(pickle.dumps(StudyFolderError("there is no folder")))
    assert (folder_error.message, folder_error.exit_status) == ("there is no folder", 2)


def test_an_element_that_a_list_repeats_is_named_with_both_lines() -> None:
    text = (
        "s1 = CClass(source, 's1')\nk8s = CClass(practice, 'K8s')\n"
        "add_links({s1: [\n    k8s,\n    k8s]}, role_name='contained_code')"
    )
    assert (
        "the list of s1 repeats k8s: models/a.py:6, it is in line 5 already; take one of the two out"
        in reported({"models/a.py": DSL + text})
    )


class TestNames:
    def test_a_misspelt_name_is_reported_with_the_nearest(self) -> None:
        assert reported({"models/a.py": f"{DSL}x = CClass(practise, 'X')"})[-1] == "Did you mean 'practice'?"

    def test_the_beginning_of_a_name_is_reported_with_the_whole(self) -> None:
        told = reported({"models/a.py": f"{DSL}monitoring = 1\nx = CClass(do_nothing, 'X')"})[-1]
        assert told == "Did you mean 'do_nothing_design_solution'?"

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("from codeable.dsl import practic", "Did you mean 'practice'?"),
            ("from codeable.metamodels.component import componet", "Did you mean 'component'"),
            ("from codeable.metamodels import deploymen", "Did you mean 'deployment'?"),
            ("import codeable.metamodels.technologies", "Did you mean 'technology'?"),
            (
                "from codeable.dsl import component",
                "A vocabulary has it: from codeable.metamodels.component import component",
            ),
            (
                f"{DSL}x = CClass(device, 'X')",
                "A vocabulary has it: from codeable.metamodels.deployment import device",
            ),
            (
                "from codeable.metamodels.component import practice",
                "A vocabulary has it: from codeable.dsl import practice",
            ),
        ],
    )
    def test_a_name_that_codeable_has_elsewhere_or_nearly_is_proposed(self, line, expected) -> None:
        assert any(told.startswith(expected) for told in reported({"models/a.py": line}))

    def test_an_import_that_is_proposed_works(self) -> None:
        proposed = [
            told.partition(": ")[2]
            for name in ("component", "message_broker", "device", "technology", "activity_node", "practice")
            for told in reported({"models/a.py": f"x = {name}"})
            if told.startswith(("A vocabulary", "It is in"))
        ]
        assert len(proposed) == 6
        for each in proposed:
            assert reported({"models/a.py": f"{each}\n1/0"})[0].startswith("models/a.py:2: Zero")

    def test_a_name_is_reported_with_its_capital_letters(self) -> None:
        assert reported({"models/a.py": f"{DSL}x = CClas(practice, 'X')"})[-1].startswith(
            "Did you mean 'CClass'"
        )

    def test_a_name_of_the_vocabulary_that_is_not_imported_is_reported_with_its_import(self) -> None:
        assert reported({"models/a.py": "x = CClass(practice, 'X')"})[-1] == (
            "It is in the vocabulary: from codeable.dsl import CClass"
        )

    def test_a_name_of_another_module_is_reported_with_the_import(self) -> None:
        files = {"models/a.py": f"{DSL}k8s = CClass(practice, 'K8s')", "sources/s1.py": "print(k8s)"}
        assert reported(files)[-1] == "models.a has it: from models.a import k8s"

    def test_a_name_that_a_module_lacks_is_reported_with_the_nearest(self) -> None:
        files = {"models/a.py": "versioning = 1", "models/b.py": "from models.a import versionning"}
        assert reported(files)[0] == (
            "models/b.py:1: ImportError: models.a has no 'versionning'; did you mean 'versioning'?"
        )

    def test_a_module_that_is_missing_is_reported_with_the_nearest(self) -> None:
        files = {"models/infra.py": "", "models/z.py": "from models.infr import x"}
        assert reported(files)[0] == (
            "models/z.py:1: ModuleNotFoundError: the study has no module 'models.infr': "
            "neither infr.py nor a folder infr is in models; did you mean 'infra'?"
        )

    def test_a_name_that_a_package_lacks_is_reported(self) -> None:
        files = {"models/kit/a.py": "", "models/z.py": "from models.kit import nothing"}
        assert reported(files)[0] == "models/z.py:1: ImportError: models.kit has no 'nothing'"

    def test_a_package_that_is_not_installed_is_reported_at_the_import(self) -> None:
        assert reported({"models/a.py": "import no_such_package_here"})[0] == (
            "models/a.py:1: ModuleNotFoundError: No module named 'no_such_package_here'"
        )

    @pytest.mark.parametrize("package", ["codeable_models", "metamodels.guidance_metamodel"])
    def test_a_study_written_for_codeable_models_is_reported_with_commands(self, package: str) -> None:
        assert reported({"models/a.py": f"from {package} import *"})[2] == (
            "This is written for CodeableModels: `codeable convert` turns such a study into one of ours, "
            "`codeable compat run` runs it as it is"
        )

    def test_a_study_may_catch_a_missing_module(self) -> None:
        text = "try:\n    from models.missing import x\nexcept ImportError:\n    x = 3"
        write_study(Path(), {"models/a.py": text})
        assert load_folder(Path()).modules["models.a"].x == 3

    def test_a_relative_import_above_the_study_is_reported(self) -> None:
        assert reported({"models/a.py": "from ... import x"})[0].startswith("models/a.py:1: ImportError: ")


class TestCircularImports:
    def test_a_name_that_is_not_made_yet_is_reported_with_the_circle(self) -> None:
        files = {"models/a.py": "z = 0\nfrom models.b import y", "models/b.py": "from models.a import x"}
        assert reported(files)[0] == (
            "models/b.py:1: ImportError: models.a has not made 'x' yet: models.b and models.a import each "
            "other: models.a imports models.b at models/a.py:2; "
            "move what both need to a module that imports neither"
        )

    def test_a_module_that_imports_from_itself_is_reported(self) -> None:
        assert reported({"models/a.py": "from models.a import x"})[0] == (
            "models/a.py:1: ImportError: models.a imports 'x' from itself and has not made it yet"
        )

    def test_a_star_import_that_brought_too_little_is_reported_with_the_circle(self) -> None:
        files = {
            "models/a.py": "from models.b import *\nx = 1",
            "models/b.py": "from models.a import *\ny = x",
        }
        assert reported(files) == [
            "models/b.py:2: NameError: name 'x' is not defined",
            "    y = x",
            "models.b and models.a import each other: models.a imports models.b at models/a.py:1",
            "reached from models/a.py:1",
        ]

    def test_a_circle_that_needs_nothing_too_early_is_no_error(self) -> None:
        write_study(
            Path(),
            {
                "models/a.py": "x = 1\nfrom models.b import y",
                "models/b.py": "from models.a import x\ny = x + 1",
                "models/c.py": "import models.d as d\ndef f(): return d.g()",
                "models/d.py": "import models.c as c\ndef g(): return 7",
            },
        )
        modules = load_folder(Path()).modules
        assert (modules["models.a"].y, modules["models.c"].f()) == (2, 7)


class TestTextThatIsNoModule:
    def test_a_syntax_error_is_reported_at_its_line(self) -> None:
        assert reported({"models/a.py": "x = 1\ny = (\n"}) == [
            "models/a.py:2: SyntaxError: '(' was never closed",
            "    y = (",
        ]

    def test_a_merge_conflict_is_reported_with_its_lines(self) -> None:
        text = "x = 1\n<<<<<<< HEAD\ny = 1\n=======\ny = (2\n>>>>>>> other\n"
        assert reported({"models/a.py": text}) == ["models/a.py:2: merge conflict not resolved, lines 2–6"]

    def test_a_syntax_error_in_an_imported_module_is_reported_there(self) -> None:
        assert reported({"models/a.py": "import models.b", "models/b.py": "x = 1\nif:"}) == [
            "models/b.py:2: SyntaxError: invalid syntax",
            "    if:",
            "reached from models/a.py:1",
        ]

    def test_bytes_that_are_not_utf8_are_reported_with_the_line(self) -> None:
        Path("models").mkdir()
        Path("models/a.py").write_bytes(b"x = 1\n\ny = 'caf\xe9'\n")
        with pytest.raises(
            StudyModuleError, match=r"^models/a\.py:3: SyntaxError: .*codec can't decode byte 0xe9"
        ) as caught:
            load_folder(Path())
        assert caught.value.message.endswith(
            "Save the file as UTF-8, or name its encoding in its first line: # coding: cp1252"
        )

    def test_null_bytes_are_reported_with_the_line(self) -> None:
        Path("models").mkdir()
        Path("models/a.py").write_bytes(b"x = 1\n\0\n")
        with pytest.raises(StudyModuleError, match=r"^models/a\.py:2: SyntaxError: source code .*null bytes"):
            load_folder(Path())

    def test_an_unknown_encoding_is_reported(self) -> None:
        assert reported({"models/a.py": "# coding: klingon\nx = 1"})[0] == (
            "models/a.py:1: SyntaxError: unknown encoding: klingon"
        )

    def test_a_codec_that_is_for_no_text_is_reported(self) -> None:
        assert reported({"models/a.py": "# coding: rot13\nx = 1"})[0].startswith(
            "models/a.py:1: SyntaxError: 'rot13' is not a text encoding"
        )

    def test_an_expression_nested_too_deeply_is_reported(self) -> None:
        assert reported({"models/a.py": "x = " + "-" * 100_000 + "1"})[0].startswith(
            "models/a.py:1: SyntaxError: "
        )

    def test_a_file_or_folder_that_no_module_can_have_as_its_name_is_reported(self) -> None:
        assert failure({"models/a.b.py": "x = 1"}).message == (
            "models/a.b.py: ImportError: dots separate the parts of a module's name, so 'a.b' cannot be one "
            "of them; rename it, for example to 'a_b'"
        )
        Path("models/a.b.py").unlink()
        assert "'v1.0' cannot be one" in reported({"models/v1.0/a.py": "x = 1"})[0]

    def test_a_file_beside_a_package_of_its_name_is_reported(self) -> None:
        assert failure({"models/a/__init__.py": "x = 1", "models/a.py": "x = 2"}).message == (
            "models/a.py: ImportError: models/a/__init__.py is the module models.a too; rename one of the two"
        )

    def test_a_file_that_cannot_be_read_is_reported(self, monkeypatch: pytest.MonkeyPatch) -> None:
        read = Path.read_bytes

        def refuse(path: Path) -> bytes:
            if path.suffix == ".py":
                raise PermissionError(13, "Permission denied", str(path))
            return read(path)

        monkeypatch.setattr(Path, "read_bytes", refuse)
        write_study(Path(), {"models/a.py": "x = 1"})
        with pytest.raises(StudyModuleError, match=r"^models/a\.py: PermissionError: Permission denied"):
            load_folder(Path())

    @pytest.mark.parametrize("name", ["models/b.py", "models/kit/__init__.py"])
    def test_a_pipe_in_the_place_of_a_module_is_refused_at_once(self, name: str) -> None:
        write_study(Path(), {"models/a.py": "x = 1", "models/kit/c.py": "y = 2"})
        os.mkfifo(name)
        with pytest.raises(StudyModuleError, match=f"^{name}: OSError: it is a pipe, a socket or a device"):
            load_folder(Path())

    def test_a_pipe_that_is_imported_is_no_module(self) -> None:
        write_study(Path(), {"models/a.py": "import models._b"})
        os.mkfifo("models/_b.py")
        with pytest.raises(StudyModuleError, match=r"^models/a\.py:1: .*no module 'models\._b'"):
            load_folder(Path())

    def test_another_declared_encoding_is_read(self) -> None:
        Path("models").mkdir()
        text = "# coding: cp1252\nfrom codeable.dsl import *\ncafé = CClass(practice, 'Café')\n"
        Path("models/a.py").write_bytes(text.encode("cp1252"))
        assert load_folder(Path())["café"].name == "Café"


class TestModulesThatMisbehave:
    def test_a_module_that_ends_the_program_is_reported(self) -> None:
        assert reported({"models/a.py": "import sys\nsys.exit(3)"}) == [
            "models/a.py:2: the module ends the program (SystemExit: 3); it must run to its end",
            "    sys.exit(3)",
        ]

    def test_endless_recursion_is_reported(self) -> None:
        error = failure({"models/a.py": "def f():\n    return f()\nf()"})
        assert error.message.startswith("models/a.py:2: RecursionError: maximum recursion depth exceeded")
        assert len(error.message) < 500

    def test_an_interrupt_is_passed_on(self) -> None:
        write_study(Path(), {"models/a.py": "raise KeyboardInterrupt"})
        with pytest.raises(KeyboardInterrupt):
            load_folder(Path())

    @pytest.mark.parametrize("error", ["GeneratorExit", "BaseException"])
    def test_what_is_raised_beside_all_errors_is_reported_too(self, error: str) -> None:
        assert reported({"models/a.py": f"raise {error}('enough')"})[0] == f"models/a.py:1: {error}: enough"

    def test_an_error_without_text_is_reported_by_its_name(self) -> None:
        assert reported({"models/a.py": "assert False"})[0] == "models/a.py:1: AssertionError"

    def test_an_error_that_cannot_say_what_it_is_is_reported(self) -> None:
        text = "class E(Exception):\n    def __str__(self): raise ValueError\nraise E"
        assert reported({"models/a.py": text})[0] == (
            "models/a.py:3: E, whose text cannot be made: ValueError"
        )

    @pytest.mark.parametrize(
        "body",
        [
            "def __getattribute__(self, name): raise KeyError(name)",
            "__class__ = property(lambda self: 1 / 0)",
            "__traceback__ = property(lambda self: 1 / 0)",
            "__cause__ = __context__ = property(lambda self: 1 / 0)",
        ],
    )
    def test_an_error_whose_attributes_cannot_be_read_is_reported(self, body: str) -> None:
        text = f"class E(Exception):\n    {body}\nraise E('bad')"
        assert reported({"models/a.py": text}) == ["models/a.py:3: E: bad", "    raise E('bad')"]

    @pytest.mark.parametrize(
        "body",
        ["def __getattribute__(cls, name): raise KeyError(name)", "__name__ = property(lambda cls: 1 / 0)"],
    )
    def test_an_error_whose_class_cannot_be_asked_is_reported(self, body: str) -> None:
        text = f"class M(type):\n    {body}\nclass E(Exception, metaclass=M): pass\nraise E('bad')"
        assert reported({"models/a.py": text}) == ["models/a.py:4: E: bad", "    raise E('bad')"]

    def test_an_error_whose_text_ends_the_program_is_reported(self) -> None:
        text = "class E(Exception):\n    def __str__(self): raise SystemExit(0)\nraise E"
        assert reported({"models/a.py": text})[0] == (
            "models/a.py:3: E, whose text cannot be made: SystemExit"
        )

    def test_an_error_whose_text_is_of_a_class_of_its_own_is_reported(self) -> None:
        text = (
            "class S(str):\n    def __format__(self, spec): raise SystemExit(0)\n"
            "class E(Exception):\n    def __str__(self): return S('bad')\n"
            "raise E"
        )
        assert reported({"models/a.py": text})[0] == "models/a.py:5: E: bad"

    def test_the_notes_of_an_error_are_reported(self) -> None:
        text = "e = ValueError('bad')\ne.add_note('because')\nraise e"
        assert reported({"models/a.py": text})[2] == "because"

    @pytest.mark.parametrize(
        "notes",
        [
            "5",
            "'text'",
            "[b'bytes', None, object()]",
            "property(lambda self: 1 / 0)",
            "type('L', (list,), {'__iter__': lambda self: 1 / 0, '__getitem__': lambda self, i: 1 / 0})()",
        ],
    )
    def test_notes_that_are_no_texts_are_left_out(self, notes: str) -> None:
        text = f"class E(Exception):\n    __notes__ = {notes}\n    name = 5\nraise E('bad')"
        assert reported({"models/a.py": text}) == ["models/a.py:4: E: bad", "    raise E('bad')"]

    @pytest.mark.parametrize(
        "base", ["ImportError", "ModuleNotFoundError", "NameError", "SyntaxError", "OSError"]
    )
    def test_an_error_whose_attributes_are_anything_is_reported(self, base: str) -> None:
        text = (
            f"class E({base}):\n"
            "    name = filename = lineno = msg = strerror = property(lambda self: 1 / 0)\n"
            "    args = 7\n"
            "raise E('bad')"
        )
        assert reported({"models/a.py": text})[0].startswith("models/a.py:4: E")

    def test_a_module_that_replaces_its_builtins_reaches_no_other(self) -> None:
        write_study(Path(), {"models/a.py": "__builtins__['len'] = None", "models/b.py": "import builtins"})
        load_folder(Path())
        assert len("abc") == 3

    def test_a_failed_load_leaves_nothing_in_the_interpreter(self) -> None:
        before = set(sys.modules)
        failure({"models/a.py": "1/0"})
        assert set(sys.modules) == before


def test_a_file_of_codeable_is_in_no_message() -> None:
    assert reported({"models/a.py": "from codeable.dsl import practise\n"})[0] == (
        "models/a.py:1: ImportError: cannot import name 'practise' from 'codeable.dsl'"
    )

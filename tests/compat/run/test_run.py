"""`codeable compat run SCRIPT`: a CodeableModels study runs unchanged."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import codeable
import codeable.exits
from codeable.compat.finder import PACKAGES_FOLDER
from codeable.compat.missing import MissingModulesError
from codeable.compat.module_discovery import read_study
from codeable.compat.running import run_script
from codeable.errors import CodeableError
from codeable.loading import StudyModuleError

STUDIES = Path(__file__).parents[1] / "studies"
EXPECTED = Path(__file__).parent / "expected"


def write(folder, **modules):
    for name, text in modules.items():
        last = [each for each in ("__init__", "__main__") if name.endswith(each)]
        package = name.removesuffix(*last or [""]).removesuffix("__")
        path = folder.joinpath(*filter(None, package.split("__")), *last).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / f"{next(iter(modules))}.py"


def texts(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.txt"))}


@pytest.mark.parametrize(
    ("study", "script"), [("one_module", "api_guidance.py"), ("in_packages", "generators/generate_all.py")]
)
def test_a_study_writes_the_texts_it_always_wrote(study, script, tmp_path):
    assert run_script(STUDIES / study / script, [str(tmp_path)], images=False) == 0
    assert texts(tmp_path) == texts(EXPECTED / study)


def test_the_script_runs_in_its_folder_as_the_program(tmp_path):
    script = write(
        tmp_path / "study",
        main="import os, sys\nfrom pathlib import Path\n"
        "Path('told.txt').write_text(repr((sys.argv, __name__, os.getcwd())))\n",
    )
    run_script(script, ["a", "--b"])
    told = (tmp_path / "study" / "told.txt").read_text()
    assert told == repr(([str(script), "a", "--b"], "__main__", str(tmp_path / "study")))


def test_the_module_path_begins_with_the_folder_of_the_script(tmp_path):
    (tmp_path / "told.txt").write_text("7")
    script = write(
        tmp_path,
        main="import os, sys\nfrom metamodels.guidance_metamodel import decision\n"
        "raise SystemExit(int(open(os.path.join(sys.path[0], 'told.txt')).read()))\n",
    )
    assert run_script(script) == 7


def test_folders_above_the_script_are_searched_for_modules(tmp_path):
    write(tmp_path / "study", models__domain="x = 7\n", metamodels__GT_coding="code = 8\n")
    script = write(
        tmp_path / "study" / "generators",
        main="from models.domain import x\nfrom metamodels.GT_coding import code\n"
        "raise SystemExit(x + code)\n",
    )
    assert run_script(script) == 15


def test_a_package_without_init_that_also_stands_in_the_folder_of_the_program_is_forgotten(
    tmp_path, monkeypatch
):
    (tmp_path / "program" / "models").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "program")
    write(tmp_path / "study", models__domain="x = 7\n")
    script = write(
        tmp_path / "study" / "generators", main="from models.domain import x\nraise SystemExit(x)\n"
    )
    assert run_script(script) == 7
    assert "models" not in sys.modules


def test_a_dotted_name_may_start_at_the_repository(tmp_path):
    write(tmp_path / "python" / "study", models__domain="x = 7\n")
    script = write(
        tmp_path / "python" / "study" / "generators",
        main="from python.study.models.domain import x\nraise SystemExit(x)\n",
    )
    assert run_script(script) == 7


def test_a_neighbour_of_the_study_is_searched_for_modules(tmp_path):
    write(tmp_path / "shared", common__names="x = 3\n")
    script = write(tmp_path / "study", main="from common.names import x\nraise SystemExit(x)\n")
    assert run_script(script) == 3


def test_a_module_is_taken_from_the_nearest_folder_that_has_it(tmp_path):
    write(tmp_path / "first", common__names="x = 3\n", models__domain="y = 100\n")
    write(tmp_path / "second", models__domain="y = 4\n")
    script = write(
        tmp_path / "second" / "generators",
        main="from common.names import x\nfrom models.domain import y\nraise SystemExit(x + y)\n",
    )
    assert run_script(script) == 7


def test_what_python_brings_is_not_looked_for_in_the_neighbourhood(tmp_path):
    write(tmp_path / "other", graphlib="")
    script = write(tmp_path / "study", main="import graphlib\n")
    assert read_study(script).roots == (tmp_path / "study",)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_neighbours_that_may_not_be_read_are_passed_over(tmp_path):
    write(tmp_path / "private", lost__thing="x = 1\n")
    write(tmp_path / "shared", lost__thing="x = 2\n")
    script = write(tmp_path / "study", main="from lost.thing import x\nraise SystemExit(x)\n")
    (tmp_path / "private").chmod(0)
    try:
        assert run_script(script) == 2
        (tmp_path / "shared" / "lost" / "thing.py").unlink()
        with pytest.raises(MissingModulesError):
            run_script(script)
    finally:
        (tmp_path / "private").chmod(stat.S_IRWXU)


def test_the_pythonpath_comes_before_the_folders_above_and_its_modules_tell_the_format(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "mine"), str(tmp_path / "not-there")]))
    write(tmp_path / "mine", names="from metamodels.guidance_metamodel import variant\nx = 1\n")
    write(tmp_path / "study", names="x = 2\n")
    script = write(
        tmp_path / "study" / "generators",
        main="from names import x\nfrom plant_uml_renderer import ClassModelRenderer\n"
        "raise SystemExit(x + 2 * ('classfontstyle' in ClassModelRenderer().render_class_model([])))\n",
    )
    assert run_script(script) == 3


def test_the_pythonpath_through_which_codeable_is_found_is_no_part_of_the_study(tmp_path, monkeypatch):
    ours = Path(codeable.__file__).parents[1]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, [PACKAGES_FOLDER, ours])))
    assert read_study(write(tmp_path / "study", main="import codeable\n")).roots == (tmp_path / "study",)


def test_a_given_folder_comes_before_those_that_are_found(tmp_path):
    write(tmp_path / "mine", names="x = 1\n")
    write(tmp_path / "study", names="x = 2\n")
    script = write(tmp_path / "study" / "generators", main="from names import x\nraise SystemExit(x)\n")
    assert run_script(script, paths=[tmp_path / "mine"]) == 1


def test_a_bundled_copy_of_the_library_is_not_used(tmp_path):
    write(tmp_path / "study", codeable_models____init__="raise RuntimeError('the old copy')\n")
    script = tmp_path / "study" / "main.py"
    script.write_text(
        "from codeable_models import CClass\nraise SystemExit(CClass.__module__ != 'codeable.kernel.clazz')\n"
    )
    assert run_script(script) == 0


@pytest.mark.parametrize("init", [True, False])
def test_a_bundled_copy_is_not_used_when_the_script_puts_it_in_front_of_the_module_path(init, tmp_path):
    old = "raise RuntimeError('the old copy')\n"
    write(tmp_path / "libs", codeable_models____init__=old, plant_uml_renderer____init__=old)
    write(tmp_path / "libs", metamodels__guidance_metamodel=old, metamodels__GT_coding="code = 5\n")
    if init:
        write(tmp_path / "libs", metamodels____init__="")
    script = write(
        tmp_path / "study",
        main="import sys\nsys.path.insert(0, '../libs')\nfrom metamodels.GT_coding import code\n"
        "import plant_uml_renderer\nfrom codeable_models import CClass\n"
        "from metamodels.guidance_metamodel import decision\nCClass(decision)\nraise SystemExit(code)\n",
    )
    assert run_script(script) == 5


def test_a_folder_metamodels_that_is_a_package_merges_too(tmp_path):
    write(tmp_path, metamodels____init__="seen = 2\n", metamodels__GT_coding="code = 5\n")
    script = write(
        tmp_path / "study",
        main="from metamodels import seen\nfrom metamodels.GT_coding import code\n"
        "from metamodels.guidance_metamodel import decision\nraise SystemExit(code + seen)\n",
    )
    assert run_script(script) == 7


def test_texts_that_the_study_writes_itself_have_the_chosen_encoding(tmp_path):
    script = write(
        tmp_path,
        main="from pathlib import Path\n"
        "with open('a.md', 'w') as file: file.write('Müller –')\n"
        "Path('b.md').write_text('Müller –')\n"
        "Path('c.md').write_text('Müller –', encoding='utf-8')\n"
        "assert open('a.md').read() == 'Müller –' and open('a.md', 'rb').read()[1:2] == b'\\xfc'\n",
    )
    ordinary = open
    assert run_script(script, encoding="windows-1252") == 0
    assert (tmp_path / "a.md").read_bytes() == (tmp_path / "b.md").read_bytes() == "Müller –".encode("cp1252")
    assert (tmp_path / "c.md").read_bytes() == "Müller –".encode()
    assert open is ordinary


def test_two_studies_in_one_process_do_not_meet(tmp_path):
    for name in ("a", "b"):
        write(
            tmp_path / name,
            main="from metamodels.guidance_metamodel import *\nfrom own import text\n"
            "decision.name += text\nraise SystemExit(decision.name)\n",
            own=f"text = {name!r}\n",
        )
    program = (
        "import sys\nfrom pathlib import Path\nfrom codeable.compat.running import run_script\n"
        "for each in sys.argv[1:]: run_script(Path(each))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *(str(tmp_path / name / "main.py") for name in "ab")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.split() == ["Decisiona", "Decisionb"]


def test_modules_of_codeable_stay_when_its_folder_is_one_of_the_studys(tmp_path):
    script = write(tmp_path, main="import codeable.terminal\n")
    program = (
        "import sys\nfrom pathlib import Path\nfrom codeable.compat.running import run_script\n"
        f"run_script(Path({str(script)!r}), paths=[Path({str(Path(codeable.__file__).parents[1])!r})])\n"
        "sys.exit('codeable.terminal' not in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(("code", "status"), [("None", 0), ("0", 0), ("3", 3), ("'no'", 1)])
def test_the_exit_status_is_the_scripts(code, status, tmp_path):
    assert run_script(write(tmp_path, main=f"import sys\nsys.exit({code})\n")) == status


def test_a_failure_names_the_lines_of_the_study_only(tmp_path):
    script = write(tmp_path, main="import other\n", other="def f():\n    return 1 / 0\n\nf()\n")
    with pytest.raises(StudyModuleError) as caught:
        run_script(script)
    assert str(caught.value).splitlines() == [
        f"{tmp_path / 'other.py'}:2: ZeroDivisionError: division by zero",
        "    return 1 / 0",
        f"reached from {script}:1",
    ]
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_failure_names_a_module_without_the_detours_of_the_module_path(tmp_path):
    write(tmp_path / "models", other="1 / 0\n")
    script = write(
        tmp_path / "study",
        main="import sys\nfrom pathlib import Path\n"
        "sys.path.append(str(Path(__file__).parent / '..' / 'models'))\nimport other\n",
    )
    with pytest.raises(StudyModuleError) as caught:
        run_script(script)
    assert str(caught.value).startswith(f"{tmp_path / 'models' / 'other.py'}:1: ZeroDivisionError")


def test_any_exception_is_reported_and_an_interrupt_is_passed_on(tmp_path):
    with pytest.raises(StudyModuleError, match=r"main\.py:1: GeneratorExit: enough"):
        run_script(write(tmp_path, main="raise GeneratorExit('enough')\n"))
    with pytest.raises(KeyboardInterrupt):
        run_script(write(tmp_path, main="raise KeyboardInterrupt\n"))


def test_a_pipe_in_the_folder_of_a_study_is_no_module(tmp_path):
    script = write(tmp_path, main="import lost\n")
    os.mkfifo(tmp_path / "lost.py")
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(MissingModulesError):
        run_script(script)


def test_a_broken_rule_names_file_line_and_statement(tmp_path):
    script = write(
        tmp_path,
        main="from models import *\n",
        models="from codeable_models import *\nfrom metamodels.guidance_metamodel import *\n\n"
        "CClass('practice', 'A')\n",
    )
    with pytest.raises(StudyModuleError) as caught:
        run_script(script)
    lines = str(caught.value).splitlines()
    assert lines[0].startswith(f"{tmp_path / 'models.py'}:4: ")
    assert lines[1] == "    CClass('practice', 'A')"
    assert lines[-1] == f"reached from {script}:1"


def test_a_name_that_a_metamodel_lacks_names_the_nearest(tmp_path):
    script = write(tmp_path, main="from metamodels.guidance_metamodel import can_be_realised_by\n")
    with pytest.raises(StudyModuleError, match=r"no 'can_be_realised_by'; did you mean 'can_be_realized_by'"):
        run_script(script)


def test_a_name_that_only_the_studys_own_copy_has_is_reported(tmp_path):
    script = write(
        tmp_path,
        main="from metamodels.guidance_metamodel import my_own\n",
        metamodels__guidance_metamodel="my_own = 1\n",
    )
    with pytest.raises(StudyModuleError) as caught:
        run_script(script)
    own = tmp_path / "metamodels" / "guidance_metamodel.py"
    assert str(caught.value).splitlines()[-2:] == [
        f"the study's own copy has it, which is not used: {own}",
        "run again with aliases={'metamodels.guidance_metamodel': 'metamodels.guidance_metamodel'}",
    ]


def test_a_syntax_error_names_its_place(tmp_path):
    with pytest.raises(StudyModuleError, match=r"main\.py:1: SyntaxError: "):
        run_script(write(tmp_path, main="x = (\n"))


def test_reading_a_study_shows_no_warnings_of_python(tmp_path, recwarn):
    read_study(write(tmp_path, main="import other\n", other="pattern = '\\d'\n"))
    assert recwarn.list == []


def test_a_script_that_is_not_there_names_the_nearest(tmp_path):
    write(tmp_path, generate="")
    with pytest.raises(
        CodeableError, match=r"generat\.py is no file; did you mean 'generate\.py'\?"
    ) as caught:
        run_script(tmp_path / "generat.py")
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    ("command", "words"),
    [("codeable.cli.group:cli", ["compat", "run"]), ("codeable.compat.command:compat_command", ["run"])],
)
class TestTheCommand:
    @pytest.fixture
    def run(self, command, words, capsys):
        def start(*more):
            with pytest.raises(SystemExit) as stop:
                codeable.exits.run(command, [*words, *more], "codeable")
            return stop.value.code, *capsys.readouterr()

        return start

    def test_it_passes_arguments_and_status_on(self, run, tmp_path):
        script = write(tmp_path, main="import sys\nprint(sys.argv[1:])\nsys.exit(4)\n")
        given = ("--style", "x", "-y")
        assert run(str(script), *given) == (4, "['--style', 'x', '-y']\n", "")
        assert run(str(script), "a", "--", "--no-images")[1] == "['a', '--', '--no-images']\n"

    def test_it_refuses_a_wrong_option_or_alias(self, run, tmp_path):
        script = write(tmp_path, main="")
        status, _, told = run("--frmat", "older", str(script))
        assert status == 2
        assert "No such option" in told and "'--format'" in told
        status, _, told = run("--alias", "only_one", str(script))
        assert status == 2
        assert told.startswith("an alias is two names of modules, old=new")

    def test_without_plantuml_it_writes_all_texts_and_ends_well(self, run, tmp_path, monkeypatch):
        monkeypatch.setenv("PATH", "")
        monkeypatch.delenv("PLANTUML_JAR", raising=False)
        status, _, told = run(str(STUDIES / "one_module" / "api_guidance.py"), str(tmp_path))
        assert status == 0
        assert texts(tmp_path) == texts(EXPECTED / "one_module")
        assert told.count("\n") == 1 and told.startswith("6 pictures are missing (3 PNG, 3 SVG)")

    def test_a_failure_is_a_message_without_a_traceback(self, run, tmp_path):
        script = write(tmp_path, main="1 / 0\n")
        assert run(str(script)) == (
            1,
            "",
            f"{script}:1: ZeroDivisionError: division by zero\n    1 / 0\n",
        )


def test_the_module_is_a_program():
    done = subprocess.run(
        [sys.executable, "-m", "codeable.compat", "path"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{PACKAGES_FOLDER}\n", "")


@pytest.mark.parametrize(
    ("base", "body", "problem"),
    [
        ("ImportError", "def __str__(self): raise ValueError", "E, whose text cannot be made: ValueError"),
        ("ImportError", "name = property(lambda self: 1 / 0)", "E: bad"),
        ("Exception", "def __getattribute__(self, name): raise KeyError(name)", "E: bad"),
        ("Exception", "def __str__(self): raise SystemExit(0)", "E, whose text cannot be made: SystemExit"),
    ],
)
def test_an_error_that_cannot_be_asked_is_reported(base, body, problem, tmp_path):
    script = write(tmp_path, main=f"class E({base}):\n    {body}\nraise E('bad')\n")
    with pytest.raises(StudyModuleError) as caught:
        run_script(script)
    assert caught.value.message.splitlines()[0].endswith(f"main.py:3: {problem}")


def test_an_exit_status_that_cannot_be_shown_counts_as_a_failure(tmp_path, capsys):
    script = write(
        tmp_path, main="class H:\n    def __str__(self): raise ValueError\nraise SystemExit(H())\n"
    )
    assert run_script(script) == 1
    assert capsys.readouterr().err == "<exception str() failed>\n"

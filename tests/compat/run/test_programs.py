"""What is run, and where: a script, a folder, a module of a package; `--in`."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import codeable.exits
from codeable.compat.module_discovery import read_study
from codeable.compat.running import run_script
from codeable.errors import CodeableError
from tests.compat.run.test_run import write

TELL = (
    "import os, sys\nfrom pathlib import Path\n"
    "print([os.path.abspath(sys.argv[0]), *sys.argv[1:]], sys.path[0], os.getcwd(), __name__, __package__)\n"
)


def python(*words, cwd):
    done = subprocess.run(
        [sys.executable, *words], cwd=cwd, capture_output=True, text=True, check=True, env={**os.environ}
    )
    return done.stdout


def test_a_script_runs_beside_a_main_module(tmp_path, capsys):
    write(tmp_path, main=TELL, __main__="raise RuntimeError\n")
    before = sys.modules["__main__"]
    assert run_script(tmp_path / "main.py") == 0
    assert capsys.readouterr().out.endswith("__main__ None\n")
    assert sys.modules["__main__"] is before


def test_a_main_module_in_a_package_that_the_script_imports_is_no_obstacle(tmp_path):
    write(tmp_path, study____init__="", study____main__="from study.model import x\nraise SystemExit(x)\n")
    write(tmp_path, study__model="x = 5\n")
    script = write(tmp_path, main="import study.__main__\n")
    assert run_script(script) == 5


@pytest.mark.parametrize("images", [[], ["--no-images"]], ids=["with images", "without"])
def test_files_beside_the_script_are_not_taken_for_what_codeable_imports(images, tmp_path):
    names = ["attrs", "attr", "click", "rich", "importlib_metadata"]
    script = write(
        tmp_path,
        main=f"import {', '.join(names)}\nfrom codeable_models import CBundle, CClass, CMetaclass\n"
        "from plant_uml_renderer import PlantUMLGenerator\n"
        "made = CBundle('all', elements=[CClass(CMetaclass('M'), 'c')])\n"
        "PlantUMLGenerator().generate_class_models('x', [made, {}])\n"
        f"raise SystemExit({' + '.join(f'{name}.own' for name in names)})\n",
        **dict.fromkeys(names, "own = 7\n"),
    )
    done = subprocess.run(
        [sys.executable, "-m", "codeable", "compat", "run", *images, str(script)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": ""},  # no PlantUML, which takes seconds to start
    )
    assert done.returncode == 5 * 7, done.stderr
    assert "Error" not in done.stderr


@pytest.mark.parametrize("name", ["json", "types", "code", "queue", "random", "enum", "calendar", "typing"])
def test_a_module_of_the_study_is_found_before_that_of_python(name, tmp_path):
    script = write(
        tmp_path,
        main=f"from {name} import mine\nfrom codeable_models import CBundle, CClass, CMetaclass\n"
        "from plant_uml_renderer import PlantUMLGenerator\n"
        "made = CBundle('all', elements=[CClass(CMetaclass('M'), 'c')])\n"
        "PlantUMLGenerator().generate_class_models('x', [made, {}])\nraise SystemExit(mine)\n",
        **{name: "mine = 7\n"},
    )
    before = sys.modules.get(name)
    assert run_script(script, images=False) == 7
    assert sys.modules.get(name) is before


@pytest.mark.parametrize("name", ["json", "os", "queue"])
def test_a_file_that_the_study_does_not_import_hides_no_module_of_python(name, tmp_path):
    write(tmp_path, **{name: "raise RuntimeError\n"})
    script = write(
        tmp_path, main="import logging, pathlib\nraise SystemExit(len(pathlib.Path('a').parts) + 6)\n"
    )
    assert run_script(script) == 7


def test_of_a_folder_the_main_module_runs_as_python_runs_it(tmp_path, capsys):
    write(tmp_path / "study", __main__=TELL + "from model import x\nprint(x)\n", model="x = 7\n")
    assert run_script(tmp_path / "study", ["a", "--b"]) == 0
    told = capsys.readouterr().out
    assert told == python(str(tmp_path / "study"), "a", "--b", cwd=tmp_path / "study")
    assert told.splitlines()[-1] == "7"


def test_the_main_module_may_be_named_itself(tmp_path, capsys):
    write(tmp_path / "study", __main__=TELL)
    assert run_script(tmp_path / "study" / "__main__.py") == 0
    assert capsys.readouterr().out == python("__main__.py", cwd=tmp_path / "study")


def test_a_folder_may_import_itself_by_its_name(tmp_path):
    write(tmp_path / "study", __main__="from study.model import x\nraise SystemExit(x)\n", model="x = 7\n")
    (tmp_path / "study" / "__init__.py").touch()
    assert run_script(tmp_path / "study") == 7


@pytest.mark.parametrize("init", [True, False])
def test_a_main_module_that_imports_relatively_runs_as_a_module_of_its_package(init, tmp_path, capsys):
    write(tmp_path / "study", __main__=TELL + "from .model import x\nfrom . import model\nprint(x)\n")
    write(tmp_path / "study", model="x = 7\n", **({"__init__": "print('begun')\n"} if init else {}))
    assert run_script(tmp_path / "study", ["a"]) == 0
    told = capsys.readouterr().out
    assert told == python("-m", "study", "a", cwd=tmp_path)
    assert told.splitlines()[-1] == "7"


@pytest.mark.parametrize("init", [True, False])
def test_a_script_deep_in_a_package_reaches_the_folders_above_relatively(init, tmp_path, capsys):
    script = write(tmp_path / "study" / "draw", main=TELL + "from ..model.parts import x\nprint(x)\n")
    write(tmp_path / "study", model__parts="x = 7\n")
    if init:
        for folder in ("study", "study/draw", "study/model"):
            (tmp_path / folder / "__init__.py").touch()
    assert run_script(script) == 0
    assert capsys.readouterr().out == python("-m", "study.draw.main", cwd=tmp_path)


def test_what_only_the_program_imports_counts(tmp_path):
    main = "if __name__ == '__main__':\n    from .model import x\n    raise SystemExit(x)\n"
    write(tmp_path / "study", __main__=main, model="x = 7\n")
    assert run_script(tmp_path / "study") == 7


def test_a_relative_import_that_may_fail_makes_no_package(tmp_path, capsys):
    script = write(
        tmp_path,
        main=TELL
        + "try:\n    from .model import x\nexcept ImportError:\n    from model import x\nprint(x)\n",
        model="x = 7\n",
    )
    assert run_script(script) == 0
    assert capsys.readouterr().out == python("main.py", cwd=tmp_path)


def test_the_modules_of_a_package_are_gone_afterwards(tmp_path):
    write(tmp_path / "study_of_this_test", __main__="from .model import x\n", model="x = 7\n")
    run_script(tmp_path / "study_of_this_test")
    assert not [name for name in sys.modules if name.startswith("study_of_this_test")]


def test_a_folder_without_a_main_module_names_what_is_in_it(tmp_path):
    write(tmp_path / "study", draw="", model="")
    with pytest.raises(CodeableError, match=r"a folder without __main__\.py; .*: draw\.py, model\.py"):
        run_script(tmp_path / "study")


def test_an_archive_has_to_be_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "study.zip", "w") as archive:
        archive.writestr("__main__.py", "")
    with pytest.raises(
        CodeableError, match=r"study\.zip is an archive; unpack it and name its folder"
    ) as caught:
        run_script(tmp_path / "study.zip")
    assert caught.value.exit_status == 2


@pytest.fixture
def run(capsys):
    def start(*words):
        with pytest.raises(SystemExit) as stop:
            codeable.exits.run("codeable.cli.group:cli", ["compat", "run", *words], "codeable")
        return stop.value.code, *capsys.readouterr()

    return start


class TestOptionsBehindTheScript:
    def test_they_are_passed_on_and_that_is_reported(self, run, tmp_path):
        script = write(tmp_path, main="import sys\nprint(*sys.argv[1:])\n")
        status, out, err = run(str(script), "--no-images", "--dpi=30", "--other", "x")
        assert (status, out) == (0, "--no-images --dpi=30 --other x\n")
        assert err == (
            "--no-images, --dpi are passed on to main.py; options of codeable come before the script\n"
        )

    def test_those_that_the_script_names_are_its_own(self, run, tmp_path):
        script = write(tmp_path, main="import sys\nassert '--no-images' in sys.argv\n")
        assert run(str(script), "--no-images") == (0, "", "")


class TestIn:
    def test_the_program_runs_in_the_folder_that_is_named(self, run, tmp_path, monkeypatch):
        write(tmp_path / "study" / "draw", main=TELL + "Path('out.txt').write_text('x')\n")
        monkeypatch.chdir(tmp_path / "study")
        status, told, _ = run("--in", "..", "draw/main.py", "a")
        assert (status, (tmp_path / "out.txt").read_text()) == (0, "x")
        assert told == python("study/draw/main.py", "a", cwd=tmp_path)
        assert Path.cwd() == tmp_path / "study"

    def test_what_no_other_folder_has_is_found_there(self, run, tmp_path):
        script = write(
            tmp_path / "a" / "b" / "c" / "d" / "e",
            main="from shared.names import x\nfrom near import y\nraise SystemExit(x + y)\n",
        )
        (tmp_path / ".git").rmdir()
        write(tmp_path, shared__names="x = 3\n", near="y = 100\n")
        write(tmp_path / "a" / "b" / "c" / "d", near="y = 4\n")
        assert run("--in", str(tmp_path), str(script))[0] == 7
        assert run(str(script))[0] == 1

    def test_a_package_runs_there_too(self, run, tmp_path):
        write(tmp_path / "study", __main__=TELL + "from .model import x\n", model="x = 7\n")
        (tmp_path / "other").mkdir()
        told = run("--in", str(tmp_path / "other"), str(tmp_path / "study"))[1]
        assert f" {tmp_path} {tmp_path / 'other'} " in told

    def test_a_folder_that_is_not_there_is_refused(self, run, tmp_path):
        status, _, told = run("--in", str(tmp_path / "lost"), str(write(tmp_path, main="")))
        assert (status, told) == (2, f"{tmp_path / 'lost'} is no folder\n")
        assert run("--in", "", str(tmp_path / "main.py"))[0] == 2


def test_main_is_the_program_and_no_module_of_a_neighbour(tmp_path):
    text = "from codeable_models import CClass\nimport __main__\nassert __main__.__name__ == '__main__'\n"
    write(tmp_path / "one", run=text)
    write(tmp_path / "two", __main__="raise RuntimeError")
    assert [path.name for path in read_study(tmp_path / "one" / "run.py").files] == ["run.py"]

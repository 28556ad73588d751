"""Where the output of a study's modules goes, and what a study may be called on an ASCII file system."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from codeable.cli.group import cli
from codeable.loading import load_folder
from tests.studies import write_study

TALKS = {
    "models/a.py": """
        import subprocess, sys
        from codeable.dsl import *
        print("from print")
        subprocess.run([sys.executable, "-c", "print('from a program')"])
        bus = CClass(pattern, "Event Bus")
        """
}


def test_in_a_command_it_goes_to_stderr(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_study(tmp_path, TALKS)
    done = CliRunner().invoke(cli, ["check", "--format", "json", str(tmp_path)])
    assert json.loads(done.stdout)
    assert "from print" in done.stderr
    out, err = capfd.readouterr()
    assert (out, err) == ("", "from a program\n")


def test_in_a_program_it_stays_on_stdout(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load_folder(write_study(tmp_path, TALKS))
    out, err = capfd.readouterr()
    assert (sorted(out.splitlines()), err) == (["from a program", "from print"], "")


def test_in_a_command_of_somebody_else_it_stays_on_stdout(tmp_path: Path) -> None:
    write_study(tmp_path, {"models/a.py": "print('from print')"})

    @click.command()
    def theirs() -> None:
        load_folder(tmp_path)

    assert CliRunner().invoke(theirs).stdout == "from print\n"


def test_modules_may_have_names_that_are_no_ascii_where_file_names_are_ascii(tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            "pyproject.toml": '[tool.codeable]\nmodels = ["modèles"]',
            "modèles/größe.py": "from codeable.dsl import *\ncafé = CClass(practice, 'Café')",
            "modèles/z.py": "from modèles.größe import café\nfrom . import größe\nassert größe.café is café",
            "modèles/é/__init__.py": "from modèles.é import ü",
            "modèles/é/ü.py": "",
        },
    )
    program = (
        "import json, sys; from codeable.loading import load_folder\n"
        "assert sys.getfilesystemencoding() == 'ascii', sys.getfilesystemencoding()\n"
        "print(json.dumps(list(load_folder(sys.argv[1]).modules)))"
    )
    environment = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, env=environment
    )
    assert done.stderr == ""
    assert json.loads(done.stdout) == [
        "modèles",
        "modèles.größe",
        "modèles.z",
        "modèles.é.ü",
        "modèles.é",
    ]


def test_modules_do_not_get_the_arguments_of_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "import sys\nprint(len(sys.argv))\nsys.argv.append('x')\n"
    arguments = ["codeable", "check", str(write_study(tmp_path, {"models/a.py": text}))]
    monkeypatch.setattr("sys.argv", list(arguments))
    assert "1\n" in CliRunner().invoke(cli, arguments[1:]).stderr.splitlines(keepends=True)
    assert sys.argv == arguments

"""The command import, as it is called."""

import re
import shlex
from pathlib import Path

import pytest

from codeable.settings import read_settings
from tests.cli.running import run
from tests.studies import write_study

CODES = "name,description,kind\nForces > Cost,What it takes,force\nBus,,pattern\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_study(Path(), {"codes.csv": CODES})


def test_codes_start_a_study_and_come_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", "codes.csv", "-C", "study", "--diff") == 0
    assert "+bus = CClass(pattern, 'Bus')".replace("'", '"') in capsys.readouterr().out
    assert not Path("study").exists()
    assert run("import", "codes.csv", "-C", "study") == 0
    shown = capsys.readouterr()
    assert shown.out == (
        "models/codes.py  written\npyproject.toml  written\nsources/s_.md  written\nstudy: 3 codes added\n"
    )
    assert "Next: codeable check -C study" in shown.err
    assert run("import", "codes.csv", "-C", "study") == 0
    assert capsys.readouterr().out == "study: nothing is new\n"


def test_the_commands_that_come_next_run(capsys: pytest.CaptureFixture[str]) -> None:
    write_study(Path(), {"a.json": '[{"id": "a", "type": "webpage", "title": "A", "URL": "https://a.org"}]'})
    for file in ("codes.csv", "a.json"):
        run("import", file, "-C", f"of {file}")
    steps = re.findall(r"codeable (.*?)  ", capsys.readouterr().err)
    assert len(steps) == 4
    assert all(run(*shlex.split(step)) != 2 for step in steps)


def test_what_differs_is_told_and_the_rest_is_added(capsys: pytest.CaptureFixture[str]) -> None:
    run("import", "codes.csv", "-C", "study")
    Path("codes.csv").write_text(CODES.replace("What it takes", "Another text") + "Queue,,pattern\n")
    capsys.readouterr()
    assert run("import", "codes.csv", "-C", "study") == 1
    shown = capsys.readouterr()
    assert shown.out == "models/codes.py  changed\nstudy: 1 code added\n"
    assert "'Another text' in the file, 'What it takes' in the study" in shown.err
    assert 'queue = CClass(pattern, "Queue")' in Path("study/models/codes.py").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["codes.csv"], "there is no study in .; -C DIR starts one"),
        (["code.csv", "-C", "s"], "there is no file code.csv; did you mean 'codes.csv'?"),
        (["codes.csv", "-C", "s", "--kind", "Forces/*=forces"], "did you mean 'force'?"),
        (["codes.csv", "-C", "s", "--format", "tabel"], "did you mean 'table'?"),
        (["codes.csv", "-C", "s", "--format", "ris", "--only", "A"], "--only is for table, taguette"),
        (["codes.csv", "-C", "codes.csv"], "is a file"),
        (["-C", "s"], "name the file to import"),
    ],
)
def test_wrong_usage_writes_nothing(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", *words) == 2
    assert said in capsys.readouterr().err
    assert sorted(Path().rglob("*")) == [Path("codes.csv")]


def test_a_link_that_leads_nowhere_is_no_other_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("loop.csv").symlink_to("loop.csv")
    assert run("import", "loop.csv", "-C", "s") == 2
    assert "loop.csv is a link that leads to no file" in capsys.readouterr().err


def test_a_new_study_of_a_file_without_a_name_is_named_after_its_folder() -> None:
    run("import", "codes.csv", "-C", "Gateway Review")
    assert read_settings(Path("Gateway Review")).name == "gateway-review"


def test_a_file_that_only_its_tool_reads_is_answered_with_what_to_export(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tools = {"NVPX": "NVivo", "mx24": "MAXQDA", "atlproj24": "ATLAS.ti", "qrk": "Quirkos", "enl": "EndNote"}
    for ending, tool in tools.items():
        assert run("import", f"study.{ending}", "-C", "study") == 2
        what = "its references as RIS" if tool == "EndNote" else "a project of REFI-QDA (.qdpx)"
        said = f"only {tool} reads study.{ending}; export {what} there, and import that"
        assert said in capsys.readouterr().err


def test_an_unknown_ending_is_answered_with_those_that_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("codes.txt").write_text(CODES)
    assert run("import", "codes.txt", "-C", "study") == 2
    assert "name it with --format. These are read: .bib (bibtex)" in capsys.readouterr().err
    assert run("import", "codes.txt", "--format", "table", "-C", "study") == 0

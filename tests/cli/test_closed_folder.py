"""A folder below `sources/` that cannot be read: it is reported, and check and build go on with the rest."""

import os
from pathlib import Path

import pytest

from codeable.cli import main
from tests.checks.test_command import edit

NOTE = """\
# s
1
## title
A
# coding
> Text.

**AXIAL CODING TRACE:**

```python
a = CClass(practice, "A")
b = CClass(practice, "B")
a
b
```
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A study with two sources, built, as the current folder."""
    for number in "12":
        path = tmp_path / "sources" / f"s_{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(NOTE.replace("\n1\n", f"\n{number}\n"), encoding="utf-8")
    edit(path, 'a = CClass(practice, "A")\nb = CClass(practice, "B")\na\n', "")
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "notes", "build")[0] == 0
    return tmp_path


def close(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no folder of this name be listed, as if its rights forbade it."""
    folder.mkdir(parents=True)
    for name in ("scandir", "listdir"):
        listed = getattr(os, name)

        def refuse(path: object = ".", listed: object = listed) -> object:
            if isinstance(path, str | Path) and os.path.realpath(path) == os.path.realpath(folder):
                raise PermissionError(13, "Permission denied", str(path))
            return listed(path)  # type: ignore[operator]

        monkeypatch.setattr(os, name, refuse)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(words)
    captured = capsys.readouterr()
    return int(end.value.code or 0), captured.out, captured.err


def test_check_reports_it_and_checks_the_rest(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    close(study / "sources" / "private", monkeypatch)
    edit(study / "sources" / "s_1.md", "\na\nb\n", "\na\nb\nCClas(practice)\n")
    status, out, _ = run(capsys, "check")
    assert status == 1
    assert "error C116" in out
    assert "sources/private' cannot be read: Permission denied (loses 1 note" in out
    assert "'CClas'" in out


def test_a_build_goes_on_and_removes_nothing(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    close(study / "sources" / "private", monkeypatch)
    edit(study / "sources" / "s_1.md", 'a = CClass(practice, "A")\n', 'e = CClass(practice, "E")\n')
    edit(study / "sources" / "s_1.md", "\na\n", "\ne\n")
    status, out, _ = run(capsys, "notes", "build")
    assert status == 1
    assert "C116" in out
    assert "no note states it any more, but sources/private cannot be read" in out
    codes = Path("models/other_codes.py").read_text(encoding="utf-8")
    assert ("a = CClass" in codes, "e = CClass" in codes) == (True, True)
    again = run(capsys, "notes", "build")[1]
    assert "0 files written" in again


def test_a_source_that_was_built_is_not_declared_again(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    close(study / "sources" / "private", monkeypatch)
    Path("sources/s1.py").unlink()  # it was moved there
    status, _, err = run(capsys, "notes", "build")
    assert status == 1
    assert err == ("nothing was written: sources/private cannot be read, and the module of s1 may be in it\n")
    assert not Path("sources/s1.py").exists()


@pytest.mark.parametrize("command", [("check",), ("notes", "build"), ("list",)])
def test_a_folder_of_modules_stops_everything(
    command: tuple[str, ...],
    study: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    close(study / "models" / "private", monkeypatch)
    status, _, err = run(capsys, *command)
    assert status == 2
    assert err == "the folder models/private cannot be read: Permission denied\n"


def test_what_does_not_report_it_does_not_go_on(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    close(study / "sources" / "private", monkeypatch)
    for words in (["list"], ["check", "sources/s_1.md", "-C", "."]):
        assert run(capsys, *words)[0] == 2
    Path("notes").mkdir()
    Path("sources/s_1.md").rename("notes/s_1.md")
    Path("pyproject.toml").write_text('[tool.codeable]\nnotes = ["notes"]\n', encoding="utf-8")
    assert run(capsys, "check")[0] == 2

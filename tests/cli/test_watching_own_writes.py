"""A watch does not run again because of the files that it wrote itself."""

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from codeable.cli import main
from codeable.notes import build as building
from codeable.notes.build import Change
from tests.checks.test_command import edit

NOTE = """\
# s
1
## title
A
## url
u
# coding
> Text.

**AXIAL CODING TRACE:**

```python
a = CClass(practice, "A")
a
```
"""


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "sources" / "s_1.md"
    path.parent.mkdir()
    path.write_text(NOTE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets things happen while a watch sleeps, one each time; then the watch is interrupted."""

    def plan(*steps: Callable[[], object]) -> None:
        left = list(steps)

        def sleep(_: float) -> None:
            if not left:
                raise KeyboardInterrupt
            left.pop(0)()

        monkeypatch.setitem(sys.modules, "watchfiles", None)
        monkeypatch.setattr(time, "sleep", sleep)

    return plan


def nothing() -> None:
    """Nothing happens."""


def output(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 0
    return capsys.readouterr().out


def test_a_build_is_done_once_for_each_saved_file(
    note: Path, script: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    script(nothing, lambda: edit(note, '"A"', '"Another"'), nothing, nothing)
    assert output(capsys, "notes", "build", "--watch").count("1 source; ") == 2
    assert '"Another"' in Path("models/other_codes.py").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_note_saved_during_a_build_is_built(
    note: Path,
    script: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apply = building.apply

    def slow(changes: Iterable[Change], folder: Path) -> list[Change]:
        if '"A"' in note.read_text(encoding="utf-8"):
            edit(note, '"A"', '"Another"')
        return apply(changes, folder)

    monkeypatch.setattr(building, "apply", slow)
    script(nothing, nothing)
    assert output(capsys, "notes", "build", "--watch").count("1 source; ") == 2
    assert '"Another"' in Path("models/other_codes.py").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_removed_module_is_no_reason_to_build_again(
    note: Path, script: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    script(lambda: edit(note, 'a = CClass(practice, "A")\na\n', ""), nothing, nothing)
    out = output(capsys, "notes", "build", "--watch")
    assert "models/other_codes.py  removed" in out
    assert out.count("1 source; ") == 2


def test_a_check_that_fixes_is_done_once(
    note: Path, script: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    output(capsys, "notes", "build")
    Path("pyproject.toml").write_text('[tool.codeable.renames]\nold = "a"\n', encoding="utf-8")
    script(nothing, lambda: edit(note, '"A")\na\n', '"A")\nold\n'), nothing, nothing)
    out = output(capsys, "check", "--fix", "--watch")
    assert out.count(" in 1 note") == 2
    assert '"A")\na\n' in note.read_text(encoding="utf-8")

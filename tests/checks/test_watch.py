"""`codeable check --watch` checks again after each saved note or module."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checks.test_command import edit, run

LONGEST = 60.0
"""Seconds after which a watch that hangs is killed, so that its test fails."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")


def heed_interrupts() -> None:
    """Undo, in a new process, that this one ignores Ctrl-C, as it does below `nohup` in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(params=["reported by the system", "by polling"])
def watching(
    study: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["subprocess.Popen[str]"]:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    if request.param == "by polling":
        hidden = tmp_path_factory.mktemp("hidden")
        (hidden / "watchfiles.py").write_text("raise ImportError\n")
        environment["PYTHONPATH"] = str(hidden)
    else:
        pytest.importorskip("watchfiles")
    process = subprocess.Popen(
        [sys.executable, "-m", "codeable", "check", "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        preexec_fn=heed_interrupts,
    )
    timer = threading.Timer(LONGEST, process.kill)
    timer.start()
    yield process
    timer.cancel()
    process.kill()
    process.communicate()


def until(process: "subprocess.Popen[str]", words: str) -> str:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return "".join(lines)
    pytest.fail(f"it ended without {words!r}: {''.join(lines)}")


@pytest.mark.slow
def test_notes_and_modules_are_checked_again(study: Path, watching: "subprocess.Popen[str]") -> None:
    assert "0 errors" in until(watching, "watching")
    edit(study / "sources/s_7.md", "object_store\n", "object_stores\n")
    assert "'object_stores' is used but declared nowhere" in until(watching, "in 1 note")
    edit(study / "sources/s_7.md", "object_stores\n", "object_store\n")
    until(watching, "0 errors, 0 warnings")
    edit(study / "models/storage.py", "database = CClass(practice", "database = CClas(practice")
    until(watching, "storage.py:5")
    edit(study / "models/storage.py", "database = CClas(practice", "database = CClass(practice")
    until(watching, "0 errors, 0 warnings")
    (study / "sources/s_8.md").write_text("# s\n8\n", encoding="utf-8")
    assert "s_8.md" in until(watching, "in 2 notes")
    watching.send_signal(signal.SIGINT)
    assert watching.wait(LONGEST) == 0


@pytest.mark.parametrize("option", [["--format", "json"], ["--diff"]])
def test_what_a_watch_cannot_show_is_wrong_usage(
    option: list[str], study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capsys, "--watch", *option)
    assert (status, "--watch shows text" in err) == (2, True)


def test_a_rule_that_does_not_exist_ends_the_watch(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "--watch", "--rule", "C999")
    assert (status, "C999" in err) == (2, True)

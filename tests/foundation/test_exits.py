"""What goes wrong in a command becomes a line on stderr and an exit status."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from codeable.errors import CodeableError
from codeable.exits import run


def ended(outcome: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit status and stderr of a command that returns this, or raises it."""

    @click.command()
    def command() -> object:
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    with pytest.raises(SystemExit) as caught:
        run(command, [], program="tool")
    assert isinstance(caught.value.code, int)
    return caught.value.code, capsys.readouterr().err


@pytest.mark.parametrize(("returned", "status"), [(None, 0), (0, 0), (1, 1), ("text", 0)])
def test_what_a_command_returns_is_its_status(
    returned: object, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(returned, capsys) == (status, "")


@pytest.mark.parametrize("status", [1, 2])
def test_a_mistake_of_the_user_is_told_without_a_traceback(
    status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(CodeableError("no such view", exit_status=status), capsys) == (status, "no such view\n")


def test_wrong_usage_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    status, told = ended(click.UsageError("what is this"), capsys)
    assert status == 2
    assert "what is this" in told


def test_an_exit_of_click_keeps_its_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(click.exceptions.Exit(3), capsys) == (3, "")


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupted_command_exits_130(stop: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = ended(stop, capsys)
    assert (status, told.strip()) == (130, "interrupted")


def test_a_fault_of_ours_keeps_its_traceback() -> None:
    @click.command()
    def command() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(command, [])


def test_what_the_system_refuses_is_told_with_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    refused = OSError(28, "No space left on device", "figure.svg")
    assert ended(refused, capsys) == (1, "figure.svg: No space left on device\n")


LISTING = [sys.executable, "-m", "codeable", "--help"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_output_that_cannot_be_written_is_told() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(LISTING, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (1, "the output cannot be written: No space left on device\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX makes the pipe")
def test_a_reader_that_goes_away_ends_the_command_without_a_word() -> None:
    program = """
import click
from codeable.exits import run
from codeable.terminal import write
run(click.Command("many", callback=lambda: [write("a line" * 1000) for _ in range(1000)]), [])
"""
    done = subprocess.run(
        ["bash", "-c", '"$@" | true; exit ${PIPESTATUS[0]}', "bash", sys.executable, "-c", program],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes the streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_stream_that_is_closed_from_the_start_stops_nothing(closed: str) -> None:
    done = subprocess.run(["sh", "-c", f'"$@" {closed}', "sh", *LISTING], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")

"""What goes wrong in a command becomes a line on stderr and an exit status."""

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

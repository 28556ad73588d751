"""The group of commands: what it lists, what it imports, and how it ends."""

import subprocess
import sys

import pytest

from codeable.cli.group import COMMANDS
from tests.cli.running import run


@pytest.mark.parametrize(("arguments", "status"), [(["--help"], 0), (["-h"], 0), ([], 2)])
def test_every_command_is_listed_with_what_it_does(
    arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == status
    told = "".join(capsys.readouterr()).partition("Commands:\n")[2]
    listed = [line.split(maxsplit=1) for line in told.splitlines()]
    assert listed == [[name, text] for name, (_, text) in sorted(COMMANDS.items())]


def test_the_list_of_commands_imports_none_of_them() -> None:
    at_the_end = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr))"
    program = f"{at_the_end}; from codeable.cli import main; main(['--help'])"
    listing = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    imported = set(listing.stderr.split())
    homes = {where.partition(":")[0] for where, _ in COMMANDS.values()}
    assert "codeable.cli.group" in imported
    assert not imported & {*homes, "codeable.kernel", "codeable.loading"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_tells_how_it_is_used(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(name, "--help") == 0
    assert f" {name} " in capsys.readouterr().out.splitlines()[0]


def test_a_misspelt_command_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("lst") == 2
    assert "there is no command 'lst'; did you mean 'list'?" in capsys.readouterr().err

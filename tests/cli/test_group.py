"""The group of commands: what it lists, what it imports, and how it ends."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from codeable.cli.group import COMMANDS, cli
from tests.cli.running import run
from tests.studies import write_study


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
    assert "there is no command 'lst'; did you mean 'list' or 'lsp'?" in capsys.readouterr().err


class TestCompletion:
    """What the Tab key proposes."""

    def proposed(self, *words: str) -> list[str]:
        completion = ShellComplete(cli, {}, "codeable", "_CODEABLE_COMPLETE")
        return [item.value for item in completion.get_completions(list(words[:-1]), words[-1])]

    def test_commands_complete(self) -> None:
        assert self.proposed("sh") == ["show"]
        assert self.proposed("") == sorted(COMMANDS)

    def test_options_complete(self) -> None:
        assert self.proposed("list", "--f") == ["--format"]

    def test_names_of_elements_complete_and_no_module_runs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        write_study(tmp_path, {"models/a.py": "cloud_inference = _cloud = cloud.x = 1/0\ncloud_two = 2"})
        assert self.proposed("show", "cl") == ["cloud_inference", "cloud_two"]
        assert self.proposed("show", "-C", str(tmp_path), "cloud_i") == ["cloud_inference"]
        assert self.proposed("find", "cost", "--code", "cloud_t") == ["cloud_two"]

    def test_a_folder_without_a_study_proposes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        write_study(tmp_path, {"models/a.py": "x = (", "models/b.py": "y = 1"})
        assert self.proposed("show", "") == []
        assert self.proposed("show", "-C", "missing", "") == []

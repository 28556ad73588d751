"""The group of commands, each loaded when it is called."""

import importlib

import click

from codeable.exits import run
from codeable.names import did_you_mean

__all__ = ["COMMANDS", "cli", "main"]

COMMANDS: dict[str, str] = {
    "check": "codeable.cli.check:check_command",
    "convert": "codeable.cli.convert:convert_command",
    "engines": "codeable.cli.engines:engines_command",
    "init": "codeable.cli.init:init_command",
    "list": "codeable.cli.listing:list_command",
    "notes": "codeable.cli.notes:notes_command",
    "render": "codeable.render.command:render_command",
    "show": "codeable.cli.show:show_command",
    "why": "codeable.cli.why:why_command",
}
"""Command → where it is defined, as `module:attribute`."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; a wrong name fails with the nearest one."""
        if cmd_name not in COMMANDS:
            ctx.fail(f"there is no command {cmd_name!r}{did_you_mean(cmd_name, COMMANDS)}")
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="codeable")
def cli() -> None:
    """Keep a qualitative study as code: load it, draw it, check it."""


def main(arguments: list[str] | None = None, command: click.Command = cli) -> None:
    """Run a command line and exit; see `codeable.exits.run`.

    Args:
        arguments: The words after the program's name; those of this process when left out.
        command: What to run; the whole group by default.
    """
    run(command, arguments)

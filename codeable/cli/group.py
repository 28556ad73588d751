"""The group of commands of the console script. Each command is imported when it is called."""

import importlib
from typing import Any

import click
from click.shell_completion import CompletionItem

from codeable.errors import CodeableError
from codeable.text import did_you_mean

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("codeable.cli.check:check_command", "Check field notes, and the model against them."),
    "compat": (
        "codeable.compat.command:compat_command",
        "Run a study written for CodeableModels, unchanged.",
    ),
    "convert": ("codeable.cli.convert:convert_command", "Convert a study written for CodeableModels."),
    "engines": ("codeable.cli.engines:engines_command", "List what can draw pictures here."),
    "export": ("codeable.cli.exporting:export_command", "Write a study in a format that other tools read."),
    "find": ("codeable.cli.find:find_command", "Find passages of the field notes."),
    "import": (
        "codeable.cli.importing:import_command",
        "Take a project, codes or sources of another tool into a study.",
    ),
    "init": ("codeable.cli.init:init_command", "Start a study in a folder."),
    "list": ("codeable.cli.listing:list_command", "List what a study holds, with its evidence."),
    "lsp": ("codeable.cli.lsp:lsp_command", "Serve an editor (language server)."),
    "merge": ("codeable.cli.renaming:merge_command", "Make one code of several."),
    "notes": (
        "codeable.cli.notes:notes_command",
        "Begin and list field notes; build a study from them.",
    ),
    "rename": ("codeable.cli.renaming:rename_command", "Rename a code in notes, modules and settings."),
    "render": ("codeable.render.command:render_command", "Draw the diagrams of a study."),
    "report": ("codeable.cli.report:report_command", "Write tables, plots and texts for a paper."),
    "show": ("codeable.cli.show:show_command", "Show everything that is known of one element."),
}
"""Command → where it is defined, as `module:attribute`, and what the list of commands says of it.

The texts are here so that the list of commands imports none of them.
"""


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; a wrong name fails with the nearest one."""
        if cmd_name not in COMMANDS:
            ctx.fail(f"there is no command {cmd_name!r}{did_you_mean(cmd_name, COMMANDS)}")
        where, _ = COMMANDS[cmd_name]
        module, _, attribute = where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. A value of the study that ends the program when it is read is an error.

        Raises:
            CodeableError: The command ended in the middle; the exit status 0 would say that it was done.
        """
        try:
            return super().invoke(ctx)
        except SystemExit as stop:
            if isinstance(
                stop.__context__, BrokenPipeError
            ):  # rich ends the program when its reader goes away
                raise
            raise CodeableError(
                "a value in the study ends the program (SystemExit) when it is read"
            ) from stop

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands and options that begin with a word; no command is imported."""
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=COMMANDS[name][1]) for name in names]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="codeable")
def cli() -> None:
    """Keep a qualitative study as code: load it, check it, draw it, write its tables.

    `codeable init` starts a study. `codeable COMMAND --help` explains a command.
    """

"""`codeable convert`: write a study of codeable from one that was written for CodeableModels."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codeable.compat.aliases import checked_aliases
from codeable.compat.command import alias_option, path_option
from codeable.compat.convert import convert
from codeable.compat.convert.summary import differences, summary
from codeable.compat.invocation import ProposedCommand
from codeable.study_option import NonEmptyPath, next_commands
from codeable.terminal import indented, write

if TYPE_CHECKING:
    from rich.console import RenderableType

_NEXT = (
    ("list", "lists what it declares"),
    ("render", "draws its figures into diagrams/"),
    ("report", "writes what a paper needs into reports/"),
)


@click.command("convert", cls=ProposedCommand)
@click.argument("old_study", type=NonEmptyPath())
@click.option("--out", required=True, metavar="DIR", type=NonEmptyPath(), help="Folder of the new study.")
@click.option(
    "--format",
    "text_format",
    metavar="current|older",
    help="Format of the old study: names in its metamodels depend on it. It is decided as by `compat run`.",
)
@alias_option
@path_option
def convert_command(
    old_study: Path,
    out: Path,
    text_format: str | None,
    aliases: tuple[str, ...],
    paths: tuple[Path, ...],
) -> int:
    """Convert OLD_STUDY, written for CodeableModels, to a study of codeable.

    OLD_STUDY is a folder, or the script that builds the study. Its modules are run, then copied, and the
    imports in them are rewritten; comments, functions and layout stay. Statements and scripts that only draw
    are left out. The new study is then loaded and compared with the old one.

    The exit status is 0 if the new study says the same as the old one, and 1 if it says something else, or if
    a module could not be run.
    """
    done = convert(old_study, out, text_format=text_format, paths=paths, aliases=checked_aliases(aliases))
    write(*_wrapped(summary(done)))
    if not done.differences:
        write(*_wrapped([f"the new study says the same as the old one: {done.counts}"]))
        write(*_wrapped(done.warnings), stderr=True)
        write(next_commands(out, *_NEXT), stderr=True)
        return 0
    write(*_wrapped(differences(done)), stderr=True)
    return 1


def _wrapped(texts: Iterable[str]) -> "Iterator[RenderableType]":
    """The lines of texts, each with a hanging indent on a terminal."""
    for line in "\n".join(texts).splitlines():
        unindented = line.lstrip(" ")
        yield indented(unindented, len(line) - len(unindented), hanging=2)

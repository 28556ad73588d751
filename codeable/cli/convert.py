"""`codeable convert`: write a study of codeable from one that was written for CodeableModels."""

from pathlib import Path

import click

from codeable.compat.aliases import checked_aliases
from codeable.compat.command import alias_option, path_option
from codeable.compat.convert import convert
from codeable.compat.convert.summary import differences, summary
from codeable.compat.invocation import ProposedCommand
from codeable.study_option import NonEmptyPath
from codeable.terminal import write


@click.command("convert", cls=ProposedCommand)
@click.argument("old_study", type=NonEmptyPath())
@click.option("--out", required=True, metavar="DIR", type=NonEmptyPath(), help="Folder of the new study.")
@click.option(
    "--format",
    "text_format",
    metavar="current|older",
    help="Format of the old study: names in its metamodels depend on it.",
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
    write(*summary(done))
    if not done.differences:
        write(f"the new study says the same as the old one: {done.counts}")
        write(*done.warnings, stderr=True)
        return 0
    write(*differences(done), stderr=True)
    return 1

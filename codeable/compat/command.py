"""The commands `codeable compat run` and `codeable compat path`, also of `python -m codeable.compat`."""

from collections.abc import Sequence
from pathlib import Path

import click

from codeable.compat.aliases import checked_aliases
from codeable.compat.finder import PACKAGES_FOLDER
from codeable.compat.invocation import ProposedCommand
from codeable.compat.run_options import FORMATS
from codeable.schema import LEAST_DPI, MOST_DPI
from codeable.study_option import NonEmptyPath

alias_option = click.option(
    "--alias", "aliases", multiple=True, metavar="OLD=NEW", help="Find module OLD under the name NEW."
)
path_option = click.option(
    "--path",
    "paths",
    multiple=True,
    metavar="DIR",
    type=NonEmptyPath(),
    help="One more folder in which the study's modules are found.",
)
working_folder_option = click.option(
    "--in",
    "working_folder",
    metavar="DIR",
    type=NonEmptyPath(),
    help="The current folder of the study's program; without it that of the script.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def compat_command() -> None:
    """Run a study written for CodeableModels, unchanged."""


@compat_command.command("run", cls=ProposedCommand, context_settings={"allow_interspersed_args": False})
@click.option("--format", "text_format", metavar="|".join(FORMATS), help="Format of the text files.")
@click.option("--encoding", metavar="NAME", help="Encoding of the text files, such as windows-1252.")
@click.option("--no-images", is_flag=True, help="Write the text files only.")
@click.option(
    "--dpi",
    type=click.IntRange(LEAST_DPI, MOST_DPI),
    metavar="NUMBER",
    help="Resolution of the PNG pictures.  [default: 96]",
)
@alias_option
@path_option
@working_folder_option
@click.option("--keep-bundled", is_flag=True, help="Use the copy of CodeableModels that came with the study.")
@click.argument("script", type=NonEmptyPath())
@click.argument("arguments", metavar="[ARG]...", nargs=-1, type=click.UNPROCESSED)
def run_command(
    text_format: str | None,
    encoding: str | None,
    no_images: bool,
    dpi: int | None,
    aliases: tuple[str, ...],
    paths: tuple[Path, ...],
    working_folder: Path | None,
    keep_bundled: bool,
    script: Path,
    arguments: tuple[str, ...],
) -> int:
    """Run SCRIPT in its folder; each ARG is passed on to it.

    SCRIPT may be a folder with a `__main__.py`. If SCRIPT imports relatively, it is run as `python -m` would
    run it, in the folder that its package is in.

    Without --format, the names that the study imports decide: `older` if one of them is only in the copies of
    CodeableModels that studies of early 2023 bring along, else `current`.
    """
    from codeable.compat.running import run_script

    _report_options(script, arguments)
    return run_script(
        script,
        arguments,
        text_format=text_format,
        encoding=encoding,
        images=False if no_images else None,
        dpi=dpi,
        paths=paths,
        aliases=checked_aliases(aliases),
        working_folder=working_folder,
        keep_bundled=keep_bundled,
    )


def _report_options(script: Path, arguments: Sequence[str]) -> None:
    """Report the options of this command that are behind the script, unless the script has such options."""
    own = {name for each in run_command.params if isinstance(each, click.Option) for name in each.opts}
    given = [name for word in arguments if (name := word.partition("=")[0]) in own]
    if not given or not script.is_file() or any(name.encode() in script.read_bytes() for name in given):
        return
    click.echo(
        f"{', '.join(given)} {'are' if len(given) > 1 else 'is'} passed on to {script.name}; "
        "options of codeable come before the script",
        err=True,
    )


@compat_command.command("path")
def path_command() -> None:
    """Print the folder for PYTHONPATH.

    With it on the path, Python finds codeable_models, metamodels and plant_uml_renderer.
    """
    click.echo(PACKAGES_FOLDER)

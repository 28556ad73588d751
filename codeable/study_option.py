"""How a command names its study: `--study DIR` or `-C DIR`, else this folder or the nearest study above."""

import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.settings import is_study, study_above
from codeable.terminal import facts, write

if TYPE_CHECKING:
    from rich.console import RenderableType

Command = TypeVar("Command", bound=Callable[..., Any])
Names = TypeVar("Names", str, tuple[str, ...], None)


class NonEmptyPath(click.Path):
    """A path; an empty text is refused, because it often is a variable of the shell that is not set."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, if the text is not empty."""
        if value == "":
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


def utf_8(_: click.Context, __: click.Parameter, given: Names) -> Names:
    """The callback of a name that is given, or of several: names are UTF-8 wherever the command runs.

    Where the locale is ASCII, Python shows the bytes of an argument that are no ASCII as surrogates.
    """
    if isinstance(given, tuple):
        return tuple(map(_decoded, given))
    return None if given is None else _decoded(given)


def _decoded(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "surrogateescape")


def study_option(command: Command) -> Command:
    """Add the option `--study`, `-C` to a command; its value goes to `study_folder`."""
    return click.option(
        "--study",
        "-C",
        type=NonEmptyPath(),
        metavar="DIR",
        help="Folder of the study.  [default: this folder, or the nearest study above it]",
    )(command)


def study_folder(study: Path | None) -> Path:
    """The folder of the study that a command works on.

    A study that was found above the current folder is named on stderr. Without any, the current folder is
    returned; loading it then fails with what a study is.

    Args:
        study: The value of `--study`; None when it was not given.
    """
    if study is not None:
        return study
    here = Path()
    if is_study(here):
        return here
    try:
        above = study_above(here)
    except FileNotFoundError as error:
        message = "the current folder has been removed; name the study with --study"
        raise CodeableError(message, exit_status=2) from error
    if above is None:
        return here
    write(f"study: {above}", stderr=True)
    return above


def study_and_paths(study: Path | None, paths: Sequence[Path]) -> tuple[Path | None, list[Path]]:
    """The study and the other paths of a command that takes both; a folder that is a study means `--study`.

    Args:
        study: The value of `--study`; None when it was not given.
        paths: The paths that were given.

    Returns:
        The study, or None when only paths are named; and the paths without that of the study.

    Raises:
        CodeableError: More than one study is named.
    """
    studies = [path for path in paths if path.is_dir() and is_study(path)]
    named = [*studies, *([study] if study is not None else [])]
    if len(named) > 1:
        raise CodeableError("one study at a time: a folder with models/ is a study, too", exit_status=2)
    others = [path for path in paths if path not in studies]
    if not named and others:
        return None, others
    return named[0] if named else study_folder(None), others


def next_commands(folder: Path, *steps: tuple[str, str]) -> "RenderableType":
    """The commands that come next for a study, as the last lines that a command writes.

    Args:
        folder: The study's folder; the commands name it where it is not the current one.
        steps: Command and arguments without `codeable`, such as `notes build`, and what it does.

    Example:
        >>> from codeable.terminal import rendered
        >>> print(rendered(next_commands(Path(), ("check", "compares the notes with the modules"))))
        Next: codeable check  compares the notes with the modules
    """
    where = shown_path(folder.resolve())
    option = "" if where == "." else f" -C {shlex.quote(where)}"
    return facts(
        [
            (f"{'Next:' if not number else '     '} codeable {words}{option}", [what])
            for number, (words, what) in enumerate(steps)
        ],
        indent=0,
    )

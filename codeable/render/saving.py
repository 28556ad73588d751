"""Saves the pictures of a figure or plot where a user wants them."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from codeable.errors import CodeableError, reason_of
from codeable.files import shown_path, write_together
from codeable.render.drawings import part_name
from codeable.text import shown


def _nothing(_: str) -> Mapping[str, bytes]:
    return {}


def saved(
    path: Path | str,
    what: str,
    drawn: Callable[[str], Iterable[bytes]],
    beside: Callable[[str], Mapping[str, bytes]] = _nothing,
) -> Path:
    """Write pictures to NAME.pdf, NAME-2.pdf and so on; all of them or none.

    Args:
        path: The first file.
        what: What is saved, such as "figure".
        drawn: Gives the picture of each part in the format of an ending, which has no dot.
        beside: Gives the further files in that format, by name; they are written into the same folder.

    Returns:
        The path of the first file.

    Raises:
        CodeableError: The path has no ending, or cannot be written; or what `drawn` raises.
    """
    if not isinstance(path, str | os.PathLike):
        message = f"a {what} is saved to a path such as 'fig1.pdf', not {shown(path)}"
        raise CodeableError(message, exit_status=2)
    try:
        target = Path(path).expanduser()
    except RuntimeError as error:
        raise CodeableError(f"{path} cannot be written: {error}", exit_status=2) from error
    ending = target.suffix.lower().removeprefix(".")
    if not ending:
        message = f"{shown_path(target)} has no ending to tell the format; for example {target.name}.pdf"
        raise CodeableError(message, exit_status=2)
    files = {
        target.with_name(f"{part_name(target.stem, part)}{target.suffix}"): data
        for part, data in enumerate(drawn(ending), 1)
    }
    files |= {target.with_name(name): data for name, data in beside(ending).items()}
    try:
        write_together(files)
    except (OSError, ValueError) as error:
        file = getattr(error, "filename", None) or target
        raise CodeableError(f"{shown_path(file)} cannot be written: {reason_of(error)}") from error
    return target

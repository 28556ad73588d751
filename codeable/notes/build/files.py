"""Built modules and the files of a study: what is new, what changes, and what a person has edited."""

import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from attrs import frozen

from codeable.errors import CodeableError
from codeable.files import write_text_whole
from codeable.notes.build.modules import Module

__all__ = ["Change", "apply", "compare", "difference", "is_built", "text_of", "with_mark"]

_MARK = re.compile(r"\n?# Built from field notes \(([0-9a-f]{16})\); edits are kept\.\n")

State = Literal["new", "unchanged", "changed", "edited", "conflict", "obsolete", "left over"]


@frozen
class Change:
    """What building means for one file of a study.

    Attributes:
        path: The file, from the study's folder on, with slashes.
        state: ``new``, ``unchanged``, ``changed`` (to be rewritten); ``edited`` by hand while the notes say
            what they said before, so nothing is to be done; ``conflict`` when the notes say something new and
            the file was edited or not built; ``obsolete`` when an earlier build wrote it and no note speaks
            of it any more, so that it is removed; ``left over`` when such a file was edited.
        before: The text in the file; none when there is none.
        after: The text that was built; none when the file is obsolete or left over.
    """

    path: str
    state: State
    before: str | None
    after: str | None

    @property
    def needs_force(self) -> bool:
        """Whether the file is only touched with ``--force``."""
        return self.state in ("edited", "conflict", "left over")


def with_mark(text: str) -> str:
    r"""A built text with the line at its end by which a later build tells whether it was edited.

    Example:
        >>> with_mark("x = 1\n").splitlines()[-1]
        '# Built from field notes (9e26bf369911c45c); edits are kept.'
    """
    return f"{text}\n# Built from field notes ({_digest(text)}); edits are kept.\n"


def is_built(text: str) -> bool:
    """Whether a text was built, whatever was edited in it since."""
    return _MARK.search(text) is not None


def compare(modules: Iterable[Module], folder: Path, roots: Iterable[str]) -> list[Change]:
    """What building means for each file, in order of the modules, then what is left over.

    Args:
        modules: What was built.
        folder: The study's folder.
        roots: The folders of models and sources in it.

    Raises:
        CodeableError: A file cannot be read.
    """
    changes = [_compared(module, folder) for module in modules]
    built = {change.path for change in changes}
    for root in roots:
        for path in sorted((folder / root).glob("*.py")):
            name = path.relative_to(folder).as_posix()
            text = text_of(path)
            if name not in built and text is not None and is_built(text):
                changes.append(Change(name, "left over" if _is_edited(text) else "obsolete", text, None))
    return changes


def apply(changes: Iterable[Change], folder: Path, *, force: bool = False) -> list[Change]:
    """Write what is new or changed and remove what is obsolete; with `force` whatever was edited by hand.

    Returns:
        The changes that were made.

    Raises:
        CodeableError: A file cannot be written.
    """
    made: list[Change] = []
    for change in changes:
        if change.state == "unchanged" or (change.needs_force and not force):
            continue
        path = folder / change.path
        try:
            if change.after is None:
                path.unlink(missing_ok=True)
            else:
                write_text_whole(path, change.after)
        except OSError as error:
            raise CodeableError(f"{path} cannot be written: {error.strerror or error}") from error
        made.append(change)
    return made


def difference(changes: Iterable[Change], *, force: bool = False) -> Iterator[str]:
    """The lines of a unified diff of what `apply` would do.

    Args:
        changes: What `compare` said.
        force: Whether hand edits would be overwritten.
    """
    for change in changes:
        if change.state == "unchanged" or (change.needs_force and not force):
            continue
        yield from difflib.unified_diff(
            (change.before or "").splitlines(keepends=True),
            (change.after or "").splitlines(keepends=True),
            f"a/{change.path}" if change.before is not None else "/dev/null",
            f"b/{change.path}" if change.after is not None else "/dev/null",
        )


def _compared(module: Module, folder: Path) -> Change:
    after = with_mark(module.text)
    before = text_of(folder / module.path)
    if before is None:
        return Change(module.path, "new", None, after)
    if before == after:
        return Change(module.path, "unchanged", before, after)
    if not _is_edited(before):
        return Change(module.path, "changed", before, after)
    mark = _MARK.search(before)
    says_the_same = mark is not None and mark[1] == _digest(module.text)
    return Change(module.path, "edited" if says_the_same else "conflict", before, after)


def _is_edited(text: str) -> bool:
    """Whether a text is not just as a build has written it."""
    mark = _MARK.search(text)
    return mark is None or mark.end() < len(text) or mark[1] != _digest(text[: mark.start()])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def text_of(path: Path) -> str | None:
    """The text of a file; None when there is none.

    Raises:
        CodeableError: It cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CodeableError(f"{path} cannot be read: {error.strerror or error}") from error

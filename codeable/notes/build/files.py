"""Compares built modules with the files of a study, and writes them. Files that a person edited are kept.

`build` calls `compare` and `name_clashes`, `codeable notes build` calls `apply` and `difference`.
"""

import ast
import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from attrs import evolve, frozen

from codeable.errors import CodeableError, reason_of
from codeable.files import read_file, write_text_whole
from codeable.loading.folder import module_files
from codeable.notes.build.modules import BuiltModule
from codeable.settings import Settings
from codeable.source_reader import try_parse

_MARK = re.compile(r"\n?# Built from field notes \(([0-9a-f]{16})\); edits are kept\.\n")

State = Literal["new", "unchanged", "changed", "edited", "conflict", "obsolete", "left over"]


@frozen
class NameClash:
    """A name that the study would declare a second time.

    Attributes:
        name: The name, which a module that is to be written declares.
        path: The module that was not built and declares it too, from the study's folder on.
        line: The line there.
    """

    name: str
    path: str
    line: int


@frozen
class Change:
    """What building means for one file of a study.

    Attributes:
        path: The file, from the study's folder on, with slashes.
        state: ``new``, ``unchanged``, ``changed`` (to be rewritten); ``edited`` by hand while the notes
            say nothing new; ``conflict`` when the notes say something new and the file was edited or not
            built; ``obsolete`` (to be removed) when an earlier build wrote it and no note mentions it any
            more; ``left over`` when such a file was edited.
        before: The text in the file; none without a file.
        after: The built text; none when the file is obsolete or left over.
    """

    path: str
    state: State
    before: str | None
    after: str | None

    def is_applied(self, force: bool) -> bool:
        """Whether `apply` writes or removes the file: one that a person edited only with `force`."""
        return self.state in ("new", "changed", "obsolete") or (force and self.state != "unchanged")


def with_mark(text: str) -> str:
    r"""A built text with a last line that shows a later build whether the text was edited.

    Example:
        >>> with_mark("x = 1\n").splitlines()[-1]
        '# Built from field notes (9e26bf369911c45c); edits are kept.'
    """
    return f"{text}\n# Built from field notes ({_digest(text)}); edits are kept.\n"


def is_built(text: str) -> bool:
    """Whether a text was built, also when it was edited since."""
    return _MARK.search(text) is not None


def compare(modules: Iterable[BuiltModule], folder: Path, roots: Iterable[str]) -> list[Change]:
    """What building means for each file, in order of the modules, then the files that are left over.

    Args:
        modules: The built modules.
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
    """Write what is new or changed and remove what is obsolete; with `force` also files edited by hand.

    Returns:
        The changes that were made.

    Raises:
        CodeableError: A file cannot be written, or is a link; then nothing is written.
    """
    applied = [change for change in changes if change.is_applied(force)]
    for path in (folder / change.path for change in applied):
        if path.is_symlink():
            raise CodeableError(f"{path} is a link, and no module is written through a link; remove it")
    made: list[Change] = []
    for change in applied:
        path = folder / change.path
        try:
            if change.after is None:
                path.unlink(missing_ok=True)
            else:
                write_text_whole(path, change.after)
        except OSError as error:
            raise CodeableError(f"{path} cannot be written: {reason_of(error)}") from error
        made.append(change)
    return made


def difference(changes: Iterable[Change], *, force: bool = False) -> Iterator[str]:
    """The lines of a unified diff of what `apply` would do.

    Args:
        changes: The answer of `compare`.
        force: Whether edits by hand are overwritten.
    """
    for change in changes:
        if not change.is_applied(force):
            continue
        yield from difflib.unified_diff(
            (change.before or "").splitlines(keepends=True),
            (change.after or "").splitlines(keepends=True),
            f"a/{change.path}" if change.before is not None else "/dev/null",
            f"b/{change.path}" if change.after is not None else "/dev/null",
        )


def name_clashes(changes: Iterable[Change], folder: Path, settings: Settings) -> Iterator[NameClash]:
    """The names in modules to be written that other modules of the study declare, which were not built.

    Args:
        changes: What building means for each file.
        folder: The study's folder.
        settings: Its settings, which name the folders of its modules.
    """
    written = [change for change in changes if change.state in ("new", "changed")]
    names = {name for change in written for name in _assigned(change.after or "")}
    paths = {change.path for change in written}
    there = evolve(
        settings,
        models=tuple(entry for entry in settings.models if (folder / entry).is_dir()),
        sources=tuple(entry for entry in settings.sources if (folder / entry).is_dir()),
    )
    for file in module_files(folder, there):
        path = file.relative_to(folder).as_posix()
        text = text_of(file)
        if path not in paths and text is not None and not is_built(text):
            yield from (
                NameClash(name, path, line) for name, line in _assigned(text).items() if name in names
            )


def _compared(module: BuiltModule, folder: Path) -> Change:
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
    """Whether a text differs from what a build wrote."""
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
        return read_file(path).decode("utf-8", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CodeableError(f"{path} cannot be read: {reason_of(error)}") from error


def _assigned(text: str) -> dict[str, int]:
    """The names that a module assigns, each with its line; none of a broken module."""
    tree = try_parse(text)
    return {
        target.id: statement.lineno
        for statement in (tree.body if tree is not None else ())
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call | ast.Subscript)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }

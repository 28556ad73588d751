"""Mending what cannot be mended wrongly: edits of findings, and the renames that the settings name."""

import ast
import difflib
import io
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.checks.context import Context
from codeable.checks.finding import Edit, Finding
from codeable.checks.modules import lines_of
from codeable.checks.noted import names_used
from codeable.errors import CodeableError
from codeable.files import write_whole
from codeable.notes.decoding import apply_edits, decode
from codeable.notes.records import OpenTrace

__all__ = ["MendedFile", "difference", "mended_files", "rename_edits", "write_mended"]


@frozen
class MendedFile:
    """A file before and after mending, and how many edits that took."""

    path: str
    before: bytes
    after: bytes
    edits: int


def mended_files(findings: Iterable[Finding], renames: Iterable[Edit]) -> list[MendedFile]:
    """What mending makes of the files; nothing is written.

    Edits that overlap another one are left out, whole findings at a time, so that no half of a swap happens.
    """
    by_file: dict[str, list[Edit]] = {}
    for group in (*(finding.edits for finding in findings), *((edit,) for edit in renames)):
        if group and not any(_overlaps(edit, by_file.get(edit.file, [])) for edit in group):
            for edit in group:
                by_file.setdefault(edit.file, []).append(edit)
    return [mended for path in sorted(by_file) if (mended := _mended(path, by_file[path])) is not None]


def _overlaps(edit: Edit, others: Sequence[Edit]) -> bool:
    return any(edit.start < other.end and other.start < edit.end for other in others)


def _mended(path: str, edits: Sequence[Edit]) -> MendedFile | None:
    data = Path(path).read_bytes()
    _, encoding = decode(data)
    try:
        after = apply_edits(data, encoding, [(edit.start, edit.end, edit.replacement) for edit in edits])
    except UnicodeEncodeError:
        return None
    return MendedFile(path, data, after, len(edits)) if after != data else None


def write_mended(files: Iterable[MendedFile]) -> None:
    """Write the mended files, each whole or not at all.

    Raises:
        CodeableError: A file was changed by somebody else meanwhile, or cannot be written.
    """
    for file in files:
        try:
            if Path(file.path).read_bytes() != file.before:
                raise CodeableError(f"{file.path} was changed while it was checked; run the check again")
            write_whole(Path(file.path), file.after)
        except OSError as error:
            raise CodeableError(f"{file.path} cannot be written: {error.strerror or error}") from error


def difference(files: Iterable[MendedFile]) -> str:
    """What mending changes, as a unified diff."""
    told = []
    for file in files:
        before, after = (lines_of(decode(data)[0]) for data in (file.before, file.after))
        lines = difflib.unified_diff(before, after, f"a/{file.path}", f"b/{file.path}")
        told += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
    return "".join(told)


def rename_edits(context: Context, module_texts: Mapping[str, str]) -> Iterator[Edit]:
    """The edits that write new names for the old ones that the settings rename.

    In notes every use in a trace is renamed. In modules the old name is renamed everywhere when no module
    has the new one already: then both names would be bound, and which is meant only the user knows.
    """
    for old in context.renames:
        new = context.current(old)
        if new != old and new.isidentifier():
            yield from _in_notes(context, old, new)
            yield from _in_modules(module_texts, old, new)


def _in_notes(context: Context, old: str, new: str) -> Iterator[Edit]:
    for note in context.notes:
        names = [name for statement in note.statements for name in names_used(statement)]
        for segment in note.segments:
            if isinstance(segment, OpenTrace):
                names += segment.names
        for end in sorted({name.span.end for name in names if name.name == old}):
            if note.text[end - len(old) : end] == old:
                yield Edit(note.path, end - len(old), end, new)


def _in_modules(module_texts: Mapping[str, str], old: str, new: str) -> Iterator[Edit]:
    if any(_mentions(text, new) for text in module_texts.values()):
        return
    for path, text in module_texts.items():
        if _mentions(text, old):
            yield from _name_tokens(path, text, old, new)


def _mentions(text: str, name: str) -> bool:
    """Whether a module uses a name, as a variable, an attribute, a keyword or a string."""
    if name not in text:
        return False
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    return any(
        name in (getattr(node, "id", None), getattr(node, "attr", None), getattr(node, "arg", None))
        or (isinstance(node, ast.alias) and name in (node.name, node.asname))
        or (isinstance(node, ast.Constant) and node.value == name)
        for node in ast.walk(tree)
    )


def _name_tokens(path: str, text: str, old: str, new: str) -> Iterator[Edit]:
    lines = lines_of(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text, newline="").readline))
    except (tokenize.TokenError, SyntaxError):
        return
    for token in tokens:
        if token.type == tokenize.NAME and token.string == old:
            start = starts[token.start[0] - 1] + token.start[1]
            yield Edit(path, start, start + len(old), new)

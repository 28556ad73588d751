"""Which source a note is about: the heading, the declaration of the source and the name of the file say so.

Called by the reader of notes. What a build and the checks count as the notes of a source is here, too.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from codeable.lines import Edit
from codeable.notes.metadata import KINDS
from codeable.notes.model import FieldNote, NoteHeading, Problem, SourceDeclaration

_OF_TEMPLATE = frozenset({"s", "p"})
_NUMBERED = re.compile(r"[sp]([0-9]{1,9})")
_TEMPLATE = re.compile(
    r"[sp]_?|source|interview|empty|blank|form|(?:.*[\W_])?template(?:[\W_].*)?", re.IGNORECASE | re.DOTALL
)
_WORDS = r"(?P<{0}>source|interview|s|p)[ _-]*(?P<{1}>[0-9]+[a-z]?)"
_FILE = re.compile(
    rf"{_WORDS.format('kind', 'number')}(?![A-Za-z0-9]).*|.*[\W_]{_WORDS.format('last_kind', 'last_number')}",
    re.IGNORECASE | re.DOTALL,
)


def identifier_of_file(path: str) -> str | None:
    """The identifier that the name of a file gives; none when it begins or ends with no kind and number.

    Example:
        >>> [identifier_of_file(path) for path in ("sources/s_44.md", "mesh_p_6.md", "s_.md")]
        ['s44', 'p6', None]
    """
    match = _FILE.fullmatch(PurePath(path).stem)
    if match is None:
        return None
    kind = (match["kind"] or match["last_kind"]).casefold()
    return f"{KINDS.get(kind, kind)}{match['number'] or match['last_number']}"


def identifier_of_note(
    heading: NoteHeading | None, declared: Sequence[SourceDeclaration], path: str
) -> str | None:
    """The identifier of the source that a note is about.

    The heading counts. Where it gives no number the declaration counts, then the name of the file; where
    these two agree against the heading, the heading was copied from another note.

    Args:
        heading: The heading of the note.
        declared: The declarations of sources in the note.
        path: The file.
    """
    names = [one.identifier.name for one in declared if one.identifier.name not in _OF_TEMPLATE]
    of_file = identifier_of_file(path)
    of_heading = heading.identifier if heading is not None else None
    if of_file is not None and of_file in names:
        return of_file
    return of_heading or next(iter(names), None) or of_file


def notes_of_sources(notes: Iterable[FieldNote]) -> dict[str, list[FieldNote]]:
    """Source → its notes that count: the first one of each coder.

    A template, a note that cannot be read, and a note without a number are about no source.
    """
    found: dict[str, dict[str | None, FieldNote]] = {}
    for note in notes:
        if note.identifier is not None and not note.is_template and note.unread is None:
            found.setdefault(note.identifier, {}).setdefault(note.coder, note)
    return {identifier: list(of_coders.values()) for identifier, of_coders in found.items()}


def next_identifier(kind: str, known: Iterable[str]) -> str:
    """The identifier behind the last one of a kind.

    Example:
        >>> next_identifier("s", ["s1", "s44a", "p50"])
        's45'
    """
    numbers = [int(found[1]) for name in known if (found := _NUMBERED.match(name)) and name.startswith(kind)]
    return f"{kind}{max(numbers, default=0) + 1}"


def is_template_file(path: str) -> bool:
    """Whether the name of a file is that of a template.

    Example:
        >>> (
        ...     is_template_file("sources/s_.md"),
        ...     is_template_file("Template of a note.md"),
        ...     is_template_file("s_1.md"),
        ... )
        (True, True, False)
    """
    return _TEMPLATE.fullmatch(PurePath(path).stem) is not None


def own_names(identifier: str, declared: Sequence[SourceDeclaration]) -> frozenset[str]:
    """The names that a note has for its own source: also `s` alone, which is that of the template."""
    return frozenset({identifier, *_OF_TEMPLATE, *(one.identifier.name for one in declared)})


def outvoted_heading(heading: NoteHeading | None, identifier: str | None) -> Problem | None:
    """The problem of a heading that says another identifier than file name and declaration; else none."""
    if heading is None or heading.identifier is None or identifier is None:
        return None
    if heading.identifier == identifier or heading.number_span is None:
        return None
    message = (
        f"the heading says {heading.identifier}, but file name and declaration say {identifier}; "
        f"the note is read as {identifier}"
    )
    at = heading.number_span
    if not identifier.startswith(heading.kind):
        return Problem("heading-outvoted", message, at, f"# {identifier[:1]} {identifier[1:]}")
    number = identifier.removeprefix(heading.kind)
    edit = Edit.of(at, number)
    return Problem("heading-outvoted", message, at, number, (edit,))

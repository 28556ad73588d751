"""A bibliography as a project: an entry is a source without text. The readers of its formats call it.

Zotero, EndNote, Mendeley, JabRef and the libraries of publishers write such files.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from codeable.errors import CodeableError
from codeable.exchange.incoming.bibliography_entry import (
    BibliographyEntry,
    Entries,
    left_out_fields,
    source_of,
)
from codeable.exchange.incoming.input_file import read_input, unreadable
from codeable.exchange.project import NotTakenOver, Project, ProjectSource
from codeable.files import shown_path
from codeable.notes.decoding import decode, is_binary
from codeable.text import counted, first_few, free_name, with_line_feeds

_LARGEST = 200_000_000
_REPLACEMENT = "\ufffd"


def project_of_entries(path: Path, format_name: str, read: Callable[[str, str], Entries]) -> Project:
    """The project of a bibliography.

    Args:
        path: The file.
        format_name: The name of its format, for messages.
        read: Finds the entries in a text with line feeds as line ends. It also gets the name of the file.

    Raises:
        CodeableError: The file cannot be read, or has no entries; exit status 2.
    """
    file = shown_path(path)
    text, messages, lost = _text_of(path, file)
    found = read(text, file)
    if not found.entries:
        why = "".join(f"\n{each.sentence}" for each in found.not_taken_over)
        raise CodeableError(f"{file} has no entries of {format_name} that can be read{why}", exit_status=2)
    untitled = [each.key or each.place for each in found.entries if not each.title]
    if untitled:
        count = counted(len(untitled), "entry has no title", "entries have no title")
        messages.append(f"{count}; address or key is the title: {first_few(untitled)}")
    return Project(
        path.stem,
        file,
        found.origin,
        sources=tuple(_sources(found.entries)),
        not_taken_over=(*lost, *found.not_taken_over, *left_out_fields(found.entries)),
        messages=(*messages, *found.messages),
        has_name=False,
    )


def _sources(entries: tuple[BibliographyEntry, ...]) -> Iterator[ProjectSource]:
    keys: set[str] = set()
    for entry in entries:
        key = free_name(entry.key or entry.place, keys.__contains__)
        keys.add(key)
        yield source_of(entry, key)


def _text_of(path: Path, file: str) -> tuple[str, list[str], list[NotTakenOver]]:
    """The text of a file with line feeds as line ends, what is to be told about it, and what was lost."""
    data = read_input(path, _LARGEST)
    if is_binary(data):
        raise unreadable(path, "it is no text; export the bibliography again")
    text, encoding = decode(data)
    text = with_line_feeds(text).replace("\0", _REPLACEMENT)
    messages, lost = [], []
    if encoding.name in ("cp1252", "latin-1"):
        name = "Windows-1252" if encoding.name == "cp1252" else "Latin-1"
        messages.append(f"{file} is not UTF-8; it was read as {name}; look at its letters with accents")
    elif _REPLACEMENT in text:
        line = text.count("\n", 0, text.index(_REPLACEMENT)) + 1
        reason = f"they are not UTF-8, and are {_REPLACEMENT} here; save the file as UTF-8"
        lost.append(
            NotTakenOver("characters", text.count(_REPLACEMENT), place=f"{file}:{line}", reason=reason)
        )
    return text, messages, lost

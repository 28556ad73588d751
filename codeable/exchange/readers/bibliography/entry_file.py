"""A bibliography as a project: an entry is a source without text. The readers of its formats call it.

Zotero, EndNote, Mendeley, JabRef and the libraries of publishers write such files.
"""

from collections.abc import Callable
from pathlib import Path

from attrs import Factory, define

from codeable.errors import CodeableError
from codeable.exchange.project import Project
from codeable.exchange.readers.bibliography.entry import BibliographyEntry, source_of
from codeable.exchange.readers.discarded import Discarded
from codeable.exchange.readers.input_file import read_input, unreadable
from codeable.files import shown_path
from codeable.notes.decoding import decode, is_binary, read_as
from codeable.text import FreeNames, counted, first_few, with_line_feeds

_LARGEST = 200_000_000
_REPLACEMENT = "\ufffd"


@define
class EntryFile:
    """The file of a bibliography while it is read.

    Attributes:
        file: Its name in messages.
        text: Its text, with line feeds as line ends.
        entries: Its entries, in order.
        discarded: Collects what is not taken over.
        messages: Collects what a user must know about how it is read.
        origin: The tool that wrote it; empty where the file does not say so.
    """

    file: str
    text: str
    entries: list[BibliographyEntry] = Factory(list)
    discarded: Discarded = Factory(Discarded)
    messages: list[str] = Factory(list)
    origin: str = ""

    def place(self, line: int) -> str:
        """Where a line is."""
        return f"{self.file}:{line}"


def project_of_entries(path: Path, format_name: str, read: Callable[[EntryFile], None]) -> Project:
    """The project of a bibliography.

    Args:
        path: The file.
        format_name: The name of its format, for messages.
        read: Adds the entries.

    Raises:
        CodeableError: The file cannot be read, or has no entries; exit status 2.
    """
    found = _opened(path)
    read(found)
    if not found.entries:
        why = "".join(f"\n{each.sentence}" for each in found.discarded.listed())
        raise CodeableError(
            f"{found.file} has no entries of {format_name} that can be read{why}", exit_status=2
        )
    untitled = [each.key or each.place for each in found.entries if not each.title]
    if untitled:
        count = counted(len(untitled), "entry has no title", "entries have no title")
        found.messages.append(f"{count}; address or key is the title: {first_few(untitled)}")
    keys: dict[str, BibliographyEntry] = {}
    free = FreeNames()
    for entry in found.entries:
        keys[free.take(entry.key or entry.place)] = entry
        for name in (*entry.left_out, *(["further addresses"] if entry.further_addresses else [])):
            what, reason = f"fields '{name}'", "a field note has no field for it; the file keeps it"
            found.discarded.add(what, entry.key, place=entry.place, reason=reason, is_loss=False)
    return Project(
        path.stem,
        found.file,
        found.origin,
        sources=tuple(source_of(entry, key) for key, entry in keys.items()),
        not_taken_over=found.discarded.listed(),
        messages=tuple(found.messages),
        has_name=False,
    )


def _opened(path: Path) -> EntryFile:
    data = read_input(path, _LARGEST)
    if is_binary(data):
        raise unreadable(path, "it is no text; export the bibliography again")
    text, encoding = decode(data)
    opened = EntryFile(shown_path(path), with_line_feeds(text).replace("\0", _REPLACEMENT))
    if encoding.errors == "strict" and (name := read_as(encoding)):
        opened.messages.append(
            f"{opened.file} is not UTF-8; it was read as {name}; look at its letters with accents"
        )
    elif _REPLACEMENT in opened.text:
        place = opened.place(opened.text.count("\n", 0, opened.text.index(_REPLACEMENT)) + 1)
        reason = f"they are not UTF-8, and are {_REPLACEMENT} here; save the file as UTF-8"
        number = opened.text.count(_REPLACEMENT)
        opened.discarded.add("characters", number=number, place=place, reason=reason)
    return opened

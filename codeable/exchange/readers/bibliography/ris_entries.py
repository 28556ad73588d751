"""Entries of RIS, as Zotero, EndNote, Mendeley and the libraries of publishers write them.

rispy reads a record. Where records and their lines begin and end is found here: programs leave out the end of
a record, write one blank instead of two, and break long values.
"""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from attrs import frozen

from codeable.exchange.project import Project
from codeable.exchange.readers.bibliography.entry import (
    BibliographyEntry,
    person,
    reference_text,
)
from codeable.exchange.readers.bibliography.entry_file import EntryFile, project_of_entries
from codeable.exchange.readers.input_file import not_installed
from codeable.text import counted

_STRICT = re.compile(r"([A-Z][A-Z0-9]) {1,3}- ?(.*)")
_LOOSE = re.compile(r"([A-Z][A-Z0-9])\s*-\s+(.*)")
_BREAK = "\r"
"""Between the lines of one value, as no line of the text has it any more."""
_SEVERAL_ADDRESSES = re.compile(r"[;\s]+(?=https?://)")
_TAG_OF_HTML = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_END_OF_BLOCK = re.compile(r"</(?:p|div|h\d|li)>|<br ?/?>", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_PARTS = re.compile(r"(\d{4})/(\d*)/?(\d*)(?:/.*)?$")
_DOI_ALONE = re.compile(r"\s*doi:\s*\S+\s*$", re.IGNORECASE)
"""A note of a publisher."""
_SOURCE_TYPES = {"BLOG": "Blog Post", "SLIDE": "Slides", "VIDEO": "Video Streaming"}
_PEOPLE = ("first_authors", "authors", "secondary_authors")
_READ = frozenset((
    "type_of_reference", "title", "primary_title", "translated_title", "date", "year", "publication_year",
    "access_date", "doi", "urls", "notes", "research_notes", "journal_name", "secondary_title",
    "alternate_title1", "alternate_title2", "alternate_title3", "volume", "number", "start_page",
    "end_page", "edition", "publisher", "place_published", "unknown_tag",
))  # fmt: skip
_SHOWN = {"notes_abstract": "abstract"}


@frozen
class _Record:
    line: int
    lines: list[str]
    has_end: bool


def read_ris(path: Path) -> Project:
    """The entries of a RIS file as sources.

    Format: https://en.wikipedia.org/wiki/RIS_(file_format)

    Args:
        path: The file, such as `refs.ris`.

    Raises:
        CodeableError: The file cannot be read, or has no entries, or rispy is not installed; exit status 2.
    """
    return project_of_entries(path, "RIS", _add_entries)


def _add_entries(found: EntryFile) -> None:
    try:
        import rispy
    except ImportError as error:
        raise not_installed("RIS", "rispy") from error
    records, outside = _records(found.text)
    for each in records:
        read = rispy.loads(
            "\n".join([*each.lines, "ER  - "]), delimiter_tags_mapping={}, enforce_list_tags=False
        )
        found.entries += [_entry(one, found.place(each.line)) for one in read]
    for number, line in outside:
        reason = "they belong to no entry; an entry begins with a line TY"
        found.discarded.add("lines", line.strip()[:60], place=found.place(number), reason=reason)
    open_ends = [found.place(each.line) for each in records if not each.has_end]
    if open_ends:
        count = counted(len(open_ends), "entry has no line ER", "entries have no line ER")
        message = f"{count} at the end; it ends where the next one begins: {open_ends[0]}"
        found.messages.append(message)


def _records(text: str) -> tuple[list[_Record], list[tuple[int, str]]]:
    """The records with their lines in the form of the standard, and the lines that belong to none."""
    lines = text.split("\n")
    tag = _STRICT if any(line.startswith("TY  -") for line in lines) else _LOOSE
    records: list[_Record] = []
    outside: list[tuple[int, str]] = []
    current: list[str] | None = None
    begun = 0
    for number, line in enumerate(lines, 1):
        found = tag.fullmatch(line.lstrip("\ufeff ") if current is None else line)
        name = found[1] if found is not None else line.strip() if line.strip() == "ER" else ""
        if current is not None and name in ("TY", "ER"):
            records.append(_Record(begun, current, has_end=name == "ER"))
            current = None
        if found is not None and name == "TY":
            current, begun = [f"TY  - {found[2]}"], number
        elif current is None:
            outside += [(number, line)] if line.strip() and name != "ER" else []
        elif found is not None:
            current.append(f"{name}  - {found[2].strip()}")
        else:
            current[-1] += f"{_BREAK}{line.strip()}"
    if current is not None:
        records.append(_Record(begun, current, has_end=False))
    return records, outside


def _entry(record: Mapping[str, Any], place: str) -> BibliographyEntry:
    kind = record.get("type_of_reference", "").strip().upper()
    people = [name for name in _PEOPLE if record.get(name)]
    authors = _texts(record[people[0]]) if people else ()
    addresses = [
        part for each in _texts(record.get("urls")) for part in _SEVERAL_ADDRESSES.split(_line(each))
    ]
    unknown = record.get("unknown_tag", {})
    addresses += [_line(each) for each in unknown.get("LK", ())]
    title = _first(record, "title", "primary_title", "translated_title")
    notes = [*_texts(record.get("notes")), *_texts(record.get("research_notes"))]
    dois = [each for each in notes if _DOI_ALONE.match(each)]
    left_out = [
        _SHOWN.get(name, name.replace("_", " ")) for name in record if name not in (*_READ, *people[:1])
    ]
    left_out += [tag for tag in unknown if tag not in ("LK", "BT", "T2")]
    return BibliographyEntry(
        key=_first(record, "id"),
        place=place,
        title=_plain(title),
        authors=tuple(person(_line(each)) for each in authors if each.strip()),
        addresses=tuple(addresses),
        doi=_first(record, "doi") or next(iter(dois), ""),
        published=_published(record),
        retrieved=_date(_first(record, "access_date")),
        reference=_reference(record, unknown, title),
        source_type=_SOURCE_TYPES.get(kind, ""),
        kind="p" if kind == "PCOMM" and not addresses else "s",
        memos=tuple(_memo(each) for each in notes if each not in dois),
        left_out=tuple(dict.fromkeys("citation key" if each == "id" else each for each in left_out)),
    )


def _texts(value: object) -> Iterable[str]:
    return [value] if isinstance(value, str) else value if isinstance(value, list) else []


def _first(record: Mapping[str, Any], *names: str) -> str:
    values = (text for name in names for text in _texts(record.get(name)))
    return next((_line(each) for each in values if each.strip()), "")


def _line(value: str) -> str:
    return " ".join(value.split())


def _plain(text: str) -> str:
    """A title without the markup that some programs write into it."""
    return unescape(_TAG_OF_HTML.sub("", text)) if "<" in text or "&" in text else text


def _memo(text: str) -> str:
    """A note, of which Zotero writes HTML, in its lines."""
    if _TAG_OF_HTML.search(text):
        text = unescape(_TAG_OF_HTML.sub("", _END_OF_BLOCK.sub(_BREAK, text)))
    lines = (" ".join(line.split()) for line in text.split(_BREAK))
    return "\n".join(lines).strip("\n")


def _published(record: Mapping[str, Any]) -> str:
    """The date where it has a year, else the year with it."""
    date, year = _date(_first(record, "date")), _date(_first(record, "year", "publication_year"))
    return date if _YEAR.search(date) or not year else " ".join(each for each in (date, year) if each)


def _date(written: str) -> str:
    """A date of RIS, which is YYYY/MM/DD/remark with parts left out."""
    found = _PARTS.match(written)
    return "-".join(each for each in found.groups() if each) if found is not None else written


def _reference(record: Mapping[str, Any], unknown: Mapping[str, Any], title: str) -> str:
    container = _first(record, "journal_name", "secondary_title", "alternate_title3", "alternate_title2")
    pages = [_first(record, name) for name in ("start_page", "end_page")]
    known = {
        "container": container or _first(unknown, "BT") or _first(record, "alternate_title1"),
        "volume": _first(record, "volume"),
        "number": _first(record, "number"),
        "pages": "-".join(dict.fromkeys(each for each in pages if each)),
        "edition": _first(record, "edition"),
        "publisher": _first(record, "publisher"),
        "location": _first(record, "place_published"),
    }
    return reference_text({name: _plain(value) for name, value in known.items() if value != title})

"""Entries of CSL JSON, as Zotero, Mendeley, pandoc and citation services write them."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from codeable.errors import CodeableError
from codeable.exchange.project import Project
from codeable.exchange.readers.bibliography.entry import BibliographyEntry, reference_text
from codeable.exchange.readers.bibliography.entry_file import EntryFile, project_of_entries

_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?:\s[^<>]*)?>", re.IGNORECASE)
_SOURCE_TYPES = {"post-weblog": "Blog Post", "post": "Discussion Forum Post"}
_READ = frozenset((
    "id", "type", "title", "URL", "DOI", "issued", "accessed", "container-title",
    "volume", "issue", "page", "edition", "publisher", "publisher-place", "note", "annote", "citation-key",
))  # fmt: skip
_ITEM = re.compile(r"[\s,]*")
_WHITE = " \t\n\r"


def read_csl_json(path: Path) -> Project:
    """The entries of a file of CSL JSON as sources.

    Format: https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json

    Args:
        path: The file, such as `refs.json`.

    Raises:
        CodeableError: The file cannot be read, is no JSON, or has no entries; exit status 2.
    """
    return project_of_entries(path, "CSL JSON", _add_entries)


def _add_entries(found: EntryFile) -> None:
    others: list[str] = []
    for item, line in _items(found.text, found.file):
        if isinstance(item, dict) and item.get("format") == "codeable study":
            raise CodeableError(
                f"{found.file} is a study that codeable exported; `codeable.load_json` reads it",
                exit_status=2,
            )
        if isinstance(item, dict) and ("type" in item or "title" in item or "id" in item):
            found.entries.append(_entry(item, found.place(line)))
        else:
            others.append(found.place(line))
    if others and not found.entries:
        raise CodeableError(
            f"{others[0]}: is no entry of CSL JSON, which has an id, a type, a title", exit_status=2
        )
    for place in others:
        reason = "they have no id, type or title"
        found.discarded.add("items that are no entries", place=place, reason=reason)


def _items(text: str, file: str) -> Iterator[tuple[Any, int]]:
    """The items of a list, each with its line. Some programs write an object around the list, or one item."""
    decoder = json.JSONDecoder()
    start = len(text) - len(text.lstrip(_WHITE))
    try:
        if text[start : start + 1] != "[":
            document = decoder.decode(text)
            inner = document.get("items") if isinstance(document, dict) else None
            yield from ((item, 1) for item in (inner if isinstance(inner, list) else [document]))
            return
        at = start + 1
        line, counted_to = 1, 0
        while True:
            at = _skip(text, at)
            if text[at : at + 1] == "]":
                behind = _skip(text, at + 1)
                if behind < len(text):
                    raise json.JSONDecodeError("Extra data", text, behind)
                return
            item, end = decoder.raw_decode(text, at)
            line += text.count("\n", counted_to, at)
            counted_to = at
            yield item, line
            at = end
    except json.JSONDecodeError as error:
        where = text.count("\n", 0, error.pos) + 1 if error.doc is text else error.lineno
        raise CodeableError(f"{file}:{where}: is not JSON: {error.msg}", exit_status=2) from error
    except (RecursionError, ValueError) as error:
        raise CodeableError(
            f"{file}: is no JSON that can be read: it is nested too deeply, or has a number of "
            "thousands of digits",
            exit_status=2,
        ) from error


def _skip(text: str, at: int) -> int:
    found = _ITEM.match(text, at)
    return found.end() if found is not None else at


def _entry(item: Mapping[str, Any], place: str) -> BibliographyEntry:
    kind = _text(item.get("type"))
    url = _text(item.get("URL"))
    people = [name for name in ("author", "editor") if _names(item.get(name))]
    archived = _text(item.get("archive_location"))
    used = {*_READ, *people[:1], *(["archive_location"] if "://" in archived else [])}
    return BibliographyEntry(
        key=_text(item.get("citation-key")) or _text(item.get("id")),
        place=place,
        title=_text(item.get("title")),
        authors=tuple(_names(item.get(people[0]))) if people else (),
        addresses=(url,),
        archived=archived if "://" in archived else "",
        doi=_text(item.get("DOI")),
        published=_date(item.get("issued")),
        retrieved=_date(item.get("accessed")),
        reference=_reference(item),
        source_type=_SOURCE_TYPES.get(kind, "Video Streaming" if kind == "motion_picture" and url else ""),
        kind="p" if kind == "interview" and not url else "s",
        memos=tuple(
            str(item[name]).strip() for name in ("note", "annote") if isinstance(item.get(name), str)
        ),
        left_out=tuple(name for name in item if name not in used and item[name] not in ("", None, [], {})),
    )


def _text(value: object) -> str:
    """A text or a number without markup, on one line; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = " ".join(str(value).split())
    return unescape(_MARKUP.sub("", text)) if "<" in text or "&" in text else text


def _names(value: object) -> list[str]:
    names = []
    for each in value if isinstance(value, list) else []:
        if isinstance(each, dict):
            parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
            name = _text(each.get("literal")) or " ".join(
                filter(None, (_text(each.get(part)) for part in parts))
            )
        else:
            name = _text(each)
        names += [name] if name else []
    return names


def _date(value: object) -> str:
    """A date, from its parts or as it is written."""
    if not isinstance(value, dict):
        return _text(value)
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [_text(each) for each in first]
    if numbers and all(each.lstrip("-").isdecimal() for each in numbers):
        return "-".join([numbers[0], *(each.zfill(2) for each in numbers[1:3])])
    return _text(value.get("raw")) or _text(value.get("literal"))


def _reference(item: Mapping[str, Any]) -> str:
    names = {"container": "container-title", "volume": "volume", "number": "issue", "pages": "page"}
    names |= {"edition": "edition", "publisher": "publisher", "location": "publisher-place"}
    return reference_text({part: _text(item.get(name)) for part, name in names.items()})

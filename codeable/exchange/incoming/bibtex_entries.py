"""Entries of BibTeX and BibLaTeX, as Zotero, JabRef, Mendeley, publishers and people write them.

Names, dates, addresses and LaTeX are read here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from codeable.exchange.incoming.bibliography_entry import (
    BibliographyEntry,
    Entries,
    person,
    reference_text,
)
from codeable.exchange.incoming.bibtex_blocks import BibTeXBlock, bibtex_blocks
from codeable.exchange.incoming.latex_decoding import decoded
from codeable.metamodels.controlled_vocabularies import AUTHOR_TYPES

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OWN_HEADING = "% Sources and references of the study, for BibLaTeX:"
_NAME_OF_NOTE = re.compile(r"[sp]\d+[a-z]?")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_NAMED_PART = re.compile(r"(family|given|prefix|suffix)(?:-i)?\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}|(https?://[^\s{}\\]+)")
_ACCESSED = re.compile(
    r"\(?(?:last |online; )?(?:accessed|retrieved|visited)(?: on)?:?\s*(?P<date>[\w ,./-]*\d)\)?\.?",
    re.IGNORECASE,
)
_CONTAINERS = ("journaltitle", "journal", "booktitle", "maintitle", "series", "eventtitle")
_PUBLISHERS = ("publisher", "organization", "institution", "school")
_MEMOS = ("annote", "annotation", "comment", "review")
_READ = frozenset((
    "title", "subtitle", "author", "editor", "url", "link", "doi", "howpublished", "eprint", "eprinttype",
    "archiveprefix", "date", "year", "month", "day", "urldate", "lastchecked", "pages", "volume", "number",
    "issue", "edition", "location", "address", "note", "crossref", "xdata", "ids", "type",
    *_CONTAINERS, *_PUBLISHERS, *_MEMOS,
))  # fmt: skip


def bibtex_entries(text: str, file: str) -> Entries:
    """The entries of a text.

    Args:
        text: The text of the file.
        file: Its name in messages.
    """
    blocks, failed = bibtex_blocks(text, file)
    is_own = _OWN_HEADING in text[:500]
    entries = tuple(_entry(each, file, is_own=is_own) for each in blocks)
    return Entries(entries, failed, origin=_origin(text, is_own=is_own))


def _entry(block: BibTeXBlock, file: str, *, is_own: bool) -> BibliographyEntry:
    key, fields = block.key, block.fields
    keywords = [decoded(each) for each in fields.get("keywords", "").split(",")]
    is_own = (is_own or bool(_NAME_OF_NOTE.fullmatch(key))) and keywords[0] in ("source", "reference")
    note = decoded(fields.get("note", ""))
    accessed = _ACCESSED.fullmatch(note) if not is_own else None
    types = _types(keywords[1:]) if is_own else ("", "")
    read = _READ | {"keywords"} if is_own else _READ
    month = fields.get("month", "")
    return BibliographyEntry(
        key=key,
        place=f"{file}:{block.line}",
        title=_title(fields),
        authors=tuple(_names(fields.get("author") or fields.get("editor", ""))),
        addresses=tuple(_addresses(fields)),
        archived=_verbatim(fields.get("eprint", "")) if _kind_of_eprint(fields) == "archived" else "",
        doi=_verbatim(fields.get("doi", "")),
        published=_date(fields, month),
        retrieved=decoded(fields.get("urldate") or fields.get("lastchecked", ""))
        or (accessed["date"] if accessed is not None else ""),
        reference=note if is_own else _reference(fields, "" if accessed is not None else note),
        source_type=types[1] or ("Video Streaming" if block.kind == "video" else ""),
        author_type=types[0],
        kind=_kind(key) if is_own else "s",
        identifier=key if is_own else None,
        memos=tuple(decoded(fields[name]) for name in _MEMOS if name in fields),
        left_out=(*(name for name in fields if name not in read), *([] if is_own else ["citation key"])),
    )


def _kind(key: str) -> Literal["s", "p"]:
    return "p" if key.startswith("p") and _NAME_OF_NOTE.fullmatch(key) else "s"


def _types(keywords: list[str]) -> tuple[str, str]:
    """The type of the author and that of the source, among the keywords of an entry of codeable."""
    if len(keywords) == 1:
        return (keywords[0], "") if keywords[0] in AUTHOR_TYPES else ("", keywords[0])
    return (keywords[0], keywords[1]) if keywords else ("", "")


def _title(fields: Mapping[str, str]) -> str:
    return ": ".join(decoded(fields[name]) for name in ("title", "subtitle") if name in fields)


def _names(written: str) -> Iterator[str]:
    """The names of a list. A name in braces is that of an organisation."""
    for name in _split_outside_braces(written, _AND):
        parts = _split_outside_braces(name, re.compile(r"\s*,\s*"))
        named = [_NAMED_PART.fullmatch(each) for each in parts]
        if name.casefold() == "others":
            yield "et al."
        elif all(named):
            given = {each[1].casefold(): decoded(each[2]) for each in named if each is not None}
            yield " ".join(given[each] for each in ("given", "prefix", "family", "suffix") if each in given)
        elif len(parts) > 1:
            yield person(", ".join(map(decoded, parts)))
        elif name:
            yield decoded(name)


def _split_outside_braces(text: str, between: re.Pattern[str]) -> list[str]:
    parts: list[str] = []
    start = at = depth = 0
    while at < len(text):
        found = between.match(text, at) if depth == 0 else None
        if found is not None:
            parts.append(text[start:at].strip())
            start = at = found.end()
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return [*parts, text[start:].strip()]


def _addresses(fields: Mapping[str, str]) -> Iterator[str]:
    for name in ("url", "link", "howpublished"):
        value = fields.get(name, "")
        found = [match[1] or match[2] for match in _ADDRESS.finditer(value)]
        yield from map(_verbatim, found or ([value] if name == "url" else []))
    if _kind_of_eprint(fields) == "arxiv" and "eprint" in fields:
        yield f"https://arxiv.org/abs/{_verbatim(fields['eprint'])}"


def _kind_of_eprint(fields: Mapping[str, str]) -> str:
    return fields.get("eprinttype", fields.get("archiveprefix", "")).casefold()


def _verbatim(value: str) -> str:
    r"""An address as it is; other programs escape it although BibLaTeX wants it verbatim."""
    return re.sub(r"\\([%#&_$~{}])|[{}]|\\textasciitilde\s*(?:\{\})?", _unescaped, value).strip()


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    return "~" if match[0].startswith("\\") else ""


def _date(fields: Mapping[str, str], month: str) -> str:
    if "date" in fields:
        return decoded(fields["date"])
    year = decoded(fields.get("year", ""))
    name = decoded(month).strip(". ")
    short = name[:3].casefold()
    number = str(_MONTHS.index(short) + 1) if short in _MONTHS else name if name.isdecimal() else ""
    day = decoded(fields.get("day", ""))
    if not number or not year.isdecimal():
        return " ".join(each for each in (name, year) if each) if year else ""
    return "-".join([year, number.zfill(2), *([day.zfill(2)] if day.isdecimal() else [])])


def _reference(fields: Mapping[str, str], note: str) -> str:
    def first(names: tuple[str, ...]) -> str:
        return next((decoded(fields[name]) for name in names if name in fields), "")

    howpublished = fields.get("howpublished", "")
    printed = "" if _ADDRESS.search(howpublished) else decoded(howpublished)
    return reference_text(
        {
            "container": first(_CONTAINERS),
            "volume": first(("volume",)),
            "number": first(("number", "issue")),
            "pages": first(("pages",)),
            "edition": first(("edition",)),
            "publisher": first(_PUBLISHERS),
            "location": first(("location", "address")),
            "note": ", ".join(each for each in (printed, note) if each),
        }
    )


def _origin(text: str, *, is_own: bool) -> str:
    if is_own:
        return "codeable"
    signs = (("jabref-meta", "JabRef"), ("Mendeley Desktop", "Mendeley"), ("EndNote", "EndNote"))
    return next((name for sign, name in signs if sign in text), "")

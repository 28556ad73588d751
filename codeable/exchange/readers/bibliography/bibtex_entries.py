"""Entries of BibTeX and BibLaTeX, as Zotero, JabRef, Mendeley, publishers and people write them.

Names, dates, addresses and LaTeX are read here.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from attrs import evolve

from codeable.exchange.project import Project
from codeable.exchange.readers.bibliography.bibtex_blocks import BibTeXBlock, bibtex_blocks
from codeable.exchange.readers.bibliography.entry import (
    BibliographyEntry,
    person,
    reference_text,
)
from codeable.exchange.readers.bibliography.entry_file import EntryFile, project_of_entries
from codeable.exchange.readers.bibliography.latex_decoding import decoded
from codeable.metamodels.controlled_vocabularies import AUTHOR_TYPES

_OWN_HEADING = "% Sources and references of the study, for BibLaTeX:"
_NAME_OF_NOTE = re.compile(r"[sp]\d+[a-z]?")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_NAMED_PART = re.compile(r"(family|given|prefix|suffix)(?:-i)?\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_COMMAND = re.compile(r"\\(?:url|path|nolinkurl)\s*\{(.*)\}", re.DOTALL)
_ADDRESS = re.compile(
    r"\\(?:url|path|nolinkurl)\s*\{((?:[^{}]|\{[^{}]*\})*)\}|(https?://(?:[^\s{}]|\{[^\s{}]*\})+)"
)
_ANNOUNCES = re.compile(
    r"(?:\W|(?:available|online|at|from|url|link|retrieved|web ?(?:site|page)?|accessed"
    r"|archived?|copy|snapshot|version|is|an?|in|on|the|internet archive|wayback machine)\b)*",
    re.IGNORECASE,
)
_ACCESSED = re.compile(
    r"\(?(?:last |online; )?(?:accessed|retrieved|visited)(?: on)?:?\s*(?P<date>[\w ,./-]*\d)\)?\.?",
    re.IGNORECASE,
)
_CONTAINERS = ("journaltitle", "journal", "booktitle", "maintitle", "series", "eventtitle")
_PUBLISHERS = ("publisher", "organization", "institution", "school")
_MEMOS = ("annote", "annotation", "comment", "review")


def read_bibtex(path: Path) -> Project:
    """The entries of a file of BibTeX or BibLaTeX as sources.

    Format: http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf and
    http://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf

    Args:
        path: The file, such as `refs.bib`.

    Raises:
        CodeableError: The file cannot be read, or has no entries, or bibtexparser or pylatexenc are not
            installed; exit status 2.
    """
    return project_of_entries(path, "BibTeX", _add_entries)


def _add_entries(found: EntryFile) -> None:
    is_own = _OWN_HEADING in found.text[:500]
    found.origin = _origin(found.text, is_own=is_own)
    blocks = bibtex_blocks(found.text, found.file, found.discarded)
    found.entries += [_entry(each, found.place(each.line), is_own=is_own) for each in blocks]


class _Fields:
    """The fields of an entry. It knows which of them were read."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self._read = {"crossref", "xdata"}  # their fields are here

    def raw(self, *names: str) -> str:
        """The first of these fields that there is, in LaTeX; empty without one."""
        name = next((each for each in names if each in self._fields), "")
        self._read.add(name)
        return self._fields.get(name, "")

    def text(self, *names: str) -> str:
        """The same as a plain text."""
        return decoded(self.raw(*names))

    @property
    def unread(self) -> tuple[str, ...]:
        """The fields that were not read."""
        return tuple(name for name in self._fields if name not in self._read)


def _entry(block: BibTeXBlock, place: str, *, is_own: bool) -> BibliographyEntry:
    key, fields = block.key, _Fields(block.fields)
    entry = BibliographyEntry(
        key=key,
        place=place,
        title=": ".join(each for each in (fields.text("title"), fields.text("subtitle")) if each),
        authors=tuple(_names(fields.raw("author", "editor"))),
        doi=_verbatim(fields.raw("doi")),
        published=_date(fields),
        retrieved=fields.text("urldate", "lastchecked"),
        source_type="Video Streaming" if block.kind == "video" else "",
        memos=tuple(each for each in map(fields.text, _MEMOS) if each),
    )
    keywords = [decoded(each) for each in block.fields.get("keywords", "").split(",")]
    if (is_own or _NAME_OF_NOTE.fullmatch(key)) and keywords[0] in ("source", "reference"):
        return _of_study(entry, fields, keywords[1:])
    note, howpublished = fields.raw("note"), fields.raw("howpublished")
    accessed = _ACCESSED.fullmatch(decoded(note))
    remarks = ["" if accessed is not None else note, howpublished]
    addresses = (*_addresses(fields), *_addresses_in(howpublished), *_addresses_in(note))
    return evolve(
        entry,
        addresses=addresses,
        retrieved=entry.retrieved or (accessed["date"] if accessed is not None else ""),
        reference=_reference(fields, [_without_address(each) for each in remarks]),
        left_out=(*fields.unread, "citation key"),
    )


def _of_study(entry: BibliographyEntry, fields: _Fields, types: list[str]) -> BibliographyEntry:
    """The entry of a bibliography that codeable wrote."""
    fields.raw("keywords")
    fields.raw("eprinttype")
    author_type, source_type = _types(types)
    return evolve(
        entry,
        addresses=(_verbatim(fields.raw("url")),),
        archived=_verbatim(fields.raw("eprint")),
        reference=fields.text("note"),
        source_type=source_type,
        author_type=author_type,
        kind=_kind(entry.key),
        identifier=entry.key,
        left_out=fields.unread,
    )


def _kind(key: str) -> Literal["s", "p"]:
    return "p" if key.startswith("p") and _NAME_OF_NOTE.fullmatch(key) else "s"


def _types(keywords: list[str]) -> tuple[str, str]:
    """The type of the author and that of the source, among the keywords of an entry of codeable."""
    if len(keywords) == 1:
        return (keywords[0], "") if keywords[0] in AUTHOR_TYPES else ("", keywords[0])
    return (keywords[0], keywords[1]) if keywords else ("", "")


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


def _addresses(fields: _Fields) -> Iterator[str]:
    for url in (fields.raw("url"), fields.raw("link")):
        command = _COMMAND.fullmatch(url.strip())
        yield _verbatim(command[1] if command is not None else url)
    if fields.raw("eprinttype", "archiveprefix").casefold() == "arxiv":
        eprint = _verbatim(fields.raw("eprint"))
        yield f"https://arxiv.org/abs/{eprint}" if eprint else ""


def _addresses_in(text: str) -> Iterator[str]:
    """The addresses in a remark."""
    for found in _ADDRESS.finditer(text):
        yield _verbatim(found[1] or found[2]).rstrip(".,;:)")


def _without_address(remark: str) -> str:
    """A remark in plain text without the addresses in it; empty where it only announces one."""
    found = _ADDRESS.search(remark) is not None
    rest = decoded(_ADDRESS.sub(" ", remark)).strip(" .,;:()")
    return "" if found and _ANNOUNCES.fullmatch(rest) else rest


def _verbatim(value: str) -> str:
    r"""An address as it is; other programs escape it although BibLaTeX wants it verbatim."""
    return re.sub(r"\\([%#&_$~{}])|[{}]|\\textasciitilde\s*(?:\{\})?", _unescaped, value).strip()


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    return "~" if match[0].startswith("\\") else ""


def _date(fields: _Fields) -> str:
    if date := fields.text("date"):
        return date
    year, month, day = (fields.text(name).strip(". ") for name in ("year", "month", "day"))
    if not any(each.isdecimal() for each in year):
        return ""  # "n.d." or the like
    if month.isdecimal():
        return "-".join(each for each in (year, month, day) if each)
    return " ".join(each for each in (month, day, year) if each)


def _reference(fields: _Fields, remarks: list[str]) -> str:
    return reference_text(
        {
            "container": fields.text(*_CONTAINERS),
            "volume": fields.text("volume"),
            "number": fields.text("number", "issue"),
            "pages": fields.text("pages"),
            "edition": fields.text("edition"),
            "publisher": fields.text(*_PUBLISHERS),
            "location": fields.text("location", "address"),
            "note": ", ".join(each for each in remarks if each),
        }
    )


def _origin(text: str, *, is_own: bool) -> str:
    if is_own:
        return "codeable"
    signs = (("jabref-meta", "JabRef"), ("Mendeley Desktop", "Mendeley"), ("EndNote", "EndNote"))
    return next((name for sign, name in signs if sign in text), "")

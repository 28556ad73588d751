r"""The report `references`: sources and references as a bibliography for BibLaTeX.

The key of an entry is the name that the study calls the source by, so that `\cite{s44}` works.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from attrs import frozen

from codeable.coded.coded_study import CodedStudy
from codeable.dates import iso_date
from codeable.notes.metadata import BIBLIOGRAPHIC
from codeable.notes.model import FieldNote
from codeable.registry import Declaration
from codeable.reports.document import ReportFile, SavedText
from codeable.reports.formats.bibtex_text import (
    BibEntry,
    bib_address,
    bib_key,
    bib_protected,
    bib_text,
    bibtex_text,
    needing_t1,
)
from codeable.reports.formats.latex_escape import cautions
from codeable.reports.options import ReportOptions
from codeable.text import counted, first_few, free_name, shown

_BEFORE_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_STOPS = "pdfLaTeX stops at {number} of the bibliography: {named}"
_HEADING = (
    "Sources and references of the study, for BibLaTeX:",
    r"  \usepackage{biblatex} \addbibresource{references.bib} \printbibliography",
    r"  \printbibliography[keyword=source] prints the sources alone.",
)
_OF_T1 = r"  \usepackage[T1]{fontenc}, too, in pdfLaTeX."


@frozen(repr=False)
class Bibliography(SavedText):
    """The sources and references of a study as entries of a bibliography.

    Attributes:
        name: The name of its file.
        entries: The entries, sources first, in the order of the study.
        messages: Keys that are not the name of their source, and what is missing.

    Example:
        >>> from codeable.dsl import *
        >>> from codeable.registry import Registry
        >>> s1 = CClass(source, "s1", values={"title": "Data Mesh", "url": "https://example.org/a_b"})
        >>> study = CodedStudy(Registry.of({"s1": s1}))
        >>> print(references(study, ReportOptions(), "references").to_bibtex().partition("@")[2], end="")
        online{s1,
          title    = {{Data Mesh}},
          url      = {https://example.org/a_b},
          keywords = {source},
        }
    """

    endings: ClassVar[tuple[str, ...]] = ("bib",)

    name: str
    entries: tuple[BibEntry, ...]
    messages: tuple[str, ...] = ()

    def to_bibtex(self) -> str:
        """The text of the file."""
        return bibtex_text(self.entries, (*_HEADING, _OF_T1) if _of_t1(self.entries) else _HEADING)

    def files(self, formats: tuple[str, ...]) -> Iterator[ReportFile]:
        """The file `NAME.bib`, if `bib` is wanted."""
        if "bib" in formats:
            yield ReportFile(f"{self.name}.bib", self.to_bibtex().encode("utf-8"))

    def __repr__(self) -> str:
        return self.to_bibtex()


def references(study: CodedStudy, _: ReportOptions, name: str) -> Bibliography:
    """The bibliography of a study."""
    registry = study.registry
    # A study may list a reference as a source too; a key is there once.
    declared = [*study.named_sources.items()]
    declared += [(registry.name_of(each.element), each) for each in registry.references.declarations]
    messages: list[str] = []
    entries: list[BibEntry] = []
    keys = _keys([each for each, _ in declared])
    untitled = []
    for key, (source_name, declaration) in zip(keys, declared, strict=True):
        if key != source_name:
            messages.append(f"{shown(source_name)} cannot be the key of an entry, or is twice; it is {key}")
        found = _Known(declaration, study.chain.notes_of(source_name))
        if not found.text("title"):
            untitled.append(key)
        entries.append(_entry(key, found, messages))
    if untitled:
        one, several = "entry has no title and shows its name", "entries have no title and show their names"
        messages.append(
            f"{counted(len(untitled), one, several)} instead: "
            f"{first_few(untitled)}; add `title` to the values of the source"
        )
    messages += cautions((value for entry in entries for _, value in entry.fields), _STOPS)
    of_t1 = _of_t1(entries)
    if of_t1:
        named = first_few(of_t1)
        messages.append(f"pdfLaTeX sets {named} of the bibliography only with `\\usepackage[T1]{{fontenc}}`")
    return Bibliography(name, tuple(entries), tuple(messages))


def _of_t1(entries: Iterable[BibEntry]) -> list[str]:
    return needing_t1("".join(value for entry in entries for _, value in entry.fields))


def _keys(names: Iterable[str]) -> list[str]:
    """A key for each name. Two that differ in capital letters only are one for BibTeX."""
    keys: dict[str, str] = {}
    for name in names:
        key = free_name(bib_key(name), lambda each: each.casefold() in keys)
        keys[key.casefold()] = key
    return list(keys.values())


class _Known:
    """What module and notes know about a source; the module counts where both say something."""

    def __init__(self, declaration: Declaration, notes: tuple[FieldNote, ...]) -> None:
        self.declaration = declaration
        self.values: Mapping[str, object] = declaration.element.values
        self._fields = {field.name: field.value for note in reversed(notes) for field in note.fields}

    def text(self, *names: str) -> str:
        """The first of these attributes, or fields of the notes, that is a text or number; else empty."""
        for name in names:
            for value in (self.values.get(name), self._fields.get(name)):
                if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                    return str(value).strip()
        return ""


def _entry(key: str, known: _Known, messages: list[str]) -> BibEntry:
    url, archive = known.text("url"), known.text("archive url")
    address = url or archive or known.text("tiny url")
    doi = _BEFORE_DOI.sub("", known.text(*BIBLIOGRAPHIC["doi"]))
    kind = known.declaration.kind
    types = (known.text("author type"), known.text("type", "source type"))
    fields = {
        "author": " and ".join(map(bib_protected, _authors(known.text(*BIBLIOGRAPHIC["author"])))),
        "title": bib_protected(known.text("title") or known.declaration.name),
        "date": _date(key, "date", known.text(*BIBLIOGRAPHIC["date"]), messages),
        "doi": bib_address(doi),
        "url": bib_address(address),
        "urldate": _date(key, "urldate", known.text(*BIBLIOGRAPHIC["urldate"]), messages),
        "note": bib_text(known.text(*BIBLIOGRAPHIC["note"])),
        "eprinttype": "archived" if archive and url else "",
        "eprint": bib_address(archive, is_ascii=True) if url else "",
        "keywords": ", ".join(bib_text(each.replace(",", ";")) for each in (kind, *types) if each),
    }
    filled = tuple((name, value) for name, value in fields.items() if value)
    return BibEntry("online" if address or doi else "misc", key, filled)


def _authors(text: str) -> list[str]:
    """The authors of a text in which semicolons are between them."""
    return [each for each in map(str.strip, text.split(";")) if each]


def _date(key: str, field: str, text: str, messages: list[str]) -> str:
    date = iso_date(text) if text else ""
    if date is None:
        messages.append(f"{key} has no {field}: {shown(text)} is no date, or may be two; write 2023-01-31")
    return date or ""

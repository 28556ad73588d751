"""Bibliographies as projects: BibTeX and BibLaTeX, RIS, CSL JSON. An entry is a source without text.

Zotero, EndNote, Mendeley, JabRef and the libraries of publishers write such files.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from codeable.errors import CodeableError, reason_of
from codeable.exchange.incoming.bibliography_entry import (
    BibliographyEntry,
    Entries,
    left_out_fields,
    source_of,
)
from codeable.exchange.project import NotTakenOver, Project, ProjectSource
from codeable.files import read_file, shown_path
from codeable.notes.decoding import decode, is_binary
from codeable.text import counted, first_few, free_name

_LARGEST = 200_000_000
_REPLACEMENT = "\ufffd"


def read_bibtex(path: Path) -> Project:
    """The entries of a file of BibTeX or BibLaTeX as sources.

    Format: http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf and
    http://mirrors.ctan.org/macros/latex/contrib/biblatex/doc/biblatex.pdf

    Args:
        path: The file, such as `refs.bib`.

    Raises:
        CodeableError: The file cannot be read, or has no entries; exit status 2.
    """
    from codeable.exchange.incoming.bibtex_entries import bibtex_entries

    return _project(path, "BibTeX", bibtex_entries)


def read_ris(path: Path) -> Project:
    """The entries of a RIS file as sources.

    Format: https://en.wikipedia.org/wiki/RIS_(file_format)

    Args:
        path: The file, such as `refs.ris`.

    Raises:
        CodeableError: The file cannot be read, or has no entries; exit status 2.
    """
    from codeable.exchange.incoming.ris_entries import ris_entries

    return _project(path, "RIS", ris_entries)


def read_csl_json(path: Path) -> Project:
    """The entries of a file of CSL JSON as sources.

    Format: https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json

    Args:
        path: The file, such as `refs.json`.

    Raises:
        CodeableError: The file cannot be read, is no JSON, or has no entries; exit status 2.
    """
    from codeable.exchange.incoming.csl_entries import csl_entries

    return _project(path, "CSL JSON", csl_entries)


def _project(path: Path, format_name: str, read: Callable[[str, str], Entries]) -> Project:
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
    )


def _sources(entries: tuple[BibliographyEntry, ...]) -> Iterator[ProjectSource]:
    keys: set[str] = set()
    for entry in entries:
        key = free_name(entry.key or entry.place, keys.__contains__)
        keys.add(key)
        yield source_of(entry, key)


def _text_of(path: Path, file: str) -> tuple[str, list[str], list[NotTakenOver]]:
    """The text of a file with line feeds as line ends, what is to be told about it, and what was lost."""
    try:
        if path.stat().st_size > _LARGEST:
            raise CodeableError(f"{file} is larger than {_LARGEST:,} bytes; split it", exit_status=2)
        data = read_file(path)
    except OSError as error:
        raise CodeableError(f"{file} cannot be read: {reason_of(error)}", exit_status=2) from error
    if is_binary(data):
        raise CodeableError(f"{file} is no text; export the bibliography again", exit_status=2)
    text, encoding = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", _REPLACEMENT)
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

"""Blocks of BibTeX: the entries with the values of their fields in LaTeX, strings and references put in.

bibtexparser splits the text into blocks, and goes on behind one that cannot be read.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from codeable.errors import CodeableError
from codeable.exchange.readers.discarded import Discarded
from codeable.exchange.readers.input_file import not_installed

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Entry

_LONGEST_STRING = 10_000
_MOST_GROWTH = 20_000_000
"""By how many characters the strings that entries name may make them longer, together."""
_PART = re.compile(r"\s*(?:#\s*)?")
_WORD = re.compile(r"[^\s#{}\"]+")
_NOT_FROM_PARENT = frozenset({"title", "subtitle", "author", "url", "doi", "abstract", "crossref"})
_NO_SOURCES = frozenset({"xdata", "set"})
"""Types of entries that only hold fields or keys of others."""


@frozen
class BibTeXBlock:
    """An entry: its type in lower case, its key, its line, and field in lower case → value in LaTeX."""

    kind: str
    key: str
    line: int
    fields: Mapping[str, str]


def bibtex_blocks(text: str, file: str, discarded: Discarded) -> tuple[BibTeXBlock, ...]:
    r"""The entries of a text.

    Args:
        text: The text of the file.
        file: Its name in messages.
        discarded: Collects what cannot be read as an entry.

    Raises:
        CodeableError: bibtexparser is not installed, or strings make the entries too large; exit status 2.

    Example:
        >>> text = '@string{a = "A"}\n@misc{k, title = a # { b}}'
        >>> (block,) = bibtex_blocks(text, "r.bib", Discarded())
        >>> block.line, block.fields
        (2, {'title': 'A b'})
    """
    library = _library(text)
    strings: dict[str, str] = {}
    for each in library.strings:  # a string may name those before it
        strings[each.key.casefold()] = _value(each.value, strings, file)[:_LONGEST_STRING]
    raw: list[tuple[Entry, dict[str, str]]] = []
    size = 0
    for block in _blocks(library):
        place = f"{file}:{(block.start_line or 0) + 1}"
        raw.append((block, _fields(block, strings, place)))
        size += sum(map(len, raw[-1][1].values()))
        _check_growth(size - len(text), place)
    by_key = {block.key.casefold(): fields for block, fields in reversed(raw)}
    blocks = (
        BibTeXBlock(
            block.entry_type.casefold(),
            block.key.strip(),
            (block.start_line or 0) + 1,
            _with_inherited(fields, by_key),
        )
        for block, fields in raw
    )
    _discard_failed(library, file, discarded)
    return tuple(each for each in blocks if each.kind not in _NO_SOURCES)


def _library(text: str) -> "Library":
    try:
        from bibtexparser.entrypoint import parse_string
    except ImportError as error:
        raise not_installed("BibTeX", "bibtexparser") from error
    log = logging.getLogger("bibtexparser")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what it cannot read is told with its place
    try:
        return parse_string(text, parse_stack=[])
    finally:
        log.setLevel(level)


def _blocks(library: "Library") -> Iterator["Entry"]:
    """The entries, also those whose key or whose fields are there twice."""
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry

    for block in library.blocks:
        twice = DuplicateBlockKeyBlock | DuplicateFieldKeyBlock
        found = block.ignore_error_block if isinstance(block, twice) else block
        if isinstance(found, Entry):
            yield found


def _discard_failed(library: "Library", file: str, discarded: Discarded) -> None:
    from bibtexparser.model import ParsingFailedBlock

    reason = "braces, quotation marks or commas do not fit; correct them in the file and import it again"
    for each in library.failed_blocks:
        if type(each) is ParsingFailedBlock:
            name = " ".join((each.raw or "").split("\n", 1)[0].split())[:60]
            place = f"{file}:{(each.start_line or 0) + 1}"
            discarded.add("entries that cannot be read", name, place=place, reason=reason)


def _check_growth(more: int, place: str) -> None:
    """Check that strings that are named again and again do not fill the memory."""
    if more > _MOST_GROWTH:
        reason = f"the strings that are put in have more than {_MOST_GROWTH:,} characters together"
        raise CodeableError(f"{place}: {reason}", exit_status=2)


def _fields(entry: "Entry", strings: Mapping[str, str], place: str) -> dict[str, str]:
    """Name → value in LaTeX, without what encloses it; the first of fields of one name."""
    found: dict[str, str] = {}
    for each in entry.fields:
        found.setdefault(each.key.casefold(), _value(str(each.value), strings, place).strip())
    return {name: value for name, value in found.items() if value}


def _value(written: str, strings: Mapping[str, str], place: str) -> str:
    """The value of an expression: texts in braces or quotation marks, numbers and names of strings with #."""
    if written.startswith("{") and written.endswith("}") and "#" not in written:
        return written[1:-1]
    parts: list[str] = []
    at = grown = 0
    while at < len(written):
        between = _PART.match(written, at)
        at = between.end() if between is not None else at
        if at >= len(written):
            break
        if written[at] in '{"':
            end = _end_of_text(written, at)
            parts.append(written[at + 1 : end - 1])
        else:
            word = _WORD.match(written, at)
            end = word.end() if word is not None else at + 1
            name = written[at:end]
            parts.append(strings.get(name.casefold(), name))
            grown += len(parts[-1]) - len(name)
            _check_growth(grown, place)
        at = end
    return "".join(parts)


def _end_of_text(written: str, start: int) -> int:
    """The offset behind the brace or the quotation mark that ends a text."""
    depth, is_quoted = 0, written[start] == '"'
    for at in range(start, len(written)):
        character = written[at]
        depth += {"{": 1, "}": -1}.get(character, 0) if written[at - 1 : at] != "\\" or at == start else 0
        if depth == 0 and ((is_quoted and character == '"' and at > start) or (not is_quoted and at > start)):
            return at + 1
    return len(written) + 1


def _with_inherited(fields: dict[str, str], by_key: Mapping[str, dict[str, str]]) -> dict[str, str]:
    """The fields with those of the entries that it refers to: the title of a book is its `booktitle`."""
    parents = [fields.get("crossref", ""), *fields.get("xdata", "").split(",")]
    found = dict(fields)
    for key in dict.fromkeys(parents):
        parent = by_key.get(key.strip().casefold(), {})
        is_crossed = key == fields.get("crossref")
        for name, value in parent.items():
            if is_crossed and name == "title":
                found.setdefault("booktitle", value)
            elif not (is_crossed and name in _NOT_FROM_PARENT):
                found.setdefault(name, value)
    return found

"""Lists of codes in a trace: the lines of a triple-quoted string, and lines of bare names.

The reader of statements calls `codes_of_lines` and `entries`. An entry that is no identifier is reported;
the entries beside it are read.
"""

import re
from collections.abc import Callable, Iterator

from codeable.kernel.place import Span
from codeable.notes.block_reader import BlockReader
from codeable.notes.model import BrokenStatement, CodeMention, Name, ProblemKind, TraceStatement
from codeable.notes.statement_splitter import split

ReadLines = Callable[[list[str], int], list[TraceStatement]]
"""Reads the statements of some lines, of which the first has this index in the note."""

_CODES = re.compile(r"\s*(?:[-*•]\s+)?[^\W\d][\w.]*(?:\s*,\s*[^\W\d][\w.]*)*\s*(?:,\s*)?(?:\#.*)?$")
_MORE_THAN_CODES = re.compile(r"[(\[{\"'=#\\]")
_CODE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_QUOTES = re.compile(r"(?i:[ru]{0,2})('''|\"\"\"|'|\")")
_ENTRY = re.compile(r"[^,;]+")
_WITH_REMARK = re.compile(r"\s*(?:[-*•]\s+)?([^\W\d]\w*)[ \t]+\([^()]*\)\s*[,.]?\s*$")
_BULLET = re.compile(r"\s*[-*•]\s+")
_WORDS = re.compile(r"[^\W\d]\w*(?:[ \t-]+\w+){0,5}")
_WORD = re.compile(r"[^\W\d]\w*")
_TRIPLE = ("'''", '"""')
_MOST_LINES = 1_000
_MOST_IN_LINE = 2_000
"""A longer line of entries was not written by a coder."""


def content_of(reader: BlockReader, span: Span) -> list[str] | None:
    """The lines of a string, with blanks for its quotes; none when it is more than one string."""
    source = reader.trees.source(span)
    quotes = _QUOTES.match(source)
    inner = source[quotes.end() : -len(quotes[1])] if quotes else ""
    if quotes is None or not source.endswith(quotes[1]) or quotes[1] in inner:
        return None
    lines = reader.lines.lines[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1 - len(quotes[1])]
    begin = span.column - 1 + quotes.end()
    lines[0] = " " * begin + lines[0][begin:]
    return lines


def codes_one_to_a_line(reader: BlockReader, lines: list[str], first: int) -> list[CodeMention] | None:
    """The codes of a block that holds a string with one name on each line, and nothing else; else none.

    Most blocks are such. They are read without Python's parser, which would take longer than all else.

    Args:
        reader: The reader of the block.
        lines: The lines of the block.
        first: The index of the first of them in the note.
    """
    texts = [line.strip(" \t") for line in lines]
    begin = next((index for index, text in enumerate(texts) if text), 0)
    end = next((index for index in range(len(texts) - 1, begin, -1) if texts[index]), begin)
    if end == begin or texts[begin] not in _TRIPLE or texts[end] != texts[begin] or len(lines) > _MOST_LINES:
        return None
    if not all(text.isidentifier() and text.isascii() for text in texts[begin + 1 : end] if text):
        return None
    found = []
    for index in range(begin + 1, end):
        if text := texts[index]:
            start = lines[index].index(text)
            span = reader.lines.in_line(first + index, start, start + len(text))
            found.append(reader.mention(Name(text, span), "string", text))
    return found


def codes_of_lines(
    reader: BlockReader, lines: list[str], first: int, read: ReadLines
) -> list[TraceStatement] | None:
    """The mentions of codes in the lines of a string, and the statements among them; none of a remark.

    Args:
        reader: The reader of what is inside the string; it takes the problems.
        lines: The lines.
        first: The index of the first of them in the note.
        read: Reads the lines that are no codes.
    """
    codes = [(index, line) for index, line in enumerate(lines, first) if line.strip()]
    if all(_is_codes(line) and not _MORE_THAN_CODES.search(line) for _, line in codes):
        return [entry for index, line in codes for entry in _codes(reader, line, index)]
    found: list[TraceStatement] = []
    certain = reader.context.codes_expected
    slipped: TraceStatement | None = None
    for piece in split(lines, first + 1):
        index, line = first + piece.first, lines[piece.first]
        if piece.first == piece.last and _is_codes(line):
            found.extend(_codes(reader, line, index))
            certain = True
        elif piece.first == piece.last and is_entries(line):
            found.extend(entries(reader, line, index, "string"))
        elif piece.first == piece.last and (remark := _WITH_REMARK.match(line)) is not None:
            span = reader.lines.in_line(index, *remark.span(1))
            found.append(reader.mention(Name(remark[1], span), "string", remark[1]))
        else:
            statements = read(lines[piece.first : piece.last + 1], index)
            found.extend(statements)
            slipped = slipped or next(
                (one for one in statements if not isinstance(one, BrokenStatement)), None
            )
    if not certain and slipped is None and not _looks_like_codes(lines):
        return None
    if slipped is not None:
        reader.report("statement-in-string", "a statement is inside the string of codes", slipped.span)
    return found


def is_entries(line: str) -> bool:
    """Whether a line is a list of names, some of which are no identifiers.

    Example:
        >>> is_entries("cache, message queue, bus"), is_entries("cache = 1"), is_entries("if x")
        (True, False, True)
    """
    text = line.partition("#")[0].strip()
    return 0 < len(text) <= _MOST_IN_LINE and not _MORE_THAN_CODES.search(text)


def entries(reader: BlockReader, line: str, index: int, how: str) -> Iterator[TraceStatement]:
    """The codes in a list of names, and what in it is no identifier."""
    bullet = _BULLET.match(line)
    text = line.partition("#")[0]
    for match in _ENTRY.finditer(text, bullet.end() if bullet is not None else 0):
        entry = match[0].strip()
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        span = reader.lines.in_line(index, start, start + len(entry))
        if _CODE.fullmatch(entry):
            qualifier, _, name = entry.rpartition(".")
            written = "string" if how == "string" else "attribute" if qualifier else "name"
            yield reader.mention(Name(name, span, qualifier or None), written, entry)  # type: ignore[arg-type]
        elif entry:
            yield _no_identifier(reader, entry, span)


def _no_identifier(reader: BlockReader, entry: str, span: Span) -> BrokenStatement:
    kind: ProblemKind = "string-of-codes" if reader.context.in_string else "block-not-python"
    if _WORDS.fullmatch(entry):
        meant = re.sub(r"[ \t-]+", "_", entry)
        problem = reader.report(kind, f"an identifier cannot hold a blank: {entry!r}", span, meant)
    else:
        problem = reader.report(kind, f"this is no identifier: {entry!r}", span)
    start = span.column - 1
    names = (
        Name(word[0], reader.lines.in_line(span.line - 1, start + word.start(), start + word.end()))
        for word in _WORD.finditer(entry)
    )
    return reader.broken(problem, span, names)


def _is_codes(line: str) -> bool:
    return _CODES.match(line) is not None


def _codes(reader: BlockReader, line: str, index: int) -> Iterator[CodeMention]:
    for match in _CODE.finditer(line.partition("#")[0]):
        qualifier, _, name = match[0].rpartition(".")
        span = reader.lines.in_line(index, match.start(), match.end())
        yield reader.mention(Name(name, span, qualifier or None), "string", match[0])


def _looks_like_codes(lines: list[str]) -> bool:
    """Whether lines of words are meant as codes, and not as a remark: short, lower case, quotes apart."""
    texts = [line.strip().removesuffix(",") for line in lines if line.strip()]
    in_first = bool(lines[0].strip()) if lines else True
    parts = [part.strip() for text in texts for part in text.split(",")]
    return not in_first and all(
        _WORDS.fullmatch(part) and part == part.lower() and len(part.split()) <= 3 for part in parts
    )

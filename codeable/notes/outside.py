"""Statements of the vocabulary that count nowhere, because of where they are or what they are about.

The reader of notes calls this. Each of them is in `FieldNote.outside`, and a problem covers its place.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from codeable.lines import Lines
from codeable.notes.block_reader import TraceContext
from codeable.notes.blocks import Block
from codeable.notes.model import (
    CodeMention,
    Name,
    OtherStatement,
    Problem,
    StrayBlock,
    TraceBlock,
    TraceStatement,
)
from codeable.notes.prose import added_to, announces_codes, is_python
from codeable.notes.statements import StatementReader
from codeable.text import counted

_METACLASSES = r"(?:category|decision|force|pattern|practice|reference|solution|source)"
_ITEM = r"(?:(?:[-+*•]|\d{1,3}[.)])[ \t]+)?`{0,3}"
"""The mark of an item of a list, and of code in a text."""
_STATEMENT = re.compile(
    rf"{_ITEM}(?:"
    r"\w[\w \t]*=[ \t]*C(?:(?:Association|Bundle|Class|Object|Stereotype)[ \t]*\("
    rf"|\w+[ \t]*\([ \t]*{_METACLASSES}\b)"
    r"|add_\w*(?:decision|option|force|stereotyped)\w*[ \t]*[({]"
    r"|(?:add|set)_links?[ \t]*\([ \t]*\{"
    r"|.{0,200}\b(?:role_name|stereotype_instances)[ \t]*=)"
)
_CODE = r"`{0,3}\*{0,2}(?:[a-z_]\w*|[A-Z][^\W_]*_\w*)\*{0,2}`{0,3}"
_CODES = re.compile(
    rf"(?:(?:[-+*•]|\d{{1,3}}[.)])[ \t]+)?(?!(?:none|nothing)\b){_CODE}(?:[ \t]*,[ \t]*{_CODE})*[ \t]*,?$"
)
_AROUND_CODES = " \t'\"`´~"
_MARK = re.compile(r"(?:[`´]{2,}|~{2,})[ \t]*\{?\.?\w*\}?$")
_TRIPLE = ("'''", '"""')
_BEHIND_COLON = re.compile(r"[ \t]*:[ \t]*(?P<codes>.*)")
_QUOTATION = re.compile(r"\A(?:[ \t]*>)+")
_FENCE_OF_PYTHON = re.compile(r"[ \t]*(?:```+|~~~+)[ \t]*\{?\.?(?:python|py)", re.IGNORECASE)
_SIGNS = ("=", "_", ":", "`", "´", "'''", '"""', "~~")
"""What a line of statements, or of a list of codes, holds one of; most texts hold none."""

_SOURCE = re.compile(r"(?i:source|interview|s|p)_?[0-9]+[a-z]?")


def holds_statements(lines: Sequence[str]) -> bool:
    """Whether a line begins with a statement that only this vocabulary has.

    Example:
        >>> holds_statements(["import numpy", "cache = Cache(10)"])
        False
        >>> holds_statements(["cache = CClas(pattern, 'Cache')"])
        True
    """
    return first_statement(lines) is not None


def first_statement(lines: Sequence[str]) -> int | None:
    """The first of some lines that begins with a statement of the vocabulary."""
    return next((index for index, line in enumerate(lines) if _is_statement(line)), None)


def _is_statement(line: str) -> bool:
    """Whether a line begins a statement. Most lines hold none of what every statement holds."""
    may_be = "=" in line or "add_" in line or "set_link" in line
    return may_be and _STATEMENT.match(line.lstrip()) is not None


def is_list_of_codes(lines: Iterable[str]) -> bool:
    """Whether some lines hold names of codes and nothing else, one or several on a line, perhaps in quotes.

    Example:
        >>> is_list_of_codes(["'''", "cache, queue", "'''"]), is_list_of_codes(["import numpy"])
        (True, False)
    """
    written = [line for line in lines if line.strip(_AROUND_CODES) and line.lstrip()[:1] != "#"]
    return bool(written) and all(map(_is_codes, written))


def codes_at_start(lines: Iterable[str]) -> list[str]:
    """The first of some lines, up to one that holds something else than names of codes and quotes."""
    return list(takewhile(lambda line: not line.strip(_AROUND_CODES) or _is_codes(line), lines))


def _is_codes(line: str) -> bool:
    return _CODES.match(line.strip(_AROUND_CODES)) is not None


def is_stray(block: Block, lines: Lines) -> bool:
    """Whether a block that is in no trace is a fence with statements of the vocabulary."""
    return block.kind == "fence" and holds_statements(lines.lines[block.first + 1 : block.last + 1])


def is_stray_list(block: Block, above: Block | None, lines: Lines) -> bool:
    """Whether a fence that is in no trace lists codes. It says Python, or the text above announces them.

    Args:
        block: The block.
        above: The block above it.
        lines: The note.
    """
    if block.kind != "fence":
        return False
    codes = codes_at_start(_inside(block, lines))
    if not is_list_of_codes(codes):
        return False
    says_python = bool(block.text) and is_python(block.text) and any("_" in line for line in codes)
    return says_python or _announces_codes(above, lines)


def stray_block(block: Block, lines: Lines, group: int) -> tuple[StrayBlock, Problem]:
    """A fence that is in no trace, with its statements and its problem."""
    found = read_statements(lines, _inside(block, lines), block.first + 1, group)
    span = lines.of_lines(block.first, block.last)
    opening = lines.of_lines(block.first, block.first)
    closing = lines.of_lines(block.last, block.last) if block.closed else None
    message = f"{_not_read(found)}: no heading of an axial trace is above"
    read = TraceBlock(span, opening, closing, is_python(block.text), tuple(found))
    return StrayBlock(read), Problem("outside-trace", message, span)


def _inside(block: Block, lines: Lines) -> list[str]:
    """The lines of a fence without its marks."""
    return lines.lines[block.first + 1 : block.last + (not block.closed)]


def outside_fence(
    block: Block, above: Block | None, lines: Lines, group: int, *, open_trace: bool = False
) -> tuple[list[TraceStatement], Problem] | None:
    """The statements in a text or a quotation, where they are not read, with their problem; else none.

    Args:
        block: The text.
        above: The block above it.
        lines: The note.
        group: The number of the current group of traces.
        open_trace: Whether it is in an open trace, where lists of names are none of an axial trace.
    """
    text = lines.lines[block.first : block.last + 1]
    announced = not open_trace and _announces_codes(above, lines)
    if not announced and not any(sign in line for line in text for sign in _SIGNS):
        return None
    quoted = block.kind == "quotation"
    if quoted:
        text = [_QUOTATION.sub(lambda marks: " " * len(marks[0]), line) for line in text]
    first = first_statement(text)
    if first is not None:
        read = read_statements(lines, text[first:], block.first + first, group)
        found = [one for one in read if _is_of_vocabulary(one)]
    elif block.kind in ("paragraph", "quotation"):
        first, codes = _list_of_codes(text, announced, quoted=quoted, open_trace=open_trace)
        found = read_statements(lines, codes, block.first + first, group, codes=True)
    else:
        return None
    if not found:
        return None
    why = "they are in a quotation" if quoted else "no fence (```) is around"
    at = lines.of_lines(block.first + first, max(one.span.end_line for one in found) - 1)
    return found, Problem("outside-fence", f"{_not_read(found)}: {why}", at)


def _list_of_codes(
    text: list[str], announced: bool, *, quoted: bool, open_trace: bool
) -> tuple[int, list[str]]:
    """The index of the first line of a list of codes, and its lines; none where there is no list.

    The list is behind `add codes to s44:`, also on the same line, or behind a mark that is no fence, or it is
    the whole text. In an open trace all else are names that the coder recognises.
    """
    begins = [0] if announced else []
    text = text.copy()
    for index, line in enumerate(text):
        added = added_to(line)
        behind = _BEHIND_COLON.match(line, added.end()) if added is not None else None
        if behind is not None and is_list_of_codes([behind["codes"]]):
            text[index] = " " * behind.start("codes") + behind["codes"]
            begins.append(index)
        elif behind is not None or (not open_trace and announces_codes(line)):
            begins.append(index + 1)
        elif not open_trace and _MARK.match(line.strip()):
            text[index] = ""
            if not quoted or _FENCE_OF_PYTHON.match(line):
                begins.append(index + 1)
    last = 0
    for first in begins:
        if first >= last:
            codes = codes_at_start(text[index] for index in range(first, len(text)))
            last = first + len(codes)
            if is_list_of_codes(codes):
                return first, codes
    in_quotes = text[0].lstrip()[:3] in _TRIPLE
    certain = in_quotes or (not quoted and any("_" in line for line in text))
    return (0, text) if certain and not open_trace and is_list_of_codes(text) else (0, [])


def _announces_codes(block: Block | None, lines: Lines) -> bool:
    """Whether a text says that codes follow."""
    is_text = block is not None and block.kind in ("paragraph", "quotation")
    return is_text and block is not None and announces_codes(lines.lines[block.last])


def _is_of_vocabulary(statement: TraceStatement) -> bool:
    if isinstance(statement, CodeMention):
        return statement.how == "contained_code"
    return _is_statement(statement.source.split("\n", 1)[0])


def read_statements(
    lines: Lines, text: list[str], first: int, group: int, *, codes: bool = False
) -> list[TraceStatement]:
    """The statements in some lines of no trace, without evidence.

    Args:
        lines: The note.
        text: The lines.
        first: The index of the first of them in the note.
        group: The number of the current group of traces.
        codes: Whether codes are expected.
    """
    reader = StatementReader(lines, TraceContext(group=group, codes_expected=codes))
    read = reader.statements(text, first)
    return [one for one in read if not isinstance(one, OtherStatement)]


def about_other_sources(
    statements: Iterable[TraceStatement], own: frozenset[str]
) -> Iterator[tuple[Name, list[TraceStatement]]]:
    """The statements that add codes to another source than the note's, by the place of that source's name.

    Only a statement that itself names the source counts as one about it. In a line of prose above a block
    the name is a slip.

    Args:
        statements: The statements of the note.
        own: The names that the note has for its own source.
    """
    found: dict[Name, list[TraceStatement]] = {}
    for one in statements:
        named = one.added_to if isinstance(one, CodeMention) and one.how == "contained_code" else None
        if named is not None and named.name not in own and _SOURCE.fullmatch(named.name):
            found.setdefault(named, []).append(one)
    yield from found.items()


def about_another_source(named: Name, found: Sequence[TraceStatement], own: str) -> Problem:
    """The problem of codes that a statement adds to another source."""
    codes = counted(len(found), "code")
    message = f"{codes} added to {named.name}, but this is the note of {own}: this counts nowhere"
    return Problem("another-source", message, named.span.through(found[-1].span))


def _not_read(found: Sequence[TraceStatement]) -> str:
    return f"{counted(len(found), 'statement')} not read"

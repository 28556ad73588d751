"""Blocks of Markdown in a field note: headings, paragraphs, quotations, fences, trace headings, memos.

The reader of notes calls `blocks_of`. The blocks are those of CommonMark, with four differences that suit
field notes:

* A trace heading, a memo, or a line that begins a comment of HTML, always is a block of its own. In
  CommonMark it continues a quotation above it.
* Headings, quotations and fences may be indented by any width.
* A line without `>` continues the quotation above it unless that line is an empty `>`.
* A fence that is never closed ends where the next trace, quotation or fence begins, not at the end of the
  note.
"""

import re
from typing import Literal

from attrs import frozen

from codeable.notes.trace_headings import (
    TraceHeading,
    certain_trace_heading,
    may_be_heading,
    memo_heading,
    trace_heading,
)

_FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*)")
_HEADING = re.compile(r"[ \t]*(?P<marks>\#{1,6})(?![^ \t])")
_QUOTATION = re.compile(r"[ \t]*>")
_FIRST_CHARACTERS = frozenset("`~#*_<")
_FIRST_LETTERS = frozenset("OAoaM")
"""Characters with which a fence, a heading, a trace heading, a memo or a comment begins."""

_END_OF_UNCLOSED_FENCE = re.compile(
    r"[ \t]*(?:>|!\[|\*\*|(?:```+|~~~+)[ \t]*$|\#[ \t]*coding[ \t]*$"
    r"|(?i:added?[ \t]+codes?[ \t]+(?:to|for)\b))"
)


@frozen
class Block:
    """One block: `first` and `last` line counted from 0, both inclusive.

    `text` is the title of a heading, what follows the marks of a fence, or what follows the heading of a
    trace or memo on its line. `closed` is false for a fence without a closing line. `repaired` is true for a
    fence that has no closing line or a wrong one. `misspelt` is the heading of a trace that is misspelt.
    """

    kind: Literal["heading", "paragraph", "quotation", "fence", "open trace", "axial trace", "memo"]
    first: int
    last: int
    text: str = ""
    level: int = 0
    closed: bool = True
    repaired: bool = False
    misspelt: TraceHeading | None = None


def blocks_of(lines: list[str]) -> list[Block]:
    """All blocks of a note, in order.

    Args:
        lines: The lines of the note without their ends.

    Example:
        >>> note = ["> a", "b", "**OPEN CODING TRACE:**"]
        >>> [(block.kind, block.first, block.last) for block in blocks_of(note)]
        [('quotation', 0, 1), ('open trace', 2, 2)]
    """
    found: list[Block] = []
    unclosed: dict[str, int] = {}
    index = 0
    while index < len(lines):
        begin = lines[index].lstrip()[:1]
        if not begin:
            index += 1
            continue
        block = None if begin == ">" else _separate_block(lines, index, unclosed)
        block = block or _running_block(lines, index)
        found.append(block)
        index = block.last + 1
    return found


def begins_comment(line: str) -> bool:
    """Whether a line begins a comment of HTML, and holds nothing else if the comment ends on it.

    Example:
        >>> begins_comment("<!-- one --> <!-- two"), begins_comment("<!-- one --> text")
        (True, False)
    """
    text = line.strip()
    at = 0
    while text.startswith("<!--", at):
        end = text.find("-->", at + 4)
        if end < 0 or end + 3 == len(text):
            return True
        at = end + 3
        while text[at] in " \t":
            at += 1
    return False


def _separate_block(lines: list[str], first: int, unclosed: dict[str, int]) -> Block | None:
    """The fence, trace heading, comment or heading that begins on a line; none for any other line.

    Args:
        lines: The note.
        first: The line.
        unclosed: Mark of a fence → the line up to which no fence with this mark is closed. It is filled, so
            that no line is searched twice for the same mark.
    """
    line = lines[first]
    if not _may_be_separate(line):
        return None
    if fence := _FENCE.match(line):
        return _fence(lines, first, fence["mark"], fence["info"].strip(), unclosed)
    if trace := trace_heading(line):
        return Block(trace.kind, first, first, trace.rest, misspelt=trace if trace.misspelt else None)
    if (memo := memo_heading(line)) is not None:
        return _memo(lines, first, memo.rest)
    if begins_comment(line):
        return Block("paragraph", first, first)
    if heading := _HEADING.match(line):
        return Block("heading", first, first, line.strip().strip("#").strip(), level=len(heading["marks"]))
    return None


def _memo(lines: list[str], first: int, text: str) -> Block:
    """The memo that begins on a line: its paragraph, or the next one where its own has no text."""
    begin = first + 1
    if not text:
        while begin < len(lines) and not lines[begin].strip():
            begin += 1
    if begin == len(lines) or not lines[begin].strip() or begins_block(lines[begin]):
        return Block("memo", first, first, text)
    return Block("memo", first, _running_block(lines, begin).last, text)


def begins_block(line: str) -> bool:
    """Whether a line begins a block of its own also behind a paragraph: a quotation, a fence, a heading, ….

    Example:
        >>> begins_block("# coding"), begins_block("coding")
        (True, False)
    """
    return _is_separate(line) or _QUOTATION.match(line) is not None


def _running_block(lines: list[str], first: int) -> Block:
    """The quotation or the paragraph that begins on a line, with the lines that continue it."""
    above = lines[first].strip(" \t")
    is_quotation = above[:1] == ">"
    last = first
    for index in range(first + 1, len(lines)):
        text = lines[index].strip(" \t")
        if not text:
            break
        if text[0] == ">":
            if not is_quotation:
                break
        elif (is_quotation and above == ">") or _is_separate(text):
            break
        last, above = index, text
    while not lines[last].strip():
        last -= 1
    return Block("quotation" if is_quotation else "paragraph", first, last)


def _is_separate(line: str) -> bool:
    """Whether a line begins a fence, a trace heading, a memo, a comment or a heading."""
    return _may_be_separate(line) and bool(
        _FENCE.match(line)
        or _HEADING.match(line)
        or trace_heading(line)
        or begins_comment(line)
        or memo_heading(line) is not None
    )


def _may_be_separate(line: str) -> bool:
    """Whether a line begins as they do. It is quick, because it is asked for every line."""
    text = line.lstrip()
    return text[:1] in _FIRST_CHARACTERS or (text[:1] in _FIRST_LETTERS and may_be_heading(text))


def _fence(lines: list[str], first: int, mark: str, info: str, unclosed: dict[str, int]) -> Block:
    """The fence that a line opens. It is unclosed where a trace or the fence of another language begins."""
    end = unclosed.get(mark, 0)
    if end <= first:
        end = first + 1
        while end < len(lines) and not _ends_fence(lines[end], mark):
            end += 1
        if end < len(lines) and _is_mark(lines[end]):
            return Block("fence", first, end, info)
        unclosed[mark] = end
    return _unclosed_fence(lines, first, end, info)


def _ends_fence(line: str, mark: str) -> bool:
    """Whether a line closes a fence, is the heading of a trace, or opens the fence of a language."""
    if not _may_be_separate(line):
        return False
    fence = _FENCE.match(line)
    if fence is None:
        return certain_trace_heading(line)
    info = fence["info"].strip()
    return info[0].isalpha() if info else fence["mark"].startswith(mark)


def _unclosed_fence(lines: list[str], first: int, end: int, info: str) -> Block:
    """A fence without the right closing line, up to the first line that cannot belong to it."""
    last = end - 1
    for index in range(first + 1, end):
        if _END_OF_UNCLOSED_FENCE.match(lines[index]):
            last = index if _is_mark(lines[index]) else index - 1
            break
    closed = last > first and _is_mark(lines[last])
    return Block("fence", first, last, info, closed=closed, repaired=True)


def _is_mark(line: str) -> bool:
    """Whether a line is nothing but the marks of a fence."""
    text = line.strip()
    return bool(text) and not text.strip("`~")

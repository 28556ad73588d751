"""The structure of a note: its blocks of Markdown, found also where the note is written carelessly.

CommonMark says what a block is, with three differences that field notes ask for: a trace heading always
stands by itself (by the rules it would continue a quotation above it), a fence may be indented as deeply as
the coder likes, and a fence that is never closed ends where the next trace, quotation or fence begins
instead of swallowing the rest of the note.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from attrs import frozen

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

__all__ = ["Block", "TraceHeading", "begins_comment", "blocks_of", "trace_heading"]

_TRACE = (
    r"(?:(?:\#{1,6}[ \t]*[*_]*|[*_]{1,3})[ \t]*(?i:(?P<bold>open|axial)[ \t]+coding[ \t]+traces?)"
    r"|(?P<plain>OPEN|AXIAL)[ \t]+CODING[ \t]+TRACES?\b)"
)
_TRACE_HEADING = re.compile(rf"^[ \t]*{_TRACE}[ \t]*:?[*_]*[ \t]*:?[ \t]*(?P<rest>.*)")
_FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*)")
_BEGIN_OF_MARK = frozenset("`~#*_OA")
_ENOUGH = 12
"""How many characters at the start of a line, which is no fence, decide what block it belongs to."""

_END_OF_UNCLOSED = re.compile(
    r"^[ \t]*(?:>|!\[|\*\*|(?:```+|~~~+)[ \t]*$|\#[ \t]*coding[ \t]*$"
    r"|(?i:added?[ \t]+codes?[ \t]+(?:to|for)\b))"
)


@frozen
class Block:
    """One block: `first` and `last` line counted from 0, both inclusive.

    `text` is the title of a heading and what follows the fence of a fence. `closed` is false for a fence
    without a closing line, `mended` true for one that has none or a wrong one.
    """

    kind: Literal["heading", "paragraph", "quotation", "fence", "open trace", "axial trace"]
    first: int
    last: int
    text: str = ""
    level: int = 0
    closed: bool = True
    mended: bool = False


@frozen
class TraceHeading:
    """The heading of a trace and the text behind it on the same line."""

    kind: Literal["open trace", "axial trace"]
    rest: str


def trace_heading(line: str) -> TraceHeading | None:
    """What a line says when it is the heading of a trace.

    Example:
        >>> trace_heading("**AXIAL CODING TRACE**: source and references")
        TraceHeading(kind='axial trace', rest='source and references')
        >>> trace_heading("open coding is a technique") is None
        True
    """
    match = _TRACE_HEADING.match(line)
    if match is None:
        return None
    word = (match["bold"] or match["plain"]).casefold()
    return TraceHeading("open trace" if word == "open" else "axial trace", match["rest"].rstrip())


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


def blocks_of(lines: list[str]) -> list[Block]:
    """All blocks of a note, in order.

    Args:
        lines: The lines of the note without their ends.

    Example:
        >>> note = ["> a", "b", "**OPEN CODING TRACE:**"]
        >>> [(block.kind, block.first, block.last) for block in blocks_of(note)]
        [('quotation', 0, 1), ('open trace', 2, 2)]
    """
    outline = _Outline(lines)
    found: list[Block] = []
    for token in _markdown().parse("\n".join(outline.text)):
        if token.level or token.map is None:
            continue
        first, last = token.map[0], token.map[1] - 1
        while last > first and not outline.text[last].strip():
            last -= 1
        detail = token.info if token.type == "fence" else token.tag
        found.append(outline.block(token.type, detail, outline.first[first], outline.last[last]))
    return found


class _Outline:
    """What decides about the blocks of a note, and no more of it, so that CommonMark reads it as meant.

    Left out are the lines inside a fence and those that only go on with a text; put in are blank lines around
    trace headings and the ends of fences that are never closed.

    Attributes:
        text: The lines for the library.
        first: For each of them the first line of the note that it stands for.
        last: For each of them the last one.
        unclosed: The lines of the note that open a fence which is never closed.
        headings: The lines of the note that are headings of traces.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.text: list[str] = []
        self.first: list[int] = []
        self.last: list[int] = []
        self.unclosed: set[int] = set()
        self.headings: dict[int, TraceHeading] = {}
        index = 0
        while index < len(lines):
            index = self._line(index)

    def block(self, kind: str, detail: str, first: int, last: int) -> Block:
        """The block that a token of the library stands for, between two lines of the note."""
        if kind == "fence":
            mended = first in self.unclosed
            closed = not mended or (last > first and _is_mark(self.lines[last]))
            return Block("fence", first, last, detail.strip(), closed=closed, mended=mended)
        if kind == "blockquote_open":
            return Block("quotation", first, last)
        heading = self.headings.get(first)
        if heading is not None:
            return Block(heading.kind, first, last, heading.rest)
        if kind == "heading_open":
            title = self.lines[first].strip().strip("#").strip()
            return Block("heading", first, last, title, level=int(detail[1:]))
        return Block("paragraph", first, last)

    def _line(self, index: int) -> int:
        """Take up what begins at a line; the index of the line behind it."""
        line = self.lines[index]
        begin = line.lstrip()[:1]
        if begin in _BEGIN_OF_MARK:
            fence = _FENCE.match(line) if begin in "`~" else None
            if fence is not None:
                return self._fence(index, fence["mark"])
            heading = trace_heading(line)
            if heading is not None:
                self.headings[index] = heading
                return self._by_itself(index)
        elif begin == "<" and begins_comment(line):
            return self._by_itself(index)
        if self.text and self._goes_on(begin):
            self.last[-1] = index
        else:
            self._add(_beginning(line), index, index)
        return index + 1

    def _by_itself(self, index: int) -> int:
        """Take up a line that neither goes on with a block nor is gone on with."""
        for text in ("", _beginning(self.lines[index]), ""):
            self._add(text, index, index)
        return index + 1

    def _goes_on(self, begin: str) -> bool:
        """Whether a line, by its first character, only goes on with the block of the line before."""
        before = self.text[-1].strip()
        if not begin or not before:
            return begin == before
        return begin not in "`~>#" and before[0] not in "`~#" and before.strip("> \t") != ""

    def _fence(self, index: int, mark: str) -> int:
        """Take up a fence and its end."""
        self._add(self.lines[index], index, index)
        for line in range(index + 1, len(self.lines)):
            text = self.lines[line]
            if text.lstrip()[:1] not in _BEGIN_OF_MARK:
                continue
            fence = _FENCE.match(text)
            if fence is None:
                if _TRACE_HEADING.match(text) is not None:
                    return self._unclosed(index, mark, line)
            elif not fence["info"].strip():
                if fence["mark"].startswith(mark):
                    self._add(text, line, line)
                    return line + 1
            elif fence["info"].strip()[0].isalpha():
                return self._unclosed(index, mark, line)
        return self._unclosed(index, mark, len(self.lines))

    def _unclosed(self, index: int, mark: str, before: int) -> int:
        """End a fence before the first line that cannot belong to its block, at the latest before a line."""
        self.unclosed.add(index)
        for line in range(index + 1, before):
            if _END_OF_UNCLOSED.match(self.lines[line]):
                is_mark = _is_mark(self.lines[line])
                end = line if is_mark else line - 1
                self._add(mark, end, end)
                return end + 1
        self._add(mark, before - 1, before - 1)
        return before

    def _add(self, text: str, first: int, last: int) -> None:
        self.text.append(text)
        self.first.append(first)
        self.last.append(last)


def _is_mark(line: str) -> bool:
    """Whether a line is nothing but the mark of a fence."""
    text = line.strip()
    return bool(text) and not text.strip("`~")


def _beginning(line: str) -> str:
    """As much of a line as decides about blocks: the library looks at every character it is given."""
    if len(line) <= _ENOUGH:
        return line
    beginning = line[:_ENOUGH]
    return line if beginning.isspace() or beginning.lstrip()[0] in "`~" else beginning


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    # Blocks only, and none inside a block: what stands in a quotation is text of the source.
    parser = MarkdownIt("zero", {"maxNesting": 1}).enable(["fence", "blockquote", "heading"])
    parser.core.ruler.disable(["normalize", "inline", "text_join"])
    parser.block.ruler.at("paragraph", _paragraph)
    return parser


def _paragraph(state: "StateBlock", first: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - the library's
    """The library's rule for a paragraph without a copy of its text, which doubles the speed."""
    terminators = state.md.block.ruler.getRules("paragraph")
    line = first + 1
    while line < end and not state.isEmpty(line):
        if any(rule(state, line, end, True) for rule in terminators):
            break
        line += 1
    state.line = line
    state.push("paragraph", "p", 0).map = [first, line]
    return True

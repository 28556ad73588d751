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

__all__ = ["Block", "TraceHeading", "blocks_of", "trace_heading"]

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


def blocks_of(lines: list[str]) -> list[Block]:
    """All blocks of a note, in order.

    Args:
        lines: The lines of the note without their ends.

    Example:
        >>> [
        ...     (block.kind, block.first, block.last)
        ...     for block in blocks_of(["> a", "b", "**OPEN CODING TRACE:**"])
        ... ]
        [('quotation', 0, 1), ('open trace', 2, 2)]
    """
    mended, origin, unclosed = _mended(lines)
    found: list[Block] = []
    for token in _markdown().parse("\n".join(map(_beginning, mended))):
        if token.level or token.map is None:
            continue
        first, last = token.map[0], token.map[1] - 1
        while last > first and not mended[last].strip():
            last -= 1
        detail = token.info if token.type == "fence" else token.tag
        found.append(_block(token.type, detail, lines, mended, first, last, origin, unclosed))
    return found


def _block(
    kind: str,
    detail: str,
    lines: list[str],
    mended: list[str],
    first: int,
    last: int,
    origin: list[int],
    unclosed: set[int],
) -> Block:
    at, end = origin[first], origin[last]
    if kind == "fence":
        closed = at not in unclosed or (end > at and _is_mark(lines[end]))
        return Block("fence", at, end, detail.strip(), closed=closed, mended=at in unclosed)
    if kind == "blockquote_open":
        return Block("quotation", at, end)
    heading = trace_heading(mended[first]) if first == last else None
    if heading is not None:
        return Block(heading.kind, at, end, heading.rest)
    if kind == "heading_open":
        title = mended[first].strip().strip("#").strip()
        return Block("heading", at, end, title, level=int(detail[1:]))
    return Block("paragraph", at, end)


def _mended(lines: list[str]) -> tuple[list[str], list[int], set[int]]:
    """The lines with what makes CommonMark read them as meant.

    Returns:
        The lines; for each the index of the line of the note that it stands for; the lines of the note that
        open a fence which is never closed.
    """
    inserts: dict[int, list[str]] = {}
    replaced: dict[int, str] = {}
    unclosed: set[int] = set()
    opened: tuple[int, str] | None = None
    for index, line in enumerate(lines):
        if line.lstrip()[:1] not in _BEGIN_OF_MARK:
            continue
        fence = _FENCE.match(line)
        mark, info = (fence["mark"], fence["info"].strip()) if fence is not None else (None, "")
        if mark is None and _TRACE_HEADING.match(line) is None:
            continue
        if opened is not None:
            if mark is not None and not info and mark.startswith(opened[1]):
                opened = None
                continue
            if mark is not None and not info[:1].isalpha():
                continue
            _close(lines, opened, index, inserts, replaced)
            unclosed.add(opened[0])
            opened = None
        if mark is not None:
            opened = (index, mark)
        else:
            inserts.setdefault(index, []).append("")
            inserts.setdefault(index + 1, []).append("")
    if opened is not None:
        _close(lines, opened, len(lines), inserts, replaced)
        unclosed.add(opened[0])
    return *_with_inserts(lines, inserts, replaced), unclosed


def _close(
    lines: list[str],
    opened: tuple[int, str],
    before: int,
    inserts: dict[int, list[str]],
    replaced: dict[int, str],
) -> None:
    """Close a fence before the first line that cannot belong to its block, at the latest before `before`."""
    first, mark = opened
    for index in range(first + 1, before):
        if _END_OF_UNCLOSED.match(lines[index]):
            if _is_mark(lines[index]):
                replaced[index] = mark
            else:
                inserts.setdefault(index, []).append(mark)
            return
    inserts.setdefault(before, []).append(mark)


def _is_mark(line: str) -> bool:
    """Whether a line is nothing but the mark of a fence."""
    text = line.strip()
    return bool(text) and not text.strip("`~")


def _with_inserts(
    lines: list[str], inserts: dict[int, list[str]], replaced: dict[int, str]
) -> tuple[list[str], list[int]]:
    mended: list[str] = []
    origin: list[int] = []
    done = 0
    for index in sorted({*inserts, *replaced}):
        mended += lines[done:index]
        origin += range(done, index)
        mended += inserts.get(index, ())
        origin += [max(index - 1, 0)] * len(inserts.get(index, ()))
        done = index
        if index in replaced:
            mended.append(replaced[index])
            origin.append(index)
            done += 1
    return mended + lines[done:], origin + list(range(done, len(lines)))


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
    parser.core.ruler.disable(["inline", "text_join"])
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

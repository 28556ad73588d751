"""What the code around a place is, also in a statement that is half written: its brackets, calls, strings."""

import re

from attrs import define, frozen

from codeable.editor.study_view import Cursor
from codeable.notes.model import AxialTrace, StrayBlock, TraceBlock

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
      | (?P<triple>\"{3}|'{3})
      | (?P<string>"(?:\\.|[^"\\\r\n])*|'(?:\\.|[^'\\\r\n])*)
      | (?P<name>[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*)
      | (?P<open>[(\[{])
      | (?P<close>[)\]}])
      | (?P<comma>,)
      | (?P<equal>==?)
      | (?P<other>[^\s\w])""",
    re.VERBOSE,
)
_WORD = re.compile(r"\w+")


@frozen
class OpenCall:
    """A call around a place.

    Attributes:
        function: What is called, such as ``add_links`` or ``event_bus.add_links``.
        start: The offset of its name.
        argument: The number of the argument at the place, from 0; only those at their positions count.
        keyword: Its name where it is given by keyword.
    """

    function: str
    start: int
    argument: int
    keyword: str | None = None


@frozen
class CodeAt:
    """The code at a place.

    Attributes:
        calls: The calls around it, the innermost last.
        inside: ``code``, ``string`` or ``comment``.
    """

    calls: tuple[OpenCall, ...] = ()
    inside: str = "code"


@define
class _Bracket:
    function: str | None
    start: int
    argument: int = 0
    keyword: str | None = None


def code_at(text: str, start: int, offset: int) -> CodeAt:
    """What the code between two offsets says of the second one.

    Args:
        text: The text of a note or a module.
        start: Where the code begins: the text of a block, or 0 in a module.
        offset: The place.

    Example:
        >>> text = 'add_links({s1: [bus]}, role_name="conta'
        >>> found = code_at(text, 0, len(text))
        >>> found.inside, found.calls[-1].function, found.calls[-1].keyword
        ('string', 'add_links', 'role_name')
    """
    brackets: list[_Bracket] = []
    inside, position, name = "code", start, None
    while position < offset:
        match = _TOKEN.search(text, position, offset)
        if match is None:
            break
        kind, position = str(match.lastgroup), match.end()
        inside = "code"
        if kind == "comment":
            inside = "comment" if position == offset else "code"
        elif kind in ("triple", "string"):
            end = _end_of_string(text, match, offset)
            inside = "string" if end is None else "code"
            position = offset if end is None else end
        elif kind == "name":
            name = match
            continue
        elif kind == "open":
            is_call = match[0] == "(" and name is not None
            brackets.append(_Bracket(name[0], name.start()) if is_call and name else _Bracket(None, position))
        elif kind == "close" and brackets:
            brackets.pop()
        elif kind == "comma" and brackets:
            brackets[-1].argument += brackets[-1].keyword is None
            brackets[-1].keyword = None
        elif match[0] == "=" and brackets and name is not None:
            brackets[-1].keyword = name[0]
        name = None
    calls = [
        OpenCall("".join(each.function.split()), each.start, each.argument, each.keyword)
        for each in brackets
        if each.function is not None
    ]
    return CodeAt(tuple(calls), inside)


def _end_of_string(text: str, opening: "re.Match[str]", offset: int) -> int | None:
    """Where a string ends; None where the place is in it."""
    end = opening.end()
    if opening.lastgroup == "triple":
        closing = text.find(opening[0], end, offset)
        return None if closing < 0 else closing + len(opening[0])
    if end >= offset:
        return None
    return end + 1 if text[end] == opening[0][0] else end


def code_of(cursor: Cursor) -> CodeAt | None:
    """The code at a place of a module, or of a block of a trace; None elsewhere in a note."""
    if cursor.note is None:
        return code_at(cursor.document.text, 0, cursor.offset)
    block = block_at(cursor)
    return None if block is None else code_at(cursor.document.text, block.opening_span.end, cursor.offset)


def block_at(cursor: Cursor) -> TraceBlock | None:
    """The fenced block of a trace in which a place is."""
    for segment in cursor.note.segments if cursor.note is not None else ():
        blocks = segment.blocks if isinstance(segment, AxialTrace) else ()
        for block in (segment.block,) if isinstance(segment, StrayBlock) else blocks:
            end = block.closing_span.start if block.closing_span is not None else block.span.end
            if block.opening_span.end < cursor.offset <= end:
                return block
    return None


def word_at(cursor: Cursor) -> "re.Match[str] | None":
    """The word in which, or right behind which, a place is."""
    lines = cursor.document.lines
    index = lines.line_at(cursor.offset)
    start = lines.starts[index]
    end = start + len(lines.lines[index])
    found = (match for match in _WORD.finditer(lines.text, start, end) if match.end() >= cursor.offset)
    match = next(found, None)
    return match if match is not None and match.start() <= cursor.offset else None

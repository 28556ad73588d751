"""Passages: the text of the source, and images and links in it that are never closed.

Called by the reader of notes for every block outside metadata and traces.
"""

import re
from collections.abc import Iterator

from codeable.lines import Lines
from codeable.notes.blocks import Block
from codeable.notes.model import Passage, Problem
from codeable.notes.quoting import unquoted

_IMAGE = re.compile(r"[ \t]*!\[")
_LINK = re.compile(r"!?\[")
_REST_OF_TEXT = re.compile(r"[^\[\]]*\]\(")
_REST_OF_ADDRESS = re.compile(r"[ \t>]*(?:\"[^\"]*\"|'[^']*')?[ \t]*\)")
"""How the next line closes a link: with the rest of its text, or with a title behind its address."""

_TRACE_WORDS = re.compile(r"\b(?:OPEN|AXIAL)[ \t]+CODING[ \t]+TRACE")


def is_image(line: str) -> bool:
    """Whether a line begins with an image.

    Example:
        >>> is_image("![Topology](https://example.org/a.png)")
        True
    """
    return _IMAGE.match(line) is not None


def passage_of(block: Block, lines: Lines, heading: str | None, speaker: str | None = None) -> Passage:
    """The passage of a block.

    Args:
        block: The block.
        lines: The note.
        heading: The nearest heading above.
        speaker: Who says it in an interview.
    """
    span = lines.of_lines(block.first, block.last)
    source = lines.text[span.start : span.end]
    if block.kind == "quotation":
        text = unquoted(lines.lines[block.first : block.last + 1])
        return Passage("quotation", text, source, span, heading, speaker)
    if block.kind == "heading":
        return Passage("heading", block.text, source, span, heading, speaker)
    if block.kind == "fence":
        inner = lines.joined(block.first + 1, block.last - 1 if block.closed else block.last)
        return Passage("code", inner, source, span, heading, speaker)
    images = all(is_image(line) for line in lines.lines[block.first : block.last + 1])
    text = lines.joined(block.first, block.last).strip()
    return Passage("image" if images else "text", text, source, span, heading, speaker)


def unclosed_in(block: Block, lines: Lines) -> Iterator[Problem]:
    """The images and links of a block that are never closed, and a trace heading inside a quotation."""
    text = lines.text[lines.starts[block.first] : lines.end_of(block.last)]
    if block.kind == "fence" or ("[" not in text and "TRACE" not in text):
        return
    for index in range(block.first, block.last + 1):
        line = lines.lines[index]
        if block.kind == "quotation" and (trace := _TRACE_WORDS.search(line)):
            message = "a trace heading inside a quotation is read as text of the source"
            at = lines.in_line(index, trace.start(), trace.end())
            yield Problem("trace-in-quotation", message, at)
        if "[" in line:
            following = lines.lines[index + 1] if index < block.last else ""
            for kind, start in _unclosed(line):
                if (_REST_OF_ADDRESS if "](" in line[start:] else _REST_OF_TEXT).match(following):
                    continue
                at = lines.in_line(index, start, len(line.rstrip()))
                missing = ")" if "](" in line[start:] else "]"
                message = f"the {kind} is never closed: '{missing}' is missing"
                yield Problem("link-not-closed", message, at, missing)


def _unclosed(line: str) -> Iterator[tuple[str, int]]:
    """Kind and column of each image and link of a line that is not closed on it."""
    at, end = 0, -1
    while match := _LINK.search(line, at):
        at = match.end()
        kind = "image" if match[0] == "![" else "link"
        end = end if end >= at else line.find("]", at)
        if end < 0:
            if kind == "image":
                yield kind, match.start()
            return
        if line[end + 1 : end + 2] != "(":
            continue
        closing = _closing(line, end + 2)
        if closing < 0:
            yield kind, match.start()
            return
        at = closing


def _closing(line: str, at: int) -> int:
    """The column behind the bracket that closes an address, -1 when there is none."""
    depth = 1
    for index in range(at, len(line)):
        depth += {"(": 1, ")": -1}.get(line[index], 0)
        if not depth:
            return index + 1
    return -1

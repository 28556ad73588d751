r"""Texts of others in a field note: passages behind `>` and memos, written so that they are read as they are.

A line that would be read as something else gets a backslash before it: in a passage one that begins with `>`,
in an interview also one that would be the label of a speaker; in a memo one that begins a block, and a blank
line. A passage that begins with blanks, as the indent of quoted code, has one before them. The reader takes
one backslash away from such a line, so every text comes back.
"""

import re
from collections.abc import Iterable

from codeable.notes.blocks import begins_block
from codeable.notes.speakers import may_be_label

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARKS = re.compile(r"(?:[ \t]*>)+[ \t]?")
_BEGINNING = re.compile(r"([ \t]*)(\\*)")
_INDENTED = re.compile(r"\\+[ \t]")
_CONFLICT = ("<<<<<<<", ">>>>>>>")
_MEMO = "**MEMO{}:** "


def quoted_lines(text: str, *, is_interview: bool = False) -> list[str]:
    r"""The lines of a passage in a field note.

    Blanks at its end, line ends at its start and the kind of line ends are not kept: the reader does neither.

    Args:
        text: The passage.
        is_interview: Whether the note is that of an interview.

    Example:
        >>> quoted_lines("We wrote:\n> never\n\nagain")
        ['> We wrote:', '> \\> never', '>', '> again']
        >>> quoted_lines("  if x:\n    y()")
        ['> \\  if x:', '>     y()']
    """
    stripped = text.strip()
    indent = text[: text.find(stripped)].rpartition("\n")[2].rpartition("\r")[2]
    kept = indent if not indent.strip(" \t") else ""
    first, *more = [_quoted(line, is_interview) for line in _LINE_END.split(stripped)]
    if kept or _INDENTED.match(first[2:]):
        first = f"> \\{kept}{first[2:]}"
    return [first, *more]


def unquoted(lines: Iterable[str]) -> str:
    r"""The text of a quotation.

    Example:
        >>> unquoted(["> one", r"> \> two", "three"]), unquoted([r"> \  indented"])
        ('one\n> two\nthree', '  indented')
    """
    text = "\n".join(map(_unquoted_line, lines)).strip()
    if text[:1] != "\\" or not _INDENTED.match(text):
        return text
    first, end, more = text[1:].partition("\n")
    return f"{_without_backslash(first) if _is_escaped(first) else first}{end}{more}"


def _unquoted_line(line: str) -> str:
    """A line of a quotation without its marks."""
    if line[:2] == "> " and line[2:3] not in ("", ">", " ", "\t", "\\"):  # nearly every line; it is quick
        return line[2:]
    mark = _MARKS.match(line)
    text = line if mark is None else line[mark.end() :]
    return _without_backslash(text) if mark is not None and "\\" in text and _is_escaped(text) else text


def memo_lines(text: str, about: str = "") -> list[str]:
    r"""The lines of a memo in a field note.

    Blanks around the memo are not kept.

    Args:
        text: The memo.
        about: What is said about it in brackets: a title, a code, who wrote it.

    Example:
        >>> memo_lines("Ask again.\n\n# Why?", "event_bus")
        ['**MEMO (event_bus):** Ask again.', '\\', '\\# Why?']
    """
    first, *below = _LINE_END.split(text.strip())
    bracket = " ".join(about.replace("(", "[").replace(")", "]").split())
    heading = _MEMO.format(f" ({bracket})" if bracket else "")
    if first != first.rstrip():  # the reader takes blanks at the end of the heading's line away
        heading, first, below = heading.rstrip(), "", [first, *below]
    return [heading + first, *(_with_backslash(line) if _would_end_memo(line) else line for line in below)]


def memo_line_read(line: str) -> str:
    r"""A line of a memo as it is meant.

    Example:
        >>> memo_line_read("\\"), memo_line_read(r"\# Why?"), memo_line_read(r"\alpha")
        ('', '# Why?', '\\alpha')
    """
    return _without_backslash(line) if "\\" in line and _would_end_memo(line, least=1) else line


def _quoted(line: str, is_interview: bool) -> str:
    escaped = line
    beginning, rest = _split(line)
    if rest.startswith(">") or ((is_interview or beginning.endswith("\\")) and _is_label(rest)):
        escaped = _with_backslash(line)
    return f"> {escaped}" if escaped else ">"


def _is_label(text: str) -> bool:
    return text[:1] not in (" ", "\t") and may_be_label(text)


def _is_escaped(text: str) -> bool:
    beginning, rest = _split(text)
    return beginning.endswith("\\") and (rest.startswith(">") or _is_label(rest))


def _would_end_memo(line: str, least: int = 0) -> bool:
    """Whether a line of a memo is blank or begins something else, behind a number of backslashes."""
    beginning, rest = _split(line)
    if beginning.count("\\") < least:
        return False
    return not rest.strip() or rest.startswith(_CONFLICT) or begins_block(rest)


def _split(line: str) -> tuple[str, str]:
    """The blanks and backslashes at the beginning of a line, and the rest."""
    found = _BEGINNING.match(line)
    end = found.end() if found is not None else 0
    return line[:end], line[end:]


def _with_backslash(line: str) -> str:
    return _BEGINNING.sub(r"\1\\\2", line, count=1)


def _without_backslash(line: str) -> str:
    return line.replace("\\", "", 1)

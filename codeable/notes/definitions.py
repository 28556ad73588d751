"""Definitions of codes in open traces: a line `Definition: ...`, with what follows it in its paragraph.

The reader of open traces calls this. Which code is defined, the line itself says, or the line above it:

* `Definition of event_streaming: ...`, `Definition (event_streaming): ...`
* `Definition: event_streaming: ...`, `Definition: event_streaming is ...`
* `Definition: ...` below a line of the trace with one name, such as `New option: event_streaming`
"""

import re

from attrs import define, field

from codeable.lines import Lines
from codeable.notes.model import Definition, Name, Problem

_NAME = r"[`*]{0,2}(?P<name>[^\W\d]\w*)[`*]{0,2}"
_BEGIN = re.compile(
    rf"""[ \t]*(?:(?:[-*+•]|\d{{1,3}}[.)])[ \t]*)?(?:(?:<ins>|\*\*|__)[ \t]*)?
        definition(?:[ \t]+(?:of[ \t]+)?{_NAME}|[ \t]*\([ \t]*{_NAME.replace("name", "hint")}[ \t]*\))?
        [ \t]*(?:\*\*|__)?[ \t]*:[ \t]*(?:\*\*|__)?(?:</ins>)?[ \t]*(?P<text>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMED_IN_TEXT = re.compile(
    rf"{_NAME}(?:[ \t]*[:=][ \t]*|[ \t]+[-–—][ \t]+|[ \t]+(?P<verb>is|are|means)\b[ \t]*)(?P<rest>.*)"
)


@define(eq=False)
class DefinitionReader:
    """Reads the definitions of one open trace, line by line.

    Args:
        lines: The note.
        found: The definitions; one that is only begun is empty, as in a template.
        problems: The definitions of which it is not clear what they define.
    """

    lines: Lines
    found: list[Definition] = field(factory=list)
    problems: list[Problem] = field(factory=list)
    _open: bool = False

    def begin(self, index: int, start: int, above: tuple[Name, ...]) -> bool:
        """Read a line that begins a definition; false for any other line.

        Args:
            index: The line.
            start: The column from which it is read.
            above: The names on the line of the trace above it.
        """
        line = self.lines.lines[index]
        match = _BEGIN.match(line, start)
        if match is None:
            return False
        self._open = False
        span = self.lines.in_line(index, len(line) - len(line[start:].lstrip()), len(line.rstrip()))
        group = "name" if match["name"] else "hint"
        code = self._name(index, match, group) if match[group] else None
        text = match["text"]
        if code is None:
            code, text = self._named_in_text(index, match.start("text"), above)
        if code is None and len(above) == 1:
            code = above[0]
        if code is None and not text.strip():
            return True
        if code is None:
            message = "it is not clear which code this defines; write 'Definition of CODE: …'"
            self.problems.append(Problem("definition-of-no-code", message, span))
            return True
        self.found.append(Definition(code, text.strip(), span))
        self._open = True
        return True

    def go_on(self, index: int) -> bool:
        """Read a line that continues the paragraph of a definition; false where there is none."""
        if not self._open or self.found[-1].span.end_line != index:
            return False
        line = self.lines.lines[index].strip()
        before = self.found[-1]
        span = before.span.through(self.lines.of_lines(index, index))
        self.found[-1] = Definition(before.code, f"{before.text} {line}".strip(), span)
        return True

    def _name(self, index: int, match: re.Match[str], group: str) -> Name:
        return Name(match[group], self.lines.in_line(index, *match.span(group)))

    def _named_in_text(self, index: int, start: int, above: tuple[Name, ...]) -> tuple[Name | None, str]:
        """The name at the start of the text, and the text behind it; a word before a verb must be a code."""
        line = self.lines.lines[index]
        match = _NAMED_IN_TEXT.match(line, start)
        if match is None:
            return None, line[start:]
        is_code = "_" in match["name"] or match["name"] in {name.name for name in above}
        if not is_code and (match["verb"] or not match["name"].islower()):
            return None, line[start:]
        return self._name(index, match, "name"), match["rest"] if not match["verb"] else line[start:]

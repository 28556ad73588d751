"""Checks a text before PlantUML gets it: it is one diagram; directives are found, to be refused.

`engine` calls it.
"""

import re
from collections.abc import Iterator

from attrs import frozen

from codeable.engines.plantuml.backend import BackendError
from codeable.text import shown

_LINE_END = re.compile(r"\r\n?|\n")
_START = re.compile(r"@start([a-z]+)\b")
_BOUNDARY = re.compile(r"\s*@(?:start|end)[a-z]")
_UNSEEN = r"[\s\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufe00-\ufe0f\ufeff]"
"""Blanks and characters without a shape: versions of PlantUML differ in those that they skip."""
_DIRECTIVE = re.compile(
    rf"""(?:^|'/|[\v\f\x1c-\x1e\x85\u2028\u2029]){_UNSEEN}*!{_UNSEEN}*[a-z$]
                                               # !include, !$variable; also right behind a comment
      | %[a-z_]+\s*\(                          # %getenv(...), %load_json(...)
      | <\s*(?:img|image)\b                    # <img:FILE>, <img src=...>
      | <\s*style\s+[^\s>]                     # <style file=...>; <style> alone begins a block
      | ^\s*sprite\s+\S+\s+(?!\[|\{{)\S        # sprite NAME FILE
    """,
    re.IGNORECASE | re.VERBOSE,
)


@frozen
class DiagramText:
    """A text that PlantUML reads as one diagram.

    Attributes:
        text: From `@startuml` to `@enduml`, each line ended by a line feed.
        skipped_lines: How many blank lines were before it, to report lines as the author counts them.
        directive: The first line that could reach files, environment or network, counted from 1, or None.
    """

    text: str
    skipped_lines: int
    directive: int | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is between the first line and the last."""
        return not any(line.strip() for line in self.text.splitlines()[1:-1])

    def line_of(self, line: int | None) -> int | None:
        """The author's number of a line counted from `@startuml`; None for one beyond the end."""
        if line is None or not 1 <= line <= self.text.count("\n"):
            return None
        return line + self.skipped_lines


def diagram_text(text: str) -> DiagramText:
    r"""Check that a text is exactly one diagram, and make it safe to send.

    PlantUML would silently draw the first of two diagrams, wait for ever for a missing `@enduml`, and refuse
    a byte-order mark. Comments behind the end are left out.

    Raises:
        BackendError: It is not one diagram, or cannot be encoded; with the line.

    Example:
        >>> diagram_text("\n@startuml\nclass A\n@enduml").text
        '@startuml\nclass A\n@enduml\n'
    """
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    filled = [number for number, line in enumerate(lines) if line.strip()]
    while filled and lines[filled[-1]].lstrip().startswith("'"):
        filled.pop()
    if not filled:
        raise BackendError("the text is empty; it has to go from '@startuml' to '@enduml'")
    first, last = filled[0], filled[-1]
    start = _START.match(lines[first].strip())
    if start is None:
        raise BackendError(
            f"the text starts with {shown(lines[first].strip())} instead of '@startuml'", first + 1
        )
    end = f"@end{start[1]}"
    if lines[last].strip() != end:
        raise BackendError(f"the text ends with {shown(lines[last].strip())} instead of {end!r}", last + 1)
    for number in range(first + 1, last):
        if _BOUNDARY.match(lines[number]):
            problem = f"{shown(lines[number].strip())} in the middle of the text; a drawing is one diagram"
            raise BackendError(problem, number + 1)
    body = [lines[first].strip(), *lines[first + 1 : last], end]
    for number, line in enumerate(body, 1):
        if not line.isascii() and (surrogate := re.search(r"[\ud800-\udfff]", line)):
            problem = f"the lone surrogate U+{ord(surrogate[0]):04X} is no character"
            raise BackendError(problem, number + first)
    directive = next((number for number, line in _with_continuations(body) if _DIRECTIVE.search(line)), None)
    return DiagramText("\n".join(body) + "\n", first, directive)


def _with_continuations(lines: list[str]) -> Iterator[tuple[int, str]]:
    r"""Each line with its number; lines joined by a final `\` also as a whole, with the first number.

    Versions of PlantUML differ in the blanks that they drop where they join lines.
    """
    start, parts = 0, list[str]()
    for number, line in enumerate(lines, 1):
        yield number, line
        if line.rstrip().endswith("\\"):
            start = start if parts else number
            parts.append(line.rstrip()[:-1])
        elif parts:
            yield start, "".join([*parts, line])
            yield start, "".join(part.strip() for part in (*parts, line))
            parts = []

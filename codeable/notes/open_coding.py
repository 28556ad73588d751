"""Reads open traces: options, forces, decisions and known codes, in the conventions of coders.

The reader of notes calls `open_trace`.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from codeable.lines import Lines
from codeable.notes.definitions import DefinitionReader
from codeable.notes.model import Name, OpenItem, OpenTrace, Passage, Problem

_LABELLED = re.compile(
    r"""(?:(?:[-*+•]|\d{1,3}[.)])[ \t]*)?(?:(?:<ins>|\*\*|__)[ \t]*)?
        (?P<label>
            (?:(?P<status>familiar|known|existing|re-?oc{1,2}ur{1,2}ing|recurring|confirmed|new)[ \t]+)?
            (?P<kind>(?:design[ \t])?options?|forces?|decisions?|codes?|terms?|contexts?|comments?
                |practices?|patterns?)
            [ \t]*(?:\((?P<hint>[^)]*)\))?
            (?:[ \t]+(?:identified|discovered|found))?
        )
        [ \t]*(?:(?:\*\*|__)[ \t]*)?:[ \t]*(?:\*\*|__)?(?:</ins>)?[ \t]*(?P<text>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_LISTED = re.compile(r"[ \t]*(?:[-*+•][ \t]+)?(?P<name>[a-z_][A-Za-z0-9_]*),?[ \t]*$")
_PART = re.compile(r"[^,;]+")
_CODE = re.compile(r"[a-z][a-z0-9]*|[A-Za-z]\w*_\w*")
_CODE_IN_TEXT = re.compile(r"(?<![\w/.:@#-])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?![\w/@]|\.\w)")
_MOST_NAMES_IN_A_LINE = 1_000


def open_trace(
    lines: Lines,
    heading: str,
    heading_index: int,
    content: list[tuple[int, int]],
    evidence: tuple[Passage, ...],
    group: int,
) -> tuple[OpenTrace, list[Problem]]:
    """Read an open trace, and what in it is not clear.

    Args:
        lines: The note.
        heading: The text behind the heading on its line; it is read like the text below.
        heading_index: The line of the heading (from 0).
        content: First and last line of each stretch of text under the heading.
        evidence: The passages that the trace speaks of.
        group: The number of its group of traces.
    """
    last = content[-1][1] if content else heading_index
    items: list[OpenItem] = []
    memo: list[str] = []
    names: list[Name] = []
    definitions = DefinitionReader(lines)
    above: tuple[Name, ...] = ()
    behind_heading = [(heading_index, heading_index)] if heading else []
    for first_line, last_line in [*behind_heading, *content]:
        memo_lines: list[str] = []
        for index in range(first_line, last_line + 1):
            line = lines.lines[index]
            start = len(line.rstrip()) - len(heading) if index == heading_index else 0
            if definitions.begin(index, start, above):
                names.extend(names_in_text(lines, index, start))
                continue
            item = (
                _labelled(lines, index, start)
                or _continued(lines, index, items)
                or _listed(lines, index, start)
            )
            if item is None and definitions.go_on(index):
                names.extend(names_in_text(lines, index))
                continue
            above = item.names if item is not None else tuple(names_in_text(lines, index, start))
            if item is None:
                memo_lines.append(line[start:].strip())
                names.extend(names_in_text(lines, index, start))
                continue
            items.append(item)
            names.extend(item.names)
        if any(memo_lines):
            memo.append("\n".join(memo_lines).strip())
    trace = OpenTrace(
        span=lines.of_lines(heading_index, last),
        text=lines.joined(content[0][0], last).strip("\n") if content else "",
        items=tuple(items),
        memo="\n\n".join(memo),
        names=tuple(names),
        evidence=evidence,
        group=group,
        definitions=tuple(one for one in definitions.found if one.text),
    )
    return trace, definitions.problems


def _labelled(lines: Lines, index: int, start: int) -> OpenItem | None:
    """A line that begins with a label, such as `Familiar options: a, b`."""
    line = lines.lines[index]
    labelled = _LABELLED.match(line, len(line) - len(line[start:].lstrip()))
    if labelled is None:
        return None
    kind = labelled["kind"].casefold().split()[-1].removesuffix("s")
    status: Literal["new", "familiar", ""] = ""
    if labelled["status"] is not None:
        status = "new" if labelled["status"].casefold() == "new" else "familiar"
    return OpenItem(
        "option" if kind in ("practice", "pattern") else kind,
        " ".join(labelled["label"].split()),
        status,
        labelled["text"].rstrip(),
        _names(lines, index, labelled.start("text"), labelled.end("text")),
        lines.in_line(index, labelled.start(), len(line.rstrip())),
    )


def _listed(lines: Lines, index: int, start: int) -> OpenItem | None:
    """A line that holds one identifier and nothing else."""
    line = lines.lines[index]
    listed = _LISTED.match(line, start)
    if listed is None:
        return None
    name = Name(listed["name"], lines.in_line(index, listed.start("name"), listed.end("name")))
    begin = len(line) - len(line[start:].lstrip())
    return OpenItem("list", "", "", name.name, (name,), lines.in_line(index, begin, len(line.rstrip())))


def _continued(lines: Lines, index: int, items: list[OpenItem]) -> OpenItem | None:
    """A line that continues the list of names above it, which ends in a comma."""
    if not items or items[-1].span.line != index or not items[-1].text.endswith(","):
        return None
    line = lines.lines[index]
    names = _names(lines, index, 0, len(line))
    if not names:
        return None
    before = items[-1]
    span = lines.of_lines(index, index)
    return OpenItem(before.kind, before.label, before.status, line.strip(), names, span)


def _names(lines: Lines, index: int, start: int, end: int) -> tuple[Name, ...]:
    """The identifiers in a list of names; texts in it are not names."""
    line = lines.lines[index]
    found: list[Name] = []
    for part in _PART.finditer(line, start, end):
        text = part[0].strip()
        column = part.start() + len(part[0]) - len(part[0].lstrip())
        if _CODE.fullmatch(text):
            found.append(Name(text, lines.in_line(index, column, column + len(text))))
        else:
            found.extend(names_in_text(lines, index, part.start(), part.end()))
    return tuple(found)


def names_in_text(lines: Lines, index: int, start: int = 0, end: int | None = None) -> Iterator[Name]:
    """The words of a text that can only be identifiers: those with an underscore."""
    line = lines.lines[index]
    if "_" not in line:
        return
    end = len(line) if end is None else end
    for match in islice(_CODE_IN_TEXT.finditer(line, start, end), _MOST_NAMES_IN_A_LINE):
        yield Name(match[0], lines.in_line(index, match.start(), match.end()))

"""Findings as text for a person, as JSON for a program, and as annotations of a GitHub workflow."""

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from codeable.checks.diagnostic import Diagnostic
from codeable.files import shown_path

__all__ = ["FORMATS", "as_github", "as_json", "as_text"]

_WIDEST_EXCERPT = 100
_LONGEST_MESSAGE = 1_000


def as_text(findings: Sequence[Diagnostic], source_lines: Mapping[str, Sequence[str]]) -> str:
    """One paragraph per finding: place and message, the line with a marker under it, the likely correction.

    Args:
        findings: In the order in which they are told.
        source_lines: The lines of each file, to be shown; a file may be missing.
    """
    return "".join(_paragraph(finding, source_lines) for finding in findings)


def _paragraph(finding: Diagnostic, source_lines: Mapping[str, Sequence[str]]) -> str:
    place = finding.place
    where = f"{_shown(place.file)}:{place.line}:{place.column}"
    lines = [f"{where}: {finding.severity} {finding.code} {_told(finding.message)}"]
    lines += _excerpt(finding, source_lines.get(place.file, ()))
    if finding.suggestion:
        lines.append(f"    = {_told(finding.suggestion)}")
    lines += [f"    {_shown(one.file)}:{one.line}: {_told(one.message)}" for one in finding.related]
    return "\n".join(lines) + "\n"


def _told(message: str) -> str:
    """A message without what could steer a terminal, and not longer than anybody would read."""
    return visible(message if len(message) <= _LONGEST_MESSAGE else message[:_LONGEST_MESSAGE] + "…")


def _excerpt(finding: Diagnostic, lines: Sequence[str]) -> list[str]:
    """The line of the finding, cut to the part around it, and a marker under the part that is meant."""
    place = finding.place
    if not 1 <= place.line <= len(lines) or not lines[place.line - 1].strip():
        return []
    line = visible(lines[place.line - 1].rstrip("\r\n").replace("\t", " "))
    first = min(place.column - 1, len(line))
    last = place.end_column - 1 if place.end_line == place.line else len(line)
    last = min(max(last, first + 1), max(len(line), first + 1))
    left = max(0, min(first - 20, len(line) - _WIDEST_EXCERPT))
    shown = line[left : left + _WIDEST_EXCERPT]
    first, last = first - left, min(last - left, max(len(shown), first - left + 1))
    blank = " " * _width(shown[:first])
    marker = "^" * max(1, _width(shown[first:last]))
    return [f"    | {shown}", f"    | {blank}{marker}"]


def _width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def visible(text: str) -> str:
    """A text without anything that could steer a terminal: control characters show as U+FFFD."""
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character == "\n" or unicodedata.category(character) == "Zs" else "\ufffd"


def _shown(file: str) -> str:
    return visible(_relative(file))


def _relative(file: str) -> str:
    """A path from the current folder on where it lies in there, with slashes."""
    return Path(shown_path(file)).as_posix()


def as_json(findings: Sequence[Diagnostic], source_lines: Mapping[str, Sequence[str]]) -> str:  # noqa: ARG001
    """A JSON list with one object per finding; files as the text names them."""
    records = [_record(finding) for finding in findings]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def _record(finding: Diagnostic) -> dict[str, object]:
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "file": _relative(place.file),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "suggestion": finding.suggestion,
        "related": [
            {"file": _relative(one.file), "line": one.line, "message": one.message} for one in finding.related
        ],
    }


def as_github(findings: Sequence[Diagnostic], source_lines: Mapping[str, Sequence[str]]) -> str:  # noqa: ARG001
    """One workflow command per finding, so that it shows beside the line in a pull request.

    Source of the format: GitHub's documentation of workflow commands.
    """
    return "".join(_annotation(finding) for finding in findings)


def _annotation(finding: Diagnostic) -> str:
    place = finding.place
    properties = {
        "file": _shown(place.file),
        "line": place.line,
        "col": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "title": finding.code,
    }
    told = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    message = "\n".join(map(visible, filter(None, (*finding.message.split("\n"), finding.suggestion))))
    return f"::{finding.severity} {told}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Sequence[Diagnostic], Mapping[str, Sequence[str]]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}

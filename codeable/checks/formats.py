"""Formats of a report: text for a terminal or a pipe, JSON, GitHub annotations, and the notebook display.

Called by `codeable check`, and by diagnostics and reports in a notebook.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from codeable.checks.diagnostic import Diagnostic, Report
from codeable.files import shown_path
from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.registry.table import Table
from codeable.terminal import cell_len
from codeable.text import counted, html_text, json_text, printable

_WIDEST_EXCERPT = 100
_LONGEST_MESSAGE = 1_000
MARGIN = "    | "
"""Before the line of a note or module that a diagnostic is about."""
_BLANK = re.compile(r"\s")


def as_text(report: Report, width: int | None = None) -> str:
    """One paragraph per diagnostic: place and message, the line with a marker below it, the suggestion.

    Args:
        report: The report.
        width: The columns of the terminal; the part of a line that is shown is never wider.
    """
    paths = {one.span.path for one in report.diagnostics}
    lines = {path: Lines(path, report.texts.get(path, "")).lines for path in paths}
    return "".join(_paragraph(one, lines[one.span.path], width) for one in report.diagnostics)


def as_lines(report: Report) -> str:
    """One line per diagnostic, for a pipe or a file: nothing is wrapped or cut."""
    return "".join(f"{_in_one_line(one)}\n" for one in report.diagnostics)


def _in_one_line(diagnostic: Diagnostic) -> str:
    parts = [f"{_place(diagnostic.span)}: {diagnostic.severity} {diagnostic.code} {diagnostic.message}"]
    if diagnostic.suggestion:
        parts.append(f"[suggestion: {diagnostic.suggestion}]")
    parts += [f"[{_line(one.span)}: {one.message}]" for one in diagnostic.related]
    return _one_line(" ".join(parts))


def _paragraph(diagnostic: Diagnostic, lines: Sequence[str] = (), width: int | None = None) -> str:
    message = diagnostic.message
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[:_LONGEST_MESSAGE]}…"
    parts = [f"{_place(diagnostic.span)}: {diagnostic.severity} {diagnostic.code} {_one_line(message)}"]
    widest = _WIDEST_EXCERPT if width is None else min(_WIDEST_EXCERPT, width - len(MARGIN))
    parts += _excerpt(diagnostic.span, lines, widest)
    if diagnostic.suggestion:
        parts.append(f"    = {_one_line(diagnostic.suggestion)}")
    parts += [f"    {_line(one.span)}: {_one_line(one.message)}" for one in diagnostic.related]
    return "\n".join(parts) + "\n"


def _excerpt(span: Span, lines: Sequence[str], widest: int) -> list[str]:
    """The part of a line around a span, and a marker below the span."""
    line = lines[span.line - 1] if 1 <= span.line <= len(lines) else ""
    if not line.strip():
        return []
    first = min(span.column - 1, len(line))
    last = span.end_column - 1 if span.end_line == span.line else len(line)
    last = min(max(last, first + 1), max(len(line), first + 1))
    left = max(0, min(first - 20, len(line) - widest))
    right = left + widest
    before, marked = _one_line(line[left:first]), _one_line(line[first : min(last, right)])
    after = _one_line(line[last:right])
    return [
        f"{MARGIN}{before}{marked}{after}",
        f"{MARGIN}{' ' * cell_len(before)}{'^' * max(1, cell_len(marked))}",
    ]


def _one_line(text: str) -> str:
    """A text on one line; every kind of blank is a space and control characters are visible."""
    return printable(_BLANK.sub(" ", text))


def _path(span: Span) -> str:
    return Path(shown_path(span.path)).as_posix()


def _line(span: Span) -> str:
    return f"{_one_line(_path(span))}:{span.line}"


def _place(span: Span) -> str:
    return f"{_line(span)}:{span.column}"


def as_json(report: Report) -> str:
    """A JSON object. Its `diagnostics` are a list with one object per diagnostic."""
    return json_text({"diagnostics": [_record(one) for one in report.diagnostics]}) + "\n"


def _record(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "file": _path(span),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "suggestion": diagnostic.suggestion,
        "related": [
            {"file": _path(one.span), "line": one.span.line, "message": one.message}
            for one in diagnostic.related
        ],
    }


def as_github(report: Report) -> str:
    """One workflow command per diagnostic. GitHub shows it beside the line in a pull request.

    Source of the format: GitHub's documentation of workflow commands.
    """
    return "".join(map(_annotation, report.diagnostics))


def _annotation(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    properties = {
        "file": _one_line(_path(span)),
        "line": span.line,
        "col": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "title": diagnostic.code,
    }
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    lines = (*diagnostic.message.split("\n"), diagnostic.suggestion)
    message = "\n".join(_one_line(line) for line in lines if line)
    return f"::{diagnostic.severity} {written}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Report], str]] = {"text": as_lines, "json": as_json, "github": as_github}
"""The choices of `codeable check --format`; on a terminal, `text` is laid out by `as_text`."""


def notebook_diagnostic(diagnostic: Diagnostic) -> dict[str, str]:
    """One diagnostic as a notebook shows it."""
    related = [f"{_line(one.span)}: {one.message}" for one in diagnostic.related]
    parts = [diagnostic.message, *filter(None, [diagnostic.suggestion]), *related]
    below = "".join(f"<br>{html_text(part)}" for part in parts)
    heading = f"<b>{diagnostic.severity} {html_text(diagnostic.code)}</b>"
    place = f"<code>{html_text(_place(diagnostic.span))}</code>"
    return {
        "text/plain": _paragraph(diagnostic).rstrip("\n"),
        "text/html": f"<p>{heading} {place}{below}</p>",
    }


def notebook_report(report: Report) -> dict[str, str]:
    """A report as a notebook shows it: the text of the command, and a table."""
    if not report.diagnostics:
        return {"text/plain": "no diagnostics", "text/html": "<p>no diagnostics</p>"}
    rows = tuple(
        (_line(one.span), one.severity, one.code, one.message, one.suggestion or "")
        for one in report.diagnostics
    )
    title = counted(len(report.diagnostics), "diagnostic")
    table = Table(title, ("place", "severity", "code", "message", "suggestion"), rows)
    return {"text/plain": as_text(report).rstrip("\n"), "text/html": table.as_html()}

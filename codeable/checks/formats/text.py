"""A report as plain text: paragraphs for a page or a notebook, lines for a pipe or a file."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from codeable.checks.diagnostic import Diagnostic, Report
from codeable.checks.folding import Fold, digest
from codeable.checks.formats.describe import line_of, on_one_line, place_of, with_losses
from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.terminal import cell_len
from codeable.text import first_few

_WIDEST_EXCERPT = 100
_LONGEST_MESSAGE = 1_000
_MOST_PLACES = 10
"""Related places of one message that are shown."""
_BEFORE = 20
"""Characters of a long line that are shown before the place."""
MARGIN = "    | "
"""Before the line of a note or module that a diagnostic is about."""


def as_text(report: Report) -> str:
    """One paragraph per diagnostic, in the order of files: the message, the line, the suggestion."""
    lines = lines_of(report)
    return "".join(paragraph(one, lines.get(one.span.path, ())) for one in report.diagnostics)


def as_lines(report: Report, *, whole: bool = False, unfold: bool = False) -> str:
    """One line per diagnostic, what costs most first. Nothing is wrapped or cut.

    Args:
        report: The report.
        whole: Whether diagnostics that differ in a name only have a line each.
        unfold: Whether equal diagnostics have a line each.
    """
    sections = digest(report, whole=whole, unfold=unfold).sections
    folds = (fold for section in sections for fold in section.folds)
    return "".join(f"{_in_one_line(fold)}\n" for fold in folds)


def _in_one_line(fold: Fold) -> str:
    first = fold.first
    message = with_losses(fold.message, fold.diagnostics)
    parts = [f"{place_of(first.span)}: {first.severity} {first.code} {message}"]
    if fold.suggestion:
        parts.append(f"[suggestion: {fold.suggestion}]")
    if fold.names:
        parts.append(", ".join(f"{name} ({line_of(one.span)})" for name, one in fold.names))
    elif len(fold.diagnostics) == 1:
        parts += [f"[{one}]" for one in _related_places(first, len(first.related))]
    elif fold.places_matter:
        parts.append(", ".join(line_of(one.span) for one in fold.diagnostics))
    return on_one_line(" ".join(parts))


def lines_of(report: Report) -> Mapping[str, Sequence[str]]:
    """Path → lines of every file that a report has diagnostics of."""
    paths = dict.fromkeys(one.span.path for one in report.diagnostics)
    return {path: Lines(path, report.texts.get(path, "")).lines for path in paths}


def paragraph(diagnostic: Diagnostic, lines: Sequence[str] = (), width: int | None = None) -> str:
    """Place and message of a diagnostic, its line with a marker below it, the suggestion.

    Args:
        diagnostic: The diagnostic.
        lines: The lines of its file.
        width: The columns of the terminal; the part of a line that is shown is never wider.
    """
    message = with_losses(shortened(diagnostic.message), [diagnostic])
    parts = [f"{place_of(diagnostic.span)}: {diagnostic.severity} {diagnostic.code} {on_one_line(message)}"]
    widest = _WIDEST_EXCERPT if width is None else min(_WIDEST_EXCERPT, width - len(MARGIN))
    parts += _excerpt(diagnostic.span, lines, widest)
    if diagnostic.suggestion:
        parts.append(f"    = {on_one_line(diagnostic.suggestion)}")
    parts += [f"    {one}" for one in _related_places(diagnostic, _MOST_PLACES)]
    return "\n".join(parts) + "\n"


def _related_places(diagnostic: Diagnostic, most: int) -> Iterator[str]:
    """The other places of a diagnostic; several of which it says the same are on one line."""
    for message, places in groupby(diagnostic.related, key=attrgetter("message")):
        lines = [line_of(one.span) for one in places]
        text = on_one_line(message)
        yield f"{lines[0]}: {text}" if len(lines) == 1 else f"{text}: {first_few(lines, most)}"


def shortened(message: str) -> str:
    """A message that a person reads, without the end of an endless name."""
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"


def _excerpt(span: Span, lines: Sequence[str], widest: int) -> list[str]:
    """The part of a line around a span, and a marker below the span."""
    line = lines[span.line - 1] if 1 <= span.line <= len(lines) else ""
    if not line or line.isspace():
        return []
    first = min(span.column - 1, len(line))
    last = span.end_column - 1 if span.end_line == span.line else len(line)
    last = min(max(last, first + 1), max(len(line), first + 1))
    left = max(0, min(first - _BEFORE, len(line) - widest))
    right = left + widest
    before, marked = on_one_line(line[left:first]), on_one_line(line[first : min(last, right)])
    after = on_one_line(line[last:right])
    return [
        f"{MARGIN}{before}{marked}{after}",
        f"{MARGIN}{' ' * cell_len(before)}{'^' * max(1, cell_len(marked))}",
    ]

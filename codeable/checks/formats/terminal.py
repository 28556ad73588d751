"""A report on a terminal, laid out by `rich`: what costs most first, a section per rank, a table at the end.

The whole report is an overview: a rule with many diagnostics has a line for each of the first ones. Where a
person asks for one rule or for one note, each diagnostic is a paragraph.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from codeable.checks.configuration import ALL_RULES
from codeable.checks.diagnostic import Diagnostic, Report
from codeable.checks.folding import Fold, Section, digest
from codeable.checks.formats.describe import line_of, losses, on_one_line, place_of, with_losses
from codeable.checks.formats.text import MARGIN, lines_of, paragraph, shortened
from codeable.terminal import aligned, columns, indented, plain, table
from codeable.text import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

_MOST_PARAGRAPHS = 3
"""Diagnostics of one rule that are a paragraph each in the overview."""
_MOST_ROWS = 10
"""Lines of one rule in the overview."""
_MOST_NAMES = 15
"""Names of a list."""
_HEADINGS = {"loss": "Lost from the model", "error": "Errors", "warning": "Warnings", "info": "Information"}
_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_RULES = {rule.code: rule for rule in ALL_RULES}


def on_terminal(
    report: Report, width: int, *, whole: bool = False, unfold: bool = False
) -> "Iterator[RenderableType]":
    """The parts of a report, for `codeable.terminal.write`.

    Args:
        report: The report.
        width: The columns of the terminal.
        whole: Whether every diagnostic is a paragraph; equal ones share it.
        unfold: Whether equal diagnostics have a paragraph each.
    """
    lines = lines_of(report)
    found = digest(report, whole=whole, unfold=unfold)
    for rank, of_rank in groupby(found.sections, key=lambda section: section.rank):
        ranked = list(of_rank)
        yield plain(_heading(rank, ranked), "bold")
        for section in ranked:
            if not found.is_overview or len(section.folds) <= _MOST_PARAGRAPHS:
                for fold in section.folds:
                    yield from _paragraph(fold, lines, width)
            else:
                yield from _rows(section)
        yield ""


def _heading(rank: str, ranked: Sequence[Section]) -> str:
    lost = losses(one for section in ranked for one in section.diagnostics)
    return f"{_HEADINGS[rank]}: {lost}" if lost else _HEADINGS[rank]


def _paragraph(fold: Fold, lines: Mapping[str, Sequence[str]], width: int) -> "Iterator[RenderableType]":
    first = fold.first
    if len(fold.diagnostics) == 1:
        head, *below = paragraph(first, lines.get(first.span.path, ()), width).splitlines()
        yield _head(head, first.severity, first.code)
        for line in below:
            yield plain(line) if line.startswith(MARGIN) else indented(line.lstrip(), 4, hanging=2)
        return
    message = on_one_line(with_losses(shortened(fold.message), fold.diagnostics))
    yield _head(f"{first.severity} {first.code} {message}", first.severity, first.code)
    if fold.suggestion:
        yield indented(f"= {on_one_line(fold.suggestion)}", 4, hanging=2)
    if fold.names:
        yield from _names(fold)
    elif fold.places_matter:
        places = [place_of(one.span) for one in fold.diagnostics[:_MOST_ROWS]]
        yield from (indented(place, 4) for place in places)
        yield from _more(len(fold.diagnostics) - len(places), "--all")


def _names(fold: Fold) -> "Iterator[RenderableType]":
    """The names in which diagnostics differ, with their places."""
    shown = [f"{name} ({line_of(one.span)})" for name, one in fold.names[:_MOST_NAMES]]
    yield columns(shown, indent=4)
    yield from _more(len(fold.names) - len(shown), f"--rule {fold.first.code}")


def _rows(section: Section) -> "Iterator[RenderableType]":
    """One rule with many diagnostics: its summary, and a line for each of the first."""
    for fold in section.folds:
        if fold.names:
            yield from _paragraph(fold, {}, 0)
    others = [fold for fold in section.folds if not fold.names]
    if not others:
        return
    first = others[0].first
    number = counted(sum(len(fold.diagnostics) for fold in others), "time")
    summary = _RULES[section.code].summary
    yield _head(f"{first.severity} {section.code} {summary}: {number}", first.severity, section.code)
    yield aligned([(line_of(fold.first.span), _row(fold)) for fold in others[:_MOST_ROWS]], indent=4)
    yield from _more(len(others) - _MOST_ROWS, f"--rule {section.code}")


def _row(fold: Fold) -> str:
    message = with_losses(shortened(fold.message), fold.diagnostics)
    return f"{message} = {fold.suggestion}" if fold.suggestion else message


def _more(number: int, option: str) -> "Iterator[RenderableType]":
    if number > 0:
        yield indented(f"… and {number} more ({option})", 4)


def _head(text: str, severity: str, code: str) -> "RenderableType":
    """The first line of a diagnostic, in which its severity and the code of its rule stand out."""
    line = plain(text)
    start = text.find(f"{severity} {code}")
    line.stylize(_STYLES[severity], start, start + len(severity) + 1 + len(code))
    return indented(line, 0, hanging=4)


def table_by_rule(report: Report) -> "RenderableType":
    """How often each rule reports something, in the order of the report."""
    by_code: dict[str, list[Diagnostic]] = {}
    for section in digest(report, whole=True).sections:
        by_code.setdefault(section.code, []).extend(section.diagnostics)
    rows = [
        (
            code,
            _RULES[code].name,
            str(len(found)),
            found[0].severity,
            losses(found),
        )
        for code, found in by_code.items()
    ]
    heads = ("rule", "name", "times", "severity", "loses")
    return table(heads, rows, right=heads[2:3], whole=heads[:4])

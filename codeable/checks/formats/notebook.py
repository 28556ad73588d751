"""Diagnostics and reports as a notebook shows them."""

from codeable.checks.diagnostic import Diagnostic, Report
from codeable.checks.folding import digest
from codeable.checks.formats.describe import line_of, place_of, with_losses
from codeable.checks.formats.text import as_text, paragraph
from codeable.registry.table import Table
from codeable.text import counted, html_text


def notebook_diagnostic(diagnostic: Diagnostic) -> dict[str, str]:
    """One diagnostic: place, message, suggestion and related places."""
    related = [f"{line_of(one.span)}: {one.message}" for one in diagnostic.related]
    message = with_losses(diagnostic.message, [diagnostic])
    parts = [message, *filter(None, [diagnostic.suggestion]), *related]
    below = "".join(f"<br>{html_text(part)}" for part in parts)
    heading = f"<b>{diagnostic.severity} {html_text(diagnostic.code)}</b>"
    place = f"<code>{html_text(place_of(diagnostic.span))}</code>"
    return {
        "text/plain": paragraph(diagnostic).rstrip("\n"),
        "text/html": f"<p>{heading} {place}{below}</p>",
    }


def notebook_report(report: Report) -> dict[str, str]:
    """The text of every diagnostic, and a table in which equal ones are folded."""
    if not report.diagnostics:
        return {"text/plain": "no diagnostics", "text/html": "<p>no diagnostics</p>"}
    rows = tuple(
        (
            line_of(fold.first.span),
            fold.first.severity,
            fold.first.code,
            with_losses(fold.message, fold.diagnostics),
            fold.suggestion or "",
        )
        for section in digest(report, whole=True).sections
        for fold in section.folds
    )
    title = counted(len(report.diagnostics), "diagnostic")
    table = Table(title, ("place", "severity", "code", "message", "suggestion"), rows)
    return {"text/plain": as_text(report).rstrip("\n"), "text/html": table.as_html()}

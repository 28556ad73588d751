"""How findings show themselves in a notebook: as the text of the command, and as HTML."""

import html
from collections.abc import Mapping, Sequence

from codeable.checks.diagnostic import Diagnostic
from codeable.checks.formats import as_text, visible
from codeable.checks.modules import lines_of
from codeable.files import shown_path
from codeable.registry.table import Table

__all__ = ["finding_bundle", "findings_bundle"]


def finding_bundle(finding: Diagnostic) -> dict[str, str]:
    """One finding."""
    where = f"{shown_path(finding.place.file)}:{finding.place.line}:{finding.place.column}"
    related = [f"{shown_path(one.file)}:{one.line}: {one.message}" for one in finding.related]
    parts = [finding.message, *([finding.suggestion] if finding.suggestion else []), *related]
    below = "".join(f"<br>{_escaped(part)}" for part in parts)
    markup = (
        f"<p><b>{finding.severity} {_escaped(finding.code)}</b> <code>{_escaped(where)}</code>{below}</p>"
    )
    return {"text/plain": as_text([finding], {}).rstrip("\n"), "text/html": markup}


def findings_bundle(findings: Sequence[Diagnostic], texts: Mapping[str, str]) -> dict[str, str]:
    """Many findings; the texts of their files show the lines that are meant."""
    if not findings:
        return {"text/plain": "no findings", "text/html": "<p>no findings</p>"}
    lines = {file: lines_of(text) for file, text in texts.items()}
    rows = tuple(
        (
            f"{shown_path(one.place.file)}:{one.place.line}",
            one.severity,
            one.code,
            one.message,
            one.suggestion or "",
        )
        for one in findings
    )
    title = f"{len(findings)} finding{'' if len(findings) == 1 else 's'}"
    table = Table(title, ("place", "severity", "code", "message", "correction"), rows)
    return {"text/plain": as_text(findings, lines).rstrip("\n"), "text/html": table.as_html()}


def _escaped(text: str) -> str:
    return html.escape(visible(text))

"""Formats of a report: a terminal, a pipe, JSON, GitHub, SARIF, and the notebook display.

Called by `codeable check`, and by diagnostics and reports in a notebook.
"""

from collections.abc import Callable, Mapping

from codeable.checks.diagnostic import Report
from codeable.checks.formats.describe import summary
from codeable.checks.formats.github import as_github
from codeable.checks.formats.json_object import as_json
from codeable.checks.formats.notebook import notebook_diagnostic, notebook_report
from codeable.checks.formats.sarif import as_sarif
from codeable.checks.formats.terminal import on_terminal, table_by_rule
from codeable.checks.formats.text import as_lines, as_text

__all__ = [
    "FORMATS",
    "as_github",
    "as_json",
    "as_lines",
    "as_sarif",
    "as_text",
    "notebook_diagnostic",
    "notebook_report",
    "on_terminal",
    "summary",
    "table_by_rule",
]

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
"""The choices of `codeable check --format` for programs; `text` is for people."""

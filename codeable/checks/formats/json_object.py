"""A report as a JSON object, one object per diagnostic and place."""

from codeable.checks.configuration import NAMES
from codeable.checks.diagnostic import Diagnostic, Report
from codeable.checks.formats.describe import file_of
from codeable.text import json_text


def as_json(report: Report) -> str:
    """A JSON object. Its `diagnostics` are a list with one object per diagnostic, in the order of files."""
    return json_text({"diagnostics": [_record(one) for one in report.diagnostics]}) + "\n"


def _record(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "rule": NAMES.get(diagnostic.code),
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "file": file_of(span),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "suggestion": diagnostic.suggestion,
        "related": [
            {"file": file_of(one.span), "line": one.span.line, "message": one.message}
            for one in diagnostic.related
        ],
        "loses": [
            {"kind": one.kind, "what": one.what, "file": file_of(one.span), "line": one.span.line}
            for one in diagnostic.loses
        ],
        "fixable": bool(diagnostic.edits),
    }

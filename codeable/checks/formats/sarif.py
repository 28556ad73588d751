"""A report in SARIF 2.1.0, which editors and GitHub code scanning read: one result per diagnostic and place.

Source of the format: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

import os
import re
from bisect import bisect_right
from itertools import chain, groupby
from operator import attrgetter
from urllib.parse import quote

from codeable.checks.configuration import ALL_RULES, CODES
from codeable.checks.diagnostic import Diagnostic, Report, Rule
from codeable.checks.formats.describe import with_losses
from codeable.checks.formats.github import files_in_repository
from codeable.kernel.place import Span
from codeable.lines import Edit, Lines
from codeable.text import json_text

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
"""What relative addresses begin at. Who reads the file knows the folder."""
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_POSITIONS = {code: position for position, code in enumerate(CODES)}
_LINK = re.compile(r"(?<!\\)\[(?=[^\]]*\]\()")
"""The start of what would be a link in a message."""


def as_sarif(report: Report) -> str:
    """A log file of SARIF with one run."""
    from importlib.metadata import version  # half of the time that importing `checks` would take

    log = _Log(report)
    driver = {
        "name": "codeable",
        "version": version("codeable"),
        "rules": [_rule(rule) for rule in ALL_RULES],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "results": [log.result(one) for one in report.diagnostics],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    summary = f"{rule.summary[0].upper()}{rule.summary[1:]}."
    page = f"docs/checks/{rule.code}-{rule.name}.md"
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": f"{summary} See {page} in the documentation of codeable."},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["qualitative-research"]},
    }


class _Log:
    """The results of one report, with the places as SARIF writes them."""

    def __init__(self, report: Report) -> None:
        spans = chain.from_iterable(
            (one.span, *(other.span for other in one.related)) for one in report.diagnostics
        )
        edits = (edit.path for one in report.diagnostics for edit in one.edits)
        self._files = files_in_repository([*(span.path for span in spans), *edits])
        self._texts = report.texts
        self._lines: dict[str, Lines] = {}

    def result(self, diagnostic: Diagnostic) -> dict[str, object]:
        message = with_losses(diagnostic.message, [diagnostic])
        if diagnostic.suggestion:
            message += f"\n{diagnostic.suggestion}"
        found: dict[str, object] = {
            "ruleId": diagnostic.code,
            "ruleIndex": _POSITIONS[diagnostic.code],
            "level": _LEVELS[diagnostic.severity],
            "message": _message(message),
            "locations": [self._location(diagnostic.span)],
        }
        if diagnostic.related:
            found["relatedLocations"] = [
                {"id": number, **self._location(one.span), "message": _message(one.message)}
                for number, one in enumerate(diagnostic.related, 1)
            ]
        if diagnostic.edits:
            found["fixes"] = [self._fix(diagnostic)]
        return found

    def _location(self, span: Span) -> dict[str, object]:
        region = {"startLine": span.line, "startColumn": span.column}
        region |= {"endLine": span.end_line, "endColumn": span.end_column}
        return {"physicalLocation": {"artifactLocation": self._artifact(span.path), "region": region}}

    def _artifact(self, path: str) -> dict[str, str]:
        file = self._files[path]
        if file.startswith("/"):
            return {"uri": f"file://{_address(file)}"}
        return {"uri": _address(file), "uriBaseId": _ROOT}

    def _fix(self, diagnostic: Diagnostic) -> dict[str, object]:
        edits = sorted(diagnostic.edits)
        return {
            "description": _message(diagnostic.suggestion or diagnostic.message),
            "artifactChanges": [
                {
                    "artifactLocation": self._artifact(path),
                    "replacements": [self._replacement(edit) for edit in of_file],
                }
                for path, of_file in groupby(edits, key=attrgetter("path"))
            ],
        }

    def _replacement(self, edit: Edit) -> dict[str, object]:
        line, column = self._position(edit.path, edit.start)
        end_line, end_column = self._position(edit.path, edit.end)
        region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
        return {"deletedRegion": region, "insertedContent": {"text": edit.replacement}}

    def _position(self, path: str, offset: int) -> tuple[int, int]:
        if path not in self._lines:
            self._lines[path] = Lines(path, self._texts.get(path, ""))
        starts = self._lines[path].starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1


def _address(file: str) -> str:
    """The path of a file in an address; a name that is not UTF-8 keeps its bytes."""
    return quote(os.fsencode(file))


def _message(text: str) -> dict[str, str]:
    """A message in which no part is taken for a link."""
    return {"text": _LINK.sub(r"\\[", text)}

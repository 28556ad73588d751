"""The findings of a check as diagnostics of the protocol, file by file."""

import difflib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lsprotocol import types

from codeable.checks import Diagnostic, Report
from codeable.checks.run import check_context
from codeable.editor.documents import Document, document_range, key_of, uri_of
from codeable.editor.study_view import StudyView
from codeable.kernel.place import Span
from codeable.source_reader import parse

SOURCE = "codeable"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}

Published = Mapping[str, list[types.Diagnostic]]
"""File → its diagnostics."""


def checked(view: StudyView, proceed: Callable[[], None]) -> tuple[Report, Published]:
    """Check a study, and give the report with the diagnostics of every file that has some.

    Args:
        view: The study.
        proceed: Called from time to time; it may raise an error of its own, which ends the check.
    """
    report = check_context(view.context(proceed))
    return report, published(view, report)


def published(view: StudyView, report: Report) -> Published:
    """The diagnostics of a report in the texts of now, with what does not load and what is no Python."""
    places = Places(view, report)
    found: dict[str, list[types.Diagnostic]] = {}
    for one in report.diagnostics:
        where = places.range(one.span)
        if where is not None:
            found.setdefault(one.span.path, []).append(_diagnostic(one, where, places))
    if view.problem is not None:
        span, message = view.problem.span, view.problem.message
        where = _line(view.document(span.path), span.line)
        found.setdefault(span.path, []).append(_plain("load", message, where))
    for path, error in _no_python(view):
        document = view.document(path)
        if view.problem is None or key_of(view.problem.span.path) != key_of(path):
            where = _line(document, error.lineno or 1)
            found.setdefault(path, []).append(_plain("syntax", f"this is no Python: {error.msg}", where))
    return found


class Places:
    """The places of a report in the texts of now. Modules may have changed since they were loaded.

    Args:
        view: The study.
        report: The report, with the texts that it is about.
    """

    def __init__(self, view: StudyView, report: Report) -> None:
        self._view = view
        self._texts = report.texts
        self._documents: dict[str, tuple[Document, _Moved | None]] = {}

    def range(self, span: Span) -> types.Range | None:
        """Where a span is now; None where its text was changed."""
        document, moved = self._document(span.path)
        if moved is None:
            return document_range(document, span)
        start, end = moved.offset(span.start), moved.offset(span.end)
        return None if start is None or end is None else document.range(start, end)

    def _document(self, path: str) -> "tuple[Document, _Moved | None]":
        if path not in self._documents:
            now, checked_text = self._view.document(path), self._texts.get(path)
            found: tuple[Document, _Moved | None]
            if checked_text is None:
                found = (now, None)
            elif not now.text and now.version is None:  # a file that is neither note nor module
                found = (Document.of(path, checked_text, None, now.units), None)
            else:
                found = (now, None if now.text == checked_text else _Moved(checked_text, now.text))
            self._documents[path] = found
        return self._documents[path]


class _Moved:
    """Where the characters of a text are after it was changed.

    Args:
        before: The text.
        after: The changed text.
    """

    def __init__(self, before: str, after: str) -> None:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
        blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        starts = [[0], [0]]
        for lines, found in zip((old, new), starts, strict=True):
            for line in lines:
                found.append(found[-1] + len(line))
        self._blocks = [
            (starts[0][block.a], starts[0][block.a + block.size], starts[1][block.b]) for block in blocks
        ]

    def offset(self, offset: int) -> int | None:
        """Where a character is now; None where its line was changed."""
        index = bisect_right(self._blocks, offset, key=lambda block: block[0]) - 1
        if index < 0:
            return None
        start, end, now = self._blocks[index]
        return now + offset - start if offset <= end else None


def _diagnostic(one: Diagnostic, where: types.Range, places: Places) -> types.Diagnostic:
    message = one.message if one.suggestion is None else f"{one.message}\n{one.suggestion}"
    related = [
        types.DiagnosticRelatedInformation(
            location=types.Location(uri=uri_of(each.span.path), range=at), message=each.message
        )
        for each in one.related
        if (at := places.range(each.span)) is not None
    ]
    return types.Diagnostic(
        range=where,
        severity=_SEVERITIES[one.severity],
        code=one.code,
        source=SOURCE,
        message=message,
        related_information=related or None,
    )


def _plain(code: str, message: str, where: types.Range) -> types.Diagnostic:
    severity = types.DiagnosticSeverity.Error
    return types.Diagnostic(range=where, severity=severity, code=code, source=SOURCE, message=message)


def _line(document: Document, number: int) -> types.Range:
    """The whole of a line, counted from 1, without the blanks around it."""
    lines = document.lines
    index = min(max(number - 1, 0), len(lines.lines) - 1)
    span = lines.of_lines(index, index)
    return document.range(span.start, span.end)


def _no_python(view: StudyView) -> Iterator[tuple[str, SyntaxError]]:
    """The open modules that are no Python."""
    for path, module in view.modules.items():
        if module.tree is None and key_of(path) in view.documents and Path(path).suffix == ".py":
            try:
                parse(module.text, path)
            except SyntaxError as error:
                yield path, error

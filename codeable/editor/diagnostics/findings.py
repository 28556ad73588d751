"""The findings of a check as diagnostics of the protocol, file by file."""

from collections.abc import Callable, Mapping
from functools import cache

from attrs import evolve
from lsprotocol import types

from codeable.checks import ALL_RULES, Diagnostic, Report
from codeable.checks.formats.describe import with_losses
from codeable.checks.run import check_context
from codeable.editor.diagnostics.module_diagnostics import of_modules
from codeable.editor.diagnostics.moved_lines import MovedLines
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import Document, document_range, uri_of
from codeable.kernel.place import Span
from codeable.lines import Lines

SOURCE = "codeable"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}

_UNDECLARED = "C301"
_IN_NOTES = ("C1", "C2")
_WITH_MODEL = frozenset({"C109", "C111", "C118", "C205", "C212"})
"""Rules about notes that ask the model, too."""

_WITHOUT_EFFECT = frozenset({"C109", "C117"})
"""Rules about what can be taken out; an editor shows it faded."""

Published = Mapping[str, list[types.Diagnostic]]
"""File → its diagnostics."""


def checked(view: StudyView, proceed: Callable[[], None]) -> tuple[Report, Published]:
    """Check a study, and give the report with the diagnostics of every file that has some.

    Args:
        view: The study.
        proceed: Called from time to time; it may raise an error of its own, which ends the check.
    """
    context = view.context(proceed)
    report = check_context(context)
    view.answer_from(context)
    if view.waits_for_model:
        kept = tuple(evolve(one, loses=()) for one in report.diagnostics if _holds_without_model(one, view))
        report = evolve(report, diagnostics=kept)
    return report, published(view, report)


def _holds_without_model(one: Diagnostic, view: StudyView) -> bool:
    """Whether the modules, which are not loaded, have no say in it: what is wrong in the note itself."""
    if one.code == _UNDECLARED:
        name = view.names.at(one.span.path, one.span.start)
        return name is None or not view.names.declarations(name.name)
    return one.code.startswith(_IN_NOTES) and one.code not in _WITH_MODEL


def published(view: StudyView, report: Report) -> Published:
    """The diagnostics of a report in the texts of now, with what does not load and what is no Python."""
    places = Places(view, report)
    found: dict[str, list[types.Diagnostic]] = {}
    for one in report.diagnostics:
        where = places.range(one.span)
        if where is not None:
            found.setdefault(one.span.path, []).append(diagnostic_of(one, where, places))
    for one in of_modules(view):
        where = document_range(view.document(one.span.path), one.span)
        found.setdefault(one.span.path, []).append(diagnostic_of(one, where, places))
    return found


class Places:
    """The places of a report in the texts of now. Modules may have changed since they were loaded."""

    def __init__(self, view: StudyView, report: Report) -> None:
        self._view = view
        self._texts = report.texts
        self._documents: dict[str, tuple[Document, MovedLines | None]] = {}

    def range(self, span: Span) -> types.Range | None:
        """Where a span is now; None where its text was changed."""
        document, moved = self._document(span.path)
        if moved is None:
            return document_range(document, span)
        start, end = moved.offset(span.start), moved.offset(span.end)
        return None if start is None or end is None else document.range(start, end)

    def document(self, path: str) -> Document:
        """The text of now of a file that the report is about."""
        return self._document(path)[0]

    def _document(self, path: str) -> tuple[Document, MovedLines | None]:
        if path not in self._documents:
            now, checked_text = self._view.document(path), self._texts.get(path)
            found: tuple[Document, MovedLines | None]
            if checked_text is None:
                found = (now, None)
            elif not now.text and now.version is None:  # a file that is neither note nor module
                found = (Document.of(path, checked_text, None, now.units), None)
            else:
                found = (
                    now,
                    None if now.text == checked_text else MovedLines(Lines(path, checked_text), now.lines),
                )
            self._documents[path] = found
        return self._documents[path]


def diagnostic_of(one: Diagnostic, where: types.Range, places: Places) -> types.Diagnostic:
    """A finding as a diagnostic of the protocol, at a place of now."""
    message = with_losses(one.message, [one])
    if one.suggestion is not None:
        message = f"{message}\n{one.suggestion}"
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
        code_description=_page(one.code),
        tags=[types.DiagnosticTag.Unnecessary] if one.code in _WITHOUT_EFFECT else None,
    )


@cache
def _page(code: str) -> types.CodeDescription | None:
    """The page of a rule, which a click on its code opens."""
    page = next((rule.page for rule in ALL_RULES if rule.code == code), None)
    return types.CodeDescription(href=uri_of(str(page))) if page is not None else None

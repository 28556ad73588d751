"""Answers which code actions there are for a part of a document, and applies all safe fixes of a study."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from attrs import evolve
from lsprotocol import types

from codeable.checks import ALL_RULES, Diagnostic, Report
from codeable.checks.context import Context
from codeable.checks.fixes import edits_that_fit
from codeable.editor.actions.correction import NAMES, Case, Correction
from codeable.editor.actions.corrections import corrections_of
from codeable.editor.actions.for_modules import corrections_in_module
from codeable.editor.decision_figure import preview_command, view_at
from codeable.editor.diagnostics.findings import SOURCE, Places, diagnostic_of
from codeable.editor.server.checker import StudyChecker
from codeable.editor.server.server import CodeableServer
from codeable.editor.study.study_view import Cursor, StudyView
from codeable.editor.texts.documents import Document, key_of, path_of
from codeable.editor.texts.workspace_edits import EditSupport, EditTarget, edit_support, workspace_edit
from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.text import counted

FIX_ALL = "source.fixAll.codeable"
SHOW_FIGURE = "showFigure.codeable"
FIX_STUDY = "codeable.fixStudy"
_RULES = frozenset(rule.code for rule in ALL_RULES)
_SECONDS = 2.0
"""How long a request waits for the check of the newest text."""


def register(server: CodeableServer) -> None:
    """Register the answers and the command `codeable.fixStudy` [uri]."""
    checks = _Checks(server)
    kinds: list[types.CodeActionKind | str] = [types.CodeActionKind.QuickFix, FIX_ALL, SHOW_FIGURE]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        uri = params.text_document.uri
        last = await checks.newest(uri, params.context.diagnostics)
        if last is None:
            return None
        support = edit_support(server.client_capabilities)

        def answer(view: StudyView, document: Document) -> list[types.CodeAction]:
            return code_actions(view, document, *last, params.range, params.context, support)

        return await server.answer(uri, answer, settings=True)

    @server.command(FIX_STUDY)
    async def fix_study(*arguments: Any) -> None:
        uri = str(arguments[0]) if arguments else ""
        last = await checks.newest(uri)
        support = edit_support(server.client_capabilities)
        edit = None
        if last is not None:
            edit = await server.answer(
                uri, lambda view, _: fixes_of_study(view, last[1], support), settings=True, look=True
            )
        if edit is None:
            server.tell("There is no safe fix in this study", types.MessageType.Info)
            return
        await server.workspace_apply_edit_async(
            types.ApplyWorkspaceEditParams(edit=edit, label="Apply the safe fixes of codeable")
        )


class _Checks:
    """The last check of each study, as soon as it is about the newest text."""

    def __init__(self, server: CodeableServer) -> None:
        self._server = server
        self._checked = asyncio.Event()
        server.after_check.append(self._tell)

    def _tell(self, _: StudyChecker) -> None:
        self._checked.set()

    async def newest(
        self, uri: str, shown: Sequence[types.Diagnostic] = ()
    ) -> tuple[StudyView, Report] | None:
        """The last check of the study that a document belongs to; after some time also one that is older.

        Args:
            uri: The document.
            shown: What the client shows at a place; a check that has found that is new enough.
        """
        checker = self._server.studies.of(path_of(uri))
        if checker is None:
            return None

        def is_enough(view: StudyView, document: Document) -> bool:
            last = checker.last
            return last is not None and (last[0] is view or _has_found(view, document, last[1], shown))

        end = asyncio.get_running_loop().time() + _SECONDS
        while True:
            self._checked.clear()
            enough = await self._server.answer(uri, is_enough, settings=True)
            rest = end - asyncio.get_running_loop().time()
            if enough is None or enough or rest <= 0:
                return checker.last if enough is not None else None
            try:
                await asyncio.wait_for(self._checked.wait(), rest)
            except TimeoutError:
                return checker.last


def _has_found(
    view: StudyView, document: Document, report: Report, shown: Sequence[types.Diagnostic]
) -> bool:
    """Whether a check has found all that a client shows, and the lines of that are as they were."""
    places, key = Places(view, report), key_of(document.path)
    found = [(one.code, places.range(one.span)) for one in report.diagnostics if key_of(one.span.path) == key]
    own = [each for each in shown if each.source == SOURCE]
    of_rules = [(each.code, each.range) for each in own if each.code in _RULES]
    return bool(own) and all(each in found for each in of_rules)


def code_actions(
    view: StudyView,
    document: Document,
    checked: StudyView,
    report: Report,
    where: types.Range,
    asked: types.CodeActionContext,
    support: EditSupport,
) -> list[types.CodeAction]:
    """The code actions for a part of a document.

    Args:
        view: The study as it is now.
        document: The document.
        checked: The study as it was checked.
        report: What was found.
        where: The part.
        asked: The diagnostics that the client shows there, and the kinds of actions that it wants.
        support: What the client can do with edits.
    """
    context = checked.context_for_answers
    places = Places(view, evolve(report, texts=_with_settings(report, context)))
    found: list[types.CodeAction] = []
    if _is_wanted(types.CodeActionKind.QuickFix, asked.only):
        for one, at in _findings_in(report, document, places, where):
            shown = _shown(asked.diagnostics, one, at) or diagnostic_of(one, at, places)
            for correction in corrections_of(Case(one, context)):
                found += _action(correction, shown, places, support)
        found += _of_module(view, document, where, asked)
    if _is_wanted(SHOW_FIGURE, asked.only):
        found += _figure_at(Cursor(view, document, document.offset(where.start)))
    if asked.only and _is_wanted(FIX_ALL, asked.only):
        edits = [
            edit for edit in _safe_edits(report, document.path) if key_of(edit.path) == key_of(document.path)
        ]
        edit = workspace_edit(edits, _target(places), support) if edits else None
        if edit is not None:
            title = f"Apply {counted(len(edits), 'safe fix', 'safe fixes')} of codeable"
            found.append(types.CodeAction(title=title, kind=FIX_ALL, edit=edit))
    return found


def _of_module(
    view: StudyView, document: Document, where: types.Range, asked: types.CodeActionContext
) -> Iterator[types.CodeAction]:
    """What corrects a module that is edited and was not loaded so."""
    for one in asked.diagnostics:
        if one.range.end.line < where.start.line or where.end.line < one.range.start.line:
            continue
        for title, edits, preferred in corrections_in_module(view, document, one):
            yield types.CodeAction(
                title=title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[one],
                is_preferred=preferred or None,
                edit=types.WorkspaceEdit(changes={document.uri: edits}),
            )


def _figure_at(cursor: Cursor) -> Iterator[types.CodeAction]:
    """The action that shows the figure of the decision or bundle at a place; none where none is there."""
    here = cursor.occurrence
    name = view_at(cursor) if here is not None else None
    if name is None or here is None or cursor.view.names.current(here.name) != name:
        return
    title = f"Show the figure of '{name}'"
    command = preview_command(title, cursor.document.uri, cursor.document.position(cursor.offset), name)
    yield types.CodeAction(title=title, kind=SHOW_FIGURE, command=command)


def fixes_of_study(view: StudyView, report: Report, support: EditSupport) -> types.WorkspaceEdit | None:
    """All safe fixes of a study, as `codeable check --fix` applies them; None where there are none."""
    places = Places(view, report)
    edits = list(edits_that_fit(report))
    return workspace_edit(edits, _target(places), support) if edits else None


def _with_settings(report: Report, context: Context) -> dict[str, str]:
    """The texts of a report, and that of the settings, which corrections may change."""
    settings = (
        {} if context.registry is None else {context.settings_file: context.text_of(context.settings_file)}
    )
    return {**settings, **report.texts}


def _findings_in(
    report: Report, document: Document, places: Places, where: types.Range
) -> Iterator[tuple[Diagnostic, types.Range]]:
    """The findings on the lines of a part of a document, with their places of now."""
    key = key_of(document.path)
    for one in report.diagnostics:
        if key_of(one.span.path) == key:
            at = places.range(one.span)
            if at is not None and at.start.line <= where.end.line and where.start.line <= at.end.line:
                yield one, at


def _shown(
    diagnostics: Iterable[types.Diagnostic], one: Diagnostic, at: types.Range
) -> types.Diagnostic | None:
    """The diagnostic that the client shows for a finding."""
    return next((each for each in diagnostics if each.code == one.code and each.range == at), None)


def _action(
    correction: Correction, shown: types.Diagnostic, places: Places, support: EditSupport
) -> Iterator[types.CodeAction]:
    in_module = any(edit.path.endswith(".py") for edit in correction.edits)
    if in_module and not support.snippets and not NAMES.isdisjoint(correction.blanks):
        return  # the module would not load until the names are written over
    edit = workspace_edit(correction.edits, _target(places), support, blanks=correction.blanks)
    if edit is not None:
        yield types.CodeAction(
            title=correction.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[shown],
            is_preferred=correction.preferred or None,
            edit=edit,
        )


def _target(places: Places) -> Callable[[Edit], EditTarget | None]:
    def target(edit: Edit) -> EditTarget | None:
        where = places.range(Span(edit.path, 1, 1, 1, 1, edit.start, edit.end))
        return None if where is None else EditTarget(places.document(edit.path), where)

    return target


def _safe_edits(report: Report, path: str) -> list[Edit]:
    """The safe fixes of a file alone: not those that belong to an edit of another file."""
    key = key_of(path)
    alone = tuple(
        one for one in report.diagnostics if one.edits and all(key_of(edit.path) == key for edit in one.edits)
    )
    renames = tuple(edit for edit in report.renames if path.endswith(".md") and key_of(edit.path) == key)
    return list(edits_that_fit(evolve(report, diagnostics=alone, renames=renames)))


def _is_wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether a client wants a kind of actions: it names the kind, or one above it, or none."""
    if only is None:
        return True
    wanted = [str(getattr(each, "value", each)) for each in only]
    return any(kind == each or kind.startswith(f"{each}.") or each == "" for each in wanted)

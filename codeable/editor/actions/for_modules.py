"""The corrections of a module that was not loaded as it is now: unknown names, and merge conflicts."""

from collections.abc import Iterator

from lsprotocol import types

from codeable.checks.context import Context
from codeable.checks.rules.structure import conflict_of, merge_conflict
from codeable.editor.actions.correction import Case
from codeable.editor.actions.for_traces import versions_of_conflicts
from codeable.editor.diagnostics.module_diagnostics import UNKNOWN_NAME
from codeable.editor.python.imports import ImportsOfModule
from codeable.editor.python.unknown_names import ModuleScopes
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import Document, document_range
from codeable.names.modules import Module

ModuleCorrection = tuple[str, list[types.TextEdit], bool]
"""Title, edits, and whether most people would do it."""


def corrections_in_module(
    view: StudyView, document: Document, shown: types.Diagnostic
) -> Iterator[ModuleCorrection]:
    """What corrects a diagnostic of a module as it is now."""
    module = view.module(document.path)
    if module is not None and shown.code == UNKNOWN_NAME:
        yield from _of_names(view, document, module, shown.range)
    elif module is not None and shown.code == merge_conflict.code:
        yield from _of_conflicts(document, module)


def _of_names(
    view: StudyView, document: Document, module: Module, where: types.Range
) -> Iterator[ModuleCorrection]:
    for one in ModuleScopes(str(view.folder or ""), view.modules).unknown_in(module.path):
        if document_range(document, one.span) != where:
            continue
        if one.file is not None:
            edit = ImportsOfModule(view, module.path, document).edit_for(one.file, one.name)
            yield f"Import '{one.name}'", [edit], True
        for number, name in enumerate(one.near):
            yield f"Write '{name}'", [types.TextEdit(where, name)], number == 0


def _of_conflicts(document: Document, module: Module) -> Iterator[ModuleCorrection]:
    context = Context((), read_modules={module.path: module})
    for one in conflict_of(module):
        for correction in versions_of_conflicts(Case(merge_conflict.diagnostic(one), context)):
            edits = [
                types.TextEdit(document.range(edit.start, edit.end), edit.replacement)
                for edit in correction.edits
            ]
            yield correction.title, edits, False

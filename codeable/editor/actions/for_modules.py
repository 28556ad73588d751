"""The corrections of names in a module that nothing binds, while it is edited: an import, or another name."""

from collections.abc import Iterator

from lsprotocol import types

from codeable.editor.completion.imports import ImportsOfModule
from codeable.editor.documents import Document, document_range
from codeable.editor.study_view import StudyView
from codeable.editor.unknown_names import ModuleScopes


def corrections_in_module(
    view: StudyView, document: Document, where: types.Range
) -> Iterator[tuple[str, types.TextEdit]]:
    """The title and the edit of each correction of the name at a place.

    Args:
        view: The study.
        document: The module.
        where: The place of the name.
    """
    module = view.module(document.path)
    if module is None:
        return
    for one in ModuleScopes(str(view.folder or ""), view.modules).unknown_in(module.path):
        if document_range(document, one.span) != where:
            continue
        if one.file is not None:
            edit = ImportsOfModule(view, module.path, document).edit_for(one.file, one.name)
            yield f"Import '{one.name}'", edit
        for name in one.near:
            yield f"Write '{name}'", types.TextEdit(where, name)

"""Places of a study in the text of a hover: short names of files with a line, which lead there."""

import os
from pathlib import Path

from codeable.editor.hover.markup import Markup
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import uri_of
from codeable.kernel.place import Span


def address_of(view: StudyView, span: Span) -> str:
    """The address of a place, as editors follow it from a hover."""
    return f"{view.document(span.path).uri or uri_of(span.path)}#L{span.line}"


def declaration_of(view: StudyView, name: str) -> str | None:
    """The address of the declaration of a code or source, that in a module first; None without one."""
    declared = view.declarations(name)
    return address_of(view, declared[0]) if declared else None


def place_of(view: StudyView, span: Span, markup: Markup) -> str:
    """A place as a link: the file as seen from the folder of the study, and the line."""
    return markup.link(f"{_shown(view, span.path)}:{span.line}", address_of(view, span))


def _shown(view: StudyView, path: str) -> str:
    if view.folder is None:
        return Path(path).name
    try:
        return Path(os.path.relpath(path, view.folder)).as_posix()
    except ValueError:  # on another drive
        return path

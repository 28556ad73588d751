"""The names of codes in the settings of a study, for hovers, definitions and references."""

from pathlib import Path

from codeable.editor.study.study_view import Cursor, StudyView
from codeable.editor.texts.documents import Document, key_of
from codeable.files import read_file
from codeable.names.in_settings import occurrences_in_settings
from codeable.names.occurrence import Occurrence
from codeable.notes.decoding import decode
from codeable.settings import SETTINGS_FILE


def settings_document(view: StudyView) -> Document | None:
    """The settings of a study with their newest text; None where there is no such file."""
    if view.folder is None:
        return None
    path = view.folder / SETTINGS_FILE
    known = view.documents.get(key_of(str(path)))
    if known is not None:
        return known
    try:
        text = decode(read_file(path))[0]
    except (OSError, ValueError):
        return None
    return Document.of(str(path), text, None, view.units)


def names_in_settings(view: StudyView, name: str) -> tuple[Occurrence, ...]:
    """The places of a name in the settings, also under its old names."""
    document = settings_document(view)
    if document is None or "codeable" not in document.text:
        return ()
    wanted = view.names.current(name)
    found = occurrences_in_settings(document.path, document.text)
    return tuple(one for one in found if view.names.current(one.name) == wanted)


def name_at(cursor: Cursor) -> Occurrence | None:
    """The name at a place of a note, a module or the settings."""
    if cursor.note is not None or cursor.module is not None or Path(cursor.path).name != SETTINGS_FILE:
        return cursor.occurrence
    found = occurrences_in_settings(cursor.path, cursor.document.text)
    return next((one for one in found if one.span.start <= cursor.offset <= one.span.end), None)

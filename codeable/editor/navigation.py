"""Where a name is declared, and where it is used."""

import re
from collections.abc import Sequence

from lsprotocol import types

from codeable.editor.python.imports import StudyImports
from codeable.editor.server.server import CodeableServer
from codeable.editor.study.settings_names import name_at, names_in_settings, settings_document
from codeable.editor.study.study_view import Cursor, StudyView
from codeable.editor.texts.documents import document_range, key_of, range_in_text, uri_of
from codeable.kernel.place import Span
from codeable.names.occurrence import Occurrence

_IMPORT = re.compile(r"\s*(?:from\s+(?P<module>\.*[\w.]*)\s+import\b|import\b)")
_NAME = re.compile(r"[\w.]+")


def register(server: CodeableServer) -> None:
    """Register the answers."""

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location] | None:
        return await server.answer_at(params, definitions_at, settings=True)

    @server.feature(types.TEXT_DOCUMENT_DECLARATION)
    async def declaration(params: types.DeclarationParams) -> list[types.Location] | None:
        return await server.answer_at(params, definitions_at, settings=True)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location] | None:
        declared = params.context.include_declaration
        return await server.answer_at(
            params, lambda cursor: references_at(cursor, declared=declared), settings=True
        )

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def highlight(params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
        return await server.answer_at(params, highlights_at, settings=True)


def definitions_at(cursor: Cursor) -> list[types.Location]:
    """Where the name at a place is declared: in modules, then in notes, then the note of a source.

    At the name of a module in an import it is the file of the module.
    """
    view, name = cursor.view, name_at(cursor)
    declared = declared_at(view, name.name) if name is not None else []
    module = None if declared else _module_at(cursor)
    if module is not None:
        declared = [Span(module, 1, 1, 1, 1)]
    return _locations(view, declared)


def declared_at(view: StudyView, name: str) -> list[Span]:
    """Where a name is declared: in modules, then in notes; of a source the head of its note, too."""
    known = view.code(name)
    notes = view.notes if known is not None and known.kind == "source" else ()
    heads = [
        note.heading.at
        for note in notes
        if note.heading is not None and note.identifier == view.names.current(name) and not note.is_template
    ]
    return [*view.declarations(name), *heads]


def references_at(cursor: Cursor, *, declared: bool) -> list[types.Location]:
    """Where the name at a place is used, or the source in whose head the place is, also in the settings."""
    places = places_of(cursor)
    return _locations(cursor.view, [one.span for one in places if declared or one.role != "declaration"])


def places_of(cursor: Cursor) -> tuple[Occurrence, ...]:
    """The places of the name, or of the source in whose head the place is, also in the settings."""
    found = name_at(cursor)
    name = found.name if found is not None else _source_at(cursor)
    if name is None:
        return ()
    return (*cursor.view.names.of(name), *names_in_settings(cursor.view, name))


def _source_at(cursor: Cursor) -> str | None:
    """The source in whose head a place is."""
    note = cursor.note
    if note is None or note.heading is None:
        return None
    span = note.heading.span
    return note.identifier if span.start <= cursor.offset <= span.end else None


def highlights_at(cursor: Cursor) -> list[types.DocumentHighlight]:
    """The places of the name in the file itself."""
    kinds = types.DocumentHighlightKind
    return [
        types.DocumentHighlight(
            document_range(cursor.document, one.span),
            kinds.Write if one.role == "declaration" else kinds.Read,
        )
        for one in places_of(cursor)
        if one.span.path == cursor.path
    ]


def _module_at(cursor: Cursor) -> str | None:
    """The file of the module that an import names at the place."""
    line, column = cursor.document.lines.lines[cursor.line], cursor.column
    found = _IMPORT.match(line)
    if found is None or cursor.view.folder is None:
        return None
    files, module = StudyImports(cursor.view), found["module"] or ""
    if found.start("module") <= column <= found.end("module"):
        return files.path_of(module, cursor.path)
    names = _NAME.finditer(line, found.end())
    name = next((each[0] for each in names if each.start() <= column <= each.end()), None)
    if name is None:
        return None
    return files.path_of(f"{module}{'.' if module.strip('.') else ''}{name}", cursor.path)


def _locations(view: StudyView, spans: Sequence[Span]) -> list[types.Location]:
    """The places as the protocol has them."""
    found = []
    texts: dict[str, tuple[str, str]] = {}
    for span in spans:
        if span.path not in texts:
            texts[span.path] = _address_and_text(view, span.path)
        uri, text = texts[span.path]
        found.append(types.Location(uri, range_in_text(text, span, view.units)))
    return found


def _address_and_text(view: StudyView, path: str) -> tuple[str, str]:
    opened = view.documents.get(key_of(path))
    read = opened or view.note(path) or view.module(path) or settings_document(view)
    uri = opened.uri if opened is not None else uri_of(path)
    return uri, read.text if read is not None else ""

"""Where a name is declared, and where it is used."""

from lsprotocol import types

from codeable.editor.documents import document_range
from codeable.editor.server import CodeableServer
from codeable.editor.study_view import Cursor, StudyView
from codeable.kernel.place import Span


def register(server: CodeableServer) -> None:
    """Register the answers."""

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location] | None:
        return await server.answer_at(params, definitions_at)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location] | None:
        declared = params.context.include_declaration
        return await server.answer_at(params, lambda cursor: references_at(cursor, declared=declared))


def definitions_at(cursor: Cursor) -> list[types.Location]:
    """Where the name at a place is declared, in modules and notes."""
    name = cursor.occurrence
    if name is None:
        return []
    return [_location(cursor.view, one.span) for one in cursor.view.names.declarations(name.name)]


def references_at(cursor: Cursor, *, declared: bool) -> list[types.Location]:
    """Where the name at a place is used.

    Args:
        cursor: The place.
        declared: Whether its declarations are among them.
    """
    name = cursor.occurrence
    if name is None:
        return []
    places = cursor.view.names.of(name.name)
    return [_location(cursor.view, one.span) for one in places if declared or one.role != "declaration"]


def _location(view: StudyView, span: Span) -> types.Location:
    document = view.document(span.path)
    return types.Location(uri=document.uri, range=document_range(document, span))

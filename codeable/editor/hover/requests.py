"""What an editor shows at a name, a word of the vocabulary, the head of a note."""

from lsprotocol import types
from pygls.capabilities import get_capability

from codeable.editor.hover.codes import code_text
from codeable.editor.hover.markup import Markup, markup_for
from codeable.editor.hover.sources import source_text
from codeable.editor.hover.words import word, word_text
from codeable.editor.python.call_at import call_at
from codeable.editor.server.server import CodeableServer
from codeable.editor.study.known_codes import KnownCode
from codeable.editor.study.settings_names import name_at
from codeable.editor.study.study_view import Cursor, StudyView
from codeable.editor.texts.documents import document_range
from codeable.kernel.place import Span


def register(server: CodeableServer) -> None:
    """Register the answer."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        formats = get_capability(server.client_capabilities, "text_document.hover.content_format")
        markup = markup_for(formats, server.client_name)
        return await server.answer_at(params, lambda cursor: hover_at(cursor, markup), settings=True)


def content(text: str, markup: Markup) -> types.MarkupContent:
    """A text as the protocol has it."""
    kind = types.MarkupKind.PlainText if markup.plain else types.MarkupKind.Markdown
    return types.MarkupContent(kind=kind, value=text)


def known_text(view: StudyView, code: KnownCode, markup: Markup) -> str:
    """What is known of a code or a source, as `hover_at` shows it."""
    return (source_text if code.kind == "source" else code_text)(view, code, markup)


def hover_at(cursor: Cursor, markup: Markup) -> types.Hover | None:
    """What is known of what is at a place; None where it is nothing of a study."""
    view, document = cursor.view, cursor.document
    name = name_at(cursor)
    known = view.code(name.name) if name is not None else None
    if name is not None and known is not None:
        where = document_range(document, name.span)
        return types.Hover(content(known_text(view, known, markup), markup), where)
    head = _head_at(cursor)
    if head is not None:
        code, span = head
        return types.Hover(content(known_text(view, code, markup), markup), document_range(document, span))
    start, end = cursor.word
    meaning = word(document.text[start:end])
    place = call_at(cursor) if meaning is not None else None
    if meaning is None or place is None or place.comment or place.string is not None:
        return None
    return types.Hover(content(word_text(meaning, markup), markup), document.range(start, end))


def _head_at(cursor: Cursor) -> tuple[KnownCode, Span] | None:
    """The source of a note, where the place is in the heading, or in a heading of its metadata."""
    note = cursor.note
    if note is None or note.identifier is None:
        return None
    spans = [each.name_span for each in note.fields]
    if note.heading is not None:
        spans.insert(0, note.heading.span)
    at = next((each for each in spans if each.start <= cursor.offset <= each.end), None)
    known = cursor.view.code(note.identifier)
    return None if at is None or known is None else (known, at)

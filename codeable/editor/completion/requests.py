"""The requests of completion: the list for a place, and the documentation of an item."""

from lsprotocol import types
from pygls.capabilities import get_capability

from codeable.editor.completion.in_modules import offer_in_module
from codeable.editor.completion.in_notes import offer_in_note
from codeable.editor.completion.jupyterlab import for_jupyterlab
from codeable.editor.completion.matching import ClientItems, completion_list
from codeable.editor.hover.markup import Markup, markup_for
from codeable.editor.hover.requests import content, known_text
from codeable.editor.hover.words import word, word_text
from codeable.editor.jupyter import JUPYTERLAB
from codeable.editor.server.server import CodeableServer
from codeable.editor.study.study_view import Cursor, StudyView

_TRIGGERS = [".", "(", "{", "[", ",", ":", "=", " ", '"', "'", "#", "*", "_"]
"""Characters that ask for a list, besides the letters of words. `answer` gives one only where codes fit."""


def register(server: CodeableServer) -> None:
    """Register the answers."""

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=_TRIGGERS, resolve_provider=True),
    )
    async def completion(params: types.CompletionParams) -> types.CompletionList | None:
        client = ClientItems.of(server.client_capabilities)
        typed = params.context.trigger_character if params.context is not None else None

        def ask(cursor: Cursor) -> types.CompletionList | None:
            found = completion_at(cursor, client, typed)
            if found is None or cursor.note is None or server.client_name != JUPYTERLAB:
                return found
            return for_jupyterlab(found, cursor.document, cursor.offset)

        return await server.answer_at(params, ask)

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    async def resolve(item: types.CompletionItem) -> types.CompletionItem:
        data = item.data if isinstance(item.data, dict) else {}
        about, uri = str(data.get("about", "")), str(data.get("uri", ""))
        markup = markup_of(server.client_capabilities, server.client_name)
        text = await server.answer(uri, lambda view, _: documentation(view, about, markup)) if about else None
        item.documentation = content(text, markup) if text else None
        return item


def completion_at(
    cursor: Cursor, client: ClientItems, typed: str | None = None
) -> types.CompletionList | None:
    """What may be written at a place; None where nothing fits.

    Args:
        cursor: The place.
        client: What the client can do.
        typed: The character that asked for the list; None where a user asked, or a letter of a word.
    """
    if typed == " " and not cursor.line_before.strip():
        return None
    if cursor.note is not None:
        offer = offer_in_note(cursor, cursor.note)
    else:
        offer = offer_in_module(cursor) if cursor.module is not None else None
    return completion_list(offer, cursor.document, cursor.offset, client) if offer is not None else None


def documentation(view: StudyView, about: str, markup: Markup) -> str | None:
    """What is known of a code or of a word of the vocabulary."""
    known = view.code(about)
    if known is not None:
        return known_text(view, known, markup)
    meaning = word(about)
    return word_text(meaning, markup) if meaning is not None else None


def markup_of(capabilities: types.ClientCapabilities, client: str = "") -> Markup:
    """How a client wants the documentation of an item."""
    item = "text_document.completion.completion_item"
    return markup_for(get_capability(capabilities, f"{item}.documentation_format"), client)

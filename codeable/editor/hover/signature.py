"""The arguments of the function that is being called, with the one at the cursor."""

from lsprotocol import types
from pygls.capabilities import get_capability

from codeable.editor.hover.markup import Markup, markup_for
from codeable.editor.hover.requests import content
from codeable.editor.hover.words import FunctionWord, method, prose, word
from codeable.editor.python.call_at import call_at
from codeable.editor.python.call_place import OpenBracket
from codeable.editor.server.server import CodeableServer
from codeable.editor.study.study_view import Cursor


def register(server: CodeableServer) -> None:
    """Register the answer."""
    options = types.SignatureHelpOptions(trigger_characters=["(", ","], retrigger_characters=["="])

    @server.feature(types.TEXT_DOCUMENT_SIGNATURE_HELP, options)
    async def signature(params: types.SignatureHelpParams) -> types.SignatureHelp | None:
        known = "text_document.signature_help.signature_information.documentation_format"
        markup = markup_for(get_capability(server.client_capabilities, known), server.client_name)
        return await server.answer_at(params, lambda cursor: signature_at(cursor, markup))


def signature_at(cursor: Cursor, markup: Markup) -> types.SignatureHelp | None:
    """The signature of the innermost call of the vocabulary around a place; None outside of such calls."""
    place = call_at(cursor)
    if place is None or place.comment:
        return None
    for call in reversed(place.brackets):
        meaning = _meaning(call)
        if meaning is not None:
            return types.SignatureHelp([_signature(meaning, markup)], 0, _active(meaning, call))
    return None


def _meaning(call: OpenBracket) -> FunctionWord | None:
    if call.receiver and call.function == "add_links":
        return method()
    found = word(call.function)
    return found if isinstance(found, FunctionWord) else None


def _active(meaning: FunctionWord, call: OpenBracket) -> int | None:
    """The argument at the place; none for one that the function does not have."""
    names = [each.name for each in meaning.parameters]
    if call.keyword:
        return names.index(call.keyword) if call.keyword in names else None
    return call.position if call.position < len(names) else None


def _signature(meaning: FunctionWord, markup: Markup) -> types.SignatureInformation:
    parameters = [
        types.ParameterInformation(meaning.shown(each), content(prose(each.text, markup), markup))
        for each in meaning.parameters
    ]
    documentation = content(prose(meaning.text, markup), markup)
    return types.SignatureInformation(meaning.call, documentation, parameters)

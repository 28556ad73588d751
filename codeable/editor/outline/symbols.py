"""The symbols of a file as an outline, and those of all studies to search in."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from lsprotocol import types
from pygls.capabilities import get_capability

from codeable.editor.outline.entries import kind_of, shown
from codeable.editor.outline.in_modules import module_outline
from codeable.editor.outline.in_notes import note_outline
from codeable.editor.server.server import CodeableServer
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import Document, document_range
from codeable.kernel.place import Span
from codeable.text import initials

_MOST = 200

Symbols = list[types.DocumentSymbol] | list[types.SymbolInformation]


def register(server: CodeableServer) -> None:
    """Register the answers."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(params: types.DocumentSymbolParams) -> Symbols | None:
        known = "text_document.document_symbol.hierarchical_document_symbol_support"
        nested = get_capability(server.client_capabilities, known)

        def answer(view: StudyView, document: Document) -> Symbols:
            found = outline_of(view, document)
            return found if nested else list(_flat(found, document.uri))

        return await server.answer(params.text_document.uri, answer)

    @server.feature(types.WORKSPACE_SYMBOL)
    async def workspace(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        return [one for view in await server.views() for one in found_symbols(view, params.query)][:_MOST]


def outline_of(view: StudyView, document: Document) -> list[types.DocumentSymbol]:
    """The outline of a note or a module."""
    note, module = view.note(document.path), view.module(document.path)
    if note is not None:
        entries = note_outline(view, note)
    else:
        entries = module_outline(view, module) if module is not None else []
    return [each.symbol(document) for each in entries]


def found_symbols(view: StudyView, query: str) -> list[types.WorkspaceSymbol]:
    """The codes and sources of which identifier or display name fits, the best first, at most 200.

    Args:
        view: The study.
        query: Letters that are in the name in this order; empty for all.
    """
    ranks = {name: _rank(query, name, code.name) for name, code in view.codes.items()}
    fitting = {name: rank for name, rank in ranks.items() if rank is not None}
    places = _places(view)
    best = (name for name in sorted(fitting, key=fitting.__getitem__) if name in places)
    chosen = {name: places[name] for name in islice(best, _MOST)}
    documents = {path: view.document(path) for path in dict.fromkeys(span.path for span in chosen.values())}
    found = []
    for name, span in chosen.items():
        code, document = view.codes[name], documents[span.path]
        named = f" {code.title}" if code.title else ""
        found.append(
            types.WorkspaceSymbol(
                location=types.Location(document.uri, document_range(document, span)),
                name=shown(f"{code.identifier}{named}"),
                kind=kind_of(code.kind),
                container_name=code.kind,
            )
        )
    return found


def _places(view: StudyView) -> Mapping[str, Span]:
    """Where each name is declared: in a module, else in a note; else the head of the note of a source."""
    found: dict[str, Span] = {}
    for path in (*view.modules, *(note.path for note in view.notes)):
        for one in view.occurrences.get(path, ()):
            if one.role == "declaration":
                found.setdefault(view.names.current(one.name), one.span)
    for note in view.notes:
        if note.identifier is not None and note.heading is not None and not note.is_template:
            found.setdefault(note.identifier, note.heading.at)
    return found


def _rank(query: str, identifier: str, name: str) -> int | None:
    """How well a name fits, 0 best; None where it does not."""
    wanted = "".join(query.casefold().replace("_", " ").split())
    texts = [text.casefold().replace("_", " ") for text in (identifier, name)]
    joined = ["".join(text.split()) for text in texts]
    if any(text.startswith(wanted) for text in joined):
        return 0
    if any(word.startswith(wanted) for text in texts for word in text.split()):
        return 1
    if wanted in joined or any(wanted in text for text in joined):
        return 2
    if any(initials(text.replace(" ", "_")).startswith(wanted) for text in texts if text):
        return 3
    return 4 if any(_has_letters(wanted, text) for text in joined) else None


def _has_letters(wanted: str, text: str) -> bool:
    """Whether a text has some letters in their order."""
    rest = iter(text)
    return all(letter in rest for letter in wanted)


def _flat(
    found: Sequence[types.DocumentSymbol], uri: str, container: str | None = None
) -> Iterator[types.SymbolInformation]:
    """The outline for a client that shows none of several levels."""
    for one in found:
        yield types.SymbolInformation(
            types.Location(uri, one.range), one.name, one.kind, container_name=container
        )
        yield from _flat(one.children or (), uri, one.name)

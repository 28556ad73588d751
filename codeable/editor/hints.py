"""Inlay hints: behind an identifier the display name, where it says more, and the number of sources."""

from collections.abc import Iterator

from lsprotocol import types

from codeable.editor.server.options import EditorOptions
from codeable.editor.server.server import CodeableServer
from codeable.editor.study.known_codes import KnownCode
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import Document
from codeable.names.occurrence import Occurrence
from codeable.text import counted, on_one_line, printable, shortened, slug

_LONGEST = 20
"""VS Code shows 43 characters of all hints of a line: two names with their numbers."""


def register(server: CodeableServer) -> None:
    """Register the answer."""

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def hints(params: types.InlayHintParams) -> list[types.InlayHint] | None:
        options = server.options
        if not (options.inlay_hints_names or options.inlay_hints_sources):
            return None
        return await server.answer(
            params.text_document.uri,
            lambda view, document: hints_in(view, document, params.range, options),
        )


def hints_in(
    view: StudyView, document: Document, where: types.Range, options: EditorOptions
) -> list[types.InlayHint]:
    """The hints in a range of a file.

    Declarations, imports and the prose of memos have none. A display name that only repeats the identifier,
    as "Event Bus" behind `event_bus`, is left out.
    """
    start, end = document.offset(where.start), document.offset(where.end)
    hints = []
    for one in view.names_in(document):
        code = view.code(one.name) if _is_shown(one, start, end) else None
        label = _label(code, options) if code is not None else ""
        if code is not None and label:
            hints.append(
                types.InlayHint(
                    position=document.position(one.span.end),
                    label=label,
                    padding_left=True,
                    tooltip=_tooltip(code),
                )
            )
    return hints


def _is_shown(one: Occurrence, start: int, end: int) -> bool:
    return one.role in ("use", "listed") and start <= one.span.end <= end


def _label(code: KnownCode, options: EditorOptions) -> str:
    return " ".join(_parts(code, options))


def _parts(code: KnownCode, options: EditorOptions) -> Iterator[str]:
    name = printable(shortened(on_one_line(code.name), _LONGEST))
    if options.inlay_hints_names and name and slug(code.name) != slug(code.identifier):
        yield name
    if options.inlay_hints_sources and code.kind != "source":
        yield f"({len(code.sources)})"


def _tooltip(code: KnownCode) -> str:
    named = f" “{code.title}”" if code.title else ""
    number = "" if code.kind == "source" else f", {counted(len(code.sources), 'source')}"
    return printable(f"{code.kind}{named}{number}")

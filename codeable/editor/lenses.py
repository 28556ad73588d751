"""Code lenses: above each declaration the number of sources, decisions, options and so on.

A click shows the references, where the client has the command for it. A second lens of a decision or bundle
shows its figure.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability

from codeable.editor.decision_figure import preview_command
from codeable.editor.server.any_json import experimental
from codeable.editor.server.checker import StudyChecker
from codeable.editor.server.server import CodeableServer
from codeable.editor.study.known_codes import KnownCode
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import Document
from codeable.kernel.place import Span
from codeable.text import counted

SHOW_REFERENCES = "codeable.showReferences"
"""A command of the client: the address of a file and a position, of which it shows the references."""

_DRAWN = ("decision", "bundle")


def register(server: CodeableServer) -> None:
    """Register the answer, and ask the client to ask again when the numbers have changed."""

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def lenses(params: types.CodeLensParams) -> list[types.CodeLens] | None:
        if not server.options.code_lenses:
            return None
        commands = commands_of(server.client_capabilities)
        return await server.answer(
            params.text_document.uri, lambda view, document: lenses_of(view, document, commands)
        )

    shown: dict[str, Mapping[str, KnownCode]] = {}

    def checked(checker: StudyChecker) -> None:
        if checker.last is not None:
            server.begin(compare(checker.last[0]))

    async def compare(view: StudyView) -> None:
        """Ask again where the numbers have changed; also the first time: they were asked for before."""
        codes = await asyncio.to_thread(lambda: view.codes)
        before = shown.get(str(view.folder))
        shown[str(view.folder)] = codes
        if before != codes:
            ask_again()

    def ask_again() -> None:
        if get_capability(server.client_capabilities, "workspace.code_lens.refresh_support"):
            server.workspace_code_lens_refresh(None)
        if get_capability(server.client_capabilities, "workspace.inlay_hint.refresh_support"):
            server.workspace_inlay_hint_refresh(None)

    server.after_check.append(checked)
    server.after_options.append(ask_again)


def commands_of(capabilities: types.ClientCapabilities) -> frozenset[str]:
    """The commands that a client says to have, in its experimental capabilities."""
    given = experimental(capabilities, "commands", "commands")
    return frozenset(each for each in given or () if isinstance(each, str))


def lenses_of(view: StudyView, document: Document, commands: frozenset[str]) -> list[types.CodeLens]:
    """The lenses of a file: above each declaration of a code or source, and above the head of a note."""
    parts = _Numbers(view)
    found = []
    for span, code in _declared(view, document):
        title = " · ".join(parts.of(code))
        where = document.range(span.start, span.end)
        command = SHOW_REFERENCES if SHOW_REFERENCES in commands else ""
        place = {"line": where.start.line, "character": where.start.character}
        arguments: list[Any] | None = [document.uri, place] if command else None
        if title:
            found.append(
                types.CodeLens(where, types.Command(title=title, command=command, arguments=arguments))
            )
        if code.in_model and code.kind in _DRAWN:
            figure = preview_command("figure", document.uri, where.start, code.identifier)
            found.append(types.CodeLens(where, figure))
    return found


def _declared(view: StudyView, document: Document) -> Iterator[tuple[Span, KnownCode]]:
    note = view.note(document.path)
    if note is not None and note.heading is not None and note.identifier and not note.is_template:
        code = view.code(note.identifier)
        if code is not None:
            yield note.heading.at, code
    for one in view.names_in(document):
        code = view.code(one.name) if one.role == "declaration" else None
        if code is not None:
            yield one.span, code


class _Numbers:
    """The numbers of each code."""

    def __init__(self, view: StudyView) -> None:
        codes = view.codes.values()
        self._options = Counter(decision for code in codes for decision in code.decisions)
        self._codes = Counter(source for code in codes for source in code.sources if code.kind != "source")
        self._passages = Counter({note.identifier: len(note.passages) for note in view.notes})

    def of(self, code: KnownCode) -> Iterator[str]:
        """What the lens of a code says."""
        name = code.identifier
        if code.kind == "source":
            yield counted(self._codes[name], "code")
            if self._passages[name]:
                yield counted(self._passages[name], "passage")
            return
        yield counted(len(code.sources), "source")
        if code.kind == "decision":
            yield counted(self._options[name], "option")
        elif code.decisions:
            yield counted(len(code.decisions), "decision")

"""Shows the figure of a decision beside its module. It is drawn again after each load of the study.

Commands for clients:

* `codeable.preview` `[uri, position, name]` draws the figure of a view; where no name is given, that of the
  place in a note or module. It replies `{name, title, path, svg, parts, note}`: the file and the SVG of the
  first part, `[{path, svg}]` of all parts, and a text to be shown above the figure, which may be empty. Where
  there is nothing to draw it replies null, and shows a message.
* `codeable.closePreview` `[name]` ends drawing it again.
* `codeable.views` `[uri]` replies `[{name, title, kind}]`: all that can be drawn.

The notification `codeable/figureChanged` has the reply again when the figure or its note has changed. A
client that shows figures itself has `{"codeable": {"figures": true}}` in `capabilities.experimental`. Any
other client gets the path in a message, and is asked to open the file if it can.
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from attrs import define
from lsprotocol import types
from pygls.capabilities import get_capability

from codeable.editor.decision_figure import (
    PREVIEW,
    DecisionFigure,
    draw_figure,
    figure_folder,
    view_at,
    why_not_drawn,
)
from codeable.editor.server.any_json import experimental, position_of
from codeable.editor.server.checker import LoadState, StudyChecker
from codeable.editor.server.server import CodeableServer
from codeable.editor.study.study_process import LoadedModel, LoadProblem
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import path_of, uri_of
from codeable.errors import CodeableError

FIGURE_CHANGED = "codeable/figureChanged"
_MOST_SHOWN = 20

Reply = Mapping[str, object]


def register(server: CodeableServer) -> None:
    """Register the commands."""
    previews = _Previews(server)

    @server.command(PREVIEW)
    async def preview(*arguments: Any) -> Reply | None:
        uri, position, name = (*arguments, None, None, None)[:3]
        if not isinstance(uri, str):
            server.tell(f"{PREVIEW} needs the address of a note or module, and a place in it")
            return None
        return await previews.show(
            uri, position_of(position) or types.Position(line=0, character=0), str(name) if name else None
        )

    @server.command("codeable.closePreview")
    def close_preview(*arguments: Any) -> None:
        for name in arguments:
            previews.close(str(name))

    @server.command("codeable.views")
    async def views(*arguments: Any) -> list[Reply]:
        view = await previews.loaded(str(arguments[0])) if arguments else None
        if view is None or view.study is None:
            return []
        try:
            found = view.study.views
        except CodeableError as error:  # two views of one file name
            server.tell(error.message)
            return []
        return [{"name": each.identifier, "title": each.title, "kind": each.kind} for each in found]

    server.on_load.append(previews.load_changed)


@define(eq=False)
class _Shown:
    """A figure that is shown, and the model that it was drawn from."""

    checker: StudyChecker
    folder: Path
    model: LoadedModel
    figure: DecisionFigure
    error: str = ""
    sent: Reply | None = None

    def reply(self, problem: LoadProblem | None) -> Reply:
        parts = [{"path": str(path), "svg": svg} for path, svg in self.figure.parts]
        reasons = [problem.message if problem is not None else "", self.error]
        notes = [f"This is the figure of an earlier state: {reason}" for reason in reasons if reason]
        about = {"name": self.figure.name, "title": self.figure.title}
        return {**about, **parts[0], "parts": parts, "note": "\n".join(notes[:1] or self.figure.messages)}


class _Previews:
    """The figures that a client shows. Its methods are called in the event loop."""

    def __init__(self, server: CodeableServer) -> None:
        self._server = server
        self._shown: dict[tuple[Path, str], _Shown] = {}
        self._folders: dict[Path, Path] = {}
        self._drawer = ThreadPoolExecutor(1, "codeable-figure")
        self._states: WeakKeyDictionary[StudyChecker, LoadState] = WeakKeyDictionary()
        self._load_ended = asyncio.Event()

    async def loaded(self, uri: str) -> StudyView | None:
        """The study that a document belongs to, as soon as it is loaded, or cannot be."""
        checker = self._server.studies.of(path_of(uri))
        while True:
            self._load_ended.clear()
            view = await self._server.answer(uri, lambda view, _: view)
            is_loading = checker is not None and self._states.get(checker, "loading") == "loading"
            if view is None or view.folder is None or view.model is not None or not is_loading:
                return view
            try:
                await asyncio.wait_for(self._load_ended.wait(), self._server.options.load_seconds)
            except TimeoutError:
                return view

    async def show(self, uri: str, position: types.Position, name: str | None) -> Reply | None:
        """Draw a figure, and keep it drawn."""
        path = path_of(uri)
        view, checker = await self.loaded(uri), self._server.studies.of(path)
        if view is None or view.folder is None or checker is None:
            self._server.tell(f"{path} is neither a note nor a module of a study, so it has no figure")
            return None
        place = types.TextDocumentPositionParams(types.TextDocumentIdentifier(uri), position)
        name = name or await self._server.answer_at(place, view_at)
        if view.model is None or name is None:
            not_loaded = self._states.get(checker) == "notLoaded"
            self._server.tell(why_not_drawn(view, name, not_loaded=not_loaded))
            return None
        if view.folder not in self._folders:
            self._folders[view.folder] = figure_folder(view.folder)
        folder = self._folders[view.folder]
        try:
            figure = await self._drawn(view.model, name, folder)
        except CodeableError as error:
            self._server.tell(why_not_drawn(view, name, error.message))
            return None
        shown = _Shown(checker, folder, view.model, figure)
        open_studies = self._server.studies.all()
        others = [
            (key, each)
            for key, each in self._shown.items()
            if each.checker in open_studies and key != (folder, figure.name)
        ]
        self._shown = dict([*others, ((folder, figure.name), shown)][-_MOST_SHOWN:])
        if not experimental(self._server.client_capabilities, "codeable", "figures"):
            self._open(figure)
        shown.sent = shown.reply(view.problem)
        return shown.sent

    def close(self, name: str) -> None:
        """Draw the figures of a name no longer."""
        self._shown = {key: each for key, each in self._shown.items() if key[1] != name}

    def load_changed(self, checker: StudyChecker, state: LoadState) -> None:
        """Draw the figures of a study again after it was loaded."""
        self._states[checker] = state
        if state == "loading":
            return
        self._load_ended.set()
        if any(each.checker is checker for each in self._shown.values()):
            self._server.begin(self._redraw(checker))

    async def _redraw(self, checker: StudyChecker) -> None:
        for shown in list(self._shown.values()):
            if shown.checker is not checker or checker.last is None:
                continue
            view = checker.last[0]
            if view.model is not None and view.model is not shown.model:
                shown.model = view.model
                try:
                    shown.figure = await self._drawn(view.model, shown.figure.name, shown.folder)
                    shown.error = ""
                except Exception as error:  # the figure before stays; its note has the reason
                    shown.error = str(error) or type(error).__name__
            reply = shown.reply(view.problem)
            if reply != shown.sent:
                shown.sent = reply
                self._server.protocol.notify(FIGURE_CHANGED, reply)

    async def _drawn(self, model: LoadedModel, name: str, folder: Path) -> DecisionFigure:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._drawer, draw_figure, model.study, name, folder)

    def _open(self, figure: DecisionFigure) -> None:
        """Tell where the figure is, and ask the client to open it with the program for pictures."""
        path = figure.parts[0][0]
        self._server.tell(f"{figure.name}: {path}", types.MessageType.Info)
        if get_capability(self._server.client_capabilities, "window.show_document.support"):
            self._server.window_show_document(types.ShowDocumentParams(uri=uri_of(str(path)), external=True))

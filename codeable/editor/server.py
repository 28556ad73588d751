"""The language server: documents, studies, checks, and how a feature gets the view that it answers from.

Each feature is in a module of its own, with a function `register(server)`; `features` lists them.
"""

import asyncio
import importlib.metadata
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from codeable.editor.checker import StudyChecker
from codeable.editor.diagnostics import Published
from codeable.editor.documents import Document, Documents, key_of, path_of, uri_of
from codeable.editor.editor_study import EditorStudy
from codeable.editor.options import EditorOptions, options_of
from codeable.editor.study_process import Loader
from codeable.editor.study_view import Cursor, StudyView
from codeable.errors import CodeableError
from codeable.notes.identity import identifier_of_file, is_template_file
from codeable.notes.reader import read_text
from codeable.settings import SETTINGS_FILE, is_study, study_above

R = TypeVar("R")


class PlaceParams(Protocol):
    """The parameters of a request about a place in a document."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


_READERS = 4
_MOST_CHECKED_ALONE = 200_000


class CodeableServer(LanguageServer):
    """The server of one client.

    Attributes:
        documents: The open documents.
        options: What the user has switched.
    """

    def __init__(self) -> None:
        super().__init__("codeable", importlib.metadata.version("codeable"))
        self.documents = Documents()
        self.options = EditorOptions()
        self._checkers: dict[str, StudyChecker] = {}
        self._folders: dict[str, Path | None] = {}
        self._published: dict[str, set[str]] = {}
        self._loaders: list[Loader] = []
        self._readers = ThreadPoolExecutor(_READERS, "codeable-request")
        self._after_check: list[Callable[[StudyChecker], None]] = []

    # -- what features ask

    async def answer(self, uri: str, question: Callable[[StudyView, Document], R]) -> R | None:
        """Ask something about an open document, in a thread; None where no study reads it.

        Args:
            uri: The address of the document.
            question: Gets the study and the document, as they are when it is asked.
        """
        document = self.documents.get(path_of(uri))
        checker = self.checker_of(path_of(uri))
        if document is None or checker is None:
            return None
        documents = self.documents.snapshot()

        def work() -> R | None:
            view = checker.study.view(documents)
            is_read = view.note(document.path) is not None or view.module(document.path) is not None
            return question(view, document) if is_read else None

        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    async def answer_at(self, params: PlaceParams, question: Callable[[Cursor], R]) -> R | None:
        """Ask something about a place in an open document, in a thread; None where no study reads it.

        Args:
            params: The document and the place.
            question: Gets the place.
        """
        return await self.answer(
            params.text_document.uri,
            lambda view, document: question(Cursor(view, document, document.offset(params.position))),
        )

    async def views(self) -> list[StudyView]:
        """The studies of which files were opened."""
        documents, checkers = self.documents.snapshot(), list(self._checkers.values())

        def work() -> list[StudyView]:
            return [checker.study.view(documents) for checker in checkers]

        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    def checker_of(self, path: str) -> StudyChecker | None:
        """The checker of the study that a file belongs to; one of its own for a note without a study."""
        folder = self._folder_of(path)
        if folder is None and not self._is_note_alone(path):
            return None
        key = key_of(str(folder)) if folder is not None else ""
        if key not in self._checkers:
            loader = Loader(self.options.load_seconds)
            self._loaders.append(loader)
            self._checkers[key] = StudyChecker(
                EditorStudy(folder, loader),
                self.documents.snapshot,
                lambda found, key=key: self._publish(key, found),  # type: ignore[misc]
                self._failed,
            )
            if folder is not None and self.options.load_modules != "never":
                self._checkers[key].want_load()
        return self._checkers[key]

    # -- what happens to files

    def changed(self, path: str, *, saved: bool = False) -> None:
        """Check again after a change of a file; load before where a saved file is one of the model."""
        if Path(path).name == SETTINGS_FILE:
            self._folders.clear()
        checker = self.checker_of(path)
        if checker is None:
            return
        is_of_model = path.endswith(".py") or Path(path).name == SETTINGS_FILE
        if saved and is_of_model and self.options.load_modules != "never":
            checker.want_load()
        else:
            checker.want_check(0.0 if saved else self.options.check_delay / 1000)

    def take_options(self, given: object) -> None:
        """Take the options that the client sends, and tell it what is wrong with them."""
        self.options, problems = options_of(given, self.options)
        for loader in self._loaders:
            loader.seconds = self.options.load_seconds
        for problem in problems:
            self.tell(problem)

    def tell(self, message: str, kind: types.MessageType = types.MessageType.Warning) -> None:
        """Show a message to the user."""
        self.window_show_message(types.ShowMessageParams(type=kind, message=message))

    def close_all(self) -> None:
        """End every check and every child process."""
        for checker in self._checkers.values():
            checker.close()
        for loader in self._loaders:
            loader.close()
        self._readers.shutdown(wait=False, cancel_futures=True)

    def _folder_of(self, path: str) -> Path | None:
        """The folder of the study that a file belongs to: the nearest above it, else an open folder."""
        if path not in self._folders:
            self._folders[path] = self._find_folder(path)
        return self._folders[path]

    def _find_folder(self, path: str) -> Path | None:
        if not Path(path).is_absolute():
            return None
        try:
            above = study_above(Path(path))
            if above is not None:
                return above
            folders = [Path(path_of(each.uri)) for each in self.workspace.folders.values()]
            inside = [each for each in folders if Path(path).is_relative_to(each)]
            return next((each for each in inside if is_study(each)), None)
        except CodeableError:  # settings that are no TOML; the study says so as soon as it is loaded
            return next((each for each in Path(path).parents if (each / SETTINGS_FILE).is_file()), None)

    def _is_note_alone(self, path: str) -> bool:
        """Whether a file without a study is a field note by its name or its heading."""
        document = self.documents.get(path)
        if document is None or not path.endswith(".md") or len(document.text) > _MOST_CHECKED_ALONE:
            return False
        if identifier_of_file(path) is not None or is_template_file(path):
            return True
        note = read_text(document.text, path)
        return note.heading is not None and note.heading.number is not None

    def _publish(self, key: str, found: Published) -> None:
        """Send the diagnostics, and take back those of files that have none any more."""
        before = self._published.get(key, set())
        self._published[key] = set(found)
        for path in sorted({*before, *found}):
            document = self.documents.get(path)
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(
                    uri=document.uri if document is not None else uri_of(path),
                    diagnostics=found.get(path, []),
                    version=document.version if document is not None else None,
                )
            )
        for tell in self._after_check:
            tell(self._checkers[key])

    def after_check(self, tell: Callable[[StudyChecker], None]) -> None:
        """Have a function called after each check, in the event loop."""
        self._after_check.append(tell)

    def _failed(self, error: BaseException) -> None:
        """Tell of a fault of codeable itself; what is open stays open."""
        self.window_log_message(
            types.LogMessageParams(type=types.MessageType.Error, message=_with_trace(error))
        )
        self.tell(
            f"codeable could not check the study: {type(error).__name__}: {error}", types.MessageType.Error
        )


def make_server() -> CodeableServer:
    """The server with all its features."""
    from codeable.editor.features import FEATURES

    server = CodeableServer()
    for register in FEATURES:
        register(server)
    return server


def serve() -> None:
    """Serve one client over standard input and output, until it goes away."""
    reader, writer = _take_over_streams()
    sys.setswitchinterval(0.001)  # an answer must not wait for a check
    server = make_server()
    try:
        server.start_io(reader, writer)
    finally:
        server.close_all()


def _take_over_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipes of the client, under numbers of their own: nothing that is printed may end up in them."""
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return reader, writer


def _with_trace(error: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(error))

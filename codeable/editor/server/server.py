"""The language server: documents, studies, checks, and how a feature gets the view that it answers from.

Each feature is in a module of its own, with a function `register(server)`; `features` lists them.
"""

import asyncio
import importlib.metadata
import logging
import traceback
from collections.abc import Callable, Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, TypeVar

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcInternalError
from pygls.lsp.server import LanguageServer

from codeable.editor.diagnostics.findings import Published
from codeable.editor.server.checker import LoadState, StudyChecker
from codeable.editor.server.open_studies import OpenStudies
from codeable.editor.server.options import EditorOptions, options_of
from codeable.editor.server.protocol import EditorProtocol
from codeable.editor.server.publisher import Publisher
from codeable.editor.study.study_view import Cursor, StudyView
from codeable.editor.texts.documents import Document, Documents, path_of
from codeable.settings import SETTINGS_FILE

R = TypeVar("R")

_log = logging.getLogger("codeable.editor")


class PlaceParams(Protocol):
    """The parameters of a request about a place in a document."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


_READERS = 4


class CodeableServer(LanguageServer):
    """The server of one client.

    Attributes:
        documents: The open documents.
        studies: The studies of which files are open.
        options: What the user has switched.
        options_are_known: Whether the client has sent its options, or has none.
        publisher: Sends diagnostics.
        client_name: The name of the client; empty where it says none.
        was_shut_down: Whether the client has asked to shut down.
        last_asked: When a feature was asked last, by the clock of the event loop.
        after_check: Functions of features that are called in the event loop after each check.
        after_options: The same after the options have changed.
        on_load: The same when a load begins or ends.
        when_initialized: The same when the client is ready.
        has_seen_client: Whether the process of the client was seen.
    """

    protocol: EditorProtocol

    def __init__(self) -> None:
        super().__init__("codeable", importlib.metadata.version("codeable"), protocol_cls=EditorProtocol)
        self.documents = Documents()
        self.studies = OpenStudies(self.documents, self)
        self.options = self._first_options = EditorOptions()
        self.options_are_known = True
        self.publisher = Publisher(self)
        self.client_name = ""
        self.was_shut_down = False
        self.has_seen_client = False
        self.last_asked = 0.0
        self._readers = ThreadPoolExecutor(_READERS, "codeable-request")
        self.after_check: list[Callable[[StudyChecker], None]] = []
        self.after_options: list[Callable[[], None]] = []
        self.on_load: list[Callable[[StudyChecker, LoadState], None]] = []
        self.when_initialized: list[Callable[[], None]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._told: set[str] = set()

    # -- what features ask

    async def answer(
        self,
        uri: str,
        question: Callable[[StudyView, Document], R],
        *,
        settings: bool = False,
        look: bool = False,
    ) -> R | None:
        """Ask something about a file, open or not, in a thread; None where no study reads it.

        Args:
            uri: The address of the file.
            question: Gets the study and the document, as they are when it is asked.
            settings: Whether it may be asked about the settings of the study, too.
            look: Whether to look first for files that were saved since the last check, as an edit of them
                needs.
        """
        path = path_of(uri)
        checker = self.studies.of(path)
        self.last_asked = asyncio.get_running_loop().time()
        if checker is None:
            return None
        if not checker.has_begun:
            checker.want_check()
        documents = self.documents.snapshot()

        def work() -> R | None:
            view = checker.study.view(documents, look=look)
            if Path(path).name == SETTINGS_FILE:
                return question(view, view.document(path)) if settings else None
            if not view.reads(path):  # it was made since the last check
                view = checker.study.view(documents)
            return question(view, view.document(path)) if view.reads(path) else None

        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    async def answer_at(
        self,
        params: PlaceParams,
        question: Callable[[Cursor], R],
        *,
        settings: bool = False,
        look: bool = False,
    ) -> R | None:
        """Ask something about a place in a file, in a thread; None where no study reads it.

        Args:
            params: The document and the place.
            question: Gets the place.
            settings: Whether it may be asked about the settings of the study, too.
            look: As in `answer`.
        """
        return await self.answer(
            params.text_document.uri,
            lambda view, document: question(Cursor(view, document, document.offset(params.position))),
            settings=settings,
            look=look,
        )

    async def views(self) -> list[StudyView]:
        """The studies of which files were opened."""
        documents, checkers = self.documents.snapshot(), self.studies.all()

        def work() -> list[StudyView]:
            return [checker.study.view(documents, look=False) for checker in checkers]

        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin a task in the event loop; the loop itself keeps none."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def initialized(self) -> None:
        """The client is ready."""
        self._call(self.when_initialized)

    # -- what the client says

    def begin_with_options(self, given: object) -> None:
        """Take the options that hold where the client sends no others later."""
        self._take(given)
        self._first_options = self.options

    def take_options(self, given: object) -> None:
        """Take the options that the client sends once it is ready, and do what depends on them again."""
        before = self.options
        self._take(given)
        self.options_are_known = True
        if self.options != before:
            self._call(self.after_options)
        self.studies.check_again(self.options.load_seconds)

    def _take(self, given: object) -> None:
        self.options, problems = options_of(given, self._first_options)
        self.studies.load_seconds = self.options.load_seconds
        for problem in problems:
            self.tell(problem)

    def tell(self, message: str, kind: types.MessageType = types.MessageType.Warning) -> None:
        """Show a message to the user."""
        self.window_show_message(types.ShowMessageParams(type=kind, message=message))

    def close_all(self) -> None:
        """End every check and every child process."""
        self.studies.close()
        self._readers.shutdown(wait=False, cancel_futures=True)

    # -- what a checker asks

    def documents_now(self) -> Mapping[str, Document]:
        """The open documents."""
        return self.documents.snapshot()

    def may_load(self, view: StudyView) -> bool:
        """Whether the modules of a study may be run without being asked for."""
        return self.options_are_known and self.options.load_modules != "never" and view.folder is not None

    def publish(self, checker: StudyChecker, found: Published) -> None:
        """Send the diagnostics, and take back those of files that have none any more."""
        self.publisher.publish(checker, found, self.documents.snapshot())
        self._call(self.after_check, checker)

    def load_changed(self, checker: StudyChecker, state: LoadState) -> None:
        """Say that a load has begun or ended."""
        self._call(self.on_load, checker, state)

    def _call(self, functions: Iterable[Callable[..., None]], *arguments: object) -> None:
        """Call functions of features; a fault of one ends no other."""
        for function in functions:
            try:
                function(*arguments)
            except Exception as error:
                self.failed(error)

    def receive(self, body: bytes) -> None:
        """Do what a message of the client says."""
        try:
            self.protocol.receive(body)
        except Exception as error:
            self.failed(error)

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Tell of a fault of codeable; not of what a client does wrong, and is answered."""
        if source is not FeatureRequestError or isinstance(error, JsonRpcInternalError):
            self.failed(error)
        else:
            _log.warning("refused: %s", error)

    def failed(self, error: BaseException) -> None:
        """Tell of a fault of codeable itself, once; what is open stays open."""
        if isinstance(error, JsonRpcInternalError):  # pygls has put the error of a feature into it
            trace, what = "".join([*(error.data or {}).get("traceback", ()), error.message]), error.message
        else:
            trace = "".join(traceback.format_exception(error))
            what = f"{type(error).__name__}: {error}"
        _log.error("%s", trace)
        self.window_log_message(types.LogMessageParams(type=types.MessageType.Error, message=trace))
        if what not in self._told:
            self._told.add(what)
            self.tell(
                f"this is a fault of codeable; the rest goes on. {what}",
                types.MessageType.Error,
            )

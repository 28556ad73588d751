"""The language server: documents, studies, checks, and how a feature gets the view that it answers from.

Each feature is in a module of its own, with a function `register(server)`; `features` lists them.
"""

import asyncio
import importlib.metadata
import traceback
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TypeVar

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcException
from pygls.lsp.server import LanguageServer

from codeable.editor.checker import LoadState, StudyChecker
from codeable.editor.diagnostics import Published
from codeable.editor.documents import Document, Documents, key_of, path_of
from codeable.editor.editor_study import EditorStudy
from codeable.editor.options import EditorOptions, options_of
from codeable.editor.protocol import EditorProtocol
from codeable.editor.publisher import Publisher
from codeable.editor.study_folders import StudyFolders, is_note_alone
from codeable.editor.study_process import Loader
from codeable.editor.study_view import Cursor, StudyView
from codeable.settings import SETTINGS_FILE

R = TypeVar("R")


class PlaceParams(Protocol):
    """The parameters of a request about a place in a document."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


_READERS = 4
_MOST_LOOKED_UP = 50
"""Of so many saved files the studies are found. More are saved by a program such as git: all are checked."""


class CodeableServer(LanguageServer):
    """The server of one client.

    Attributes:
        documents: The open documents.
        options: What the user has switched.
        options_are_known: Whether the client has sent its options, or has none.
        publisher: Sends diagnostics.
        client_name: The name of the client; empty where it says none.
        was_shut_down: Whether the client has asked to shut down.
        has_seen_client: Whether the process of the client was seen.
    """

    def __init__(self) -> None:
        super().__init__("codeable", importlib.metadata.version("codeable"), protocol_cls=EditorProtocol)
        self.documents = Documents()
        self.options = self._first_options = EditorOptions()
        self.options_are_known = True
        self.publisher = Publisher(self)
        self.client_name = ""
        self.was_shut_down = False
        self.has_seen_client = False
        self._folders = StudyFolders()
        self._checkers: dict[str, StudyChecker] = {}
        self._loaders: dict[str, Loader] = {}
        self._readers = ThreadPoolExecutor(_READERS, "codeable-request")
        self._after_check: list[Callable[[StudyChecker], None]] = []
        self._after_options: list[Callable[[], None]] = []
        self._on_load: list[Callable[[StudyChecker, LoadState], None]] = []
        self._when_initialized: list[Callable[[], None]] = []
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
        """Ask something about an open document, in a thread; None where no study reads it.

        Args:
            uri: The address of the document.
            question: Gets the study and the document, as they are when it is asked.
            settings: Whether it may be asked about the settings of the study, too.
            look: Whether to look first for files that were saved since the last check, as an edit of them
                needs.
        """
        document = self.documents.get(path_of(uri))
        checker = self.checker_of(path_of(uri))
        if document is None or checker is None:
            return None
        documents = self.documents.snapshot()

        def work() -> R | None:
            view = checker.study.view(documents, look=look)
            is_read = view.note(document.path) is not None or view.module(document.path) is not None
            is_read = is_read or (settings and Path(document.path).name == SETTINGS_FILE)
            return question(view, document) if is_read else None

        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    async def answer_at(
        self,
        params: PlaceParams,
        question: Callable[[Cursor], R],
        *,
        settings: bool = False,
        look: bool = False,
    ) -> R | None:
        """Ask something about a place in an open document, in a thread; None where no study reads it.

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
        documents, checkers = self.documents.snapshot(), list(self._checkers.values())

        def work() -> list[StudyView]:
            return [checker.study.view(documents, look=False) for checker in checkers]

        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    def checker_of(self, path: str) -> StudyChecker | None:
        """The checker of the study that reads a file; one of its own for an open note without a study."""
        folder, alone = self._folders.of(path), key_of(path)
        if folder is None:
            if alone not in self._checkers:
                document = self.documents.get(path)
                if document is None or not is_note_alone(document):
                    return None
                self._new_checker(alone, None, path)
            return self._checkers[alone]
        if alone in self._checkers:  # meanwhile a study was begun above it
            self._forget(alone)
        if not self._folders.reads(path):
            return None
        key = key_of(str(folder))
        if key not in self._checkers:
            self._new_checker(key, folder, "")
        return self._checkers[key]

    def checkers(self) -> list[StudyChecker]:
        """The checkers of all studies of which files were opened."""
        return list(self._checkers.values())

    def after_check(self, tell: Callable[[StudyChecker], None]) -> None:
        """Have a function called after each check, in the event loop."""
        self._after_check.append(tell)

    def after_options(self, tell: Callable[[], None]) -> None:
        """Have a function called after the options have changed, in the event loop."""
        self._after_options.append(tell)

    def when_initialized(self, begin: Callable[[], None]) -> None:
        """Have a function called when the client is ready, in the event loop."""
        self._when_initialized.append(begin)

    def initialized(self) -> None:
        """The client is ready."""
        self._call(self._when_initialized)

    def on_load(self, tell: Callable[[StudyChecker, LoadState], None]) -> None:
        """Have a function called when a load begins or ends, in the event loop."""
        self._on_load.append(tell)

    # -- what happens to files

    def opened(self, path: str) -> None:
        """Check a document that was opened, which may be the first of a study."""
        self._folders.forget()
        self._want_check(path, 0.0)

    def changed(self, path: str) -> None:
        """Check after a change of a document."""
        self._want_check(path, self.options.check_delay / 1000)

    def saved(self, *paths: str) -> None:
        """Check after files were saved, made or deleted, by whomever; load where the model depends on one."""
        self._folders.forget()
        for document in self.documents.snapshot().values():
            self.checker_of(document.path)  # it may be in another study now
        keys: set[str] = set(self._checkers)
        if len(paths) <= _MOST_LOOKED_UP:
            folders = {folder for folder in map(self._folders.of, paths) if folder is not None}
            keys = {*(key_of(str(folder)) for folder in folders), *map(key_of, paths)}
        for key in keys & self._checkers.keys():
            self._checkers[key].want_check()

    def closed(self, document: Document) -> None:
        """Check again with the text that is saved; forget a note that is in no study."""
        path = document.path
        checker = self.checker_of(path)
        self.documents.close(document.uri)
        if checker is None:
            return
        if checker.study.folder is None and checker is self._checkers.get(key_of(path)):
            self._forget(key_of(path))
        else:
            checker.want_check()

    def folders_removed(self, folders: list[Path]) -> None:
        """Forget the studies in folders that the client has closed, unless a file of them is open."""
        self._folders.forget()
        paths = [document.path for document in self.documents.snapshot().values()]
        used = {key_of(str(folder)) for folder in map(self._folders.of, paths) if folder is not None}
        for key, checker in list(self._checkers.items()):
            folder = checker.study.folder
            if folder is not None and key not in used and any(map(folder.is_relative_to, folders)):
                self._forget(key)

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
            self._call(self._after_options)
        for checker in self._checkers.values():
            checker.want_check()

    def _take(self, given: object) -> None:
        self.options, problems = options_of(given, self._first_options)
        for loader in self._loaders.values():
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
        for loader in self._loaders.values():
            loader.close()
        self._readers.shutdown(wait=False, cancel_futures=True)

    def _want_check(self, path: str, delay: float) -> None:
        checker = self.checker_of(path)
        if checker is not None:
            checker.want_check(delay)

    def _new_checker(self, key: str, folder: Path | None, alone: str) -> None:
        loader = self._loaders[key] = Loader(self.options.load_seconds)
        study = EditorStudy(folder, loader, alone=alone, units=self.documents.units)
        self._checkers[key] = StudyChecker(study, self)

    def _forget(self, key: str) -> None:
        checker = self._checkers[key]
        checker.close()
        self._loaders.pop(key).close()
        self.publish(checker, {})
        del self._checkers[key]

    # -- what a checker asks

    def documents_now(self) -> Mapping[str, Document]:
        """The open documents."""
        return self.documents.snapshot()

    def may_load(self, view: StudyView) -> bool:
        """Whether the modules of a study may be run without being asked for."""
        return self.options_are_known and self.options.load_modules != "never" and view.folder is not None

    def publish(self, checker: StudyChecker, found: Published) -> None:
        """Send the diagnostics, and take back those of files that have none any more."""
        key = next(key for key, each in self._checkers.items() if each is checker)
        self.publisher.publish(key, found, self.documents.snapshot())
        self._call(self._after_check, checker)

    def load_changed(self, checker: StudyChecker, state: LoadState) -> None:
        """Say that a load has begun or ended."""
        self._call(self._on_load, checker, state)

    def _call(self, functions: Iterable[Callable[..., None]], *arguments: object) -> None:
        """Call functions of features; a fault of one ends no other."""
        for function in functions:
            try:
                function(*arguments)
            except Exception as error:
                self.failed(error)

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Tell of a fault of codeable that no answer tells of."""
        if source not in (FeatureRequestError, JsonRpcException):  # that is answered; that is the client's
            self.failed(error)

    def failed(self, error: BaseException) -> None:
        """Tell of a fault of codeable itself, once; what is open stays open."""
        trace = "".join(traceback.format_exception(error))
        self.window_log_message(types.LogMessageParams(type=types.MessageType.Error, message=trace))
        what = f"{type(error).__name__}: {error}"
        if what not in self._told:
            self._told.add(what)
            self.tell(
                f"this is a fault of codeable; the rest goes on. {what}",
                types.MessageType.Error,
            )

"""When the study is loaded and checked: after a pause in typing, never twice at a time, ended by a change.

`server` has one `StudyChecker` for each study. Its methods are called in the event loop; the work is done in
threads. A check does not wait for a load, except for the first one, and that not for ever.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, Protocol, TypeVar

from codeable.checks import Report
from codeable.editor.diagnostics.findings import Published, checked, published
from codeable.editor.study.editor_study import EditorStudy
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import Document

P = TypeVar("P")
R = TypeVar("R")

_FIRST_LOAD_SECONDS = 3.0
"""So long a check waits for the first load. What it says without a model may be little."""

LoadState = Literal["loading", "loaded", "failed", "notLoaded"]
"""How far the model of a study is. `notLoaded`: modules are not run, or were saved since and are not yet."""


class CheckEndedError(Exception):
    """A check was ended, because a text has changed."""


class Editor(Protocol):
    """What a checker asks of the server, in the event loop."""

    def documents_now(self) -> Mapping[str, Document]:
        """The open documents."""
        ...

    def may_load(self, view: StudyView) -> bool:
        """Whether the modules of a study may be run without being asked for."""
        ...

    def publish(self, checker: "StudyChecker", found: Published) -> None:
        """Send the diagnostics of each file that has some."""
        ...

    def load_changed(self, checker: "StudyChecker", state: LoadState) -> None:
        """Say that a load has begun or ended."""
        ...

    def failed(self, error: BaseException) -> None:
        """Tell of an error that is a fault of codeable."""
        ...


class StudyChecker:
    """Checks one study, in a thread of its own where none is given.

    Attributes:
        last: The view and the report of the last check; None before.
        found: The diagnostics of the last check.
    """

    def __init__(self, study: EditorStudy, editor: Editor, checks: ThreadPoolExecutor | None = None) -> None:
        self.study = study
        self.last: tuple[StudyView, Report] | None = None
        self.found: Published = {}
        self._editor = editor
        self._ended = threading.Event()
        self._again = asyncio.Event()
        self._is_checked = asyncio.Event()
        self._first_load = asyncio.Event()
        self._load_wanted = False
        self._due = 0.0
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._closed = False
        self._loads = ThreadPoolExecutor(1, "codeable-load")  # a module that never ends blocks no check
        self._own_checks = ThreadPoolExecutor(1, "codeable-check")
        self._checks = checks or self._own_checks

    def want_load(self) -> None:
        """Load the model, then check. A load that is running is out of date, and ended."""
        self._load_wanted = True
        self.study.end_load()
        self._begin("load", self._load)

    def want_check(self, delay: float = 0.0) -> None:
        """Check after some seconds without a further change."""
        self._due = asyncio.get_running_loop().time() + delay
        self._ended.set()
        self._is_checked.clear()
        self._again.set()
        self._begin("check", self._work)

    @property
    def has_begun(self) -> bool:
        """Whether a load or a check was wanted."""
        return bool(self._tasks)

    async def is_checked(self) -> None:
        """Wait until the texts of now are checked."""
        await self._is_checked.wait()

    def close(self) -> None:
        """End what is running, with the child processes of the study."""
        self._closed = True
        self._ended.set()
        self.study.close()
        self._is_checked.set()
        for task in self._tasks.values():
            task.cancel()
        for threads in (self._loads, self._own_checks):
            threads.shutdown(wait=False, cancel_futures=True)

    def _begin(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Begin a task that is not running."""
        if not self._closed and (name not in self._tasks or self._tasks[name].done()):
            self._tasks[name] = asyncio.ensure_future(work())

    async def _in_thread(self, threads: ThreadPoolExecutor, work: Callable[..., R], *given: object) -> R:
        return await asyncio.get_running_loop().run_in_executor(threads, work, *given)

    # -- loading

    async def _load(self) -> None:
        """Load until nobody wants another load."""
        while self._load_wanted and not self._closed:
            self._load_wanted = False
            self._editor.load_changed(self, "loading")
            try:
                await self._in_thread(self._loads, self.study.load, lambda: not self._load_wanted)
            except Exception as error:  # a fault of codeable must not end the server
                self._editor.failed(error)
        self._first_load.set()
        self.want_check()

    async def _first_load_is_slow(self) -> bool:
        """Wait for the first load; whether it takes so long that a check goes on without it."""
        try:
            await asyncio.wait_for(self._first_load.wait(), _FIRST_LOAD_SECONDS)
        except TimeoutError:
            self._first_load.set()
            return True
        return False

    # -- checking

    async def _work(self) -> None:
        while not self._closed:
            await self._again.wait()
            self._again.clear()
            if await self._is_disturbed():
                continue
            self._ended.clear()
            try:
                await self._check()
            except CheckEndedError:
                continue
            except Exception as error:  # a fault of a rule must not end the server
                self._editor.failed(error)
                self._is_checked.set()

    async def _is_disturbed(self) -> bool:
        """Whether something else is wanted before the check is due."""
        delay = self._due - asyncio.get_running_loop().time()
        if delay <= 0:
            return False
        try:
            await asyncio.wait_for(self._again.wait(), delay)
        except TimeoutError:
            return False
        return True

    async def _check(self) -> None:
        documents = self._editor.documents_now()
        view = await self._in_thread(self._checks, self.study.view, documents)
        state = self._look_for_saved(view)
        if state == "loading" and not self._first_load.is_set() and not await self._first_load_is_slow():
            return  # the end of the load has begun another check
        report, found = await self._in_thread(self._checks, self._checked, view)
        if self._ended.is_set():
            return
        self.last, self.found = (view, report), found
        self._is_checked.set()
        self._editor.publish(self, found)
        self._editor.load_changed(self, state)
        if state in ("loaded", "failed") and not self.study.is_prepared:
            self._begin("prepare", self._prepare)

    async def _prepare(self) -> None:
        await self._in_thread(self._loads, self.study.prepare_load)

    def _look_for_saved(self, view: StudyView) -> LoadState:
        """Load again where modules or settings were saved, by whomever."""
        if self._is_loading:
            return "loading"
        if not self.study.is_behind:
            return "loaded" if view.problem is None else "failed"
        if not self._editor.may_load(view):
            return "notLoaded"
        self.want_load()
        return "loading"

    @property
    def _is_loading(self) -> bool:
        return "load" in self._tasks and not self._tasks["load"].done()

    def _checked(self, view: StudyView) -> tuple[Report, Published]:
        if self.last is not None and self.last[0] is view:
            report = self.last[1]
            return report, published(view, report)
        return checked(view, self._proceed)

    def _proceed(self) -> None:
        if self._ended.is_set():
            raise CheckEndedError

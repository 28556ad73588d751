"""When the study is loaded and checked: after a pause in typing, never twice at a time, ended by a change.

`server` has one `StudyChecker` for each study. Its methods are called in the event loop; the work is done in
threads.
"""

import asyncio
import threading
from collections.abc import Callable, Mapping

from codeable.checks import Report
from codeable.editor.diagnostics import Published, checked
from codeable.editor.documents import Document
from codeable.editor.editor_study import EditorStudy
from codeable.editor.study_view import StudyView


class CheckEndedError(Exception):
    """A check was ended, because a text has changed."""


class StudyChecker:
    """Checks one study.

    Args:
        study: The study.
        documents: Gives the open documents of now.
        publish: Called in the event loop with the diagnostics of each file that has some.
        failed: Called in the event loop with an error that is a fault of codeable.

    Attributes:
        last: The view and the report of the last check; None before.
    """

    def __init__(
        self,
        study: EditorStudy,
        documents: Callable[[], Mapping[str, Document]],
        publish: Callable[[Published], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self.study = study
        self.last: tuple[StudyView, Report] | None = None
        self._documents, self._publish, self._failed = documents, publish, failed
        self._ended = threading.Event()
        self._again = asyncio.Event()
        self._load_wanted = False
        self._delay = 0.0
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    def want_load(self) -> None:
        """Load the model again, then check."""
        self._load_wanted = True
        self.want_check(0.0)

    def want_check(self, delay: float) -> None:
        """Check after some seconds without a further change."""
        self._delay = delay
        self._ended.set()
        self._again.set()
        if self._task is None and not self._closed:
            self._task = asyncio.get_running_loop().create_task(self._work())

    def close(self) -> None:
        """End what is running."""
        self._closed = True
        self._ended.set()
        if self._task is not None:
            self._task.cancel()

    async def _work(self) -> None:
        while not self._closed:
            await self._again.wait()
            self._again.clear()
            if self._load_wanted:
                self._load_wanted = False
                await self._in_thread(self.study.load)
                continue_with = not self._load_wanted
                if not continue_with:
                    continue
            if await self._is_disturbed(self._delay):
                continue
            self._ended.clear()
            await self._check()

    async def _is_disturbed(self, delay: float) -> bool:
        """Whether something else is wanted within some seconds."""
        if delay <= 0:
            return self._load_wanted
        try:
            await asyncio.wait_for(self._again.wait(), delay)
        except TimeoutError:
            return False
        return True

    async def _check(self) -> None:
        documents = self._documents()
        try:
            view, report, found = await asyncio.to_thread(self._checked, documents)
        except CheckEndedError:
            return
        except Exception as error:  # a fault of a rule must not end the server
            self._failed(error)
            return
        if not self._ended.is_set():
            self.last = view, report
            self._publish(found)

    def _checked(self, documents: Mapping[str, Document]) -> tuple[StudyView, Report, Published]:
        view = self.study.view(documents)
        report, found = checked(view, self._proceed)
        return view, report, found

    def _proceed(self) -> None:
        if self._ended.is_set():
            raise CheckEndedError

    async def _in_thread(self, work: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(work)
        except Exception as error:  # as above
            self._failed(error)

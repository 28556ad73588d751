"""Runs the main job: once, or again after each saved file (`--watch`). Called by the command."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading import StudyFolderError, load_folder
from codeable.render.display import Display
from codeable.render.job import render
from codeable.render.report import RenderReport, RenderRequest
from codeable.settings import SETTINGS_FILE, Settings, read_settings
from codeable.text import printable

_POLL_SECONDS = 0.4
_LOOK_ANYWAY_MILLISECONDS = 1000


def run_once(study: Path, request: RenderRequest, *, quiet: bool = False) -> RenderReport:
    """Load the study, bring its figures up to date or check them, and show what was done.

    Raises:
        CodeableError: The study cannot be loaded, or the request names something that does not exist.
    """
    with Display(quiet=quiet) as display:
        report = render(load_folder(study), request, display)
        display.end(report, check=request.check)
    return report


def watch_study(study: Path, request: RenderRequest, *, quiet: bool = False) -> int:
    """Draw, and after each change draw what changed, until interrupted.

    The error of a module that is broken for a moment is shown, and the watch goes on.

    Raises:
        CodeableError: There is no study to watch.
    """
    if request.check:
        raise CodeableError("--watch draws and --check writes nothing; give one of them", exit_status=2)
    with _interrupts() as interrupts:
        watch = _Watch(study, is_over=lambda: bool(interrupts))
        try:
            run_once(study, request, quiet=quiet)
        except StudyFolderError:
            raise
        except CodeableError as error:
            _show(error)
        if not quiet:
            print(f"  watching {printable(shown_path(study.resolve()))}; Ctrl-C ends it", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            for _ in watch.changes():
                try:
                    run_once(study, request, quiet=quiet)
                except CodeableError as error:
                    _show(error)
                sys.stdout.flush()
    return 0


def _show(error: CodeableError) -> None:
    print(printable(error.message), file=sys.stderr, flush=True)


@contextlib.contextmanager
def _interrupts() -> Iterator[list[int]]:
    """Collect every Ctrl-C, also one that Python drops.

    Python prints and forgets an exception that is raised while an object is finalised, or in the callback of
    a weak reference. Without this, the watch would go on after such a Ctrl-C.
    """
    seen: list[int] = []

    def interrupt(number: int, _: FrameType | None) -> None:
        seen.append(number)
        raise KeyboardInterrupt

    usual = signal.getsignal(signal.SIGINT)
    if usual is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield seen  # whoever started us wants it otherwise, as `nohup` does
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, usual)


class _Watch:
    """Notices changes of a study's modules and settings, also those made before it starts to wait.

    With `watchfiles` the system reports changes at once. Without it, and for changes that the system does not
    report, it polls the files.

    Args:
        study: Folder of the study.
        is_over: Called after each wake-up; true ends the watch.
    """

    def __init__(self, study: Path, is_over: Callable[[], bool]) -> None:
        self._study = study
        self._is_over = is_over
        self._settings = Settings()
        self._seen = self._stamps()

    def changes(self) -> Iterator[None]:
        """Yield after each change; several at a time count as one."""
        for _ in self._wake_ups():
            if self._is_over():
                return
            now = self._stamps()
            if now != self._seen:
                self._seen = now
                yield

    def _wake_ups(self) -> Iterator[None]:
        try:
            import watchfiles
        except ImportError:
            while True:
                time.sleep(_POLL_SECONDS)
                yield
        while True:
            # A folder that is made, or named in the settings, while waiting is watched the next time.
            folders = [folder for folder in self._folders() if folder.is_dir()]
            if not folders:
                time.sleep(_POLL_SECONDS)
                yield
                continue
            waiting = watchfiles.watch(
                *folders,
                raise_interrupt=True,
                rust_timeout=_LOOK_ANYWAY_MILLISECONDS,
                yield_on_timeout=True,
            )
            with contextlib.closing(waiting), contextlib.suppress(FileNotFoundError):
                next(waiting)
            yield

    def _folders(self) -> tuple[Path, ...]:
        # Settings that are broken for a moment leave the folders as they were.
        with contextlib.suppress(CodeableError):
            self._settings = read_settings(self._study)
        names = dict.fromkeys((*self._settings.models, *self._settings.sources))
        return tuple(self._study / name for name in names)

    def _stamps(self) -> dict[str, tuple[int, int]]:
        found = {}
        paths = [self._study / SETTINGS_FILE]
        for start in self._folders():
            for folder, inner, names in os.walk(start):
                inner[:] = [name for name in inner if name != "__pycache__" and not name.startswith(".")]
                paths += [Path(folder, name) for name in names if name.endswith(".py")]
        for path in paths:
            with contextlib.suppress(OSError, ValueError):
                status = path.stat()
                found[str(path)] = (status.st_mtime_ns, status.st_size)
        return found

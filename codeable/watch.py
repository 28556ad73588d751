"""Runs a job again after each saved file (`--watch`). Called by `render`, `check` and `notes build`."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType

from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.settings import SETTINGS_FILE, Settings, is_module_file, read_settings
from codeable.text import printable

_POLL_SECONDS = 0.4
_LOOK_ANYWAY_MILLISECONDS = 1000


def _no_files(settings: Settings) -> Iterable[Path]:  # noqa: ARG001 - the files of some settings
    return ()


def run_and_watch(
    study: Path,
    job: Callable[[], Iterable[Path]],
    *,
    more: Callable[[Settings], Iterable[Path]] = _no_files,
    quiet: bool = False,
) -> int:
    """Do a job, and again after each change of a study's modules and settings, until interrupted.

    The error of a file that is broken for a moment is shown, and the watch goes on.

    Args:
        study: Folder of the study.
        job: What to do. It gives the files that it wrote itself: they are no reason to do it again.
        more: Gives further files to watch, such as field notes. It may raise `CodeableError`.
        quiet: Whether the line about the watch is left out.

    Returns:
        The exit status of the command.

    Raises:
        CodeableError: The first run failed because of wrong usage, as where there is no study.
    """
    with _interrupts() as interrupts:
        watch = _Watch(study, more, is_over=lambda: bool(interrupts))
        try:
            watch.pass_over(job())
        except CodeableError as error:
            if error.exit_status == 2:
                raise
            _show(error)
        if not quiet:
            print(f"  watching {printable(shown_path(study.resolve()))}; Ctrl-C ends it", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            for _ in watch.changes():
                try:
                    watch.pass_over(job())
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
    """Notices changes of a study's files, also those made before it starts to wait.

    With `watchfiles` the system reports changes at once. Without it, and for changes that the system does not
    report, it polls the files.

    Args:
        study: Folder of the study.
        more: Gives further files.
        is_over: Called after each wake-up; true ends the watch.
    """

    def __init__(
        self, study: Path, more: Callable[[Settings], Iterable[Path]], is_over: Callable[[], bool]
    ) -> None:
        self._study = study
        self._more = more
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

    def pass_over(self, written: Iterable[Path]) -> None:
        """Take files as they are now for seen. Other files that changed meanwhile still count."""
        own = {os.path.realpath(path) for path in written}
        if not own:
            return
        now = self._stamps()
        for path in now.keys() | self._seen.keys():
            if now.get(path) == self._seen.get(path) or os.path.realpath(path) not in own:
                continue
            if path in now:
                self._seen[path] = now[path]
            else:
                del self._seen[path]

    def _wake_ups(self) -> Iterator[None]:
        try:
            import watchfiles
        except ImportError:
            while True:
                time.sleep(_POLL_SECONDS)
                yield
        while True:
            # A folder that is made, or named in the settings, while waiting is watched the next time.
            further = (path.parent for path in (*self._single_modules(), *self._further_files()))
            folders = [folder for folder in dict.fromkeys((*self._folders(), *further)) if folder.is_dir()]
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
        names = dict.fromkeys((*self._settings.model_folders, *self._settings.source_folders))
        return tuple(self._study / name for name in names)

    def _single_modules(self) -> list[Path]:
        """The modules that the settings name one by one."""
        entries = (*self._settings.models, *self._settings.sources)
        return [self._study / entry for entry in entries if is_module_file(entry)]

    def _further_files(self) -> tuple[Path, ...]:
        with contextlib.suppress(CodeableError, OSError):
            return tuple(self._more(self._settings))
        return ()

    def _stamps(self) -> dict[str, tuple[int, int]]:
        found = {}
        paths = [self._study / SETTINGS_FILE]
        for start in self._folders():
            for folder, inner, names in os.walk(start):
                inner[:] = [name for name in inner if name != "__pycache__" and not name.startswith(".")]
                paths += [Path(folder, name) for name in names if name.endswith(".py")]
        paths += (*self._single_modules(), *self._further_files())
        for path in paths:
            with contextlib.suppress(OSError, ValueError):
                status = path.stat()
                found[str(path)] = (status.st_mtime_ns, status.st_size)
        return found

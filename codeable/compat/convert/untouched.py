"""Keeps the files of an old study as they are while its modules run, and remembers which these read.

Scripts write tables, and remove what they wrote before. `load_old_study` runs them to see what they declare.
"""

import builtins
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from itertools import islice
from pathlib import Path
from traceback import walk_stack
from typing import Any

from attrs import frozen

_REMOVING = ((os, "remove"), (os, "unlink"), (os, "rmdir"), (os, "removedirs"), (shutil, "rmtree"))
_MAKING = ((os, "mkdir"), (os, "makedirs"))


@frozen
class ReadFile:
    """A file that a module of an old study has opened for reading.

    Attributes:
        module: The file of the module.
        path: The file.
        given: The path that the module gave; it may be relative to the current folder.
    """

    module: Path
    path: Path
    given: str


@contextmanager
def files_untouched(modules: Container[str]) -> Iterator[dict[ReadFile, None]]:
    """Let what is opened for writing be written aside, and let the study's modules remove nothing.

    A file that was written is read from where it was written. What a module removes is there still, but it
    may make a folder of that name again.

    Args:
        modules: The files of the modules, as their code objects name them; more may come.

    Returns:
        The files that the modules open for reading; more come while they run.
    """
    removed: set[Path] = set()
    read: dict[ReadFile, None] = {}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as patches:
        opening = _written_aside(Path(folder), io.open, modules, read)
        for owner in (io, builtins):
            patches.enter_context(_replaced(owner, "open", opening))
        for owner, name in _REMOVING:
            function = _unless_of_study(getattr(owner, name), modules, removed.add)
            patches.enter_context(_replaced(owner, name, function))
        for owner, name in _MAKING:
            patches.enter_context(_replaced(owner, name, _made_again(getattr(owner, name), removed)))
        yield read


def _written_aside(
    folder: Path, opening: Callable[..., Any], modules: Container[str], read: dict[ReadFile, None]
) -> Callable[..., Any]:
    """A function that opens files, those written in a folder aside, and remembers what modules read."""
    written: dict[Path, Path] = {}

    @wraps(opening)
    def open_(file: Any, mode: str = "r", *rest: Any, **others: Any) -> Any:
        if not isinstance(file, str | os.PathLike):
            return opening(file, mode, *rest, **others)
        path = _absolute(file)
        writes = any(each in mode for each in "wax+")
        refused = path.exists() if "x" in mode else mode[:1] == "r" and not path.exists()
        if path not in written and writes and not refused:
            aside = written[path] = folder / str(len(written))
            if "w" not in mode and path.is_file():
                with opening(path, "rb") as before, opening(aside, "wb") as copy:
                    copy.write(before.read())
        opened = opening(written.get(path, file), mode, *rest, **others)
        module = _module_that_asks(modules, itself=path.suffix == ".py")
        if module is not None and mode[:1] == "r":
            read.setdefault(ReadFile(Path(module), path, os.fsdecode(file)))
        return opened

    return open_


def _module_that_asks(modules: Container[str], *, itself: bool) -> str | None:
    """The file of the module that calls what is asked for, itself or by functions of others."""
    callers = (frame.f_code.co_filename for frame, _ in walk_stack(sys._getframe(2)))
    return next((each for each in islice(callers, 1 if itself else None) if each in modules), None)


def _unless_of_study(
    function: Callable[..., Any], modules: Container[str], note: Callable[[Path], None]
) -> Callable[..., Any]:
    @wraps(function)
    def remove(path: Any, *rest: Any, **others: Any) -> Any:
        if not _is_called_by(modules):
            return function(path, *rest, **others)
        note(_absolute(path))
        return None

    return remove


def _made_again(function: Callable[..., Any], removed: Container[Path]) -> Callable[..., Any]:
    @wraps(function)
    def make(path: Any, *rest: Any, **others: Any) -> Any:
        if isinstance(path, str | os.PathLike) and (made := _absolute(path)) in removed and made.is_dir():
            return None
        return function(path, *rest, **others)

    return make


def _is_called_by(modules: Container[str]) -> bool:
    """Whether a module calls, or a method of a path that it calls."""
    callers = (sys._getframe(2), sys._getframe(2).f_back)
    return any(frame is not None and frame.f_code.co_filename in modules for frame in callers)


def _absolute(path: Any) -> Path:
    return Path(os.fsdecode(path)).resolve()


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)

"""The error message for a module of a study that fails, with the user's file and line.

`load_folder` and `codeable.compat` call it with whatever the module raised. Nothing in that exception is
trusted: its attributes, notes and text may be anything.
"""

import linecache
import re
import types
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from attrs import frozen

from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel import CException
from codeable.loading.duplicate_links import find_repetitions
from codeable.loading.loader import ModuleLoader
from codeable.loading.missing_names import about_import, about_module, about_name
from codeable.merge_conflicts import conflict_message, conflicts_in

WRITTEN_FOR_CODEABLE_MODELS = (
    "This is written for CodeableModels: `codeable convert` turns such a study into one of ours, "
    "`codeable compat run` runs it as it is"
)
"""A line of the error for a module of a study of codeable that imports CodeableModels."""

_CODEABLE_MODELS = frozenset({"codeable_models", "metamodels", "plant_uml_renderer"})
"""The packages that studies written for CodeableModels import."""
_LONGEST_SOURCE = 200
_MOST_NOTES = 20
# The slots of Python itself: a class of the study may define attributes of the same names, which may fail.
_TRACEBACK = BaseException.__dict__["__traceback__"]
_CLASS_NAME = type.__dict__["__name__"]


class StudyModuleError(CodeableError):
    """A module of a study fails while it runs; the exception that it raised is the cause.

    Attributes:
        path: The user's file, absolute.
        line: The line in it, counted from 1; 0 when the file as a whole is at fault.
    """

    def __init__(self, message: str, path: str, line: int) -> None:
        super().__init__(message)
        self.path = path
        self.line = line


@frozen
class _Step:
    """One frame of the user's code in the traceback."""

    path: str
    line: int
    is_module: bool
    globals: Mapping[str, object]
    locals: Mapping[str, object]

    @property
    def module(self) -> str:
        return str(self.globals.get("__name__", ""))


def module_error(
    error: BaseException, loader: ModuleLoader, path: str, *, has_proposal: bool = False
) -> StudyModuleError:
    """Word the failure of a module.

    The exception keeps its traceback, without the frames of the loader.

    Args:
        error: What was raised.
        loader: The loader that executed the module; it knows the user's files and the names in them.
        path: The file that was to be executed, for an error that comes from none of its lines.
        has_proposal: Whether the caller knows better where a missing name comes from.
    """
    traceback = _without_loader(_TRACEBACK.__get__(error))
    _TRACEBACK.__set__(error, traceback)
    steps = list(_steps(traceback, loader.files))
    file, line = _place(error, steps, loader.files) or (path, 0)
    linecache.checkcache(file)  # what it holds may be from before the user edited the file
    written = _lines_of(file) if line or _is(error, SyntaxError) else []  # it may be a pipe
    conflicts = conflicts_in(written) if _is(error, SyntaxError) else []
    if conflicts:
        line = conflicts[0][0] + 1
        return StudyModuleError(f"{shown_path(file)}:{line}: {conflict_message(conflicts)}", file, line)
    lines = [f"{shown_path(file)}{f':{line}' if line else ''}: {_summary(error)}"]
    source = written[line - 1].strip() if 0 < line <= len(written) else ""
    if source:
        lines.append(f"    {source if len(source) <= _LONGEST_SOURCE else f'{source[:_LONGEST_SOURCE]}…'}")
    lines.extend(_notes(error))
    if _is(error, CException) and steps:
        names = {**steps[-1].globals, **steps[-1].locals}
        lines.extend(str(found) for found in find_repetitions(Path(file), line, names))
    if not has_proposal:
        lines.extend(_about_missing(error, steps, loader))
    missing = name_lacking(error) if _is(error, ModuleNotFoundError) else ""
    is_old = missing.partition(".")[0] in _CODEABLE_MODELS
    if is_old and loader.offered:  # otherwise `compat` runs it
        lines.append(WRITTEN_FOR_CODEABLE_MODELS)
    if _is(error, NameError, AttributeError, ImportError):
        here = steps[-1].module if steps else ""
        lines.extend(str(cycle) for cycle in loader.cycles if cycle.importer == here)
    lines.extend(_importers(steps, file))
    return StudyModuleError("\n".join(lines), file, line)


def _lines_of(file: str) -> list[str]:
    """The lines of a file; none if it names a codec that is for no text."""
    try:
        return linecache.getlines(file)
    except LookupError:
        return []


_OUR_FILE = re.compile(rf" \({re.escape(str(Path(__file__).parents[1]))}[/\\][^()\n]*\)$")
"""Where codeable has a module that lacks a name, as Python says it: nobody needs that."""


def _is(error: BaseException, *classes: type[BaseException]) -> bool:
    """`isinstance` by the true class: the attribute `__class__` of an exception may be anything."""
    return issubclass(type(error), classes)


def _summary(error: BaseException) -> str:
    name = _CLASS_NAME.__get__(type(error))
    try:
        text = str.__str__(_text(error))
    except KeyboardInterrupt:
        raise
    except BaseException as failure:  # a text that ends the program included
        return f"{name}, whose text cannot be made: {_CLASS_NAME.__get__(type(failure))}"
    if _is(error, CodeableError, SystemExit):
        return text
    text = _OUR_FILE.sub("", text)
    return f"{name}: {text}" if text else f"{name}"


def _text(error: Any) -> str:
    if _is(error, SystemExit):
        return f"the module ends the program (SystemExit: {error.code}); it must run to its end"
    if _is(error, CException):
        return str(error.value)
    if _is(error, SyntaxError):
        return str(error.msg)
    if _is(error, OSError) and error.strerror:
        return f"{error.strerror}{f': {error.filename}' if error.filename else ''}"
    return str(error)


def _notes(error: BaseException) -> list[str]:
    """The notes of an exception, as far as they are strings; there may be any object in their place."""
    notes = _attribute(error, "__notes__")
    if type(notes) is not list:
        return []
    return [str.__str__(note) for note in notes[:_MOST_NOTES] if isinstance(note, str)]


def name_lacking(error: BaseException) -> str:
    """The name of the module, variable or attribute that an exception is about; empty if it names none."""
    name = _attribute(error, "name")
    return name if type(name) is str else ""


def _attribute(error: BaseException, name: str) -> Any:
    """An attribute of an exception; None if it has none or if reading it fails."""
    try:
        return getattr(error, name, None)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return None


def _place(error: BaseException, steps: Sequence[_Step], files: Container[str]) -> tuple[str, int] | None:
    if _is(error, SyntaxError):
        file, line = _attribute(error, "filename"), _attribute(error, "lineno")
        if type(file) is str and file in files:
            return file, line if type(line) is int and line > 0 else 1
    return (steps[-1].path, steps[-1].line) if steps else None


def _steps(traceback: TracebackType | None, files: Container[str]) -> Iterator[_Step]:
    while traceback is not None:
        frame = traceback.tb_frame
        if frame.f_code.co_filename in files:
            yield _Step(
                path=frame.f_code.co_filename,
                line=traceback.tb_lineno or frame.f_code.co_firstlineno,
                is_module=frame.f_code.co_name == "<module>",
                globals=frame.f_globals,
                locals=frame.f_locals,
            )
        traceback = traceback.tb_next


def _without_loader(traceback: TracebackType | None) -> TracebackType | None:
    """The same traceback without the frames of the loader."""
    kept: list[TracebackType] = []
    while traceback is not None:
        if not str(traceback.tb_frame.f_globals.get("__name__", "")).startswith("codeable.loading"):
            kept.append(traceback)
        traceback = traceback.tb_next
    shortened: TracebackType | None = None
    for part in reversed(kept):
        shortened = types.TracebackType(shortened, part.tb_frame, part.tb_lasti, part.tb_lineno)
    return shortened


def _about_missing(error: BaseException, steps: Sequence[_Step], loader: ModuleLoader) -> Iterator[str]:
    name = name_lacking(error)
    if not name or not steps:
        return
    if _is(error, NameError):
        yield from about_name(name, steps[-1].module, steps[-1].globals, loader)
    elif _is(error, ModuleNotFoundError):
        yield from about_module(name)
    elif _is(error, ImportError):
        yield from about_import(_summary(error))


def _importers(steps: Sequence[_Step], file: str) -> Iterator[str]:
    """Where other modules import the failing one or call into it, innermost first."""
    seen = {file}
    for step in reversed(steps):
        if step.is_module and step.path not in seen:
            seen.add(step.path)
            yield f"reached from {shown_path(step.path)}:{step.line}"

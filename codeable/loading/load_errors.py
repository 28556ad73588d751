"""What a module that fails tells: one message with the user's file and line, not ours."""

import linecache
import types
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType

from attrs import frozen

from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading.modules import StudyModules
from codeable.text import did_you_mean

__all__ = ["StudyModuleError", "module_error"]


_OLD_PACKAGES = frozenset({"codeable_models", "metamodels", "plant_uml_renderer"})
"""What studies written for CodeableModels import."""


class StudyModuleError(CodeableError):
    """A module of a study does not run to its end; the exception that it raised is the cause.

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
    """One frame of the user's code that the failing call went through."""

    path: str
    line: int
    is_module: bool
    names: Mapping[str, object]

    @property
    def module(self) -> str:
        return str(self.names.get("__name__", ""))

    @property
    def place(self) -> str:
        return f"{shown_path(self.path)}:{self.line}"


def module_error(error: BaseException, modules: StudyModules, path: str) -> StudyModuleError:
    """The error to tell the user when executing a module has raised.

    The exception keeps its traceback, shortened to the frames that are not the loader's.

    Args:
        error: What was raised.
        modules: The study's modules, to tell the user's code from other code and to find a missing name.
        path: The file that was to be executed, for an error that comes from none of its lines.
    """
    error.__traceback__ = _without_loader(error.__traceback__)
    steps = list(_steps(error.__traceback__, modules.files))
    place = _syntax_place(error, modules.files)
    if place is not None:
        file, line = place
    elif steps:
        file, line = steps[-1].path, steps[-1].line
    else:
        file, line = path, 0
    linecache.checkcache(file)  # what it holds may be from before the user has edited the file
    source = linecache.getline(file, line).strip() if line else ""
    lines = [f"{shown_path(file)}{f':{line}' if line else ''}: {_summary(error)}"]
    if source:
        lines.append(f"    {source}")
    lines.extend(getattr(error, "__notes__", ()))
    if isinstance(error, NameError):
        lines.extend(_about_name(error, steps, modules))
    if isinstance(error, ModuleNotFoundError) and (error.name or "").partition(".")[0] in _OLD_PACKAGES:
        lines.append(
            "This is written for CodeableModels: `codeable convert` turns such a study into one of ours, "
            "`python -m codeable.compat run` runs it as it is"
        )
    if isinstance(error, NameError | AttributeError | ImportError):
        here = steps[-1].module if steps else ""
        lines.extend(str(cycle) for cycle in modules.cycles if cycle.importer == here)
    lines.extend(_reached_from(steps, file))
    return StudyModuleError("\n".join(lines), file, line)


def _summary(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, SystemExit):
        return f"the module ends the program ({name}: {error.code}); it must run to its end"
    try:
        text = str(getattr(error, "value", error) if name == "CException" else error)
    except Exception as failure:  # the user's own exception may be unable to say what it is
        return f"{name}, whose text cannot be made: {type(failure).__name__}"
    if isinstance(error, SyntaxError):
        return f"{name}: {error.msg}"
    if isinstance(error, OSError) and error.strerror:
        text = f"{error.strerror}{f': {error.filename}' if error.filename else ''}"
    if name == "CException" or isinstance(error, CodeableError):
        return text
    return f"{name}: {text}" if text else name


def _syntax_place(error: BaseException, files: set[str]) -> tuple[str, int] | None:
    if isinstance(error, SyntaxError) and error.filename in files:
        return str(error.filename), error.lineno or 1
    return None


def _steps(traceback: TracebackType | None, files: set[str]) -> Iterator[_Step]:
    while traceback is not None:
        code, names = traceback.tb_frame.f_code, traceback.tb_frame.f_globals
        if code.co_filename in files:
            yield _Step(
                path=code.co_filename,
                line=traceback.tb_lineno or code.co_firstlineno,
                is_module=code.co_name == "<module>",
                names=names,
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


def _about_name(error: NameError, steps: Sequence[_Step], modules: StudyModules) -> Iterator[str]:
    """Where a name that is not defined may be meant to come from."""
    name = error.name
    if not isinstance(name, str) or not steps:
        return
    holders = [
        other
        for other, module in modules.completed.items()
        if name in vars(module) and other != steps[-1].module
    ]
    if name in modules.offered:
        yield f"It is in the vocabulary: from codeable.dsl import {name}"
    elif holders:
        yield f"{holders[0]} has it: from {holders[0]} import {name}"
    else:
        near = did_you_mean(name, [*steps[-1].names, *sorted(modules.offered)])
        if near:
            yield near.removeprefix("; ").capitalize()


def _reached_from(steps: Sequence[_Step], file: str) -> Iterator[str]:
    """Where other modules imported the failing one or called into it, innermost first."""
    seen = {file}
    for step in reversed(steps):
        if step.is_module and step.path not in seen:
            seen.add(step.path)
            yield f"reached from {step.place}"

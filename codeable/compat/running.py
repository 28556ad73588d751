"""Running a script of an old study, and what is told when it fails."""

import importlib
import linecache
import os
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType, ModuleType

from codeable.compat.duplicate_links import find_repetitions
from codeable.compat.missing import MissingModulesError, missing_modules, offered_names
from codeable.compat.module_discovery import PACKAGES, StudyModules, find_module, read_study
from codeable.compat.modules import read_module
from codeable.compat.run_options import decide
from codeable.compat.session import study_session
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel import CException
from codeable.text import did_you_mean

__all__ = ["FailedStudyError", "execute", "failure", "run_script"]

_NO_NAME = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")
_OURS = (f"{Path(__file__).parents[1]}{os.sep}", f"{Path(importlib.__file__).parent}{os.sep}", "<frozen ")


class FailedStudyError(CodeableError):
    """A script of a study does not run to its end; the exception that it raised is the cause."""


def run_script(
    script: Path,
    arguments: Sequence[str] = (),
    *,
    text_format: str | None = None,
    encoding: str | None = None,
    images: bool | None = None,
    paths: Sequence[Path] = (),
    aliases: Mapping[str, str] | None = None,
) -> int:
    """Run a script of an old study in its folder, with metaclasses of its own.

    Args:
        script: The program.
        arguments: What it finds in `sys.argv` after its name.
        text_format: `current` or `older`; without it the names that the study imports decide.
        encoding: The encoding of its text files; UTF-8 by default.
        images: Whether pictures are drawn; they are by default.
        paths: Further folders of its module path.
        aliases: Other names under which modules are found: old → new.

    Returns:
        The exit status that the script asks for.

    Raises:
        CodeableError: The script is no file, or an option is wrong.
        MissingModulesError: The study lacks modules.
        FailedStudyError: It raised.
    """
    if not script.is_file():
        there = [path.name for path in script.parent.glob("*.py")] if script.parent.is_dir() else []
        hint = did_you_mean(script.name, sorted(there))
        raise CodeableError(f"{shown_path(script)} is no file{hint}", exit_status=2)
    for path in paths:
        if not path.is_dir():
            raise CodeableError(f"{shown_path(path)} is no folder", exit_status=2)
    study = read_study(script, paths, aliases)
    chosen = decide(study.script, text_format, encoding, images, study)
    try:
        with study_session(chosen, study.roots, aliases):
            execute(study, arguments)
    except SystemExit as stop:
        return _status(stop)
    except CodeableError:
        raise
    except Exception as error:
        raise failure(error, study) from error
    return 0


def execute(study: StudyModules, arguments: Sequence[str] = ()) -> ModuleType:
    """Execute the script of a study, inside a session, as the program of the process; returns its module."""
    os.chdir(study.script.parent)
    sys.argv[:] = [str(study.script), *arguments]
    main = ModuleType("__main__")
    main.__file__ = str(study.script)
    program, sys.modules["__main__"] = sys.modules["__main__"], main
    try:
        code = compile(study.script.read_bytes(), str(study.script), "exec", dont_inherit=True)
        exec(code, vars(main))
    finally:
        sys.modules["__main__"] = program
    return main


def failure(error: Exception, study: StudyModules) -> CodeableError:
    """What to tell about an exception that a study's code raised or ran into."""
    if isinstance(error, ImportError):
        missing = missing_modules(study)
        if any(each.name.startswith(error.name or "") for each in missing):
            return MissingModulesError(missing, study.script)
    frames = [each for each in traceback.walk_tb(error.__traceback__) if _is_users(each[0])]
    if isinstance(error, CException) and frames:
        return FailedStudyError("\n".join(_about_model(error, frames)))
    about = _about_name(error, study) if isinstance(error, ImportError) else ""
    return FailedStudyError(_without_our_frames(error) + about)


def _about_model(error: CException, frames: Sequence[tuple[FrameType, int]]) -> Iterator[str]:
    """A rule of the kernel that a study broke: where, which, in which list, and how the study came there."""
    frame, line = frames[-1]
    path = frame.f_code.co_filename
    yield f"{shown_path(path)}:{line}: {error.value}"
    source = linecache.getline(path, line).strip()
    if source:
        yield f"    {source}"
    for found in find_repetitions(Path(path), line, {**frame.f_globals, **frame.f_locals}):
        yield (
            f"the list of {found.of} repeats {found.entry}: {shown_path(path)}:{found.line}, "
            f"it stands in line {found.first_line} already; take one of the two out"
        )
    for outer, outer_line in reversed(frames[:-1]):
        yield f"reached from {shown_path(outer.f_code.co_filename)}:{outer_line}"


def _about_name(error: ImportError, study: StudyModules) -> str:
    """The nearest names to one that a module does not have; and whether the study has a copy that does."""
    found = _NO_NAME.match(str(error))
    if found is None:
        return ""
    name, module = found.groups()
    near = did_you_mean(name, sorted(set(offered_names(module, study))))
    told = f"\n{module} has no {name!r}{near}"
    own = find_module(module, study.roots) if find_module(module, [PACKAGES]) is not None else None
    if own is not None and own.is_file() and name in read_module(own).defined:
        told += f"\nthe study's own copy has it, which is not used: {shown_path(own)}"
    return told


def _without_our_frames(error: Exception) -> str:
    told = traceback.TracebackException.from_exception(error)
    told.stack = traceback.StackSummary.from_list(
        [each for each in told.stack if not each.filename.startswith(_OURS)]
    )
    return "".join(told.format()).rstrip("\n")


def _is_users(frame: FrameType) -> bool:
    return not frame.f_code.co_filename.startswith(_OURS)


def _status(stop: SystemExit) -> int:
    if stop.code is None or isinstance(stop.code, int):
        return stop.code or 0
    print(stop.code, file=sys.stderr)
    return 1

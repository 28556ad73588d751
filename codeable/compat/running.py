"""Runs a script of a CodeableModels study in its folder, and words its failure; for `codeable compat run`."""

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from zipfile import is_zipfile

from attrs import frozen

from codeable.compat.bundled import packages_of_copies
from codeable.compat.failures import failure
from codeable.compat.module_discovery import StudyFiles, read_study
from codeable.compat.run_options import decide_options
from codeable.compat.session import study_session
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel import CException
from codeable.loading.loader import ModuleLoader
from codeable.text import did_you_mean, printable

_MOST_SCRIPTS = 6


def run_script(
    script: Path,
    arguments: Sequence[str] = (),
    *,
    text_format: str | None = None,
    encoding: str | None = None,
    images: bool | None = None,
    dpi: int | None = None,
    paths: Sequence[Path] = (),
    aliases: Mapping[str, str] | None = None,
    working_folder: Path | None = None,
    keep_bundled: bool = False,
) -> int:
    """Run a script of a CodeableModels study in its folder, with metaclasses of its own.

    Args:
        script: The program; of a folder its `__main__.py` runs.
        arguments: What it finds in `sys.argv` after its name.
        text_format: `current` or `older`; without it the names that the study imports decide.
        encoding: The encoding of its text files; UTF-8 by default.
        images: Whether pictures are drawn; they are by default.
        dpi: Resolution of the PNG pictures; 96 by default.
        paths: Further folders of its module path.
        aliases: Other names under which modules are found: old → new.
        working_folder: The current folder of the program; without it the script's, or the one that its
            package is in if the script imports relatively.
        keep_bundled: Whether a copy of CodeableModels that came with the study is used, instead of codeable.

    Returns:
        The exit status that the script asks for.

    Raises:
        CodeableError: The script is no file, or an option is wrong.
        MissingModulesError: The study lacks modules.
        StudyModuleError: The script or a module of the study raised.
    """
    _check_program(script)
    for path in [*paths, *([working_folder] if working_folder else [])]:
        if not path.is_dir():
            raise CodeableError(f"{shown_path(path)} is no folder", exit_status=2)
    study = read_study(script, paths, aliases, keep_bundled=keep_bundled, working_folder=working_folder)
    copies = _CopyMessages(Path.cwd())
    for folder, names in study.copies.items():
        copies.is_used(folder, names)
    options = decide_options(study.script, text_format, encoding, images, study, dpi)
    loader = ModuleLoader()
    try:
        kept = None if keep_bundled else study.copies
        session = study_session(
            options,
            study.roots,
            aliases,
            loader,
            hidden=study.hidden,
            kept_copies=kept,
            report_copy=copies.is_not_used,
        )
        with session:
            execute(study, loader, arguments, working_folder)
    except SystemExit as stop:
        return _status(stop)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        if issubclass(type(error), CodeableError) and not issubclass(type(error), CException):
            raise
        raise failure(error, study, loader) from error
    return 0


def execute(
    study: StudyFiles,
    loader: ModuleLoader,
    arguments: Sequence[str] = (),
    working_folder: Path | None = None,
) -> None:
    """Execute the script of a study, inside a session, as the program of the process.

    The loader remembers its module under the name of the file. In a package, the package is imported first.

    Args:
        study: The study.
        loader: Executes the script.
        arguments: What the script finds in `sys.argv` after its name.
        working_folder: The current folder of the script; without it the folder that begins the module path.
    """
    os.chdir(working_folder or study.roots[0])
    sys.argv[:] = [str(study.script if study.package else study.called), *arguments]
    main = sys.modules["__main__"] = ModuleType("__main__")
    main.__file__ = str(study.script)
    if study.package:
        importlib.import_module(study.package)
    if study.package or study.called != study.script:  # as `python -m PACKAGE` and `python FOLDER` do
        main.__package__ = study.package
    loader.execute(main, study.script, study.script.stem)


@frozen
class _CopyMessages:
    """Says on stderr what becomes of the copies of CodeableModels that a study brings along.

    Attributes:
        start: The current folder of the user.
    """

    start: Path

    def is_not_used(self, folder: Path) -> None:
        """Say that codeable stands in for a copy."""
        _say(
            f"codeable is used in the place of the copy of CodeableModels in {self._where(folder)}; "
            "--keep-bundled uses the copy"
        )

    def is_used(self, folder: Path, names: Sequence[str]) -> None:
        """Say that a copy is used because it has names that codeable lacks."""
        _say(
            f"the copy of CodeableModels in {self._where(folder)} is used as it is: "
            f"the study takes from it what codeable does not have ({', '.join(names)})"
        )

    def _where(self, folder: Path) -> str:
        packages = packages_of_copies(folder)
        if len(packages) == 1:
            return self._shown(packages[0])
        return f"{self._shown(folder)} ({', '.join(path.name for path in packages)})"

    def _shown(self, path: Path) -> str:
        return str(path.relative_to(self.start) if path.is_relative_to(self.start) else path)


def _say(line: str) -> None:
    print(printable(line), file=sys.stderr)


def _check_program(script: Path) -> None:
    """Refuse a script that is not there; what is there is named."""
    folder = script if script.is_dir() else script.parent
    there = sorted(path.name for path in folder.glob("*.py") if path.is_file())
    if script.is_dir() and "__main__.py" not in there:
        scripts = f": {', '.join(there[:_MOST_SCRIPTS])}" if there else ""
        raise CodeableError(
            f"{shown_path(script)} is a folder without __main__.py; name the script in it{scripts}",
            exit_status=2,
        )
    if script.is_file() and is_zipfile(script):
        raise CodeableError(
            f"{shown_path(script)} is an archive; unpack it and name its folder", exit_status=2
        )
    if not script.is_dir() and not script.is_file():
        raise CodeableError(
            f"{shown_path(script)} is no file{did_you_mean(script.name, there)}", exit_status=2
        )


def _status(stop: SystemExit) -> int:
    if stop.code is None or isinstance(stop.code, int):
        return stop.code or 0
    try:
        print(stop.code, file=sys.stderr)
    except Exception:  # as Python does at the end of a program
        print("<exception str() failed>", file=sys.stderr)
    return 1

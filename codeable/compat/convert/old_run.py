"""One run of the modules of an old study: loads them, and remembers which fail. `load_old_study` does it."""

import importlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from attrs import define, field

from codeable.compat import shims
from codeable.compat.convert.declaring import Declaring
from codeable.compat.convert.untouched import ReadFile, files_untouched
from codeable.compat.failures import failure
from codeable.compat.module_discovery import StudyFiles
from codeable.compat.run_options import RunOptions
from codeable.compat.running import execute
from codeable.compat.session import study_session
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel import CClass, CException
from codeable.kernel.place import code_of
from codeable.loading.interpreter import python_restored
from codeable.loading.load_errors import StudyModuleError
from codeable.loading.loader import ModuleLoader
from codeable.text import first_few

_MOST_LISTED = 4


@define(eq=False)
class OldRun:
    """One run of the modules of an old study.

    Attributes:
        programs: The programs whose modules are run.
        declaring: Which of their files declare elements.
        aliases: Other names under which modules are found: old → new.
        without: Files that are not run for their own sake.
        is_script: Whether the one program is a script that runs as such, and whose failure ends everything.
        loader: Has the modules.
        failed: The files that did not run → the error.
        declared: The names of the metamodels that the study imported.
        reads: The data files that the modules have read.
    """

    programs: Sequence[StudyFiles]
    declaring: Declaring
    aliases: Mapping[str, str] | None
    without: frozenset[Path]
    is_script: bool
    loader: ModuleLoader = field(factory=ModuleLoader)
    failed: dict[Path, CodeableError] = field(factory=dict)
    _raised: dict[Path, tuple[BaseException, StudyFiles]] = field(factory=dict)
    declared: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    reads: Mapping[ReadFile, None] = field(factory=dict)

    def run(self, options: RunOptions) -> None:
        """Run the modules, and remember which fail.

        Raises:
            CodeableError: A script fails.
        """
        roots = list(dict.fromkeys(root for each in self.programs for root in each.roots))
        hidden = frozenset[str]().union(*(each.hidden for each in self.programs))
        session = study_session(options, roots, self.aliases, self.loader, hidden=hidden)
        with session, files_untouched(self.loader.files) as self.reads:
            for program in self.programs:
                if self._runs_as_program(program):
                    self._try(program, program.script)
                    continue
                for path in program.files:
                    if path in self.declaring.files:
                        self._try(program, path)
            self.declared = shims.imported()
        # Worded here, where the current folder is the user's: messages show paths from there.
        self.failed = {path: self._failure(*raised) for path, raised in self._raised.items()}
        if self.is_script:
            for error in self.failed.values():
                raise error

    def _runs_as_program(self, program: StudyFiles) -> bool:
        return self.is_script or program.script in self.declaring.programs

    def files(self) -> set[Path]:
        """The files of the modules that have run."""
        return {Path(str(module.__file__)) for module in self.loader.completed.values()}

    def repeated(self) -> Iterator[tuple[Path, str]]:
        """The programs most of whose elements other modules declare just so, and the reason."""
        parts = {path for each in self.programs for path in each.files if path != each.script}
        own = {Path(str(each.__file__)): _own_classes(each) for each in self.loader.completed.values()}
        for program in self.programs:
            names = own.get(program.script, set())
            others = {path: names & found for path, found in own.items() if path in parts}
            other = max(others, key=lambda path: len(others[path]), default=None)
            if other is not None and 2 * len(others[other]) > len(names):
                listed = first_few(sorted(name for name, _, _ in others[other]), _MOST_LISTED)
                yield program.script, f"it declares again what {shown_path(other)} declares ({listed})"

    def _try(self, program: StudyFiles, path: Path) -> None:
        if path in self.without or path in self._raised or path in self.files():
            return
        try:
            if path == program.script and self._runs_as_program(program):
                with python_restored():
                    execute(program, self.loader)
            else:
                _load(program, path, self.loader)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self._raised[path] = error, program

    def _failure(self, error: BaseException, program: StudyFiles) -> CodeableError:
        if isinstance(error, CodeableError) and not isinstance(error, CException):
            return error
        found = failure(error, program, self.loader)
        if not isinstance(error, SystemExit) or not isinstance(found, StudyModuleError):
            return found
        place = f"{shown_path(found.path)}:{found.line}"
        message = f"{place}: it ends the program (status {error.code or 0}) before its elements can be read"
        if self.is_script:
            message += "; name the folder of the study instead"
        return StudyModuleError(message, found.path, found.line)


def _load(program: StudyFiles, path: Path, loader: ModuleLoader) -> None:
    """Load one module of a program: under its name, the program itself under that of its file."""
    os.chdir(program.roots[0])
    sys.argv[:] = [str(program.script)]
    name = program.names.get(path)
    if name is None and program.package:
        name = f"{program.package}.{path.stem}"
    if name is not None:
        with python_restored():
            module = importlib.import_module(name)
        if Path(str(module.__file__)).resolve() != path:
            raise CodeableError(
                f"{shown_path(path)}: {shown_path(str(module.__file__))} is the module {name}, too; "
                "rename one, or convert the folder of each on its own"
            )
        return
    name = path.stem
    if name in loader.completed:
        name = f"{path.parent.name}_{name}"
    unnamed = sys.modules[name] = ModuleType(name)
    unnamed.__file__ = str(path)
    try:
        with python_restored():
            loader.execute(unnamed, path)
    except BaseException:
        sys.modules.pop(name, None)
        raise


def _own_classes(module: ModuleType) -> set[tuple[str, str, str]]:
    """Identifier, metaclass and display name of the classes that a module makes itself."""
    return {
        (name, str(value.metaclass), str(value.name))
        for name, value in vars(module).items()
        if issubclass(type(value), CClass)  # `isinstance` asks the value
        and (code := code_of(value)) is not None
        and code.co_filename == module.__file__
    }

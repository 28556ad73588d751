"""Runs an old study and keeps its modules and declarations. `convert` calls `load_old_study`."""

import importlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from attrs import define, evolve, field, frozen

from codeable.compat import shims
from codeable.compat.convert.data_files import ReadFile, files_read
from codeable.compat.convert.declaring import Declaring, declaring
from codeable.compat.convert.old_sources import (
    aliases_of_own_metamodels,
    asks_for_ours,
    closed_folders,
    programs_in,
    samples_in,
)
from codeable.compat.convert.untouched import files_untouched
from codeable.compat.convert.vocabulary import OldVocabulary, old_vocabulary
from codeable.compat.failures import failure
from codeable.compat.missing import MissingModulesError
from codeable.compat.module_discovery import StudyFiles, read_study
from codeable.compat.run_options import RunOptions, decide_options
from codeable.compat.running import execute
from codeable.compat.session import study_session
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel import CClass, CException
from codeable.loading.interpreter import python_restored
from codeable.loading.load_errors import StudyModuleError
from codeable.loading.loader import ModuleLoader
from codeable.registry import Registry
from codeable.text import first_few

_MOST_LISTED = 4


@frozen(eq=False)
class OldStudy:
    """An old study after its modules have run.

    Attributes:
        name: What it is called: its folder's name.
        modules: Its modules by name, in the order in which they ran to their end.
        started: The files of its modules, in the order in which they began to run.
        declaring: The files that declare elements.
        programs: What the scripts or the modules that no other one imports reach, as their sources say.
        aliases: Other names under which modules are found: old → new.
        vocabulary: Its metamodels, as far as the vocabulary of codeable has the same elements.
        registry: What its modules declare.
        options: The options it was run with.
        idle: Files of its folder that have not run: they declare nothing.
        left_out: Files of its folder that are not part of it → the reason.
        broken: Why further ones could not be read or run, each with its place.
        reads: The data files that its modules have read.
    """

    name: str
    modules: Mapping[str, ModuleType]
    started: tuple[Path, ...]
    declaring: frozenset[Path]
    programs: tuple[StudyFiles, ...]
    aliases: Mapping[str, str]
    vocabulary: OldVocabulary
    registry: Registry
    options: RunOptions
    idle: frozenset[Path]
    left_out: Mapping[Path, str]
    broken: tuple[str, ...]
    reads: tuple[ReadFile, ...] = ()


def load_old_study(
    path: Path,
    text_format: str | None = None,
    paths: Sequence[Path] = (),
    aliases: Mapping[str, str] | None = None,
) -> OldStudy:
    """Load the study in a folder, or the one that a script belongs to.

    Of a folder the modules are loaded that declare elements, with those that they import. Those that do not
    run, or declare again what other modules declare, are left out, and the others are loaded without them.
    A script runs as the program; the texts and pictures that it renders are not written, and those that are
    there stay.

    Args:
        path: The folder or the script.
        text_format: Whose display names the metamodels have: `older`, or as in codeable `current`.
        paths: Further folders of its module path.
        aliases: Other names under which modules are found: old → new.

    Raises:
        CodeableError: There is no such study, it lacks modules, or none of its modules runs.
    """
    path = path.resolve()
    programs = _programs(path, paths, aliases)
    aliases = dict(aliases or {})
    while (own := aliases_of_own_metamodels(programs)).keys() - aliases.keys():
        aliases = own | aliases
        programs = _programs(path, paths, aliases)
    found = declaring(programs)
    options = decide_options(programs[0].script, text_format or "current", study=programs[0])
    options = evolve(options, images=False, texts=False)
    excluded: dict[Path, str] = {}
    failed: dict[Path, CodeableError] = {}
    while True:
        run = _Run(programs, found, aliases, frozenset([*excluded, *failed]), is_script=path.is_file())
        run.run(options)
        again = {} if run.failed or path.is_file() else dict(run.repeated())
        if not run.failed and not again:
            break
        failed |= run.failed
        excluded |= again
        _check_goes_on(run, failed)
    loader = run.loader
    vocabulary = old_vocabulary(loader.completed, run.declared)
    registry = Registry(vocabulary.as_module(), loader.completed)
    if not len(registry):
        _check_whole(failed)
        raise CodeableError(f"{shown_path(path)} declares no element with CodeableModels", exit_status=2)
    reached = {file: module.broken for each in programs for file, module in each.files.items()}
    unread = {file: broken for file, broken in reached.items() if broken}
    rest = reached.keys() - run.files() - failed.keys() - excluded.keys() - unread.keys()
    return OldStudy(
        path.name if path.is_dir() else path.parent.name,
        loader.completed,
        tuple(map(Path, loader.files)),
        found.files,
        tuple(programs),
        dict(aliases or {}),
        vocabulary,
        registry,
        options,
        frozenset(rest),
        excluded | dict.fromkeys(samples_in(path), "it came with CodeableModels"),
        (
            *(f"left out, it cannot be read: {each}" for each in (*unread.values(), *closed_folders(path))),
            *_reasons(failed),
        ),
        tuple(run.reads),
    )


def _programs(path: Path, paths: Sequence[Path], aliases: Mapping[str, str] | None) -> list[StudyFiles]:
    """The script, or the programs in a folder."""
    if path.is_file():
        program = read_study(path, paths, aliases)
        if asks_for_ours(program.files[program.script]):
            raise CodeableError(
                f"{shown_path(path)} declares no element with CodeableModels: it imports codeable.dsl, as "
                "modules of a study of codeable do",
                exit_status=2,
            )
        return [program]
    if not path.is_dir():
        raise CodeableError(f"{shown_path(path)} is neither a folder nor a script", exit_status=2)
    return programs_in(path, paths, aliases)


@define(eq=False)
class _Run:
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
        reading = files_read(self.loader.files)
        hidden = frozenset[str]().union(*(each.hidden for each in self.programs))
        session = study_session(options, roots, self.aliases, self.loader, hidden=hidden)
        with session, files_untouched(self.loader.files), reading as self.reads:
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


def _check_whole(failed: Mapping[Path, CodeableError]) -> None:
    """Refuse a study of which modules fail, with the error of the one that is at fault.

    Raises:
        CodeableError: There is one.
    """
    for _, error in sorted(failed.items(), key=lambda each: _culprit(each[1]) != each[0]):
        raise error


def _check_goes_on(run: _Run, failed: Mapping[Path, CodeableError]) -> None:
    """Refuse a study of which nothing runs, or that needs an alias.

    Raises:
        CodeableError: The error of the module that is at fault.
    """
    done = run.files()
    if not done & run.declaring.files:
        _check_whole(failed)
    parts = {path for each in run.programs for path in each.files if path != each.script}
    runs = any(done & each.files.keys() - {each.script} for each in run.programs if each.script not in failed)
    for path, error in failed.items():
        has_alias = isinstance(error, MissingModulesError) and any(each.alias for each in error.missing)
        if has_alias and (path in parts or not runs):
            raise error


def _reasons(failed: Mapping[Path, CodeableError]) -> Iterator[str]:
    for path, error in sorted(failed.items(), key=lambda each: _culprit(each[1]) not in (None, each[0])):
        culprit = _culprit(error)
        is_told = culprit in failed and _culprit(failed[culprit]) == culprit if culprit else False
        if culprit is not None and culprit != path and is_told:
            yield f"left out, it does not run: {shown_path(path)} imports {shown_path(culprit)}"
        else:
            named = "" if shown_path(path) in error.message else f"{shown_path(path)}: "
            yield f"left out, it does not run: {named}{error.message}"


def _culprit(error: CodeableError) -> Path | None:
    return Path(error.path).resolve() if isinstance(error, StudyModuleError) else None


def _own_classes(module: ModuleType) -> set[tuple[str, str, str]]:
    """Identifier, metaclass and display name of the classes that a module makes itself."""
    return {
        (name, str(value.metaclass), str(value.name))
        for name, value in vars(module).items()
        if issubclass(type(value), CClass)  # `isinstance` asks the value
        and value._code is not None
        and value._code.co_filename == module.__file__
    }

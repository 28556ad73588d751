"""Runs an old study and keeps its modules and declarations. `convert` calls `load_old_study`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

from attrs import evolve, frozen

from codeable.compat.convert.declaring import declaring
from codeable.compat.convert.old_run import OldRun
from codeable.compat.convert.old_sources import (
    aliases_of_own_metamodels,
    asks_for_ours,
    closed_folders,
    programs_in,
    samples_in,
)
from codeable.compat.convert.untouched import ReadFile
from codeable.compat.convert.vocabulary import OldVocabulary, old_vocabulary
from codeable.compat.failures import OwnMetamodelError
from codeable.compat.missing import MissingModulesError
from codeable.compat.module_discovery import StudyFiles, read_study
from codeable.compat.run_options import decide_options
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading.load_errors import StudyModuleError
from codeable.loading.loader import find_module
from codeable.registry import Registry


@frozen(eq=False)
class OldStudy:
    """An old study after its modules have run.

    Attributes:
        modules: Its modules by name, in the order in which they ran to their end.
        started: The files of its modules, in the order in which they began to run.
        declaring: The files that declare elements.
        makers: File → the functions that it has or imports, and that make elements.
        programs: What the scripts or the modules that no other one imports reach, as their sources say.
        aliases: Other names under which modules are found: old → new.
        vocabulary: Its metamodels, as far as the vocabulary of codeable has the same elements.
        registry: What its modules declare.
        idle: Files of its folder that have not run: they declare nothing.
        left_out: Files of its folder that are not part of it → the reason.
        broken: Why further ones could not be read or run, each with its place.
        reads: The data files that its modules have read.
    """

    modules: Mapping[str, ModuleType]
    started: tuple[Path, ...]
    declaring: frozenset[Path]
    makers: Mapping[Path, frozenset[str]]
    programs: tuple[StudyFiles, ...]
    aliases: Mapping[str, str]
    vocabulary: OldVocabulary
    registry: Registry
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
        text_format: Whose display names the metamodels have, `older` or `current`; None: as a run decides.
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
    program = next((each for each in programs if each.uses_earlier_names), programs[0])
    options = decide_options(program.script, text_format, study=program)
    options = evolve(options, images=False, texts=False)
    excluded = dict(_replaced(programs, aliases)) if path.is_dir() else {}
    failed: dict[Path, CodeableError] = {}
    while True:
        run = OldRun(programs, found, aliases, frozenset([*excluded, *failed]), is_script=path.is_file())
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
        loader.completed,
        tuple(map(Path, loader.files)),
        found.files,
        found.makers,
        tuple(programs),
        dict(aliases or {}),
        vocabulary,
        registry,
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


def _check_whole(failed: Mapping[Path, CodeableError]) -> None:
    """Refuse a study of which modules fail, with the error of the one that is at fault.

    Raises:
        CodeableError: There is one.
    """
    for _, error in sorted(failed.items(), key=lambda each: _culprit(each[1]) != each[0]):
        raise error


def _check_goes_on(run: OldRun, failed: Mapping[Path, CodeableError]) -> None:
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
        if _has_alias(error) and (path in parts or not runs):
            raise error


def _has_alias(error: CodeableError) -> bool:
    """Whether an alias would let the module run."""
    if isinstance(error, MissingModulesError):
        return any(each.alias for each in error.missing)
    return isinstance(error, OwnMetamodelError)


def _replaced(programs: Sequence[StudyFiles], aliases: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """The programs that an alias replaces by another module, and the reason to leave them out."""
    for program in programs:
        for old, new in aliases.items():
            if old != new and find_module(old, program.roots) == program.script:
                yield program.script, f"the alias {old}={new} replaces it"


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

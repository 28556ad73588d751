"""Runs an old study and keeps its modules and declarations. `convert` calls `load_old_study`."""

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from attrs import evolve, frozen

from codeable.compat import shims
from codeable.compat.convert.vocabulary import OldVocabulary, old_vocabulary
from codeable.compat.module_discovery import StudyFiles, read_study
from codeable.compat.module_file import ModuleFile
from codeable.compat.run_options import RunOptions, decide_options
from codeable.compat.running import execute, failure
from codeable.compat.session import study_session
from codeable.compat.study_roots import python_files
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel import CException
from codeable.loading.loader import ModuleLoader
from codeable.notes.vocabulary import CONSTRUCTORS
from codeable.registry import Registry
from codeable.text import natural_key

_DECLARING = frozenset(
    [
        *CONSTRUCTORS,
        "CAssociation",
        "CEnum",
        "CMetaclass",
        "CObject",
        "CStereotype",
        "add_links",
        "set_links",
        "add_decision_option_association",
        "add_decision_option_link",
        "add_stereotyped_design_solution_link",
        "add_stereotyped_link_with_how_tagged_value",
        "add_stereotyped_link_with_role_tagged_value",
    ]
)


@frozen(eq=False)
class OldStudy:
    """An old study after its modules have run.

    Attributes:
        name: What it is called: its folder's name.
        modules: Its modules by name, in the order in which they ran to their end.
        started: The files of its modules, in the order in which they began to run.
        programs: What the scripts or the modules that no other one imports reach, as their sources say.
        aliases: Other names under which modules are found: old → new.
        vocabulary: Its metamodels, as far as the vocabulary of codeable has the same elements.
        registry: What its modules declare.
        options: The options it was run with.
        left_out: Files of its folder that were not loaded: they declare nothing.
        broken: Why further ones could not be read, each with its place.
    """

    name: str
    modules: Mapping[str, ModuleType]
    started: tuple[Path, ...]
    programs: tuple[StudyFiles, ...]
    aliases: Mapping[str, str]
    vocabulary: OldVocabulary
    registry: Registry
    options: RunOptions
    left_out: tuple[Path, ...]
    broken: tuple[str, ...]


def load_old_study(
    path: Path,
    text_format: str | None = None,
    paths: Sequence[Path] = (),
    aliases: Mapping[str, str] | None = None,
) -> OldStudy:
    """Load the study in a folder, or the one that a script belongs to.

    Of a folder the modules are loaded that declare elements, with those that they import. A script runs as
    the program; the texts and pictures that it renders are not written, and those that are there stay.

    Args:
        path: The folder or the script.
        text_format: `current` or `older`; without it the names that the study imports decide.
        paths: Further folders of its module path.
        aliases: Other names under which modules are found: old → new.

    Raises:
        CodeableError: There is no such study, it lacks modules, or it raises.
    """
    programs = _programs(path.resolve(), paths, aliases)
    if text_format is None and any(each.uses_earlier_names for each in programs):
        text_format = "older"
    options = decide_options(programs[0].script, text_format, study=programs[0])
    options = evolve(options, images=False, texts=False)
    roots = list(dict.fromkeys(root for each in programs for root in each.roots))
    loader = ModuleLoader()
    program, as_program = programs[0], path.is_file()
    try:
        with study_session(options, roots, aliases, loader):
            for program in programs:
                _run(program, loader, as_program)
            declared = shims.imported()
    except Exception as error:
        if isinstance(error, CodeableError) and not isinstance(error, CException):
            raise
        raise failure(error, program, loader) from error
    vocabulary = old_vocabulary(loader.completed, declared)
    registry = Registry(vocabulary.as_module(), loader.completed)
    if not len(registry):
        raise CodeableError(f"{shown_path(path)} declares no element with CodeableModels", exit_status=2)
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    reached = {file: module.broken for each in programs for file, module in each.files.items()}
    left_out = sorted(set(reached) - _paths(loader))
    return OldStudy(
        folder.name,
        loader.completed,
        tuple(map(Path, loader.files)),
        tuple(programs),
        dict(aliases or {}),
        vocabulary,
        registry,
        options,
        tuple(file for file in left_out if not reached[file]),
        tuple(reached[file] for file in left_out if reached[file]),
    )


def _programs(path: Path, paths: Sequence[Path], aliases: Mapping[str, str] | None) -> list[StudyFiles]:
    """The script, or the modules of a folder that no other one imports, in order of their names."""
    if path.is_file():
        program = read_study(path, paths, aliases)
        if _asks_for_ours(program.files[program.script]):
            raise CodeableError(
                f"{shown_path(path)} declares no element with CodeableModels: it imports codeable.dsl, as "
                "modules of a study of codeable do",
                exit_status=2,
            )
        return [program]
    if not path.is_dir():
        raise CodeableError(f"{shown_path(path)} is neither a folder nor a script", exit_status=2)
    files = [each for each in python_files(path) if not _is_bundled(each.relative_to(path))]
    read = [
        read_study(file, paths, aliases) for file in sorted(files, key=lambda each: natural_key(str(each)))
    ]
    read = [study for study in read if not _is_of_codeable(study)]
    imported = {file for study in read for file in study.names}
    programs = [study for study in read if study.script not in imported]
    if not any(declares(module) for study in programs for module in study.files.values()):
        raise CodeableError(
            f"no module in {shown_path(path)} declares an element with CodeableModels", exit_status=2
        )
    return programs


def _is_bundled(path: Path) -> bool:
    """Whether a file belongs to a copy of CodeableModels that came with the study."""
    folders = path.parts[:-1]
    if "codeable_models" in folders or "plant_uml_renderer" in folders:
        return True
    return "metamodels" in folders and f"metamodels.{path.stem}" in shims.PROVIDED


def _is_of_codeable(study: StudyFiles) -> bool:
    """Whether a module belongs to a study of codeable, such as an earlier conversion inside the old study."""
    return any(_asks_for_ours(module) for module in study.files.values())


def _asks_for_ours(module: ModuleFile) -> bool:
    return any(each.module == "codeable.dsl" for each in module.imports)


def _run(program: StudyFiles, loader: ModuleLoader, as_program: bool) -> None:
    """Load what declares elements: a script as the program, else each module under its name."""
    if as_program:
        try:
            execute(program, loader)
        except SystemExit as stop:
            raise CodeableError(
                f"{shown_path(program.script)} ends itself (status {stop.code}) before its elements can be "
                "read; name the folder of the study instead"
            ) from stop
        return
    os.chdir(program.script.parent)
    sys.argv[:] = [str(program.script)]
    for path, module in program.files.items():
        if declares(module) and path not in _paths(loader):
            if path in program.names:
                importlib.import_module(program.names[path])
            else:
                unnamed = sys.modules[path.stem] = ModuleType(path.stem)
                unnamed.__file__ = str(path)
                loader.execute(unnamed, path)


def declares(module: ModuleFile) -> bool:
    """Whether the source of a module makes elements or links."""
    attributes = {attribute for _, attribute in module.attributes}
    return bool(_DECLARING & module.used) or bool({"add_links", "association"} & attributes)


def _paths(loader: ModuleLoader) -> set[Path]:
    """The files of the modules that have run."""
    return {Path(str(module.__file__)) for module in loader.completed.values()}

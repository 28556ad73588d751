"""What the modules in a folder are, according to their sources: programs, parts of programs, copies.

`load_old_study` asks before it runs anything.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from codeable.compat.bundled import bundled_module
from codeable.compat.bundled_metamodels import is_like_ours
from codeable.compat.convert.declaring import declaring
from codeable.compat.module_discovery import StudyFiles, read_study
from codeable.compat.module_file import ModuleFile
from codeable.compat.own_metamodels import imports_of_metamodels, metamodels_built_on
from codeable.compat.study_roots import may_hold_modules, python_files
from codeable.errors import CodeableError, reason_of
from codeable.files import shown_path
from codeable.loading.loader import find_module
from codeable.settings import has_settings
from codeable.text import natural_key

_KERNEL = "codeable_models"
_BESIDE_THE_KERNEL = ("samples", "tests")
"""Folders of CodeableModels that are no part of a study."""


def programs_in(
    folder: Path, paths: Sequence[Path] = (), aliases: Mapping[str, str] | None = None
) -> list[StudyFiles]:
    """The modules of a folder that no other one imports, in natural order of their paths.

    Of modules that import each other, and that nothing else imports, the first one that declares elements.
    A program that imports most of the modules that declare elements comes first: the others are loaded in
    its order.

    Raises:
        CodeableError: No module declares an element with CodeableModels.
    """
    beside = samples_in(folder)
    files = [
        each
        for each in python_files(folder)
        if bundled_module(each) is None and not any(each.is_relative_to(other) for other in beside)
    ]
    read = [
        read_study(file, paths, aliases) for file in sorted(files, key=lambda each: natural_key(str(each)))
    ]
    read = [study for study in read if not any(asks_for_ours(module) for module in study.files.values())]
    imported = {file for study in read for file in study.names if file != study.script}
    programs = [study for study in read if study.script not in imported]
    rest = {path for study in read for path in study.files} - {
        path for each in programs for path in each.files
    }
    rings = [study for study in read if study.script in rest]
    in_rings = declaring(rings).files
    for study in sorted(rings, key=lambda each: each.script not in in_rings):
        if study.script in rest:
            programs.append(study)
            rest -= study.files.keys()
    found = declaring(programs).files
    if not found:
        unread = [module.broken for study in read for module in study.files.values() if module.broken]
        reasons = [f"{len(unread)} of its modules cannot be read:", *dict.fromkeys(unread)] if unread else []
        if not reasons and has_settings(folder):
            reasons = ["it has the settings of a study of codeable; `codeable list` lists what that declares"]
        message = f"no module in {shown_path(folder)} declares an element with CodeableModels"
        raise CodeableError("\n  ".join([message, *reasons]), exit_status=2)
    reached = {each.script: len(found & each.files.keys() - {each.script}) for each in programs}
    most = max(reached.values())
    main = [each for each in programs if most > 1 and reached[each.script] == most and 2 * most > len(found)]
    return [*main, *(each for each in programs if each not in main)]


def samples_in(folder: Path) -> list[Path]:
    """The samples and tests of CodeableModels itself, where a whole copy of it came with a study."""
    copies = dict.fromkeys(
        found.folder
        for each in python_files(folder)
        if (found := bundled_module(each)) is not None and found.name.startswith(_KERNEL)
    )
    inside = (copy / name for copy in copies for name in _BESIDE_THE_KERNEL)
    return [each for each in inside if each.is_dir()]


def closed_folders(folder: Path) -> Iterator[str]:
    """Why folders of a study cannot be read, each with its path."""
    errors: list[OSError] = []
    for _, names, _ in os.walk(folder, onerror=errors.append) if folder.is_dir() else ():
        names[:] = [name for name in names if may_hold_modules(Path(name))]
    yield from (f"{shown_path(str(error.filename))}: {reason_of(error)}" for error in errors)


def aliases_of_own_metamodels(programs: Sequence[StudyFiles]) -> dict[str, str]:
    """Aliases with which a study uses its own copies of metamodels that say more than CodeableModels'."""
    found: dict[str, str] = {}
    for study in programs:
        for name in imports_of_metamodels(study):
            path = find_module(name, study.roots)
            if path is not None and path.is_file() and not is_like_ours(path, name):
                found |= {each: each for each in (name, *dict(metamodels_built_on(name, path)))}
    return found


def asks_for_ours(module: ModuleFile) -> bool:
    """Whether a module belongs to a study of codeable, such as an earlier conversion in the old study."""
    return any(each.module == "codeable.dsl" for each in module.imports)

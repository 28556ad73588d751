"""Finds a metamodel of a study's own that codeable's hides, and the aliases with which the study uses it.

`failures` asks when a script fails.
"""

from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from codeable.compat import shims
from codeable.compat.aliases import asks_for
from codeable.compat.bundled_metamodels import is_like_ours
from codeable.compat.module_discovery import StudyFiles
from codeable.compat.module_file import ModuleImport, read_module
from codeable.compat.replacements import names_of_module, other_modules, same_definitions, taken_names


@frozen
class OwnMetamodel:
    """A metamodel of a study's own that says more than that of CodeableModels, or something else.

    Attributes:
        name: The full name under which codeable's is imported instead.
        path: The file.
        further: The names that the study takes from it, and that codeable's does not have.
        aliases: The aliases that let the study use it, `old=new` each.
    """

    name: str
    path: Path
    further: frozenset[str]
    aliases: tuple[str, ...]


def own_metamodels(study: StudyFiles) -> Iterator[OwnMetamodel]:
    """The metamodels of a study's own that are not used because codeable's have their names."""
    hidden = imports_of_metamodels(study)
    candidates = list(other_modules(study)) if hidden else []
    for name, imports in hidden.items():
        ours = {*shims.offered(name)}
        taking = (each for each in imports if each.module == name)
        taken = {each for statement in taking for each in taken_names(statement, study)} - ours
        own = [each for each in candidates if not any(other.module == name for other in each.imports)]
        path = same_definitions(name, sorted(taken), own, study)
        if path is None or is_like_ours(path, name):
            continue
        read = {attribute for each in imports for _, attribute in study.files[each.path].attributes}
        further = frozenset(taken | (read & {*read_module(path).defined} - ours))
        files = {name: path, **dict(metamodels_built_on(name, path))}
        found = {each: names_of_module(file, study) for each, file in files.items()}
        if all(found.values()):  # module paths lead to the files
            aliases = (f"{each}={each if each in names else names[0]}" for each, names in found.items())
            yield OwnMetamodel(name, path, further, tuple(aliases))


def imports_of_metamodels(study: StudyFiles) -> dict[str, list[ModuleImport]]:
    """The imports of metamodels that codeable provides, by the full names of these."""
    found: dict[str, list[ModuleImport]] = {}
    for each in (statement for module in study.files.values() for statement in module.imports):
        inner = [f"{each.module}.{name}" for name in each.names] if each.module == shims.METAMODELS else []
        for name in [each.module, *inner]:
            hides = name in shims.PROVIDED and name.startswith(f"{shims.METAMODELS}.")
            if hides and not asks_for(name, study.aliases):
                found.setdefault(name, []).append(each)
    return found


def metamodels_built_on(name: str, path: Path) -> Iterator[tuple[str, Path]]:
    """The metamodels in the same folder that build on one, and so have to be the study's own with it.

    Args:
        name: The full name of the one.
        path: Its file.

    Returns:
        The full name and the file of each.
    """
    for other in sorted(path.parent.glob("*.py")):
        full_name = f"{shims.METAMODELS}.{other.stem}"
        imported = {each.module.rpartition(".")[2] for each in read_module(other).imports}
        if other != path and full_name in shims.PROVIDED and name.rpartition(".")[2] in imported:
            yield full_name, other

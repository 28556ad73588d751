"""The error for a CodeableModels study that fails: what it lacks, and the command that helps.

`running` and `convert` call `failure`.
"""

from codeable.compat import shims
from codeable.compat.bundled import bundled_module, names_in_copy
from codeable.compat.invocation import again_with, again_with_the_copy
from codeable.compat.missing import MissingModulesError, missing_modules
from codeable.compat.module_discovery import StudyFiles
from codeable.compat.module_file import read_module
from codeable.compat.own_metamodels import own_metamodels
from codeable.compat.replacements import offered_names, other_modules
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel import CException
from codeable.loading.load_errors import StudyModuleError, module_error, name_lacking
from codeable.loading.loader import ModuleLoader, find_module
from codeable.loading.missing_names import lacking
from codeable.text import did_you_mean


class OwnMetamodelError(StudyModuleError):
    """A study fails because a metamodel of its own is not used.

    Attributes:
        aliases: The aliases that let the study use it, `old=new` each.
    """

    def __init__(self, message: str, path: str, line: int, aliases: tuple[str, ...]) -> None:
        super().__init__(message, path, line)
        self.aliases = aliases


def failure(error: BaseException, study: StudyFiles, loader: ModuleLoader) -> CodeableError:
    """The error for an exception that a study's code raised or ran into."""
    if issubclass(type(error), ImportError):
        missing, wanted = missing_modules(study), name_lacking(error)
        if any(each.name.startswith(wanted) for each in missing):
            return MissingModulesError(missing, study.script, study.aliases)
    found = module_error(error, loader, str(study.script))
    lines = [found.message]
    name = name_lacking(error)
    if issubclass(type(error), ImportError) and (pair := lacking(found.message.partition("\n")[0])):
        name, module = pair
        near = did_you_mean(name, sorted(set(offered_names(module, study))))
        lines += [f"{module} has no {name!r}{near}"] if near else []
        lines += _about_copies(name, module, study)
    own, aliases = _about_own_metamodels(error, name, study)
    if not aliases:
        return StudyModuleError("\n".join(lines), found.path, found.line)
    lines[0] = module_error(error, loader, str(study.script), has_proposal=True).message
    message = "\n".join([*lines, *own, again_with(aliases, study.aliases)])
    return OwnMetamodelError(message, found.path, found.line, aliases)


def _about_copies(name: str, module: str, study: StudyFiles) -> list[str]:
    """Which copy of CodeableModels has a name that codeable lacks, and how it is used."""
    if module not in shims.PROVIDED:
        return []
    again = again_with_the_copy()
    for each in other_modules(study):
        copied = bundled_module(each.path)
        if copied is not None and copied.name == module and name in names_in_copy(each.path):
            lines = [f"the study's own copy has it, which is not used: {shown_path(each.path)}"]
            return [*lines, again] if again else lines
    hidden = find_module(module, study.roots)
    if hidden is not None and hidden.is_file() and name in read_module(hidden).defined:
        is_own = hidden in {own.path for own in own_metamodels(study)}  # more is said of it below
        return [] if is_own else [f"the study has it in a file that is not used: {shown_path(hidden)}"]
    return []


def _about_own_metamodels(
    error: BaseException, name: str, study: StudyFiles
) -> tuple[list[str], tuple[str, ...]]:
    """What a metamodel of the study's own has that codeable's lacks, and the aliases that let it be used."""
    by_name = issubclass(type(error), ImportError | NameError | AttributeError)
    if not by_name and not issubclass(type(error), CException | TypeError):
        return [], ()
    lines: list[str] = []
    aliases: list[str] = []
    for own in own_metamodels(study):
        same_name = own.path.stem == own.name.rpartition(".")[2]
        if name in own.further if by_name else own.further or same_name:
            what = "has it" if by_name else f"differs from {own.name} of CodeableModels"
            lines.append(f"the study's own copy {what}, which is not used: {shown_path(own.path)}")
            aliases += own.aliases
    return lines, tuple(dict.fromkeys(aliases))

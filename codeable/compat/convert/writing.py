"""Writes the files of the new study. `convert` calls this."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from codeable.compat.convert.names import ModuleNames, Names
from codeable.compat.convert.old_study import OldStudy
from codeable.compat.convert.plan import ConversionPlan, PlannedFile
from codeable.compat.convert.statements import Statement
from codeable.errors import CodeableError, reason_of
from codeable.files import shown_path, write_text_whole
from codeable.kernel import CNamedElement
from codeable.kernel.describe import describe
from codeable.source_writer import module_text
from codeable.text import natural_key

_SETTINGS = """\
[tool.codeable]
models = ["models"]
sources = ["sources"]
"""


def written_files(old: OldStudy, plan: ConversionPlan) -> dict[Path, str]:
    """The files of the new study, by their paths from its folder on.

    Raises:
        CodeableError: Two elements of one file have one name, or a value has no source text.
    """
    home = {
        each.element: file.name for file in plan.files for each in file.statements if each.element is not None
    }
    first = Names(plan.identifiers, old.vocabulary.expressions, ())
    for file in plan.files:
        _text(file, plan, first, home)
    names = Names(plan.identifiers, old.vocabulary.expressions, first.referred)
    files = {
        Path(*file.name.split(".")).with_suffix(".py"): _text(file, plan, names, home) for file in plan.files
    }
    return {Path("pyproject.toml"): _SETTINGS, **files}


def write_study(files: Mapping[Path, str], folder: Path) -> None:
    """Write the files of a study; its folder must not have any of them.

    Raises:
        CodeableError: One cannot be written; those that were are removed again.
    """
    written: list[Path] = []
    for path, text in files.items():
        try:
            write_text_whole(folder / path, text)
        except OSError as error:
            for each in written:
                each.unlink(missing_ok=True)
            raise CodeableError(
                f"{shown_path(folder / path)} cannot be written: {reason_of(error)}; nothing was left there"
            ) from error
        written.append(folder / path)


def _text(file: PlannedFile, plan: ConversionPlan, names: Names, home: Mapping[CNamedElement, str]) -> str:
    own = _own_names(file, names)
    module = ModuleNames(names, file.name, home, own)
    blocks = [
        "\n".join(block)
        for block in (_block(list(run), plan, module) for _, run in groupby(file.statements, _kind_of_block))
        if block
    ]
    aliases = [f"{alias} = {module.ref(element).text}" for alias, element in file.aliases.items()]
    module_of = {each: other.name for other in plan.files for each in other.statements}
    for statement in file.statements:
        for before in plan.predecessors[statement]:
            if module_of[before] != file.name and not _is_loaded_before(module_of[before], file.name):
                module.require(module_of[before])
    return module_text(file.docstring, module.imports(), [*blocks, "\n".join(aliases)])


def _own_names(file: PlannedFile, names: Names) -> set[str]:
    own: dict[str, CNamedElement] = {}
    for statement in file.statements:
        element = statement.element
        if element is not None and names.is_needed(element):
            other = own.setdefault(names.of(element), element)
            if other is not element:
                raise CodeableError(
                    f"two elements would be called {names.of(element)} in {file.name}: {describe(other)} and "
                    f"{describe(element)}; rename one in the old study, or convert its studies one by one"
                )
    return {*own, *file.aliases}


def _kind_of_block(statement: Statement) -> str:
    if statement.link is not None:
        return "links"
    return "changes" if statement.element is None else "declarations"


def _block(statements: list[Statement], plan: ConversionPlan, module: ModuleNames) -> Iterator[str]:
    links = [each.link for each in statements if each.link is not None]
    if links:
        yield from plan.writer.write_all(links, module)
    else:
        for statement in statements:
            try:
                yield from statement.write(module)
            except CodeableError as error:
                if statement.element is None:
                    raise
                raise CodeableError(f"{describe(statement.element)}: {error.message}") from error


def _is_loaded_before(module: str, other: str) -> bool:
    """Whether the study's own order of loading brings the one before the other."""
    part, other_part = module.partition(".")[0], other.partition(".")[0]
    if part != other_part:
        return part == "models"
    return natural_key(module) < natural_key(other)

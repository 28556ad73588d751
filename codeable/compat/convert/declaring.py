"""Which files of an old study declare elements or change them, according to their sources.

A file declares when it calls a constructor of CodeableModels, or a function of the study that does, or when
it sets values, links or names of elements. `load_old_study` runs these files and no others.
"""

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.compat.convert.imports import ImportNames, imported_names
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.compat.module_discovery import StudyFiles
from codeable.compat.module_file import ModuleFile
from codeable.notes.vocabulary import CONSTRUCTORS, FUNCTIONS
from codeable.source_names import Scoped, is_main_block
from codeable.source_reader import parse_file

DECLARING = frozenset(
    [*CONSTRUCTORS, *FUNCTIONS, "CAssociation", "CEnum", "CMetaclass", "CObject", "CStereotype"]
)
"""What the sources of modules call to make elements and links."""

_METHOD = "association"
_CHANGING = frozenset(
    ["delete_links", "delete_tagged_value", "delete_value", "set_tagged_value", "set_value"]
)
_ATTRIBUTES = frozenset(
    [
        "attributes",
        "bundles",
        "default_values",
        "elements",
        "label",
        "name",
        "stereotype_instances",
        "stereotypes",
        "superclasses",
        "tagged_values",
        "values",
    ]
)


@frozen
class Declaring:
    """The files of a study that declare or change elements.

    Attributes:
        files: These files.
        programs: The scripts that do so below `if __name__ == "__main__"`.
        makers: File → the functions and classes that it has or imports, and whose code makes elements.
    """

    files: frozenset[Path]
    programs: frozenset[Path]
    makers: Mapping[Path, frozenset[str]]


def declaring(programs: Sequence[StudyFiles]) -> Declaring:
    """Find the files that declare elements, those that only call functions of others which do so included."""
    modules = {path: module for each in programs for path, module in each.files.items()}
    trees = {path: tree for path in modules if (tree := _parsed(path)) is not None}
    makers = _Makers(trees, _imported(programs))
    mains = {
        each.script: [statement for statement in trees[each.script].body if is_main_block(statement)]
        for each in programs
        if each.script in trees
    }
    return Declaring(
        frozenset(path for path, tree in trees.items() if makers.declare(path, [tree])),
        frozenset(path for path, blocks in mains.items() if makers.declare(path, blocks)),
        {path: frozenset(makers.known(path)) for path in trees},
    )


class _Makers:
    """The functions and classes of a study whose code makes elements, by file.

    Args:
        trees: The files.
        imported: The files that each one reaches by its imports.
    """

    def __init__(self, trees: Mapping[Path, ast.Module], imported: Mapping[Path, Iterable[Path]]) -> None:
        self._imported = imported
        self._making: dict[Path, set[str]] = {path: set() for path in trees}
        definitions = {
            path: [each for each in ast.walk(tree) if isinstance(each, Scoped)]
            for path, tree in trees.items()
        }
        more = True
        while more:
            more = False
            for path, found in definitions.items():
                making = {each.name for each in found if self.declare(path, [each])}
                more = more or making != self._making[path]
                self._making[path] = making

    def declare(self, path: Path, nodes: Iterable[ast.AST]) -> bool:
        """Whether code in a file declares or changes elements."""
        making = self.known(path)
        return any(declares(each, making, changes=True) for each in nodes)

    def known(self, path: Path) -> set[str]:
        """The functions and classes that a file has or reaches by its imports, and that make elements."""
        return self._making[path].union(*(self._making.get(each, ()) for each in self._imported[path]))


def making_names(module: ModuleEdits, names: ImportNames) -> frozenset[str]:
    """The functions and classes of a module, and those that it imports from the study, that make elements."""
    making: set[str] = set()
    for imported, name, bound, _ in imported_names(module):
        makers = names.makers(imported)
        if name in ("", "*"):
            making |= makers
        else:
            making |= {*names.makers(f"{imported}.{name}"), *([bound] if name in makers else [])}
    functions = [each for each in ast.walk(module.tree) if isinstance(each, Scoped)]
    before = -1
    while before != len(making):
        before = len(making)
        making |= {each.name for each in functions if declares(each, making)}
    return frozenset(making)


def declares(code: ast.AST, making: Collection[str], *, changes: bool = False) -> bool:
    """Whether code makes elements or links.

    Args:
        code: The code.
        making: The functions that do so.
        changes: Whether it counts, too, when code changes elements.
    """
    return any(declares_itself(each, making, changes=changes) for each in ast.walk(code))


def declares_itself(node: ast.AST, making: Collection[str], *, changes: bool = False) -> bool:
    """Whether a node of a syntax tree does so, without what is in it."""
    match node:
        case ast.Call(func=ast.Name(id="map" | "filter"), args=[ast.Name(id=name), *_]):
            return name in DECLARING or name in making
        case ast.Call(func=ast.Name(id=name)):
            return name in DECLARING or name in making
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in DECLARING or name in making or name == _METHOD or (changes and name in _CHANGING)
        case ast.Assign(targets=targets):
            return changes and any(_is_of_element(each) for each in targets)
        case ast.AugAssign(target=target):
            return changes and _is_of_element(target)
    return False


def _is_of_element(target: ast.expr) -> bool:
    match target:
        case ast.Attribute(value=ast.Name(id="self")):
            return False
        case ast.Attribute(attr=name):
            return name in _ATTRIBUTES
    return False


def _imported(programs: Sequence[StudyFiles]) -> dict[Path, set[Path]]:
    """The files that each file reaches by imports, also those of the modules that it imports."""
    found: dict[Path, set[Path]] = {}
    for program in programs:
        path_of = {name: path for path, name in program.names.items()}
        for path, module in program.files.items():
            found.setdefault(path, set()).update(
                path_of[name] for name in _modules_named(module) if name in path_of
            )
    more = True
    while more:
        more = False
        for paths in found.values():
            further = set().union(*(found.get(each, set()) for each in paths)) - paths
            paths |= further
            more = more or bool(further)
    return found


def _modules_named(module: ModuleFile) -> Iterator[str]:
    for each in module.imports:
        yield each.module
        yield from (f"{each.module}.{name}" for name in each.names)


def _parsed(path: Path) -> ast.Module | None:
    try:
        return parse_file(path)
    except (OSError, SyntaxError, UnicodeError):
        return None

"""Takes out of a study's own metamodel the bundles and lists that only describe the metamodel itself.

CodeableModels' metamodels have them for pictures of themselves. codeable has no counterparts.
"""

import ast
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from codeable.compat import shims
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.compat.module_file import ModuleFile
from codeable.kernel import CAssociation, CBundle, CEnum, CMetaclass, CStereotype
from codeable.source_reader import parse_file
from codeable.text import first_few

_MOST_NAMES = 4
_METAMODELS = tuple(each for each in sorted(shims.PROVIDED) if each.startswith(f"{shims.METAMODELS}."))


def take_out_descriptions(
    module: ModuleEdits, values: Mapping[str, object], others: Iterable[ModuleFile], *, is_left_out: bool
) -> None:
    """Take out the statements that bind such bundles and lists, where nothing else uses them.

    Args:
        module: The module; its edits are added to.
        values: The names of the module after it has run.
        others: The other modules of the study that come along.
        is_left_out: Whether the module is left out if nothing else is in it; then other modules may import
            what is taken out for bundles and lists of this kind.
    """
    found: dict[str, ast.stmt] = {}
    for statement in module.statements():
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]):
                if name in _names() and describes_a_metamodel(values.get(name)):
                    found[name] = statement
    used = set(_used_by(others, module.name, with_imports=not is_left_out))
    before = -1
    while before != len(found):
        before = len(found)
        used |= set(_read_in(module.tree, {*found.values(), *module.taken_out}))
        found = {name: statement for name, statement in found.items() if name not in used}
    module.taken_out.update(found.values())
    if found:
        module.tell(
            next(iter(found.values())),
            f"taken out, they are about the metamodel only: {first_few(list(found), _MOST_NAMES)}",
        )


@cache
def _names() -> frozenset[str]:
    """The names of the bundles and lists in the metamodels of CodeableModels."""
    before = shims.forget()
    try:
        return frozenset(
            name
            for metamodel in _METAMODELS
            for name, value in shims.contents(metamodel).items()
            if isinstance(value, CBundle | list)
        )
    finally:
        shims.forget(before)


def describes_a_metamodel(value: object) -> bool:
    """Whether a value is made of elements of a metamodel, bundles of them, and options of pictures."""
    pending, seen = [value], {id(value)}
    while pending:
        each = pending.pop()
        if isinstance(each, CBundle) and each.elements:
            inner: Iterable[object] = each.elements
        elif isinstance(each, list | tuple):
            inner = each
        elif isinstance(each, CMetaclass | CStereotype | CAssociation | CEnum | dict):
            continue
        else:
            return False
        pending += [one for one in inner if id(one) not in seen]  # a list or a bundle may be in itself
        seen.update(map(id, inner))
    return True


def _read_in(tree: ast.AST, without: Container[ast.AST]) -> Iterator[str]:
    """The names that code reads, that of some statements apart."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        pending += [each for each in ast.iter_child_nodes(node) if each not in without]


def _used_by(others: Iterable[ModuleFile], module: str, *, with_imports: bool) -> Iterator[str]:
    """The names that other modules take from a module."""
    last = module.rpartition(".")[2]
    for other in others:
        for each in other.imports:
            if each.module.rpartition(".")[2] == last or last in each.names:
                if with_imports:
                    yield from each.names
                yield from (attribute for _, attribute in other.attributes)
                yield from _read_elsewhere(other.path) - (other.bound if each.is_star else set())


def _read_elsewhere(path: Path) -> set[str]:
    """The names that a module reads in other statements than those that bind such bundles and lists."""
    tree = parse_file(path)
    binding = {each for each in ast.walk(tree) if _targets(each) & _names()}
    return set(_read_in(tree, binding))


def _targets(statement: ast.AST) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {each.id for each in targets if isinstance(each, ast.Name)}

"""Takes out of a study's own metamodel the bundles and lists that only describe the metamodel itself.

CodeableModels' metamodels have them for pictures of themselves. codeable has no counterparts.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from codeable.compat import shims
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.compat.module_file import ModuleFile
from codeable.kernel import CAssociation, CBundle, CEnum, CMetaclass, CStereotype
from codeable.text import first_few

_MOST_NAMES = 4
_METAMODELS = tuple(each for each in sorted(shims.PROVIDED) if each.startswith(f"{shims.METAMODELS}."))


def take_out_descriptions(
    module: ModuleEdits, values: Mapping[str, object], others: Iterable[ModuleFile]
) -> None:
    """Take out the statements that bind such bundles and lists, where nothing else uses them.

    Args:
        module: The module; its edits are added to.
        values: The names of the module after it has run.
        others: The other modules of the study that come along.
    """
    found: dict[str, ast.stmt] = {}
    for statement in module.statements():
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]):
                value = values.get(name)
                if name in _names() and isinstance(value, CBundle | list) and describes_a_metamodel(value):
                    found[name] = statement
    used = {name for each in others for name in _taken_by(each)}
    before = -1
    while before != len(found):
        before = len(found)
        used |= {each.id for each in module.names(without=found.values())}
        found = {name: statement for name, statement in found.items() if name not in used}
    module.taken_out.update(found.values())
    if found:
        module.tell(
            next(iter(found.values())),
            f"taken out, they are about the metamodel only: {first_few(list(found), _MOST_NAMES)}",
        )


def _taken_by(module: ModuleFile) -> Iterator[str]:
    """The names that a module may take from others."""
    yield from module.unexplained()
    yield from (name for each in module.imports for name in each.names)
    yield from (attribute for _, attribute in module.attributes)


@cache
def _names() -> frozenset[str]:
    """The names in the metamodels of CodeableModels."""
    return frozenset(name for metamodel in _METAMODELS for name in shims.offered(metamodel))


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

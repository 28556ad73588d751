"""The elements that a study's modules declare, and the identifier of each. The registry calls this.

An identifier is the first name that the module which made an element binds to it.
"""

import dis
from collections.abc import Iterable, Iterator, Mapping
from keyword import iskeyword
from types import CodeType, ModuleType
from typing import Any, TypeGuard

from codeable.kernel import CClass, CMetaclass, CNamedElement
from codeable.kernel.class_objects import represented
from codeable.kernel.place import code_of
from codeable.metamodels import VOCABULARIES
from codeable.metamodels.isolation import modules_made
from codeable.registry.kinds import Kinds
from codeable.registry.records import Declaration

_STORES = {dis.opmap["STORE_NAME"], dis.opmap["STORE_GLOBAL"]}
_SKIPPED = {dis.opmap[name] for name in ("CACHE", "COPY", "EXTENDED_ARG") if name in dis.opmap} | {0}


class Bindings:
    """Finds the name that the statement which made an element binds it to, in the compiled code.

    A code object copies its instructions on each access, so they are kept here; by identity, since hashing a
    code object takes time that grows with its size.

    Example:
        >>> namespace = {}
        >>> exec("from codeable.dsl import *; bus = CClass(pattern, 'Bus'); CClass(pattern, 'x')", namespace)
        >>> Bindings().name_of(namespace["bus"])
        'bus'
    """

    def __init__(self) -> None:
        self._instructions: dict[int, tuple[CodeType, bytes]] = {}

    def name_of(self, element: CNamedElement) -> str | None:
        """The module-level name that an element was bound to when it was made."""
        code = code_of(element)
        if code is None:
            return None
        known = self._instructions.get(id(code))
        if known is None:
            known = self._instructions[id(code)] = code, code.co_code
        instructions = known[1]
        position, argument = element._instruction + 2, 0
        while position < len(instructions):
            operation, low = instructions[position], instructions[position + 1]
            if operation in _STORES:
                return code.co_names[argument | low]
            if operation not in _SKIPPED:
                return None
            argument = (argument | low) << 8 if operation == dis.EXTENDED_ARG else 0
            position += 2
        return None


def declared(
    element: CNamedElement, names: Iterable[str], module: str, kinds: Kinds, bindings: Bindings
) -> Declaration:
    """The declaration of an element that a module binds to these names; there may be none.

    The name that the statement which made the element binds is the identifier, else the first one.
    """
    first = bindings.name_of(element)
    ordered = sorted(names, key=lambda name: name != first)
    return Declaration(
        ordered[0] if ordered else None,
        kind=kinds.of(element),
        module=module,
        aliases=tuple(ordered[1:]),
        element=element,
    )


def declared_by_modules(
    vocabulary: ModuleType, modules: Mapping[str, ModuleType], kinds: Kinds
) -> tuple[Declaration, ...]:
    """The declarations of the modules: elements with a name by module, then those without a name.

    Args:
        vocabulary: The study's `codeable.dsl`.
        modules: The modules by name, in the order in which they ran to their end.
        kinds: The kinds under this vocabulary.
    """
    vocabulary_elements = own_elements(vocabulary)
    files = ((vars(module).get("__file__"), name) for name, module in modules.items())
    module_of_file = {file: name for file, name in files if type(file) is str}
    # The names of each element, by module: the one that made it, and the first one that binds it. Where every
    # source imports the whole model, there are as many bindings as modules times elements.
    bound: dict[CNamedElement, dict[str, list[str]]] = {}
    for module_name, module in modules.items():
        for name, value in list(vars(module).items()):
            if not is_element(value):
                continue
            element = represented(value)
            names = bound.get(element)
            if names is None:
                if element not in vocabulary_elements and not element.is_deleted and is_identifier(name):
                    bound[element] = {module_name: [name]}
            elif (module_name in names or _made_in(element, module_of_file) == module_name) and is_identifier(
                name
            ):
                names.setdefault(module_name, []).append(name)
    bindings = Bindings()
    named = [
        _named(element, kinds, by_module, module_of_file, bindings) for element, by_module in bound.items()
    ]
    roots = (element for element in (*vocabulary_elements, *bound) if isinstance(element, CMetaclass))
    unnamed = [
        declared(element, (), _made_in(element, module_of_file) or "", kinds, bindings)
        for element in classes_of(roots)
        if element not in bound and not element.is_deleted
    ]
    return (*named, *unnamed)


def own_elements(vocabulary: ModuleType) -> dict[CNamedElement, None]:
    """The elements of the vocabulary itself. They are no declarations of the study."""
    made = modules_made(vocabulary)
    names = (f"codeable.metamodels.{name}" for name in VOCABULARIES)
    return {
        value: None
        for module in (vocabulary, *(made[name] for name in names if name in made))
        for value in vars(module).values()
        if isinstance(value, CNamedElement)
    }


def classes_of(roots: Iterable[CMetaclass]) -> Iterator[CClass]:
    """The classes of some metaclasses and of all metaclasses below them."""
    pending: list[Any] = list(roots)
    seen: dict[CMetaclass, None] = {}
    for metaclass in pending:
        if metaclass not in seen and isinstance(metaclass, CMetaclass):
            seen[metaclass] = None
            pending.extend(metaclass.subclasses)
            yield from metaclass.classes


def is_element(value: object) -> TypeGuard[CNamedElement]:
    """Whether a value of a module is an element, by its true class.

    A module may hold anything, also an object whose attribute `__class__`, which `isinstance` reads, raises.
    """
    return issubclass(type(value), CNamedElement)


def is_identifier(name: object) -> bool:
    """Whether a name can be an identifier: a statement can bind it, and it does not start with `_`."""
    return isinstance(name, str) and name.isidentifier() and not iskeyword(name) and not name.startswith("_")


def _named(
    element: CNamedElement,
    kinds: Kinds,
    by_module: Mapping[str, list[str]],
    module_of_file: Mapping[str, str],
    bindings: Bindings,
) -> Declaration:
    """The declaration of an element with a name. Only names in the module that made it count.

    Code at the top level of a module makes elements of this module. Code of a function may be called by
    another module; then the first module that binds the element has made it.
    """
    home = _made_in(element, module_of_file)
    code = code_of(element)
    at_top_level = code is not None and code.co_name == "<module>"
    if home is None or (home not in by_module and not at_top_level):
        home = next(iter(by_module))
    return declared(element, by_module.get(home, ()), home, kinds, bindings)


def _made_in(element: CNamedElement, module_of_file: Mapping[str, str]) -> str | None:
    code = code_of(element)
    return module_of_file.get(code.co_filename) if code is not None else None

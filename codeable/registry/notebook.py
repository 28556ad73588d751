"""The elements that a notebook's cells declare, without those of earlier runs. `Registry.of` uses it.

A cell that is run again makes new elements. The old ones stay in their metaclasses and in the links of other
elements. An element that its statement binds to a name counts while this name is bound to it. An element
without a name (made in a loop or a function) counts while an element that counts holds it or links to it, and
while no later run has made one of the same kind and name.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import CodeType, ModuleType
from typing import Any

from codeable.kernel import CClass, CLink, CMetaclass, CNamedElement
from codeable.kernel.class_objects import represented
from codeable.kernel.place import code_of, is_cell
from codeable.registry.declarations import (
    Bindings,
    classes_of,
    declared,
    is_element,
    is_identifier,
    own_elements,
)
from codeable.registry.kinds import Kinds
from codeable.registry.records import Declaration

MODULE = "__main__"
"""The module that a notebook's elements belong to."""

_IGNORED = {"In", "Out", "exit", "quit", "get_ipython"}
_CONTAINERS = (list, tuple, dict, set, frozenset)
_DEEPEST = 4

Namespace = Mapping[str, object]


class Notebook:
    """The declarations in the namespace of a notebook or a script.

    Args:
        namespace: What `globals()` gives in a cell.
        vocabulary: The vocabulary that the cells use.
    """

    def __init__(self, namespace: Namespace, vocabulary: ModuleType) -> None:
        self._namespace = namespace
        self._vocabulary = vocabulary
        self._kinds = Kinds(vocabulary)
        self._read_vocabulary()
        self._seen_size, self._seen_values = self._size(), self._values()

    def _read_vocabulary(self) -> None:
        """Cells may import further vocabularies."""
        self._vocabulary_elements = own_elements(self._vocabulary)
        self._metaclasses = [each for each in self._vocabulary_elements if isinstance(each, CMetaclass)]

    def has_changed(self, *, thorough: bool = True) -> bool:
        """Whether an element was made or a name was bound since `declarations` was called.

        Args:
            thorough: Whether to notice a known name that is bound to another known element. This takes time
                that grows with the number of names.
        """
        return self._size() != self._seen_size or (thorough and self._values() != self._seen_values)

    def _size(self) -> tuple[int, int]:
        return len(self._namespace), sum(len(metaclass._classes) for metaclass in self._metaclasses)

    def _values(self) -> int:
        return hash(tuple(map(id, self._namespace.values())))

    def declarations(self) -> tuple[Declaration, ...]:
        """The elements with a name, in order of binding; then those without a name."""
        self._read_vocabulary()
        self._seen_size, self._seen_values = self._size(), self._values()
        bindings = Bindings()
        names: dict[CNamedElement, list[str]] = {}
        for name, value in self._visible():
            if is_element(value) and self._may_count(element := represented(value)):
                names.setdefault(element, []).append(name)
        return tuple(
            declared(element, names.get(element, ()), MODULE, self._kinds, bindings)
            for element in (*names, *self._unnamed(names, bindings))
        )

    def _visible(self) -> list[tuple[str, object]]:
        return [
            (name, value)
            for name, value in list(self._namespace.items())
            if is_identifier(name) and name not in _IGNORED
        ]

    def _may_count(self, element: CNamedElement) -> bool:
        return element not in self._vocabulary_elements and not element.is_deleted

    def _unnamed(self, named: Mapping[CNamedElement, object], bindings: Bindings) -> list[CNamedElement]:
        """The elements that count although they have no name, in order of creation."""
        roots = (*self._metaclasses, *(each for each in named if isinstance(each, CMetaclass)))
        everything = list(classes_of(roots))
        held = {element: None for _, value in self._visible() for element in _elements_in(value, _DEEPEST)}
        in_cells = _made_in(self._cells(), everything)
        reached = _closure((*named, *held, *in_cells), lambda _: True)
        made = _Made([element for element in everything if element in reached], named, bindings)

        def counts(element: CNamedElement) -> bool:
            if element in named:
                return True
            if not self._may_count(element) or made.has_own_name(element):
                return False  # its statement has bound the name to a newer element
            return element in held or not made.is_superseded(element)

        counted = _closure((*named, *held, *in_cells), counts)
        position = {element: number for number, element in enumerate(everything)}
        unnamed = [element for element in counted if element not in named]
        return sorted(unnamed, key=lambda element: position.get(element, len(position)))  # type: ignore[call-overload]

    def _cells(self) -> Callable[[str], bool]:
        """Whether a file name is that of a cell of this notebook; of none without a notebook."""
        get_shell = self._namespace.get("get_ipython")
        shell = get_shell() if callable(get_shell) else None
        if getattr(shell, "user_ns", None) is not self._namespace:
            return frozenset().__contains__
        known = getattr(getattr(shell, "compile", None), "_filename_map", None)
        return is_cell if known is None else known.__contains__


class _Made:
    """All elements that the cells have made, also those that no longer count."""

    def __init__(
        self, elements: Sequence[CClass], named: Mapping[CNamedElement, object], bindings: Bindings
    ) -> None:
        self._named = named
        self._bindings = bindings
        self._newest = {_likeness(element): element for element in elements}
        self._by_statement = Counter(map(_statement_of, elements))

    def has_own_name(self, element: CNamedElement) -> bool:
        """Whether the statement that made it binds a name and was run once; in a loop it makes many."""
        once = self._by_statement[_statement_of(element)] == 1
        return once and self._bindings.name_of(element) is not None

    def is_superseded(self, element: CNamedElement) -> bool:
        """Whether a later run has made an element of the same kind and name."""
        newest = self._newest.get(_likeness(element), element)
        if newest is element:
            return False
        if newest._code is not element._code:
            return True
        return newest in self._named and self._bindings.name_of(newest) is None


def _made_in(is_own: Callable[[str], bool], elements: Iterable[CNamedElement]) -> list[CNamedElement]:
    """The elements that the last run of each cell has made."""
    from_cells = [
        (element, code)
        for element in elements
        if (code := code_of(element)) is not None and is_own(code.co_filename)
    ]
    last_run = {_cell_of(code): code for _, code in from_cells}
    return [element for element, code in from_cells if last_run[_cell_of(code)] is code]


def _closure(
    start: Iterable[CNamedElement], counts: Callable[[CNamedElement], bool]
) -> dict[CNamedElement, None]:
    """The elements that count, and those that links between such elements lead to."""
    found: dict[CNamedElement, None] = {}
    pending = list(start)
    while pending:
        element = pending.pop()
        if element not in found and counts(element):
            found[element] = None
            pending.extend(_linked_classes(element))
    return found


def _statement_of(element: CNamedElement) -> tuple[int, int]:
    """The run of a statement. Code objects of two runs of one cell are equal, so their identity counts."""
    return id(element._code), element._instruction


def _cell_of(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _likeness(element: CNamedElement) -> object:
    """What an element shares with the one that a later run makes: metaclass and display name."""
    if isinstance(element, CClass) and element.name is not None:
        return element.metaclass, element.name
    return element


def _elements_in(value: Any, depth: int) -> Iterator[CNamedElement]:
    """The elements in a container, at most so many containers deep."""
    if not issubclass(type(value), _CONTAINERS) or depth == 0:
        return
    for entry in [*value, *value.values()] if isinstance(value, dict) else list(value):
        if is_element(entry):
            yield represented(entry)
        else:
            yield from _elements_in(entry, depth - 1)


def _linked_classes(element: CNamedElement) -> Iterator[CNamedElement]:
    """The classes that the links of an element lead to; of a linked link, the classes at both ends."""
    if isinstance(element, CLink):
        ends = [element.source, element.target, *element.linked]
    else:
        ends = element.linked if isinstance(element, CClass) else []
    for end in ends:
        if isinstance(end, CLink):
            yield from (each for each in (end.source, end.target) if isinstance(each, CClass))
        elif isinstance(end, CClass):
            yield end

"""The elements that a notebook's cells declare, without what re-run cells have left behind.

A cell that is run again makes new elements; the old ones live on in their metaclasses and in the links of
others. An element whose statement binds it to a name counts while that name is still its own. Elements
without such a name (made in loops and functions) count as long as something that counts holds them or links
to them, and no newer run has made one of the same kind and name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import CodeType, ModuleType

from codeable.kernel import CClass, CLink, CMetaclass, CNamedElement
from codeable.registry.binding import Bindings
from codeable.registry.declared import classes_of, own_elements
from codeable.registry.kinds import Kinds
from codeable.registry.records import Declaration

__all__ = ["MODULE", "Notebook"]

MODULE = "__main__"
"""The module that a notebook's elements belong to."""

_IGNORED = {"In", "Out", "exit", "quit", "get_ipython"}
_CONTAINERS = (list, tuple, dict, set, frozenset)
_DEEPEST = 4

Namespace = Mapping[str, object]


class Notebook:
    """The namespace of a notebook, or of a script, as a source of declarations.

    Args:
        namespace: What `globals()` gives in a cell.
        vocabulary: The vocabulary that the cells use.
    """

    def __init__(self, namespace: Namespace, vocabulary: ModuleType) -> None:
        self._namespace = namespace
        self._vocabulary_elements = own_elements(vocabulary)
        self._metaclasses = [each for each in self._vocabulary_elements if isinstance(each, CMetaclass)]
        self._kinds = Kinds(vocabulary)

    def fingerprint(self) -> tuple[int, int]:
        """What differs once an element was made or a name was bound to another value."""
        values = hash(tuple(map(id, self._namespace.values())))
        return values, sum(len(metaclass._classes) for metaclass in self._metaclasses)

    def declarations(self) -> tuple[Declaration, ...]:
        """What the namespace declares now: bound elements in order of binding, then those without a name."""
        bindings = Bindings()
        names: dict[CNamedElement, list[str]] = {}
        for name, element in self._bound():
            names.setdefault(element, []).append(name)
        named = []
        for element, bound in names.items():
            first = bindings.name_of(element)
            ordered = sorted(bound, key=first.__ne__) if first in bound else bound
            named.append(
                Declaration(element, ordered[0], tuple(ordered[1:]), MODULE, self._kinds.of(element))
            )
        made = list(classes_of((*self._metaclasses, *(e for e in names if isinstance(e, CMetaclass)))))
        unnamed = (
            Declaration(element, None, (), MODULE, self._kinds.of(element))
            for element in self._unnamed(names, _Made(made, names, bindings))
        )
        return (*named, *unnamed)

    def _bound(self) -> Iterator[tuple[str, CNamedElement]]:
        for name, value in self._visible():
            if isinstance(value, CNamedElement) and self._may_count(value):
                yield name, value

    def _visible(self) -> list[tuple[str, object]]:
        return [
            (name, value)
            for name, value in list(self._namespace.items())
            if isinstance(name, str) and not name.startswith("_") and name not in _IGNORED
        ]

    def _may_count(self, element: CNamedElement) -> bool:
        return element not in self._vocabulary_elements and not element.is_deleted

    def _unnamed(self, named: Iterable[CNamedElement], made: "_Made") -> list[CNamedElement]:
        """The elements that count although no name is bound to them, in the order of their making."""
        held = {element: None for _, value in self._visible() for element in _elements_in(value, _DEEPEST)}
        counted: dict[CNamedElement, None] = dict.fromkeys(named)
        from_cells = made.in_cells() if "In" in self._namespace else []
        found: dict[CNamedElement, None] = {}
        pending = [*counted, *held, *from_cells]
        while pending:
            element = pending.pop()
            if element not in counted:
                if not self._may_count(element) or made.has_own_name(element):
                    continue  # the name that its statement bound it to belongs to another by now
                if element not in held and made.is_superseded(element):
                    continue
                counted[element] = found[element] = None
            elif element in found:
                continue
            pending.extend(other for other in _linked_classes(element) if other not in counted)
        return made.in_order(found)


class _Made:
    """Everything that was ever made of a vocabulary and not deleted, in order within each metaclass."""

    def __init__(
        self, elements: list[CClass], named: Mapping[CNamedElement, object], bindings: Bindings
    ) -> None:
        self._elements = elements
        self._named = named
        self._bindings = bindings
        self._newest = {_likeness(element): element for element in elements}
        self._by_statement = Counter((element._code, element._instruction) for element in elements)

    def has_own_name(self, element: CNamedElement) -> bool:
        """Whether the statement that made it, and nothing else, binds a name; in a loop it makes many."""
        once = self._by_statement[element._code, element._instruction] == 1
        return once and self._bindings.name_of(element) is not None

    def is_superseded(self, element: CNamedElement) -> bool:
        """Whether another run has made an element of the same kind and name since."""
        newest = self._newest.get(_likeness(element), element)
        if newest is element:
            return False
        if newest._code is not element._code:
            return True
        return newest in self._named and self._bindings.name_of(newest) is None

    def in_cells(self) -> list[CNamedElement]:
        """What the last run of each cell of a notebook has made."""
        last_run: dict[tuple[str, str, int], CodeType] = {}
        for element in self._elements:
            if element._code is not None:
                last_run[_cell_of(element._code)] = element._code
        return [
            element
            for element in self._elements
            if element._code is not None
            and is_cell(element._code.co_filename)
            and last_run[_cell_of(element._code)] is element._code
        ]

    def in_order(self, elements: Iterable[CNamedElement]) -> list[CNamedElement]:
        position: dict[CNamedElement, int] = {element: i for i, element in enumerate(self._elements)}
        return sorted(elements, key=lambda element: position.get(element, len(position)))


def is_cell(file_name: str) -> bool:
    """Whether code of this file name comes from a cell of a notebook.

    Example:
        >>> is_cell("<ipython-input-3-5f1d>"), is_cell("/tmp/ipykernel_77/1234.py"), is_cell("/a/models/b.py")
        (True, True, False)
    """
    return file_name.startswith("<ipython-input") or "ipykernel_" in file_name


def _cell_of(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _likeness(element: CNamedElement) -> object:
    """What an unnamed element has in common with the one that takes its place."""
    if isinstance(element, CClass) and element.name is not None:
        return element.metaclass, element.name
    return element


def _elements_in(value: object, depth: int) -> Iterator[CNamedElement]:
    """The elements in a list, a dictionary or the like, also nested ones."""
    if not isinstance(value, _CONTAINERS) or depth == 0:
        return
    for entry in [*value, *value.values()] if isinstance(value, dict) else list(value):
        if isinstance(entry, CNamedElement):
            yield entry
        else:
            yield from _elements_in(entry, depth - 1)


def _linked_classes(element: CNamedElement) -> Iterator[CNamedElement]:
    """The classes at the other ends of an element's links, and at the ends of links that it is linked to."""
    if isinstance(element, CLink):
        ends = [element.source, element.target, *element.linked]
    else:
        ends = element.linked if isinstance(element, CClass) else []
    for end in ends:
        if isinstance(end, CLink):
            yield from (each for each in (end.source, end.target) if isinstance(each, CClass))
        elif isinstance(end, CClass):
            yield end

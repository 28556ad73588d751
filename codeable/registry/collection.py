"""Elements of a study in order, found by their names. `Snapshot` makes collections."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, overload

from codeable.kernel import CNamedElement
from codeable.kernel.class_objects import represented
from codeable.registry.answer import MIXED, Answer, Heading
from codeable.registry.name_lookup import NameLookup
from codeable.registry.records import Declaration

if TYPE_CHECKING:
    from codeable.registry.snapshot import Snapshot


class Collection(Answer[Any]):
    """Elements in order, found by position, by identifier, by display name or by qualified name.

    Args:
        elements: The elements, in order.
        heading: What they are.
        snapshot: The snapshot that has their declarations.
        subject: What they belong to, for the heading; empty for nothing.

    Example:
        >>> from codeable.dsl import CClass, practice
        >>> from codeable.registry import Registry
        >>> practices = Registry.of({"k8s": CClass(practice, "K8s")}).practices
        >>> practices["k8s"] is practices["K8s"] is practices[0]
        True
        >>> practices
        1 practice
          identifier  name  option of  evidence
          k8s         K8s           0         0
    """

    __slots__ = ("_found", "_index", "_snapshot")

    def __init__(
        self, elements: Iterable[Any], heading: Heading, snapshot: "Snapshot", subject: str = ""
    ) -> None:
        row = snapshot.row_with_kind if heading.columns == MIXED else snapshot.row
        super().__init__(elements, heading, row, snapshot.state, subject)
        self._snapshot = snapshot
        self._index: NameLookup | None = None
        self._found: frozenset[CNamedElement] | None = None

    @property
    def declarations(self) -> tuple[Declaration, ...]:
        """The declarations of the elements, in order."""
        return tuple(map(self._snapshot.declaration, self._items))

    @property
    def names(self) -> list[str]:
        """The identifier of each element, or its display name where it has none, in order."""
        return [declaration.short_name for declaration in self.declarations]

    def keys(self) -> list[str]:
        """The same as `names`."""
        return self.names

    def values(self) -> list[Any]:
        """The elements, in order."""
        return list(self)

    def items(self) -> list[tuple[str, Any]]:
        """Pairs of name and element, in order."""
        return [(declaration.short_name, declaration.element) for declaration in self.declarations]

    def get(self, name: str, default: Any = None) -> Any:
        """The element of that name, else the default.

        Raises:
            AmbiguousNameError: Several elements have this name.
        """
        return self._names().find(name).element if name in self._names() else default

    def __contains__(self, item: object) -> bool:
        if isinstance(item, str):
            return item in self._names()
        if self._found is None:
            self._found = frozenset(self._items)
        return isinstance(item, CNamedElement) and represented(item) in self._found

    @overload
    def __getitem__(self, key: int | str) -> Any: ...
    @overload
    def __getitem__(self, key: slice) -> "Collection": ...
    def __getitem__(self, key: int | str | slice) -> Any:
        """The element of that name or at that position; for a slice, a collection of its own.

        Raises:
            UnknownNameError: No element has this name (a `KeyError`).
            AmbiguousNameError: Several elements have it.
            IndexError: There is no such position.
        """
        if isinstance(key, slice):
            return Collection(self._items[key], self._heading, self._snapshot, self._subject)
        if isinstance(key, int):
            return self._item_at(key)
        return self._names().find(key).element

    def _ipython_key_completions_(self) -> list[str]:
        return list(dict.fromkeys([*self.names, *(each.name for each in self.declarations)]))

    def _names(self) -> NameLookup:
        if self._index is None:
            self._index = NameLookup(self.declarations, self._heading.plural)
        return self._index

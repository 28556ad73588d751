"""An ordered collection of a study's elements, found by name or by position."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

from attrs import define

from codeable.kernel import CNamedElement
from codeable.registry.names_index import NameIndex
from codeable.registry.records import Declaration
from codeable.registry.table import Table

__all__ = ["Collection", "Columns", "State"]

Columns = Callable[[Declaration], tuple[tuple[str, str], ...]]
"""What a table tells of an element beyond its names: pairs of column head and text."""

_MOST_ROWS = 40


@define
class State:
    """Whether what was read is still what the study holds."""

    stale: bool = False

    @property
    def note(self) -> str:
        """What a table or figure says when its study has been read again since; else nothing."""
        return "of an earlier state: the study has been reloaded since" if self.stale else ""


class Collection(Sequence[Any]):
    """Elements in order: `len`, `in`, slices and iteration as with a list, names as with a dictionary.

    Args:
        declarations: The elements, in order.
        singular: What one of them is called, "practice".
        plural: What many of them are called.
        state: Tells whether the study has been read again since.
        columns: What a table of them tells beyond their names.

    Example:
        >>> from codeable.dsl import CClass, practice
        >>> from codeable.registry import Registry
        >>> practices = Registry.of({"k8s": CClass(practice, "K8s")}).practices
        >>> practices["k8s"] is practices["K8s"] is practices[0]
        True
        >>> practices
        1 practice
          identifier  name  option of  evidence
          k8s         K8s   0          0
    """

    __slots__ = ("_columns", "_declarations", "_elements", "_index", "_plural", "_singular", "_state")

    def __init__(
        self,
        declarations: tuple[Declaration, ...],
        singular: str,
        plural: str,
        state: State,
        columns: Columns,
    ) -> None:
        self._declarations = declarations
        self._elements: dict[CNamedElement, Declaration] = {each.element: each for each in declarations}
        self._singular, self._plural = singular, plural
        self._state = state
        self._columns = columns
        self._index: NameIndex | None = None

    @property
    def declarations(self) -> tuple[Declaration, ...]:
        """The declarations of the elements, in order."""
        return self._declarations

    @property
    def names(self) -> list[str]:
        """The identifier of each element, or its display name where it has none, in order."""
        return [declaration.short_name for declaration in self._declarations]

    def keys(self) -> list[str]:
        """The same as `names`."""
        return self.names

    def values(self) -> list[CNamedElement]:
        """The elements, in order."""
        return list(self._elements)

    def items(self) -> list[tuple[str, CNamedElement]]:
        """Pairs of name and element, in order."""
        return [(declaration.short_name, declaration.element) for declaration in self._declarations]

    def get(self, name: str, default: Any = None) -> Any:
        """The element with this identifier or display name, else the default.

        Raises:
            AmbiguousNameError: Several elements have this name.
        """
        return self._names().find(name).element if name in self._names() else default

    def __len__(self) -> int:
        return len(self._declarations)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._elements)

    def __reversed__(self) -> Iterator[Any]:
        return reversed(self._elements)

    def __contains__(self, item: object) -> bool:
        return item in self._names() if isinstance(item, str) else _is_key(item, self._elements)

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
            chosen = self._declarations[key]
            return Collection(chosen, self._singular, self._plural, self._state, self._columns)
        if isinstance(key, int):
            if not -len(self) <= key < len(self):
                raise IndexError(f"there is no position {key} among {self._counted()}")
            return self._declarations[key].element
        return self._names().find(key).element

    def __repr__(self) -> str:
        return self.table().as_text()

    def _repr_html_(self) -> str:
        return self.table().as_html()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text("..." if cycle else repr(self))

    def _ipython_key_completions_(self) -> list[str]:
        return list(dict.fromkeys([*self.names, *(each.name for each in self._declarations)]))

    def table(self, most: int = _MOST_ROWS) -> Table:
        """The elements as a table.

        Args:
            most: How many rows it may have; the rest is counted.
        """
        shown = self._declarations[:most]
        extras = [dict(self._columns(declaration)) for declaration in shown]
        heads = tuple(dict.fromkeys(head for extra in extras for head in extra))
        return Table(
            title=self._counted(),
            columns=("identifier", "name", *heads),
            rows=tuple(
                (each.identifier or "", each.name, *(extra.get(head, "") for head in heads))
                for each, extra in zip(shown, extras, strict=True)
            ),
            more=len(self) - len(shown),
            note=self._state.note,
        )

    def _counted(self) -> str:
        return f"{len(self)} {self._singular if len(self) == 1 else self._plural}"

    def _names(self) -> NameIndex:
        if self._index is None:
            self._index = NameIndex(self._declarations, self._plural)
        return self._index


def _is_key(item: object, elements: dict[CNamedElement, Declaration]) -> bool:
    return isinstance(item, CNamedElement) and item in elements

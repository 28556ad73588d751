"""What a registry answers with: immutable sequences of elements or records that show themselves as tables."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, NoReturn, Self, TypeVar, overload

from attrs import define, frozen

from codeable.kernel import CNamedElement
from codeable.kernel.exception import UncopyableError
from codeable.registry.name_lookup import NameLookup
from codeable.registry.records import Declaration
from codeable.registry.table import Row, Table, Tabular, Value, filled, heads_of
from codeable.terminal import one_line
from codeable.text import counted

T = TypeVar("T", covariant=True)

_MOST_ROWS = 40
_LONGEST_HEADING = 120


@define
class State:
    """Whether what was read is still what the study holds. A study shares it with all that it answers."""

    stale: bool = False

    @property
    def note(self) -> str:
        """What an answer or a figure says after its study was loaded again; before that, nothing."""
        return "of an earlier state: the study has been reloaded since" if self.stale else ""


@frozen
class Heading:
    """What an answer holds: "3 options of storage_decision".

    Attributes:
        singular: What one of them is called, "option".
        plural: What many of them are called.
        rest: The rest of the heading, "of storage_decision"; empty for none.
        columns: The columns of an answer without rows.
    """

    singular: str
    plural: str
    rest: str = ""
    columns: tuple[str, ...] = ()

    def of(self, number: int) -> str:
        """The heading of an answer that holds so many, on one line."""
        return one_line(f"{counted(number, self.singular, self.plural)} {self.rest}", _LONGEST_HEADING)


class Answer(Tabular, Sequence[T], Generic[T]):
    """An immutable sequence, equal to every list, tuple or answer with the same items.

    Args:
        items: What it holds, in order.
        heading: What that is.
        row: Gives the row of an item in a table.
        state: Tells whether the study has been loaded again since.

    Example:
        >>> from codeable.dsl import CClass, add_decision_option_link, decision, practice
        >>> from codeable.registry import Registry
        >>> how, pods = CClass(decision, "How?"), CClass(practice, "Pods")
        >>> link = add_decision_option_link(how, pods, "Use pods")
        >>> Registry.of({"how": how, "pods": pods}).options_of("how")
        1 option of how
          decision  solution  text
          how       pods      Use pods
    """

    __slots__ = ("_heading", "_items", "_row", "_state")

    def __init__(self, items: Iterable[T], heading: Heading, row: Callable[[Any], Row], state: State) -> None:
        self._items = tuple(items)
        self._heading = heading
        self._row = row
        self._state = state

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    @overload
    def __getitem__(self, key: int) -> T: ...
    @overload
    def __getitem__(self, key: slice) -> "Answer[T]": ...
    def __getitem__(self, key: int | slice) -> Any:
        """The item at a position; for a slice, an answer of its own.

        Raises:
            IndexError: There is no such position.
        """
        if isinstance(key, slice):
            return Answer(self._items[key], self._heading, self._row, self._state)
        return self._item_at(key)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Answer | list | tuple):
            return self._items == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._items)

    def __copy__(self) -> Self:
        return self

    def __reduce_ex__(self, _: object) -> NoReturn:
        """Refuse to be pickled or copied with what it holds.

        Raises:
            UncopyableError: Always.
        """
        raise UncopyableError(
            f"an answer ({self._heading.of(len(self))}) cannot be pickled or copied deeply, because it "
            "belongs to its study; to_dicts() and to_frame() give its texts and numbers"
        )

    def to_dicts(self) -> list[dict[str, Value]]:
        """One dictionary of texts and numbers for each item, which JSON can hold."""
        return filled([self._row(item) for item in self._rows_of()])

    def table(self, most: int = _MOST_ROWS) -> Table:
        """The items as a table.

        Args:
            most: How many rows it has at most; the others are counted.
        """
        shown = filled([self._row(item) for item in self._rows_of()[:most]])
        columns = heads_of(shown) or self._heading.columns
        rows = tuple(tuple(row.values()) for row in shown)
        more = len(self) - len(shown)
        return Table(self._heading.of(len(self)), columns, rows, more, self._state.note)

    def _rows_of(self) -> Sequence[Any]:
        """What `row` is asked for."""
        return self._items

    def _item_at(self, position: int) -> Any:
        if not -len(self) <= position < len(self):
            raise IndexError(f"there is no position {position} among {self._heading.of(len(self))}")
        return self._items[position]


class Collection(Answer[Any]):
    """Elements in order, found by position, by identifier, by display name or by qualified name.

    Args:
        declarations: The elements, in order.
        heading: What they are.
        row: Gives what a table says of an element beyond its names.
        state: Tells whether the study has been loaded again since.

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

    __slots__ = ("_declarations", "_found", "_index")

    def __init__(
        self,
        declarations: Iterable[Declaration],
        heading: Heading,
        row: Callable[[Declaration], Row],
        state: State,
    ) -> None:
        self._declarations = tuple(declarations)
        self._index: NameLookup | None = None
        self._found: frozenset[CNamedElement] | None = None
        super().__init__([each.element for each in self._declarations], heading, row, state)

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

    def values(self) -> list[Any]:
        """The elements, in order."""
        return list(self)

    def items(self) -> list[tuple[str, Any]]:
        """Pairs of name and element, in order."""
        return [(declaration.short_name, declaration.element) for declaration in self._declarations]

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
        return isinstance(item, CNamedElement) and item in self._found

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
            return Collection(self._declarations[key], self._heading, self._row, self._state)
        if isinstance(key, int):
            return self._item_at(key)
        return self._names().find(key).element

    def _ipython_key_completions_(self) -> list[str]:
        return list(dict.fromkeys([*self.names, *(each.name for each in self._declarations)]))

    def _rows_of(self) -> Sequence[Declaration]:
        return self._declarations

    def _names(self) -> NameLookup:
        if self._index is None:
            self._index = NameLookup(self._declarations, self._heading.plural)
        return self._index

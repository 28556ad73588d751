"""The answers of a registry: immutable sequences of records that show themselves as tables.

`Snapshot` and `Study` make them. `Collection`, the answer that holds elements, is in `collection`.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, NoReturn, Self, TypeVar, overload

from attrs import define, frozen

from codeable.kernel.exception import UncopyableError
from codeable.registry.table import Row, Table, Tabular, Value, filled, heads_of
from codeable.terminal import one_line
from codeable.text import counted, shown

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


MIXED = ("identifier", "name", "kind", "evidence")
"""The first columns of a table of elements of several kinds."""


@frozen
class Heading:
    """What an answer holds, in words: "3 options of storage_decision".

    Attributes:
        singular: What one of them is called, "option".
        plural: What many of them are called.
        columns: The columns of an answer without rows; those of elements by default.
        preposition: What is between them and the element that they belong to.
    """

    singular: str
    plural: str
    columns: tuple[str, ...] = ("identifier", "name")
    preposition: str = "of"

    def of(self, number: int, subject: str) -> str:
        """The heading of an answer that holds so many, on one line.

        Args:
            number: How many it holds.
            subject: What they belong to; empty for nothing.
        """
        belonging = f" {self.preposition} {subject}" if subject else ""
        return one_line(f"{counted(number, self.singular, self.plural)}{belonging}", _LONGEST_HEADING)


class Answer(Tabular, Sequence[T], Generic[T]):
    """An immutable sequence, equal to every list, tuple or answer with the same items.

    Args:
        items: What it holds, in order.
        heading: What that is.
        row: Gives the row of an item in a table.
        state: Whether the study has been loaded again since.
        subject: What the items belong to, for the heading; empty for nothing.

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

    __slots__ = ("_heading", "_items", "_row", "_state", "_subject")

    def __init__(
        self,
        items: Iterable[T],
        heading: Heading,
        row: Callable[[Any], Row],
        state: State,
        subject: str = "",
    ) -> None:
        self._items = tuple(items)
        self._heading = heading
        self._row = row
        self._state = state
        self._subject = subject

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
            return Answer(self._items[key], self._heading, self._row, self._state, self._subject)
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
            f"an answer ({self._title}) cannot be pickled or copied deeply, because it "
            "belongs to its study; to_dicts() and to_frame() give its texts and numbers"
        )

    def to_dicts(self) -> list[dict[str, Value]]:
        """One dictionary of texts and numbers for each item, which JSON can hold."""
        return filled(list(map(self._row, self._items)))

    def table(self, most: int = _MOST_ROWS) -> Table:
        """The items as a table.

        Args:
            most: How many rows it has at most; the others are counted.
        """
        first = filled(list(map(self._row, self._items[:most])))
        columns = heads_of(first) or self._heading.columns
        rows = tuple(tuple(row.values()) for row in first)
        more = len(self) - len(first)
        return Table(self._title, columns, rows, more, self._state.note)

    @property
    def _title(self) -> str:
        return self._heading.of(len(self), self._subject)

    def _item_at(self, position: int) -> Any:
        try:
            position = operator.index(position)
        except TypeError:
            raise TypeError(
                f"{self._title}: one is found by its position, a number; not by {shown(position)}"
            ) from None
        if not -len(self) <= position < len(self):
            raise IndexError(f"there is no position {position} among {self._title}")
        return self._items[position]

"""The declarations of a study at one moment, with what is looked up in them."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property

from codeable.errors import CodeableError
from codeable.kernel import CNamedElement
from codeable.registry.collection import Collection, Columns, State
from codeable.registry.kinds import Kinds
from codeable.registry.names_index import NameIndex
from codeable.registry.records import Declaration, Kind
from codeable.text import did_you_mean, natural_key

__all__ = ["Contents"]

Choice = Callable[[Declaration], bool]


class Contents:
    """Declarations by element, by name and by kind.

    Args:
        declarations: All of them, in order of loading.
        kinds: The kinds under the study's vocabulary.
        state: Shared with the tables made of these declarations.
        columns: What a table tells of an element beyond its names.
        order: Identifiers of sources in the order of coding; the others follow in natural order.
    """

    def __init__(
        self,
        declarations: tuple[Declaration, ...],
        kinds: Kinds,
        state: State,
        columns: Columns,
        order: Iterable[str],
    ) -> None:
        self.declarations = declarations
        self.by_element: dict[CNamedElement, Declaration] = {each.element: each for each in declarations}
        self._kinds, self._state, self._columns = kinds, state, columns
        self._order = {identifier: position for position, identifier in enumerate(order)}
        self._collections: dict[str, Collection] = {}
        self._names: NameIndex | None = None
        self._rank: dict[CNamedElement, int] | None = None

    @property
    def names(self) -> NameIndex:
        """The names of all elements."""
        if self._names is None:
            self._names = NameIndex(self.declarations, "elements")
        return self._names

    def name_of(self, element: CNamedElement) -> str:
        """What a record calls an element."""
        declaration = self.by_element.get(element)
        if declaration is None:
            return str(element)
        if declaration.identifier in self._shared_identifiers:
            return declaration.qualified_name or declaration.short_name
        return declaration.short_name

    @cached_property
    def _shared_identifiers(self) -> frozenset[str]:
        """The identifiers that more than one element has."""
        identifiers = (name for each in self.declarations for name in (each.identifier, *each.aliases))
        return frozenset(name for name, count in Counter(identifiers).items() if name and count > 1)

    @property
    def rank(self) -> dict[CNamedElement, int]:
        """The position of each source in the order of the sources."""
        if self._rank is None:
            sources = self.of_kinds("source", "sources", "source")
            self._rank = {element: position for position, element in enumerate(sources)}
        return self._rank

    def of_kinds(self, singular: str, plural: str, *kinds: Kind) -> Collection:
        """The elements of some kinds."""
        return self._collection(singular, plural, lambda each: each.kind in kinds)

    def codes(self) -> Collection:
        """The elements that sources can be evidence for; of the relations, those with a name."""
        return self._collection("code", "codes", lambda each: self._kinds.is_code(each.element))

    def check_order(self, where: str) -> None:
        """Refuse an order that names a source which is not declared.

        Args:
            where: Where the order stands, for the message.

        Raises:
            CodeableError: It names one; the message has the nearest that is declared.
        """
        known = [each.short_name for each in self.declarations if each.kind in ("source", "reference")]
        for identifier in self._order:
            if identifier not in known:
                near = did_you_mean(identifier, known)
                raise CodeableError(
                    f"{where} names the source {identifier!r}, which is not declared{near}", exit_status=2
                )

    def _collection(self, singular: str, plural: str, chosen: Choice) -> Collection:
        known = self._collections.get(plural)
        if known is None:
            ordered = sorted(filter(chosen, self.declarations), key=self._sort_key)
            known = Collection(tuple(ordered), singular, plural, self._state, self._columns)
            self._collections[plural] = known
        return known

    def _sort_key(self, declaration: Declaration) -> tuple[object, ...]:
        coded = len(self._order)
        if declaration.kind in ("source", "reference"):
            coded = self._order.get(declaration.short_name, coded)
        return coded, natural_key(declaration.short_name), natural_key(declaration.module)

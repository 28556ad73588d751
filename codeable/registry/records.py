"""One record per concept of a study: declaration, option, impact, relation.

The registry makes them from elements and links, the notes from statements, and the checks compare them. A
record names elements by identifier; an element without an identifier goes by its display name, and one whose
identifier several modules bind by its qualified name, `models.x:name`.
"""

from collections.abc import Callable, Iterable
from typing import Any, Literal

from attrs import field, fields, frozen

from codeable.errors import CodeableError
from codeable.kernel import CClass, CLink, CNamedElement
from codeable.kernel.class_objects import represented
from codeable.kernel.place import Span, shown_place, span_of

Kind = Literal[
    "source",
    "reference",
    "decision",
    "practice",
    "pattern",
    "solution",
    "force",
    "category",
    "domain class",
    "known use",
    "code",
    "relation",
    "option",
    "impact",
    "next decision",
    "link",
    "bundle",
    "class",
    "object",
    "metaclass",
    "stereotype",
    "association",
    "enum",
    "element",
]
"""What an element is for a study. A `relation` is a link between solutions; it is a code."""


@frozen
class Declaration:
    """An element of a study, as it was declared.

    Attributes:
        identifier: The first name bound to it in the module that made it; None for an element without one.
        kind: What it is.
        module: The module that made it; `__main__` for a notebook, empty when no module is known.
        aliases: Its further names in that module.
        element: The element; None for a declaration that only a field note has.

    Example:
        >>> from codeable.dsl import CClass, pattern
        >>> bus = CClass(pattern, "Event Bus")
        >>> declaration = Declaration("bus", kind="pattern", module="models.infrastructure", element=bus)
        >>> declaration.name, declaration.qualified_name
        ('Event Bus', 'models.infrastructure:bus')
    """

    identifier: str | None
    _name: str | None = field(default=None, repr=False)
    kind: str = "element"
    module: str = ""
    aliases: tuple[str, ...] = ()
    _span: Span | None = field(default=None, repr=False)
    element: Any = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The display name; of an element without one the identifier, else what it is."""
        name = self._name or (self.element.name if self.element is not None else None)
        if name and str(name).strip():  # a name of blanks shows nothing
            return str(name)
        if self.identifier:
            return self.identifier
        if isinstance(self.element, CLink):
            return f"{self.element.source} -> {self.element.target}"
        return f"unnamed {self.kind}"

    @property
    def short_name(self) -> str:
        """The identifier; the display name of an element without one."""
        return self.identifier or self.name

    @property
    def qualified_name(self) -> str | None:
        """The name that no other element has, `models.infrastructure:bus`; None without an identifier."""
        return f"{self.module}:{self.identifier}" if self.identifier and self.module else None

    @property
    def span(self) -> Span | None:
        """Where it is declared; worked out when it is read."""
        return self._span or (span_of(self.element) if self.element is not None else None)

    def describe(self) -> str:
        """The element in a message: kind, identifier, display name and place."""
        identifier = f" {self.identifier}" if self.identifier else ""
        name = f" {self.name!r}" if self.name != self.identifier else ""
        span = self.span
        where = f" ({shown_place(span)})" if span is not None else ""
        return f"{self.kind}{identifier}{name}{where}"


class _LinkRecord:
    """Span and elements of the records that stand for a link."""

    __slots__ = ()

    _span: Span | None
    link: CLink | None

    @property
    def span(self) -> Span | None:
        """Where it is declared; worked out when it is read."""
        return self._span or (span_of(self.link) if self.link is not None else None)

    def other_end(self, element: CNamedElement) -> CClass:
        """The element at the other end of the link."""
        source, target = self._ends()
        return target if source is represented(element) else source

    def _ends(self) -> tuple[CClass, CClass]:
        if self.link is None:
            raise CodeableError(f"{self} is from a field note; only the records of a model have elements")
        return self.link.source, self.link.target


def with_description(text: object, description: object) -> str:
    """The text of an option with its description behind it.

    Example:
        >>> with_description("Rent it", "By the hour."), with_description(None, "By the hour.")
        ('Rent it – By the hour.', 'By the hour.')
    """
    return " – ".join(str(part) for part in (text, description) if part is not None and str(part).strip())


@frozen
class Option(_LinkRecord):
    """A solution that a decision offers.

    Attributes:
        decision: The decision.
        solution: The solution.
        text: The text of the option.
        description: Its description, which says more.
        link: The link between them; None for an option that only a field note has.
    """

    decision: str
    solution: str
    text: str | None = None
    description: str | None = field(default=None, kw_only=True)
    _span: Span | None = field(default=None, repr=False)
    link: CLink | None = field(default=None, repr=False)

    @property
    def words(self) -> str:
        """Text and description; empty without both."""
        return with_description(self.text, self.description)

    @property
    def decision_element(self) -> CClass:
        """The decision itself."""
        return self._ends()[0]

    @property
    def solution_element(self) -> CClass:
        """The solution itself."""
        return self._ends()[1]


@frozen
class Impact(_LinkRecord):
    """How a solution acts on a force.

    Attributes:
        solution: The solution.
        force: The force.
        impact: `++`, `+`, `o`, `-`, `--` or `+/-`; empty when the study does not say.
        link: The link between them; None for an impact that only a field note has.
    """

    solution: str
    force: str
    impact: str = ""
    _span: Span | None = field(default=None, repr=False)
    link: CLink | None = field(default=None, repr=False)

    @property
    def solution_element(self) -> CClass:
        """The solution itself."""
        return self._ends()[0]

    @property
    def force_element(self) -> CClass:
        """The force itself."""
        return self._ends()[1]


class _ArrowRecord(_LinkRecord):
    """Elements of the records that have a source and a target."""

    __slots__ = ()

    @property
    def source_element(self) -> CClass:
        """The element where it starts."""
        return self._ends()[0]

    @property
    def target_element(self) -> CClass:
        """The element where it leads."""
        return self._ends()[1]


@frozen
class Relation(_ArrowRecord):
    """A relation from one solution to another, or to the decision that comes next.

    Attributes:
        source: Where it starts.
        target: Where it leads.
        stereotype: The display name of its stereotype, "Can Use" for example.
        how: Its tagged value of that name.
        label: The label of the link.
        link: The link; None for a relation that only a field note has.
    """

    source: str
    target: str
    stereotype: str | None = None
    how: str | None = None
    label: str | None = None
    _span: Span | None = field(default=None, repr=False)
    link: CLink | None = field(default=None, repr=False)


@frozen
class Connection(_ArrowRecord):
    """A link between two classes of whatever association, such as a connector between components.

    Attributes:
        source: Where it starts.
        target: Where it leads.
        association: The label of its association.
        stereotypes: The display names of its stereotypes, "JDBC, Synchronous" for example.
        label: The label of the link.
        values: Its tagged values, "read: orders; write: orders, lines" for example.
        link: The link.
    """

    source: str
    target: str
    association: str | None = None
    stereotypes: str | None = None
    label: str | None = None
    values: str | None = None
    _span: Span | None = field(default=None, repr=False)
    link: CLink | None = field(default=None, repr=False)


LinkRecord = Option | Impact | Relation | Connection
"""What a link says."""


def columns_of(record: type[LinkRecord]) -> tuple[str, ...]:
    """The attributes of a record that a table of any records shows: names and texts.

    Example:
        >>> columns_of(Option)
        ('decision', 'solution', 'text')
    """
    return tuple(each.name for each in fields(record) if each.repr and each.name not in _ONLY_WHERE_FILLED)


def row_of(record: LinkRecord) -> dict[str, str | None]:
    """All names and texts of a record."""
    return {column: getattr(record, column) for column in _COLUMNS[type(record)]}


def rows_of(records: Iterable[LinkRecord]) -> Callable[[Any], dict[str, str | None]]:
    """Gives the row of a record in a table of some records, with the columns that one of them fills."""
    unfilled = {name for name in _ONLY_WHERE_FILLED if not any(getattr(each, name, None) for each in records)}

    def row(record: LinkRecord) -> dict[str, str | None]:
        return {column: text for column, text in row_of(record).items() if column not in unfilled}

    return row


_ONLY_WHERE_FILLED = ("description",)
"""Columns of a table that it has only if one of its records fills them."""
_COLUMNS = {
    record: tuple(each.name for each in fields(record) if each.repr)
    for record in (Option, Impact, Relation, Connection)
}

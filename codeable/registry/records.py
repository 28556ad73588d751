"""The records that a registry answers with."""

from typing import Literal

from attrs import frozen

from codeable.files import shown_path
from codeable.kernel import CClass, CLink, CNamedElement, CStereotype
from codeable.kernel.place import Place, place_of

__all__ = ["Declaration", "ForceImpact", "Kind", "Option", "Relation"]

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
"""What an element is for a study; `relation` is a link between solutions, which is a code."""


@frozen(eq=False)
class Declaration:
    """One element of a study, as it was declared.

    Attributes:
        element: The element itself.
        identifier: The first name bound to it in the module that made it; None for an element without one.
        aliases: Further names of it in that module.
        module: The module that made it; `__main__` for a notebook, empty when no module is known.
        kind: What it is.

    Example:
        >>> from codeable.dsl import CClass, pattern
        >>> bus = CClass(pattern, "Event Bus")
        >>> Declaration(bus, "bus", (), "models.infrastructure", "pattern").display_name
        'Event Bus'
    """

    element: CNamedElement
    identifier: str | None
    aliases: tuple[str, ...]
    module: str
    kind: Kind

    @property
    def place(self) -> Place | None:
        """Where in the user's code it was made."""
        return place_of(self.element)

    @property
    def display_name(self) -> str:
        """The element's own name, else its identifier, else what it is."""
        element = self.element
        if element.name:
            return str(element.name)
        if self.identifier:
            return self.identifier
        if isinstance(element, CLink):
            return f"{element.source} -> {element.target}"
        return f"unnamed {self.kind}"

    @property
    def key(self) -> str:
        """What tells it apart most shortly: the identifier, else the display name."""
        return self.identifier or self.display_name

    @property
    def exact(self) -> str | None:
        """The name that no other element has, `models.infrastructure:bus`."""
        return f"{self.module}:{self.identifier}" if self.identifier and self.module else None

    def describe(self) -> str:
        """The element in a message: kind, identifier, display name and place."""
        name = f" {self.identifier}" if self.identifier else ""
        shown = f" {self.display_name!r}" if self.display_name != self.identifier else ""
        place = self.place
        where = f" ({shown_path(place.path)}:{place.line})" if place is not None else ""
        return f"{self.kind}{name}{shown}{where}"


@frozen(eq=False)
class Option:
    """A solution that a decision offers, with the text of the option."""

    decision: CClass
    solution: CClass
    text: str | None
    link: CLink


@frozen(eq=False)
class ForceImpact:
    """How a solution acts on a force: `++`, `+`, `o`, `-`, `--` or `+/-`; empty when that is not told."""

    solution: CClass
    force: CClass
    impact: str
    stereotype: CStereotype | None
    link: CLink


@frozen(eq=False)
class Relation:
    """A link from one solution to another, or to the decision that comes next.

    Attributes:
        source: Where it starts.
        target: Where it leads.
        stereotype: The display name of its stereotype, "Can Use" for example.
        how: Its tagged value of that name.
        label: The label of the link.
        link: The link itself.
    """

    source: CClass
    target: CClass
    stereotype: str | None
    how: str | None
    label: str | None
    link: CLink

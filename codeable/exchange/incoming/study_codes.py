"""The codes that a study has, as an import sees them: what modules declare, and what only notes do yet."""

import unicodedata

from attrs import field, frozen

from codeable.exchange.incoming.planned import StudyBefore
from codeable.kernel import CClass
from codeable.kernel.place import shown_place
from codeable.notes.mentions import current_name
from codeable.notes.model import DeclarationStatement
from codeable.registry import Declaration, Registry


def plain_name(name: str) -> str:
    """A name as two codes are compared by: normal form, single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).split())


@frozen(eq=False)
class StudyCode:
    """A code of the study.

    Attributes:
        identifier: Its identifier; None for one that no statement can name, such as one made in a loop.
        called: What records call it: its identifier, else its display name; the qualified name of several.
        name: Its display name, as names are compared.
        declaration: Its declaration.
        parents: What records call the codes that it specialises.
    """

    identifier: str | None
    called: str
    name: str
    declaration: Declaration = field(repr=False)
    parents: tuple[str, ...]

    @property
    def place(self) -> str:
        """File and line of its declaration."""
        return shown_place(self.declaration.span)


def codes_of(registry: Registry) -> list[StudyCode]:
    """The codes of a study, without relations."""
    return [
        StudyCode(
            each.identifier,
            registry.name_of(each.element),
            plain_name(each.name),
            each,
            tuple(map(registry.name_of, each.element.superclasses)),
        )
        for each in registry.declarations
        if isinstance(each.element, CClass) and registry.is_code(each.element)
    ]


def codes_not_built(study: StudyBefore) -> dict[str, DeclarationStatement]:
    """Current identifier of each code that notes declare and no module does → its first declaration."""
    there = {name for each in study.registry.declarations for name in (each.identifier, *each.aliases)}
    found: dict[str, DeclarationStatement] = {}
    for note in study.notes:
        for one in note.statements:
            if isinstance(one, DeclarationStatement) and not one.is_source_like:
                found.setdefault(current_name(study.settings.renames, one.identifier.name), one)
    return {name: one for name, one in found.items() if name not in there}

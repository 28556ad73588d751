"""What the rules look at: the notes and the model of one study, indexed once."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import define, field

from codeable.checks.facts import Facts, facts_of_model
from codeable.checks.modules import Literal, declaration_call, literal_of, module_lines
from codeable.checks.noted import facts_of_notes
from codeable.kernel import CClass, CNamedElement
from codeable.notes.records import (
    CodeMention,
    Declaration,
    FieldNote,
    ForceRelation,
    OptionLink,
    SourceDeclaration,
)
from codeable.registry import Declaration as ModelDeclaration
from codeable.registry import Registry

__all__ = ["Context", "is_source_like"]


@define(slots=False)
class Context:
    """The notes (in natural order), the model where there is one, and the renames of the settings.

    A name in a note counts as the name that the settings rename it to.
    """

    notes: tuple[FieldNote, ...]
    folder: str = "."
    registry: Registry | None = None
    renames: Mapping[str, str] = field(factory=dict)

    def current(self, name: str) -> str:
        """The name of today for a name that may be an old one; a circle of renames ends where it began."""
        seen = {name}
        while (renamed := self.renames.get(name)) is not None and renamed not in seen:
            seen.add(renamed)
            name = renamed
        return name

    @cached_property
    def declarations(self) -> dict[str, list[tuple[FieldNote, Declaration]]]:
        """Identifier of today → its declarations in the notes, sources and references left out."""
        found: dict[str, list[tuple[FieldNote, Declaration]]] = {}
        for note, one in self.declared_codes():
            found.setdefault(self.current(one.identifier.name), []).append((note, one))
        return found

    def declared_codes(self) -> Iterator[tuple[FieldNote, Declaration]]:
        """Every declaration of a code in the notes, in order."""
        for note in self.notes:
            for one in note.statements:
                if isinstance(one, Declaration) and not is_source_like(one):
                    yield note, one

    def option_links(self) -> Iterator[tuple[FieldNote, OptionLink]]:
        """Every option that the notes link to a decision, in order."""
        for note in self.notes:
            for one in note.statements:
                if isinstance(one, OptionLink):
                    yield note, one

    def force_relations(self) -> Iterator[tuple[FieldNote, ForceRelation]]:
        """Every relation of solutions to forces in the notes, in order."""
        for note in self.notes:
            for one in note.statements:
                if isinstance(one, ForceRelation):
                    yield note, one

    def mentions(self) -> Iterator[tuple[FieldNote, CodeMention]]:
        """Every code that the notes say was met, in order."""
        for note in self.notes:
            for one in note.statements:
                if isinstance(one, CodeMention):
                    yield note, one

    @cached_property
    def noted(self) -> Facts:
        """What the notes claim."""
        return facts_of_notes(self)

    @cached_property
    def model(self) -> Facts | None:
        """What the modules claim; none when only notes are looked at."""
        return facts_of_model(self.registry, self.folder) if self.registry is not None else None

    def text_of(self, file: str) -> str:
        """The text of a note or of a module, as the offsets of findings count it."""
        for note in self.notes:
            if note.path == file:
                return note.text
        return "".join(module_lines(file))

    def model_names(self) -> Iterator[tuple[ModelDeclaration, Literal]]:
        """Every declaration of the model whose display name is written as a literal, with that literal."""
        for declaration in self.registry.declarations if self.registry is not None else ():
            place, name = declaration.place, declaration.element.name
            if place is None or not isinstance(declaration.element, CClass) or name is None:
                continue
            call = declaration_call(place.path, place.line, name)
            literal = (
                literal_of(place.path, call.args[1]) if call is not None and len(call.args) > 1 else None
            )
            if literal is not None and literal.value == name:
                yield declaration, literal

    @cached_property
    def note_of(self) -> dict[str, FieldNote]:
        """Identifier of a source → its note; of two notes for one source the first."""
        found: dict[str, FieldNote] = {}
        for note in self.notes:
            if note.identifier is not None:
                found.setdefault(note.identifier, note)
        return found

    @cached_property
    def model_elements(self) -> dict[str, CNamedElement]:
        """Identifier (or alias) → element of the model; empty without a model."""
        found: dict[str, CNamedElement] = {}
        if self.registry is not None:
            for declaration in self.registry.declarations:
                for name in (declaration.identifier, *declaration.aliases):
                    if name is not None:
                        found.setdefault(name, declaration.element)
        return found

    @cached_property
    def display_names(self) -> dict[str, str]:
        """Identifier → display name, of everything that notes or model declare; the model's word counts."""
        found = {
            name: declared[0][1].display_name.value
            for name, declared in self.declarations.items()
            if declared[0][1].display_name is not None
        }
        for name, element in self.model_elements.items():
            if element.name:
                found[name] = element.name
        return found


def is_source_like(declaration: Declaration) -> bool:
    """Whether a declaration declares a source or a reference rather than a code."""
    if isinstance(declaration, SourceDeclaration):
        return True
    return declaration.metaclass is not None and declaration.metaclass.name in ("source", "reference")

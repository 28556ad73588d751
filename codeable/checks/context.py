"""What the rules look at: the notes and the model of one study, indexed once."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from attrs import define, field

from codeable import dsl
from codeable.checks.claims_from_notes import facts_of_notes, names_wanted
from codeable.checks.facts import Facts, facts_of_model
from codeable.checks.modules import Literal, Modules
from codeable.checks.spelling import Spellings
from codeable.checks.undeclared import Use, known_names, second_spellings, undeclared_names
from codeable.kernel import CClass, CNamedElement
from codeable.notes.mentions import current_name, is_source_like
from codeable.notes.records import (
    Declaration,
    FieldNote,
    ForceRelation,
    OptionLink,
)
from codeable.registry import Declaration as ModelDeclaration
from codeable.registry import Registry
from codeable.settings import SETTINGS_FILE
from codeable.text import slug

__all__ = ["Context"]


@define(slots=False)
class Context:
    """The notes, the model where there is one, and the settings: renames, and the order of coding.

    A name in a note counts as the name that the settings rename it to.
    """

    all_notes: tuple[FieldNote, ...]
    folder: str = "."
    registry: Registry | None = None
    renames: Mapping[str, str] = field(factory=dict)
    order: tuple[str, ...] = ()
    modules: Modules = field(factory=Modules)

    @property
    def settings_file(self) -> str:
        """The file that holds the settings of the study."""
        return str(Path(self.folder, SETTINGS_FILE))

    @cached_property
    def notes(self) -> tuple[FieldNote, ...]:
        """The notes in the order of coding, without the empty template that many studies keep beside them."""
        rank = {source: position for position, source in enumerate(self.order)}
        notes = (note for note in self.all_notes if not _is_template(note))
        return tuple(sorted(notes, key=lambda note: rank.get(note.identifier or "", len(rank))))

    def is_before(self, one: FieldNote, other: FieldNote) -> bool:
        """Whether one note was coded before another, as far as that is known.

        Sources and interviews are counted apart, so their numbers say nothing of each other.
        """
        comparable = one.kind == other.kind or {one.identifier, other.identifier} <= set(self.order)
        return comparable and self._position[one.path] < self._position[other.path]

    @cached_property
    def _position(self) -> dict[str, int]:
        return {note.path: position for position, note in enumerate(self.notes)}

    def current(self, name: str) -> str:
        """The name of today for a name that may be an old one."""
        return current_name(self.renames, name)

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

    @cached_property
    def noted(self) -> Facts:
        """What the notes claim."""
        return facts_of_notes(self)

    @cached_property
    def model(self) -> Facts | None:
        """What the modules claim; none when only notes are looked at."""
        return facts_of_model(self.registry, self.folder, self.modules) if self.registry is not None else None

    @cached_property
    def _note_texts(self) -> dict[str, str]:
        return {note.path: note.text for note in self.all_notes}

    def text_of(self, file: str) -> str:
        """The text of a note or of a module, as the offsets of findings count it."""
        text = self._note_texts.get(file)
        return text if text is not None else self.modules[file].text

    def model_names(self) -> Iterator[tuple[ModelDeclaration, Literal]]:
        """Every declaration of the model whose display name is written as a literal, with that literal."""
        for declaration in self.registry.declarations if self.registry is not None else ():
            place, name = declaration.span, declaration.element.name
            if place is None or not isinstance(declaration.element, CClass) or name is None:
                continue
            module = self.modules[place.path]
            call = module.call(place.line, name)
            literal = module.literal(call.args[1]) if call is not None and len(call.args) > 1 else None
            if literal is not None and literal.value == name:
                yield declaration, literal

    @cached_property
    def notes_of(self) -> dict[str, list[FieldNote]]:
        """Identifier of a source → its notes; there should be one."""
        found: dict[str, list[FieldNote]] = {}
        for note in self.notes:
            if note.identifier is not None:
                found.setdefault(note.identifier, []).append(note)
        return found

    @cached_property
    def source_values(self) -> tuple[str, ...]:
        """The attributes that a source may have values for, in the vocabulary of the study."""
        source = getattr(self.registry.vocabulary if self.registry is not None else dsl, "source", dsl.source)
        return tuple(
            name for metaclass in (source, *source.all_superclasses) for name in metaclass.attribute_names
        )

    @cached_property
    def unsure(self) -> frozenset[str]:
        """The names of today in statements that break or are not understood; more may be said of them."""
        return frozenset(self.current(name) for note in self.notes for name in names_wanted(note))

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

    @cached_property
    def known_names(self) -> set[str]:
        """The names of today that notes or modules declare or bind."""
        return known_names(self)

    @cached_property
    def undeclared(self) -> dict[str, list[Use]]:
        """The names that the notes use and nothing declares, with their uses."""
        return undeclared_names(self)

    @cached_property
    def second_spellings(self) -> dict[str, str]:
        """Of these the names of decisions that are almost spelt as another one → that one."""
        return second_spellings(self, self.undeclared)

    @cached_property
    def _spellings(self) -> Spellings:
        """Everything declared, by its identifier and by that of its display name."""
        found = {slug(name): identifier for identifier, name in reversed(self.display_names.items())}
        found |= {name: name for name in (*self.model_elements, *self.declarations)}
        return Spellings(found)

    def nearest_declared(self, name: str) -> str | None:
        """The declared identifier nearest to a name, by its own spelling or by that of its display name."""
        return self._spellings.nearest(name)


def _is_template(note: FieldNote) -> bool:
    """Whether a note is the empty form that others are copied from: no number, no metadata, no passage."""
    heading = note.heading
    filled = any(note.metadata[name].value for name in ("title", "url") if name in note.metadata)
    return heading is not None and heading.number is None and not filled and not note.passages

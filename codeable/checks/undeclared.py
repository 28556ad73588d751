"""The names in field notes that neither notes nor modules declare, and which codes somebody meant by them.

`Context` makes one `UndeclaredNames`; the rules about codes and renames ask it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import define, frozen

from codeable import dsl
from codeable.checks.claims import DECISION_KINDS, gathered, grouped
from codeable.checks.claims_from_notes import names_bound, names_of_codes
from codeable.checks.uses import Use
from codeable.kernel.place import Span
from codeable.notes.mentions import current_name
from codeable.notes.model import DeclarationStatement, FieldNote, Name
from codeable.spelling import Spellings
from codeable.text import slug

if TYPE_CHECKING:
    from codeable.checks.context import Context

_SOURCE = re.compile(r"[A-Za-z]_?\d+[a-z]?")


@frozen
class UnloadedNames:
    """The names in which modules that an editor has changed differ from the model that was loaded.

    Attributes:
        added: The names that only the texts of the modules declare.
        gone: The names that only the model has.
    """

    added: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


@define(slots=False)
class UndeclaredNames:
    """The undeclared names of the notes of a study, under their current names."""

    context: "Context"

    @cached_property
    def _known(self) -> set[str]:
        """The current names that notes or modules declare or bind, also where a declaration is not read."""
        known = {*self._in_modules, *self.context.declarations, *self.context.notes_of}
        of_notes = [self.context.results.of(_bound_or_declared, note) for note in self.context.notes]
        known.update(map(self.context.current, frozenset().union(*of_notes)))
        return known

    @cached_property
    def _in_modules(self) -> dict[str, None]:
        unloaded = self.context.unloaded
        loaded = (name for name in self.context.model_elements if name not in unloaded.gone)
        return dict.fromkeys((*loaded, *sorted(unloaded.added)))

    def is_added(self, span: Span) -> bool:
        """Whether a place in a note has a name that a module declares which is not saved yet."""
        added = self.context.unloaded.added
        if not added:
            return False
        written = self.context.text_of(span.path)[span.start : span.end]
        return self.context.current(written.rpartition(".")[2]) in added

    @cached_property
    def uses(self) -> dict[str, list[Use]]:
        """The current names that neither notes nor modules declare, with their uses.

        None where a note cannot be read, since it may declare them.
        """
        if any(note.unread is not None for note in self.context.all_notes):
            return {}
        uses = grouped(self.context.uses, lambda use: self.context.current(use.name.name))
        return {name: found for name, found in uses.items() if name not in self._known}

    @cached_property
    def mentioned(self) -> dict[str, list[Name]]:
        """The undeclared names that open traces mention and no statement uses.

        An open trace is free text, so a word counts only when it can be nothing but an identifier.
        """
        known = {*self._known, *self.uses, *dsl.NAMES}
        renames, results = self.context.settings.renames, self.context.results
        mentioned = (pair for note in self.context.notes for pair in results.of(_may_be_codes, note, renames))
        return gathered(pair for pair in mentioned if pair[0] not in known)

    @cached_property
    def second_spellings(self) -> dict[str, str]:
        """The undeclared names used as decisions → the decision that each is almost spelt as."""
        claims = (self.context.in_notes, self.context.in_model)
        known = [name for one in claims for name, _ in one.of_kind(DECISION_KINDS) if name not in self.uses]
        used = [name for name, uses in self.uses.items() if any(use.is_decision for use in uses)]
        spellings = Spellings({name: name for name in (*known, *used)})
        certain = set(known)
        found: dict[str, str] = {}
        for name in used:
            near = spellings.slip(name, certain.__contains__)
            if near is not None:
                found[name] = near
            else:
                certain.add(name)
        return found

    @cached_property
    def _spellings(self) -> Spellings:
        """The identifiers, and the display names written as identifiers."""
        names = {
            name: declared[0][1].display_name.value
            for name, declared in self.context.declarations.items()
            if declared[0][1].display_name is not None
        }
        names |= {
            name: element.name
            for name, element in self.context.model_elements.items()
            if element.name and name in self._in_modules
        }
        found = {slug(name): identifier for identifier, name in reversed(names.items())}
        found |= {name: name for name in (*self._in_modules, *self.context.declarations)}
        return self.context.results.again(Spellings, found)

    def nearest(self, name: str, uses: Sequence[Use] = ()) -> str | None:
        """The declared identifier that somebody meant by a name, as far as a small slip explains it.

        Args:
            name: The name that is declared nowhere.
            uses: Its uses; the code is of a kind that all of them expect, and no other name beside them.
        """
        expected = [use.kinds for use in uses if use.kinds is not None]
        beside = {self.context.current(other.name) for use in uses for other in names_of_codes(use.statement)}

        def fits(declared: str) -> bool:
            if declared in beside:
                return False
            kind = self.context.kind_of(declared)
            return kind is None or all(kind in kinds for kinds in expected)

        return self._spellings.nearest(name, fits)


def _bound_or_declared(note: FieldNote) -> frozenset[str]:
    found: set[str] = set()
    for statement in (*note.statements, *note.outside):
        found.update(names_bound(statement))
        if isinstance(statement, DeclarationStatement):
            found.add(statement.identifier.name)
    return frozenset(found)


def _may_be_codes(note: FieldNote, renames: Mapping[str, str]) -> tuple[tuple[str, Name], ...]:
    """The names in open traces that may be codes, with their current names."""
    names = ((current_name(renames, name.name), name) for trace in note.open_traces for name in trace.names)
    return tuple(pair for pair in names if _may_be_code(pair[0]))


def _may_be_code(name: str) -> bool:
    """Whether a word of free text can be nothing but the identifier of a code; `s_12` is a source."""
    return "_" in name and _SOURCE.fullmatch(name) is None

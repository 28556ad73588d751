"""The sources, the codes and the links with names that notes declare. The collector of a plan extends it."""

from collections.abc import Collection, Mapping, Sequence

from codeable.kernel.place import Span
from codeable.notes.build.declarations import described, kind_of
from codeable.notes.build.losses import Losses
from codeable.notes.build.plain_calls import NotPlainError, PlainCall, call_of
from codeable.notes.build.plan import Key, LeftOut
from codeable.notes.identity import notes_of_sources
from codeable.notes.mentions import current_name
from codeable.notes.model import (
    BrokenStatement,
    DeclarationStatement,
    Definition,
    FieldNote,
    OptionStatement,
    RelationStatement,
    SourceDeclaration,
    TraceStatement,
)
from codeable.notes.resolution import relation_keys, resolve
from codeable.result_cache import ResultCache
from codeable.settings import Settings

_BUILT = frozenset({"CBundle", "CClass", "CLayer", "CPackage"})


class DeclaredNames(Losses):
    """What notes declare, under current names.

    Attributes:
        unread: A file that is not read; what is declared nowhere may be declared in it.
        sources: Source → its notes, one for each coder.
        resolution: Which statement about a thing counts.
        names: Every name that is declared or bound.
        not_built: Name → the fault because of which its declaration is not built.
        source_like: The sources and the references.
        bound: Name that a link is bound to → the link; `name_of_link` is the inverse.
        definitions: Code → its definition in an open trace.
    """

    def __init__(
        self,
        notes: list[FieldNote],
        settings: Settings,
        vocabulary: frozenset[str],
        held: Collection[str],
        results: ResultCache,
    ) -> None:
        self.results = results
        self.renames = settings.renames
        self.coders = tuple(settings.coders)
        self.vocabulary = vocabulary
        self.held = held
        super().__init__()
        self.not_built: dict[str, Span] = {}
        self.unread: FieldNote | None = None
        self.sources = self._notes_of_sources(notes)
        self.resolution = resolve(
            (note for found in self.sources.values() for note in found), self.renames, self.coders, results
        )
        self.names: dict[str, None] = {}
        self.source_like: set[str] = set()
        self.bound: dict[str, Key] = {}
        self.name_of_link: dict[Key, str] = {}
        self.definitions = self._find_definitions()

    def current(self, name: str) -> str:
        """The current name for a name that may be an old one."""
        return current_name(self.renames, name)

    def call(self, one: TraceStatement) -> PlainCall:
        """The call of a statement, under current names.

        Raises:
            NotPlainError: An argument is not plain data.
        """
        return self.results.of(call_of, one, self.renames)

    def _notes_of_sources(self, notes: list[FieldNote]) -> dict[str, list[FieldNote]]:
        """Source → its notes, one for each coder; those of the coder that counts most first."""
        found = notes_of_sources(notes)
        counted = {note.path for of_source in found.values() for note in of_source}
        for note in notes:
            if note.path not in counted and not note.is_template:
                self._leave_out_note(note, found)
        for of_source in found.values():
            of_source.sort(key=self._rank)
        return found

    def _leave_out_note(self, note: FieldNote, found: Mapping[str, Sequence[FieldNote]]) -> None:
        span = Span(note.path, 1, 1, 1, 1)
        if note.unread is not None:
            reason = note.unread.message
            self.unread = self.unread or note
        elif note.identifier is not None:
            taken = next(other for other in found[note.identifier] if other.coder == note.coder)
            reason = f"{taken.path} is about {note.identifier} already"
        elif note.heading is not None:
            reason = "the heading '# s' has no number"
        else:
            reason = "it has no heading '# s' or '# p'"
        self.left_out.append(LeftOut("note", note.path, span, reason))
        for one in note.statements:
            if isinstance(one, DeclarationStatement):
                self.not_built.setdefault(self.current(one.identifier.name), span)

    def _rank(self, note: FieldNote) -> int:
        return self.coders.index(note.coder) if note.coder in self.coders else len(self.coders)

    def find_declared(self, notes: list[tuple[str, FieldNote]]) -> dict[str, list[DeclarationStatement]]:
        """Code → its declarations that are built, the one that counts first."""
        found: dict[str, list[DeclarationStatement]] = {}
        references: dict[str, DeclarationStatement] = {}
        for source, note in notes:
            own = note.declared_source
            for one in note.outside:
                if isinstance(one, DeclarationStatement):
                    self.not_built.setdefault(self.current(one.identifier.name), one.span)
            for one in note.statements:
                if isinstance(one, BrokenStatement) and one.identifier is not None:
                    self.not_built.setdefault(self.current(one.identifier.name), one.problem.span)
                if not isinstance(one, DeclarationStatement):
                    continue
                identifier = self.current(one.identifier.name)
                if isinstance(one, SourceDeclaration):
                    if one is not own:
                        self.leave_out("source", one, f"this is the note of {source}")
                elif (reason := self._not_built(one, identifier)) is not None:
                    self.leave_out("code", one, reason)
                elif first := self._of_other_kind(one, references.get(identifier), found.get(identifier)):
                    reason = f"'{identifier}' is declared at {first.span} as {described(first)}"
                    self.leave_out("code", one, reason)
                else:
                    found.setdefault(identifier, [])
                    if one.is_source_like:
                        references.setdefault(identifier, one)
                    else:
                        found[identifier].append(one)
        self.names |= dict.fromkeys(self.sources) | dict.fromkeys(found)
        self.source_like = self.sources.keys() | references.keys()
        return {
            name: [references[name]] if name in references else self._of_one_kind(name, statements)
            for name, statements in found.items()
        }

    def _of_other_kind(
        self,
        one: DeclarationStatement,
        reference: DeclarationStatement | None,
        codes: Sequence[DeclarationStatement] | None,
    ) -> DeclarationStatement | None:
        """The declaration of that name before, where it is another reference, or not both are references."""
        if one.is_source_like and codes:
            return codes[0]
        if reference is not None and described(reference) != described(one):
            return reference
        return None

    def _not_built(self, one: DeclarationStatement, identifier: str) -> str | None:
        """Why a declaration is not built."""
        if one.constructor.name not in _BUILT:
            return f"{one.constructor.name} belongs in a vocabulary, not in a trace"
        if identifier in self.vocabulary:
            return f"'{identifier}' is a name of the vocabulary"
        if identifier in self.sources:
            return f"'{identifier}' is the name of a source"
        try:
            self.call(one)
        except NotPlainError as error:
            return str(error)
        return None

    def _of_one_kind(self, name: str, statements: list[DeclarationStatement]) -> list[DeclarationStatement]:
        """The declarations of a code with the kind that counts, the one whose name counts first.

        Another kind by the same coder is left out; between coders kinds may differ.
        """
        stated = {id(one.statement): one for one in self.resolution.kinds[name].stated}
        of_kind = [one for one in statements if id(one) in stated]
        counts = next(
            (one for one in of_kind if stated[id(one)] is self.resolution.kinds[name].counts), statements[0]
        )
        kind = kind_of(counts)
        coder = stated[id(counts)].coder if id(counts) in stated else None
        kept: list[DeclarationStatement] = []
        for one in statements:
            if kind_of(one) == kind:
                kept.append(one)
            elif stated[id(one)].coder == coder:
                reason = f"'{name}' is declared at {counts.span} as {described(counts)}"
                self.leave_out("code", one, reason, counts.span if counts.span != one.span else None)
        order = {
            id(one.statement): rank
            for rank, one in enumerate(self.resolution.names[name].candidates(self.coders))
        }
        return sorted(kept, key=lambda one: order.get(id(one), len(order)))

    def _find_definitions(self) -> dict[str, Definition]:
        """Code → its definition in an open trace: the last one of the coder that counts most."""
        notes = [note for found in self.sources.values() for note in found]
        found: dict[str, Definition] = {}
        for note in sorted(notes, key=self._rank, reverse=True):
            for one in (each for trace in note.open_traces for each in trace.definitions):
                found[self.current(one.code.name)] = one
        return found

    def report_definitions(self, declared: Mapping[str, Sequence[DeclarationStatement]]) -> None:
        """The definitions that are in no declaration."""
        for name, one in self.definitions.items():
            statements = declared.get(name)
            if statements is None:
                reason = "" if name in self.held else self.why_unknown(name)[0]
            elif not takes_values(statements[0]):
                reason = f"a {statements[0].constructor.name} has no description"
            elif any(
                value.name.value == "description" and value.value != one.text
                for each in statements
                for value in each.values
            ):
                reason = f"the declaration of '{name}' has another description"
            else:
                reason = ""
            if reason:
                self.left_out.append(LeftOut("value", f"Definition: {one.text}", one.span, reason))

    def find_bound_links(self, notes: list[tuple[str, FieldNote]]) -> None:
        """Keep the names that links are bound to. Such a link is a code, unless something has that name."""
        for _, note in notes:
            for one in note.statements:
                if not isinstance(one, OptionStatement | RelationStatement) or one.identifier is None:
                    continue
                name = self.current(one.identifier.name)
                key = self.keys(one)[0]
                free = name not in self.names and name not in self.vocabulary
                if free and key not in self.name_of_link:
                    self.bound[name] = key
                    self.name_of_link[key] = name
                    self.names[name] = None
                elif self.bound.get(name) != key:
                    reason = f"the link is built without its name, because '{name}' is taken"
                    self.left_out.append(LeftOut("value", name, one.identifier.span, reason))

    def keys(self, one: OptionStatement | RelationStatement) -> list[Key]:
        """What the links of a statement are about, in order."""
        if isinstance(one, OptionStatement):
            return [("option", self.current(one.decision.name), self.current(one.solution.name))]
        return [("relation", *key) for key in relation_keys(one, self.renames)] or [("relation",)]

    def why_unknown(self, name: str) -> tuple[str, Span | None]:
        """Why nothing can be made of a name, and the place of the fault where it is known."""
        if name in self.not_built:
            return f"the declaration of '{name}' is not built", self.not_built[name]
        if name in self.vocabulary:
            return f"'{name}' is a name of the vocabulary", None
        if self.unread is not None:
            return f"'{name}' is declared nowhere else than perhaps in {self.unread.path}", Span(
                self.unread.path, 1, 1, 1, 1
            )
        return f"'{name}' is declared nowhere", None


def takes_values(declared: DeclarationStatement) -> bool:
    """Whether a declaration can have a description."""
    return declared.constructor.name == "CClass" and not declared.is_source_like

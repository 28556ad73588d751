"""The chain of evidence of a code: passages, declarations and renames in the notes, links in the model.

Called by `Study.passages_of` and `Study.chain_of_evidence`. For a code that the model no longer holds only
the notes are searched.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

from attrs import evolve

from codeable.kernel import CClass, CNamedElement
from codeable.kernel.place import Span
from codeable.notes.code_chain import (
    CodeChain,
    CodePassage,
    DeclaredIn,
    Renamed,
    SourceEvidence,
    StatedIn,
    SubcodeEvidence,
)
from codeable.notes.mentions import KindOf, Mention, codes_mentioned, current_name
from codeable.notes.model import (
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Name,
    OptionStatement,
    Passage,
    TraceStatement,
)
from codeable.notes.thoughts import Thought, thoughts_in
from codeable.registry import Declaration, Registry, UnknownNameError


class ChainOfEvidence:
    """Answers for the codes of one study. The mentions in the notes are collected once.

    Args:
        registry: What the modules declare.
        notes: The field notes of the study; for questions about one code, those that hold one of its
            `names_in_notes` suffice.
        renames: Old name → new name.
    """

    def __init__(self, registry: Registry, notes: Iterable[FieldNote], renames: Mapping[str, str]) -> None:
        self._registry = registry
        self._renames = renames
        self._mentions: dict[str, dict[str, list[Mention]]] = {}
        self._notes: dict[str, list[FieldNote]] = {}
        self._coders: dict[str, str | None] = {}
        for note in notes:
            source = note.identifier
            if source is None or note.is_template:
                continue
            self._notes.setdefault(source, []).append(note)
            self._coders[note.path] = note.coder
            for name, places in codes_mentioned(note, renames, kinds_in(registry)).items():
                self._mentions.setdefault(name, {}).setdefault(source, []).extend(places)

    def notes_of(self, source: str) -> tuple[FieldNote, ...]:
        """The notes about a source, by its identifier; several coders may each have written one."""
        return tuple(self._notes.get(source, ()))

    def passages_of(self, code: str | CNamedElement) -> tuple[CodePassage, ...]:
        """The passages of a code, in the order of the sources and of their notes.

        Args:
            code: The element, its current identifier or an earlier one, or its display name.

        Raises:
            UnknownNameError: Neither modules nor notes know the code; a `KeyError` with the nearest names.
            AmbiguousNameError: Several codes have that name.
        """
        declaration, identifier = self._find(code)
        return tuple(one for source in self._evidence(declaration, identifier) for one in source.passages)

    def chain_of(self, code: str | CNamedElement, figures: Sequence[str] = ()) -> CodeChain:
        """Where a code was declared, renamed and found, and what it is linked to.

        Args:
            code: The element, its current identifier or an earlier one, or its display name.
            figures: The figures that show it, which only the caller knows.

        Raises:
            UnknownNameError: Neither modules nor notes know the code; a `KeyError` with the nearest names.
            AmbiguousNameError: Several codes have that name.
        """
        declaration, identifier = self._find(code)
        names = _names(declaration, identifier)
        declared = tuple(self._declared(names))
        registry = self._registry
        chain = CodeChain(
            identifier=identifier,
            name=next((one.display_name for one in declared if one.display_name), identifier),
            kind="dropped",
            span=None,
            declared=declared,
            renamed=tuple(self._renamed(names)),
            evidence=tuple(self._evidence(declaration, identifier)),
            figures=tuple(figures),
            stated=tuple(self._stated(names)),
            thoughts=tuple(self._thoughts(names)),
            state=registry.state,
        )
        if declaration is None:
            return chain
        element: Any = declaration.element
        is_solution = declaration.kind in ("practice", "pattern", "solution", "decision")
        return evolve(
            chain,
            name=declaration.name,
            kind=declaration.kind,
            span=declaration.span,
            option_of=tuple(registry.decisions_of(element)) if is_solution else (),
            options=tuple(registry.options_of(element)) if declaration.kind == "decision" else (),
            forces=tuple(registry.forces_of(element)) if is_solution else (),
            impacts=tuple(registry.impacts_on(element)) if declaration.kind == "force" else (),
            subcodes=tuple(self._subcodes(element)),
            supercodes=tuple(registry.supercodes_of(element).names) if registry.is_code(element) else (),
        )

    def evidence_in_notes(self, code: Declaration | str) -> tuple[SourceEvidence, ...]:
        """What each source says about a code, in the order of the sources.

        Args:
            code: Its declaration, or the current identifier of a code that only notes know.
        """
        declaration = None if isinstance(code, str) else code
        return tuple(self._evidence(declaration, code if isinstance(code, str) else code.short_name))

    @property
    def names_only_in_notes(self) -> tuple[str, ...]:
        """The current identifiers of the codes that only notes know, in the order of their first mention."""
        return tuple(name for name in self._mentions if name not in self._registry)

    @property
    def passages(self) -> Iterator[CodePassage]:
        """All passages, also those without codes; the same text in two notes of one coder is one passage."""
        for source, notes in self._notes.items():
            yield from self._once(source, ((passage, ()) for note in notes for passage in note.passages))

    def element(self, code: str | CNamedElement) -> CNamedElement | None:
        """The element of a code; None of a code that only the notes know.

        Args:
            code: The element, its current identifier or an earlier one, or its display name.

        Raises:
            UnknownNameError: Neither modules nor notes know the code; a `KeyError` with the nearest names.
            AmbiguousNameError: Several codes have that name.
        """
        declaration, _ = self._find(code)
        return declaration.element if declaration is not None else None

    def _find(self, code: str | CNamedElement) -> tuple[Declaration | None, str]:
        """The declaration and the identifier; of a code that the model has dropped only the identifier."""
        name = code
        if isinstance(code, str) and code not in self._registry:
            name = current_name(self._renames, code)
        try:
            declaration = self._registry.look_up(name)
        except UnknownNameError:
            if isinstance(name, str) and name in self._mentions:
                return None, name
            raise
        return declaration, declaration.short_name

    def _places(self, names: Iterable[str]) -> Iterator[tuple[str, Mention]]:
        """Where the notes mention a code, with the source of each note."""
        for name in names:
            for source, mentions in self._mentions.get(name, {}).items():
                yield from ((source, mention) for mention in mentions)

    def _declared(self, names: tuple[str, ...]) -> Iterator[DeclaredIn]:
        for source, (_, one) in self._places(names):
            if isinstance(one, DeclarationStatement):
                yield DeclaredIn(
                    one.identifier.name,
                    one.kind or None,
                    one.display_name.value if one.display_name is not None else None,
                    source,
                    one.identifier.span,
                )

    def _stated(self, names: tuple[str, ...]) -> Iterator[StatedIn]:
        """What the notes state about the options and impacts of a code."""
        statements = {statement: source for source, (_, statement) in self._places(names)}
        for statement, source in statements.items():
            for kind, first, last, span in _links_in(statement):
                ends = self._current(first), self._current(last)
                if not set(names).isdisjoint(ends):
                    yield StatedIn(kind, ends, source, span)

    @cached_property
    def sources_of_impacts(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Current identifiers of a solution and a force → the sources whose notes state its impact on it."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for by_source in self._mentions.values():
            for source, mentions in by_source.items():
                for statement in dict.fromkeys(statement for _, statement in mentions):
                    for kind, first, last, _ in _links_in(statement):
                        if kind == "impact":
                            ends = self._current(first), self._current(last)
                            found.setdefault(ends, {})[source] = None
        order = self._source_order
        return {
            ends: tuple(sorted(sources, key=lambda one: order.get(one, len(order))))
            for ends, sources in found.items()
        }

    def _thoughts(self, names: tuple[str, ...]) -> Iterator[Thought]:
        """The definitions of a code, and the memos that name it, or no code and are about its passages."""
        for thought in (one for notes in self._notes.values() for note in notes for one in thoughts_in(note)):
            if not set(names).isdisjoint(self.codes_of_thought(thought)):
                yield thought

    def codes_of_thought(self, thought: Thought) -> tuple[str, ...]:
        """The current identifiers of the codes that a thought names; without any, those of its passages."""
        current = dict.fromkeys(current_name(self._renames, name) for name in thought.names)
        named = tuple(name for name in current if self._is_code(name))
        at = self._codes_at
        return named or tuple(dict.fromkeys(name for each in thought.about for name in at.get(each, ())))

    @cached_property
    def _codes_at(self) -> dict[Passage, list[str]]:
        """Passage → the current identifiers of its codes."""
        found: dict[Passage, list[str]] = {}
        for name, by_source in self._mentions.items():
            statements = dict.fromkeys(one for places in by_source.values() for _, one in places)
            for passage in (each for one in statements for each in one.evidence):
                found.setdefault(passage, []).append(name)
        return found

    def _is_code(self, name: str) -> bool:
        return name in self._mentions or name in self._registry

    def _current(self, name: Name) -> str:
        return current_name(self._renames, name.name)

    def _subcodes(self, code: CNamedElement) -> Iterator[SubcodeEvidence]:
        registry = self._registry
        for declaration in registry.subcodes_of(code).declarations if registry.is_code(code) else ():
            evidence = self._evidence(declaration, declaration.short_name)
            sources = tuple(source.source for source in evidence)
            yield SubcodeEvidence(declaration.short_name, declaration.name, sources)

    def _renamed(self, names: tuple[str, ...]) -> Iterator[Renamed]:
        for old, new in self._renames.items():
            if current_name(self._renames, old) in names:
                before, after = self._uses(old), self._uses(new)
                yield Renamed(old, new, before[-1] if before else None, after[0] if after else None)

    def _uses(self, name: str) -> list[Span]:
        """Where the notes use a name, be it an old or a new one."""
        by_source = self._mentions.get(current_name(self._renames, name), {})
        return [one.span for places in by_source.values() for one, _ in places if one.name == name]

    def _evidence(self, declaration: Declaration | None, identifier: str) -> Iterator[SourceEvidence]:
        """By source: those of the registry in its order, then those that only the notes know."""
        mentions: dict[str, list[Mention]] = {}
        for source, mention in self._places(_names(declaration, identifier)):
            mentions.setdefault(source, []).append(mention)
        registry, titles, order = self._registry, self._titles, self._source_order
        element = declaration.element if declaration is not None else None
        linked = registry.evidence_of(element) if element is not None and registry.is_code(element) else ()
        in_model = [_identifier(registry, source) for source in linked]
        found = dict.fromkeys([*in_model, *mentions])
        for source in sorted(found, key=lambda one: order.get(one, len(order))):
            places = mentions.get(source, [])
            notes = self.notes_of(source)
            title = titles.get(source, "")
            if not title and notes:
                title = notes[0].title
            yield SourceEvidence(
                source,
                title,
                source in in_model,
                tuple(name.span for name, _ in places),
                tuple(self._passages(source, places)),
            )

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {_identifier(self._registry, source): _title(source) for source in self._registry.sources}

    @cached_property
    def _source_order(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self._titles)}

    def _passages(self, source: str, places: list[Mention]) -> Iterator[CodePassage]:
        """The passages of mentions; the same text in two notes of one coder is one passage."""
        if len(places) == 1:
            ((name, statement),) = places
            spans = (name.span,)
            return self._once(source, ((passage, spans) for passage in statement.evidence))
        mentions: dict[Passage, list[Span]] = {}
        for name, statement in sorted(places, key=lambda place: (place[0].span.path, place[0].span.start)):
            for passage in statement.evidence:
                mentions.setdefault(passage, []).append(name.span)
        return self._once(source, mentions.items())

    def _once(self, source: str, passages: Iterable[tuple[Passage, Sequence[Span]]]) -> Iterator[CodePassage]:
        coded: dict[tuple[str | None, str], str] = {}
        has_one_note = len(self._notes.get(source, ())) == 1
        for passage, spans in passages:
            path = passage.span.path
            coder = self._coders.get(path)
            if not has_one_note and coded.setdefault((coder, " ".join(passage.text.split())), path) != path:
                continue
            yield CodePassage(
                source=source,
                path=path,
                line=passage.line,
                end_line=passage.end_line,
                text=passage.text,
                kind=passage.kind,
                heading=passage.heading,
                mentions=tuple(spans),
                coder=coder,
                speaker=passage.speaker,
            )


def _links_in(
    statement: TraceStatement,
) -> Iterator[tuple[Literal["option", "impact"], Name, Name, Span]]:
    """The options and impacts that a statement states: kind, both ends and place."""
    if isinstance(statement, OptionStatement):
        yield "option", statement.decision, statement.solution, statement.span
    elif isinstance(statement, ForceStatement):
        for each in statement.impacts:
            yield "impact", each.solution, each.force, each.span


def names_in_notes(
    registry: Registry, code: str | CNamedElement, renames: Mapping[str, str]
) -> frozenset[str]:
    """Every name that notes may use for a code or for its sub-codes, earlier ones included.

    Args:
        registry: What the modules declare.
        code: The element, its current identifier or an earlier one, or its display name.
        renames: Old name → new name.
    """
    names: set[str] = set()
    name = code
    if isinstance(code, str):
        current = current_name(renames, code)
        names |= {code, current}
        name = code if code in registry else current
    with contextlib.suppress(LookupError):
        found = registry.look_up(name)
        below = registry.subcodes_of(found.element).declarations if registry.is_code(found.element) else ()
        names.update(each for one in (found, *below) for each in _names(one, one.short_name))
    return frozenset({*names, *(old for old in renames if current_name(renames, old) in names)})


def kinds_in(registry: Registry) -> KindOf:
    """Gives the kind of a code of a study by its identifier."""

    def kind_of(name: str) -> str | None:
        try:
            return registry.look_up(name).kind
        except LookupError:
            return None

    return kind_of


def _names(declaration: Declaration | None, identifier: str) -> tuple[str, ...]:
    """The names that traces may use for a code."""
    return (identifier, *(declaration.aliases if declaration is not None else ()))


def _identifier(registry: Registry, source: CNamedElement) -> str:
    return registry.identifier_of(source) or str(source.name)


def _title(source: CClass) -> str:
    return str(source.get_value("title") or "")

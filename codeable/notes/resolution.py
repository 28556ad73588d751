"""Which statement about a thing counts where notes state it more than once.

The build writes the statement that counts; the rules report the others. Notes are chronological: what a coder
states later replaces what the same coder stated earlier. Between coders nothing replaces anything, and the
coder whom the settings name first counts.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

from attrs import evolve, field, frozen

from codeable.kernel.place import Span
from codeable.notes.mentions import current_name
from codeable.notes.model import (
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Name,
    OptionStatement,
    RelationStatement,
    TraceStatement,
)
from codeable.notes.vocabulary import vocabulary
from codeable.result_cache import ResultCache

K = TypeVar("K")
V = TypeVar("V")


@frozen
class Stated(Generic[V]):
    """What one statement says about a thing.

    Attributes:
        value: What it says; none where it says nothing, such as an option without a text.
        source: The source of the note, such as ``s13``.
        coder: Who coded it; none where neither note nor settings say so.
        span: Where.
        statement: The statement.
    """

    value: V | None
    source: str
    coder: str | None
    span: Span
    statement: TraceStatement = field(repr=False, eq=False)


@frozen
class Versions(Generic[V]):
    """All that the notes state about one thing.

    Attributes:
        stated: The statements, in the order of coding.
        counts: The one that a build writes.
    """

    stated: tuple[Stated[V], ...]
    counts: Stated[V]

    @property
    def replaced(self) -> Iterator[tuple[Stated[V], Stated[V]]]:
        """Every statement with the later one of the same coder, in another note, that replaces its value."""
        for of_coder in _by_coder(self.stated).values():
            yield from ((one, next_) for one, next_ in _changes(of_coder) if not _same_note(one, next_))

    @property
    def within_one_note(self) -> Iterator[tuple[Stated[V], Stated[V]]]:
        """Every statement with the next one in the same note that states another value."""
        for of_coder in _by_coder(self.stated).values():
            yield from ((one, next_) for one, next_ in _changes(of_coder) if _same_note(one, next_))

    @property
    def between_coders(self) -> Iterator[tuple[Stated[V], Stated[V]]]:
        """The statement that counts with the last one of each other coder, where the values differ."""
        for of_coder in _by_coder(self.stated).values():
            last = _last(of_coder)
            if last.coder != self.counts.coder and _differ(self.counts, last):
                yield self.counts, last

    def candidates(self, coders: Sequence[str]) -> list[Stated[V]]:
        """The statements in the order in which they count, the first one first."""
        ranked = _by_coder(self.stated)
        order = sorted(ranked, key=lambda coder: _rank(coder, coders))
        return [one for coder in order for one in _latest_first(ranked[coder])]


Key2 = tuple[str, str]
Key3 = tuple[str, str, str]


@frozen
class Resolution:
    """What the notes state about each thing, under current names.

    Attributes:
        options: Decision and solution → the text of the option, and its description behind it.
        impacts: Solution and force → the impact.
        relations: Source, target and role → the stereotypes. A role ``from`` is turned round into ``to``.
        names: Code → its display name.
        kinds: Code → the metaclass of its declaration. The first one counts: another kind is an error, which
            must not cost the options and impacts that were right before.
    """

    options: Mapping[Key2, Versions[str]]
    impacts: Mapping[Key2, Versions[str]]
    relations: Mapping[Key3, Versions[tuple[str, ...]]]
    names: Mapping[str, Versions[str]]
    kinds: Mapping[str, Versions[str]]


def resolve(
    notes: Iterable[FieldNote],
    renames: Mapping[str, str],
    coders: Sequence[str] = (),
    results: ResultCache | None = None,
) -> Resolution:
    """What the notes state about each thing, and which statement counts.

    Args:
        notes: The notes, in the order of coding.
        renames: Old name → new name.
        coders: The coders, the one that counts most first.
        results: What was found before in single notes.
    """
    results = results or ResultCache()
    said = _Said()
    for note in notes:
        if note.identifier is not None and not note.is_template:
            said.add(results.of(_said_in, note, renames))
    return Resolution(
        options={key: resolved(stated, coders) for key, stated in said.options.items()},
        impacts={key: resolved(stated, coders) for key, stated in said.impacts.items()},
        relations={key: resolved(stated, coders) for key, stated in said.relations.items()},
        names={key: resolved(stated, coders) for key, stated in said.names.items()},
        kinds={key: _first(stated, coders) for key, stated in said.kinds.items()},
    )


def without_refused(
    resolution: Resolution, refused: Mapping[tuple[str, ...], Collection[Span]], coders: Sequence[str] = ()
) -> Resolution:
    """What counts without statements that no study can hold. Where all about a thing are refused they stay.

    Args:
        resolution: What the notes state.
        refused: Thing, such as ``("relation", source, target, role)`` → the places of the refused statements.
        coders: The coders, the one that counts most first.
    """

    def kept(about: tuple[str, ...], found: Versions[V]) -> list[Stated[V]]:
        spans = refused.get(about, ())
        left = [one for one in found.stated if not any(_within(span, one.statement.span) for span in spans)]
        return left or list(found.stated)

    relations = dict(resolution.relations)
    names, kinds = dict(resolution.names), dict(resolution.kinds)
    for about in refused:
        kind, name, *_ = about
        if kind == "relation" and (key := about[1:]) in relations:
            relations[key] = resolved(kept(about, relations[key]), coders)
        elif kind == "code" and name in names:
            names[name] = resolved(kept(about, names[name]), coders)
            kinds[name] = _first(kept(about, kinds[name]), coders)
    return evolve(resolution, relations=relations, names=names, kinds=kinds)


def _within(span: Span, other: Span) -> bool:
    return span.path == other.path and other.start <= span.start and span.end <= other.end


def resolved(stated: Sequence[Stated[V]], coders: Sequence[str] = ()) -> Versions[V]:
    """Which of some statements about one thing counts.

    Args:
        stated: The statements in the order of coding, at least one.
        coders: The coders, the one that counts most first.
    """
    if len(stated) == 1:
        return Versions(tuple(stated), stated[0])
    first = min(stated, key=lambda one: _rank(one.coder, coders))
    return Versions(tuple(stated), _last([one for one in stated if one.coder == first.coder]))


def _first(stated: Sequence[Stated[V]], coders: Sequence[str]) -> Versions[V]:
    return Versions(tuple(stated), min(stated, key=lambda one: _rank(one.coder, coders)))


class _Said:
    """What statements state, by the thing that it is about."""

    def __init__(self) -> None:
        self.options: dict[Key2, list[Stated[str]]] = {}
        self.impacts: dict[Key2, list[Stated[str]]] = {}
        self.relations: dict[Key3, list[Stated[tuple[str, ...]]]] = {}
        self.names: dict[str, list[Stated[str]]] = {}
        self.kinds: dict[str, list[Stated[str]]] = {}

    def add(self, other: "_Said") -> None:
        """Add what further statements state."""
        _extend(self.options, other.options)
        _extend(self.impacts, other.impacts)
        _extend(self.relations, other.relations)
        _extend(self.names, other.names)
        _extend(self.kinds, other.kinds)


def _extend(stated: dict[K, list[Stated[V]]], others: Mapping[K, Sequence[Stated[V]]]) -> None:
    for key, found in others.items():
        stated.setdefault(key, []).extend(found)


def _said_in(note: FieldNote, renames: Mapping[str, str]) -> _Said:
    """What the statements of a note state, under current names."""
    reader = _Reader(renames)
    for statement in note.statements:
        reader.read(statement, note.identifier or "", note.coder)
    return reader


class _Reader(_Said):
    """Collects what statements state."""

    def __init__(self, renames: Mapping[str, str]) -> None:
        super().__init__()
        self._renames = renames

    def read(self, one: TraceStatement, source: str, coder: str | None) -> None:
        """Add what one statement states."""
        if isinstance(one, DeclarationStatement):
            if not one.is_source_like:
                code, at = self._current(one.identifier), one.identifier.span
                name = one.display_name.value if one.display_name is not None else None
                self.names.setdefault(code, []).append(Stated(name, source, coder, at, one))
                kind = one.kind or one.constructor.name
                self.kinds.setdefault(code, []).append(Stated(kind, source, coder, at, one))
        elif isinstance(one, OptionStatement):
            pair = self._current(one.decision), self._current(one.solution)
            self.options.setdefault(pair, []).append(Stated(one.words, source, coder, one.text_span, one))
        elif isinstance(one, ForceStatement):
            for each in one.impacts:
                pair = self._current(each.solution), self._current(each.force)
                impact = each.impact.name if each.impact.name in vocabulary().impacts else None
                self.impacts.setdefault(pair, []).append(Stated(impact, source, coder, each.span, one))
        elif isinstance(one, RelationStatement):
            stereotypes = tuple(stereotype.name for stereotype in one.stereotypes) or None
            for key in relation_keys(one, self._renames):
                self.relations.setdefault(key, []).append(Stated(stereotypes, source, coder, one.span, one))

    def _current(self, name: Name) -> str:
        return current_name(self._renames, name.name)


def relation_keys(one: RelationStatement, renames: Mapping[str, str]) -> Iterator[Key3]:
    """Source, target and role of every link that a statement makes, under current names, in order."""
    role = one.role or "to"
    for end in one.ends:
        source = current_name(renames, end.source.name)
        for target in (current_name(renames, target.name) for target in end.targets):
            yield (target, source, "to") if role == "from" else (source, target, role)


def _by_coder(stated: Iterable[Stated[V]]) -> dict[str | None, list[Stated[V]]]:
    found: dict[str | None, list[Stated[V]]] = {}
    for one in stated:
        found.setdefault(one.coder, []).append(one)
    return found


def _rank(coder: str | None, coders: Sequence[str]) -> int:
    """The coders of the settings in their order, then the others, who keep the order of the notes."""
    return coders.index(coder) if coder in coders else len(coders)


def _latest_first(stated: Sequence[Stated[V]]) -> list[Stated[V]]:
    """The statements from the last to the first; those that say nothing follow."""
    latest = stated[::-1]
    return [*(one for one in latest if one.value is not None), *(one for one in latest if one.value is None)]


def _last(stated: Sequence[Stated[V]]) -> Stated[V]:
    return next((one for one in reversed(stated) if one.value is not None), stated[-1])


def _changes(stated: Iterable[Stated[V]]) -> Iterator[tuple[Stated[V], Stated[V]]]:
    """Neighbours that state different values; what says nothing is left out."""
    said = [one for one in stated if one.value is not None]
    return ((one, next_) for one, next_ in pairwise(said) if _differ(one, next_))


def _differ(one: Stated[V], other: Stated[V]) -> bool:
    if one.value is None or other.value is None:
        return False
    if isinstance(one.value, str) and isinstance(other.value, str):
        return one.value.split() != other.value.split()
    return one.value != other.value


def _same_note(one: Stated[V], other: Stated[V]) -> bool:
    return one.span.path == other.span.path

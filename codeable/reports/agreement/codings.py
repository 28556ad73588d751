"""What coders say about the same units: which codes each gave to a source, or to a passage of it."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from attrs import field, frozen

from codeable.coded.coded_study import Code, CodedPassage, CodedStudy
from codeable.errors import CodeableError
from codeable.notes.code_chain import CodePassage
from codeable.notes.model import FieldNote
from codeable.reports.agreement.alignment import words_of
from codeable.reports.agreement.coefficients import Ratings
from codeable.reports.options import ReportOptions, Unit
from codeable.text import did_you_mean, natural_key, shown

Quoted: TypeAlias = dict[tuple[str, tuple[str, ...]], dict[str, list[CodedPassage]]]
"""A source and the words of a passage → coder → the passages with these words."""


@frozen
class CodedUnit:
    """A source, or a passage of it, with the codes that coders gave it.

    Attributes:
        source: The source.
        given: Coder → the codes that the coder gave. A coder who did not rate the unit is not in it.
        passages: Of a passage: coder → where the coder quotes it.
    """

    source: str
    given: Mapping[str, frozenset[Code]]
    passages: Mapping[str, tuple[CodePassage, ...]] = {}


@frozen(eq=False, slots=False, kw_only=True)
class Codings:
    """What is compared.

    Attributes:
        unit: What the units are.
        coders: The coders that are compared.
        codes: The codes that each of them could give, in the order of the study.
        units: The units that at least two of them rated.
        sources: The sources that at least two of them coded.
        alone: Source → the coder who alone coded it.
        quoted_alone: Coder → the number of passages of `sources` that this coder alone quotes.
        without_coder: The files of the notes that name no coder.
        without_traces: The files of the notes of these coders that have no trace yet.
        undeclared: The codes that coders gave, that only notes have, and that do not count: those of one
            coder only, and all where kinds are chosen.
        without_source: The files of the notes of these coders that do not say which source they are about.
        quoted: The passages that coders quote in `sources`.
    """

    unit: Unit
    coders: tuple[str, ...]
    codes: tuple[Code, ...]
    units: tuple[CodedUnit, ...]
    sources: tuple[str, ...]
    alone: Mapping[str, str]
    quoted_alone: Mapping[str, int]
    without_coder: tuple[str, ...]
    without_traces: tuple[str, ...]
    undeclared: tuple[Code, ...]
    without_source: tuple[str, ...]
    quoted: Quoted = field(repr=False)

    def ratings(self, coders: Sequence[str], *, only_used: bool = False) -> Ratings:
        """Whether some coders gave a code to a unit, for each code and each unit.

        Args:
            coders: The coders.
            only_used: Whether codes that nobody gave are left out.
        """
        codes = len(self.used if only_used else self.codes)
        found: Counter[tuple[Hashable, ...]] = Counter()
        for unit in self.units:
            used = {code for coder in coders for code in unit.given.get(coder, ())}
            found.update(_ratings(unit, code, coders) for code in used)
            found[_of_nobody(unit, coders)] += codes - len(used)
        return +found

    def ratings_of(self, code: Code) -> Ratings:
        """Whether each coder gave one code to a unit, for each unit."""
        found = Counter(self._presences)
        for unit in self._units_of.get(code, ()):
            found[_of_nobody(unit, self.coders)] -= 1
            found[_ratings(unit, code, self.coders)] += 1
        return +found

    @cached_property
    def used(self) -> tuple[Code, ...]:
        """The codes that somebody gave to a unit."""
        return tuple(code for code in self.codes if code in self._units_of)

    def different(self) -> Iterator[tuple[CodedUnit, Code, tuple[str, ...], tuple[str, ...]]]:
        """Where coders differ: unit, code, who gave it, and who rated the unit and did not."""
        for unit in self.units:
            rating = [coder for coder in self.coders if coder in unit.given]
            used = {code for coder in rating for code in unit.given[coder]}
            for code in self.in_order(used):
                givers = tuple(coder for coder in rating if code in unit.given[coder])
                if len(givers) < len(rating):
                    yield unit, code, givers, tuple(coder for coder in rating if coder not in givers)

    def in_order(self, codes: Iterable[Code]) -> list[Code]:
        """Those of some codes that count, in the order of the study."""
        return sorted((code for code in codes if code in self._position), key=self._position.__getitem__)

    @cached_property
    def _position(self) -> dict[Code, int]:
        return {code: number for number, code in enumerate(self.codes)}

    @cached_property
    def _presences(self) -> Counter[tuple[Hashable, ...]]:
        return Counter(_of_nobody(unit, self.coders) for unit in self.units)

    @cached_property
    def _units_of(self) -> dict[Code, list[CodedUnit]]:
        found: dict[Code, list[CodedUnit]] = {}
        for unit in self.units:
            for code in frozenset[Code]().union(*(unit.given[each] for each in unit.given)):
                found.setdefault(code, []).append(unit)
        return found


def _ratings(unit: CodedUnit, code: Code, coders: Sequence[str]) -> tuple[Hashable, ...]:
    """Whether each coder gave the code to the unit."""
    return tuple(code in unit.given[coder] if coder in unit.given else None for coder in coders)


def _of_nobody(unit: CodedUnit, coders: Sequence[str]) -> tuple[Hashable, ...]:
    """The ratings of a code that nobody gave to the unit."""
    return tuple(False if coder in unit.given else None for coder in coders)


def codings(study: CodedStudy, options: ReportOptions) -> Codings:
    """What the coders of a study say about the same units.

    The codes are those that each coder could give: those of the modules that have an identifier, and those
    that only notes have when two of the coders use them.

    Raises:
        CodeableError: `coders` names one that the study does not have, or only one; exit status 2.
    """
    coders = _compared_coders(study, options.coders)
    notes = [note for note in study.notes if note.identifier is not None and note.coder in coders]
    coded = {(note.coder, note.identifier) for note in notes if _has_trace(note)}
    by_source: dict[str, tuple[str, ...]] = {
        source: tuple(coder for coder in coders if (coder, source) in coded)
        for source in _in_order(study, (note.identifier for note in notes))
    }
    shared = {source: who for source, who in by_source.items() if len(who) > 1}
    given = _given(study, notes)
    codes = [code for code in study.codes if _is_chosen(code, options)]
    undeclared = []
    for code in study.dropped_codes:
        if len({coder for coder, _ in given.get(code, ())}) > 1 and not options.kinds:
            codes.append(code)
        elif code in given:
            undeclared.append(code)
    quoted = _quoted(study, shared)
    if options.unit == "source":
        units = list(_sources(shared, codes, given))
    else:
        units = list(_passages(quoted, shared, frozenset(codes)))

    def files(these: Iterable[FieldNote]) -> tuple[str, ...]:
        return tuple(study.file_of(note.path) for note in these)

    return Codings(
        unit=options.unit,
        coders=coders,
        codes=tuple(codes),
        units=tuple(units),
        sources=tuple(shared),
        alone={source: who[0] for source, who in by_source.items() if len(who) == 1},
        quoted_alone=Counter(next(iter(by)) for by in quoted.values() if len(by) == 1),
        without_coder=files(note for note in study.notes if note.identifier and note.coder is None),
        without_traces=files(note for note in notes if (note.coder, note.identifier) not in coded),
        without_source=files(note for note in study.notes if not note.identifier and note.coder in coders),
        undeclared=tuple(undeclared),
        quoted=quoted,
    )


def _compared_coders(study: CodedStudy, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The coders that are compared, in the order wanted, else in that of the settings, then of the names."""
    first = {name: number for number, name in enumerate(study.registry.settings.coders)}
    known = sorted(
        {note.coder for note in study.notes if note.coder is not None and note.identifier is not None},
        key=lambda name: (first.get(name, len(first)), natural_key(name)),
    )
    for name in wanted:
        if name not in known:
            those = f"The coders are: {', '.join(known)}" if known else "No note of the study names its coder"
            raise CodeableError(
                f"the report agreement: there is no coder {shown(name)}{did_you_mean(name, known)}\n{those}",
                exit_status=2,
            )
    chosen = tuple(dict.fromkeys(wanted)) or tuple(known)
    if wanted and len(chosen) == 1:
        raise CodeableError(
            f"the report agreement: {shown(chosen[0])} is one coder; name two or more of: {', '.join(known)}",
            exit_status=2,
        )
    return chosen


def _is_chosen(code: Code, options: ReportOptions) -> bool:
    """Whether a code of the modules counts. A relation without a name cannot be in a note."""
    is_named = code.declaration is not None and code.declaration.identifier is not None
    return is_named and (not options.kinds or code.kind in options.kinds)


def _has_trace(note: FieldNote) -> bool:
    """Whether somebody coded the note. The trace before `# coding` only declares the source."""
    return bool(note.open_traces) or any(not trace.in_metadata for trace in note.axial_traces)


def _in_order(study: CodedStudy, sources: Iterable[str | None]) -> list[str]:
    order = {name: number for number, name in enumerate(study.source_names)}
    found = dict.fromkeys(source for source in sources if source is not None)
    return sorted(found, key=lambda source: (order.get(source, len(order)), natural_key(source)))


def _given(study: CodedStudy, notes: Iterable[FieldNote]) -> dict[Code, frozenset[tuple[str, str]]]:
    """Code → the coders who mention it, each with the source in whose note."""
    coder_of = {note.path: note.coder for note in notes}
    return {
        code: found
        for code in (*study.codes, *study.dropped_codes)
        if (
            found := frozenset(
                (coder, each.source)
                for each in code.in_notes
                for mention in each.mentions
                if (coder := coder_of.get(mention.path)) is not None
            )
        )
    }


def _sources(
    shared: Mapping[str, tuple[str, ...]],
    codes: Iterable[Code],
    given: Mapping[Code, frozenset[tuple[str, str]]],
) -> Iterator[CodedUnit]:
    found: defaultdict[tuple[str, str], set[Code]] = defaultdict(set)
    for code in codes:
        for place in given.get(code, ()):
            found[place].add(code)
    for source, coders in shared.items():
        yield CodedUnit(source, {coder: frozenset(found[coder, source]) for coder in coders})


def _quoted(study: CodedStudy, shared: Mapping[str, tuple[str, ...]]) -> Quoted:
    found: Quoted = {}
    for each in study.passages:
        passage = each.passage
        if passage.coder in shared.get(passage.source, ()):
            by_coder = found.setdefault((passage.source, words_of(passage.text)), {})
            by_coder.setdefault(str(passage.coder), []).append(each)
    return found


def _passages(
    quoted: Quoted, shared: Mapping[str, tuple[str, ...]], codes: frozenset[Code]
) -> Iterator[CodedUnit]:
    for (source, _), by_coder in quoted.items():
        if len(by_coder) > 1:
            rating = [coder for coder in shared[source] if coder in by_coder]
            yield CodedUnit(
                source,
                {
                    coder: frozenset(code for each in by_coder[coder] for code in each.codes) & codes
                    for coder in rating
                },
                {coder: tuple(each.passage for each in by_coder[coder]) for coder in rating},
            )

"""The notes that say what was counted: which codes, in which units, by whose word, what is left out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from codeable.coded.coded_study import Code, CodedStudy
from codeable.registry.records import Kind
from codeable.reports.counts.occurrences import Occurrences, counted_codes
from codeable.reports.options import ReportOptions, Unit
from codeable.text import counted, first_few

_PLURALS = {"category": "categories", "domain class": "domain classes"}


def scope_notes(study: CodedStudy, options: ReportOptions, *units: Unit) -> Iterator[str]:
    """Which codes were counted, in which units, and who says that."""
    yield from _kinds_notes(study, options)
    for unit in units:
        yield from _unit_notes(study, unit)


def _kinds_notes(study: CodedStudy, options: ReportOptions) -> Iterator[str]:
    """Which kinds of codes were counted, and that the evidence of a sub-code is its own."""
    codes = counted_codes(study, options)
    chosen = listed([plural(kind) for kind in options.kinds])
    if not codes:
        yield f"The study has no {chosen}" if chosen else "The study has no codes"
        return
    only = "the chosen kinds alone" if options.kinds else "all kinds"
    yield f"Codes counted, {only}: {by_kind(codes)}"
    if any(study.registry.subcodes_of(code.element) for code in codes):
        yield "The evidence of a sub-code is not added to that of the code that it specialises"


def _unit_notes(study: CodedStudy, unit: Unit) -> Iterator[str]:
    """What the units are, and who says which codes are in them."""
    if unit == "source":
        yield "A source has a code if the model links the two"
        return
    if not study.notes:
        yield "Passages are not counted, since the study has no field notes"
        return
    yield "A passage has a code if the field notes say so"
    noted = {note.identifier for note in study.notes}
    without = [name for name, source in study.named_sources.items() if source.short_name not in noted]
    if without:
        number = counted(len(study.sources), "source")
        yield f"Without a field note: {len(without)} of {number} ({_few(without)})"
    if len({each.passage.coder for each in study.passages if each.codes}) > 1:
        yield "A passage that several coders quote counts once for each of them"
    if study.dropped_codes:
        number = counted(len(study.dropped_codes), "code")
        named = _few([code.name for code in study.dropped_codes])
        yield f"Not counted: {number} that only the field notes have ({named})"


def undeclared_note(study: CodedStudy) -> Iterator[str]:
    """The sources of counted passages that only the field notes have."""
    known = set(study.source_names)
    sources = dict.fromkeys(
        each.passage.source for each in study.passages if each.codes and each.passage.source not in known
    )
    if sources:
        yield f"Also counted: passages of sources that the model does not declare ({_few(sources)})"


def left_out_note(codes: Iterable[Code], unit: Unit) -> Iterator[str]:
    """Which codes have no row because they occur nowhere."""
    names = [code.name for code in codes]
    if names:
        what = "evidence" if unit == "source" else "evidence in the passages"
        yield f"Left out: {counted(len(names), 'code')} without {what} ({_few(names)})"


def occurring(found: Occurrences, options: ReportOptions) -> tuple[list[int], list[Code]]:
    """The positions of the codes that get a row, and the codes that get none because they occur nowhere."""
    counts = found.counts()
    kept = [number for number, count in enumerate(counts) if count or options.without_evidence]
    left_out = [code for code, count in zip(found.codes, counts, strict=True) if not count]
    return kept, [] if options.without_evidence else left_out


def by_kind(codes: Iterable[Code]) -> str:
    """The number of codes of each kind, as the part of a sentence.

    Example:
        >>> by_kind([Code("a", None, (), ()), Code("b", None, (), ())])
        '2 dropped codes'
    """
    numbers = Counter(code.kind for code in codes)
    kinds = [kind for kind in (*get_args(Kind), "dropped") if kind in numbers]
    return listed([counted(numbers[kind], _singular(kind), plural(kind)) for kind in kinds])


def plural(kind: str) -> str:
    """What many codes of a kind are called.

    Example:
        >>> plural("category"), plural("known use"), plural("code")
        ('categories', 'known uses', 'other codes')
    """
    return _PLURALS.get(kind, f"{_singular(kind)}s")


def _singular(kind: str) -> str:
    return {"code": "other code", "dropped": "dropped code"}.get(kind, kind)


def listed(texts: Iterable[str]) -> str:
    """Texts as a list in a sentence.

    Example:
        >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
        ('a, b and c', 'a', '')
    """
    *first, last = [*texts] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _few(names: Iterable[str]) -> str:
    return first_few([*names])


def sentences(notes: Iterable[str]) -> tuple[str, ...]:
    """Notes as whole sentences."""
    return tuple(f"{note}." for note in notes)

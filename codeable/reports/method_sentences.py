"""What a method section says about a study, as sentences with the table that has their figures.

A sentence says what was counted and nothing else: how sources were chosen and why is for the authors to say.
"""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from codeable.coded.coded_study import CodedStudy
from codeable.registry.values import given_values, value_text
from codeable.reports.counts.saturation import saturation
from codeable.reports.counts.saturation_tables import saturation_sentences
from codeable.reports.counts.scope import by_kind, listed
from codeable.reports.options import ReportOptions
from codeable.text import counted

NOT_STATED = "not stated"


@frozen
class MethodSentence:
    """One sentence.

    Attributes:
        text: The sentence, as plain text.
        table: The name of the report whose table has its figures.
    """

    text: str
    table: str


@frozen
class MethodParagraph:
    """Some sentences about one thing."""

    heading: str
    sentences: tuple[MethodSentence, ...]


def method_paragraphs(study: CodedStudy, of_saturation: ReportOptions) -> tuple[MethodParagraph, ...]:
    """The paragraphs of the method section.

    Args:
        study: The study.
        of_saturation: The options of the report `saturation`, whose statement is the last paragraph.
    """
    told = saturation_sentences(saturation(study, of_saturation))
    paragraphs = (
        ("Sources", _sources(study)),
        ("Coding", _coding(study)),
        ("Codes", _codes(study)),
        ("Decisions", _decisions(study)),
        ("Saturation", (MethodSentence(text, "saturation") for text in told)),
    )
    return tuple(MethodParagraph(heading, tuple(sentences)) for heading, sentences in paragraphs)


def _sources(study: CodedStudy) -> Iterator[MethodSentence]:
    sources = study.sources
    if not sources:
        yield MethodSentence("The study has no sources.", "sources")
        return
    yield MethodSentence(f"The study draws on {counted(len(sources), 'source')}.", "sources")
    values = [dict(given_values(source.element)) for source in sources]
    for attribute, what in (("type", "source type"), ("author type", "author type")):
        texts = [value_text(each.get(attribute, "")).strip() for each in values]
        if any(texts):
            yield MethodSentence(f"By {what}: {_distribution(texts)}.", "sources")
        else:
            yield MethodSentence(f"The {what} is stated for no source.", "sources")
    for attribute, what in (("example", "an example"), ("source code", "source code")):
        marks = [each.get(attribute) for each in values]
        if not any(isinstance(mark, bool) for mark in marks):
            continue
        unstated = sum(not isinstance(mark, bool) for mark in marks)
        rest = f" (it is not stated for {unstated})" if unstated else ""
        having = sum(mark is True for mark in marks)
        subject = _part(having, len(sources), "source", "has", "have")
        yield MethodSentence(f"{subject} {what}{rest}.", "sources")
    archived = sum(bool(value_text(each.get("archive url", "")).strip()) for each in values)
    subject = _part(archived, len(sources), "source", "is", "are")
    yield MethodSentence(f"{subject} archived.", "sources")


def _coding(study: CodedStudy) -> Iterator[MethodSentence]:
    notes = [note for note in study.notes if note.unread is None and note.identifier is not None]
    if not notes:
        yield MethodSentence("The study has no field notes; its passages are not counted.", "passages")
        return
    noted = len({note.identifier for note in notes})
    passages = study.passages
    coded = sum(bool(each.codes) for each in passages)
    yield MethodSentence(
        f"There {_is(len(notes))} {counted(len(notes), 'field note')} about {counted(noted, 'source')}, "
        f"with {counted(len(passages), 'passage')}.",
        "passages",
    )
    subject = _part(coded, len(passages), "passage", "has", "have")
    yield MethodSentence(f"{subject} at least one code.", "passages")
    by_coder: dict[str, set[str]] = {}
    for note in notes:
        if note.coder and note.identifier:
            by_coder.setdefault(note.coder, set()).add(note.identifier)
    if not by_coder:
        yield MethodSentence("The notes do not state who coded them.", "passages")
        return
    each = listed(f"{coder} ({counted(len(found), 'source')})" for coder, found in by_coder.items())
    coders = counted(len(by_coder), "coder")
    yield MethodSentence(f"The notes are by {coders}: {each}.", "passages")
    times = Counter(source for found in by_coder.values() for source in found)
    if len(by_coder) > 1:
        shared = sum(number > 1 for number in times.values())
        subject = _part(shared, noted, "source", "was", "were")
        yield MethodSentence(f"{subject} coded by more than one coder.", "passages")
        yield MethodSentence("A passage that several coders quote counts once for each of them.", "passages")
    unnamed = sum(not note.coder for note in notes)
    if unnamed:
        yield MethodSentence(f"The coder is not stated for {counted(unnamed, 'field note')}.", "passages")


def _codes(study: CodedStudy) -> Iterator[MethodSentence]:
    codes = study.codes
    if not codes:
        yield MethodSentence("The study has no codes.", "codebook")
        return
    found = sum(bool(code.sources) for code in codes)
    yield MethodSentence(f"The study has {counted(len(codes), 'code')}: {by_kind(codes)}.", "codebook")
    subject = _part(found, len(codes), "code", "has", "have")
    yield MethodSentence(f"{subject} evidence in a source.", "codebook")
    if study.sources:
        yield MethodSentence(
            "A source counts as evidence for a code if the modules of the study say so.", "evidence"
        )
        links = sum(len(code.sources) for code in codes)
        yield MethodSentence(
            f"There {_is(links)} {counted(links, 'pair')} of a source and a code.", "evidence"
        )
        numbers = Counter(source for code in codes for source in code.sources)
        per_source = [numbers[name] for name in study.source_names]
        yield MethodSentence(f"{_spread('source', per_source, 'code')}.", "sources")
    if study.dropped_codes:
        dropped = len(study.dropped_codes)
        yield MethodSentence(
            f"{counted(dropped, 'code')} that only the field notes have {_is(dropped)} not counted.",
            "passages",
        )


def _decisions(study: CodedStudy) -> Iterator[MethodSentence]:
    registry = study.registry
    decisions = registry.decisions
    if not decisions:
        yield MethodSentence("The study has no decisions.", "decisions")
    else:
        options = [len(registry.options_of(each)) for each in decisions]
        yield MethodSentence(
            f"The study has {counted(len(decisions), 'decision')} with {counted(sum(options), 'option')}.",
            "decisions",
        )
        if len(decisions) > 1:
            yield MethodSentence(f"{_spread('decision', options, 'option')}.", "decisions")
    solutions = [*registry.solutions, *decisions]
    impacts = [impact for each in solutions for impact in registry.forces_of(each)]
    forces = len({impact.force_element for impact in impacts})
    if impacts:
        stated = f"{counted(len(impacts), 'impact')} on {counted(forces, 'force')}"
        yield MethodSentence(f"For solutions, {stated} {_is(len(impacts))} stated.", "forces")
    relations = sum(len(registry.relations_of(each)) for each in solutions)
    following = sum(len(registry.next_decisions_of(each)) for each in solutions)
    if relations:
        yield MethodSentence(
            f"There {_is(relations)} {counted(relations, 'relation')} between solutions.", "relations"
        )
    if following:
        yield MethodSentence(
            f"There {_is(following)} {counted(following, 'link')} to a next decision.", "relations"
        )


def _distribution(texts: Iterable[str]) -> str:
    """The numbers of some values, the largest first; what is not stated comes last."""
    numbers = Counter(texts)
    without = numbers.pop("", 0)
    ordered = sorted(numbers.items(), key=lambda each: (-each[1], each[0].casefold(), each[0]))
    return listed(
        f"{text} ({number})" for text, number in [*ordered, *([(NOT_STATED, without)] if without else [])]
    )


def _part(part: int, whole: int, noun: str, one: str, many: str) -> str:
    """A part of a whole with its verb, as the beginning of a sentence.

    Example:
        >>> [_part(part, 11, "source", "has", "have") for part in (0, 1, 3, 11)]
        ['No source has', '1 of the 11 sources has', '3 of the 11 sources have', 'All 11 sources have']
        >>> [_part(part, 1, "source", "has", "have") for part in (0, 1)]
        ['No source has', 'The source has']
    """
    if not part:
        return f"No {noun} {one}"
    if part == whole:
        return f"The {noun} {one}" if whole == 1 else f"All {whole} {noun}s {many}"
    return f"{part} of the {whole} {noun}s {one if part == 1 else many}"


def _spread(unit: str, numbers: Sequence[int], noun: str) -> str:
    """How many of something the units have."""
    least, most = min(numbers), max(numbers)
    if least == most:
        return f"{'The' if len(numbers) == 1 else 'Each'} {unit} has {counted(least, noun)}"
    return f"A {unit} has {least} to {counted(most, noun)}, with a median of {statistics.median(numbers):g}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"

"""The table `frequency`: in how many sources and passages each code occurs."""

from attrs import frozen

from codeable.coded.coded_study import Code, CodedStudy
from codeable.reports.counts.occurrences import occurrences, share
from codeable.reports.counts.scope import (
    left_out_note,
    occurring,
    scope_notes,
    sentences,
    undeclared_note,
)
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import ReportColumn, TableContent
from codeable.text import counted

_COLUMNS = (
    ReportColumn("code", "Code", "name"),
    ReportColumn("name", "Name"),
    ReportColumn("kind", "Kind"),
    ReportColumn("sources", "Sources", "number"),
    ReportColumn("share_of_sources", "% of sources", "share"),
    ReportColumn("passages", "Passages", "number"),
    ReportColumn("share_of_passages", "% of passages", "share"),
)
_OF_NOTES = ("passages", "share_of_passages")


@frozen
class CodeFrequency:
    """How often a code occurs.

    Attributes:
        code: The code.
        sources: The number of sources that are evidence for it, as the modules say.
        passages: The number of passages with it, as the field notes say.
    """

    code: Code
    sources: int
    passages: int


@frozen
class Frequencies:
    """How often the codes of a study occur.

    Attributes:
        codes: The codes: those in most sources first, among them those in most passages.
        sources: The number of all sources.
        passages: The number of passages with a code that counts.
        notes: What was counted, and what is left out.
    """

    codes: tuple[CodeFrequency, ...]
    sources: int
    passages: int
    notes: tuple[str, ...]


def frequencies(study: CodedStudy, options: ReportOptions) -> Frequencies:
    """The frequencies of the codes of some kinds."""
    sources = occurrences(study, options.of_sources())
    passages = occurrences(study, options.of_passages())
    in_sources, in_passages = sources.counts(), passages.counts()
    kept, left_out = occurring(sources, options)
    only_noted = [number for number, count in enumerate(in_passages) if count and not in_sources[number]]
    shown = sorted({*kept, *only_noted}, key=lambda each: (-in_sources[each], -in_passages[each], each))
    number_of_sources, number_of_passages = len(sources.units), len(passages.units)
    rows = tuple(CodeFrequency(sources.codes[each], in_sources[each], in_passages[each]) for each in shown)
    names = {sources.codes[each] for each in only_noted}
    whole = f"Shares are of {counted(number_of_sources, 'source')}"
    if study.notes:
        whole = f"{whole}, and of {counted(number_of_passages, 'passage')} with one of these codes"
    notes = (
        whole,
        *scope_notes(study, options, "source", "passage"),
        *undeclared_note(study),
        *left_out_note([code for code in left_out if code not in names], "source"),
    )
    return Frequencies(rows, number_of_sources, number_of_passages, sentences(notes))


def frequency(study: CodedStudy, options: ReportOptions) -> TableContent:
    """One row per code that occurs."""
    found = frequencies(study, options)
    rows = [
        {
            "code": each.code.name,
            "name": each.code.title,
            "kind": each.code.kind,
            "sources": each.sources,
            "share_of_sources": share(each.sources, found.sources),
            "passages": each.passages if study.notes else None,
            "share_of_passages": share(each.passages, found.passages),
        }
        for each in found.codes
    ]
    counts = "sources and passages" if study.notes else "sources"
    return TableContent(
        _COLUMNS,
        rows,
        f"Number of {counts} of each code",
        tuple(column.key for column in _COLUMNS if study.notes or column.key not in _OF_NOTES),
        found.notes,
        messages=study.messages,
    )

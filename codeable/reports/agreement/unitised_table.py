"""The table of agreement on unitised text: for each source whose text two coders quote, and for each code."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from codeable.coded.coded_study import CodedPassage, CodedStudy
from codeable.reports.agreement.codings import Codings
from codeable.reports.agreement.continuum import SAME_TEXT, Continuum, continuum_of
from codeable.reports.agreement.tables import defined
from codeable.reports.agreement.unitising import unitised_alpha
from codeable.reports.report_table import Cell, ReportColumn, TableContent
from codeable.text import first_few

ALL_CODES = "all codes"
_COLUMNS = (
    ReportColumn("source", "Source", "name", grouped=True),
    ReportColumn("coders", "Coders", "name", grouped=True),
    ReportColumn("words", "Words", "number", grouped=True),
    ReportColumn("code", "Code", "name"),
    ReportColumn("stretches", "Stretches", "number"),
    ReportColumn("observed", "Observed", "coefficient"),
    ReportColumn("expected", "Expected", "coefficient"),
    ReportColumn("alpha", "Unitised α", "coefficient"),
)
_CHOSEN = (
    (
        "A unit is a stretch of words that a coder gave a code; passages of a code that follow one another "
        "without a gap are one unit."
    ),
    "The continuum is the words that the notes of these coders have in common, in the same order.",
    "Unitised α is 1 − observed / expected disagreement.",
)


def unitised(study: CodedStudy, compared: Codings) -> TableContent:
    """One row for each source and code, after one for all codes of the source."""
    rows: list[dict[str, Cell]] = []
    different: list[str] = []
    undefined: dict[str, list[str]] = {}
    left_out: list[str] = []
    for source, passages in _passages(study, compared).items():
        found = continuum_of(passages, compared.codes)
        if not isinstance(found, Continuum):
            different.append(f"{source} ({_shares(found)})")
            continue
        if absent := [coder for coder in passages if coder not in found.coders]:
            different.append(f"{source} for {', '.join(absent)}")
        if found.left_out:
            left_out.append(f"{source} {found.left_out}")
        for code, row, reason in _rows(found):
            rows.append({"source": source, "coders": found.coders, "words": found.length, **row})
            if reason:
                undefined.setdefault(reason, []).append(f"{source}: {code}")
    notes = list(_CHOSEN) if rows else ["No two notes of a source hold the same text."]
    if left_out:
        notes.append(f"Words that not all notes have are left out: {first_few(left_out)}.")
    notes += [f"Undefined for {first_few(named)}: {reason}." for reason, named in undefined.items()]
    if different:
        notes.append(
            f"Not possible for {first_few(different)}: the notes quote different parts of the "
            f"text, less than {SAME_TEXT:.0%} of the longest note, so that it is not known which text "
            "was read and left uncoded."
        )
    return TableContent(_COLUMNS, rows, "Agreement on stretches of text (unitised)", notes=tuple(notes))


def _passages(study: CodedStudy, compared: Codings) -> Mapping[str, Mapping[str, list[CodedPassage]]]:
    """Source → coder → the passages, in the order of the note."""
    found: defaultdict[str, dict[str, list[CodedPassage]]] = defaultdict(dict)
    shared = set(compared.sources)
    for each in study.passages:
        source, coder = each.passage.source, each.passage.coder
        if source in shared and coder in compared.coders:
            found[source].setdefault(str(coder), []).append(each)
    return {source: by_coder for source, by_coder in found.items() if len(by_coder) > 1}


def _rows(found: Continuum) -> Iterator[tuple[str, dict[str, Cell], str]]:
    """The name of a code, its cells, and why it is undefined."""
    groups = [(ALL_CODES, list(found.stretches.values()))]
    groups += [(code.name, [units]) for code, units in found.stretches.items()]
    for name, codes in groups:
        alpha = unitised_alpha(codes, found.length)
        cells: dict[str, Cell] = {
            "code": name,
            "stretches": alpha.units,
            "observed": alpha.observed,
            "expected": alpha.expected,
            "alpha": defined(alpha.value),
        }
        yield name, cells, alpha.reason


def _shares(shares: Mapping[str, float]) -> str:
    longest = max(shares, key=lambda coder: shares[coder])
    others = [f"{coder} has {share:.0%}" for coder, share in shares.items() if coder != longest]
    return f"{', '.join(others)} of the words of {longest}"

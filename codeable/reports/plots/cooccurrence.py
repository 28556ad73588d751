"""The plot `cooccurrence`: how often codes occur together, as a heat map of codes and codes."""

from collections.abc import Mapping

from codeable.coded.coded_study import Code, CodedStudy
from codeable.reports.counts.cooccurrence import Cooccurrence, cooccurrences
from codeable.reports.counts.occurrences import occurrences
from codeable.reports.counts.scope import scope_notes, sentences
from codeable.reports.options import ReportOptions
from codeable.reports.plots.code_labels import code_labels, left_out
from codeable.reports.plots.heat_map import HeatCell, HeatMap
from codeable.reports.plots.report_plot import ReportPlot, finished_plot
from codeable.text import first_few

_MOST_DESCRIBED = 10
_MOST = {"column": 9, "page": 18}
"""The number of codes where the options do not choose it: those that have room beside each other."""
_NOT_TOGETHER = HeatCell(0.0, "0")


def cooccurrence_plot(study: CodedStudy, options: ReportOptions, name: str) -> ReportPlot:
    """A row and a column per code: below the diagonal n(i,j), above it c(i,j); the diagonal is free."""
    found = occurrences(study, options)
    counts = found.counts()
    order = sorted((each for each, count in enumerate(counts) if count), key=lambda each: -counts[each])
    shown = order[: options.rows or _MOST[options.width or "page"]]
    codes = [found.codes[each] for each in shown]
    together = cooccurrences(study, options, among=codes, most=max(len(codes) ** 2, 1))
    pairs = {frozenset((pair.first, pair.second)): pair for pair in together.pairs}
    labels = code_labels(codes, options.labels)
    unit = found.unit
    notes = (
        f"Below the diagonal: number of {unit}s with both codes, n(i,j). n(i): {unit}s with the code.",
        "Above it: c = n(i,j) / (n(i) + n(j) - n(i,j)). The darker, the higher c.",
        *(
            ["* One code is more than five times as frequent as the other, so that c cannot be high."]
            if any(pair.is_unequal for pair in together.pairs)
            else []
        ),
        *left_out(len(shown), [counts[each] for each in order], unit),
    )
    chart = HeatMap(
        labels,
        tuple(str(number) for number in range(1, len(codes) + 1)),
        tuple(
            tuple(_cell(row, column, codes, pairs) for column in range(len(codes)))
            for row in range(len(codes))
        ),
        tuple(str(counts[each]) for each in shown),
        "n(i)",
        notes,
        f"No {unit} has a code that counts.",
        is_numbered=True,
    )
    strongest = [f"{each.first.title} and {each.second.title}: {each.both}" for each in together.pairs]
    described = first_few(strongest, _MOST_DESCRIBED) or "No two of the codes occur together"
    return finished_plot(
        name,
        chart,
        options,
        study.registry.state,
        caption=f"Co-occurrence of codes in {unit}s",
        description=f"Matrix of {len(codes)} codes. {described}.",
        notes=sentences(scope_notes(study, options, unit)),
        width="page",
    )


def _cell(
    row: int, column: int, codes: list[Code], pairs: Mapping[frozenset[Code], Cooccurrence]
) -> HeatCell | None:
    if row == column:
        return None
    pair = pairs.get(frozenset((codes[row], codes[column])))
    if pair is None:
        return _NOT_TOGETHER
    if row > column:
        return HeatCell(pair.coefficient, str(pair.both))
    share = f"{pair.coefficient:.2f}"
    words = "1" if pair.coefficient == 1 else share.removeprefix("0")
    return HeatCell(pair.coefficient, f"{words}*" if pair.is_unequal else words)

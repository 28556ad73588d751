"""The plot `evidence`: a heat map of codes and sources, with the number of passages or without."""

from codeable.coded.coded_study import CodedStudy
from codeable.reports.counts.evidence import evidence_matrix
from codeable.reports.options import ReportOptions
from codeable.reports.plots.code_labels import MOST_CODES, code_labels, left_out
from codeable.reports.plots.heat_map import HeatCell, HeatMap
from codeable.reports.plots.report_plot import ReportPlot, finished_plot
from codeable.text import counted, first_few

_MOST_DESCRIBED = 20
_PRESENT = HeatCell(0.8)


def evidence_plot(study: CodedStudy, options: ReportOptions, name: str) -> ReportPlot:
    """A row per code and a column per source, the codes in most sources first; or the other way round."""
    matrix = evidence_matrix(study, options)
    in_sources = [sum(map(bool, row)) for row in matrix.cells]
    order = sorted(range(len(matrix.codes)), key=lambda each: -in_sources[each])
    shown = order[: options.rows or MOST_CODES]
    labels = code_labels([matrix.codes[each] for each in shown], options.labels)
    most = max((max(matrix.cells[each], default=0) for each in shown), default=0)
    by_code = [
        tuple(_cell(number, most, is_count=matrix.unit == "passage") for number in matrix.cells[each])
        for each in shown
    ]
    numbers = [in_sources[each] for each in shown]
    if matrix.unit == "passage":
        meaning = "Number of passages with the code; the darker, the more."
    else:
        meaning = "Filled: the source has the code."
    notes = (meaning, *left_out(len(shown), [in_sources[each] for each in order], "source"))
    empty = "The study has no sources." if not matrix.sources else "No source has a code that counts."
    if options.across == "sources":
        totals = tuple(map(str, numbers))
        chart = HeatMap(labels, matrix.sources, tuple(by_code), totals, "sources", notes, empty)
    else:
        by_source = list(zip(*by_code, strict=True)) if by_code else []
        totals = tuple(str(sum(cell is not None for cell in row)) for row in by_source)
        chart = HeatMap(matrix.sources, labels, tuple(by_source), totals, "codes", notes, empty)
    described = first_few(
        [f"{label}: {counted(number, 'source')}" for label, number in zip(labels, numbers, strict=True)],
        _MOST_DESCRIBED,
    )
    return finished_plot(
        name,
        chart,
        options,
        study.registry.state,
        caption="Evidence for the codes, by source"
        if options.unit == "source"
        else "Passages with the codes",
        description=f"Matrix of {counted(len(shown), 'code')} and {counted(len(matrix.sources), 'source')}. "
        f"{described or empty}".rstrip(".")
        + ".",
        notes=matrix.notes[1:],  # the first is about the numbers in the table,
        width="page",
    )


def _cell(number: int, most: int, *, is_count: bool) -> HeatCell | None:
    if not number:
        return None
    return HeatCell(number / most, str(number)) if is_count else _PRESENT

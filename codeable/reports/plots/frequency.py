"""The plot `frequency`: in how many sources, or passages, each code occurs, as sorted bars."""

from codeable.coded.coded_study import CodedStudy
from codeable.reports.counts.frequency import frequencies
from codeable.reports.options import ReportOptions
from codeable.reports.plots.bars import Bar, BarChart
from codeable.reports.plots.code_labels import MOST_CODES, code_labels, left_out
from codeable.reports.plots.report_plot import ReportPlot, finished_plot
from codeable.text import first_few

_MOST_DESCRIBED = 20


def frequency_plot(study: CodedStudy, options: ReportOptions, name: str) -> ReportPlot:
    """One bar for each code, the longest first."""
    found = frequencies(study, options)
    unit = options.unit
    of_sources = unit == "source"
    whole = found.sources if of_sources else found.passages
    numbers = {each.code: each.sources if of_sources else each.passages for each in found.codes}
    codes = sorted(
        (code for code, number in numbers.items() if number or options.without_evidence),
        key=lambda code: -numbers[code],
    )
    most = options.rows or MOST_CODES
    labels = code_labels(codes[:most], options.labels)
    bars = tuple(
        Bar(label, numbers[code], f"{numbers[code]} ({numbers[code] / whole:.0%})" if whole else "0")
        for label, code in zip(labels, codes, strict=False)
    )
    of = "" if of_sources else " with one of the codes"
    chart = BarChart(
        bars,
        f"Number of {unit}s with the code (share of the {whole} {unit}s{of})",
        tuple(left_out(len(bars), [numbers[code] for code in codes], unit)),
        f"No {unit} has a code that counts.",
    )
    described = first_few([f"{bar.label}: {bar.words}" for bar in bars], _MOST_DESCRIBED)
    return finished_plot(
        name,
        chart,
        options,
        study.registry.state,
        caption=f"Number of {unit}s of each code",
        description=f"Bars, the longest first. {described or chart.empty}".rstrip(".") + ".",
        notes=found.notes,
        width="column",
    )

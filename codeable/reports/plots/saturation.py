"""The plot `saturation`: how the number of different codes grows with the sources, as a curve."""

from codeable.coded.coded_study import CodedStudy
from codeable.reports.counts.saturation import saturation
from codeable.reports.counts.saturation_tables import saturation_sentences
from codeable.reports.counts.scope import by_kind
from codeable.reports.options import ReportOptions
from codeable.reports.plots.curve import GrowthChart, Step
from codeable.reports.plots.report_plot import ReportPlot, finished_plot
from codeable.text import counted


def saturation_plot(study: CodedStudy, options: ReportOptions, name: str) -> ReportPlot:
    """The curve with its band, and the new codes of each source below."""
    found = saturation(study, options)
    orders = counted(options.permutations, "random order")
    steps = tuple(
        Step(step.source, step.new, step.cumulative, step.low, step.middle, step.high) for step in found.steps
    )
    notes = (f"Codes counted: {by_kind(found.codes)}.",) if found.codes else ()
    chart = GrowthChart(
        steps,
        "Sources, in the order of coding",
        "Different codes so far",
        "New codes",
        "in the order of coding",
        f"middle 95% of {orders} (seed {options.seed})",
        f"median of {orders}",
        notes,
        "The study has no sources.",
    )
    described = ", ".join(f"{step.name}: {step.total}" for step in steps[:3])
    ending = (
        f"; after {steps[-1].name}, the last of {counted(len(steps), 'source')}: {steps[-1].total}"
        if steps
        else ""
    )
    return finished_plot(
        name,
        chart,
        options,
        study.registry.state,
        caption="Number of different codes by number of sources",
        description=f"Curve. Different codes after {described}{ending}." if steps else chart.empty,
        notes=(f"Order of the sources: {found.order}.", *saturation_sentences(found)),
        width="column",
    )

"""The tables `saturation` and `saturation_runs`, and the sentences about saturation for a paper."""

from collections.abc import Iterable, Iterator

from attrs import evolve

from codeable.coded.coded_study import CodedStudy
from codeable.reports.counts.saturation import Saturation, order_messages, saturation
from codeable.reports.counts.saturation_runs import RUN_LENGTHS, SaturationRun, run_ratios
from codeable.reports.counts.scope import by_kind, listed, scope_notes, sentences
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import ReportColumn, TableContent
from codeable.text import counted

_REFERENCE = "Guest, Namey and Chen 2020, doi 10.1371/journal.pone.0232076"
_STEP_COLUMNS = (
    ReportColumn("position", "No.", "number"),
    ReportColumn("source", "Source", "name"),
    ReportColumn("codes", "Codes", "number"),
    ReportColumn("new", "New codes", "number"),
    ReportColumn("cumulative", "All so far", "number"),
    ReportColumn("share", "% of all", "share", paper="never"),
    ReportColumn("low", "Band from", "number"),
    ReportColumn("median", "Median", "number", paper="never"),
    ReportColumn("high", "Band to", "number"),
    *(ReportColumn(f"ratio_{length}", f"Run of {length}", "share") for length in RUN_LENGTHS),
)
_RUN_COLUMNS = (
    ReportColumn("base", "Base", "number"),
    ReportColumn("base_codes", "Codes in base", "number"),
    ReportColumn("run_length", "Run length", "number"),
    ReportColumn("threshold", "Threshold", "share"),
    ReportColumn("saturation", "Saturation", "name"),
    ReportColumn("new", "New codes", "number"),
    ReportColumn("ratio", "Ratio", "share"),
    ReportColumn("result", "Result"),
)


def saturation_curve(study: CodedStudy, options: ReportOptions) -> TableContent:
    """One row per source, in the order of coding."""
    found = saturation(study, options)
    new = [step.new for step in found.steps]
    ratios = zip(*(run_ratios(new, found.base, length) for length in RUN_LENGTHS), strict=True)
    rows = [
        {
            "position": position,
            "source": step.source,
            "codes": step.codes,
            "new": step.new,
            "cumulative": step.cumulative,
            "share": step.cumulative / len(found.codes) if found.codes else None,
            "low": step.low,
            "median": step.middle,
            "high": step.high,
            **{f"ratio_{length}": ratio for length, ratio in zip(RUN_LENGTHS, of_step, strict=True)},
        }
        for position, (step, of_step) in enumerate(zip(found.steps, ratios, strict=True), 1)
    ]
    lengths = listed([str(length) for length in RUN_LENGTHS])
    orders = counted(options.permutations, "random order")
    base = _base(found)
    band = f"Band: the middle 95% of {orders} of the sources (seed {options.seed})"
    runs = f"Runs of {lengths} sources: new codes in the run that ends here, divided by those in {base}"
    notes = (
        *((band,) if options.shows("low", "median", "high") else ()),
        *((runs,) if options.shows(*(f"ratio_{length}" for length in RUN_LENGTHS)) else ()),
        *scope_notes(study, options, "source"),
    )
    caption = "Codes by source, in the order of coding"
    told = (*sentences(notes), *saturation_sentences(found))
    return TableContent(
        _STEP_COLUMNS, rows, caption, notes=told, messages=(*study.messages, *order_messages(study))
    )


def saturation_runs(study: CodedStudy, options: ReportOptions) -> TableContent:
    """One row per run length and threshold."""
    # The table shows no band, which takes the time.
    found = saturation(study, evolve(options, permutations=1))
    rows = [
        {
            "base": run.base,
            "base_codes": run.base_codes,
            "run_length": run.length,
            "threshold": run.threshold,
            "saturation": run.notation,
            "new": run.new,
            "ratio": run.ratio,
            "result": run.result,
        }
        for run in found.runs
    ]
    notes = (
        *_order_note(found),
        "Ratio: new codes in a run of sources, divided by the codes in the base, which are the first sources",
        "The run is the first with a ratio up to the threshold, else the last",
        "Saturation: the number of sources before that run, and its length",
        f"Method: {_REFERENCE}",
        *scope_notes(study, options, "source"),
    )
    caption = "Saturation: new codes in runs of sources"
    return TableContent(
        _RUN_COLUMNS,
        rows,
        caption,
        notes=sentences(notes),
        messages=(*study.messages, *order_messages(study)),
    )


def saturation_sentences(found: Saturation) -> tuple[str, ...]:
    """What a paper says about saturation, with every choice that was made."""
    if not found.steps:
        return ("Saturation is not assessed, since the study has no sources.",)
    return sentences([*_growth(found), *_runs_in_words(found)])


def _order_note(found: Saturation) -> Iterator[str]:
    if found.steps:
        yield f"Order of the sources: {found.order}"


def _growth(found: Saturation) -> Iterator[str]:
    number = len(found.steps)
    hold = "The source holds" if number == 1 else f"The {number} sources hold"
    if not found.codes:
        yield f"{hold} no code that counts"
        return
    codes = "1 code" if len(found.codes) == 1 else f"{len(found.codes)} different codes"
    yield f"{hold} {codes} ({by_kind(found.codes)})"
    last = max(position for position, step in enumerate(found.steps, 1) if step.new)
    where = f"source {last} of {number}, {found.steps[last - 1].source}"
    yield f"In the order of coding ({found.order}), the last source with a new code is {where}"


def _runs_in_words(found: Saturation) -> Iterator[str]:
    """One sentence per run length."""
    if not found.codes:
        return
    for length in RUN_LENGTHS:
        runs = [run for run in found.runs if run.length == length]
        first = runs[0]
        base = f"{_base(found)} as base"
        if first.before is None:
            yield (
                f"With {base} and runs of {length}, saturation cannot be assessed: "
                f"{found.base + length} sources are needed ({_REFERENCE})"
            )
        elif not first.base_codes:
            yield (
                f"With {base} and runs of {length}, saturation cannot be assessed: "
                f"the base has no code that counts ({_REFERENCE})"
            )
        else:
            codes = counted(first.base_codes, "code")
            results = listed(_results(runs))
            yield f"With {base} ({codes}) and runs of {length}, saturation is {results} ({_REFERENCE})"


def _results(runs: Iterable[SaturationRun]) -> Iterator[str]:
    """What comes out for the thresholds of one run length; thresholds with the same result together."""
    thresholds: dict[str | None, list[str]] = {}
    for run in runs:
        thresholds.setdefault(run.notation, []).append(f"{run.threshold * 100:g}%")
    for notation, several in thresholds.items():
        result = f"reached at {notation} sources" if notation else "not reached"
        plural = "s" if len(several) > 1 else ""
        yield f"{result} for the threshold{plural} of {listed(several)} new codes"


def _base(found: Saturation) -> str:
    return "the first source" if found.base == 1 else f"the first {found.base} sources"

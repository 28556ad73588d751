"""The options of reports, checked: those of `[tool.codeable.reports.NAME]` and those of a call."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from attrs import evolve, fields, frozen

from codeable.errors import CodeableError
from codeable.registry.records import Kind
from codeable.reports.report_table import Width
from codeable.schema import (
    Reader,
    check_keys,
    list_of,
    number,
    one_of,
    read_table,
    switch,
    text,
    whole_number,
    wrong,
)

Unit = Literal["source", "passage"]
"""What is counted: sources, or passages of their notes."""

Labels = Literal["names", "identifiers"]
"""What codes are called in a plot: by their display names, or by their identifiers."""

Across = Literal["sources", "codes"]
"""What has a column each in a matrix of sources and codes."""


@frozen(kw_only=True)
class ReportOptions:
    """What a report shows, and how. A report has some of these options; the catalogue says which.

    Attributes:
        columns: Keys of the columns, in order; None for those that the report has by itself.
        order: Keys of columns by which the rows are sorted, each with "-" before it for the largest first.
        caption: The caption; None for that of the report.
        label: The label in LaTeX; None for `tab:NAME`, `fig:NAME` of a plot.
        width: The width in a paper; None for that of the report.
        long: Whether a LaTeX table may take several pages; None leaves that to the number of rows.
        rows: The number of rows that it has at most; None for all.
        excel: Whether its CSV file is safe for a spreadsheet, which would run some texts as formulas.
        kinds: The kinds of codes that count; empty for all.
        decisions: The decisions that it is about, by name; empty for all.
        unit: What is counted.
        across: What has a column each in a matrix.
        without_evidence: Whether codes without evidence are shown too.
        seed: Where random orders start.
        permutations: The number of random orders.
        base: The number of sources in the base of a saturation ratio.
        threshold: The share of new codes up to which a run counts as saturated.
        coders: The coders that are compared; empty for all.
        quotations: The number of passages of a code that are quoted at most.
        labels: What codes are called in a plot.
        font: The font of a plot, for characters that the font of matplotlib does not have; None for that one.
    """

    columns: tuple[str, ...] | None = None
    order: tuple[str, ...] = ()
    caption: str | None = None
    label: str | None = None
    width: Width | None = None
    long: bool | None = None
    rows: int | None = None
    excel: bool = False
    kinds: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    unit: Unit = "source"
    across: Across = "sources"
    without_evidence: bool = False
    seed: int = 1
    permutations: int = 1000
    base: int = 4
    threshold: float = 0.05
    coders: tuple[str, ...] = ()
    quotations: int = 3
    labels: Labels = "names"
    font: str | None = None

    def shows(self, *keys: str) -> bool:
        """Whether one of these columns is chosen, or the report chooses."""
        return not self.columns or not set(keys).isdisjoint(self.columns)

    def of_sources(self) -> "ReportOptions":
        """The same options, with sources as units."""
        return evolve(self, unit="source")

    def of_passages(self) -> "ReportOptions":
        """The same options, with passages as units."""
        return evolve(self, unit="passage")


OF_EVERY_TABLE = ("columns", "order", "caption", "label", "width", "long", "rows", "excel")
"""The options of every table."""

OF_EVERY_PLOT = ("caption", "label", "width", "labels", "font")
"""The options of every plot."""


def report_options(
    name: str, allowed: Iterable[str], *tables: tuple[str, Mapping[str, object]]
) -> ReportOptions:
    """The options of a report.

    Args:
        name: The report.
        allowed: The options that it has.
        tables: Tables of options, the weakest first, each with the name that messages call it by.

    Raises:
        CodeableError: The report has no such option, or a value is wrong; exit status 2.

    Example:
        >>> report_options("evidence", ["unit"], ("the call", {"unit": "passage"})).unit
        'passage'
    """
    merged: dict[str, Any] = {}
    for where, table in tables:
        unknown = [key for key in table if key in _READERS and key not in set(allowed)]
        if unknown:
            has = ", ".join(sorted(allowed))
            raise CodeableError(
                f"{where}: the report {name} has no option {unknown[0]}; its options are: {has}",
                exit_status=2,
            )
        check_keys(table, allowed, where)
        merged.update(read_table(table, _READERS, where))
    return ReportOptions(**merged)


def _kinds(value: object, where: str) -> tuple[str, ...]:
    return list_of(one_of(*get_args(Kind)), "kinds")(_with_commas(value), where)


def _keys(value: object, where: str) -> tuple[str, ...]:
    return list_of(text)(_with_commas(value), where)


def _with_commas(value: object) -> object:
    """A list of words that may be one text with commas."""
    return [word.strip() for word in value.split(",")] if isinstance(value, str) else value


def _names(value: object, where: str) -> tuple[str, ...]:
    return list_of(text)([value] if isinstance(value, str) else value, where)


def _caption(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise wrong(where, value, "a text")
    return value


_READERS: Mapping[str, Reader[Any]] = {
    "columns": _keys,
    "order": _keys,
    "caption": _caption,
    "label": text,
    "width": one_of(*get_args(Width)),
    "long": switch,
    "rows": whole_number(1, 1_000_000),
    "excel": switch,
    "kinds": _kinds,
    "decisions": _names,
    "unit": one_of(*get_args(Unit)),
    "across": one_of(*get_args(Across)),
    "without_evidence": switch,
    "seed": whole_number(0, 2**32 - 1),
    "permutations": whole_number(1, 100_000),
    "base": whole_number(1, 1000),
    "threshold": number(0, 1),
    "coders": _names,
    "quotations": whole_number(0, 1000),
    "labels": one_of(*get_args(Labels)),
    "font": text,
}
assert set(_READERS) == {each.name for each in fields(ReportOptions)}

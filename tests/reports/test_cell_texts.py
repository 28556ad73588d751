"""Equal cells of a column are written once, and alike only where they are."""

from codeable.reports.formats.cell_texts import cell_texts
from codeable.reports.report_table import ReportColumn, ReportTable


def test_values_that_are_equal_and_written_differently_stay_apart() -> None:
    cells = (True, 1, 1.0, False, 0, 0.0, None, "", (), ("a",), "a")
    table = ReportTable("t", "T", (ReportColumn("c", "C"),), tuple((cell,) for cell in cells))
    assert [text for (text,) in cell_texts(table, lambda cell, _: repr(cell))] == list(map(repr, cells))


def test_each_different_cell_of_a_column_is_written_once() -> None:
    written = []
    table = ReportTable("t", "T", (ReportColumn("c", "C"), ReportColumn("d", "D")), (("a", "a"),) * 3)
    rows = list(cell_texts(table, lambda cell, place: written.append(place) or f"{place}{cell}"))  # type: ignore[func-returns-value]
    assert rows == [("0a", "1a")] * 3
    assert written == [0, 1]


def test_a_table_without_rows_has_no_texts() -> None:
    assert list(cell_texts(ReportTable("t", "T", (ReportColumn("c", "C"),), ()), lambda *_: "")) == []

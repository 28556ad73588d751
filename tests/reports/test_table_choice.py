"""The columns and the order of a table, as its options choose them."""

import pytest

from codeable.errors import CodeableError
from codeable.registry.answer import State
from codeable.reports.options import ReportOptions, report_options
from codeable.reports.report_table import ReportColumn, ReportTable, TableContent, shown_cell
from codeable.reports.table_choice import finished_table

COLUMNS = (
    ReportColumn("id", "Id", "name"),
    ReportColumn("n", "Number", "number"),
    ReportColumn("title", "Title"),
)
ROWS = (
    {"id": "s14", "n": None, "title": "b"},
    {"id": "s4", "n": 2, "title": None},
    {"id": "s6", "n": 10, "title": "a"},
    {"id": "s20", "n": 2, "title": "a"},
)


def table(**options: object) -> ReportTable:
    content = TableContent(COLUMNS, ROWS, "Sources", notes=("Counted.",))
    return finished_table("sources", content, ReportOptions(**options), State())  # type: ignore[arg-type]


def ids(*order: str) -> list[object]:
    return [row[0] for row in table(order=order).rows]


def test_rows_are_sorted_by_numbers_and_in_natural_order() -> None:
    assert ids("id") == ["s4", "s6", "s14", "s20"]
    assert ids("-id") == ["s20", "s14", "s6", "s4"]
    assert ids("n", "-id") == ["s20", "s4", "s6", "s14"]


@pytest.mark.parametrize("order", ["n", "-n", "title", "-title"])
def test_a_row_without_a_value_is_at_the_end(order: str) -> None:
    assert ids(order)[-1] == ("s14" if "n" in order.removeprefix("-")[:1] else "s4")


def test_the_columns_are_those_that_are_chosen_in_their_order() -> None:
    assert table(columns=("title", "id")).keys == ("title", "id")


@pytest.mark.parametrize("name", ["columns", "order", "kinds"])
def test_words_may_be_one_text_with_commas(name: str) -> None:
    """As in `formats` and on the command line."""
    found = report_options("codes", [name], ("the settings", {name: "force, practice"}))
    assert getattr(found, name) == ("force", "practice")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"columns": ("id", "n", "id")}, "the report sources: columns names 'id' twice"),
        ({"columns": ("ids",)}, "the report sources: columns names a column 'ids'; did you mean 'id'?"),
        ({"order": ("-titel",)}, "the report sources: order names a column 'titel'; did you mean 'title'?"),
    ],
)
def test_a_wrong_column_is_reported(options: dict[str, object], message: str) -> None:
    with pytest.raises(CodeableError) as caught:
        table(**options)
    assert str(caught.value).splitlines()[0] == message
    assert caught.value.exit_status == 2


def test_rows_that_are_left_out_are_counted_in_a_note() -> None:
    cut = table(rows=3)
    assert len(cut.rows) == 3
    assert cut.notes[-1] == "The first 3 of 4 rows; 1 row left out."
    assert table(rows=4).notes == ("Counted.",)


@pytest.mark.parametrize(("after", "lines"), [("goes on", 1), ("- an item", 2), ("\nA paragraph", 3)])
def test_a_line_of_a_quotation_that_was_wrapped_in_the_note_goes_on(after: str, lines: int) -> None:
    text = f"This line is as long as those of a note that wraps its lines at a margin,\n{after}"
    assert str(shown_cell(text, "quotation")).count("\n") == lines - 1
    assert shown_cell(text, "text") == text
    assert shown_cell("A title\nA text", "quotation") == "A title\nA text"

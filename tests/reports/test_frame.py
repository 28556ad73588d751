"""Tables as pandas frames: each column has a type."""

import pytest
from attrs import evolve

from codeable.reports.report_table import Cell, ReportColumn, ReportTable

COLUMNS = (
    ReportColumn("id", "Id", "name"),
    ReportColumn("n", "Sources", "number"),
    ReportColumn("m", "Example", "mark"),
    ReportColumn("s", "Share", "share"),
    ReportColumn("k", "Kappa", "coefficient"),
)


def types(*rows: tuple[Cell, ...]) -> dict[str, str]:
    frame = ReportTable("t", "T", COLUMNS, rows).to_frame()
    return {key: str(kind) for key, kind in frame.dtypes.items()}


def test_columns_have_the_types_of_what_they_hold() -> None:
    found = types(("s4", 1, True, 0.5, 1), ("007", 2, False, 1, 0.25))
    assert found.pop("id") in ("object", "str")
    assert found == {"n": "int64", "m": "bool", "s": "float64", "k": "float64"}


def test_a_missing_value_makes_no_number_of_a_truth_value_and_no_fraction_of_a_number() -> None:
    frame = ReportTable("t", "T", COLUMNS, (("s4", 1, True, 0.5, None), (None,) * 5)).to_frame()
    assert [str(frame[key].dtype) for key in "nmsk"] == ["Int64", "boolean", "float64", "float64"]
    assert frame["n"].tolist()[0] == 1
    assert frame["m"].isna().tolist() == [False, True]


def test_a_table_without_rows_has_its_columns_and_types() -> None:
    columns = COLUMNS[0], *(evolve(column, paper="never") for column in COLUMNS[1:])
    frame = ReportTable("t", "T", columns, ()).to_frame()
    assert list(frame.columns) == ["id", "n", "m", "s", "k"]
    assert str(frame["n"].dtype) == "int64"


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("n", "many"),
        ("n", True),
        ("n", 2**63),
        ("n", 0.5),
        ("m", "perhaps"),
        ("m", 1),
        ("s", "n/a"),
        ("s", 10**400),
    ],
)
def test_a_column_that_holds_something_else_keeps_it(key: str, cell: Cell) -> None:
    place = [column.key for column in COLUMNS].index(key)
    row: list[Cell] = ["s4", 1, True, 0.5, 0.5]
    row[place] = cell
    frame = ReportTable("t", "T", COLUMNS, (tuple(row),)).to_frame()
    assert frame[key].tolist() == [cell]


def test_several_texts_are_one() -> None:
    frame = ReportTable("t", "T", COLUMNS[:1], ((("s4", "s6"),),)).to_frame()
    assert frame["id"].tolist() == ["s4; s6"]

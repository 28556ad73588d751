"""Tables as CSV: read back equal, or safe for a spreadsheet."""

import csv
import io
import itertools
import re

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.reports.report_table import Cell, ReportColumn, ReportTable
from tests.reports.hostile import HOSTILE


def table(*rows: tuple[Cell, ...], width: int = 2) -> ReportTable:
    columns = tuple(ReportColumn(f"c{number}", f"Column {number}") for number in range(width))
    return ReportTable("t", "T", columns, rows)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    expected = text.replace("\ud800", r"\ud800")
    written = table((text, "end"), ("start", text)).to_csv()
    written.encode("utf-8")
    assert read(written) == [[expected, "end"], ["start", expected]]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert read(table((text, text)).to_csv()) == [[text, text]]
    assert read(table((text,), width=1).to_csv()) == [[text]]


@pytest.mark.parametrize("text", [each for each in HOSTILE if "\x00" not in each and "\ud800" not in each])
def test_pandas_reads_every_text_as_it_was(text: str) -> None:
    file = io.BytesIO(table((text, "end"), ("start", text)).to_csv().encode("utf-8"))
    frame = pandas.read_csv(file, dtype=str, keep_default_na=False)
    assert frame.values.tolist() == [[text, "end"], ["start", text]]


def test_numbers_and_truth_values_are_read_as_such() -> None:
    text = table((12, 0.1), (None, 1e-9), width=2).to_csv()
    assert text == "c0,c1\n12,0.1\n,1e-09\n"
    frame = pandas.read_csv(io.StringIO(table((True, 3), (False, 4)).to_csv()))
    assert [str(each) for each in frame.dtypes] == ["bool", "int64"]


def test_an_empty_text_differs_from_a_missing_value() -> None:
    assert table(("", None)).to_csv() == 'c0,c1\n"",\n'
    assert read(table((None,), width=1).to_csv()) == [[""]]


def test_several_texts_are_one_cell() -> None:
    assert table((("s4", "s6"), ())).to_csv() == 'c0,c1\n"s4; s6",""\n'


def test_a_table_without_rows_has_its_head() -> None:
    assert table().to_csv() == "c0,c1\n"


STARTS_FORMULA = re.compile(r"[\s\x00\u200b\u202e\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]")
FORMULAS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\u202e=1",
    "\x00=1",
    "|calc",
    "%0A=1",
    "\uff1dcmd|' /C calc'!A0",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    '=HYPERLINK("http://x.org","x")',
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_begins_with_an_apostrophe_for_a_spreadsheet(text: str) -> None:
    ((cell, _),) = read(table((text, 1)).to_csv(excel=True))
    assert cell.startswith("'")
    assert cell.removeprefix("'").replace("'=", "=") == text


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("before", ["a;", "a\n", 'a"\t', "a; "])
def test_no_formula_begins_where_a_spreadsheet_splits_a_text(before: str, text: str) -> None:
    """Many read a file with semicolons between the cells; then quotes inside a line mean nothing."""
    written = table(("s4", f"{before}{text}")).to_csv(excel=True)
    for part in re.split(r"[;\t\r\n]", written.split("\n", 1)[1]):
        assert not STARTS_FORMULA.match(part)


@given(st.text(st.sampled_from(list("a=+-@|%;,\t\r\n\"' \u00a0\u200b\uff1d"))))
def test_no_mixture_of_signs_is_a_formula(text: str) -> None:
    """Neither where commas nor where semicolons or tabulators are between the cells."""
    written = table(("s4", text), (text, 1)).to_csv(excel=True)
    for cell in itertools.chain.from_iterable(read(written)):
        assert not STARTS_FORMULA.match(cell)
    for part in re.split(r"[;\t\r\n]", written.split("\n", 1)[1]):
        assert not STARTS_FORMULA.match(part)


@pytest.mark.parametrize("text", ["a=b", "1-2", "e@mail.org", "event_bus", "it's", "", "a\n\nb"])
def test_other_texts_stay_as_they_are_for_a_spreadsheet(text: str) -> None:
    assert read(table((text, -5)).to_csv(excel=True)) == [[text, "-5"]]


def test_a_head_is_no_formula_either() -> None:
    content = ReportTable("t", "T", (ReportColumn("=1+1", "x"), ReportColumn("", "y")), ())
    assert content.to_csv(excel=True) == '\ufeff\'=1+1,""\n'
    assert content.to_csv() == '=1+1,""\n'


def test_a_spreadsheet_reads_the_file_as_utf_8() -> None:
    assert table(("é", 1)).to_csv(excel=True).startswith("\ufeffc0,c1\n")
    assert not table(("é", 1)).to_csv().startswith("\ufeff")

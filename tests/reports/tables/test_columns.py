"""Which columns a table has: those that the settings choose, else few on paper and all as data."""

import pytest

from codeable import Study
from tests.reports.tables.studies import rows


def test_a_terminal_shows_what_a_page_has_room_for_and_data_has_everything(rich: Study) -> None:
    table = rich.tables.forces
    assert table.table().columns == ("Force", "Evidence", "Option", "Impact", "Decision")
    assert {"force", "option", "option_evidence"} <= set(table.to_csv().splitlines()[0].split(","))
    assert "option_evidence" in table.to_dicts()[0]


def test_chosen_columns_are_everywhere(rich: Study) -> None:
    table = rich.tables.make("forces", columns=["option", "force"])
    assert table.table().columns == ("Option id", "Id")
    assert table.to_csv().startswith("option,force\n")


def test_cells_without_a_value_come_last_in_every_order(rich: Study) -> None:
    up = rich.tables.make("forces", order=["option", "force"])
    down = rich.tables.make("forces", order=["-option", "force"])
    assert rows(up, "option") == [("bus",), ("cloud",), ("cloud",), (None,)]
    assert rows(down, "option") == [("cloud",), ("cloud",), ("bus",), (None,)]


def test_notes_are_about_columns_that_are_there(rich: Study) -> None:
    notes = {
        name: rich.tables.make(name, columns=columns).notes
        for name, columns in {
            "decisions": ["option", "text"],
            "forces": ["force", "option"],
            "codebook": ["name", "definition"],
            "sources": ["id", "title"],
        }.items()
    }
    assert notes == {
        "decisions": ("1 decision without options.",),
        "forces": ("The study states no impact on 1 force.",),
        "codebook": (),
        "sources": (),
    }


@pytest.mark.parametrize(
    ("name", "explained", "columns"),
    [
        ("cooccurrence", ("c(i,j) =", "Unequal:"), ["code_i", "code_j", "n_ij"]),
        ("saturation", ("Band:", "Runs of"), ["source", "new"]),
    ],
)
def test_the_notes_of_counts_are_about_columns_that_are_there(
    rich: Study, name: str, explained: tuple[str, ...], columns: list[str]
) -> None:
    told = " ".join(rich.tables.make(name, columns=columns).notes)
    assert [text in told for text in explained] == [False, False]
    assert all(text in " ".join(rich.tables[name].notes) for text in explained)


@pytest.mark.parametrize(("name", "thing"), [("decisions", "option"), ("forces", "force")])
def test_the_notes_name_the_column_of_sources_that_is_there(rich: Study, name: str, thing: str) -> None:
    notes = {key: rich.tables.make(name, columns=[thing, key]).notes[0] for key in ("sources", "evidence")}
    assert notes["sources"] == f"Sources: those in which the {thing} was found."
    assert notes["evidence"] == f"Evidence: the sources in which the {thing} was found."


@pytest.mark.parametrize(
    ("name", "note"),
    {
        "sources": "There are no sources.",
        "decisions": "There are no decisions.",
        "forces": "There are no forces.",
        "codebook": "There are no codes.",
        "relations": "There are no relations.",
        "passages": "There are no passages: no field notes.",
        "memos": "There are no memos.",
        "evidence": "The study has no codes.",
        "frequency": "The study has no codes.",
        "cooccurrence": "The study has no codes.",
        "saturation": "Saturation is not assessed, since the study has no sources.",
        "saturation_runs": "The study has no codes.",
    }.items(),
)
def test_an_empty_table_says_so(name: str, note: str) -> None:
    table = Study.of({}).tables[name]
    assert note in table.notes
    assert not table.rows or name == "saturation_runs"

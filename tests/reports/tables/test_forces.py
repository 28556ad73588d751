"""The tables of forces: force → options, and options × forces of each decision."""

from pathlib import Path

import pytest

import codeable
from codeable import Study
from codeable.coded.coded_study import CodedStudy
from codeable.dsl import (
    CClass,
    add_decision_option_link,
    add_force_relations,
    decision,
    force,
    positive,
    practice,
)
from codeable.errors import CodeableError
from codeable.reports.catalogue import definitions, named
from tests.reports.tables.studies import rows


class TestForces:
    def test_each_impact_is_a_row_with_its_decisions(self, rich: Study) -> None:
        found = rows(rich.tables.forces, "force", "evidence", "option", "impact", "decision")
        assert found == [
            ("cost", "s1; s2", "cloud", "--", "hosting; exchange"),
            ("cost", "s1; s2", "bus", "+", "exchange"),
            ("delay", "", "cloud", "+/-", "hosting; exchange"),
            ("trust", "", None, None, None),
        ]

    def test_the_signs_and_forces_without_impact_are_explained(self, rich: Study) -> None:
        assert rich.tables.forces.notes == (
            "Impact: + positive, -- very negative, +/- positive and negative.",
            "Evidence: the sources in which the force was found.",
            "The study states no impact on 1 force.",
        )

    def test_it_can_be_about_one_decision(self, rich: Study) -> None:
        table = rich.tables.make("forces", decisions=["Where does it run?"])
        assert rows(table, "force", "option") == [("cost", "cloud"), ("delay", "cloud")]

    def test_an_unknown_decision_is_refused(self, rich: Study) -> None:
        with pytest.raises(CodeableError, match="hosting") as error:
            rich.tables.make("forces", decisions=["hostin"])
        assert error.value.exit_status == 2


class TestForceMatrices:
    def test_options_are_rows_and_forces_columns(self, rich: Study) -> None:
        assert rich.tables.forces_hosting.to_csv() == (
            "option,option_name,cost,delay\ncloud,Cloud,--,+/-\nnothing,Do nothing,,\n"
        )
        assert rich.tables.forces_exchange.to_dicts()[0] == {
            "option": "bus",
            "option_name": "Bus",
            "cost": "+",
            "delay": None,
        }

    def test_a_decision_without_forces_has_none(self, rich: Study) -> None:
        coded = CodedStudy(rich)
        assert [each.name for each in definitions(coded) if each.part_of == "forces"] == [
            "forces_exchange",
            "forces_hosting",
        ]

    def test_who_names_forces_gets_all_of_them(self, rich: Study) -> None:
        names = [each.name for each in named(CodedStudy(rich), ["forces"])]
        assert names == ["forces", "forces_exchange", "forces_hosting"]

    def test_one_of_them_has_settings_of_its_own(self) -> None:
        how, option, cost = CClass(decision, "How?"), CClass(practice, "Cloud"), CClass(force, "Cost")
        add_decision_option_link(how, option)
        add_force_relations({option: {cost: positive}})
        cells = {"how": how, "cloud": option, "cost": cost}
        settings = {"forces_how": {"caption": "Mine"}, "small": {"of": "forces_how", "rows": 1}}
        tables = Study.of(cells, reports=settings).tables
        assert tables.forces_how.caption == "Mine"
        assert tables.small.caption == "Options and forces of: How?"

    def test_names_of_files_differ_where_capital_letters_do_not_count(self) -> None:
        cost, cells = CClass(force, "Cost"), {}
        for name in ("how", "How", "../x y"):
            option, question = CClass(practice, f"Option {name}"), CClass(decision, name)
            add_decision_option_link(question, option)
            add_force_relations({option: {cost: positive}})
            cells |= {name: question, f"option{len(cells)}": option}
        names = CodedStudy(Study.of({**cells, "cost": cost})).force_matrices
        assert sorted(names) == ["forces_How", "forces_how_2", "forces_x_y"]

    def test_a_force_may_be_called_as_a_column(self) -> None:
        how, option, named_so = CClass(decision, "How?"), CClass(practice, "Cloud"), CClass(force, "Option")
        add_decision_option_link(how, option)
        add_force_relations({option: {named_so: positive}})
        table = Study.of({"how": how, "cloud": option, "option": named_so}).tables.forces_how
        assert table.to_dicts() == [{"option": "cloud", "option_name": "Cloud", "option (force)": "+"}]


class TestThisStudy:
    def test_every_impact_of_the_models_is_in_both_tables(self) -> None:
        folder = Path(__file__).parents[3]
        tables = codeable.load(folder).tables
        stated = sum(
            line.strip().rstrip(",").endswith(("positive", "negative"))
            for file in (folder / "models").glob("*.py")
            for line in file.read_text(encoding="utf-8").splitlines()
        )
        assert stated == 19
        assert sum(impact is not None for (impact,) in rows(tables.forces, "impact")) == stated
        matrices = (tables.forces_communication_decision, tables.forces_infrastructure_decision)
        signs = [cell for table in matrices for row in table.rows for cell in row[2:] if cell is not None]
        assert len(signs) == stated

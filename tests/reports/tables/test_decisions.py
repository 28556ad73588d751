"""The table of decisions with their options."""

import ast
from pathlib import Path

import codeable
from codeable import Study
from codeable.dsl import CClass, add_decision_option_link, decision, practice
from tests.reports.tables.studies import rows

FOLDER = Path(__file__).parents[3]


class TestDecisions:
    def test_each_option_is_a_row_with_evidence_and_forces(self, rich: Study) -> None:
        found = rows(rich.tables.decisions, "decision", "option", "text", "description", "evidence", "forces")
        assert found == [
            ("exchange", "bus", "Share one", None, "", "Cost (+)"),
            ("exchange", "cloud", "Use its queues", None, "s1", "Cost (--); Delay (+/-)"),
            ("hosting", "cloud", "Rent it", "By the hour.", "s1", "Cost (--); Delay (+/-)"),
            ("hosting", "nothing", None, None, "", ""),
            ("later", None, None, None, None, None),
        ]

    def test_what_is_known_of_a_decision_is_in_each_of_its_rows(self, rich: Study) -> None:
        keys = ("question", "category", "contexts", "decision_type", "recommendation", "decision_evidence")
        assert rows(rich.tables.decisions, *keys)[3] == (
            "Where does it run?",
            "Hosting",
            "Cluster",
            "Single Answers",
            "Begin small.",
            "s1",
        )

    def test_numbers_are_of_sources_and_passages(self, rich: Study) -> None:
        keys = ("option", "sources", "passages", "evidence_of_subcodes", "next_decisions")
        assert rows(rich.tables.decisions, *keys)[1] == ("cloud", 1, 2, "s2", "exchange")

    def test_the_notes_say_what_evidence_is_and_what_is_not_in_it(self, rich: Study) -> None:
        assert rich.tables.decisions.notes == (
            "Evidence: the sources in which the option was found.",
            "Evidence of sub-codes, the codes that specialise the option, is not part of its evidence.",
            "Options of several decisions, with the same evidence in each: cloud.",
            "Impact: + positive, -- very negative, +/- positive and negative.",
            "1 decision without options.",
        )

    def test_some_decisions_can_be_chosen_in_the_order_of_the_study(self, rich: Study) -> None:
        table = rich.tables.make("decisions", decisions=["hosting", "exchange"])
        assert list(dict.fromkeys(rows(table, "decision"))) == [("exchange",), ("hosting",)]

    def test_a_decision_may_be_an_option(self) -> None:
        how, which = CClass(decision, "How?"), CClass(decision, "Which?")
        add_decision_option_link(how, which)
        table = Study.of({"how": how, "which": which}).tables.decisions
        assert rows(table, "decision", "option", "option_kind") == [
            ("how", "which", "decision"),
            ("which", None, None),
        ]

    def test_on_paper_columns_without_content_take_no_room(self) -> None:
        how, cloud = CClass(decision, "How?"), CClass(practice, "Cloud")
        add_decision_option_link(how, cloud)
        table = Study.of({"how": how, "cloud": cloud}).tables.decisions
        assert table.table().columns == ("Decision", "Option", "Evidence")
        assert {"text", "forces"} <= set(table.keys)


class TestThisStudy:
    def test_options_texts_and_evidence_are_those_of_the_modules(self) -> None:
        options = []
        evidence: dict[str, set[str]] = {}
        for file in sorted((FOLDER / "models").glob("*.py")):
            for call in _calls(file, "add_decision_option_link"):
                names = [each.id for each in call.args[:2] if isinstance(each, ast.Name)]
                options.append((*names, ast.literal_eval(call.args[2])))
        for file in (FOLDER / "sources").glob("*.py"):
            for call in _calls(file, "add_links"):
                codes = [each.id for each in ast.walk(call.args[0]) if isinstance(each, ast.Name)]
                for code in codes:
                    evidence.setdefault(code, set()).add(file.stem)
        table = codeable.load(FOLDER).tables.decisions
        assert rows(table, "decision", "option", "text") == options
        assert len(options) == 18
        for option, found in rows(table, "option", "evidence"):
            assert set(str(found).split("; ")) == evidence[str(option)]


def _calls(file: Path, name: str) -> list[ast.Call]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    return [each for each in calls if isinstance(each.func, ast.Name) and each.func.id == name]

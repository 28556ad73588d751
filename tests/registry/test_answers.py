"""Answers are immutable sequences that show themselves as tables."""

import copy
import json
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas
import pytest

import codeable
from codeable import CodeableError, Study
from codeable.registry import Answer, Declaration, Impact, Option, Registry, Relation
from codeable.registry.answer import Heading, State
from tests.studies import write_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return codeable.load(write_study(tmp_path_factory.mktemp("study")))


def every_answer(study: Study) -> Iterator[Answer[object]]:
    yield study.evidence_of("k8s")
    yield study.codes_of("s6")
    yield study.options_of("infrastructure_decision")
    yield study.decisions_of("k8s")
    yield study.forces_of("orchestration")
    yield study.impacts_on("security")
    yield study.relations_of("k8s")
    yield study.relations_to("orchestration")
    yield study.next_decisions_of("k8s")
    yield study.contexts_of("infrastructure_decision")
    yield study.passages_of("k8s")
    yield study.views
    yield study.codes
    yield study.bundles


class TestAsASequence:
    def test_it_is_equal_to_a_list_and_a_tuple_of_the_same_items(self, study: Study) -> None:
        s6, s14 = study["s6"], study["s14"]
        assert study.evidence_of("k8s") == [s6, s14] == study.evidence_of("k8s")
        assert study.evidence_of("k8s") == (s6, s14)
        assert study.evidence_of("k8s") != [s14, s6]
        assert study.options_of("infrastructure_decision") == study.options_of("infrastructure_decision")
        assert study.evidence_of("k8s") != "k8s"

    def test_equal_answers_have_equal_hashes(self, study: Study) -> None:
        assert len({study.evidence_of("k8s"), study.evidence_of("k8s"), study.evidence_of("versioning")}) == 2

    def test_a_slice_is_an_answer(self, study: Study) -> None:
        found = study.options_of("infrastructure_decision")
        assert isinstance(found[1:], Answer)
        assert found[1:] == list(found)[1:]
        assert repr(found[:1]).startswith("1 option of infrastructure_decision\n")

    def test_it_cannot_be_changed(self, study: Study) -> None:
        found = study.options_of("infrastructure_decision")
        with pytest.raises(TypeError):
            found[0] = found[1]  # type: ignore[index]

    def test_a_copy_is_the_answer_itself(self, study: Study) -> None:
        assert all(copy.copy(answer) is answer for answer in every_answer(study))

    def test_it_is_not_pickled_and_says_what_gives_plain_values(self, study: Study) -> None:
        for answer in every_answer(study):
            for way in (copy.deepcopy, pickle.dumps):
                with pytest.raises(CodeableError, match=r"belongs to its study; to_dicts\(\)"):
                    way(answer)
            assert pickle.loads(pickle.dumps(answer.to_dicts())) == answer.to_dicts()

    def test_what_is_no_position_is_named(self, study: Study) -> None:
        found: Any = study.options_of("infrastructure_decision")
        with pytest.raises(
            TypeError, match=r"3 options of .*: one is found by its position, a number; not by 'k8s'"
        ):
            found["k8s"]

    def test_a_position_that_is_not_there_is_named(self, study: Study) -> None:
        with pytest.raises(IndexError, match="no position 9 among 3 options of infrastructure_decision"):
            study.options_of("infrastructure_decision")[9]

    def test_sources_of_a_code_are_found_by_name_too(self, study: Study) -> None:
        assert study.evidence_of("k8s")["s14"] is study["s14"]
        assert "s14" in study.evidence_of("k8s")
        assert study["s14"] not in study.evidence_of("versioning")


class TestShowingItself:
    def test_no_object_address_is_printed(self, study: Study) -> None:
        for answer in (*every_answer(study), study.chain_of_evidence("k8s")):
            assert " at 0x" not in f"{answer!r}{answer._repr_html_()}{answer.to_dicts()}"
        for record in (*study.options_of("infrastructure_decision"), *study.views, study.look_up("k8s")):
            assert " at 0x" not in repr(record)

    def test_the_text_is_a_table(self, study: Study) -> None:
        assert repr(study.forces_of("orchestration")).splitlines() == [
            "2 forces of orchestration",
            "  solution       force        impact",
            "  orchestration  consistency  +",
            "  orchestration  security     --",
        ]
        assert repr(study.next_decisions_of("k8s")) == "0 next decisions of k8s"

    def test_texts_are_set_left_and_numbers_right(self, study: Study) -> None:
        shown = study.views._repr_html_()
        assert '<td style="text-align: left">overview</td>' in shown
        assert '<th scope="col" style="text-align: right">elements</th>' in shown
        assert '<td style="text-align: right">1</td>' in shown

    def test_an_answer_of_an_earlier_state_says_so(self) -> None:
        state = State()
        answer = Answer(["a"], Heading("word", "words"), lambda word: {"word": word}, state)
        state.stale = True
        assert repr(answer).endswith("  (of an earlier state: the study has been reloaded since)")
        assert "of an earlier state" in answer._repr_html_()


class TestAsData:
    def test_dictionaries_are_plain_values(self, study: Study) -> None:
        assert study.forces_of("orchestration").to_dicts() == [
            {"solution": "orchestration", "force": "consistency", "impact": "+"},
            {"solution": "orchestration", "force": "security", "impact": "--"},
        ]
        assert study.decisions.to_dicts() == [
            {
                "identifier": "infrastructure_decision",
                "name": "How can we manage the infrastructure?",
                "options": 3,
                "evidence": 1,
            }
        ]

    def test_every_answer_goes_through_json(self, study: Study) -> None:
        for answer in every_answer(study):
            rows = answer.to_dicts()
            assert json.loads(json.dumps(rows)) == rows
            assert len(rows) == len(answer)

    def test_rows_of_several_kinds_have_the_same_columns(self, study: Study) -> None:
        rows = study.codes.to_dicts()
        assert len({tuple(row) for row in rows}) == 1
        assert rows[0]["options"] is None

    def test_a_frame_has_a_row_for_each_item(self, study: Study) -> None:
        frame = study.sources.to_frame()
        assert list(frame.columns) == ["identifier", "name", "title", "codes"]
        assert list(frame["codes"]) == [3, 2]
        assert frame.equals(pandas.DataFrame(study.sources.to_dicts()))

    def test_a_frame_of_nothing_has_its_columns(self, study: Study) -> None:
        assert list(study.next_decisions_of("k8s").to_frame().columns)[:2] == ["source", "target"]
        assert list(study.passages_of("k8s").to_frame().columns)[:2] == ["source", "file"]

    def test_without_pandas_it_says_what_to_install(
        self, study: Study, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pandas", None)
        with pytest.raises(CodeableError, match="pip install pandas"):
            study.decisions.to_frame()


class TestRecords:
    def test_a_record_names_its_ends_and_knows_its_place(self, study: Study, tmp_path: Path) -> None:
        option = study.options_of("infrastructure_decision")[1]
        assert (option.decision, option.solution, option.text) == (
            "infrastructure_decision",
            "k8s",
            "Use pods",
        )
        assert option.solution_element is study["k8s"]
        assert option.span is not None
        assert option.span.path == f"{study.folder}/models/infrastructure.py"

    def test_an_identifier_that_two_modules_bind_is_given_in_full(self, tmp_path: Path) -> None:
        text = "from codeable.dsl import *\nbus = CClass(practice, '{0}')\nd_{0} = CClass(decision, 'How?')\n"
        link = "add_decision_option_link(d_{0}, bus, 'Use it')\n"
        modules = {f"models/{name}.py": (text + link).format(name) for name in ("left", "right")}
        study = codeable.load(write_study(tmp_path, modules))
        assert [option.solution for option in study.options_of("d_left")] == ["models.left:bus"]
        assert study["models.left:bus"] is study.options_of("d_left")[0].solution_element

    @pytest.mark.parametrize("record", [Option("d", "s"), Impact("s", "f", "++"), Relation("a", "b")])
    def test_a_record_of_a_note_has_no_elements(self, record: Option | Impact | Relation) -> None:
        assert record.link is None
        assert record.span is None
        with pytest.raises(CodeableError, match="from a field note"):
            getattr(record, "target_element" if isinstance(record, Relation) else "solution_element")

    def test_records_of_notes_are_equal_when_they_say_the_same(self) -> None:
        assert Option("d", "s", "text") == Option("d", "s", "text") != Option("d", "s", "other")
        assert Declaration("bus", "Event Bus", "pattern") == Declaration("bus", "Event Bus", "pattern")

    def test_a_declaration_of_a_note_has_its_own_name(self) -> None:
        assert Declaration("bus", "Event Bus", "pattern").describe() == "pattern bus 'Event Bus'"
        assert Declaration("bus", kind="pattern").name == "bus"


class TestElementsOfARegistry:
    def test_it_goes_over_the_elements_in_order_of_loading(self, study: Study) -> None:
        assert list(study) == [declaration.element for declaration in study.declarations]
        assert len(study) == len(list(study))
        assert [str(element) for element in study][:2] == [str(each.element) for each in study.declarations][
            :2
        ]

    def test_in_takes_identifier_display_name_and_element(self, study: Study) -> None:
        assert "k8s" in study
        assert "K8s" in study
        assert study["k8s"] in study
        assert "nothing" not in study
        assert 3 not in study
        assert codeable.CClass(codeable.dsl.practice, "K8s") not in study

    def test_a_study_that_declares_nothing_is_still_a_study(self) -> None:
        empty = Registry.of({})
        assert (len(empty), bool(empty), list(empty)) == (0, True, [])


class TestDescriptionsOfOptions:
    MODEL = """
from codeable.dsl import *
how, plain = CClass(decision, "How?"), CClass(decision, "Plain?")
so, thus = CClass(practice, "So"), CClass(practice, "Thus")
add_decision_option_link(how, so, "Do it", option_description="Each day.")
add_decision_option_link(how, thus, "Leave it")
add_decision_option_link(plain, thus)
"""

    @pytest.fixture
    def described(self, tmp_path: Path) -> Study:
        return codeable.load(write_study(tmp_path, {"models/a.py": self.MODEL}))

    def test_a_record_has_it(self, described: Study) -> None:
        assert [each.description for each in described.options_of("how")] == ["Each day.", None]
        assert [each.words for each in described.options_of("how")] == ["Do it – Each day.", "Leave it"]

    def test_a_table_has_a_column_for_it_where_an_option_has_one(self, described: Study) -> None:
        assert described.options_of("how").to_dicts() == [
            {"decision": "how", "solution": "so", "text": "Do it", "description": "Each day."},
            {"decision": "how", "solution": "thus", "text": "Leave it", "description": None},
        ]
        assert described.options_of("plain").to_dicts() == [
            {"decision": "plain", "solution": "thus", "text": None}
        ]

    def test_a_chain_of_evidence_has_it(self, described: Study) -> None:
        steps = described.chain_of_evidence("how").to_dicts()
        assert [step["text"] for step in steps if step["step"] == "option"] == [
            "Do it – Each day.",
            "Leave it",
        ]

"""C4xx: decisions, options, forces and evidence, of a model and of notes alone."""

from pathlib import Path

import pytest

from codeable.checks import Diagnostic
from tests.checks.cases import codes, in_notes, in_study, note, reported, source

MODEL = """
how = CClass(decision, "How?")
a = CClass(practice, "A")
b = CClass(pattern, "B")
add_decision_option_link(how, a, "Do A")
add_decision_option_link(how, b, "Do B")
"""
FIRST = MODEL.replace('add_decision_option_link(how, b, "Do B")\n', "")
SUBCODES = 'sub = CClass(practice, "S", superclasses=b)\nsubsub = CClass(practice, "T", superclasses=[sub])\n'
SECOND = """
who = CClass(decision, "Who?")
c = CClass(practice, "C")
d = CClass(practice, "D")
add_decision_option_link(who, c, "Do C")
add_decision_option_link(who, d, "Do D")
"""


def model(folder: Path, text: str, *held: str, sources: str = "") -> list[Diagnostic]:
    """What is found in a model whose codes a source holds."""
    names = [line.partition(" = CClass(")[0] for line in text.splitlines() if " = CClass(" in line]
    held = held or tuple(name for name in names if "category" not in name)
    return in_study(folder, {"models/a.py": text, "sources/s7.py": source(*held) + sources})


def test_a_model_in_which_all_is_well_is_not_reported(tmp_path: Path) -> None:
    assert model(tmp_path, MODEL) == []


class TestOptions:
    def test_a_decision_without_options_is_reported_at_its_declaration(self, tmp_path: Path) -> None:
        found = model(tmp_path, MODEL + 'größe = CClass(decision, "Größe?")\n')
        assert reported(found, "C401") == ["a.py:8:1 the decision 'größe' (\"Größe?\") has no option"]

    def test_places_count_characters_whatever_stands_before(self, tmp_path: Path) -> None:
        found = model(tmp_path, MODEL + 'x = "ÄÖÜ"; who = CClass(decision, "Who?")\n', "how", "a", "b")
        (diagnostic,) = [one for one in found if one.code == "C401"]
        assert (diagnostic.span.column, diagnostic.span.end_column) == (12, 42)

    def test_a_decision_with_one_option_is_reported_with_that_option(self, tmp_path: Path) -> None:
        found = model(tmp_path, MODEL.replace('add_decision_option_link(how, b, "Do B")', "uses_ = b"))
        (diagnostic,) = [one for one in found if one.code == "C402"]
        assert [one.span.line for one in diagnostic.related] == [6]

    def test_options_in_another_module_count(self, tmp_path: Path) -> None:
        first, _, last = MODEL.rpartition("add_decision")
        files = {"models/a.py": first, "models/b.py": f"from models.a import *\nadd_decision{last}"}
        assert in_study(tmp_path, {**files, "sources/s7.py": source("how", "a", "b")}) == []

    def test_options_may_be_associations(self, tmp_path: Path) -> None:
        text = MODEL.replace("option_link", "option_association")
        assert model(tmp_path, text) == []

    def test_one_option_that_notes_state_twice_is_one(self) -> None:
        body = MODEL.replace('add_decision_option_link(how, b, "Do B")', "").replace("b = CClass", "# ")
        assert codes(in_notes(note(body, 'add_decision_option_link(how, a, "Do A")'))) == ["C402"]

    @pytest.mark.parametrize(
        "broken", ['add_decision_option_link(how, c, "Do C)', 'add_decision_option_link(how c c2 "Do C")']
    )
    def test_a_link_that_breaks_keeps_its_decision_and_solution_quiet(self, broken: str) -> None:
        body = 'how = CClass(decision, "How?")\nc = CClass(practice, "C")\n'
        assert codes(in_notes(note(body + broken))) == ["C101"]


class TestReached:
    @pytest.mark.parametrize(
        "relation",
        [
            'c.add_links(a, role_name="to", stereotype_instances=uses)',
            'a.add_links(c, role_name="to", stereotype_instances=has_variant)',
            'add_stereotyped_link_with_how_tagged_value(a, c, uses, "often")',
            "add_links({a: [x]}, role_name='to')\nadd_links({x: [c]}, role_name='to')",
            "add_decision_option_link(how, c)",
        ],
    )
    def test_a_solution_that_an_option_leads_to_is_reached(self, relation: str, tmp_path: Path) -> None:
        text = MODEL + f'c = CClass(practice, "C")\nx = CClass(practice, "X")\n{relation}\n'
        assert "'c'" not in "".join(reported(model(tmp_path, text), "C403"))

    def test_solutions_that_only_lead_to_each_other_are_not_reached(self, tmp_path: Path) -> None:
        text = (
            MODEL + 'c = CClass(practice, "C")\nx = CClass(practice, "X")\nc.add_links(x, role_name="to")\n'
        )
        assert len(reported(model(tmp_path, text), "C403")) == 2

    def test_relations_of_notes_reach_too_also_written_backwards(self) -> None:
        body = 'c = CClass(practice, "C")\nc.add_links(a, role_name="from", stereotype_instances=uses)'
        assert codes(in_notes(note(MODEL, body))) == []

    @pytest.mark.parametrize("offered", ["b", "sub", "subsub"])
    def test_what_reaches_a_code_reaches_what_it_specialises_and_what_specialises_it(
        self, offered: str, tmp_path: Path
    ) -> None:
        text = f'{FIRST}{SUBCODES}add_decision_option_link(how, {offered}, "Do B")\n'
        assert "C403" not in codes(model(tmp_path, text))

    def test_a_sibling_of_an_option_is_not_reached(self, tmp_path: Path) -> None:
        more = 'other = CClass(practice, "O", superclasses=b)\nadd_decision_option_link(how, sub, "Do B")\n'
        (line,) = reported(model(tmp_path, FIRST + SUBCODES + more), "C403")
        assert "'other'" in line

    def test_where_there_is_no_decision_at_all_it_is_one_diagnostic(self) -> None:
        body = "\n".join(f"code_{number} = CClass(practice, 'Code {number}')" for number in range(9))
        (one,) = in_notes(note(body))
        assert one.code == "C403"
        assert one.message == "the study declares no decision, so its 9 solutions are offered by none"

    def test_one_decision_of_the_model_is_one(self, tmp_path: Path) -> None:
        found = model(tmp_path, 'how = CClass(decision, "How?")\na = CClass(practice, "A")\n')
        assert reported(found, "C403") == [
            "a.py:3:1 no decision offers the practice 'a', and no option leads to it"
        ]


class TestForces:
    def test_where_there_is_no_impact_at_all_it_is_one_diagnostic(self) -> None:
        body = "\n".join(f"force_{number} = CClass(force, 'Force {number}')" for number in range(9))
        assert [one.message for one in in_notes(note(body))] == [
            "the study states no impact, so no solution is related to its 9 forces"
        ]

    def test_an_impact_on_a_force_is_one_on_what_it_specialises(self, tmp_path: Path) -> None:
        forces = 'f = CClass(force, "F")\ng = CClass(force, "G", superclasses=f)\n'
        assert "C404" not in codes(
            model(tmp_path, MODEL + forces + "add_force_relations({a: {g: positive}})\n")
        )

    def test_a_force_related_to_nothing_is_reported(self, tmp_path: Path) -> None:
        assert len(reported(model(tmp_path, MODEL + 'f = CClass(force, "F")\n'), "C404")) == 1

    @pytest.mark.parametrize("solution", ["a", "how"])
    def test_a_force_of_a_solution_or_a_decision_is_not_reported(self, solution: str, tmp_path: Path) -> None:
        text = MODEL + f'f = CClass(force, "F")\nadd_force_relations({{{solution}: {{f: neutral}}}})\n'
        assert model(tmp_path, text) == []

    @pytest.mark.parametrize(
        ("first", "second"),
        [("positive", "negative"), ("very_negative", "positive"), ("negative", "very_positive")],
    )
    def test_opposite_impacts_are_reported_once(self, first: str, second: str) -> None:
        body = f'f = CClass(force, "F")\nadd_force_relations({{a: {{f: {first}}}}})'
        found = in_notes(note(MODEL, body, f"add_force_relations({{a: {{f: {second}}}}})"))
        assert codes(found) == ["C405"]

    @pytest.mark.parametrize(
        ("first", "second"),
        [("positive", "very_positive"), ("neutral", "negative"), ("positive_and_negative", "negative")],
    )
    def test_impacts_that_differ_in_strength_are_no_contradiction(self, first: str, second: str) -> None:
        body = f'f = CClass(force, "F")\nadd_force_relations({{a: {{f: {first}}}}})'
        found = in_notes(note(MODEL, body, f"add_force_relations({{a: {{f: {second}}}}})"))
        assert "C405" not in codes(found)

    def test_opposite_impacts_of_note_and_model_are_one_diagnostic(self, tmp_path: Path) -> None:
        text = MODEL + 'f = CClass(force, "F")\nadd_force_relations({a: {f: positive}})\n'
        opposite = text.replace("f: positive", "f: negative").replace("\nhow", "\nimport os\nhow")
        files = {
            "models/a.py": text,
            "sources/s7.py": source("how", "a", "b", "f"),
            "sources/s_7.md": note(opposite),
        }
        assert codes(in_study(tmp_path, files)) == ["C405"]


class TestExchanged:
    def test_text_and_solution_in_each_others_place_are_reported_in_a_note(self) -> None:
        body = MODEL.replace('how, b, "Do B"', 'how, "Do B", b')
        found = in_notes(note(body))
        assert codes(found) == ["C406"]
        assert found[0].suggestion == "write add_decision_option_link(how, b, 'Do B')"

    @pytest.mark.parametrize(
        "arguments",
        ['how, "Do B", 3', 'how, b, "Do B", "B"', 'how, f("x"), b', 'how, "Do B"', '*how, "x", b'],
    )
    def test_other_slips_of_an_option_are_reported_as_not_understood(self, arguments: str) -> None:
        found = in_notes(note(MODEL.replace('how, b, "Do B"', arguments)))
        assert "C406" not in codes(found)

    @pytest.mark.parametrize("text", ["B", "b", " b "])
    def test_the_name_of_another_solution_as_text_is_reported(self, text: str, tmp_path: Path) -> None:
        found = model(tmp_path, MODEL.replace("Do A", text))
        assert codes(found) == ["C406"]

    @pytest.mark.parametrize("text", ["A", "a", "Do B", "B and more", "How?", ""])
    def test_its_own_name_and_other_texts_are_not_reported(self, text: str, tmp_path: Path) -> None:
        assert "C406" not in codes(model(tmp_path, MODEL.replace("Do A", text)))

    def test_of_two_codes_with_one_name_the_option_may_have_either(self, tmp_path: Path) -> None:
        text = (
            MODEL.replace("Do A", "A")
            + 'c = CClass(practice, "A")\nadd_decision_option_link(how, c, "Do C")\n'
        )
        assert codes(model(tmp_path, text)) == ["C303"]

    def test_each_decision_may_have_its_own_do_nothing(self, tmp_path: Path) -> None:
        nothing = "".join(
            f'{name} = CClass(do_nothing_design_solution, "Do Nothing")\n'
            for name in ("nothing", "no_change")
        )
        assert "C303" not in codes(model(tmp_path, MODEL + nothing))

    def test_components_of_several_systems_may_have_one_name(self, tmp_path: Path) -> None:
        text = "from codeable.metamodels.component import component\n" + "".join(
            f'{system}_gateway = CClass(component, "API Gateway")\n' for system in ("shop", "bank")
        )
        assert "C303" not in codes(model(tmp_path, MODEL + text, "how", "a", "b"))


class TestEvidence:
    def test_a_code_that_no_source_holds_is_reported(self, tmp_path: Path) -> None:
        assert reported(model(tmp_path, MODEL, "how", "a"), "C407") == [
            "a.py:5:1 no source is evidence for the pattern 'b'"
        ]

    def test_where_no_source_holds_any_code_it_is_one_diagnostic(self, tmp_path: Path) -> None:
        assert reported(in_study(tmp_path, {"models/a.py": MODEL}), "C407") == [
            "a.py:3:1 no source is evidence for any of the 3 codes"
        ]

    def test_nothing_is_suggested_that_python_cannot_read(self, tmp_path: Path) -> None:
        text = "codes = {n: CClass(practice, n) for n in ('Data Mesh',)}\n"
        found = [one for one in model(tmp_path, MODEL + text, "how", "a", "b") if one.code == "C407"]
        assert [one.suggestion for one in found] == [
            "bind it to a name of its own in its module, so that other statements can name it",
        ]

    @pytest.mark.parametrize(
        "declared", ["x = CClass(category, 'X')", "x = CClass(known_use, 'X')", "x = CBundle('X')"]
    )
    def test_what_needs_no_evidence_is_not_reported(self, declared: str, tmp_path: Path) -> None:
        assert model(tmp_path, f"{MODEL}{declared}\n", "how", "a", "b") == []

    def test_evidence_of_a_sub_code_is_evidence_of_what_it_specialises(self, tmp_path: Path) -> None:
        found = model(tmp_path, MODEL + SUBCODES, "how", "a", "subsub")
        assert "C407" not in codes(found)

    def test_evidence_of_a_code_is_none_of_what_specialises_it(self, tmp_path: Path) -> None:
        found = model(tmp_path, MODEL + SUBCODES, "how", "a", "b")
        assert [line.partition("no source")[2] for line in reported(found, "C407")] == [
            " is evidence for the practice 'sub'",
            " is evidence for the practice 'subsub'",
        ]

    def test_a_code_that_a_note_speaks_of_is_left_to_the_comparison(self, tmp_path: Path) -> None:
        files = {
            "models/a.py": MODEL,
            "sources/s7.py": source("how", "a"),
            "sources/s_7.md": note(MODEL, "b"),
        }
        assert codes(in_study(tmp_path, files)) == ["C501"]

    def test_a_source_without_codes_is_reported_whether_module_or_note(self, tmp_path: Path) -> None:
        found = model(tmp_path, MODEL, sources=source(identifier="s8"))
        assert reported(found, "C408") == ["s7.py:9:1 the source 's8' holds no code"]
        assert reported(in_notes(note()), "C408") == ["s_1.md:1:1 the source 's7' holds no code"]

    def test_an_option_whose_source_says_nothing_of_its_decision_is_reported_once(
        self, tmp_path: Path
    ) -> None:
        found = model(tmp_path, MODEL, sources=source("a", identifier="s8") + source("a", identifier="s9"))
        assert reported(found, "C410") == [
            "a.py:6:1 s8, s9 are evidence for the option 'a', but not for its decision 'how'"
        ]

    def test_one_of_several_decisions_is_enough(self, tmp_path: Path) -> None:
        text = MODEL + SECOND + 'add_decision_option_link(who, a, "Do A here")\n'
        assert model(tmp_path, text, sources=source("a", "who", identifier="s8")) == []

    def test_none_of_several_decisions_is_reported_once(self, tmp_path: Path) -> None:
        text = MODEL + SECOND + 'add_decision_option_link(who, a, "Do A here")\n'
        (line,) = reported(model(tmp_path, text, sources=source("a", identifier="s8")), "C410")
        assert line.endswith(
            "s8 is evidence for the option 'a', but not for any of its decisions 'how', 'who'"
        )

    def test_a_decision_without_any_evidence_is_reported_by_c407_alone(self, tmp_path: Path) -> None:
        assert codes(model(tmp_path, MODEL, "a", "b")) == ["C407"]


NEXT = 'add_links({{{}: [{}]}}, role_name="next decision", stereotype_instances={})\n'


class TestCycles:
    @pytest.mark.parametrize(
        ("links", "circle"),
        [
            ([("a", "who"), ("c", "how")], "how → who → how"),
            ([("how", "who"), ("who", "how")], "how → who → how"),
            ([("a", "how")], "how → how"),
        ],
    )
    def test_mandatory_next_decisions_in_a_circle_are_reported_once(
        self, links: list[tuple[str, str]], circle: str, tmp_path: Path
    ) -> None:
        text = MODEL + SECOND + "".join(NEXT.format(*link, "mandatory_next") for link in links)
        (line,) = reported(model(tmp_path, text), "C409")
        assert line.endswith(f"in a circle: {circle}")
        assert len(reported(in_notes(note(text)), "C409")) == 1

    @pytest.mark.parametrize("stereotype", ["optional_next", "consider_if_not_decided_yet", "next_decision"])
    def test_a_circle_with_a_choice_is_not_reported(self, stereotype: str, tmp_path: Path) -> None:
        text = (
            MODEL + SECOND + NEXT.format("a", "who", "mandatory_next") + NEXT.format("c", "how", stereotype)
        )
        assert model(tmp_path, text) == []

    def test_two_ways_to_one_decision_are_no_circle(self, tmp_path: Path) -> None:
        text = (
            MODEL
            + SECOND
            + NEXT.format("a", "who", "mandatory_next")
            + NEXT.format("b", "who", "mandatory_next")
        )
        assert model(tmp_path, text) == []

    @pytest.mark.slow
    def test_a_long_chain_is_walked_without_recursion(self) -> None:
        decisions = [f'd{i} = CClass(decision, "D{i}")' for i in range(2_000)]
        links = [NEXT.format(f"d{i}", f"d{i + 1}", "mandatory_next") for i in range(1_999)]
        text = "\n".join([*decisions, *links, NEXT.format("d1999", "d0", "mandatory_next")])
        assert len(reported(in_notes(note(text)), "C409")) == 1

"""C5xx: what notes and model say differently, and what they may say differently."""

from pathlib import Path

import pytest

from codeable.checks import Diagnostic
from codeable.loading import load_folder
from codeable.notes.build import apply, build
from codeable.notes.files import notes_of_study
from tests.checks.cases import checked, codes, in_study, note, reported, source
from tests.checks.test_rules_model import MODEL

FORCE = 'f = CClass(force, "F")\nadd_force_relations({a: {f: positive}})\n'


def compared(folder: Path, text: str, *held: str, model: str = MODEL, settings: str = "") -> list[Diagnostic]:
    """What the comparison finds in a note, and in a model that one source holds all of."""
    files = {"models/a.py": model, "sources/s7.py": source(*(held or ("how", "a", "b")))}
    files |= {"sources/s_7.md": text, "pyproject.toml": settings}
    return in_study(folder, files)


def drift(found: list[Diagnostic]) -> list[str]:
    return [code for code in codes(found) if code.startswith("C5")]


def test_a_note_that_says_what_the_model_says_is_not_reported(tmp_path: Path) -> None:
    assert compared(tmp_path, note(MODEL)) == []


class TestOnlyInNotes:
    def test_a_code_that_the_model_lacks_is_reported_with_its_likely_new_name(self, tmp_path: Path) -> None:
        model = MODEL + 'streaming = CClass(practice, "Streams")\nadd_decision_option_link(how, streaming)\n'
        text = note(MODEL, 'steaming = CClass(practice, "Streaming")')
        found = compared(tmp_path, text, "how", "a", "b", "streaming", model=model)
        (diagnostic,) = [one for one in found if one.code == "C501"]
        assert diagnostic.suggestion == 'if it was renamed: [tool.codeable.renames] steaming = "streaming"'

    def test_what_it_may_have_become_is_of_its_kind(self, tmp_path: Path) -> None:
        model = (
            MODEL + 'streaming = CClass(force, "Streams")\nadd_force_relations({a: {streaming: positive}})\n'
        )
        text = note(MODEL, 'steaming = CClass(practice, "Streaming")')
        found = compared(tmp_path, text, "how", "a", "b", "streaming", model=model)
        (diagnostic,) = [one for one in found if one.code == "C501"]
        assert diagnostic.suggestion is not None
        assert diagnostic.suggestion.startswith("`codeable notes build`")

    @pytest.mark.parametrize("renames", ['c = "a"', 'c = "old"\nold = "a"'])
    def test_a_rename_of_the_settings_joins_the_two_also_in_a_chain(
        self, renames: str, tmp_path: Path
    ) -> None:
        text = note(MODEL, 'c = CClass(practice, "C")')
        settings = f"[tool.codeable.renames]\n{renames}\n"
        assert drift(compared(tmp_path, text, settings=settings)) == []

    def test_a_relation_with_a_name_and_a_bundle_are_no_codes_that_lack(self, tmp_path: Path) -> None:
        model = MODEL + 'x = CBundle("X")\n'
        text = note(
            MODEL, 'a_uses_b = a.add_links(b, role_name="to", stereotype_instances=uses)[0]\nx = CBundle("X")'
        )
        assert drift(compared(tmp_path, text, model=model)) == []

    def test_a_note_whose_source_has_no_module_is_reported(self, tmp_path: Path) -> None:
        files = {
            "models/a.py": MODEL,
            "sources/s7.py": source("how", "a", "b"),
            "sources/s_8.md": note("a", number=8),
        }
        assert reported(in_study(tmp_path, files), "C501") == [
            "s_8.md:1:1 the model lacks what the note of s8 says: the source s8"
        ]

    def test_a_new_note_is_one_diagnostic_until_it_is_built(self, tmp_path: Path) -> None:
        body = 'c = CClass(practice, "C")\nadd_decision_option_link(how, c, "Do C")\n' + FORCE.replace(
            "a:", "c:"
        )
        files = {
            "models/a.py": MODEL,
            "sources/s7.py": source("how", "a", "b"),
            "sources/s_7.md": note(MODEL),
        }
        found = in_study(tmp_path, {**files, "sources/s_8.md": note(body, number=8)})
        assert reported(found, "C501") == [
            "s_8.md:1:1 the model lacks what the note of s8 says: 1 source, 2 codes, 1 option, 1 impact"
        ]
        assert drift(found) == ["C501"]
        notes = notes_of_study(tmp_path, load_folder(tmp_path).settings)
        apply(build(notes, tmp_path).changes, tmp_path)
        assert drift(list(checked(tmp_path).diagnostics)) == []

    def test_what_a_build_leaves_out_is_reported_where_it_is_lost_alone(self, tmp_path: Path) -> None:
        text = note(MODEL, "add_decision_option_link(how, caches, 'Do C')")
        assert codes(compared(tmp_path, text)) == ["C301"]

    def test_a_model_without_notes_is_not_compared(self, tmp_path: Path) -> None:
        assert in_study(tmp_path, {"models/a.py": MODEL, "sources/s7.py": source("how", "a", "b")}) == []


class TestOnlyInModel:
    def test_a_code_that_no_note_speaks_of_is_reported_once(self, tmp_path: Path) -> None:
        without_b = [line for line in MODEL.splitlines() if not line.startswith("b =") and ", b" not in line]
        assert codes(compared(tmp_path, note("\n".join(without_b)))) == ["C502"]

    def test_a_code_with_a_source_that_has_no_note_is_passed_over(self, tmp_path: Path) -> None:
        text = note("a").replace("a\n```", "a\n```")
        files = {"models/a.py": MODEL, "sources/s7.py": source("a"), "sources/s_7.md": text}
        files["sources/s8.py"] = source("how", "a", "b", identifier="s8")
        assert drift(in_study(tmp_path, files)) == []

    @pytest.mark.parametrize(
        "statement", ["add_links({a: [b 'x]})", "a.add_links(b role_name='to')", "b = CClass(pattern 'B')"]
    )
    def test_a_code_in_a_statement_that_breaks_may_have_been_meant(
        self, statement: str, tmp_path: Path
    ) -> None:
        assert "C502" not in drift(compared(tmp_path, note(f"a\n{statement}")))


class TestOptions:
    def test_a_text_that_differs_is_reported_where_the_note_says_it(self, tmp_path: Path) -> None:
        found = compared(tmp_path, note(MODEL.replace("Do A", "Make A")))
        (line,) = reported(found, "C503")
        assert line.endswith('the text of the option \'a\' is "Make A" here, but "Do A" in the model')

    @pytest.mark.parametrize("text", ["Do  A", " Do A", "Do\\nA"])
    def test_blanks_do_not_count(self, text: str, tmp_path: Path) -> None:
        assert compared(tmp_path, note(MODEL.replace("Do A", text))) == []

    def test_an_earlier_note_may_have_said_something_else(self, tmp_path: Path) -> None:
        body = MODEL.replace("Do A", "Make A") + 'add_decision_option_link(how, a, "Do A")'
        assert drift(compared(tmp_path, note(body))) == []

    def test_what_a_later_note_says_is_compared(self, tmp_path: Path) -> None:
        body = MODEL + 'add_decision_option_link(how, a, "Make A")'
        assert drift(compared(tmp_path, note(body))) == ["C503"]

    def test_of_two_codes_with_one_identifier_a_note_means_the_first(self, tmp_path: Path) -> None:
        files = {
            "models/a.py": MODEL,
            "models/b.py": 'how = CClass(decision, "How else?")\na = CClass(practice, "Another A")\n'
            'add_decision_option_link(how, a, "Make A")\n',
            "sources/s7.py": source("how", "a", "b"),
            "sources/s_7.md": note(MODEL.replace("Do A", "Make A")),
        }
        (line,) = reported(in_study(tmp_path, files), "C503")
        assert line.endswith('the text of the option \'a\' is "Make A" here, but "Do A" in the model')

    def test_an_option_that_the_model_lacks_is_reported(self, tmp_path: Path) -> None:
        model = MODEL + 'c = CClass(practice, "C")\na.add_links(c, role_name="to")\n'
        text = note(model, 'add_decision_option_link(how, c, "Do C")')
        found = compared(tmp_path, text, "how", "a", "b", "c", model=model)
        assert drift(found) == ["C501"]
        (line,) = reported(found, "C501")
        assert line.endswith("the model lacks what the note of s7 says: the option 'c' of 'how'")

    def test_an_option_of_codes_that_the_model_lacks_is_reported_with_them(self, tmp_path: Path) -> None:
        text = note(MODEL, 'c = CClass(practice, "C")\nadd_decision_option_link(how, c, "Do C")')
        found = compared(tmp_path, text)
        assert codes(found) == ["C501"]
        assert found[0].message.endswith("the practice 'c', the option 'c' of 'how'")

    @pytest.mark.parametrize(
        "statement", ["add_decision_option_link(f, a, 'Do A')", "add_decision_option_link(how, f, 'Do F')"]
    )
    def test_a_code_that_cannot_stand_there_is_reported_by_c306_alone(
        self, statement: str, tmp_path: Path
    ) -> None:
        text = note(MODEL + FORCE, statement)
        assert codes(compared(tmp_path, text, "how", "a", "b", "f", model=MODEL + FORCE)) == ["C306"]


class TestImpacts:
    def impacts(self, folder: Path, impact: str) -> list[Diagnostic]:
        text = note(MODEL + FORCE.replace("positive", impact))
        return compared(folder, text, "how", "a", "b", "f", model=MODEL + FORCE)

    def test_the_same_impact_is_not_reported(self, tmp_path: Path) -> None:
        assert self.impacts(tmp_path, "positive") == []

    @pytest.mark.parametrize("impact", ["very_positive", "neutral", "positive_and_negative"])
    def test_another_impact_is_reported_once(self, impact: str, tmp_path: Path) -> None:
        assert codes(self.impacts(tmp_path, impact)) == ["C504"]

    @pytest.mark.parametrize("impact", ["negative", "very_negative"])
    def test_an_opposite_impact_is_reported_by_c405_alone(self, impact: str, tmp_path: Path) -> None:
        assert codes(self.impacts(tmp_path, impact)) == ["C405"]

    def test_an_impact_that_the_model_lacks_is_reported(self, tmp_path: Path) -> None:
        text = note(MODEL + FORCE, "add_force_relations({b: {f: negative}})")
        found = compared(tmp_path, text, "how", "a", "b", "f", model=MODEL + FORCE)
        assert drift(found) == ["C501"]
        assert found[0].message.endswith("says: the impact - of 'b' on 'f'")

    def test_an_impact_on_what_is_no_force_is_reported_by_c306_alone(self, tmp_path: Path) -> None:
        text = note(MODEL + FORCE, "add_force_relations({a: {b: negative}})")
        assert codes(compared(tmp_path, text, "how", "a", "b", "f", model=MODEL + FORCE)) == ["C306"]


class TestCodesOfSources:
    def test_what_the_module_lacks_is_one_diagnostic(self, tmp_path: Path) -> None:
        found = compared(tmp_path, note(MODEL), "how")
        assert reported(found, "C501") == [
            "s_7.md:19:1 the model lacks what the note of s7 says: 'a' as a code of s7, 'b' as a code of s7"
        ]

    def test_what_the_note_lacks_is_one_diagnostic(self, tmp_path: Path) -> None:
        files = {"models/a.py": MODEL, "sources/s7.py": source("how", "a", "b"), "sources/s_7.md": note("a")}
        files |= {"sources/s8.py": source("b", "how", identifier="s8"), "sources/s_8.md": note("b", number=8)}
        assert reported(in_study(tmp_path, files), "C505") == [
            "s_7.md:1:1 'b' is in the module of s7, but not in its note"
        ]

    def test_a_decision_is_not_compared(self, tmp_path: Path) -> None:
        files = {
            "models/a.py": MODEL,
            "sources/s7.py": source("how", "a", "b"),
            "sources/s_7.md": note("a\nb"),
        }
        assert "C505" not in drift(in_study(tmp_path, files))

    def test_what_a_second_note_of_the_source_says_is_no_difference(self, tmp_path: Path) -> None:
        files = {"models/a.py": MODEL, "sources/s7.py": source("how", "a", "b")}
        files |= {"sources/s_7.md": note("a"), "sources/s_7_again.md": note("b")}
        assert "C505" not in drift(in_study(tmp_path, files))

    def test_what_a_coder_adds_is_reported_in_the_note_of_that_coder(self, tmp_path: Path) -> None:
        files = {"models/a.py": MODEL, "sources/s7.py": source("how", "a")}
        files |= {
            "sources/anna/s_7.md": note("a", coder="anna"),
            "sources/ben/s_7.md": note("b", coder="ben"),
        }
        found = [one for one in in_study(tmp_path, files) if one.code == "C501"]
        assert [Path(one.span.path).parent.name for one in found] == ["ben"]

    def test_many_codes_are_shortened(self, tmp_path: Path) -> None:
        model = MODEL + "".join(f'c{i} = CClass(force, "C{i}")\n' for i in range(9))
        text = note(MODEL, "\n".join(f"c{i}" for i in range(9)))
        (line,) = reported(compared(tmp_path, text, model=model), "C501")
        assert line.endswith("the model lacks what the note of s7 says: 9 evidence links")

    def test_what_an_open_trace_names_is_reported_there_alone(self, tmp_path: Path) -> None:
        text = note("a", coding="> Text.\n\n**OPEN CODING TRACE:**\n\nFamiliar options: a, b")
        found = compared(tmp_path, text)
        assert codes(found) == ["C506", "C308"]


class TestNotInNotes:
    MORE = """
g = CClass(force, "G")
add_force_relations({a: {g: negative}, b: {g: positive}})
a.add_links(b, role_name="to", stereotype_instances=uses)
who = CClass(decision, "Who?")
add_decision_option_link(who, a, "Let A do it")
add_decision_option_link(who, b, "Let B do it")
"""

    def test_what_no_note_states_is_one_diagnostic_for_each_decision(self, tmp_path: Path) -> None:
        found = compared(tmp_path, note(MODEL, "g"), "how", "who", "a", "b", "g", model=MODEL + self.MORE)
        of_how, of_who = reported(found, "C506")
        assert of_how.startswith(
            "a.py:10:1 the model says 3 things of 'how' that no note states: the impact - of"
        )
        assert of_how.endswith("'a' on 'g', the impact + of 'b' on 'g', the relation of 'a' to 'b'")
        assert of_who.endswith("of 'who' that no note states: the option 'a', the option 'b'")

    def test_what_any_note_states_is_not_reported(self, tmp_path: Path) -> None:
        body = MODEL + self.MORE
        assert "C506" not in codes(compared(tmp_path, note(body), "how", "who", "a", "b", "g", model=body))

    def test_another_value_is_no_lack(self, tmp_path: Path) -> None:
        body = (MODEL + self.MORE).replace("negative", "very_negative").replace("Let A do it", "A does it")
        found = compared(tmp_path, note(body), "how", "who", "a", "b", "g", model=MODEL + self.MORE)
        assert drift(found) == ["C504", "C503"]

    def test_what_a_source_without_a_note_may_have_said_is_passed_over(self, tmp_path: Path) -> None:
        files = {"models/a.py": MODEL, "sources/s7.py": source("how", "a"), "sources/s_7.md": note("a")}
        files["sources/s8.py"] = source("a", "b", identifier="s8")
        assert "C506" not in codes(in_study(tmp_path, files))

    def test_what_a_broken_statement_may_have_said_is_passed_over(self, tmp_path: Path) -> None:
        broken = note(MODEL.replace('how, b, "Do B"', 'how, b "Do B"'))
        assert "C506" not in codes(compared(tmp_path, broken))

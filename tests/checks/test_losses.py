"""What a build leaves out is reported, once, by the diagnostic of its cause; and the other way round."""

from pathlib import Path

import pytest

from codeable.checks import Diagnostic
from codeable.notes import read_text
from codeable.notes.build import left_out_of
from codeable.settings import Settings
from tests.checks.cases import codes, in_notes, note


def losing(diagnostics: list[Diagnostic]) -> list[tuple[str, int, list[str]]]:
    """Code, line and what is lost, of the diagnostics that cost something."""
    return [(one.code, one.span.line, [loss.what for loss in one.loses]) for one in diagnostics if one.loses]


DECLARED = 'how = CClass(decision, "How?")\na = CClass(practice, "A")\nb = CClass(practice, "B")\n'
BOTH = 'add_decision_option_link(how, a, "Do A")\nadd_decision_option_link(how, b, "Do B")\n'


def test_what_no_other_rule_reports_is_reported_as_left_out() -> None:
    found = in_notes(note(DECLARED + BOTH + 'practice = CClass(practice, "Practice")'))
    (one,) = [diagnostic for diagnostic in found if diagnostic.code == "C111"]
    assert one.severity == "error"
    assert "'practice' is a name of the vocabulary" in one.message
    assert len(one.loses) == 1


def test_a_broken_statement_is_reported_by_its_own_rule_with_what_it_costs() -> None:
    found = in_notes(note(DECLARED + BOTH + 'c = CClass(practice, "C'))
    assert "C111" not in codes(found)
    ((code, _, lost),) = losing(found)
    assert code == "C101"
    assert any("CClass(practice" in one for one in lost)


def test_every_use_of_an_undeclared_code_is_lost_by_one_diagnostic() -> None:
    found = in_notes(note(DECLARED + BOTH + "caches", "caches"), note("caches", number=8))
    assert "C111" not in codes(found)
    ((code, _, lost),) = losing(found)
    assert (code, len(lost)) == ("C301", 3)


def test_a_note_that_is_left_out_is_reported_where_the_rule_finds_it() -> None:
    found = in_notes(note("a = CClass(practice, 'A')"), note("a"))
    assert [code for code, _, _ in losing(found)] == ["C209"]


@pytest.mark.parametrize(
    "body",
    [
        DECLARED + BOTH,
        DECLARED + BOTH + "x = how",
        DECLARED + 'add_decision_option_link(a, how, "x")',
        DECLARED + BOTH + 'a = CClass(force, "A")',
        DECLARED + BOTH + "a.add_links({b}, role_name='to'",
        DECLARED + BOTH + "s7.add_links(cache, role_name='contained_code')",
        DECLARED + BOTH + "add_force_relations({a: {cost: positive}})",
    ],
)
def test_check_and_build_lose_the_same(body: str) -> None:
    text = note(body)
    lost = left_out_of([read_text(text, "s_1.md")], Settings())
    attached = [loss for one in in_notes(text) for loss in one.loses]
    assert sorted(map(repr, attached)) == sorted(map(repr, lost))


def test_two_thousand_losses_on_one_line_are_attached_in_linear_time(tmp_path: Path) -> None:
    names = ", ".join(f"code_{number}" for number in range(2_000))
    found = in_notes(note(DECLARED + BOTH + names))
    assert len(losing(found)) == 2_000


def test_a_repair_costs_nothing_so_it_is_no_cause() -> None:
    body = "a = CClass(practice, 'A'\nb = CClass(practice, 'B')\na = a.add_links((b, role_name='to')[0]"
    found = in_notes(note(body))
    assert [bool(one.loses) for one in found if one.code == "C115"] == [False, False]
    assert [len(one.loses) for one in found if one.code == "C302"] == [1]


def test_a_superclass_that_is_declared_nowhere_is_reported_where_it_is_used() -> None:
    found = in_notes(note("a = CClass(practice, 'A', superclasses=caches)"))
    (undeclared,) = [one for one in found if one.code == "C301"]
    assert "'caches'" in undeclared.message
    assert len(undeclared.loses) == 1
    assert "C111" not in codes(found)

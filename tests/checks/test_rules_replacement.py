"""C411 to C413: what is said of one thing more than once, by notes in order and by several coders."""

from pathlib import Path

import pytest

from tests.checks.cases import codes, in_notes, in_study, note, reported, source

BASE = """
how = CClass(decision, "How?")
a = CClass(practice, "A")
b = CClass(pattern, "B")
f = CClass(force, "F")
add_decision_option_link(how, a, "Do A")
add_decision_option_link(how, b, "Do B")
add_force_relations({a: {f: positive}})
a.add_links(b, role_name="to", stereotype_instances=uses)
"""
CHANGES = [
    ('add_decision_option_link(how, a, "Make A")', "the text of the option 'a' of 'how'"),
    ("add_force_relations({a: {f: very_negative}})", "the impact of 'a' on 'f'"),
    ('a.add_links(b, role_name="to", stereotype_instances=includes)', "the relation of 'a' to 'b'"),
    ('a = CClass(practice, "Another A")', "the name of 'a'"),
]


@pytest.mark.parametrize(("change", "thing"), CHANGES)
def test_a_later_note_changes_it_and_that_is_information(change: str, thing: str) -> None:
    found = in_notes(note(BASE), note(change, "b", number=13))
    assert [(one.code, one.severity) for one in found] == [("C411", "info")]
    assert found[0].message.startswith(f"{thing} is ")
    assert "changed in s13" in found[0].message
    assert found[0].span.path == "s_1.md"


@pytest.mark.parametrize(("change", "thing"), CHANGES)
def test_two_values_in_one_note_are_a_warning_at_the_second(change: str, thing: str) -> None:
    found = in_notes(note(BASE, change))
    code = "C405" if "very_negative" in change else "C412"
    assert [(one.code, one.severity) for one in found] == [(code, "warning")]
    assert thing in found[0].message or code == "C405"


@pytest.mark.parametrize(("change", "thing"), [*CHANGES, ('a = CClass(pattern, "A")', "the kind of 'a'")])
def test_coders_that_differ_are_a_warning_at_both_places(change: str, thing: str) -> None:
    found = in_notes(note(BASE, coder="anna"), note(change, coder="ben"))
    assert [(one.code, one.severity) for one in found] == [("C413", "warning")] * 2
    assert [one.span.path for one in found] == ["s_1.md", "s_2.md"]
    assert all(one.message.startswith(f"{thing} is ") for one in found)


def test_a_kind_of_the_coder_who_does_not_count_is_not_compared_with_the_model(tmp_path: Path) -> None:
    settings = '[tool.codeable.coders]\nanna = "sources/anna"\nben = "sources/ben"\n'
    files = {
        "pyproject.toml": settings,
        "sources/anna/s_1.md": note(BASE),
        "sources/ben/s_8.md": note('a = CClass(pattern, "A")', "b", number=8),
        "models/how.py": BASE,
    }
    found = in_study(tmp_path, files)
    assert "C302" not in codes(found)
    assert codes(found).count("C413") == 2


@pytest.mark.parametrize("same", ["Do A", " Do  A", "Do\\nA"])
def test_the_same_again_is_not_reported(same: str) -> None:
    again = f'add_decision_option_link(how, a, "{same}")'
    assert codes(in_notes(note(BASE, again), note(again, number=8))) == []


def test_a_name_in_another_letter_case_is_information() -> None:
    found = in_notes(note(BASE.replace('"A"', '"The A"'), 'a = CClass(practice, "the a")'))
    assert [(one.code, one.severity) for one in found] == [("C412", "info")]


def test_another_kind_is_reported_once() -> None:
    assert codes(in_notes(note(BASE), note('a = CClass(pattern, "Another")', number=8))) == ["C302"]


def test_the_order_of_coding_says_which_note_is_later(tmp_path: Path) -> None:
    later = 'add_decision_option_link(how, a, "Make A")'
    files = {
        "pyproject.toml": '[tool.codeable]\norder = ["s9", "s8"]\n',
        "models/a.py": "a = CClass(practice, 'A')\n",
        "sources/s8.py": source(identifier="s8"),
        "sources/s9.py": source(identifier="s9"),
        "sources/s_8.md": note(later, number=8),
        "sources/s_9.md": note(BASE, number=9),
    }
    (line,) = reported(in_study(tmp_path, files), "C411")
    assert line.startswith("s_9.md:")
    assert line.endswith('changed in s8 to "Make A"')


@pytest.mark.parametrize(
    "refused",
    [
        'a.add_links(b, role_name="to", stereotype_instances=positive)',
        'a = CClass(practice, "Another A", superclasses=[uses])',
    ],
)
def test_what_the_vocabulary_refuses_is_reported_alone_and_changes_nothing(refused: str) -> None:
    found = in_notes(note(BASE), note(refused, "b", number=13))
    found = [one for one in found if one.code != "C301"]
    assert [(one.code, one.severity, one.span.path) for one in found] == [("C111", "error", "s_2.md")]

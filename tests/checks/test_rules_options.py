"""C414 and C415: the texts of options."""

from pathlib import Path

import pytest

from tests.checks.cases import codes, in_notes, in_study, note, reported, source

CODES = """
how = CClass(decision, "How?")
who = CClass(decision, "Who?")
a = CClass(practice, "A")
b = CClass(pattern, "B")
c = CClass(pattern, "C")
"""
OPTIONS = 'add_decision_option_link(how, a, "Do A")\nadd_decision_option_link(how, b, "{}")\n'
WHO = 'add_decision_option_link(who, a, "{}")\nadd_decision_option_link(who, c, "Do C")\n'
OTHER = WHO.format("Let A do it")


@pytest.mark.parametrize("text", ["Do A", "do  a", " Do A "])
def test_two_options_with_one_text_are_reported_at_the_second(text: str, tmp_path: Path) -> None:
    message = f"the options 'a' and 'b' of 'how' have one text: \"{' '.join(text.split())}\""
    body = CODES + OPTIONS.format(text) + OTHER
    assert reported(in_notes(note(body)), "C414") == [f"s_1.md:24:34 {message}"]
    files = {"models/a.py": body, "sources/s7.py": source("how", "who", "a", "b", "c")}
    assert reported(in_study(tmp_path, files), "C414") == [f"a.py:9:1 {message}"]


def test_other_decisions_and_a_text_that_was_replaced_do_not_count() -> None:
    assert codes(in_notes(note(CODES + OPTIONS.format("Do B") + WHO.format("Do A")))) == []
    later = 'add_decision_option_link(how, b, "Do B")'
    assert "C414" not in codes(in_notes(note(CODES + OPTIONS.format("Do A") + OTHER), note(later, number=8)))


@pytest.mark.parametrize("text", ['""', '"  "'])
def test_an_option_without_a_text_is_reported(text: str) -> None:
    found = in_notes(note(CODES + OPTIONS.replace('"{}"', text) + OTHER))
    assert codes(found) == ["C415"]


def test_a_text_in_another_note_is_a_text() -> None:
    body = CODES + OPTIONS.format("") + OTHER
    later = 'add_decision_option_link(how, b, "Do B")'
    assert "C415" not in codes(in_notes(note(body), note(later, number=8)))

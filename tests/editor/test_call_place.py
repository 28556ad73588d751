"""Where a cursor, written as |, is in Python that is half-written or broken."""

import pytest

from codeable.editor.python.call_place import CallPlace, call_place, quoted_text
from codeable.lines import Lines
from codeable.notes.vocabulary import FUNCTIONS


def place(text: str) -> CallPlace:
    before, behind = text.split("|")
    found = call_place(Lines("", f"{before}{behind}"), len(before))
    assert found.offset == len(before)
    return found


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("text", "function", "argument", "inside"),
    [
        ("add_decision_option_link(how|", "add_decision_option_link", "decision_", []),
        ("add_decision_option_link(how, |, 'it, (is')", "add_decision_option_link", "design_solution_", []),
        ("add_decision_option_link(f(a, b), x|", "add_decision_option_link", "design_solution_", []),
        ("add_decision_option_link(how, option_name=|", "add_decision_option_link", "option_name", []),
        ("add_force_relations({|", "add_force_relations", "relations", [None]),
        ("add_force_relations({bus: {a: b, |: c}})", "add_force_relations", "relations", ["bus", None]),
        ("add_force_relations({bus: {cost: p|", "add_force_relations", "relations", ["bus", "cost"]),
        ("add_links({\n  s1: [a,\n    |\n  ]})", "add_links", "definitions", ["s1", None]),
        ("bus.add_links(|", "add_links", "definitions", []),
        # a statement above that is never closed, and what only goes on below
        ("a = CClass(force, 'A'\nadd_decision_option_link(|", "add_decision_option_link", "decision_", []),
        ("a = CClass(force, 'A'\nb|", "", "", []),
        ("  a = CClass(force, 'A',\n    |", "CClass", "", []),
        ("add_links({a: b]}\nadd_links({|", "add_links", "definitions", [None]),
        ("x = [a, (b, |", "", "", [None, None]),
        ("def f(a):\n    add_links({|", "add_links", "definitions", [None]),
        ("a = 'it\\'s (' + g(\nadd_links(b, | # (", "add_links", "association", []),
    ],
)
def test_the_call_and_the_argument(text: str, function: str, argument: str, inside: list[str | None]) -> None:
    found = place(text)
    assert (found.call.function if found.call else "") == function
    assert found.argument(FUNCTIONS.get(function, ())) == argument
    assert [one.key for one in found.inside] == inside


def test_the_other_items_of_the_bracket() -> None:
    found = place("add_links({s1: [a, |x, c, 'd, e'], s2: b}, role_name='to')")
    assert found.brackets[-1].items == ("a", "c", "'d, e'")
    assert found.statement.endswith("role_name='to')")
    assert place("add_force_relations({bus: {a: b, |, c: d}})").brackets[-1].items == ("a", "c")
    assert place("CClass(a, 'A', values={}, |, superclasses=b)").brackets[-1].keywords == (
        "values",
        "superclasses",
    )


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("add_links({a: b}, role_name='ne|xt')", "next"),
        ("add_links({a: b}, role_name='ne|", "ne"),
        ("'''\n  a, b|\n'''", "\n  a, b\n"),
        ("'''\n  a,\n  b|", "\n  a,\n  b"),
        ('CClass(source, "s1", values={"|": 1})', ""),
        (r"f('it\'s |')", r"it\'s "),
        ("f('a')|", None),
        ("f(a) |# it's", None),
    ],
)
def test_the_string_around_the_cursor(text: str, string: str | None) -> None:
    found = place(text).string
    whole = text.replace("|", "")
    assert (None if found is None else whole[found.start : found.end]) == string


def test_the_word_the_statement_and_the_comment() -> None:
    found = place("a = 1\nbus = CClass(pra|ctice, 'Bus')\nb")
    assert (found.assigned, found.before, found.word) == ("bus", "bus = CClass(", (19, 27))
    assert found.statement == "bus = CClass(practice, 'Bus')"
    assert place("a # codeable: ignore[C|").comment
    assert place("if a:\n    b|").before == ""
    assert place("|").word == (0, 0)
    assert place("größe_1|").word == (0, 7)


def test_the_text_of_a_string_as_it_is_written() -> None:
    assert [quoted_text(each) for each in ("'a'", '"a"', "a", "", None, "'a")] == [
        "a",
        "a",
        None,
        None,
        None,
        None,
    ]

"""The statements of a block, one by one; what they need for the checks and the builder."""

import pytest

from codeable.notes import FieldNote, read_text
from codeable.notes.model import (
    BrokenStatement,
    DeclarationStatement,
    OptionStatement,
    RelationStatement,
    SourceDeclaration,
)
from tests.notes.described import statement_line

BEGIN = "# s 1\n# coding\n> x\n**AXIAL CODING TRACE:**\n```python\n"


def block(code: str) -> FieldNote:
    return read_text(f"{BEGIN}{code}\n```\n")


READ = [
    ("a = CClass(practice, 'A')", "DeclarationStatement a: practice 'A'"),
    ('a = CClass(practice, " A ")', "DeclarationStatement a: practice ' A '"),
    ("a = CClass(practice, 'A' ' and ' + 'B')", "DeclarationStatement a: practice 'A and B'"),
    ("a = CClass(practice)", "DeclarationStatement a: practice None"),
    ("a = CClass(metaclass=practice, name='A')", "DeclarationStatement a: practice 'A'"),
    ("a = dsl.CClass(dsl.practice, 'A')", "DeclarationStatement a: practice 'A'"),
    ("a: CClass = CClass(practice, 'A')", "DeclarationStatement a: practice 'A'"),
    ("a = CClass(category, 'A', values={'aka': 'x', 'n': -1})",
     "DeclarationStatement a: category 'A' {aka='x', n=-1}"),
    ("s1 = CClass(source, 's1', values={'example': True})",
     "SourceDeclaration s1: source 's1' {example=True}"),
    ("b = CBundle('All', elements=[a])", "DeclarationStatement b: None 'All'"),
    ("add_decision_option_link(d, o, 'text')", "OptionStatement d -> o: 'text'"),
    ("add_decision_option_link(d, o)", "OptionStatement d -> o: None"),
    ("add_decision_option_link(d, o, None)", "OptionStatement d -> o: None"),
    ("add_decision_option_link(d, o, option_name='text')", "OptionStatement d -> o: 'text'"),
    ("x = add_decision_option_link(d, m.o, 'text')", "OptionStatement d -> o: 'text'"),
    ("add_force_relations({o: {f: positive}})", "ForceStatement o positive f"),
    ("add_force_relations({o: {f: positive, g: neutral}, p: {f: negative}})",
     "ForceStatement o positive f, o neutral g, p negative f"),
    ("o.add_links(p, role_name='to', stereotype_instances=uses)[0]",
     "RelationStatement o -> p role 'to' uses"),
    ("r = o.add_links([p, q], role_name='to')", "RelationStatement r = o -> p q role 'to'"),
    ("add_links({a: [b], c: d}, role_name='next decision')",
     "RelationStatement a -> b; c -> d role 'next decision'"),
    ("add_links({a: b}, stereotype_instances=[uses, is_a])", "RelationStatement a -> b uses is_a"),
    ("add_stereotyped_link_with_how_tagged_value(a, b, uses, 'often')",
     "RelationStatement a -> b uses 'often'"),
    ("add_stereotyped_design_solution_link(a, b, uses)", "RelationStatement a -> b uses"),
    ("add_links({s1: [a]}, role_name='contained_code')", "CodeMention a (contained_code) to s1"),
    ("add_links({a: [s1]}, role_name='evidence')", "CodeMention a (contained_code) to s1"),
    ("s1.add_links(a, role_name='contained_code')", "CodeMention a (contained_code) to s1"),
    ("a", "CodeMention a (name)"),
    ("a,", "CodeMention a (name)"),
    ("models.a", "CodeMention models.a (attribute)"),
    ("'''\n  a\n'''", "CodeMention a (string)"),
    ("'a'", "CodeMention a (string)"),
    ("'''This is a remark, not a code.'''", "OtherStatement text"),
    ("from codeable.dsl import *", "OtherStatement import"),
    ("x = 3", "BrokenStatement of x: only what is declared or linked can be given a name"),
    ("for x in y: print(x)",
     "BrokenStatement: a trace holds declarations, links and codes; this is none of them"),
    ("print('x')", "BrokenStatement: no function of the vocabulary is called"),
    ("9 ** 9 ** 9", "BrokenStatement: this statement says nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "expected"), READ, ids=[code for code, _ in READ])
def test_a_statement_is_read_as(code: str, expected: str) -> None:
    (statement,) = block(code).statements
    assert statement_line(statement) == expected


def test_several_names_on_a_line_are_several_codes() -> None:
    assert [one.source for one in block("a, b,\nc").statements] == ["a", "b", "c"]


def test_names_in_a_string_are_separated_by_commas_or_line_ends() -> None:
    note = block("    '''\n    a, b,\n    c\n\n    # d\n    - e\n    '''\n# already added: f")
    assert [one.source for one in note.statements] == ["a", "b", "c", "e"]


def test_an_entry_of_a_string_has_its_own_place() -> None:
    (_, second) = block("    '''\n    a, bc\n    '''").statements
    assert (second.span.line, second.span.column, second.span.end_column) == (7, 8, 10)


def test_statements_in_the_string_of_codes_are_read_and_reported() -> None:
    note = block(
        "'''\n  a\n  b = CClass(force, 'B')\n  add_force_relations({a: {b: positive,\n    c: neutral}})\n'''"
    )
    assert [(type(one).__name__, one.in_string) for one in note.statements] == [
        ("CodeMention", False),
        ("DeclarationStatement", True),
        ("ForceStatement", True),
    ]
    assert [problem.kind for problem in note.problems] == ["statement-in-string"]


def test_an_entry_with_a_blank_is_reported_with_the_name_that_was_meant() -> None:
    note = read_text(
        "# s 1\n# coding\n> x\n**AXIAL CODING TRACE:**\nadd codes to s1:\n```\n'''\nrate limiting\n'''\n```\n"
    )
    (problem,) = note.problems
    assert (problem.kind, problem.span.line, problem.suggestion) == ("string-of-codes", 8, "rate_limiting")


def test_the_names_of_a_statement_are_those_that_it_reads() -> None:
    (one,) = block("r = o.add_links([p, m.q], role_name='to', stereotype_instances=uses)[0]").statements
    assert [(name.name, name.qualifier) for name in one.names] == [
        ("o", None),
        ("p", None),
        ("q", "m"),
        ("uses", None),
    ]


def test_every_part_of_an_option_has_its_place() -> None:
    (one,) = block("add_decision_option_link(d, o,\n    'text')").statements
    assert isinstance(one, OptionStatement)
    assert one.text is not None
    assert [str(part.span) for part in (one.function, one.decision, one.solution, one.text)] == [
        "<text>:6:1",
        "<text>:6:26",
        "<text>:6:29",
        "<text>:7:5",
    ]


def test_the_values_of_a_source_have_their_places() -> None:
    (one,) = block("s1 = CClass(source, 's1', values={\n  'title': 'T',\n  'example': True})").statements
    assert isinstance(one, SourceDeclaration)
    assert [(value.name.value, str(value.span), str(value.value_span)) for value in one.values] == [
        ("title", "<text>:7:3", "<text>:7:12"),
        ("example", "<text>:8:3", "<text>:8:14"),
    ]


def test_a_value_that_computes_something_is_kept_unread() -> None:
    (one,) = block("a = CClass(practice, 'A', values={'n': 2 ** 8})").statements
    assert isinstance(one, DeclarationStatement)
    assert (one.values[0].literal, one.values[0].value) == (False, None)


def test_a_second_name_of_an_element_is_kept() -> None:
    first, second = block("a = b = CClass(practice, 'A')").statements
    assert (statement_line(first), second.identifier.name) == ("DeclarationStatement a: practice 'A'", "b")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("add_decision_option_link(d)", "needs the name of a solution as argument 2"),
        ("add_decision_option_link('d', o)", "needs the name of a decision as argument 1"),
        ("add_decision_option_link(d, o, 1)", "the text of an option must be a string"),
        ("add_force_relations([o])", "needs {solution: {force: impact}}"),
        ("add_force_relations({o: f})", "solution: {force: impact} is expected here"),
        ("add_force_relations({o: {'f': positive}})", "the name of a force is expected"),
        ("add_force_relations({o: {f: 1}})", "needs the name of an impact"),
        ("add_links()", "links nothing"),
        ("add_links(a)", "needs {element: [elements]}"),
        ("add_links({a: ['b']})", "needs the name of an element"),
        ("a = CClass(practice, 'A', values=v)", "the values must be a dictionary"),
        ("a = CClass(practice, 'A', values={1: 2})", "the name of a value must be a string"),
    ],
)
def test_a_statement_that_is_python_but_not_understood_is_reported(code: str, message: str) -> None:
    (problem,) = block(code).problems
    assert problem.kind == "statement-not-read"
    assert message in problem.message
    assert problem.span.line == 6


def test_what_can_be_read_of_a_force_relation_is_read() -> None:
    note = block("add_force_relations({o: {f: positive, 1: neutral}, p: 3})")
    assert statement_line(note.statements[0]) == "ForceStatement o positive f"
    assert len(note.problems) == 2


BROKEN = [
    ("bracket closed by the wrong one",
     "add_force_relations({o: {f: positive})", 1, 38, "')' cannot close the '{'", "})"),
    ("brace never closed",
     "add_force_relations({o: {f: positive,\n   })", 2, 5, "')' cannot close the '{' of line 6", "})"),
    ("bracket never closed",
     "a = CClass(practice, 'A'", 1, 11, "'(' is never closed", ")"),
    ("missing comma",
     "add_decision_option_link(d o)", 1, 26, "a comma is missing", ","),
    ("dot for a comma",
     "add_decision_option_link(d, o.\n    'text')", 1, 30, "there is a dot where a comma is expected", ","),
    ("string over two lines",
     "a = CClass(practice, 'A\n B')", 1, 22, "the string is not closed on its line", None),
    ("blank in an identifier",
     "load shedding = CClass(practice, 'A')", 1, 1,
     "an identifier cannot hold a blank: 'load shedding'", "load_shedding"),
    ("bare words",
     "event streaming backbone", 1, 1,
     "an identifier cannot hold a blank: 'event streaming backbone'", "event_streaming_backbone"),
    ("bracket too many",
     "add_force_relations{(o: {f: positive})\n})", 2, 2, "')' closes nothing", None),
    ("triple quotes never closed",
     "'''\na", 1, 1, "the triple-quoted string is never closed", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "line", "column", "message", "suggestion"),
    [case[1:] for case in BROKEN],
    ids=[case[0] for case in BROKEN],
)
def test_a_broken_statement_is_reported_where_it_breaks_and_its_neighbours_are_read(
    code: str, line: int, column: int, message: str, suggestion: str | None
) -> None:
    note = block(f"{code}\nbefore = CClass(force, 'B')\n\nadd_decision_option_link(d, after,\n    'text')")
    problem = note.problems[0]
    assert problem.kind == "block-not-python"
    assert (problem.span.line - 5, problem.span.column) == (line, column)
    assert (problem.message, problem.suggestion) == (message, suggestion)
    lines = [statement_line(one) for one in note.statements if not isinstance(one, BrokenStatement)]
    assert lines[-2:] == ["DeclarationStatement before: force 'B'", "OptionStatement d -> after: 'text'"]
    assert sum(isinstance(one, BrokenStatement) for one in note.statements) == 1


@pytest.mark.parametrize("code", [case[1] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_what_is_before_a_broken_statement_is_read(code: str) -> None:
    note = block(f"    first\n    second = CClass(force, 'S')\n\n    {code}")
    assert [statement_line(one) for one in note.statements[:2]] == [
        "CodeMention first (name)",
        "DeclarationStatement second: force 'S'",
    ]


def test_an_indentation_that_changes_half_way_costs_no_statement() -> None:
    note = block("    a\n  b = CClass(force, 'B')\n      c")
    assert [one.source for one in note.statements] == ["a", "b = CClass(force, 'B')", "c"]
    (problem,) = note.problems
    assert (problem.kind, problem.message) == ("block-not-python", "the indentation changes here")


def test_a_broken_declaration_keeps_what_it_declares() -> None:
    (one,) = block("load shedding = CClass(practice, 'Load shedding'").statements
    assert isinstance(one, BrokenStatement)
    assert (one.identifier and one.identifier.name, one.metaclass and one.metaclass.name) == (
        "load_shedding",
        "practice",
    )


def test_a_broken_statement_knows_the_names_in_it_but_not_those_in_its_texts() -> None:
    (one,) = block("add_decision_option_link(d, o 'a text with words')").statements
    assert [name.name for name in one.names] == ["add_decision_option_link", "d", "o"]


def test_several_broken_statements_are_each_reported() -> None:
    note = block("a b\nc\nd e\nf(\ng = CClass(force, 'G')")
    assert [problem.span.line for problem in note.problems] == [6, 8, 9]
    assert [one.source for one in note.statements if not isinstance(one, BrokenStatement)] == [
        "c",
        "g = CClass(force, 'G')",
    ]


def test_a_compound_statement_in_a_broken_block_stays_whole() -> None:
    note = block("for x in y:\n    print(x)\nelse:\n    print(1)\na b\nc")
    assert [one.source for one in note.statements] == [
        "for x in y:\n    print(x)\nelse:\n    print(1)",
        "a b",
        "c",
    ]


def test_a_block_with_comments_only_holds_nothing() -> None:
    note = block("#added classes: \n    #added relations: \n")
    assert (note.statements, note.problems) == ((), ())


def test_a_relation_keeps_the_place_of_its_bound_name() -> None:
    (one,) = block("uses_it = \\\n    a.add_links(b, role_name='to')[0]").statements
    assert isinstance(one, RelationStatement)
    assert one.identifier is not None
    assert str(one.identifier.span) == "<text>:6:1"

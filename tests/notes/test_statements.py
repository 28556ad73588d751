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
    ("a = CClass(category, 'A', values={'aka': 'x', 'description': 'y'})",
     "DeclarationStatement a: category 'A' {aka='x', description='y'}"),
    ("s1 = CClass(source, 's1', values={'example': True})",
     "SourceDeclaration s1: source 's1' {example=True}"),
    ("b = CBundle('All', elements=[a])", "DeclarationStatement b: None 'All'"),
    ("add_decision_option_link(d, o, 'text')", "OptionStatement d -> o: 'text'"),
    ("add_decision_option_link(d, o)", "OptionStatement d -> o: None"),
    ("add_decision_option_link(d, o, None)", "OptionStatement d -> o: None"),
    ("add_decision_option_link(d, o, option_name='text')", "OptionStatement d -> o: 'text'"),
    ("x = add_decision_option_link(d, m.o, 'text')", "OptionStatement d -> o: 'text'"),
    ("add_decision_option_link(d, o, 'text', option_description='more')",
     "OptionStatement d -> o: 'text' ('more')"),
    ("add_decision_option_link(d, o, 'text', 'mo' 're')", "OptionStatement d -> o: 'text' ('more')"),
    ("add_decision_option_association(d, o, option_description='more')",
     "OptionStatement d -> o: None ('more')"),
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
    ("x = 3", "BrokenStatement of x: only what is declared or linked here can be given a name"),
    ("for x in y: print(x)",
     "BrokenStatement: a trace holds declarations, links and codes; this is none of them"),
    ("print('x')", "BrokenStatement: a trace cannot call 'print'"),
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
        ("add_force_relations({o: {f: 1}})", "an impact is expected here"),
        ("add_links()", "links nothing"),
        ("add_links(a)", "needs {element: [elements]}"),
        ("add_links({a: ['b']})", "needs the name of an element"),
        ("a = CClass(practice, 'A', values=v)", "the values must be a dictionary"),
        ("a = CClass(practice, 'A', values={1: 2})", "the name of a value must be a text in quotes"),
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
    ("brace missing where several places are possible",
     "add_force_relations({o: {f: positive, p: {f: neutral}})", 1, 55, "')' cannot close the '{'", None),
    ("comma or underscore",
     "add_links({s1: [rest apis, b]}, role_name='contained_code')", 1, 17,
     "a comma or '_' is missing: 'rest apis'", None),
    ("string over three lines",
     "a = CClass(practice, 'A\n B\n C')", 1, 22, "the string is not closed on its line", None),
    ("string not closed",
     "a = CClass(practice, 'A)", 1, 22, "the string is not closed on its line", "'A')"),
    ("blank in an identifier",
     "load shedding = CClass(practice, 'A')", 1, 1,
     "an identifier cannot hold a blank: 'load shedding'", "load_shedding"),
    ("hyphen in an identifier",
     "load-shedding = CClass(practice, 'A')", 1, 1,
     "an identifier cannot hold a hyphen: 'load-shedding'", "load_shedding"),
    ("the other quote",
     "a = CClass(practice, 'A\")", 1, 22, "the string is not closed on its line", "'A')"),
    ("bare words",
     "event streaming backbone", 1, 1,
     "an identifier cannot hold a blank: 'event streaming backbone'", "event_streaming_backbone"),
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
    assert (problem.kind, problem.message) == ("repaired", "the indentation changes here")


def test_a_broken_declaration_keeps_what_it_declares() -> None:
    (one,) = block("load shedding = CClass(practice, 'Load shedding)").statements
    assert isinstance(one, BrokenStatement)
    assert (one.identifier and one.identifier.name, one.metaclass and one.metaclass.name) == (
        "load_shedding",
        "practice",
    )


def test_a_broken_statement_knows_the_names_in_it_but_not_those_in_its_texts() -> None:
    (one,) = block("add_links({s1: [o p, 'a text with words']})").statements
    assert [name.name for name in one.names] == ["add_links", "s1", "o", "p"]


def test_several_broken_statements_are_each_reported() -> None:
    note = block("a b\nc\nd e\nf('\ng = CClass(force, 'G')")
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


REPAIRED = [
    ("add_force_relations({o: {f: positive})", "ForceStatement o positive f", "}"),
    ("add_force_relations({o: {f: positive,\n   })", "ForceStatement o positive f", "}"),
    ("a = CClass(practice, 'A'", "DeclarationStatement a: practice 'A'", ")"),
    ("a = CClass(practice, 'A']", "DeclarationStatement a: practice 'A'", ")"),
    ("a = CClass(practice, 'A'))", "DeclarationStatement a: practice 'A'", None),
    ("o.add_links((p, role_name='to')[0]", "RelationStatement o -> p role 'to'", None),
    ("add_force_relations{(o: {f: positive})}", "ForceStatement o positive f", "({"),
    ("add_decision_option_link(d o)", "OptionStatement d -> o: None", ","),
    ("add_decision_option_link(d, o.\n    'text')", "OptionStatement d -> o: 'text'", ","),
    ("add_decision_option_link(d, o, “a text”)", "OptionStatement d -> o: 'a text'", '"a text"'),
    ("s1 = CClass(source, 's1', values={'url': 'u'\n  'title': 't'})",
     "SourceDeclaration s1: source 's1' {url='u', title='t'}", ","),
    ("add_force_relations({o: {f: very positive}})", "ForceStatement o very_positive f", "very_positive"),
    ("add_force_relations({o: {f: very-positive}})", "ForceStatement o very_positive f", "very_positive"),
    ("add_force_relations({o: {f: 'negative'}})", "ForceStatement o negative f", "negative"),
    ("add_force_relations({o: {...\n    f: positive}})", "ForceStatement o positive f", None),
    ("add_force_relations({o: {f: positive, ...}})", "ForceStatement o positive f", None),
    ("o.add_links(p, role_name='to', stereotype_instances=can use)",
     "RelationStatement o -> p role 'to' can_use",
     "can_use"),
    ("a = CClass(practice, 'A'),", "DeclarationStatement a: practice 'A'", None),
    ("add_decision_option_link(d, o),", "OptionStatement d -> o: None", None),
    ("add_decision_option_link = (d, o, 'text')", "OptionStatement d -> o: 'text'", None),
    ("add_force_relations = {o: {f: positive}}", "ForceStatement o positive f", None),
    ("a == CClass(practice, 'A')", "DeclarationStatement a: practice 'A'", None),
    ("a: CClass(practice, 'A')", "DeclarationStatement a: practice 'A'", None),
    ("a = CClass('A', practice)", "DeclarationStatement a: practice 'A'", "practice, 'A'"),
    ("s1 = CClass(source, 's1', values={'example': yes})",
     "SourceDeclaration s1: source 's1' {example=True}", "True"),
    ("s1 = CClass(source, 's1', values={'example': 'no'})",
     "SourceDeclaration s1: source 's1' {example=False}",
     "False"),
    ("[a, ...]", "CodeMention a (name)", None),
    ("a. c", "CodeMention a (name)", ","),
    ("add_links({s1: [a. c]}, role_name='contained_code')", "CodeMention a (contained_code) to s1", ","),
    ("'''\na\n''", "CodeMention a (string)", "'''"),
    ('"""\na', "CodeMention a (name)", None),
]  # fmt: skip


def applied(note: FieldNote) -> str:
    """The text of a note with all edits of its problems."""
    text = note.text
    for edit in sorted({edit for one in note.problems for edit in one.edits}, reverse=True):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


@pytest.mark.parametrize(("code", "expected", "suggestion"), REPAIRED, ids=[code for code, _, _ in REPAIRED])
def test_what_can_mean_one_thing_only_is_read_so_and_its_edits_write_it_so(
    code: str, expected: str, suggestion: str | None
) -> None:
    note = block(f"{code}\nb")
    read = [statement_line(one) for one in note.statements]
    assert read[0] == expected
    assert read[-1] == "CodeMention b (name)"
    assert note.problems[0].suggestion == suggestion
    assert note.statements[0].source == note.text[note.statements[0].span.start : note.statements[0].span.end]


@pytest.mark.parametrize("code", [case[0] for case in REPAIRED[:-1]])
def test_a_note_with_its_edits_says_the_same_without_a_problem(code: str) -> None:
    note = block(code)
    again = read_text(applied(note))
    assert again.problems == ()
    assert [statement_line(one) for one in again.statements] == [
        statement_line(one) for one in note.statements
    ]


def test_an_entry_that_is_no_name_costs_no_other_entry() -> None:
    begin = BEGIN.replace("```python", "add codes to s1:\n```python")
    note = read_text(f"{begin}'''\ncache, message queue, bus\n'''\n```\n")
    assert [statement_line(one) for one in note.statements] == [
        "CodeMention cache (string) to s1",
        "BrokenStatement: an identifier cannot hold a blank: 'message queue' (in a string)",
        "CodeMention bus (string) to s1",
    ]
    (problem,) = note.problems
    assert (problem.kind, problem.span.column, problem.suggestion) == ("string-of-codes", 8, "message_queue")


REFUSED = [
    ("add_force_relations({o: {f: postive, g: neutral}})", "impact", "f: postive", "positive"),
    ("add_force_relations({o: {f: nice, g: neutral}})", "impact", "f: nice", None),
    ("x = CClass(decision, Storage)", "argument", "Storage", '"Storage"'),
    ("x = CClass(decision, 'How?', 'extra')", "argument", "'extra'", None),
    ("x = CClass(decision, 'How?', bundle=x)", "argument", "bundle=x", "bundles"),
    ("x = CClass(practice, 'P', vales={})", "argument", "vales={}", "values"),
    ("x = CClass(practice, 'P', values={description: 'x'})", "value", "description: 'x'", '"description"'),
    ("x = CClass(practice, 'P', values={'note': yes})", "value", "note", None),
    ("x = CClass(decision, 'P', values={'recommendation': yes})", "value", "recommendation", '"yes"'),
    ("s1 = CClass(source, 's1', values={'example': 'maybe'})", "value", "example", None),
    ("s1 = CClass(source, 's1', values={'title': 5})", "value", "title", '"5"'),
    ("add_decision_option_link(d, o, 1)", "argument", "1", None),
    (
        "x = CClass(decision, 'How?', stereotype_instances=singel_answer)",
        "argument",
        "singel_answer",
        "single_answer",
    ),
    ("a.add_links(b, role_name='to', stereotype_instances=can_uses)", "argument", "can_uses", "can_use"),
]


@pytest.mark.parametrize(("code", "kind", "what", "suggestion"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_statement_is_read_without_the_part_that_is_refused(
    code: str, kind: str, what: str, suggestion: str | None
) -> None:
    note = block(code)
    (one,) = note.statements
    (part,) = one.refused
    assert not isinstance(one, BrokenStatement)
    assert (part.kind, part.what, part.problem.suggestion) == (kind, what, suggestion)
    again = block(one.python)
    assert again.problems == ()
    assert [
        statement_line(each) for each in again.statements if not isinstance(each, DeclarationStatement)
    ] == [statement_line(each) for each in note.statements if not isinstance(each, DeclarationStatement)]


NOT_READ = [
    ("x = CClas(decision, 'How?')", "CClass"),
    ("x = CClass(sorce, 'X')", "source"),
    ("x = CClass(patern, 'X')", "pattern"),
    ("add_deciion_option_link(d, o)", "add_decision_option_link"),
    ("add_decision_link(d, o)", "add_decision_option_link"),
    ("add_links({s1: [a]}, role_name='contained code')", '"contained_code"'),
    ("add_links({s1: [a]}, role_nme='contained_code')", "role_name"),
    ("add_links({s1: [a]}, 'contained_code')", "role_name='contained_code'"),
    ("a.superclasses = b", None),
    ("o: {f: positive}", "add_force_relations({o: {f: positive}})"),
    ("{o: {f: positive}}", "add_force_relations({o: {f: positive}})"),
    ("a == b", None),
    ("a == b == c", None),
    ("add_force_relations({})", None),
    ("add_links({a: []}, role_name='to')", None),
    ("x = CMetaclass('X')", None),
    ("CClass(force, 'X')", None),
    ("x = a", None),
]


@pytest.mark.parametrize(("code", "suggestion"), NOT_READ)
def test_what_is_not_read_is_reported_with_the_text_to_write(code: str, suggestion: str | None) -> None:
    note = block(code)
    (one,) = note.statements
    assert isinstance(one, BrokenStatement)
    assert note.problems == (one.problem,)
    assert one.problem.suggestion == suggestion


@pytest.mark.parametrize("code", ["x = CClas(decision, 'How?')", "x = CClass(patern, 'X')", "x = open('f')"])
def test_a_refused_declaration_keeps_its_identifier(code: str) -> None:
    (one,) = block(code).statements
    assert isinstance(one, BrokenStatement)
    assert one.identifier is not None
    assert one.identifier.name == "x"


def test_superclasses_are_names_of_codes() -> None:
    (one,) = block("x = CClass(pattern, 'X', superclasses=[a, b])").statements
    assert isinstance(one, DeclarationStatement)
    assert [name.name for name in one.superclasses] == ["a", "b"]


def test_a_remark_in_a_string_is_no_list_of_codes() -> None:
    note = block("'''see above'''\n'''\nNote, see above.\n'''")
    assert [statement_line(one) for one in note.statements] == ["OtherStatement text"] * 2
    assert note.problems == ()


SUGGESTED = [
    *(case[0] for case in REFUSED if case[3] is not None),
    *(case[0] for case in NOT_READ if case[1] is not None),
    *(case[1] for case in BROKEN if case[5] is not None),
    "'''\n    cache, message queue\n'''",
]


@pytest.mark.parametrize("code", SUGGESTED)
def test_the_text_that_is_suggested_works_at_its_place(code: str) -> None:
    note = block(code)
    (problem,) = note.problems
    assert problem.suggestion is not None
    span = problem.span
    again = read_text(note.text[: span.start] + problem.suggestion + note.text[span.end :])
    assert again.problems == ()


def test_a_string_that_ends_on_the_next_line_is_read() -> None:
    note = block(
        'add_decision_option_link(d, a, "Describe the API in\n    a contract")\nb = CClass(force, "x\n")'
    )
    option, force = note.statements
    assert statement_line(option) == "OptionStatement d -> a: 'Describe the API in a contract'"
    assert statement_line(force).endswith("force 'x'")
    assert [problem.kind for problem in note.problems] == ["repaired", "repaired"]


@pytest.mark.parametrize(
    ("written", "impact"),
    [
        ("{f: ++}", "very_positive"),
        ("{f: -}", "negative"),
        ("{f: positive,, }", "positive"),
        ("f: positive", "positive"),
    ],
)
def test_impacts_in_signs_or_without_braces_are_read(written: str, impact: str) -> None:
    note = block(f"add_force_relations({{a: {written}}})")
    assert statement_line(note.statements[0]) == f"ForceStatement a {impact} f"
    assert [problem.kind for problem in note.problems] == ["repaired"]


def test_a_colon_that_is_missing_before_a_brace_is_read() -> None:
    note = block("add_force_relations({a {f: positive}})")
    assert statement_line(note.statements[0]) == "ForceStatement a positive f"
    assert [problem.suggestion for problem in note.problems] == [":"]


def test_names_in_quotes_are_proposed_without_them() -> None:
    note = block("add_decision_option_link('d', a, 'Text')")
    assert [problem.suggestion for problem in note.problems] == ["d"]


def test_a_list_of_codes_may_have_semicolons_and_remarks() -> None:
    note = block("'''\nlog\ncache; queue\nbus (see s4)\n- mesh (again),\n'''")
    assert [one.names[0].name for one in note.statements] == ["log", "cache", "queue", "bus", "mesh"]
    assert note.problems == ()

"""C1xx: what in a note cannot be read, and what only looks as if it could not."""

from pathlib import Path
from typing import get_args

import pytest
from attrs import evolve

from codeable.checks import check
from codeable.notes import read_text
from codeable.notes.model import Problem, ProblemKind
from tests.checks.cases import codes, in_notes, note, reported

TRACE = "**AXIAL CODING TRACE:**\n\n``` python\n{}\n```\n"


def structure(*texts: str) -> list[str]:
    return [code for code in codes(in_notes(*texts)) if code.startswith("C1")]


@pytest.mark.parametrize("kind", get_args(ProblemKind))
def test_whatever_the_reader_finds_wrong_is_reported(kind: ProblemKind) -> None:
    read = read_text(note(), "s_7.md")
    problem = Problem(kind, "something is wrong", read.fields[0].name_span)
    found = check([evolve(read, problems=(problem,))], ignore=("C408",)).diagnostics
    assert [(one.message, one.span) for one in found] == [(problem.message, problem.span)]


@pytest.mark.parametrize(
    "statement",
    [
        'a = CClass(practice, "A)',
        "add_force_relations({a: {b: positive, c: {b: positive}})",
        "add_links({s1: [data quality, b]}, role_name='contained_code')",
        'data quality = CClass(force, "Data Quality")',
    ],
)
def test_a_statement_that_is_not_python_is_reported_once_and_its_neighbours_are_read(statement: str) -> None:
    found = in_notes(note(f'z = CClass(force, "Z")\n{statement}\ny = CClass(force, "Y")'))
    assert codes(found).count("C101") == 1
    assert [line.rpartition(" ")[2] for line in reported(found, "C404")] == ["'z'", "'y'"]


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("whole Python", note('a = CClass(practice, "A")')),
        ("an indented block", note('    a = CClass(practice, "A")\n\n    a')),
        ("Python that the article quotes", note(coding="```python\nprint 'quoted'\n```")),
        ("a block of another language", note(coding="```sql\nselect * from\n```")),
        ("a comment", note("# nothing here yet (")),
        ("a link", note(coding="> See [the page](https://example.org/a_(b)).")),
        ("an image", note(coding="![Storage](https://example.org/a.png)")),
        ("brackets that are no link", note(coding="> An array [1, 2] and a reference [3].")),
        ("a bracket that is never closed", note(coding="> From [ to infinity.")),
        ("a closed fence", note(coding="```\ntext\n```")),
        ("a string of codes", note("'''\na, b\nc\n'''", coding="> x")),
        ("a comment of HTML", note(coding="<!-- remark -->\n> Text.")),
    ],
)
def test_what_is_well_formed_is_not_reported(what: str, text: str) -> None:
    assert structure(text) == []


def test_nothing_of_a_note_is_run(tmp_path: Path) -> None:
    target = tmp_path / "made"
    touch = f"__import__('pathlib').Path({str(target)!r}).touch()"
    statements = [
        touch,
        f"add_links({{s7: [{touch}]}}, role_name='contained_code')",
        f"a = CClass(practice, str({touch}))",
    ]
    in_notes(note("\n".join(statements)))
    assert not target.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the note is empty"),
        ("Some text.\n", "the note has no heading '# s' or '# p' with its number"),
        (note(number=""), "the heading '# s' has no number"),
    ],
)
def test_a_note_without_its_number_is_reported(text: str, message: str) -> None:
    assert [line.partition(" ")[2] for line in reported(in_notes(text), "C102")] == [message]


@pytest.mark.parametrize("heading", ["# s 7", "# s\n7", "# S7", "# p 7", "# s_7"])
def test_a_number_beside_or_below_the_kind_is_a_heading(heading: str) -> None:
    assert "C102" not in structure(note().replace("# s 7", heading))


def test_the_empty_template_is_passed_over() -> None:
    template = (
        "# s \n\n## url\n\n## title\n\n## source type \nPractitioner Audience Article\n## colour\n\n"
        '**AXIAL CODING TRACE**: source\n``` python\ns = CClass(source, "s", values={"title": ""})\n```\n'
        "# coding\n\n**OPEN CODING TRACE:**\n- <ins>Option: </ins>\n\n**AXIAL CODING TRACE:**\n"
        '``` python\nadd_links({s30: [a_code]}, role_name="contained_code")\n```\n'
    )
    assert check([read_text(template, "s_.md")]).diagnostics == ()


@pytest.mark.parametrize(
    ("passage", "place"),
    [
        ("> ![Storage](https://example.org/a.png", "s_1.md:13:3"),
        ("> Näher [hier](https://example.org/a", "s_1.md:13:9"),
        ("<!-- codeable -->\n![Storage](https://example.org/a.png", "s_1.md:14:1"),
    ],
)
def test_an_image_or_link_that_is_never_closed_is_reported_where_it_begins(passage: str, place: str) -> None:
    (line,) = reported(in_notes(note(coding=passage)), "C103")
    assert line.startswith(place)


def test_a_fence_that_is_never_closed_is_reported_and_the_next_trace_is_read() -> None:
    found = in_notes(note('a = CClass(force, "A")', 'b = CClass(force, "B")').replace("```\n", "", 1))
    assert codes(found) == ["C104", "C404", "C404"]


def test_a_comment_that_is_never_closed_is_reported() -> None:
    assert structure(note(coding="<!-- remark\n\n> Text.")) == ["C104"]


def test_a_statement_in_the_string_of_codes_is_reported() -> None:
    found = in_notes(note("'''\na\nb = CClass(force, \"B\")\n'''", coding="> x"))
    assert reported(found, "C106") == ["s_1.md:20:1 a statement is inside the string of codes"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# s 7\n\n**OPEN CODING TRACE:**\n\nNew option: a\n", "without the heading '# coding'"),
        (note(coding="> OPEN CODING TRACE: quoted"), "inside a quotation"),
        (
            note(coding="**OPEN CODING TRACE:**\n\n``` python\na = CClass(force, 'A')\n```"),
            "an open trace holds a block of statements",
        ),
    ],
)
def test_a_trace_where_no_trace_stands_is_reported(text: str, message: str) -> None:
    (line,) = reported(in_notes(text), "C107")
    assert message in line


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("add_force_relations({a: b})", "solution: {force: impact} is expected here"),
        ("add_links(a)", "add_links needs {element: [elements]}"),
        ('add_decision_option_link(d_decision, 3, "Do")', "needs the name of a solution as argument 2"),
        ('b = CClass(force, "B", values=table)', "the values must be a dictionary"),
    ],
)
def test_a_statement_that_says_something_not_understood_is_reported(statement: str, message: str) -> None:
    (line,) = reported(in_notes(note(statement)), "C110")
    assert message in line


def test_what_a_statement_not_understood_speaks_of_is_not_reported_besides() -> None:
    body = 'a = CClass(practice, "A")\nb = CClass(force, "B")\nadd_force_relations({a: b})'
    assert codes(in_notes(note(body))) == ["C110"]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("b = CClas(practice, 'B')", "a trace cannot call 'CClas'"),
        ("b = CClass(patern, 'B')", "'patern' is no metaclass of the vocabulary"),
        ("add_force_relations({a: {z: postive}})", "'postive' is no impact of the vocabulary"),
        ("b = CClass(practice, 'B', vales={})", "CClass has no argument 'vales'"),
        ("add_links({s1: [a]}, role_name='contained_codes')", "'contained_codes' is no role"),
        ("a.add_links(a, role_name='to', stereotype_instances=can_uses)", "'can_uses' is no stereotype"),
    ],
)
def test_a_misspelt_word_of_the_vocabulary_is_an_error(statement: str, message: str) -> None:
    (line,) = reported(
        in_notes(note(f"a = CClass(practice, 'A')\nz = CClass(force, 'Z')\n{statement}")), "C114"
    )
    assert message in line


def test_a_statement_that_can_mean_one_thing_only_is_read_and_reported() -> None:
    body = "a = CClass(practice, 'A'\nz = CClass(force, 'Z')\nadd_force_relations({a: {z: very positive})"
    found = in_notes(note(body))
    assert len(reported(found, "C115")) == 3
    assert {"C101", "C111", "C404"}.isdisjoint(codes(found))


def test_a_code_that_is_declared_outside_every_trace_is_reported_there_only() -> None:
    declared = note().replace("\n# coding", '\n# coding\n```\ncache = CClass(pattern, "Cache")\n```', 1)
    found = in_notes(declared, note("cache", number=8))
    assert [one.code for one in found if "cache" in one.message or one.loses] == ["C112"]

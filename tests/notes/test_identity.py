"""Which source a note is about: heading, declaration and file name vote."""

import pytest

from codeable.notes import FieldNote, read_text

_DECLARATION = '**AXIAL CODING TRACE:**\n```python\n{0} = CClass(source, "{0}")\n```\n'


def _note(path: str, heading: str = "", declared: str = "") -> FieldNote:
    declaration = _DECLARATION.format(declared) if declared else ""
    return read_text(f"{heading}\n{declaration}# coding\n> A.\n", path)


@pytest.mark.parametrize(
    ("path", "heading", "declared", "identifier"),
    [
        ("s_2.md", "# s\n1", "s2", "s2"),
        ("s_2.md", "# s 1", "s1", "s1"),
        ("s_2.md", "# s 2", "s1", "s2"),
        ("s_3.md", "# s 2", "s1", "s2"),
        ("p_6.md", "# s 6", "p6", "p6"),
        ("notes.md", "# s 2", "s1", "s2"),
        ("s_2.md", "# s", "s1", "s1"),
        ("s_2.md", "# s", "", "s2"),
        ("s_2.md", "", "", "s2"),
        ("mesh_s_2.md", "# s 1", "s2", "s2"),
        ("s_2_anna.md", "# s 1", "s2", "s2"),
        ("Source 2.md", "# s 1", "s2", "s2"),
        ("s_.md", "# s", "", None),
        ("reports.md", "", "", None),
    ],
)
def test_file_name_and_declaration_together_outvote_the_heading(
    path: str, heading: str, declared: str, identifier: str | None
) -> None:
    assert _note(path, heading, declared).identifier == identifier


def test_an_outvoted_heading_is_one_problem_with_its_fix() -> None:
    note = _note("sources/s_2.md", "# s\n1", "s2")
    (problem,) = note.problems
    assert problem.kind == "heading-outvoted"
    assert problem.message == (
        "the heading says s1, but file name and declaration say s2; the note is read as s2"
    )
    (edit,) = problem.edits
    fixed = note.text[: edit.start] + edit.replacement + note.text[edit.end :]
    assert read_text(fixed, "sources/s_2.md").problems == ()


def test_a_declaration_of_the_notes_own_source_is_found_among_several() -> None:
    text = "# s 2\n" + _DECLARATION.format("s1") + _DECLARATION.format("s2")
    declared = read_text(text, "s_2.md").declared_source
    assert declared is not None
    assert declared.identifier.name == "s2"


@pytest.mark.parametrize("field", ["## coder\nanna", "## Coder: anna", "## coded by\nanna"])
def test_a_note_says_who_coded_it(field: str) -> None:
    note = read_text(f"# s 1\n{field}\n# coding\n")
    assert note.coder == "anna"
    assert [one.known for one in note.fields] == [True]


def test_an_empty_field_names_no_coder() -> None:
    assert read_text("# s 1\n## coder\n# coding\n").coder is None


@pytest.mark.parametrize("number", ["3²", "٣", "1½"])
def test_a_number_that_cannot_be_part_of_an_identifier_is_none(number: str) -> None:
    note = read_text(f"# s {number}\n# coding\n> A.\n")
    assert note.identifier is None
    assert [(one.kind, one.message) for one in note.problems] == [
        ("number-missing", f"the number in the heading '# s {number}' is not of plain digits and letters")
    ]


def test_the_file_name_numbers_a_note_whose_heading_does_not() -> None:
    assert read_text("# s 3²\n", "s_3.md").identifier == "s3"


@pytest.mark.parametrize(
    ("path", "text", "is_template"),
    [
        ("s_.md", "# s\n## title\n# coding\n", True),
        (
            "s_.md",
            _DECLARATION.join(["# s\n## title\n", "# coding\n**AXIAL CODING TRACE:**\n```\ncache\n```\n"]),
            True,
        ),
        ("Template.md", "# s\n## title\n# coding\n", True),
        ("other.md", "# s\n## title\n# coding\n", True),
        ("other.md", "# s\n# coding\n**AXIAL CODING TRACE:**\n```\ncache\n```\n", False),
        ("s_2.md", "# s\n## title\n# coding\n", False),
        ("s_.md", "# s 2\n## title\n# coding\n", False),
        ("s_.md", "# s\n## title\nT\n# coding\n", False),
        ("s_.md", "# s\n## title\n# coding\n> A.\n", False),
        ("s_.md", "## title\n# coding\n", False),
    ],
)
def test_an_empty_form_is_a_template_and_no_note_with_a_forgotten_number(
    path: str, text: str, is_template: bool
) -> None:
    assert read_text(text, path).is_template is is_template

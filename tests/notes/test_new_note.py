"""The text of a new note: the form of the study, filled in."""

import pytest

from codeable.errors import CodeableError
from codeable.notes import FieldNote, read_text
from codeable.notes.new_note import FORM, new_note, note_identifier

OWN = """\
# s
## url

## title
a title
## example (yes, no)
## mood

**AXIAL CODING TRACE**: source and references
``` python
s = CClass(source, "s", values={
    "title": "",
    "example": True})
book = CClass(reference, "Book")
```

# coding

**OPEN CODING TRACE:**
- <ins>Option: </ins>

**AXIAL CODING TRACE:**
add codes to s:
``` python
'''
'''
```
```python
add_links({s30: [of_another]}, role_name="contained_code")
```
"""
GIVEN = {"url": "https://e.org/7", "title": 'The "good" one', "example": "no", "author type": "Vendor"}


def filled(form: str, kind: str = "s", number: str = "7", **given: str) -> FieldNote:
    return read_text(new_note(read_text(form), kind, number, given or GIVEN))


@pytest.mark.parametrize("form", [FORM, OWN, "# s\n", "", "# s\n\n# coding\n"], ids=range(5))
def test_the_note_has_the_number_and_the_metadata_that_are_given(form: str) -> None:
    note = filled(form)
    assert note.identifier == "s7"
    assert {name: note.metadata[name].value for name in GIVEN} == GIVEN
    assert not note.problems


def test_the_usual_form_declares_the_source_with_what_is_given() -> None:
    declared = filled(FORM).declared_source
    assert declared is not None
    assert (declared.identifier.name, declared.name) == ("s7", "s7")
    assert {one.name.value: one.value for one in declared.values} == {**GIVEN, "example": False}


def test_without_metadata_the_form_stays_as_it_is() -> None:
    expected = FORM.replace("# s\n", "# s 7\n").replace(
        's = CClass(source, "s")', 's7 = CClass(source, "s7")'
    )
    assert new_note(read_text(FORM), "s", "7", {}) == expected


def test_everything_of_the_own_form_is_kept_but_codes_of_another_source() -> None:
    assert (
        new_note(read_text(OWN), "s", "7", GIVEN)
        == """\
# s 7
## author type
Vendor
## url
https://e.org/7
## title
The "good" one
## example (yes, no)
no
## mood

**AXIAL CODING TRACE**: source and references
``` python
s7 = CClass(source, "s7", values={
    "url": "https://e.org/7", "author type": "Vendor", "title": 'The "good" one',
    "example": False})
book = CClass(reference, "Book")
```

# coding

**OPEN CODING TRACE:**
- <ins>Option: </ins>

**AXIAL CODING TRACE:**
add codes to s7:
``` python
'''
'''
```
"""
    )


def test_what_the_head_of_the_form_says_is_in_the_trace_too() -> None:
    form = OWN.replace("## mood\n", "## source type\nBlog Post\n").replace(
        '"title": "",', '"title": "", "type": "",'
    )
    declared = filled(form.replace("# s\n", "# s \n"), title="T").declared_source
    assert declared is not None
    assert {one.name.value: one.value for one in declared.values} == {
        "title": "T",
        "type": "Blog Post",
        "example": True,
    }


def test_an_interview_may_begin_as_the_form_of_a_source() -> None:
    note = filled(OWN, "p", "2")
    assert note.identifier == "p2"
    assert note.declared_source is not None
    assert note.declared_source.identifier.name == "p2"


def test_line_ends_of_the_form_are_kept() -> None:
    assert "\n" not in new_note(read_text(OWN.replace("\n", "\r\n")), "s", "7", {}).replace("\r\n", "")


@pytest.mark.parametrize(
    "value", ["# a heading", "```", "<!-- a comment", "**OPEN CODING TRACE:**", "\ud800"]
)
def test_a_value_that_is_read_as_something_else_is_refused(value: str) -> None:
    with pytest.raises(CodeableError, match="cannot be the title of a note"):
        filled(FORM, title=value)


def test_a_value_is_one_line() -> None:
    assert filled(FORM, title=" two \n lines ").title == "two lines"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("s44", ("s", "44")), ("s_44", ("s", "44")), ("p2", ("p", "2")), ("s4a", ("s", "4a"))],
)
def test_a_name_is_a_kind_and_a_number(name: str, expected: tuple[str, str]) -> None:
    assert note_identifier(name) == expected


@pytest.mark.parametrize("name", ["", "s", "x4", "s²", "../s4", "s4/5", "44", "s4 b"])
def test_another_name_is_refused(name: str) -> None:
    with pytest.raises(CodeableError, match="is no name of a note"):
        note_identifier(name)

"""Codes and statements that are written into the traces of a note, in the manner of those that are there."""

from textwrap import dedent

import pytest

from codeable.editor.actions.in_traces import codes_added, statements_added
from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.notes import read_text
from codeable.notes.decoding import edited
from codeable.notes.model import FieldNote

HEAD = """\
# s 8
# coding
> A passage.

**OPEN CODING TRACE:**

Familiar options: new_code
"""


AXIAL = "\n**AXIAL CODING TRACE:**\n"


def note_with(trace: str) -> FieldNote:
    return read_text(HEAD + dedent(trace), "s_8.md")


def place_of(note: FieldNote, text: str) -> Span:
    start = note.text.index(text)
    line = note.text.count("\n", 0, start) + 1
    return Span(note.path, line, 1, line, 1, start, start + len(text))


def after(note: FieldNote, edit: Edit | None) -> str:
    assert edit is not None
    return edited(note.text, [edit.change])


LISTS = {
    "a string, one name on each line": (
        """
        **AXIAL CODING TRACE:**

        add codes to s8:
        ``` python
            '''
                cache
                queue
            '''
        ```
        """,
        "        queue\n        new_code\n    '''",
    ),
    "with a comma behind each": (
        AXIAL + "```\n'''\ncache,\nqueue,\n'''\n```\n",
        "queue,\nnew_code,\n",
    ),
    "on one line": (
        AXIAL + "```\n'''\ncache, queue\n'''\n```\n",
        "cache, queue, new_code\n",
    ),
    "in one line with its quotes": (
        AXIAL + "```\n'''cache, queue'''\n```\n",
        "'''cache, queue, new_code'''",
    ),
    "names on lines": (AXIAL + "```\n  cache\n```\n", "  cache\n  new_code\n```"),
    "with bullets": (AXIAL + "```\n'''\n- cache\n'''\n```\n", "- cache\n- new_code\n"),
    "codes of a link": (
        AXIAL + '```\nadd_links({s8: [cache]}, role_name="contained_code")\n```\n',
        "add_links({s8: [cache, new_code]}, role_name",
    ),
    "statements alone": (
        AXIAL + '```\n    a = CClass(force, "A")\n```\n',
        '    a = CClass(force, "A")\n    new_code\n```',
    ),
    "no trace": (
        "",
        "new_code\n\n**AXIAL CODING TRACE:**\n\nadd codes to s8:\n``` python\n'''\nnew_code\n'''\n```",
    ),
    "only that of the next passage": (
        "\n> Another.\n\n**AXIAL CODING TRACE:**\n```\ncache\n```\n",
        "``` python\n'''\nnew_code\n'''\n```\n\n> Another.",
    ),
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("manner", LISTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_code_is_listed_as_those_there_are(manner: str, newline: str) -> None:
    trace, expected = LISTS[manner]
    note = read_text(note_with(trace).text.replace("\n", newline), "s_8.md")
    text = after(note, codes_added(note, ["new_code"], place_of(note, "new_code")))
    assert expected.replace("\n", newline) in text
    assert newline == "\n" or "\n" not in text.replace(newline, "")
    added = read_text(text, "s_8.md")
    assert {one.python for one in added.statements} - {one.python for one in note.statements} != set()
    assert len(added.problems) == len(note.problems)


def test_a_statement_is_written_above_the_one_that_needs_it() -> None:
    trace = """
        **AXIAL CODING TRACE:**
        ```
          a = CClass(force, "A")
          add_links({
            b: [a]}, role_name="to")
        ```
        """
    note = note_with(trace)
    text = after(note, statements_added(note, ["b = 1"], place_of(note, "b: [a]")))
    assert "\n  b = 1\n  add_links({\n" in text


def test_a_statement_is_not_written_into_a_string_of_codes() -> None:
    note = note_with(AXIAL + "```\n'''\nqueue\n'''\n```\n")
    text = after(note, statements_added(note, ["queue = 1"], place_of(note, "queue")))
    assert "```\nqueue = 1\n'''\nqueue\n" in text

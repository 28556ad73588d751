"""How notes, passages, traces and memos show themselves: tables and quotations, safe on a terminal."""

import pytest

from codeable.notes import FieldNote, read_text

TEXT = """\
# s 4
## title
Files
# coding

> Keep <b>files</b>\x1b[31m.
> They are cheap.

**OPEN CODING TRACE:**
New option: object_store

**AXIAL CODING TRACE:**
```python
object_store = CClass(practice, "Object Store")
```
"""


@pytest.fixture
def note() -> FieldNote:
    return read_text(TEXT, "s4.md")


def test_a_note_shows_itself_as_a_table(note: FieldNote) -> None:
    assert repr(note).splitlines() == [
        "note s4 Files",
        "  line  end_line  what         text",
        "     6         7  quotation    Keep <b>files</b>\\x1b[31m. They are cheap.",
        "     9        10  open trace   New option: object_store",
        '    12        15  axial trace  object_store = CClass(practice, "Object Store")',
    ]
    assert "<table>" in note._repr_html_()
    assert [row["what"] for row in note.to_dicts()] == ["quotation", "open trace", "axial trace"]


def test_passages_and_traces_show_themselves_as_quotations(note: FieldNote) -> None:
    assert [repr(one) for one in (*note.passages, *note.open_traces, *note.axial_traces)] == [
        "s4.md:6-7\n> Keep <b>files</b>\\x1b[31m.\n> They are cheap.",
        "s4.md:9-10  open trace\n> New option: object_store",
        's4.md:12-15  axial trace\n> object_store = CClass(practice, "Object Store")',
    ]
    shown = note.passages[0]._repr_html_()
    assert "<p>Keep &lt;b&gt;files&lt;/b&gt;\\x1b[31m.<br>\nThey are cheap.</p>" in shown


def test_an_empty_note_shows_itself_too() -> None:
    assert repr(read_text("", "s4.md")).startswith("note s4")

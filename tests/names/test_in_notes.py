"""The names in a note are those that the reader gave places to: each place once, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.names.in_notes import occurrences_in_note
from codeable.notes import FieldNote, read_text
from codeable.notes.model import Name
from tests.notes.test_building import note
from tests.notes.test_building_random import slipped
from tests.tools import examples

NOTES = sorted((Path(__file__).parents[1] / "notes" / "data").glob("*.md"))

PLACES = """\
# s 1
# coding
> bus

**OPEN CODING TRACE:**

Familiar options: bus
- an_idea of ours

**MEMO:** a_thought

**AXIAL CODING TRACE:**

add codes to s1:
```python
bus = CClass(pattern, 'bus')
models.bus.add_links(bus, role_name='to', stereotype_instances=uses)
add_links({s9: [bus]}, role_name='contained_code')
```

```python
lost = CClass(pattern, 'x')
```
"""


def names_in(record: object) -> Iterator[Name]:
    """Every name that a record holds, however deep."""
    if isinstance(record, Name):
        yield record
    elif isinstance(record, tuple):
        for each in record:
            yield from names_in(each)
    elif attrs.has(type(record)):
        for field in attrs.fields(type(record)):
            yield from names_in(getattr(record, field.name))


def check(one: FieldNote) -> None:
    def place(name: Name) -> tuple[int, int, str]:
        length = len(name.name) if name.qualifier is not None else name.span.end - name.span.start
        return name.span.end - length, name.span.end, name.name

    found = occurrences_in_note(one)
    read = {place(name) for name in names_in(one)}
    assert [(each.span.start, each.span.end, each.name) for each in found] == sorted(
        each for each in read if each[0] < each[1]
    )
    for each in found:
        written = one.text[each.span.start : each.span.end]
        assert written == each.name or each.kept or written.replace(" ", "_") == each.name
        lines = one.text.split("\n")
        assert lines[each.span.line - 1][each.span.column - 1 : each.span.end_column - 1] == written


class TestNames:
    @pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
    def test_a_note_as_people_write_it(self, path: Path) -> None:
        check(read_text(path.read_text(encoding="utf-8"), str(path)))

    @given(st.lists(slipped, max_size=7))
    @settings(max_examples=examples(40), deadline=None)
    def test_statements_with_slips(self, lines: list[str]) -> None:
        check(read_text(note(1, *lines), "s_1.md"))

    def test_a_name_does_what_its_place_says(self) -> None:
        one = read_text(PLACES, "s_1.md")
        found = [(each.name, each.role, each.counts, each.span.line) for each in occurrences_in_note(one)]
        words = {"CClass", "pattern", "uses", "add_links"}
        assert [each for each in found if each[0] not in words] == [
            ("bus", "listed", True, 7),
            ("an_idea", "text", True, 8),
            ("a_thought", "text", True, 10),
            ("s1", "use", True, 14),
            ("bus", "declaration", True, 16),
            ("bus", "use", True, 17),
            ("bus", "use", True, 17),
            ("s9", "use", False, 18),
            ("bus", "use", False, 18),
            ("lost", "declaration", True, 22),
        ]


class TestKept:
    @pytest.mark.parametrize(
        ("statement", "why"),
        [
            ("add_decision_option_link(how, x, 'Use bus)", "is in a string that is not closed"),
            ("'''\na_code\nthe bus of\n'''", "is one of several words in a statement that is not read"),
            ("add_links({bus: ['x]})", ""),
            ("f(bus, 'the bus', x", ""),
        ],
    )
    def test_in_a_broken_statement_only_a_certain_name_is_changed(self, statement: str, why: str) -> None:
        one = read_text(note(1, "a_code", statement), "s_1.md")
        assert [each.kept for each in occurrences_in_note(one) if each.name == "bus"][:1] == [why]

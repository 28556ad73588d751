"""A line `Definition: ...` of an open trace says what a code means."""

from pathlib import Path

import pytest

from codeable.loading import load_folder
from codeable.notes import read_text
from codeable.notes.build import apply, build

_MEANING = "a store near the reader"


def _trace(text: str):  # type: ignore[no-untyped-def]
    note = read_text(f"# s 1\n# coding\n> A.\n\n**OPEN CODING TRACE:**\n{text}\n")
    return note.open_traces[0], note.problems


@pytest.mark.parametrize(
    "text",
    [
        f"New option: near_cache\nDefinition: {_MEANING}",
        f"- <ins>Option: </ins>near_cache\n- <ins>Definition: </ins>{_MEANING}",
        f"near_cache\n\nDefinition: {_MEANING}",
        f"we saw near_cache again\nDefinition: {_MEANING}",
        f"Definition of near_cache: {_MEANING}",
        f"**Definition (near_cache):** {_MEANING}",
        f"definition near_cache: {_MEANING}",
        f"Definition: near_cache: {_MEANING}",
        f"Definition: near_cache = {_MEANING}",
        f"Definition: `near_cache` - {_MEANING}",
        f"New option: near_cache\nDefinition:\n{_MEANING}",
        "New option: near_cache\nDefinition: a store\nnear the reader\n\nmore",
    ],
)
def test_the_code_is_that_of_the_line_or_of_the_line_above(text: str) -> None:
    trace, problems = _trace(text)
    assert [(one.code.name, one.text) for one in trace.definitions] == [("near_cache", _MEANING)]
    assert problems == ()
    assert _MEANING not in trace.memo


def test_a_sentence_keeps_its_subject() -> None:
    trace, _ = _trace("Definition: near_cache is a store")
    assert [(one.code.name, one.text) for one in trace.definitions] == [
        ("near_cache", "near_cache is a store")
    ]


def test_a_definition_is_no_item_and_its_code_is_a_name_of_the_trace() -> None:
    trace, _ = _trace("Option: queue\nDefinition of near_cache: near\nForce: cost")
    assert [item.text for item in trace.items] == ["queue", "cost"]
    assert [name.name for name in trace.names] == ["queue", "near_cache", "cost"]


def test_each_code_of_a_list_may_have_its_definition() -> None:
    trace, _ = _trace("near_cache\nDefinition: one\nfar_cache\nDefinition: two")
    assert [(one.code.name, one.text) for one in trace.definitions] == [
        ("near_cache", "one"),
        ("far_cache", "two"),
    ]


@pytest.mark.parametrize("text", ["Definition: near", "Options: one_cache, two_cache\nDefinition: near"])
def test_a_definition_of_no_code_is_reported(text: str) -> None:
    trace, problems = _trace(text)
    assert trace.definitions == ()
    assert [(one.kind, one.message) for one in problems] == [
        ("definition-of-no-code", "it is not clear which code this defines; write 'Definition of CODE: …'")
    ]


@pytest.mark.parametrize("text", ["- <ins>Definition: </ins>", "Option: near_cache\nDefinition:\n\nmore"])
def test_the_empty_line_of_a_template_defines_nothing(text: str) -> None:
    trace, problems = _trace(text)
    assert (trace.definitions, problems) == ((), ())


_CODED = """\
# s {}
# coding
> A.

**OPEN CODING TRACE:**
near_cache
Definition: {}

**AXIAL CODING TRACE:**
```python
near_cache = CClass(practice, "Near Cache"{})
```
"""


def test_a_build_writes_the_last_definition_into_the_declaration(tmp_path: Path) -> None:
    notes = [
        read_text(_CODED.format(1, "a store", ""), "s_1.md"),
        read_text(_CODED.format(2, "a store near the reader", ""), "s_2.md"),
    ]
    built = build(notes, tmp_path)
    apply(built.changes, tmp_path)
    element = load_folder(tmp_path).look_up("near_cache").element
    assert element.get_value("description") == "a store near the reader"
    assert built.left_out == ()


def test_a_definition_that_the_declaration_contradicts_is_left_out(tmp_path: Path) -> None:
    values = ', values={"description": "a copy"}'
    built = build([read_text(_CODED.format(1, "a store", values), "s_1.md")], tmp_path)
    assert [(one.what, one.reason) for one in built.left_out] == [
        ("Definition: a store", "the declaration of 'near_cache' has another description")
    ]

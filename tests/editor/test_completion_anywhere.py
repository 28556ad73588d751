"""Completion at any place of any text: it answers, and what it replaces is around the place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.editor.completion import completion_at
from tests.editor.completing import CLIENT, Completing

NOTE = """\
# s 45
## title
One
**AXIAL CODING TRACE**
``` python
s45 = CClass(source, "s45", values={"title": "One"})
```
# coding
> 🙂 A passage.

**OPEN CODING TRACE:**
Familiar options: k8s, event_bus
New force: gravity

**AXIAL CODING TRACE:**
``` python
add_links({s45: [k8s, "event_bus"]}, role_name="contained_code")
add_force_relations({k8s: {cost: positive}})
'''
k8s
'''
```
**MEMO:** event_bus <!-- codeable: ignore[C401] why -->
"""
MODULE = """\
from codeable.dsl import *
from models.hosting import (
    k8s,
)
import models.later as later

a = CClass(practice, "A 🙂", values={"description": "x"})
add_decision_option_link(later.next_decision_of_all, a, "do")  # codeable: ignore[C401]
"""
PIECES = [
    "'",
    '"',
    "'''",
    *"(){}[],:=.\\#\r\n",
    "\r\n",
    "🙂",
    "\x0c",
    "\u2028",
    "``` python",
    "# ",
    "> ",
    "add_links({",
    "**",
]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Completing:
    return Completing(tmp_path_factory.mktemp("study"))


@given(
    is_note=st.booleans(),
    at=st.integers(0, 700),
    left_out=st.integers(0, 30),
    written=st.lists(st.sampled_from(PIECES), max_size=3).map("".join),
)
def test_completion_answers_everywhere(
    study: Completing, is_note: bool, at: int, left_out: int, written: str
) -> None:
    text = NOTE if is_note else MODULE
    before, after = f"{text[:at]}{written}", text[at + left_out :]
    if before.endswith("\r") and after.startswith("\n"):
        return  # no place of the protocol is there
    cursor = study.cursor(f"{before}¦{after}", "notes/s_45.md" if is_note else "models/new.py")
    found = completion_at(cursor, CLIENT)
    for item in found.items if found is not None else ():
        edit = item.text_edit
        assert edit is not None
        where = edit.range  # type: ignore[union-attr]
        start, end = cursor.document.offset(where.start), cursor.document.offset(where.end)
        assert where.start.line == where.end.line
        assert start <= len(before) <= end

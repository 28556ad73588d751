"""A memo is a thought of the coder: it is listed, and never evidence."""

import pytest

from codeable.notes import read_text


def _note(text: str):  # type: ignore[no-untyped-def]
    return read_text(f"# s 1\n# coding\n> A.\n\n{text}")


@pytest.mark.parametrize(
    "memo",
    [
        "**MEMO:** compare event_streaming",
        "**Memo**: compare event_streaming",
        "**memo:**\ncompare event_streaming",
        "**MEMO:**\n\ncompare event_streaming",
        "MEMO: compare event_streaming",
        "**MEMO (2026-01-05):** compare event_streaming",
        "### Memo\ncompare event_streaming",
    ],
)
def test_a_memo_is_its_paragraph(memo: str) -> None:
    note = _note(f"{memo}\n\n> B.\n")
    (read,) = note.memos
    assert read.text == "compare event_streaming"
    assert read.title == ("2026-01-05" if "2026" in memo else "")
    assert [name.name for name in read.names] == ["event_streaming"]
    assert [passage.text for passage in read.about] == ["A."]
    assert [passage.text for passage in note.passages] == ["A.", "B."]


def test_a_memo_ends_the_quotation_above_it() -> None:
    note = read_text("# s 1\n# coding\n> A.\n**MEMO:** one\ntwo\n\n> B.\n")
    assert [passage.text for passage in note.passages] == ["A.", "B."]
    assert [memo.text for memo in note.memos] == ["one\ntwo"]


def test_a_trace_continues_behind_a_memo() -> None:
    note = _note(
        "**OPEN CODING TRACE:**\nOption: cache\n\n**MEMO:** why not?\n\nForce: cost\n\n"
        "**AXIAL CODING TRACE:**\nadded:\n\n**MEMO:** again\n\n```python\ncache\n```\n"
    )
    assert [item.text for item in note.open_traces[0].items] == ["cache", "cost"]
    assert [one.code.name for one in note.statements] == ["cache"]
    assert [memo.text for memo in note.memos] == ["why not?", "again"]
    assert all([passage.text for passage in memo.about] == ["A."] for memo in note.memos)


def test_a_memo_between_traces_separates_no_group() -> None:
    note = _note("**OPEN CODING TRACE:**\nx\n\n**MEMO:** m\n\n**AXIAL CODING TRACE:**\n```\ncache\n```\n")
    assert [passage.text for passage in note.statements[0].evidence] == ["A."]


def test_an_empty_memo_says_nothing() -> None:
    assert _note("**MEMO:**\n\n> B.\n").memos == ()


def test_a_memo_may_be_above_the_coding() -> None:
    note = read_text("# s 1\n## title\nT\n\n**MEMO:** first impression\n\n# coding\n")
    assert note.title == "T"
    assert [(memo.text, memo.about) for memo in note.memos] == [("first impression", ())]

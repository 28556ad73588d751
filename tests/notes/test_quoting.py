"""Every passage and every memo that is written into a field note is read from it, to the character."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from codeable.notes import read_text
from codeable.notes.quoting import memo_lines, quoted_lines

_PIECES = st.sampled_from(
    [
        *(">", "\\", "#", "```", "~~~ python", "*", "_", "<!--", "-->", "[", "![", "](", "|", "-", "1."),
        *("\n", "\n\n", " ", "\t", "\f", "\u2028", "\x85", "\x1c", "\u200b", "\u202e", "\ufeff", "\u00a0"),
        *("Interviewer:", "Expert B", "Operator", "[00:12] Anna:", "Head of sales:", "Anna: yes"),
        *(
            "**MEMO:**",
            "OPEN CODING TRACE:",
            "**AXIAL CODING TRACE**",
            "<<<<<<< HEAD",
            "=======",
            ">>>>>>> b",
        ),
        *("add codes to s1:", "e_bus = CClass(pattern, 'E')", "event_bus", "# coding", "## title"),
        *("ü", "e\u0301", "🙂", "👩\u200d🔬", "שלום", "𝒳", "word", "a", "Z", "0"),
    ]
)
_TEXTS = st.lists(_PIECES, min_size=1, max_size=12).map("".join).filter(str.strip)
_TRACE = '**AXIAL CODING TRACE:**\n\nadd codes to {0}:\n```python\n"""\n  event_bus\n"""\n```\n'


def _as_kept(text: str) -> str:
    """A text without blanks at its end, and with those before it on its line."""
    indent = text[: text.find(text.strip())].rpartition("\n")[2]
    return ("" if indent.strip(" \t") else indent) + text.strip()


@given(st.lists(_TEXTS, min_size=1, max_size=4), st.sampled_from(["s1", "p1"]))
@example(["> one\n\\> two\n\n  \\\\> three"], "s1")
@example(["  > one", "\\ two", " \\> three", "\\  \\> four", "\t Interviewer:\nfive"], "p1")
@example(["Operator", "Operator\nWe wait.\nOperator", "\\Operator", "\t Interviewer:\n\\\\Expert A:"], "p1")
@settings(max_examples=30, deadline=None)
def test_a_passage_comes_back(passages: list[str], identifier: str) -> None:
    quoted = ("\n".join(quoted_lines(each, is_interview=identifier == "p1")) for each in passages)
    coded = "\n".join(f"{each}\n\n{_TRACE.format(identifier)}" for each in quoted)
    note = read_text(f"# {identifier[0]} {identifier[1:]}\n\n# coding\n\n{coded}")
    assert [each.text for each in note.passages] == list(map(_as_kept, passages))
    assert [one.evidence for one in note.statements] == [(each,) for each in note.passages]


@given(st.lists(_TEXTS, min_size=1, max_size=4))
@example(["First. \n\n> quoted\n\n\\\n\\\\# no heading\n\n\n**MEMO:** within"])
@settings(max_examples=30, deadline=None)
def test_a_memo_comes_back(memos: list[str]) -> None:
    written = "\n\n".join("\n".join(memo_lines(each, "event_bus")) for each in memos)
    note = read_text(f"# s 1\n\n# coding\n\n> One.\n\n{written}\n\n{_TRACE.format('s1')}")
    assert [each.text for each in note.memos] == [each.strip() for each in memos]
    assert all([passage.text for passage in each.about] == ["One."] for each in note.memos)
    assert all("event_bus" in [name.name for name in each.names] for each in note.memos)
    assert [one.evidence for one in note.statements] == [note.passages]


def test_an_empty_line_and_blanks_at_line_ends_are_kept() -> None:
    lines = quoted_lines(" \n\none  \n\n\ttwo\t\r\nthree \n")
    assert lines == ["> one  ", ">", "> \ttwo\t", "> three"]
    assert read_text("# s 1\n# coding\n" + "\n".join(lines)).passages[0].text == "one  \n\n\ttwo\t\nthree"

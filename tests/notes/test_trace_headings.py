"""The heading of a trace is recognised however it is written; a text about open coding is none."""

import pytest

from codeable.notes import read_text


def _kinds(heading: str, text: str = "") -> list[str]:
    note = read_text(f"# s 1\n# coding\n> A.\n\n{heading}\n{text}")
    return ["open"] * len(note.open_traces) + ["axial"] * len(note.axial_traces)


@pytest.mark.parametrize(
    "heading",
    [
        "**AXIAL CODING TRACE:**",
        "**AXIAL CODING:**",
        "**AXIAL CODING**:",
        "**AXIAL CODING**",
        "**Axial coding:** of the passage",
        "__axial coding__",
        "*Axial Coding Trace*",
        "### Axial coding",
        "## **AXIAL CODING**",
        "#### axial coding trace:",
        "AXIAL CODING TRACE",
        "AXIAL CODING:",
        "AXIAL CODING: added",
        "Axial coding trace:",
        "Axial coding:",
        "axial coding trace",
        "**AXIAL-CODING TRACE:**",
        "  **AXIAL CODING TRACES:**",
    ],
)
def test_with_and_without_trace_bold_or_as_a_heading_in_any_case(heading: str) -> None:
    assert _kinds(heading) == ["axial"]
    opening = heading.replace("Axial", "Open").replace("axial", "open").replace("AXIAL", "OPEN")
    assert _kinds(opening) == ["open"]


@pytest.mark.parametrize(
    ("heading", "kind", "right"),
    [
        ("**AXAIL CODING TRACE:**", "axial", "AXIAL CODING TRACE"),
        ("**AXIAL CODNG TRACE:**", "axial", "AXIAL CODING TRACE"),
        ("**OPEN CODIN TRAC**:", "open", "OPEN CODING TRACE"),
        ("**Opne coding:**", "open", "Open coding trace"),
        ("### Axial codign", "axial", "Axial coding trace"),
        ("**OPENCODING TRACE:**", "open", "OPEN CODING TRACE"),
        ("OPEN CODNG TRACE:", "open", "OPEN CODING TRACE"),
        ("**AXIAL CODE TRACE:**", "axial", "AXIAL CODING TRACE"),
        ("**OPEN TRACE:**", "open", "OPEN CODING TRACE"),
    ],
)
def test_a_letter_or_two_that_are_wrong_are_reported_and_read(heading: str, kind: str, right: str) -> None:
    text = f"# s 1\n# coding\n> A.\n\n{heading}\n"
    note = read_text(text)
    assert _kinds(heading) == [kind]
    (problem,) = note.problems
    assert (problem.kind, problem.suggestion) == ("trace-misspelt", right)
    (edit,) = problem.edits
    fixed = text[: edit.start] + edit.replacement + text[edit.end :]
    assert read_text(fixed).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "**Open coding** is the first step.",
        "Open coding is the first step: read.",
        "Open coding",
        "**Open loading:** parts are loaded",
        "**Opening hours:** nine to five",
        "## Open coding of interviews",
        "**Axial turbines:** they turn",
        "OPEN SOURCE TRACE: a tool",
    ],
)
def test_other_words_are_text_of_the_source(text: str) -> None:
    assert _kinds(text) == []


def test_a_heading_without_trace_begins_a_trace_with_evidence() -> None:
    note = read_text(
        "# s 1\n# coding\n> Slow.\n\n**OPEN CODING:**\nOption: cache\n\n**AXIAL CODING:**\n\n"
        '```python\ncache = CClass(pattern, "Cache")\n```\n> More.\n'
    )
    (declared,) = note.statements
    assert [passage.text for passage in declared.evidence] == ["Slow."]
    assert [item.text for item in note.open_traces[0].items] == ["cache"]


def test_a_heading_without_trace_ends_a_block_that_is_never_closed() -> None:
    note = read_text(
        "# s 1\n# coding\n**AXIAL CODING:**\n```python\ncache\n\n**AXIAL CODING:**\n```\nqueue\n```\n"
    )
    assert [len(trace.statements) for trace in note.axial_traces] == [1, 1]


def test_a_comment_of_python_is_no_heading() -> None:
    note = read_text("# s 1\n# coding\n**AXIAL CODING:**\n```python\ncache\n# open coding\nqueue\n```\n")
    assert len(note.statements) == 2

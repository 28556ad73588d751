"""The blocks of a note: headings, quotations, fences, trace headings and paragraphs, each with its lines."""

import pytest

from codeable.notes.blocks import Block, blocks_of


def blocks(*lines: str) -> list[str]:
    """Each block as its kind and its lines, counted from 0."""
    return [f"{block.kind} {block.first}-{block.last}" for block in blocks_of(list(lines))]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a", "b", "", "c"], ["paragraph 0-1", "paragraph 3-3"]),
        (["a", "> b"], ["paragraph 0-0", "quotation 1-1"]),
        (["a", "# b", "c"], ["paragraph 0-0", "heading 1-1", "paragraph 2-2"]),
        (["a", "```", "b", "```", "c"], ["paragraph 0-0", "fence 1-3", "paragraph 4-4"]),
        (["> a", "b", "> c", "", "> d"], ["quotation 0-2", "quotation 4-4"]),
        (["> a", ">", "b"], ["quotation 0-1", "paragraph 2-2"]),
        (["> a", ">", "> b"], ["quotation 0-2"]),
        (["> > a", "> >", "b"], ["quotation 0-2"]),
        (["> a", "# b"], ["quotation 0-0", "heading 1-1"]),
        (["> a", "**OPEN CODING TRACE:**", "b"], ["quotation 0-0", "open trace 1-1", "paragraph 2-2"]),
        (["> a", "<!-- b -->", "c"], ["quotation 0-0", "paragraph 1-1", "paragraph 2-2"]),
        (["- a", "1. b", "| c |", "---", "[d]: e", "    f", "===", "<div>"], ["paragraph 0-7"]),
        (["", " ", "\t", "\x0c"], []),
        (["a", "\N{NO-BREAK SPACE}", "b"], ["paragraph 0-2"]),
        (["a", "\N{NO-BREAK SPACE}", "", "b"], ["paragraph 0-0", "paragraph 3-3"]),
    ],
)
def test_a_block_ends_where_another_begins(lines: list[str], expected: list[str]) -> None:
    assert blocks(*lines) == expected


@pytest.mark.parametrize(
    ("line", "level", "title"),
    [
        ("# a", 1, "a"),
        ("###### a", 6, "a"),
        ("## a ##", 2, "a"),
        ("##\ta", 2, "a"),
        ("#", 1, ""),
        ("            ### a", 3, "a"),
    ],
)
def test_a_heading_has_its_level_and_title(line: str, level: int, title: str) -> None:
    assert blocks_of([line]) == [Block("heading", 0, 0, title, level)]


@pytest.mark.parametrize(
    "line", ["#a", "####### a", r"\# a", "`code` a", "**a**", "*a", "_a_", "<b> a", "OA"]
)
def test_a_line_that_looks_like_a_heading_or_a_fence_is_a_paragraph(line: str) -> None:
    assert blocks(line, "b") == ["paragraph 0-1"]


@pytest.mark.parametrize(
    ("lines", "last", "closed", "repaired"),
    [
        (["```python", "a", "```"], 2, True, False),
        (["  ~~~", "a", "```", "~~~~"], 3, True, False),
        (["````", "```", "````"], 2, True, False),
        (["````", "a", "```"], 2, True, True),
        (["```", "a", "b"], 2, False, True),
        (["```", "a", "> b"], 1, False, True),
        (["```", "a", "**AXIAL CODING TRACE:**"], 1, False, True),
        (["```", "a", "``` python", "b", "```"], 1, False, True),
        (["```", "a", "# coding"], 1, False, True),
        (["```", "**AXIAL CODING TRACE:**"], 0, False, True),
        (["```", "a", "# b", "", "```"], 4, True, False),
    ],
)
def test_a_fence_ends_at_its_closing_line_or_before_what_cannot_be_in_it(
    lines: list[str], last: int, closed: bool, repaired: bool
) -> None:
    first = blocks_of(lines)[0]
    assert (first.kind, first.last, first.closed, first.repaired) == ("fence", last, closed, repaired)

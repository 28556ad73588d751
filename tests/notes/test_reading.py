"""A field note is read completely: metadata, passages, traces, each with its place."""

from pathlib import Path

import pytest
from attrs.exceptions import FrozenInstanceError

from codeable.errors import CodeableError
from codeable.kernel.place import Span
from codeable.notes import FieldNote, read_note, read_text
from codeable.notes.model import Name, Passage
from tests.notes.described import describe, lines_read

DATA = Path(__file__).parent / "data"
NOTES = sorted(DATA.glob("*.md"))


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_a_note_reads_as_the_file_beside_it_says(path: Path) -> None:
    note = read_text(path.read_text(encoding="utf-8"), path.name)
    assert describe(note) == path.with_suffix(".reading.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_no_line_of_a_note_is_left_out(path: Path) -> None:
    note = read_note(path)
    written = {number for number, line in enumerate(note.text.split("\n"), 1) if line.strip()}
    assert written - lines_read(note) == set()


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_every_name_is_where_its_span_says(path: Path) -> None:
    note = read_note(path)
    names = [name for one in note.statements for name in one.names]
    names += [name for trace in note.open_traces for name in trace.names]
    assert all(note.text[name.span.start : name.span.end].endswith(name.name) for name in names)


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_the_source_of_a_statement_is_the_text_of_its_span(path: Path) -> None:
    note = read_note(path)
    assert all(note.text[one.span.start : one.span.end] == one.source for one in note.statements)


def test_lines_and_columns_agree_with_the_offsets() -> None:
    note = read_note(DATA / "s_3.md")
    lines = note.text.split("\n")
    for one in note.statements:
        before = sum(len(line) + 1 for line in lines[: one.span.line - 1])
        assert one.span.start == before + one.span.column - 1


def test_places_in_a_line_with_other_letters_count_characters() -> None:
    note = read_text("# s 1\n# coding\n**AXIAL CODING TRACE:**\n```\nä = CClass(force, 'Größe'); weiß\n```\n")
    mention = note.statements[-1]
    assert (mention.span.column, mention.source) == (29, "weiß")


def test_records_cannot_be_changed() -> None:
    note = read_text("# s 1\n")
    with pytest.raises(FrozenInstanceError):
        note.path = "other.md"  # type: ignore[misc]


def test_the_path_of_a_place_is_the_one_that_was_given(tmp_path: Path) -> None:
    (tmp_path / "n.md").write_text("# s 1\n")
    note = read_note(tmp_path / "n.md")
    assert note.heading is not None
    assert note.heading.span.path == str(tmp_path / "n.md")


@pytest.mark.parametrize(
    ("heading", "kind", "identifier"),
    [
        ("# s 44", "s", "s44"),
        ("# s44", "s", "s44"),
        ("# s\n44", "s", "s44"),
        ("# s \n\n44\n", "s", "s44"),
        ("# p\n6", "p", "p6"),
        ("# S 7", "s", "s7"),
        ("# Source 7", "s", "s7"),
        ("# interview 2", "p", "p2"),
        ("# s\ns44", "s", "s44"),
        ("# s", "s", None),
    ],
)
def test_kind_and_number_are_in_the_heading_or_below(heading: str, kind: str, identifier: str | None) -> None:
    note = read_text(f"{heading}\n## url\nx\n")
    assert (note.kind, note.identifier) == (kind, identifier)


def test_the_number_keeps_its_own_place() -> None:
    note = read_text("# s \n44\n")
    assert note.heading is not None
    assert note.heading.number_span is not None
    assert str(note.heading.number_span) == "<text>:2:1"


def test_a_note_without_a_number_is_about_the_source_that_it_declares() -> None:
    note = read_text("# s\n**AXIAL CODING TRACE:**\n```\ns9 = CClass(source, 's9')\n```\n")
    assert note.identifier == "s9"


def test_a_file_that_is_no_note_is_reported() -> None:
    note = read_text("# Read me\n\nSome text.\n")
    assert [problem.kind for problem in note.problems] == ["heading-missing"]


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ("## url\nhttps://x.org", "url", "https://x.org"),
        ("## url https://x.org", "url", "https://x.org"),
        ("## url: https://x.org", "url", "https://x.org"),
        ("## URL", "url", ""),
        ("## tiny  url \n\nhttps://x.org\n", "tiny url", "https://x.org"),
        ("## source code (yes, no)\nno", "source code", "no"),
        ("## Example (yes, no): yes", "example", "yes"),
        ("## source type: Blog Post", "source type", "Blog Post"),
        ("## references\n- one\n- two", "references", "- one\n- two"),
        ("### title\nA title", "title", "A title"),
        ("## title ##\nA title", "title", "A title"),
    ],
)
def test_a_field_of_metadata_is_a_heading_and_what_follows(written: str, name: str, value: str) -> None:
    note = read_text(f"# s 1\n{written}\n# coding\n")
    (field,) = note.fields
    assert (field.name, field.value, field.known) == (name, value, True)


@pytest.mark.parametrize("written", ["## colour\nred", "## colour: red", "## archiv url\nred"])
def test_an_unknown_field_is_kept_and_marked(written: str) -> None:
    (field,) = read_text(f"# s 1\n{written}\n# coding\n").fields
    assert (field.known, field.value) == (False, "red")


def test_name_and_value_of_a_field_keep_their_places() -> None:
    (field,) = read_text("# s 1\n## author type\n  Practitioner \n# coding\n").fields
    assert (str(field.name_span), str(field.value_span)) == ("<text>:2:4", "<text>:3:3")


def test_an_empty_value_has_the_place_where_it_would_be_written() -> None:
    (field,) = read_text("# s 1\n## title\n\n# coding\n").fields
    assert (field.value_span.line, field.value_span.start, field.value_span.end) == (3, 15, 15)


def test_of_a_repeated_field_the_first_counts_and_both_are_kept() -> None:
    note = read_text("# s 1\n## title\na\n## title\nb\n# coding\n")
    assert note.metadata["title"].value == "a"
    assert [field.value for field in note.fields] == ["a", "b"]


def test_yes_and_no_are_truth_values() -> None:
    note = read_text("# s 1\n## example\nYes\n## source code\n no\n## title\nmaybe\n# coding\n")
    assert [field.as_bool for field in note.fields] == [True, False, None]


def passages(text: str) -> list[tuple[str, str, int, int]]:
    note = read_text(f"# s 1\n# coding\n{text}")
    return [(one.kind, one.text, one.line, one.end_line) for one in note.passages]


def test_a_quotation_goes_on_over_lines_without_its_mark() -> None:
    assert passages("> One\ntwo\n  three\n\n> four\n") == [
        ("quotation", "One\ntwo\n  three", 3, 5),
        ("quotation", "four", 7, 7),
    ]


def test_a_passage_needs_no_mark() -> None:
    assert passages("Just text\nof the article.\n") == [("text", "Just text\nof the article.", 3, 4)]


def test_an_image_is_a_passage() -> None:
    assert passages("![A](https://x.org/a.png)\n")[0][0] == "image"


def test_a_heading_of_the_article_is_a_passage_and_heads_the_next_ones() -> None:
    note = read_text("# s 1\n# coding\n## Part one\n> One\n")
    assert [(one.kind, one.heading) for one in note.passages] == [
        ("heading", None),
        ("quotation", "Part one"),
    ]


def test_code_quoted_outside_a_trace_is_a_passage() -> None:
    note = read_text("# s 1\n# coding\n> This pipeline:\n\n```python\nx = Pipeline(stages, 'X')\n```\n")
    assert [one.kind for one in note.passages] == ["quotation", "code"]
    assert note.statements == ()


def test_a_passage_keeps_its_exact_lines() -> None:
    (passage,) = read_text("# s 1\n# coding\n>One  \n two\n").passages
    assert passage.source == ">One  \n two"


@pytest.mark.parametrize(
    "heading",
    [
        "**AXIAL CODING TRACE:**",
        "**AXIAL CODING TRACE**:",
        "**AXIAL CODING TRACE**",
        "**AXIAL CODING TRACE:** and more",
        "**AXIAL CODING TRACE**: source and references",
        "** AXIAL CODING TRACE:**",
        "__Axial coding trace:__",
        "### AXIAL CODING TRACE",
        "AXIAL CODING TRACE:",
        "  **AXIAL  CODING TRACE:**  ",
    ],
)
def test_the_heading_of_a_trace_is_known_in_every_manner(heading: str) -> None:
    note = read_text(f"# s 1\n# coding\n> One\n{heading}\n```python\na\n```\n")
    assert [one.code.name for one in note.statements if hasattr(one, "code")] == ["a"]
    assert len(note.passages) == 1


def test_a_sentence_about_open_coding_is_no_heading() -> None:
    assert len(passages("> x\n\nOpen coding is a technique; the trace of it is kept.\n")) == 2


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("```python", "```"),
        ("``` python ", "``` "),
        ("````python", "````"),
        ("```", "```"),
        ("~~~ python", "~~~"),
        ("    ``` python", "    ```"),
        ("\t```python", "\t```"),
        ("```Python", "```"),
        ("```py", "```"),
    ],
)
def test_a_block_is_read_whatever_its_fence_looks_like(opening: str, closing: str) -> None:
    note = read_text(f"# s 1\n# coding\n> x\n**AXIAL CODING TRACE:**\n{opening}\n    a\n{closing}\n\n> y\n")
    assert [one.source for one in note.statements] == ["a"]
    assert [one.text for one in note.passages] == ["x", "y"]


def test_a_block_of_another_language_is_no_python() -> None:
    note = read_text("# s 1\n# coding\n> x\n**AXIAL CODING TRACE:**\n```sql\nselect 1 from a b c\n```\n")
    (block,) = note.axial_traces[0].blocks
    assert (block.python, block.statements, note.problems) == (False, (), ())


def test_prose_between_blocks_names_the_source_that_codes_are_added_to() -> None:
    note = read_text(
        "# s 1\n# coding\n> x\n**AXIAL CODING TRACE:**\n"
        "added:\n```\na\n```\nadd codes to s15: \n```\nb\n```\n"
    )
    first, second = note.axial_traces[0].prose
    assert (first.codes_added, second.codes_added and second.codes_added.source.name) == (None, "s15")
    assert [getattr(one, "added_to", None) and one.added_to.name for one in note.statements] == [None, "s15"]


def test_a_long_text_behind_the_blocks_of_a_trace_is_a_passage() -> None:
    text = "The article goes on without a mark. " * 8
    note = read_text(f"# s 1\n# coding\n> x\n**AXIAL CODING TRACE:**\n```\na\n```\n\n{text}\n")
    assert [one.kind for one in note.passages] == ["quotation", "text"]


def test_a_fence_that_is_never_closed_ends_before_the_next_quotation_or_trace() -> None:
    note = read_text(
        "# s 1\n# coding\n> x\n**AXIAL CODING TRACE:**\n``` python\na\n\n> y\n**AXIAL CODING TRACE:**\n"
        "``` python\nb\n```\n"
    )
    assert [(one.source, [p.text for p in one.evidence]) for one in note.statements] == [
        ("a", ["x"]),
        ("b", ["y"]),
    ]
    assert [(problem.kind, problem.span.line) for problem in note.problems] == [("fence-not-closed", 5)]


def test_a_fence_closed_by_fewer_marks_is_repaired() -> None:
    note = read_text("# s 1\n# coding\n> x\n**AXIAL CODING TRACE:**\n````python\na\n```\n> y\n")
    assert [one.source for one in note.statements] == ["a"]
    assert [problem.kind for problem in note.problems] == ["fence-not-closed"]


def test_of_a_fence_that_ends_with_the_file_every_line_is_read() -> None:
    note = read_text("# s 1\n# coding\n> x\n**AXIAL CODING TRACE:**\n```python\na\nb")
    assert [one.source for one in note.statements] == ["a", "b"]
    assert note.axial_traces[0].blocks[0].closing_span is None


def test_statements_in_an_open_trace_are_read_and_reported() -> None:
    note = read_text(
        "# s 1\n# coding\n> x\n**OPEN CODING TRACE:**\nhm\n```python\na = CClass(force, 'A')\n```\n"
    )
    assert [problem.kind for problem in note.problems] == ["fence-in-open-trace"]
    assert len(note.statements) == 1
    assert note.axial_traces[0].heading_span is None


@pytest.mark.parametrize(
    ("line", "kind", "column"),
    [
        ("![A](https://x.org/a.png", "link-not-closed", 1),
        ("![A", "link-not-closed", 1),
        ("See [the book](https://x.org/b", "link-not-closed", 5),
        ("[a](b) and [c](d", "link-not-closed", 12),
    ],
)
def test_an_image_or_link_that_is_never_closed_is_reported(line: str, kind: str, column: int) -> None:
    (problem,) = read_text(f"# s 1\n# coding\n{line}\n").problems
    assert (problem.kind, problem.span.line, problem.span.column) == (kind, 3, column)


@pytest.mark.parametrize(
    "line", ["[a](b)", "![a](b)", "[…] left out", "[a](b(c)d)", "[1]", "see [a][b]", "a ](", "> [a"]
)
def test_a_closed_link_and_plain_brackets_are_not_reported(line: str) -> None:
    assert read_text(f"# s 1\n# coding\n{line}\n").problems == ()


@pytest.mark.parametrize(
    ("lines", "reported"),
    [
        ("![a long\ntext](b)", []),
        ("> ![a long\n> text](b)", []),
        ('[a](b\n"A title")', []),
        ("[a](b\n)", []),
        ("![a\n![b](c)", [3]),
        ("[a](b\n[c](d)", [3]),
        ("![a\n\nb](c)", [3]),
        ("[a](b\nand (so on)", [3]),
    ],
)
def test_a_link_may_end_on_the_next_line(lines: str, reported: list[int]) -> None:
    note = read_text(f"# s 1\n# coding\n{lines}\n")
    assert [problem.span.line for problem in note.problems] == reported


def test_a_comment_is_neither_passage_nor_prose() -> None:
    note = read_text(
        "# s 1\n# coding\n> x\n\n<!-- one\n\ntwo -->\n\n**OPEN CODING TRACE:**\n<!-- three -->\na\n"
    )
    assert [comment.text for comment in note.comments] == ["<!-- one\n\ntwo -->", "<!-- three -->"]
    assert len(note.passages) == 1


@pytest.mark.parametrize(
    ("lines", "comments", "passages"),
    [
        ("<!-- x -->\n![a](b)", ["<!-- x -->"], ["![a](b)"]),
        ("<!-- x --> <!-- y -->\na", ["<!-- x --> <!-- y -->"], ["a"]),
        ("<!-- x\ny -->\na", ["<!-- x\ny -->"], ["a"]),
        ("> a\n<!-- x -->\n> b", ["<!-- x -->"], ["a", "b"]),
        ("a\n<!-- x\n\ny -->\nb", ["<!-- x\n\ny -->"], ["a", "b"]),
        ("<!-- x --> a\nb", [], ["<!-- x --> a\nb"]),
        ("a <!-- x --> b", [], ["a <!-- x --> b"]),
    ],
)
def test_a_comment_ends_where_it_is_closed(lines: str, comments: list[str], passages: list[str]) -> None:
    note = read_text(f"# s 1\n# coding\n{lines}\n")
    assert [comment.text for comment in note.comments] == comments
    assert [passage.text for passage in note.passages] == passages


def test_a_comment_above_the_value_of_a_field_leaves_the_value() -> None:
    note = read_text("# s 1\n## title\n<!-- x -->\nA title\n## url\n\n<!-- y -->\n\nu\n# coding\n")
    assert [(name, field.value) for name, field in note.metadata.items()] == [
        ("title", "A title"),
        ("url", "u"),
    ]
    assert (len(note.comments), note.passages) == (2, ())


def test_a_comment_that_is_never_closed_is_reported() -> None:
    note = read_text("# s 1\n# coding\n<!-- one\n\n> x\n")
    assert [problem.kind for problem in note.problems] == ["comment-not-closed"]
    assert len(note.passages) == 1


def test_a_trace_heading_inside_a_quotation_is_reported() -> None:
    (problem,) = read_text("# s 1\n# coding\n> x\n> **OPEN CODING TRACE:**\n").problems
    assert (problem.kind, problem.span.line) == ("trace-in-quotation", 4)


def test_a_note_that_forgets_the_heading_coding_is_read_and_reported() -> None:
    note = read_text("# s 1\n## title\nT\n\n**OPEN CODING TRACE:**\nhm\n")
    assert [problem.kind for problem in note.problems] == ["coding-missing"]
    assert len(note.open_traces) == 1


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CodeableError, match=r"nowhere\.md.*No such file"):
        read_note(tmp_path / "nowhere.md")


def test_a_folder_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CodeableError, match="cannot be read"):
        read_note(tmp_path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device that never ends")
def test_a_device_that_never_ends_is_reported_as_too_large() -> None:
    (problem,) = read_note("/dev/zero").problems
    assert (problem.kind, problem.span.line) == ("too-large", 1)


def test_a_name_with_a_zero_byte_is_one_clear_error() -> None:
    with pytest.raises(CodeableError, match="cannot be read"):
        read_note("a\0b")


def test_spans_are_reported_as_file_line_and_column() -> None:
    span = Span("s_1.md", 3, 5, 3, 9, 20, 24)
    assert (str(span), Name("code", span).span) == ("s_1.md:3:5", span)


def test_traces_without_statements_leave_a_note_without_statements() -> None:
    note: FieldNote = read_note(DATA / "s_.md")
    assert note.statements == ()
    assert not any(isinstance(one, Passage) for one in note.segments)

"""Notes are read whatever wrote them, and written back with every other byte the same."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.notes import FieldNote, read_note
from codeable.notes.decoding import apply_edits, decode

TEXT = "# s 1\n## title\nnaïve – “quoted” 数据\n# coding\n> x\n**AXIAL CODING TRACE:**\n```\na\n```\n"
LATIN = TEXT.replace("数据", "")


def note_of(tmp_path: Path, data: bytes) -> FieldNote:
    path = tmp_path / "n.md"
    path.write_bytes(data)
    return read_note(path)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark"])
def test_unicode_files_are_read(tmp_path: Path, codec: str) -> None:
    marks = {"utf-16-le-mark": b"\xff\xfe", "utf-16-be-mark": b"\xfe\xff"}
    data = marks.get(codec, b"") + TEXT.encode(codec.removesuffix("-mark"))
    note = note_of(tmp_path, data)
    assert note.metadata["title"].value == "naïve – “quoted” 数据"
    assert note.problems == ()


def test_windows_1252_is_read_and_reported(tmp_path: Path) -> None:
    note = note_of(tmp_path, LATIN.encode("cp1252"))
    assert note.metadata["title"].value == "naïve – “quoted”"
    assert [(problem.kind, problem.message) for problem in note.problems] == [
        ("encoding", "the file is not UTF-8; it was read as Windows-1252")
    ]


def test_single_wrong_bytes_in_utf_8_do_not_spoil_the_rest(tmp_path: Path) -> None:
    note = note_of(tmp_path, TEXT.encode() + b"\xff")
    assert note.metadata["title"].value == "naïve – “quoted” 数据"
    assert note.problems[0].message == "the file is not UTF-8; it was read as UTF-8 with gaps"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(tmp_path: Path, newline: str) -> None:
    note = note_of(tmp_path, TEXT.replace("\n", newline).encode())
    assert [(one.source, one.span.line) for one in note.statements] == [("a", 8)]
    assert note.encoding.newline == newline
    assert note.text[note.statements[0].span.start :].startswith(f"a{newline}")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_passage_is_the_same_whatever_ends_its_lines(tmp_path: Path, newline: str) -> None:
    note = note_of(tmp_path, f"# s 1{newline}# coding{newline}> a{newline}> b{newline}c{newline}".encode())
    assert [passage.text for passage in note.passages] == ["a\nb\nc"]


def test_other_separators_of_unicode_do_not_end_a_line(tmp_path: Path) -> None:
    note = note_of(tmp_path, "# s 1\n## title\na\x0b\x0c\x85\u2028b\n# coding\n".encode())
    assert note.metadata["title"].span.end_line == 3


def test_a_zero_byte_is_reported_where_it_is(tmp_path: Path) -> None:
    note = note_of(tmp_path, b"# s 1\n# coding\n> x" + b"y" * 200 + b"\0z\n")
    assert [(str(problem.span).rpartition("n.md")[2], problem.message) for problem in note.problems] == [
        (":3:204", "the text holds a zero byte")
    ]


def test_an_empty_file_is_reported(tmp_path: Path) -> None:
    assert [problem.kind for problem in note_of(tmp_path, b"").problems] == ["empty"]


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(200), bytes(10), b"\x89PNG\r\n\x1a\n" + bytes(90)])
def test_a_binary_file_is_reported(tmp_path: Path, data: bytes) -> None:
    note = note_of(tmp_path, data)
    assert [problem.kind for problem in note.problems] == ["binary"]
    assert note.segments == ()


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_become_a_text_without_lone_surrogates(data: bytes) -> None:
    text, _ = decode(data)
    text.encode("utf-8")


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_edit_changes_no_byte(data: bytes) -> None:
    _, encoding = decode(data)
    assert apply_edits(data, encoding, []) == data


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=200), st.data())
def test_an_edit_changes_nothing_else(data: bytes, draw: st.DataObject) -> None:
    text, encoding = decode(data)
    at = draw.draw(st.integers(0, len(text)))
    changed, _ = decode(apply_edits(data, encoding, [(at, at, "x")]))
    assert len(changed) >= len(text)
    assert apply_edits(data, encoding, [(at, at, "")]) == data


def test_edits_may_come_in_any_order() -> None:
    data = "a ä b".encode("cp1252")
    _, encoding = decode(data)
    assert apply_edits(data, encoding, [(4, 5, "d"), (0, 1, "c")]) == "c ä d".encode("cp1252")


@pytest.mark.parametrize("edits", [[(0, 2, "x"), (1, 3, "y")], [(2, 1, "")], [(0, 9, "")]])
def test_edits_over_each_other_or_outside_are_refused(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits(b"abcd", decode(b"abcd")[1], edits)

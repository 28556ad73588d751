"""Positions are counted as the protocol says, and changes give the text that the editor has."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from codeable.editor.texts.documents import Document, Documents, key_of, path_of, uri_of

TEXTS = st.text(st.sampled_from("ab é漢🙂👩‍👩‍👧\r\n\t\f\x0b\x1c\x85\u2028\u2029\ufeff"), max_size=40)
UNITS = ("utf-16", "utf-8", "utf-32")
ENCODING = {"utf-16": ("utf-16-le", 2), "utf-8": ("utf-8", 1), "utf-32": ("utf-32-le", 4)}


def lines_of(text: str) -> list[tuple[int, str]]:
    """Where each line starts, and the line without its end, as the protocol ends lines."""
    ends = [(match.start(), match.end()) for match in re.finditer(r"\r\n|\n|\r", text)]
    starts = [0, *(end for _, end in ends)]
    return [(at, text[at:stop]) for at, stop in zip(starts, [*(s for s, _ in ends), len(text)], strict=True)]


@given(TEXTS, st.sampled_from(UNITS))
def test_each_character_has_its_position(text: str, units: str) -> None:
    document = Document.of("/a.md", text, 1, units)
    encoding, size = ENCODING[units]
    for number, (start, line) in enumerate(lines_of(text)):
        for column in range(len(line) + 1):
            width = len(line[:column].encode(encoding)) // size
            assert document.position(start + column) == types.Position(number, width)
            assert document.offset(types.Position(number, width)) == start + column
        assert document.offset(types.Position(number, 10_000)) == start + len(line)
    assert document.offset(types.Position(10_000, 3)) == len(text)


def test_a_column_within_a_character_is_before_it() -> None:
    document = Document.of("/a.md", "a🙂b")
    assert [document.offset(types.Position(0, column)) for column in range(5)] == [0, 1, 1, 2, 3]


CHANGES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 6), st.integers(0, 9), TEXTS), max_size=6
)


@given(TEXTS, CHANGES)
def test_incremental_changes_give_the_text_of_the_editor(
    text: str, edits: list[tuple[int, int, int, int, str]]
) -> None:
    documents = Documents()
    documents.open("file:///a.md", text, 1)
    changes: list[types.TextDocumentContentChangeEvent] = []
    for line, column, last_line, last_column, new in edits:
        start = _offset(text, line, column)
        end = max(start, _offset(text, last_line, last_column))
        text = text[:start] + new + text[end:]
        given_range = types.Range(types.Position(line, column), types.Position(last_line, last_column))
        changes.append(types.TextDocumentContentChangePartial(text=new, range=given_range))
    changed = documents.change("file:///a.md", changes, 7)
    assert changed is not None
    assert (changed.text, changed.version, documents.get("/a.md")) == (text, 7, changed)


def _offset(text: str, line: int, column: int) -> int:
    lines = lines_of(text)
    if line >= len(lines):
        return len(text)
    start, content = lines[line]
    units = content.encode("utf-16-le")[: 2 * column]
    return start + len(units.decode("utf-16-le", "ignore"))


def test_half_of_a_character_is_replaced_as_no_parser_takes_it() -> None:
    documents = Documents()
    assert documents.open("file:///a.md", "a\ud800b", 1).text == "a\ufffdb"
    whole = [types.TextDocumentContentChangeWholeDocument("\udc00")]
    changed = documents.change("file:///a.md", whole, 2)
    assert changed is not None and changed.text == "\ufffd"


@pytest.mark.skipif(os.name == "nt", reason="addresses of another system")
def test_an_address_is_a_file_and_a_file_has_an_address() -> None:
    for path in ("/a/s_1.md", "/Größe 100%/a#b?c;d&e+f.md", "/a/\udcff.md", "/a/漢🙂.md"):
        assert path_of(uri_of(path)) == path
    assert path_of("file:///a/b/../%73_1.md") == "/a/s_1.md"
    assert path_of("FILE://localhost/a%20b.md") == "/a b.md"
    assert path_of("file:/a.md?b#c") == "/a.md?b#c"
    for address in (
        "untitled:Untitled-1",
        "vscode-notebook-cell:/a.ipynb#X",
        "file:",
        "file:///%00",
        "http://[",
    ):
        assert (path_of(address), uri_of(address)) == (address, address)
    assert [path_of(odd) for odd in ("", "file:///\0", "x:\ud800")] == [
        "untitled:",
        "file:///%00",
        "x:\ufffd",
    ]


def test_a_document_keeps_the_address_of_its_editor_and_links_are_one_document(tmp_path: Path) -> None:
    note, link = tmp_path / "s_1.md", tmp_path / "link.md"
    note.write_text("# s\n1\n")
    link.symlink_to(note)
    documents = Documents()
    address = link.as_uri().replace("link", "%6Cink")
    opened = documents.open(address, "# s\n2\n", 1, "markdown")
    assert (opened.uri, opened.language) == (address, "markdown")
    assert documents.get(str(note)) is opened
    assert documents.snapshot() == {key_of(str(note)): opened}
    documents.close(note.as_uri())
    assert documents.get(str(link)) is None
    assert documents.change(address, [], 2) is None

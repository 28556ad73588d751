"""The mark of a drawn file: there in every format, found again, and telling when the file was touched."""

import io
import struct
import zlib
from typing import Any
from urllib.parse import quote

import pypdf
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from codeable.render.fingerprints import Mark, digest, is_intact, is_ours, marked, read_mark, unmarked

END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
BODIES = {
    "puml": b"@startuml\n@enduml\n",
    "dot": b"digraph {}\n",
    "svg": b"<svg></svg>\n",
    "pdf": b"%PDF-1.5\n%%EOF\n",
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%EOF\n",
    "png": b"\x89PNG\r\n\x1a\n" + END,
}
SOURCE, OTHER = digest("source"), digest("other")
ALL = pytest.mark.parametrize("file_format", BODIES)


def mark_of(name: str, default_digest: str = SOURCE, **more: Any) -> Mark:
    return Mark(name=name, source=SOURCE, default_digest=default_digest, **more)


@ALL
def test_a_mark_is_read_as_it_was_written(file_format: str) -> None:
    data = marked(BODIES[file_format], file_format, mark_of("a_view", SOURCE))
    mark = read_mark(data, file_format)
    assert mark is not None
    assert (mark.name, mark.source) == ("a_view", SOURCE)
    assert is_intact(data, file_format)


@ALL
def test_parts_fonts_what_fits_and_messages_are_remembered(file_format: str) -> None:
    messages = ("it is 300 mm tall -- more than a page; it fits with --relations none", "– ä, é\n%")
    wanted = mark_of("v", parts=3, fonts=OTHER, fitting={"wrap": 20, "direction": "TB"}, messages=messages)
    data = marked(BODIES[file_format], file_format, wanted)
    found = read_mark(data, file_format)
    assert found is not None
    assert (found.parts, found.fonts, dict(found.fitting), found.messages) == (
        3,
        OTHER,
        {"wrap": 20, "direction": "TB"},
        messages,
    )
    assert is_intact(data, file_format)


def pdf_of_two_pages() -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(2):
        writer.add_blank_page(100, 50)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_pdf_ends_as_readers_expect_however_long_its_mark_is() -> None:
    body = pdf_of_two_pages()
    data = marked(body, "pdf", mark_of("v", messages=("too tall " * 300,)))
    end = body[body.rindex(b"startxref") :]
    assert data.endswith(end)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 2
    assert unmarked(data, "pdf") == body
    assert is_intact(data, "pdf")
    assert not is_intact(data.removesuffix(end) + end.replace(b"startxref\n", b"startxref\n1"), "pdf")
    assert is_ours(data, "pdf")


@pytest.mark.parametrize("fitting", ["{", "[" * 100_000, "3", '"wrap"', "%FF"])
def test_what_fits_is_unknown_where_a_mark_holds_nonsense(fitting: str) -> None:
    line = marked(b"@enduml\n", "puml", Mark(name="a", source="0" * 24, default_digest="0" * 24))
    mark = read_mark(line.rstrip() + f" fit={quote(fitting, safe='')}\n".encode(), "puml")
    assert mark is not None
    assert mark.fitting == {}


def test_a_pdf_that_somebody_continued_behind_its_mark_is_not_ours() -> None:
    data = marked(pdf_of_two_pages(), "pdf", mark_of("v"))
    assert not is_ours(data + b"1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n", "pdf")


@ALL
def test_without_its_mark_a_file_is_as_before(file_format: str) -> None:
    assert (
        unmarked(marked(BODIES[file_format], file_format, mark_of("v", SOURCE)), file_format)
        == BODIES[file_format]
    )


@ALL
def test_every_changed_or_missing_byte_is_noticed(file_format: str) -> None:
    data = marked(BODIES[file_format], file_format, mark_of("v", SOURCE))
    for position in range(len(data) - 1):
        if data[position : position + 1] in (b"\r", b"\n"):
            continue
        changed = data[:position] + bytes([data[position] ^ 2]) + data[position + 1 :]
        mark = read_mark(changed, file_format)
        is_seen = not is_intact(changed, file_format) or mark != read_mark(data, file_format)
        assert is_seen, (position, changed)
        assert not is_intact(data[:position], file_format)


@ALL
def test_a_file_without_a_mark_has_none(file_format: str) -> None:
    assert read_mark(BODIES[file_format], file_format) is None
    assert not is_intact(BODIES[file_format], file_format)
    assert not is_intact(b"", file_format)


def test_a_mark_is_a_comment_in_its_format() -> None:
    lines = {
        name: marked(data, name, mark_of("v", SOURCE)).splitlines()[-1]
        for name, data in BODIES.items()
        if name != "png"
    }
    starts = {"puml": b"' ", "dot": b"// ", "svg": b"<!-- ", "pdf": b"% ", "eps": b"% "}
    assert all(lines[name].startswith(start + b"codeable-figure ") for name, start in starts.items())
    assert lines["svg"].endswith(b" -->")


def test_a_marked_png_has_sound_chunks() -> None:
    data = marked(BODIES["png"], "png", mark_of("v", SOURCE))[8:]
    kinds = []
    while data:
        (length,) = struct.unpack(">I", data[:4])
        kinds.append(data[4:8])
        assert struct.unpack(">I", data[8 + length : 12 + length])[0] == zlib.crc32(data[4 : 8 + length])
        data = data[12 + length :]
    assert kinds == [b"tEXt", b"IEND"]


@pytest.mark.parametrize("number", range(64))
def test_a_mark_in_a_png_ends_before_its_checksum(number: int) -> None:
    data = marked(BODIES["png"], "png", mark_of(f"view{number}", SOURCE))
    assert is_intact(data, "png")


def test_line_ends_of_texts_do_not_count() -> None:
    data = marked(BODIES["svg"], "svg", mark_of("v", SOURCE)).replace(b"\n", b"\r\n")
    assert is_intact(data, "svg")


def test_line_ends_of_bitmaps_do() -> None:
    assert not is_intact(marked(BODIES["png"], "png", mark_of("v", SOURCE)).replace(b"\r\n", b"\n"), "png")


def test_pictures_that_were_too_large_are_remembered() -> None:
    mark = read_mark(marked(BODIES["puml"], "puml", mark_of("v", undrawn=(SOURCE, OTHER))), "puml")
    assert mark is not None
    assert mark.undrawn == (SOURCE, OTHER)


@ALL
def test_what_the_settings_alone_would_draw_is_remembered(file_format: str) -> None:
    mark = read_mark(marked(BODIES[file_format], file_format, mark_of("v", OTHER)), file_format)
    assert mark is not None
    assert (mark.source, mark.default_digest) == (SOURCE, OTHER)


@given(name=st.text(min_size=1))
def test_any_name_can_be_written_in_any_comment(name: str) -> None:
    safe = name.encode("utf-8", "replace").decode()
    line = str(evolve(mark_of(safe), content=OTHER))
    assert line.isascii()
    assert "--" not in line
    found = read_mark(f"<!-- {line} -->\n".encode(), "svg")
    assert found is not None
    assert found.name == safe


@given(one=st.lists(st.text()), other=st.lists(st.text()))
def test_digests_of_different_parts_differ(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)

"""A file that cannot be read ends in one clear error with its place; nothing outside of it is read."""

import os
import random
import re
import stat
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.exchange.project import Project
from codeable.exchange.readers import safe_xml, safe_zip
from codeable.exchange.readers.refi.reader import read_qdc, read_qdpx
from tests.exchange.tool_files import (
    HEADER,
    code,
    codes_of,
    coding,
    element,
    guid,
    qdc,
    qde,
    text_element,
    text_source,
    write_zip,
)

SECRET = "the secret of this machine"


def message_of(read: Callable[[Path], Project], path: Path) -> str:
    with pytest.raises(CodeableError) as caught:
        read(path)
    assert caught.value.exit_status == 2
    assert SECRET not in caught.value.message
    return caught.value.message.replace(f"{path.parent}/", "")


def codebook(folder: Path, data: str | bytes) -> str:
    path = folder / "a.qdc"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return message_of(read_qdc, path)


def project(folder: Path, *parts: str, files: dict[str, str | bytes] | None = None) -> str:
    return archive(folder, {"project.qde": qde(*parts), **(files or {})})


def archive(folder: Path, files: dict[str, str | bytes]) -> str:
    return message_of(read_qdpx, write_zip(folder / "a.qdpx", files))


class TestXml:
    """Files that are no XML, or XML that could do harm."""

    def test_what_is_not_well_formed_is_named_with_its_line(self, tmp_path: Path) -> None:
        whole = qdc(code("Cost")).decode()
        assert codebook(tmp_path, b"") == "a.qdc:1: it is not well-formed XML (no element found)."
        assert codebook(tmp_path, "name,description\n").startswith("a.qdc:1: it is not well-formed XML (")
        assert codebook(tmp_path, whole[:-5]).startswith("a.qdc:2: it is not well-formed XML (")
        assert codebook(tmp_path, f"\n\n{whole}<x/>").startswith("a.qdc:4: it is not well-formed XML (junk")
        message = codebook(tmp_path, whole.encode().replace(b"Cost", b"C\xff"))
        assert message.startswith("a.qdc:2: it is not in UTF-8, as XML is")
        assert codebook(tmp_path, HEADER.replace("utf-8", "utf-99") + "<a").startswith("a.qdc:2: it is not")

    def test_entities_and_everything_outside_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text(SECRET)
        laughs = "".join(
            f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' if n else '<!ENTITY l1 "lol">' for n in range(10)
        )
        for doctype in (
            f"<!DOCTYPE CodeBook [{laughs}]>",
            f'<!DOCTYPE CodeBook [<!ENTITY l9 SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>',
            f'<!DOCTYPE CodeBook SYSTEM "{(tmp_path / "secret.txt").as_uri()}">',
            f'<!DOCTYPE CodeBook [<!ENTITY % l SYSTEM "{(tmp_path / "secret.txt").as_uri()}"> %l;]>',
        ):
            text = qdc(code("&l9;")).decode().replace("&amp;", "&").replace(HEADER, f"{HEADER}{doctype}")
            assert "a.qdc:2: it declares a DTD" in codebook(tmp_path, text)
            path = write_zip(tmp_path / "a.qdpx", {"project.qde": text})
            assert "a.qdpx, project.qde:2: it declares a DTD" in message_of(read_qdpx, path)
        assert "undefined entity" in codebook(tmp_path, qdc(code("x")).replace(b'"x"', b'"&l9;"'))
        including = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.txt" parse="text"/>'
        path = tmp_path / "a.qdc"
        path.write_bytes(qdc(code("Cost", including)))
        assert SECRET not in repr(read_qdc(path))

    def test_depth_size_and_number_are_bounded(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        deep = "".join(f'<Code guid="{guid(str(n))}" name="{n}">' for n in range(600)) + "</Code>" * 600
        assert codebook(tmp_path, qdc(deep)) == "a.qdc:2: elements are nested deeper than 500."
        monkeypatch.setattr(safe_xml, "MOST_ELEMENTS", 10)
        assert "more than 10 elements" in codebook(tmp_path, qdc(*(code(str(n)) for n in range(20))))
        monkeypatch.setattr(safe_xml, "MOST_BYTES", 100)
        assert "bytes; at most 100 are read" in codebook(tmp_path, qdc(code("Cost")))


class TestCodebook:
    """XML that is no codebook, and codes without what a code needs."""

    def test_the_message_has_line_and_reason(self, tmp_path: Path) -> None:
        for text, expected in (
            (qde(), "a.qdc:2: it is no file of REFI-QDA: the root element is <Project>, not <CodeBook>; "),
            ("<html/>", "a.qdc:1: it is no file of REFI-QDA: the root element is <html>, not <CodeBook>."),
            (qdc(code("A"), namespace="urn:x").decode(), "a.qdc:2: it is no file of REFI-QDA: its namespace"),
            (qdc().decode(), "a.qdc:2: the codebook has no codes."),
            (qdc("\n", element("Code", guid=guid("A"))).decode(), "a.qdc:3: a code has no name."),
            (qdc("\n", element("Code", name="A")).decode(), "a.qdc:3: <Code> 'A' has no guid."),
            (
                qdc(code("A"), "\n", code("B", key=guid("A"))).decode(),
                "a.qdc:3: the code 'B' has the GUID of 'A' (a.qdc:2).",
            ),
            (
                qdc(code("A", isCodable="perhaps")).decode(),
                "a.qdc:2: isCodable must be true or false, not 'perhaps'.",
            ),
        ):
            assert codebook(tmp_path, text).startswith(expected)

    def test_a_zip_or_no_file_at_all(self, tmp_path: Path) -> None:
        path = write_zip(tmp_path / "a.qdc", {"project.qde": qde()})
        assert "it is a zip file, so it is probably a project" in message_of(read_qdc, path)
        assert message_of(read_qdc, tmp_path / "b.qdc") == "cannot read b.qdc: No such file or directory"
        assert "Is a directory" in message_of(read_qdc, tmp_path)
        assert message_of(read_qdpx, tmp_path / "b.qdpx").startswith("b.qdpx: it cannot be read (")
        if sys.platform != "win32":
            os.mkfifo(tmp_path / "c.qdpx")
            assert "c.qdpx: it is no file, or one that never ends" in message_of(
                read_qdpx, tmp_path / "c.qdpx"
            )


class TestZip:
    """Archives that are broken, or made to do harm."""

    def test_a_broken_archive(self, tmp_path: Path) -> None:
        path = tmp_path / "a.qdpx"
        whole = write_zip(path, {"project.qde": qde(codes_of(code("A")))}).read_bytes()
        at = whole.index(b"project.qde") + 15
        for data in (b"", b"no zip", whole[:-30], whole[: len(whole) // 2]):
            path.write_bytes(data)
            assert "it is no zip file, or a broken one" in message_of(read_qdpx, path)
        path.write_bytes(whole[:at] + bytes(20) + whole[at + 20 :])
        assert "the entry 'project.qde' is broken" in message_of(read_qdpx, path)
        flags = bytearray(whole)
        flags[whole.index(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(bytes(flags))
        assert "the entry 'project.qde' is encrypted" in message_of(read_qdpx, path)

    def test_an_entry_that_leaves_the_folder(self, tmp_path: Path) -> None:
        for name in [
            "../evil.txt",
            "sources/../../evil.txt",
            "/etc/evil.txt",
            "C:\\evil.txt",
            "..\\evil.txt",
        ]:
            assert "leaves the folder of the archive" in project(tmp_path, files={name: "evil"})

    def test_links_and_two_entries_of_a_name(self, tmp_path: Path) -> None:
        path = write_zip(tmp_path / "a.qdpx", {"project.qde": qde()})
        link = zipfile.ZipInfo("sources/a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(path, "a") as opened:
            opened.writestr(link, "/etc/passwd")
        assert "the entry 'sources/a.txt' is a link" in message_of(read_qdpx, path)
        path = write_zip(tmp_path / "a.qdpx", {"project.qde": qde()})
        with zipfile.ZipFile(path, "a") as opened, pytest.warns(UserWarning, match="Duplicate"):
            opened.writestr("project.qde", "<other/>")
        assert "it has two entries 'project.qde'" in message_of(read_qdpx, path)

    def test_bombs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        bomb = qde(" " * 3_000_000)
        assert "times its packed size; at most 300 times are read" in archive(tmp_path, {"project.qde": bomb})
        source = text_source("Talk", path="internal://a.txt")
        files: dict[str, str | bytes] = {"sources/a.txt": "a" * 3_000_000}
        assert "times its packed size" in project(tmp_path, element("Sources", source), files=files)
        monkeypatch.setattr(safe_zip, "MOST_READ", 50)
        assert "its entries have more than 50 bytes" in project(tmp_path)
        monkeypatch.setattr(safe_zip, "MOST_ENTRIES", 1)
        assert "it has 2 entries; at most 1 are read" in project(tmp_path, files={"a.txt": "a"})

    def test_no_project_or_several(self, tmp_path: Path) -> None:
        assert archive(tmp_path, {"a.txt": "a"}).endswith(
            "has no project.qde, so it is no project of REFI-QDA."
        )
        assert "but 'study.qdpx': unpack that file" in archive(tmp_path, {"study.qdpx": "a"})
        several = archive(tmp_path, {"a.qde": qde(), "b.qde": qde()})
        assert several == "a.qdpx: it has several projects: 'a.qde', 'b.qde'."


class TestProject:
    """Projects without what they refer to."""

    def test_texts_that_are_missing_or_no_texts(self, tmp_path: Path) -> None:
        source = text_source("Talk", path="internal://a.txt")
        assert project(tmp_path, "\n", element("Sources", source)) == (
            "a.qdpx, project.qde:3: the text 'internal://a.txt' of 'Talk' is missing in the project file. "
            "Export the project again, with its sources."
        )
        files: dict[str, str | bytes] = {"sources/a.txt": b"PK\x03\x04" + bytes(90)}
        assert "the entry 'sources/a.txt' is no plain text" in project(
            tmp_path, element("Sources", source), files=files
        )

    def test_positions_outside_of_the_text(self, tmp_path: Path) -> None:
        wrong: tuple[tuple[dict[str, object], str], ...] = (
            (
                {"startPosition": 3, "endPosition": 99},
                "from 3 to 99 is not in the text of 'Talk', which has 9",
            ),
            ({"startPosition": -1, "endPosition": 5}, "the selection from -1 to 5 is not in the text"),
            ({"startPosition": 5, "endPosition": 2}, "the selection from 5 to 2 is not in the text"),
            ({"startPosition": 10**12, "endPosition": 10**12 + 1}, "is not in the text"),
            ({"startPosition": "one"}, "startPosition of <PlainTextSelection> is 'one', no whole number"),
            ({"startPosition": 1}, "endPosition of <PlainTextSelection> is missing"),
            ({"startPosition": 1, "endPosition": "9" * 5000}, "no whole number"),
        )
        for given, expected in wrong:
            mark = element("PlainTextSelection", guid=guid("s"), **given)
            source = text_source("Talk", text_element("PlainTextContent", "some text"), "\n", mark)
            message = project(tmp_path, element("Sources", source))
            assert message.startswith("a.qdpx, project.qde:3: ")
            assert expected in message

    def test_few_positions_outside_do_not_keep_the_others_out(self, tmp_path: Path) -> None:
        spans = [(at, at + 1) for at in range(0, 80, 2)] + [(3, 999)]
        marks = [
            element("PlainTextSelection", guid=guid(str(each)), startPosition=each[0], endPosition=each[1])
            for each in spans
        ]
        source = text_source("Talk", text_element("PlainTextContent", "a " * 40), *marks)
        path = write_zip(tmp_path / "a.qdpx", {"project.qde": qde(element("Sources", source))})
        read = read_qdpx(path)
        assert len(read.sources[0].passages) == 40
        (outside,) = read.not_taken_over
        assert (outside.what, outside.number, outside.named) == (
            "selections outside of their texts",
            1,
            ("Talk",),
        )
        assert outside.is_loss

    def test_guids_that_are_missing_or_not_the_only_ones(self, tmp_path: Path) -> None:
        text = text_element("PlainTextContent", "some text")
        nameless = element("TextSource", text)
        assert "<TextSource> has no guid" in project(tmp_path, element("Sources", nameless))
        sources = element(
            "Sources", text_source("A", text), element("TextSource", text, guid=guid("A"), name="B")
        )
        assert "the source 'B' has the GUID of 'A' (project.qde:2)" in project(tmp_path, sources)
        empty = text_source("A", text, element("Coding", guid=guid("c")))
        assert "a <Coding> has no <CodeRef>" in project(tmp_path, element("Sources", empty))

        users = "".join(element("User", guid=guid("u"), name=name) for name in ("Ann", "Ann", "Bob"))
        assert "the user 'Bob' has the GUID of 'Ann'" in project(tmp_path, element("Users", users))

    def test_references_to_nothing_are_told(self, tmp_path: Path) -> None:
        source = text_source(
            "A",
            text_element("PlainTextContent", "some text"),
            element("PlainTextSelection", coding("gone"), guid=guid("s"), startPosition=0, endPosition=4),
            element("PlainTextSelection", guid=guid("t"), startPosition=4, endPosition=4),
            element("NoteRef", targetGUID=guid("gone")),
        )
        path = write_zip(tmp_path / "a.qdpx", {"project.qde": qde(element("Sources", source))})
        read = read_qdpx(path)
        assert [each.codings for each in read.sources[0].passages] == [()]
        assert [(each.what, each.number, each.is_loss) for each in read.not_taken_over] == [
            ("missing notes", 1, True),
            ("codings with unknown codes", 1, True),
            ("empty selections", 1, True),
        ]


def test_damaged_projects_end_in_an_error_or_a_sound_project(tmp_path: Path) -> None:
    """Bytes of the archive, and attributes of the XML, at random."""
    source = text_source(
        "Talk", element("PlainTextSelection", coding("A"), startPosition=0, endPosition=4, guid="s")
    )
    whole = qde(codes_of(code("A", code("B"))), element("Sources", source))
    path = tmp_path / "a.qdpx"
    for seed in range(40):
        chance = random.Random(seed)
        attributes = list(re.finditer(r' (\w+)="[^"]*"', whole))
        found = chance.choice(attributes)
        value = chance.choice(["", f' {found[1]}=""', f' {found[1]}="-7"', f' {found[1]}="internal://../a"'])
        write_zip(path, {"project.qde": whole[: found.start()] + value + whole[found.end() :]})
        if seed % 2:
            data = bytearray(path.read_bytes())
            for _ in range(3):
                data[chance.randrange(len(data))] = chance.randrange(256)
            path.write_bytes(bytes(data))
        try:
            read = read_qdpx(path)
        except CodeableError as error:
            assert (error.exit_status, error.message[-1]) == (2, "."), seed
        else:
            for each in read.sources:
                assert all(0 <= one.start < one.end <= len(each.text) for one in each.passages), seed

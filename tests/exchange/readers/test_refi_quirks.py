"""Files of REFI-QDA are read as tools write them, not only as the standard asks."""

from pathlib import Path

import pytest

from codeable.exchange.readers.refi.reader import read_qdc, read_qdpx
from tests.exchange.tool_files import (
    HEADER,
    Positions,
    code,
    codes_of,
    coding,
    element,
    guid,
    project_file,
    qdc,
    read,
    selection,
    text_element,
    text_source,
    texts_of,
)

TEXT = "We use an event bus.\nIt scales well.\n"


def marked(*marks: str) -> str:
    """The sources of a project: one text with these selections."""
    return element("Sources", text_source("Talk", text_element("PlainTextContent", TEXT), *marks))


class TestPaths:
    """The text of a source is found however its path is written."""

    def test_an_internal_path(self, tmp_path: Path) -> None:
        for path, entry in (
            ("internal://A.txt", "sources/a.txt"),
            ("internal:/A.txt", "Sources/A.TXT"),
            ("internal:\\\\A.txt", "study/sources/A.txt"),
            ("A.txt", "A.txt"),
            ("sources/A.txt", "sources\\A.txt"),
            ("relative:///A.txt", "sources/A.txt"),
            ("internal://Gr%C3%B6%C3%9Fe%20a.txt", "sources/Größe a.txt"),
            ("internal://Gro\u0308ße.txt", "sources/Größe.txt"),
        ):
            source = text_source("Talk", selection(TEXT, "event bus", coding("Code")), path=path)
            project = read(tmp_path, codes_of(code("Code")), element("Sources", source), files={entry: TEXT})
            assert texts_of(project.sources[0]) == ["event bus"], path

    def test_an_inline_text_and_a_text_beside_it(self, tmp_path: Path) -> None:
        for path in (None, "internal://missing.txt"):
            inline = text_element("PlainTextContent", TEXT)
            source = text_source("Talk", inline, selection(TEXT, "scales", coding("Code")), path=path)
            project = read(tmp_path, codes_of(code("Code")), element("Sources", source))
            assert texts_of(project.sources[0]) == ["scales"]

    def test_a_text_that_is_only_named_by_its_guid(self, tmp_path: Path) -> None:
        mark = selection(TEXT, "scales", coding("Code"))
        for entry, rich in (
            (f"sources/{{{guid('Talk').upper()}}}.TXT", None),
            ("sources/b.txt", "internal://b.txt"),
        ):
            source = text_source("Talk", mark, richTextPath=rich)
            project = read(tmp_path, codes_of(code("Code")), element("Sources", source), files={entry: TEXT})
            assert texts_of(project.sources[0]) == ["scales"]

    def test_the_file_of_xml_has_another_name(self, tmp_path: Path) -> None:
        for entry in ("My study.qde", "project.QDE", "My study/project.qde"):
            path = project_file(tmp_path, TEXT, ["event bus"], file="internal://a.txt", entry=entry)
            assert texts_of(read_qdpx(path).sources[0]) == ["event bus"], entry

    def test_a_name_without_the_flag_of_utf_8(self, tmp_path: Path) -> None:
        path = project_file(tmp_path, TEXT, ["event bus"], file="internal://Größe.txt")
        data = bytearray(path.read_bytes())
        for mark, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
            position = data.find(mark)
            while position >= 0:
                data[position + at] &= 0xF7
                position = data.find(mark, position + 1)
        path.write_bytes(bytes(data))
        assert texts_of(read_qdpx(path).sources[0]) == ["event bus"]

    def test_texts_outside_of_the_project_are_told(self, tmp_path: Path) -> None:
        for path in ("relative:///../talk.txt", "/etc/passwd", "file:///etc/passwd", "https://a.org/a.txt"):
            source = text_source("Talk", selection(TEXT, "event bus", coding("Code")), path=path)
            project = read(tmp_path, codes_of(code("Code")), element("Sources", source))
            assert (project.sources[0].text, project.sources[0].passages) == ("", ())
            assert [
                (each.what, each.number, each.named, each.is_loss) for each in project.not_taken_over
            ] == [
                ("texts of sources", 1, ("Talk",), True),
                ("selections in missing texts", 1, ("Talk",), True),
            ]
            assert path in project.not_taken_over[0].reason


class TestGuids:
    """GUIDs are the same with braces and in upper case."""

    def test_references_with_other_spellings(self, tmp_path: Path) -> None:
        key = guid("Code")
        mark = element(
            "PlainTextSelection",
            element("Coding", element("CodeRef", targetGUID=f"{{{key.upper()}}}"), guid=guid("c")),
            guid=guid("s"),
            startPosition=0,
            endPosition=6,
        )
        codebook = codes_of(code("Code", key=key.upper()))
        project = read(tmp_path, codebook, marked(mark))
        assert project.sources[0].passages[0].codings[0].code == project.codes[0].key == key


class TestXml:
    """Versions of the namespace, encodings, and characters that XML forbids."""

    def test_another_version_is_read_and_told(self, tmp_path: Path) -> None:
        path = tmp_path / "a.qdc"
        for version in ("1:0", "0:4", "1.5"):
            path.write_bytes(qdc(code("Cost"), namespace=f"urn:QDA-XML:codebook:{version}"))
            project = read_qdc(path)
            assert [each.name for each in project.codes] == ["Cost"]
            assert f"urn:QDA-XML:codebook:{version}" in project.messages[0]

    def test_encodings_and_wrong_declarations_of_them(self, tmp_path: Path) -> None:
        path = tmp_path / "a.qdc"
        text = qdc(code("Größe 🙂")).decode()
        utf_16 = text.replace("utf-8", "utf-16")
        for data in (
            b"\xef\xbb\xbf" + text.encode(),
            b"\n " + text.encode(),
            utf_16.encode("utf-16"),
            utf_16.encode(),
            text.removeprefix(HEADER).encode(),
        ):
            path.write_bytes(data)
            assert [each.name for each in read_qdc(path).codes] == ["Größe 🙂"]
        path.write_bytes(text.replace("utf-8", "windows-1252").replace(" 🙂", "").encode("cp1252"))
        assert [each.name for each in read_qdc(path).codes] == ["Größe"]
        path.write_bytes(text.replace("utf-8", "gb18030").replace("Größe 🙂", "成本").encode("gb18030"))
        assert [each.name for each in read_qdc(path).codes] == ["成本"]

    def test_forbidden_characters_are_left_out_and_told(self, tmp_path: Path) -> None:
        path = tmp_path / "a.qdc"
        path.write_bytes(qdc(code("Co\x0bst&#x1F;")).replace(b"&amp;#", b"&#"))
        project = read_qdc(path)
        assert project.codes[0].name == "Cost"
        assert project.messages == ("a.qdc has 2 characters that XML forbids; they are left out.",)

    def test_a_text_that_is_not_utf_8_is_told(self, tmp_path: Path) -> None:
        text = "Größe und Maß sind gut."
        path = project_file(
            tmp_path, text, ["Maß"], file="internal://a.txt", encoded=lambda each: each.encode("cp1252")
        )
        project = read_qdpx(path)
        assert texts_of(project.sources[0]) == ["Maß"]
        assert project.messages == ("sources/a.txt is not in UTF-8; it is read as Windows-1252.",)
        path = project_file(
            tmp_path, text, ["Maß"], file="internal://a.txt", encoded=lambda each: each.encode("utf-16")
        )
        assert texts_of(read_qdpx(path).sources[0]) == ["Maß"]


def test_the_codebook_of_taguette(tmp_path: Path) -> None:
    path = tmp_path / "codebook.qdc"
    key = guid("people.alice").upper()
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5.2"><Codes>'
        f'<Code guid="{key}" name="people.alice" isCodable="true"/></Codes><Sets/></CodeBook>'
    )
    project = read_qdc(path)
    assert [(each.key, each.name) for each in project.codes] == [(key.lower(), "people.alice")]
    assert (project.origin, project.not_taken_over, project.messages) == ("Taguette 1.5.2", (), ())
    path.write_bytes(qdc(code("people.alice"), code("people.ben"), code("v1.5"), origin="Taguette 1.5.2"))
    project = read_qdc(path)
    names = {each.key: each.name for each in project.codes}
    assert [(each.name, names.get(each.parent or "")) for each in project.codes] == [
        ("people", None),
        ("alice", "people"),
        ("ben", "people"),
        ("v1.5", None),
    ]
    assert project.messages == (
        '"." is read as nesting in 2 codes.',
        "It stays in 1 code whose beginning no other has: 'v1.5'.",
    )


class TestSelections:
    """Selections with several codes and coders, over each other, and with texts of their own."""

    def test_selections_of_the_same_text_are_one_passage(self, tmp_path: Path) -> None:
        marks = [
            selection(TEXT, "event bus", coding("A", user="anna"), coding("B", user="ben")),
            selection(TEXT, "event bus", coding("C", user="anna")),
            selection(TEXT, "event bus", coding("C", user="anna")),
            selection(TEXT, "an event bus.", coding("A", user="zoe")),
            selection(TEXT, "bus.\nIt scales"),
        ]
        users = [element("User", guid=guid(each), name=each.title()) for each in ("anna", "ben")]
        codebook = codes_of(*map(code, "ABC"))
        project = read(tmp_path, element("Users", *users), codebook, marked(*marks))
        (talk,) = project.sources
        assert texts_of(talk) == ["an event bus.", "event bus", "bus.\nIt scales"]
        names = {each.key: each.name for each in project.codes}
        coders = {each.key: each.name for each in project.coders}
        assert [[(names[c.code], coders[c.coder or ""]) for c in each.codings] for each in talk.passages] == [
            [("A", "")],
            [("A", "Anna"), ("B", "Ben"), ("C", "Anna")],
            [],
        ]

    def test_the_user_that_stands_for_nobody_is_no_coder(self, tmp_path: Path) -> None:
        """Another tool keeps the user of our export, under a GUID of its own and without our note."""
        mark = selection(TEXT, "event bus", coding("A", user="nobody"), coding("B", user="kim"))
        users = [
            element("User", guid=guid("nobody"), name="Unknown coder"),
            element("User", guid=guid("kim"), name="Kim"),
        ]
        codebook = codes_of(*map(code, "AB"))
        project = read(tmp_path, element("Users", *users), codebook, marked(mark))
        assert [each.name for each in project.coders] == ["Kim"]
        codings = project.sources[0].passages[0].codings
        assert [(each.code, each.coder) for each in codings] == [(guid("A"), None), (guid("B"), guid("kim"))]

    def test_several_codes_of_one_coding_and_users_without_a_guid(self, tmp_path: Path) -> None:
        references = [element("CodeRef", targetGUID=guid(each)) for each in ("A", "B", "gone")]
        mark = selection(TEXT, "event bus", element("Coding", *references, guid=guid("c")))
        users = element("Users", element("User", name="Nobody"))
        project = read(tmp_path, users, codes_of(*map(code, "AB")), marked(mark))
        assert [each.code for each in project.sources[0].passages[0].codings] == [guid("A"), guid("B")]
        assert project.coders == ()
        assert [(each.what, each.number) for each in project.not_taken_over] == [
            ("codings with unknown codes", 1)
        ]

    def test_a_name_that_repeats_the_text_is_no_memo(self, tmp_path: Path) -> None:
        names = ["1:3 We use an  event…", "Quotation 12", "3,9", "We use an event bus", "a clever idea"]
        for name in names:
            mark = selection(TEXT, "We use an event bus", coding("A"), name=name)
            project = read(tmp_path, codes_of(code("A")), marked(mark))
            memos = [each.text for each in project.sources[0].passages[0].memos]
            assert memos == ([name] if name == "a clever idea" else [])

    def test_codes_that_are_not_codable_but_have_codings(self, tmp_path: Path) -> None:
        codebook = codes_of(code("A", isCodable="false"), code("B", isCodable="0"))
        project = read(tmp_path, codebook, marked(selection(TEXT, "event bus", coding("A"))))
        assert [each.is_codable for each in project.codes] == [True, False]
        assert "calls not codable: 'A'" in project.messages[0]

    def test_a_selection_that_ends_behind_the_last_line_feed(self, tmp_path: Path) -> None:
        mark = element("PlainTextSelection", guid=guid("s"), startPosition=21, endPosition=len(TEXT) + 1)
        project = read(tmp_path, marked(mark))
        assert texts_of(project.sources[0]) == ["It scales well.\n"]


@pytest.mark.parametrize("selected", [["event bus"], ["We use", "scales"], ["It scales well."]])
def test_few_selections_are_enough_to_find_an_inclusive_end(tmp_path: Path, selected: list[str]) -> None:
    path = project_file(tmp_path, TEXT, selected, file="internal://a.txt")
    assert sorted(texts_of(read_qdpx(path).sources[0])) == sorted(selected)
    inclusive = Positions(inclusive=True)
    if selected != ["It scales well."]:  # "It scales well" would be as good
        path = project_file(tmp_path, TEXT, selected, file="internal://a.txt", positions=inclusive)
        assert sorted(texts_of(read_qdpx(path).sources[0])) == sorted(selected)
    path = project_file(
        tmp_path, TEXT, selected, file="internal://a.txt", positions=inclusive, name_of=lambda each: each
    )
    assert sorted(texts_of(read_qdpx(path).sources[0])) == sorted(selected)


def test_a_windows_tool_counts_line_ends_as_they_are(tmp_path: Path) -> None:
    text = "🙂一二三\n四五六七\n"
    path = project_file(
        tmp_path,
        text,
        ["五六"],  # no words tell how it counts
        positions=Positions(utf_16=True, line_end=2),
        origin="NVivo 14",
        file="internal://a.txt",
        encoded=lambda each: each.replace("\n", "\r\n").encode("utf-8-sig"),
    )
    project = read_qdpx(path)
    assert texts_of(project.sources[0]) == ["五六"]
    assert "as this tool counts them" in project.messages[0]

"""A project of QualCoder comes in with its codes, texts, codings, coders and memos."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.exchange.project import Project
from codeable.exchange.readers.databases.qualcoder import read_qualcoder
from tests.exchange.qualcoder_files import qualcoder

TEXT = "\ufeffOne 🙂 two\r\nthree 👩‍👩‍👧 four\r\nfive"
PLAIN = "One 🙂 two\nthree 👩‍👩‍👧 four\nfive"


def editor_position(text: str, index: int) -> int:
    """The position of a character as the editor counts it: UTF-16 units, a line end is one, a mark none."""
    return len(text[:index].removeprefix("\ufeff").replace("\r\n", "\n").encode("utf-16-le")) // 2


def texts(project: Project) -> list[str]:
    return [source.text[each.start : each.end] for source in project.sources for each in source.passages]


def told(project: Project) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {each.what: (each.number, each.named) for each in project.not_taken_over if each.is_loss}


@pytest.mark.parametrize("is_old", [True, False])
def test_codes_nest_in_categories_and_codes(tmp_path: Path, is_old: bool) -> None:
    sub_code = {} if is_old else {"supercid": 1}
    folder = qualcoder(
        tmp_path / "study.qda",
        {
            "code_cat": [
                {"catid": 1, "name": "Time", "supercatid": 2},
                {"catid": 2, "name": "Forces", "memo": "What matters."},
                {"catid": 3, "name": "Ring", "supercatid": 4},
                {"catid": 4, "name": "Ring 2", "supercatid": 3},
            ],
            "code_name": [
                {"cid": 2, "name": "p99", "catid": 1, **sub_code},
                {"cid": 1, "name": "Latency", "catid": 1, "memo": "Time to answer.", "color": "#ff0000"},
                {"cid": 3, "name": "Lost", "catid": 9},
            ],
        },
        is_old=is_old,
    )
    project = read_qualcoder(folder)
    by_key = {each.key: each for each in project.codes}
    parents = {each.name: by_key[each.parent].name for each in project.codes if each.parent}
    assert parents["p99"] == ("Time" if is_old else "Latency")
    assert (parents["Latency"], parents["Time"]) == ("Time", "Forces")
    assert [
        (each.is_codable, each.description) for each in project.codes if each.name in ("Forces", "Latency")
    ] == [
        (False, "What matters."),
        (True, "Time to answer."),
    ]
    assert told(project)["parents of codes"][0] == 2
    assert [each.what for each in project.not_taken_over if not each.is_loss] == ["colours of codes"]
    assert (project.name, project.origin, project.coders) == ("study", "QualCoder", ())


def test_each_way_of_counting_positions_gives_the_coded_text(tmp_path: Path) -> None:
    codings = []
    for number, words in enumerate(("One", "🙂 two\nthree", "👩‍👩‍👧 four", "five"), 1):
        raw = words.replace("\n", "\r\n")
        start, end = TEXT.index(raw), TEXT.index(raw) + len(raw)
        codings += [
            {
                "cid": 1,
                "fid": 1,
                "seltext": raw,
                "pos0": start,
                "pos1": end,
                "owner": "ann",
                "memo": f"m{number}",
            },
            {
                "cid": 2,
                "fid": 1,
                "seltext": words.replace("\n", "\u2029"),
                "owner": "bob",
                "pos0": editor_position(TEXT, start),
                "pos1": editor_position(TEXT, end),
            },
        ]
    folder = qualcoder(
        tmp_path / "study.qda",
        {
            "source": [{"id": 1, "name": "a.txt", "fulltext": TEXT, "memo": "about a", "owner": "ann"}],
            "code_name": [{"cid": 1, "name": "A"}, {"cid": 2, "name": "B"}],
            "code_text": codings,
        },
    )
    project = read_qualcoder(folder)
    assert project.sources[0].text == PLAIN
    assert texts(project) == ["One", "🙂 two\nthree", "👩‍👩‍👧 four", "five"]
    for number, each in enumerate(project.sources[0].passages, 1):
        assert [(one.code, one.coder) for one in each.codings] == [("code 1", "ann"), ("code 2", "bob")]
        assert [one.text for one in each.codings[0].memos] == [f"m{number}"]
    assert [each.name for each in project.coders] == ["ann", "bob"]
    assert [(each.text, each.coder) for each in project.sources[0].memos] == [("about a", "ann")]
    assert told(project) == {}
    assert "UTF-16" in " ".join(project.messages)


def test_annotations_memos_and_the_journal_are_kept(tmp_path: Path) -> None:
    folder = qualcoder(
        tmp_path / "study.qda",
        {
            "project": [{"databaseversion": "v5", "memo": "Why we do it."}],
            "source": [{"id": 1, "name": "a", "fulltext": "one two"}],
            "annotation": [{"fid": 1, "pos0": 4, "pos1": 7, "memo": "hm", "owner": "Unknown coder"}],
            "code_name": [{"cid": 1, "name": "A"}],
            "code_text": [{"cid": 1, "fid": 1, "seltext": "one", "pos0": 0, "pos1": 3, "owner": "default"}],
            "journal": [{"jid": 1, "name": "Day 1", "jentry": "It began.", "owner": "default"}],
        },
        is_old=True,
    )
    project = read_qualcoder(folder)
    assert texts(project) == ["one", "two"]
    assert [[memo.text for memo in each.memos] for each in project.sources[0].passages] == [[], ["hm"]]
    assert [(each.name, each.text) for each in project.memos] == [
        ("Memo of the project", "Why we do it."),
        ("Day 1", "It began."),
    ]
    assert project.coders == ()
    assert project.not_taken_over == ()


def test_attributes_references_and_cases_are_fields_of_the_sources(tmp_path: Path) -> None:
    folder = qualcoder(
        tmp_path / "study.qda",
        {
            "source": [
                {"id": 1, "name": "a", "fulltext": "x", "risid": 7},
                {"id": 2, "name": "b", "fulltext": "y"},
            ],
            "attribute": [
                {"name": "Role", "attr_type": "file", "value": "dev\nops", "id": 1},
                {"name": "Ref_Year", "attr_type": "file", "value": "2020", "id": 1},
                {"name": "Country", "attr_type": "case", "value": "Austria", "id": 1},
                {"name": "Empty", "attr_type": "file", "value": "", "id": 2},
            ],
            "ris": [
                {"risid": 7, "tag": "TI", "value": "A title"},
                {"risid": 7, "tag": "AU", "value": "Ann"},
                {"risid": 7, "tag": "AU", "value": "Bob"},
                {"risid": 7, "tag": "UR", "value": "https://a.example"},
            ],
            "cases": [
                {"caseid": 1, "name": "Team", "memo": "big"},
                {"caseid": 2, "name": "Other"},
                {"caseid": 3, "name": "Nobody"},
            ],
            "case_text": [
                {"caseid": 1, "fid": 1, "pos0": 0, "pos1": 1},
                {"caseid": 1, "fid": 2, "pos0": 0, "pos1": 1},
                {"caseid": 2, "fid": 2, "pos0": 0, "pos1": 1},
            ],
        },
    )
    project = read_qualcoder(folder)
    assert dict(project.sources[0].metadata) == {
        "Role": "dev ops",
        "published": "2020",
        "title": "A title",
        "author": "Ann; Bob",
        "url": "https://a.example",
        "Country": "Austria",
        "case": "Team",
    }
    assert dict(project.sources[1].metadata) == {"Country": "Austria", "case": "Team"}
    assert told(project) == {
        "memos of cases": (1, ("Team",)),
        "values of cases": (1, ("case of Other",)),
        "cases without a source": (1, ("Nobody",)),
    }


def test_pictures_sounds_and_what_does_not_fit_are_told(tmp_path: Path) -> None:
    coding = {"cid": 1, "fid": 1, "owner": "default"}
    folder = qualcoder(
        tmp_path / "study.qda",
        {
            "source": [
                {"id": 1, "name": "a", "fulltext": "one two three two"},
                {"id": 2, "name": "p.png", "mediapath": "/images/p.png", "memo": "m"},
                {"id": 3, "name": "s.mp3", "mediapath": "audio:/home/s.mp3"},
                {"id": 4, "name": "s.pdf", "mediapath": "/docs/s.pdf", "fulltext": "\n\n"},
                {"id": 5, "name": "t.pdf", "mediapath": "/docs/t.pdf", "fulltext": "text"},
            ],
            "code_name": [{"cid": 1, "name": "A"}],
            "code_text": [
                {**coding, "seltext": "two", "pos0": 12, "pos1": 15, "important": 1},
                {**coding, "seltext": "gone", "pos0": 0, "pos1": 3},
                {**coding, "seltext": "gone", "pos0": 90, "pos1": 94},
                {**coding, "seltext": "one", "pos0": None, "pos1": None},
                {**coding, "cid": 9, "seltext": "one", "pos0": 0, "pos1": 3},
                {**coding, "fid": 9, "seltext": "one", "pos0": 0, "pos1": 3},
                {**coding, "fid": 4, "seltext": "", "pos0": 0, "pos1": 1},
            ],
            "code_image": [{"id": 2, "cid": 1}],
            "graph": [{"name": "Map"}],
            "stored_sql": [{"title": "q"}],
        },
    )
    project = read_qualcoder(folder)
    assert [each.name for each in project.sources] == ["a", "t.pdf"]
    assert texts(project) == ["one", "two"]
    assert project.sources[0].passages[1].start == 14
    assert told(project) == {
        "codings whose stored text is not at their positions": (3, ("a",)),
        "codings that are not in the text of their source": (1, ("a",)),
        "codings without a code": (1, ("a",)),
        "marks of important codings": (1, ("a",)),
        "pictures": (1, ("p.png",)),
        "memos of pictures, sounds and videos": (1, ("p.png",)),
        "sounds": (1, ("s.mp3",)),
        "scanned documents": (1, ("s.pdf",)),
        "codings of sources without a text": (1, ()),
        "codings of sources that the project does not have": (1, ()),
        "coded areas of pictures": (1, ()),
        "graphs": (1, ("Map",)),
    }


def test_what_is_no_project_is_refused_and_nothing_is_changed(tmp_path: Path) -> None:
    good = qualcoder(tmp_path / "good.qda", {"source": [{"id": 1, "name": "a", "fulltext": "x"}]})
    before = {each: each.read_bytes() for each in good.rglob("*") if each.is_file()}
    assert read_qualcoder(good).sources == read_qualcoder(good / "data.qda").sources
    assert {each: each.read_bytes() for each in good.rglob("*") if each.is_file()} == before
    (tmp_path / "empty.qda").mkdir()
    (tmp_path / "text.qda").write_text("x")
    (tmp_path / "link.qda").mkdir()
    (tmp_path / "link.qda" / "data.qda").symlink_to(good / "data.qda")
    (tmp_path / "open.qda").mkdir()
    (tmp_path / "open.qda" / "data.qda").write_bytes((good / "data.qda").read_bytes())
    (tmp_path / "open.qda" / "data.qda-wal").write_bytes(b"x")
    other = qualcoder(tmp_path / "other.qda", {})
    with closing(sqlite3.connect(other / "data.qda")) as database:
        database.execute("DROP TABLE code_cat")
        database.commit()
    for name, expected in (
        ("none.qda", "there is no such file"),
        ("empty.qda", "a folder with a file data.qda; there is none"),
        ("text.qda", "it is no SQLite database"),
        ("link.qda", "a link that leads out of the project"),
        ("open.qda", "another program has it open"),
        ("other.qda", "it is not a project of QualCoder: it lacks code_cat"),
    ):
        with pytest.raises(CodeableError, match=expected) as caught:
            read_qualcoder(tmp_path / name)
        assert caught.value.exit_status == 2

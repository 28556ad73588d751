"""A project of Taguette comes in with exactly the highlighted texts."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.exchange.readers.databases.html_text import html_text_of
from codeable.exchange.readers.databases.taguette import read_taguette
from tests.exchange.taguette_files import TaguetteHighlight, taguette


def texts(path: Path) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """The texts of the passages with their codes and coders."""
    return [
        (source.text[each.start : each.end], [(coding.code, coding.coder) for coding in each.codings])
        for source in read_taguette(path).sources
        for each in source.passages
    ]


class TestHighlights:
    def test_accents_emoji_and_markup_before_a_highlight_do_not_move_it(self, tmp_path: Path) -> None:
        before = "<h1>Größe 🙂</h1>\n"
        html = f"{before}<p>Zoë &amp; <b>é</b>t<i>é</i>s 👩‍👩‍👧 e\u0301 日本&nbsp;end</p><p>Next<br>line</p>"
        nodes = html_text_of(html).nodes
        wanted = ["🙂", "Zoë", "& étés", "👩‍👩‍👧", "e\u0301 日本\xa0end", "Nextline"]
        path = taguette(
            tmp_path / "a.sqlite3",
            {"Doc": html},
            ["t"],
            [TaguetteHighlight("Doc", nodes[: nodes.index(each)], each, ["t"]) for each in wanted],
        )
        assert texts(path) == [(each.replace("tl", "t\nl"), [("t", None)]) for each in wanted]
        assert [each for each in read_taguette(path).not_taken_over if each.is_loss] == []

    def test_tags_nest_by_dots_and_coders_come_from_the_commands(self, tmp_path: Path) -> None:
        path = taguette(
            tmp_path / "a.sqlite3",
            {"Doc": "<p>one two</p>", "Doc 2": ""},
            ["force.cost", "force.time", "e.g. one"],
            [
                TaguetteHighlight("Doc", "", "one", ["force.cost"], "ann"),
                TaguetteHighlight("Doc", "", "one", ["force.cost", "e.g. one"], "bob"),
                TaguetteHighlight("Doc", "one ", "two", [], "bob"),
            ],
        )
        project = read_taguette(path)
        assert [(each.name, each.parent, each.is_codable) for each in project.codes] == [
            ("force", None, False),
            ("cost", "force", True),
            ("time", "force", True),
            ("e.g. one", None, True),
        ]
        assert project.codes[1].description == "About force.cost."
        assert [each.name for each in project.coders] == ["ann", "bob"]
        both = [("force > cost", "ann"), ("force > cost", "bob"), ("e.g. one", "bob")]
        assert texts(path) == [("one", both), ("two", [])]
        assert [each.name for each in project.sources] == ["Doc", "Doc 2"]
        assert project.messages[-2:] == (
            '"." is read as nesting in 2 tags.',
            "It stays in 1 tag whose beginning no other has: 'e.g. one'.",
        )

    def test_a_description_that_is_an_address_is_the_url(self, tmp_path: Path) -> None:
        path = taguette(tmp_path / "a.sqlite3", {"Page": "<p>one</p>", "Talk": "<p>two</p>"})
        with closing(sqlite3.connect(path)) as database:
            for number, text in enumerate(("https://example.org/a", "see https://example.org/b"), 1):
                database.execute("UPDATE documents SET description = ? WHERE id = ?", (text, number))
            database.commit()
        page, talk = read_taguette(path).sources
        assert (page.metadata, page.memos) == ({"url": "https://example.org/a"}, ())
        assert (talk.metadata, talk.memos[0].text) == ({}, "see https://example.org/b")

    def test_what_does_not_fit_is_told(self, tmp_path: Path) -> None:
        path = taguette(
            tmp_path / "a.sqlite3",
            {"Doc": "<p>one two</p>\n<p>three</p>"},
            ["t"],
            [
                TaguetteHighlight("Doc", "", "one", ["t"], snippet="<p>won</p>"),
                TaguetteHighlight("Doc", "x" * 90, "gone", ["t"]),
                TaguetteHighlight("Doc", "x" * 90, "three", ["t"]),
                TaguetteHighlight("Doc", "one", " ", ["t"]),
            ],
        )
        assert [text for text, _ in texts(path)] == ["one", "three"]
        told = {
            each.what: (each.number, each.named, each.place) for each in read_taguette(path).not_taken_over
        }
        assert told == {
            "copies of highlighted texts that differ from the document": (
                2,
                ("Doc",),
                "a.sqlite3, highlight 1",
            ),
            "highlights that are not in the text of their document": (1, ("Doc",), "a.sqlite3, highlight 2"),
            "highlights of white space only": (1, ("Doc",), "a.sqlite3, highlight 4"),
        }

    def test_the_text_of_a_document_is_parted_as_people_see_it(self) -> None:
        for html, expected in (
            ("<p>a</p><p>b</p>", "a\n\nb"),
            ("<p>a</p>\n<p>b</p>\n\n\n<p>c", "a\n\nb\n\n\nc"),
            ("a<br>b<br/><br/>c", "a\nb\n\nc"),
            ("<ul><li>x</li><li>y</li></ul>z", "x\ny\n\nz"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
            ("  <pre>\n x\r\ny</pre>", " x\ny"),
            ("a<b>b</b>c", "abc"),
            ("", ""),
        ):
            assert html_text_of(html).text == expected


class TestDatabases:
    def test_what_nothing_closes_at_the_end_is_hidden_and_takes_no_time(self) -> None:
        for opened in ("<!--", "<?", "<!", "</", "<a ", "<a b='", "<![CDATA["):
            assert html_text_of("<p>Hm <!-- no --> < 5" + opened * 30_000).text == "Hm  < 5", opened

    def test_one_of_several_projects_is_named(self, tmp_path: Path) -> None:
        path = taguette(tmp_path / "a.sqlite3", {}, ["t"], more_projects=["Other", "Study"])
        with pytest.raises(CodeableError, match=r"3 projects; name one with --only.*2: 'Other'"):
            read_taguette(path)
        assert [each.name for each in read_taguette(path, "Other").codes] == ["other"]
        assert [each.name for each in read_taguette(path, "1").codes] == ["t"]
        for wrong, expected in (("Study", "several projects 'Study'"), ("None", "no project 'None'")):
            with pytest.raises(CodeableError, match=expected):
                read_taguette(path, wrong)

    def test_the_only_project_that_is_not_empty_is_taken(self, tmp_path: Path) -> None:
        path = taguette(tmp_path / "a.sqlite3", {"Doc": "x"}, name="First", more_projects=["Empty"])
        with closing(sqlite3.connect(path)) as database:
            database.execute("DELETE FROM tags")
            database.commit()
        project = read_taguette(path)
        assert project.name == "First"
        assert project.messages == ("The only project that is not empty was read: First.",)

    def test_what_is_no_database_of_taguette_is_refused(self, tmp_path: Path) -> None:
        good = taguette(tmp_path / "good.sqlite3", {"Doc": "text " * 5000}, ["t"])
        other = tmp_path / "other.sqlite3"
        with closing(sqlite3.connect(other)) as database:
            database.executescript(
                "CREATE TABLE tags (id); CREATE VIEW projects AS SELECT 1 AS id, 'x' AS name;"
            )
        content = good.read_bytes()
        (tmp_path / "open.sqlite3").write_bytes(content)
        (tmp_path / "open.sqlite3-journal").write_bytes(b"x")
        (tmp_path / "link.sqlite3").symlink_to(tmp_path / "gone.sqlite3")
        (tmp_path / "device.sqlite3").symlink_to("/dev/zero")
        for name, data, expected in (
            ("none.sqlite3", None, "there is no such file"),
            (".", None, "it is a folder"),
            ("link.sqlite3", None, "there is no such file"),
            ("device.sqlite3", None, "it is a pipe, a socket or a device"),
            ("empty.sqlite3", b"", "it is empty"),
            ("text.sqlite3", b"# s 1\n", "it is no SQLite database"),
            ("cut.sqlite3", content[: len(content) // 2], "the database is broken"),
            ("wild.sqlite3", content[:4096] + b"\xff" * (len(content) - 4096), "the database is broken"),
            ("other.sqlite3", None, "it is not a database of Taguette: it lacks projects"),
            ("open.sqlite3", None, "another program has it open"),
        ):
            if data is not None:
                (tmp_path / name).write_bytes(data)
            with pytest.raises(CodeableError, match=expected) as caught:
                read_taguette(tmp_path / name)
            assert caught.value.exit_status == 2
        assert not list(tmp_path.glob("*-shm"))

    def test_values_of_other_types_and_commands_of_nobody_do_no_harm(self, tmp_path: Path) -> None:
        path = taguette(tmp_path / "a.sqlite3", {"Doc": "<p>one</p>"}, ["t"])
        with closing(sqlite3.connect(path)) as database:
            database.executescript(
                """
                INSERT INTO highlights VALUES (NULL, 1, 'x', X'00', X'ff');
                INSERT INTO highlights VALUES (NULL, 1, '0', 3.0, 7);
                INSERT INTO highlight_tags VALUES (2, 99), (2, 1);
                INSERT INTO commands VALUES (NULL, '', 'u', 1, 1, '[[[');
                INSERT INTO commands VALUES (NULL, '', 'u', 1, 1, '{"type": "highlight_add", "tags": 1}');
                INSERT INTO tags VALUES (NULL, 1, '', X'00');
                """
            )
        assert texts(path) == [("one", [("t", None)])]
        assert [each.name for each in read_taguette(path).codes] == ["t", "tag 2"]

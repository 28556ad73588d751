"""The command notes new, as it is called."""

from pathlib import Path

import pytest

from codeable.notes import read_note
from tests.cli.running import run
from tests.studies import write_study


@pytest.fixture(autouse=True)
def _study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_study(Path(), {"pyproject.toml": "[tool.codeable]\n"})


def test_a_note_is_written_beside_the_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("notes", "new", "s1", "--title", "Größe", "--url", "https://e.org/1", "--example", "yes") == 0
    assert capsys.readouterr().out.startswith("sources/s1.md  written\nNext: codeable check")
    note = read_note("sources/s1.md")
    values = {name: field.value for name, field in note.metadata.items() if field.value}
    assert values == {"url": "https://e.org/1", "title": "Größe", "example": "yes"}


@pytest.mark.parametrize(
    ("others", "made"),
    [
        (["sources/s_1.md"], "sources/s_2.md"),
        (["sources/s-1.md", "sources/read me.md"], "sources/s-2.md"),
        (["notes/s1.md", "notes/p_1.md", "notes/s3.md"], "notes/s2.md"),
        (["notes/forms/s_.md", "notes/s1.md"], "notes/forms/s_2.md"),
    ],
)
def test_it_is_where_the_other_notes_are_and_named_as_they_are(others: list[str], made: str) -> None:
    settings = '[tool.codeable]\nnotes = ["notes"]\n' if "notes" in made else "[tool.codeable]\n"
    files = {path: f"# {Path(path).stem}\n".replace("s_\n", "s\n") for path in others}
    write_study(Path(), {"pyproject.toml": settings, **files})
    assert run("notes", "new", "s2") == 0
    assert Path(made).is_file()


def test_the_empty_note_of_the_study_is_its_form(capsys: pytest.CaptureFixture[str]) -> None:
    write_study(Path(), {"sources/p_.md": "# p\n## mood\n", "sources/s_.md": "# s\n## weather\n"})
    run("notes", "new", "p1")
    run("notes", "new", "s1")
    assert Path("sources/p_1.md").read_text() == "# p 1\n## mood\n"
    assert Path("sources/s_1.md").read_text() == "# s 1\n## weather\n"


def test_a_folder_of_the_settings_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    write_study(Path(), {"pyproject.toml": '[tool.codeable]\nnotes = ["field notes"]\n'})
    assert run("notes", "new", "s1") == 0
    assert Path("field notes/s1.md").is_file()
    assert capsys.readouterr().err == ""


def test_a_note_that_the_settings_do_not_name_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    files = {"a/s1.md": "# s 1\n", "pyproject.toml": '[tool.codeable]\nnotes = ["a/s1.md"]\n'}
    write_study(Path(), files)
    assert run("notes", "new", "s2") == 0
    assert capsys.readouterr().err == "the setting `notes` does not name a/s2.md; add it\n"


@pytest.mark.parametrize("text", ["# s 1\n", "# s\n1\n", '# s\n``` python\ns1 = CClass(source, "s1")\n```\n'])
def test_a_source_that_has_a_note_gets_no_other(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    write_study(
        Path(), {"sources/first.md": text.replace("``` python", "**AXIAL CODING TRACE:**\n``` python")}
    )
    assert run("notes", "new", "s1") == 2
    assert capsys.readouterr().err == "there is a note about s1: sources/first.md\n"


def test_no_file_is_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    write_study(Path(), {"sources/s2.md": "# s 1\n"})
    assert run("notes", "new", "s2") == 2
    assert Path("sources/s2.md").read_text() == "# s 1\n"
    assert capsys.readouterr().err in (
        "sources/s2.md is there already; nothing was written\n",
        "there is a note about s2: sources/s2.md\n",  # its name says so
    )


class TestCoders:
    @pytest.fixture(autouse=True)
    def _coders(self) -> None:
        settings = """
            [tool.codeable]
            notes = ["notes"]
            [tool.codeable.coders]
            anna = "notes/anna"
            ben = "notes/ben"
            """
        write_study(Path(), {"pyproject.toml": settings, "notes/anna/s_1.md": "# s 1\n"})

    def test_another_coder_begins_a_note_about_the_same_source(self) -> None:
        assert run("notes", "new", "s1", "--coder", "ben") == 0
        assert Path("notes/ben/s_1.md").is_file()

    def test_the_metadata_that_another_coder_wrote_are_copied(self) -> None:
        Path("notes/anna/s_1.md").write_text(
            "# s 1\n## url\nhttps://example.org/1\n## title\nStores\n# coding\n"
        )
        assert run("notes", "new", "s1", "--coder", "ben", "--title", "Big Stores") == 0
        note = read_note("notes/ben/s_1.md")
        assert (note.metadata["url"].value, note.title) == ("https://example.org/1", "Big Stores")

    def test_the_same_coder_does_not(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "new", "s1", "--coder", "anna") == 2
        assert "there is a note about s1: notes/anna/s_1.md" in capsys.readouterr().err

    def test_a_coder_without_a_folder_is_answered_with_the_setting(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("notes", "new", "s1", "--coder", "chris") == 2
        assert (
            'no folder for the coder \'chris\'; add one, such as "chris" = "notes/chris"'
            in capsys.readouterr().err
        )

    def test_without_a_coder_it_is_said_how_to_name_one(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "new", "s1") == 2
        assert "--coder NAME" in capsys.readouterr().err

    def test_an_unknown_coder_is_reported_with_the_nearest(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("notes", "new", "s2", "--coder", "bem") == 2
        assert "did you mean 'ben'" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["s"], ["x1"], ["../s1"], [""], ["s1", "--example", "maybe"], []])
def test_wrong_usage_writes_nothing(words: list[str]) -> None:
    before = sorted(Path().rglob("*"))
    assert run("notes", "new", *words) == 2
    assert sorted(Path().rglob("*")) == before


def test_a_folder_without_a_study_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other").mkdir()
    assert run("notes", "new", "s1", "-C", "other") == 2
    assert "`codeable init` starts one" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_reported(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, text: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("codeable.cli.notes_new.write_text_whole", refuse)
    assert run("notes", "new", "s1") == 1
    assert capsys.readouterr().err == "sources/s1.md cannot be written: Permission denied\n"


def test_an_interview_is_one() -> None:
    assert run("notes", "new", "p1") == 0
    assert read_note("sources/p1.md").metadata["source type"].value == "Interview"
    assert run("notes", "new", "p2", "--source-type", "Panel Discussion") == 0
    assert read_note("sources/p2.md").metadata["source type"].value == "Panel Discussion"


class TestASourceOfTheModel:
    MODEL = """
from codeable.dsl import *
s1 = CClass(source, "Source 1", values={
    "url": "https://e.org/1", "title": "Another", "type": "Blog Post",
    "source code": False, "example": True})
"""

    def test_its_name_and_its_metadata_are_filled_in(self, capsys: pytest.CaptureFixture[str]) -> None:
        write_study(Path(), {"models/m.py": self.MODEL})
        assert run("notes", "new", "s1") == 0
        note = read_note("sources/s1.md")
        assert {name: field.value for name, field in note.metadata.items() if field.value} == {
            "url": "https://e.org/1",
            "title": "Another",
            "source code": "no",
            "example": "yes",
            "source type": "Blog Post",
        }
        assert 's1 = CClass(source, "Source 1"' in Path("sources/s1.md").read_text()
        capsys.readouterr()
        run("check")
        shown = capsys.readouterr().out
        assert [rule for rule in ("C206", "C203", "C204", "C303", "C505") if rule in shown] == []

    def test_a_module_with_an_error_keeps_nobody_from_a_note(self) -> None:
        write_study(Path(), {"models/m.py": self.MODEL + "1 / 0\n"})
        assert run("notes", "new", "s1") == 0
        assert read_note("sources/s1.md").metadata["url"].value == ""

    def test_another_name_in_a_module_that_notes_build_is_reported(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_study(Path(), {"sources/s1.py": self.MODEL})
        run("notes", "new", "s1")
        run("check")
        assert "C206" in capsys.readouterr().out

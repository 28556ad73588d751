"""Which files are the field notes of a study, and of what is named on a command line."""

import sys
from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.notes.files import StudyNotes, note_files_in, note_files_of_study
from codeable.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("sources/s10.md", "sources/s9.md", "sources/a.py", "notes/deep/s1.md", "s3.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    return tmp_path


def names(folder: Path, paths: tuple[Path, ...]) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


def test_notes_are_beside_the_sources_unless_settings_name_others(folder: Path) -> None:
    assert names(folder, note_files_of_study(folder, Settings())) == ["sources/s9.md", "sources/s10.md"]


def test_notes_beside_a_single_module_count_but_not_all_below_the_study(folder: Path) -> None:
    beside = Settings(sources=("sources/a.py", "sources/b.py"))
    assert names(folder, note_files_of_study(folder, beside)) == ["sources/s9.md", "sources/s10.md"]
    assert note_files_of_study(folder, Settings(sources=("all.py",))) == ()


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("notes", ["notes/deep/s1.md"]),
        ("s3.md", ["s3.md"]),
        ("sources/s*.md", ["sources/s9.md", "sources/s10.md"]),
    ],
    ids=["folder", "file", "pattern"],
)
def test_an_entry_of_the_settings_is_a_folder_a_file_or_a_pattern(
    folder: Path, entry: str, found: list[str]
) -> None:
    assert names(folder, note_files_of_study(folder, Settings(notes=(entry,)))) == found


@pytest.mark.parametrize("entry", ["nothing/*.md", "note", "notes/deep/s2.md"])
def test_an_entry_that_matches_nothing_is_reported_with_the_nearest_name(folder: Path, entry: str) -> None:
    with pytest.raises(CodeableError) as raised:
        note_files_of_study(folder, Settings(notes=(entry,)))
    assert f"notes names {entry!r}, but nothing is there" in raised.value.message
    assert ("did you mean 'notes'" in raised.value.message) == (entry == "note")


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("{folder}/sources/*.md", ["sources/s9.md", "sources/s10.md"]),
        ("{folder}/notes", ["notes/deep/s1.md"]),
        ("{folder}/**/s1.md", ["notes/deep/s1.md"]),
        ("sources/../notes/**/*.md", ["sources/../notes/deep/s1.md"]),
    ],
)
def test_an_entry_may_be_absolute(folder: Path, entry: str, found: list[str]) -> None:
    settings = Settings(notes=(entry.format(folder=folder),))
    assert names(folder, note_files_of_study(folder, settings)) == found


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("/", "the whole disk; name a folder"),
        ("/**/*.md", "it searches the whole disk"),
        ("../" * 50, "the whole disk; name a folder"),
        ("../" * 50 + "**/*.md", "it searches the whole disk"),
        pytest.param(
            "sources/**.md",
            "'**' can only be an entire path component",
            marks=pytest.mark.skipif(sys.version_info >= (3, 13), reason="there it is the same as *.md"),
        ),
        ("a\0b/*.md", "nothing is there"),
        ("x" * 5000, "name too long"),
        ("*" * 5000, ""),
        ("[", "but nothing is there"),
    ],
    ids=range(9),
)
def test_an_entry_that_cannot_be_searched_is_one_line(folder: Path, entry: str, reason: str) -> None:
    with pytest.raises(CodeableError) as raised:
        note_files_of_study(folder, Settings(notes=(entry,)))
    message = raised.value.message
    assert message.startswith(f"{folder}/pyproject.toml: notes names {entry!r}, ")
    assert reason.casefold() in message.casefold()
    assert "\n" not in message
    assert raised.value.exit_status == 2


def test_a_note_that_is_named_twice_is_read_once(folder: Path) -> None:
    found = note_files_of_study(folder, Settings(notes=("s3.md", "*.md")))
    assert names(folder, found) == ["s3.md"]


def test_a_named_folder_means_the_notes_below_it(folder: Path) -> None:
    found = note_files_in([folder / "notes", folder / "s3.md"])
    assert names(folder, found) == ["notes/deep/s1.md", "s3.md"]


def test_a_named_folder_without_notes_is_reported(folder: Path) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(CodeableError, match=r"empty holds no field note \(\*\.md\)") as caught:
        note_files_in([folder / "empty"])
    assert caught.value.exit_status == 2


def test_a_named_file_that_is_missing_is_reported(folder: Path) -> None:
    with pytest.raises(CodeableError, match=r"s4\.md"):
        note_files_in([folder / "s4.md"])


class TestNotesThatHoldAWord:
    @pytest.fixture
    def notes(self, tmp_path: Path) -> StudyNotes:
        (tmp_path / "sources").mkdir()
        texts = {"s_2": "event_bus", "s_10": "\u00e9v\u00e9nement", "s_1": "\ufb01le_store", "s_3": "x"}
        for name, code in texts.items():
            text = f"# s {name[2:]}\n# coding\n> One.\n**AXIAL CODING TRACE:**\n```python\n{code}\n```\n"
            encoding = "utf-16" if name == "s_10" else "utf-8"
            (tmp_path / f"sources/{name}.md").write_text(text, encoding=encoding)
        return StudyNotes(tmp_path, Settings())

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (["event_bus"], ["s2"]),
            (["event_bus", "\u00e9v\u00e9nement"], ["s2", "s10"]),
            (["file_store"], ["s1"]),
            (["nothing"], []),
            ([], []),
        ],
    )
    def test_they_are_read_in_the_order_of_coding(
        self, notes: StudyNotes, words: list[str], expected: list[str]
    ) -> None:
        assert [note.identifier for note in notes.with_words(words)] == expected

    def test_what_is_left_over_from_the_template_counts_in_none(self, tmp_path: Path) -> None:
        text = "# s{}\n# coding\n{}**AXIAL CODING TRACE:**\n```python\na = CClass(practice, 'A')\n```\n"
        (tmp_path / "sources").mkdir()
        for name, number, passage in (("s_", "", ""), ("s_1", " 1", "> One.\n"), ("s_2", " 2", "> Two.\n")):
            (tmp_path / f"sources/{name}.md").write_text(text.format(number, passage), encoding="utf-8")
        found = StudyNotes(tmp_path, Settings()).with_words(["CClass"])
        assert [len(note.statements) for note in found if not note.is_template] == [0, 0]
        (tmp_path / "sources/s_1.md").write_text(text.format(" 1", "> One. only_here\n"), encoding="utf-8")
        (note,) = StudyNotes(tmp_path, Settings()).with_words(["only_here"])
        assert note.statements == ()

    def test_a_note_is_read_once(self, notes: StudyNotes) -> None:
        (note,) = notes.with_words(["event_bus"])
        assert [one.identifier for one in notes.all()] == ["s1", "s2", "s3", "s10"]
        assert note is notes.all()[1]

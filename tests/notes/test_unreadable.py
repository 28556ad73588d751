"""A note or a folder that cannot be read is a problem of its own and stops no other."""

import os
from pathlib import Path

import pytest

from codeable.checks import check
from codeable.notes.build import left_out_of
from codeable.notes.files import note_files_in, notes_of_study, read_notes
from codeable.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "s_1.md").write_text("# s 1\n## title\nA\n# coding\n> A.\n")
    (tmp_path / "sources" / "s_2.md").symlink_to("nowhere.md")
    os.mkfifo(tmp_path / "sources" / "s_3.md")
    (tmp_path / "sources" / "s_4.md").mkdir()
    return tmp_path


def test_the_other_notes_of_a_study_are_read(folder: Path) -> None:
    notes = notes_of_study(folder, Settings())
    assert [note.identifier for note in notes if note.identifier] == ["s1"]
    assert sorted(Path(one.path).name for one in notes if one.problems) == ["s_2.md", "s_3.md"]


def test_each_of_them_is_an_error_that_costs_a_note(folder: Path) -> None:
    notes = read_notes(note_files_in([folder]))
    found = [one for one in check(notes).diagnostics if one.code == "C116"]
    assert [(Path(one.span.path).name, one.severity) for one in found] == [
        ("s_2.md", "error"),
        ("s_3.md", "error"),
    ]
    lost = {one.span.path: one.reason for one in left_out_of(notes, Settings())}
    assert [lost[one.span.path] for one in found] == [one.message for one in found]


def test_a_folder_that_cannot_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "sources" / "closed"
    closed.mkdir()
    listed = os.scandir

    def scandir(path: object) -> object:
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", scandir)
    problems = [one for note in notes_of_study(folder, Settings()) for one in note.problems]
    assert [one.message for one in problems if "closed" in one.message] == [
        f"'{closed}' cannot be read: Permission denied"
    ]

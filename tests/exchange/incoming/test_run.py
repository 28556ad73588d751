"""The import of a project into a study, as one transaction."""

from pathlib import Path

import codeable
from codeable.exchange.incoming.planned import ImportOptions
from codeable.exchange.incoming.run import PlannedImport, planned_import
from codeable.exchange.project import Project
from codeable.notes import read_note
from codeable.notes.build import apply
from tests.exchange.projects import INTERVIEWS, TEXT


def imported(project: Project, folder: Path, **options: object) -> PlannedImport:
    """The import, after it was written."""
    done = planned_import(project, folder, ImportOptions(**options))  # type: ignore[arg-type]
    apply(done.changes, folder)
    return done


def test_a_project_becomes_a_study_that_a_person_can_edit(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    done = imported(INTERVIEWS, folder)
    assert (done.is_new_study, done.is_complete, done.not_taken_over) == (True, True, ())
    anna, ben = read_note(folder / "sources/s_1.md"), read_note(folder / "sources/ben/s_1.md")
    assert [each.problems for each in (anna, ben)] == [(), ()]
    assert [(each.title, each.coder) for each in (anna, ben)] == [
        ("Interview 1.docx", "Anna"),
        ("Interview 1.docx", "Ben"),
    ]
    assert [each.text for each in anna.passages] == ["Événements 🙂", "> quoted line\nand on."]
    assert [(each.text, [one.text for one in each.about]) for each in anna.memos] == [
        ("source memo", []),
        ("why\n\n# what", ["Événements 🙂"]),
    ]
    assert [(each.text, [one.text for one in each.about]) for each in ben.memos] == [("Hm", ["Wir nutzen"])]
    assert (folder / "texts/s1.txt").read_text(encoding="utf-8") == TEXT
    assert (folder / "texts/my_interviews_memos.txt").read_text(encoding="utf-8") == "Overall\n\nall in all\n"
    study = codeable.load(folder)
    assert {(each.text, each.coder) for each in study.passages_of("cost")} == {
        ("> quoted line\nand on.", "Anna"),
        ("Événements 🙂", "Ben"),
    }
    assert [str(each) for each in study.evidence_of("event_bus")] == ["s1"]
    assert study["cost"].superclasses == [study["forces"]]
    assert study["s2"].values["url"] == "https://e.org/1"


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    imported(INTERVIEWS, tmp_path / "study")
    again = planned_import(INTERVIEWS, tmp_path / "study", ImportOptions())
    assert (again.changes, again.differences, again.is_complete) == ((), (), True)

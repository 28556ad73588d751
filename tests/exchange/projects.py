"""Small projects of other tools, made by hand."""

from pathlib import Path

from codeable.exchange.incoming.planned import ImportOptions
from codeable.exchange.incoming.run import PlannedImport, planned_import
from codeable.exchange.project import (
    Coder,
    Coding,
    Project,
    ProjectCode,
    ProjectMemo,
    ProjectPassage,
    ProjectSource,
)
from codeable.notes.build import apply

TEXT = "Wir nutzen Événements 🙂 überall.\n\n> quoted line\nand on.  Then the cost."


def passage(text: str, words: str, *codings: Coding, **values: object) -> ProjectPassage:
    """The passage of some words of a text."""
    start = text.index(words)
    return ProjectPassage(start, start + len(words), codings, **values)  # type: ignore[arg-type]


def planned(project: Project, folder: Path, **options: object) -> PlannedImport:
    """What the import of a project into a study means."""
    return planned_import(project, folder, ImportOptions(**options))  # type: ignore[arg-type]


def imported(project: Project, folder: Path, **options: object) -> PlannedImport:
    """The import of a project, after it was written."""
    done = planned(project, folder, **options)
    apply(done.changes, folder)
    return done


INTERVIEWS = Project(
    "My Interviews",
    file="interviews.qdpx",
    coders=(Coder("u1", "Anna"), Coder("u2", "Ben")),
    codes=(
        ProjectCode("c0", "Forces", is_codable=False),
        ProjectCode("c1", "Cost", parent="c0", description="What it takes"),
        ProjectCode("c2", "Event Bus"),
    ),
    sources=(
        ProjectSource(
            "d1",
            "Interview 1.docx",
            TEXT,
            passages=(
                passage(TEXT, "Wir nutzen", coder="u2", memos=(ProjectMemo("Hm", "Title", "u1"),)),
                passage(
                    TEXT,
                    "Événements 🙂",
                    Coding("c2", "u1", (ProjectMemo("why\n\n# what"),)),
                    Coding("c1", "u2"),
                ),
                passage(TEXT, "> quoted line\nand on.  ", Coding("c1", "u1"), coder="u1"),
            ),
            codings=(Coding("c2", "u1"),),
            memos=(ProjectMemo("source memo"),),
        ),
        ProjectSource("d2", "Empty", metadata={"url": "https://e.org/1"}),
    ),
    memos=(ProjectMemo("all in all", "Overall", "u2"),),
)
"""Two coders, codes of several levels, passages with memos, a source without a text."""

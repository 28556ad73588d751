"""Whose notes take what a file says, where there is no note of its coder yet. `planned_notes` asks."""

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import evolve

from codeable.errors import CodeableError
from codeable.exchange.project import Project
from codeable.notes.model import AxialTrace, Comment, FieldNote, Memo
from codeable.notes.new_note import with_fields
from codeable.notes.reader import read_text


def likely_coder(
    project: Project, identifiers: Mapping[str, str], notes: Iterable[FieldNote]
) -> tuple[str | None, ...]:
    """The coder whose notes have the passages of a project, which an earlier import has brought.

    Two people seldom choose the same passages: at least half of those in the notes must be in the project.

    Args:
        project: The project.
        identifiers: Key of a source → its identifier in the study.
        notes: The notes of coders that the project does not name.

    Returns:
        The coder alone, who is None for notes without one; nothing if there is none.
    """
    texts: dict[str, set[str]] = {}
    for source in project.sources:
        passages = (source.text[each.start : each.end].strip() for each in source.passages)
        texts.setdefault(identifiers[source.key], set()).update(passages)
    shared: Counter[str | None] = Counter()
    every: Counter[str | None] = Counter()
    for note in notes:
        of_project = texts.get(note.identifier or "")
        if of_project:
            every[note.coder] += len(note.passages)
            shared[note.coder] += sum(each.text in of_project for each in note.passages)
    best = max(shared, key=lambda each: shared[each], default=None)
    return (best,) if shared[best] and 2 * shared[best] >= every[best] else ()


def whose_work(likely: str | None, named: str | None) -> str:
    """What a user must know about notes that are taken as those of who coded the file.

    Args:
        likely: Who is likely to have coded it; None where the notes do not say so.
        named: Who coded it, as the user says.
    """
    if named is not None:
        return (
            "The passages of the file are in notes without a coder, which stay so; "
            f"write {named} below their `## coder`."
        )
    return (
        f"The file does not say who coded; its passages are in the notes of {likely}, and so is what is new. "
        "--coder names somebody else."
    )


def taken_by(note: FieldNote, coder: str) -> FieldNote | None:
    """An empty note of nobody, such as one of a bibliography, as that of a coder; None for another note."""
    coding = (each for each in note.segments if not (isinstance(each, AxialTrace) and each.in_metadata))
    is_empty = all(isinstance(each, Comment | Memo) for each in coding)
    if not is_empty or note.coder is not None or note.encoding.errors != "strict":
        return None
    try:
        text = with_fields(note, {"coder": coder})
    except CodeableError:  # the note cannot hold the name
        return None
    return evolve(read_text(text, note.path), encoding=note.encoding, coder=coder)

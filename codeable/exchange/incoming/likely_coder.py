"""Whose work a file is that does not say who coded: of whom most passages of the study are in it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from codeable.exchange.project import Project
from codeable.notes.model import FieldNote


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

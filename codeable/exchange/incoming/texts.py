"""The whole texts of imported sources, kept beside the notes: passages are all that notes take from them."""

import os
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from codeable.exchange.incoming.planned import Difference, PlannedSources
from codeable.exchange.project import NotTakenOver, Project, ProjectMemo, ProjectSource
from codeable.exchange.whole_texts import path_of_memos, path_of_text
from codeable.files import read_file
from codeable.text import counted


@frozen
class KeptTexts:
    """The texts that an import keeps.

    Attributes:
        files: Path from the study's folder on → text.
        differences: Where a text that is there is another one.
        not_taken_over: What is not kept.
    """

    files: Mapping[str, bytes] = field(factory=dict, repr=False)
    differences: tuple[Difference, ...] = ()
    not_taken_over: tuple[NotTakenOver, ...] = ()


def kept_texts(project: Project, sources: PlannedSources, folder: Path, *, with_texts: bool) -> KeptTexts:
    """The whole texts of the sources of a project, and its memos about nothing in particular.

    A text that is nothing but passages is not kept: the notes have it.

    Args:
        project: The project.
        sources: What becomes of its sources.
        folder: The folder of the study.
        with_texts: Whether they are kept.
    """
    texts = {
        path_of_text(sources.identifiers[source.key]): source.text
        for source in project.sources
        if _is_more_than_passages(source)
    }
    left_out = [] if with_texts else list(texts)
    wanted = texts if with_texts else {}
    memos = [each for each in project.memos if each.text.strip()]
    if memos:
        wanted = {**wanted, path_of_memos(project.name): "\n\n".join(map(_memo, memos)) + "\n"}
    files: dict[str, bytes] = {}
    differences: list[Difference] = []
    for path, text in wanted.items():
        data = text.encode()
        there = read_file(folder / path) if os.path.lexists(folder / path) else None
        if there is None:
            files[path] = data
        elif there != data:
            in_study = counted(len(there.decode("utf-8", "replace")), "character")
            differences.append(Difference("whole text", counted(len(text), "character"), in_study, path))
    reason = "--no-texts leaves them out; their passages are in the notes"
    lost = NotTakenOver("whole texts of sources", len(left_out), reason=reason, is_loss=False)
    return KeptTexts(files, tuple(differences), (lost,) if left_out else ())


def _is_more_than_passages(source: ProjectSource) -> bool:
    """Whether there is text between the passages, besides labels of speakers."""
    if not source.text.strip():
        return False
    rest: list[str] = []
    at = 0
    for passage in sorted(source.passages, key=lambda each: each.start):
        rest.append(source.text[at : max(at, passage.start)])
        at = max(at, passage.end)
    rest.append(source.text[at:])
    speakers = {f"{passage.speaker}:" for passage in source.passages}
    return any(line.strip() and line.strip() not in speakers for line in "\n".join(rest).split("\n"))


def _memo(memo: ProjectMemo) -> str:
    return f"{memo.name}\n\n{memo.text.strip()}" if memo.name else memo.text.strip()

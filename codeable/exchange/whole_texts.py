"""The whole texts of sources in the folder `texts/` of a study, where an import keeps them beside the notes.

An export takes them in on demand: a co-author needs them to code more, and a transcript may be confidential.
"""

from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

from codeable.exchange.project import NotTakenOver, Project, ProjectPassage, ProjectSource
from codeable.files import read_file
from codeable.text import with_line_feeds

TEXTS_FOLDER = "texts"


def path_of_text(identifier: str) -> str:
    """The file with the text of a source, from the study's folder on."""
    return f"{TEXTS_FOLDER}/{identifier}.txt"


def sources_with_whole_text(project: Project, folder: Path) -> list[str]:
    """The identifiers of the sources whose whole text a study has."""
    names = (each.identifier for each in project.sources if each.identifier)
    return [name for name in names if (folder / path_of_text(name)).is_file()]


def with_whole_texts(project: Project, folder: Path) -> tuple[Project, tuple[NotTakenOver, ...]]:
    """A project whose sources have their whole texts, and what these do not fit.

    Args:
        project: The project of a study.
        folder: The folder of the study.

    Raises:
        CodeableError: A text cannot be read.
    """
    there = set(sources_with_whole_text(project, folder))
    sources: list[ProjectSource] = []
    unlike: list[str] = []
    for source in project.sources:
        if source.identifier in there:
            data = read_file(folder / path_of_text(source.identifier))
            whole = with_line_feeds(data.decode("utf-8-sig", "replace"))
            placed = list(_placed(source, whole))
            if None in placed:
                unlike.append(path_of_text(source.identifier))
            else:
                passages = sorted(filter(None, placed), key=lambda each: (each.start, each.end))
                source = evolve(source, text=whole, passages=tuple(passages))
        sources.append(source)
    reason = "the notes quote what is not in them; correct a quotation or the text"
    lost = NotTakenOver.of_names("whole texts of sources", unlike, reason)
    return evolve(project, sources=tuple(sources)), lost


def _placed(source: ProjectSource, whole: str) -> Iterator[ProjectPassage | None]:
    """The passages in the whole text; None for one that is not in it.

    The same words may be there several times. Notes mostly quote in the order of the text.
    """
    last: dict[str, int] = {}
    reached = 0
    for passage in source.passages:
        words = source.text[passage.start : passage.end]
        behind = last.get(words, -1) + 1
        tried = (whole.find(words, at) for at in (max(reached, behind), behind, 0))
        start = next((at for at in tried if at >= 0), None)
        if start is None:
            yield None
            continue
        last[words] = reached = start
        yield evolve(passage, start=start, end=start + len(words))

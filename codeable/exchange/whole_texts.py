"""The whole texts of sources in the folder `texts/` of a study, where an import keeps them beside the notes.

An export takes them in on demand: a co-author needs them to code more, and a transcript may be confidential.
"""

from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

from codeable.exchange.project import NotTakenOver, Project, ProjectPassage, ProjectSource
from codeable.files import read_file
from codeable.text import slug, with_line_feeds

TEXTS_FOLDER = "texts"
_MEMOS, _LONGEST_NAME = "_memos.txt", 60
_SHORT_TEXT, _PIECE, _MOST_PIECES = 30, 6, 200
"""Words of a text that is too short to be compared, words that are looked up at once, how often at most."""
_LITTLE = 0.3
"""The share of these pieces that versions of one document have in common at least."""


def path_of_text(identifier: str) -> str:
    """The file with the text of a source, from the study's folder on."""
    return f"{TEXTS_FOLDER}/{identifier}.txt"


def path_of_memos(project: str) -> str:
    """The file with the memos of an imported project that are about nothing in particular."""
    return f"{TEXTS_FOLDER}/{slug(project)[:_LONGEST_NAME]}{_MEMOS}"


def memos_left_here(folder: Path) -> tuple[NotTakenOver, ...]:
    """The files of such memos in a study, which no export takes."""
    named = sorted(each.name for each in (folder / TEXTS_FOLDER).glob(f"*{_MEMOS}"))
    reason = f"they are about no code and no source; give the files in {TEXTS_FOLDER}/ along"
    return NotTakenOver.of_names("files of memos", named, reason, is_loss=False)


def is_another_text(one: str, other: str) -> bool:
    """Whether two long texts have so little in common that they are not versions of one document.

    Interviews share the questions of their guide. A short text says nothing.

    Example:
        >>> one = " ".join(f"word {number}" for number in range(50))
        >>> is_another_text(one, one.replace("word 7", "event")), is_another_text(one, one.upper())
        (False, True)
    """
    if one == other:
        return False
    words, more = sorted((one.split(), other.split()), key=len)
    if len(words) < _SHORT_TEXT:
        return False
    whole = " ".join(more)
    starts = range(0, len(words) - _PIECE + 1, max(len(words) // _MOST_PIECES, 1))
    shared = sum(" ".join(words[start : start + _PIECE]) in whole for start in starts)
    return shared < _LITTLE * len(starts)


def sources_with_whole_text(project: Project, folder: Path) -> list[str]:
    """The identifiers of the sources whose whole text a study has."""
    return [name for name in _named_texts(project, folder) if _is_inside(folder / path_of_text(name), folder)]


def _named_texts(project: Project, folder: Path) -> list[str]:
    names = (each.identifier for each in project.sources if each.identifier)
    return [name for name in names if (folder / path_of_text(name)).is_file()]


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether no link leads from a path in a folder to a file outside of it."""
    return path.resolve().is_relative_to(folder.resolve())


def with_whole_texts(project: Project, folder: Path) -> tuple[Project, tuple[NotTakenOver, ...]]:
    """A project whose sources have their whole texts, and what these do not fit.

    Args:
        project: The project of a study.
        folder: The folder of the study.

    Raises:
        CodeableError: A text cannot be read.
    """
    there = set(sources_with_whole_text(project, folder))
    outside = [path_of_text(each) for each in _named_texts(project, folder) if each not in there]
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
    reason = "a link leads to them out of the study; put the files there if they may be given away"
    lost = (*lost, *NotTakenOver.of_names("texts outside of the study", outside, reason))
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

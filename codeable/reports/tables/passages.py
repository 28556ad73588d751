"""The table `passages`: every quotation with every code that was found in it."""

from collections.abc import Iterator
from typing import Any

from codeable.coded.coded_study import Code, CodedPassage, CodedStudy
from codeable.kernel import CLink
from codeable.notes.code_chain import CodePassage
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import Cell, ReportColumn, TableContent
from codeable.text import counted

_COLUMNS = (
    ReportColumn("source", "Source", "name", grouped=True),
    ReportColumn("file", "File", "name", grouped=True, paper="never"),
    ReportColumn("line", "Line", "number", grouped=True),
    ReportColumn("end_line", "Last line", "number", grouped=True, paper="never"),
    ReportColumn("coder", "Coder", grouped=True, optional=True),
    ReportColumn("speaker", "Speaker", grouped=True, optional=True),
    ReportColumn("kind", "Kind", grouped=True, paper="never"),
    ReportColumn("heading", "Heading", grouped=True, optional=True, paper="never"),
    ReportColumn("text", "Passage", "quotation", grouped=True),
    ReportColumn("code", "Code id", "name", paper="never"),
    ReportColumn("code_name", "Code", gathered=True),
    ReportColumn("code_kind", "Kind of code", paper="never"),
    ReportColumn("path", "Path of the code", paper="never"),
)
_MOST_PATHS = 10


def passages(study: CodedStudy, options: ReportOptions) -> TableContent:
    """One row per passage and code, also codes that only the notes know, in the order of the notes."""
    paths: dict[Code, tuple[str, ...]] = {}
    rows = [row for each in study.passages for row in _rows(study, each, options.kinds, paths)]
    return TableContent(
        _COLUMNS,
        rows,
        "Passages and the codes found in them",
        notes=tuple(_notes(study, options.kinds)),
        messages=study.messages,
    )


def _rows(
    study: CodedStudy, coded: CodedPassage, kinds: tuple[str, ...], paths: dict[Code, tuple[str, ...]]
) -> Iterator[dict[str, Cell]]:
    passage = coded.passage
    for code in coded.codes:
        if kinds and code.kind not in kinds:
            continue
        if code not in paths:
            paths[code] = code_paths(study, code)
        yield {
            **place_cells(passage, study.file_of(passage.path)),
            "text": passage.text,
            "code": code.name,
            "code_name": code.title,
            "code_kind": code.kind,
            "path": paths[code],
        }


def place_cells(passage: CodePassage, file: str) -> dict[str, str | int | None]:
    """Where a passage is, and what and whose it is, by the keys of the columns."""
    return {
        "source": passage.source,
        "file": file,
        "line": passage.line,
        "end_line": passage.end_line,
        "kind": passage.kind,
        "speaker": passage.speaker,
        "coder": passage.coder,
        "heading": passage.heading,
    }


def code_paths(study: CodedStudy, code: Code) -> tuple[str, ...]:
    """The ways to a code from the codes that it specialises, at most ten of them.

    Example:
        >>> from codeable.dsl import CClass, practice
        >>> from codeable.registry import Registry
        >>> cloud = CClass(practice, "Cloud")
        >>> cells = {"cloud": cloud, "mesh": CClass(practice, "Mesh", superclasses=cloud)}
        >>> study = CodedStudy(Registry.of(cells))
        >>> code_paths(study, study.code_named("mesh"))
        ('cloud > mesh',)
    """
    if code.element is None or isinstance(code.element, CLink):
        return (code.name,)
    pending: list[tuple[Any, ...]] = [(code.element,)]
    ways: list[str] = []
    while pending and len(ways) < _MOST_PATHS:
        way = pending.pop()
        parents = [each for each in way[0].superclasses if each in study.code_of and each not in way]
        pending += [(parent, *way) for parent in reversed(parents)]
        if not parents:
            ways.append(" > ".join(map(study.name_of, way)))
    return tuple(ways) if not pending else (*ways, "…")


def _notes(study: CodedStudy, kinds: tuple[str, ...]) -> Iterator[str]:
    every = study.passages
    if not every:
        yield "There are no passages: " + (
            "the field notes quote none." if study.notes else "no field notes."
        )
        return
    uncoded = sum(not each.codes for each in every)
    yield (
        f"{counted(len(every) - uncoded, 'passage')} with codes; "
        f"{counted(uncoded, 'passage')} without any {'is' if uncoded == 1 else 'are'} left out."
    )
    if kinds:
        yield f"Only codes of the kinds {', '.join(kinds)}."

"""Columns and rows of the tables as which passages, notes and views show themselves. Called by `Study`."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from codeable.diagrams import View
from codeable.notes.code_chain import CodePassage
from codeable.registry import Collection
from codeable.registry.table import Row

if TYPE_CHECKING:
    from codeable.notes.model import FieldNote

NOTE_COLUMNS = ("source", "file", "coder", "passages", "traces", "memos", "title")
_PASSAGE_COLUMNS = ("source", "file", "line", "end_line", "kind", "speaker", "coder", "heading", "text")
_SOMETIMES = ("speaker", "coder")
"""Columns of passages that are there when one of them has a value."""


def first_names(found: Collection, most: int = 4) -> str:
    """The first names of a collection."""
    more = ", ..." if len(found) > most else ""
    return ", ".join(found.names[:most]) + more


def view_row(view: View) -> Row:
    """The row of a view."""
    return {
        "identifier": view.identifier,
        "title": view.title,
        "kind": view.kind,
        "elements": len(view.elements),
    }


def passage_columns(passages: Sequence[CodePassage]) -> tuple[str, ...]:
    """The columns of a table of passages."""
    return tuple(
        column
        for column in _PASSAGE_COLUMNS
        if column not in _SOMETIMES or any(getattr(passage, column) for passage in passages)
    )


def passage_rows(folder: Path | None, columns: Sequence[str]) -> Callable[[CodePassage], Row]:
    """Gives the row of a passage in a table, with its file as seen from the study's folder."""

    def row(passage: CodePassage) -> Row:
        file = _file(folder, passage.path)
        return {column: file if column == "file" else getattr(passage, column) for column in columns}

    return row


def note_row(folder: Path | None, note: "FieldNote") -> Row:
    """The row of a field note, with its file as seen from the study's folder."""
    traces = len(note.open_traces) + len(note.axial_traces)
    counts = len(note.passages), traces, len(note.memos)
    values = note.identifier, _file(folder, note.path), note.coder, *counts, note.title
    return dict(zip(NOTE_COLUMNS, values, strict=True))


def _file(folder: Path | None, path: str) -> str:
    is_inside = folder is not None and Path(path).is_relative_to(folder)
    return Path(path).relative_to(folder or "").as_posix() if is_inside else path

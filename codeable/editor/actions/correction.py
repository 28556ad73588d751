"""The records of corrections: a finding with what is known of the study, and what one click changes."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Protocol, TypeVar

from attrs import define, frozen

from codeable.checks import Diagnostic
from codeable.checks.context import Context
from codeable.kernel.place import Span
from codeable.lines import Edit, Lines
from codeable.notes.decoding import edited
from codeable.notes.identity import next_identifier
from codeable.notes.model import FieldNote
from codeable.notes.reader import read_text

NAMES = frozenset({"DECISION", "SOLUTION", "FORCE", "SOURCE", "CODE"})
"""The words that the user writes over where a name has to be."""


@frozen
class Correction:
    """What one click changes.

    Attributes:
        title: What it does, as a command.
        edits: The changes, in notes, modules and the settings.
        preferred: Whether it is what most people would do.
        blanks: Words in the replacements that the user has to write over, such as ``REASON``.
    """

    title: str
    edits: tuple[Edit, ...]
    preferred: bool = False
    blanks: tuple[str, ...] = ()


@define(eq=False, slots=False)
class Case:
    """A finding, with the study in which it was found.

    Attributes:
        finding: The finding.
        context: The study, as it was checked.
    """

    finding: Diagnostic
    context: Context

    @property
    def span(self) -> Span:
        """Where it is."""
        return self.finding.span

    @cached_property
    def note(self) -> FieldNote | None:
        """The note that it is in; None in a module or the settings."""
        return self.note_in(self.span.path)

    def note_in(self, path: str) -> FieldNote | None:
        """The note in a file; None for a module or the settings."""
        return next((note for note in self.context.all_notes if note.path == path), None)

    def text_of(self, span: Span) -> str:
        """The text at a place."""
        return self.context.text_of(span.path)[span.start : span.end]

    @cached_property
    def written(self) -> str:
        """The text at the place of the finding."""
        return self.text_of(self.span)

    @cached_property
    def lines(self) -> Lines:
        """The lines of the file."""
        return Lines(self.span.path, self.context.text_of(self.span.path))

    @property
    def has_folder(self) -> bool:
        """Whether the notes are those of a study, which has settings."""
        registry = self.context.registry
        return registry is not None and registry.folder is not None


def reads_as_well(note: FieldNote, edits: Iterable[Edit]) -> bool:
    """Whether nothing else of a note is wrong after some edits."""
    text = edited(note.text, [edit.change for edit in edits])
    return Counter(_messages(text, note.path)) <= Counter(_messages(note.text, note.path))


@lru_cache(maxsize=2)
def _messages(text: str, path: str) -> tuple[str, ...]:
    """What is wrong in a note by itself, read without the others."""
    return tuple(problem.message for problem in read_text(text, path).problems)


def without_lines(lines: Lines, first: int, last: int) -> Edit:
    """The edit that takes whole lines out (counted from 0, the last inclusive)."""
    start = lines.starts[first]
    end = lines.start_behind(last)
    return Edit(lines.path, start, end, "")


def without(lines: Lines, span: Span) -> Edit:
    """The edit that takes a text out, with its lines where nothing else is on them."""
    first, last = span.line - 1, span.end_line - 1
    before = lines.lines[first][: span.column - 1]
    behind = lines.lines[last][span.end_column - 1 :]
    if not before.strip() and not behind.strip():
        return without_lines(lines, first, last)
    return Edit.of(span, "")


def line_end(lines: Lines) -> str:
    """What ends the lines of a text."""
    return "\r\n" if "\r\n" in lines.text else "\n"


def above(lines: Lines, index: int, *new: str) -> Edit:
    """The edit that writes lines above a line (counted from 0)."""
    at = lines.starts[index]
    return Edit(lines.path, at, at, "".join(f"{line}{line_end(lines)}" for line in new))


def below(lines: Lines, index: int, *new: str) -> Edit:
    """The edit that writes lines below a line (counted from 0)."""
    if index + 1 < len(lines.starts):
        return above(lines, index + 1, *new)
    end = len(lines.text)
    return Edit(lines.path, end, end, "".join(f"{line_end(lines)}{line}" for line in new))


def indentation(line: str) -> str:
    """The blanks at the start of a line."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def next_source(context: Context, kind: str) -> str:
    """The next identifier that no source of the study has, such as `s45`."""
    named = {note.identifier or "" for note in context.all_notes} | context.in_model.sources.keys()
    return next_identifier(kind, named)


class _Part(Protocol):
    @property
    def span(self) -> Span: ...


P = TypeVar("P", bound=_Part)


def part_on(parts: Iterable[P], line: int) -> P | None:
    """The first part of a note that is on a line (counted from 1)."""
    return next((one for one in parts if one.span.line <= line <= one.span.end_line), None)


def same_everywhere(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits in the order of their places, each once."""
    return tuple(sorted(set(edits)))

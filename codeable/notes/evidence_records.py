"""What the chain of evidence answers with: passages, declarations, renames, links of one code."""

from collections.abc import Iterator

from attrs import field, frozen

from codeable.files import shown_path
from codeable.notes.records import Span
from codeable.registry.answer import State
from codeable.registry.table import Row, Table, Tabular, Value, filled, heads_of

__all__ = ["CodeChain", "CodePassage", "DeclaredIn", "Linked", "Renamed", "SourceEvidence"]


@frozen(repr=False)
class CodePassage:
    """A passage that is evidence for a code.

    Attributes:
        source: The source's identifier, such as ``s44``.
        path: The note.
        line: The first line of the passage.
        end_line: The last one.
        text: The passage, without the marks of Markdown.
        kind: ``quotation``, ``text``, ``image``, ``heading`` or ``code``.
        heading: The nearest heading above it in the note.
        mentions: Where the traces about this passage speak of the code.
    """

    source: str
    path: str
    line: int
    end_line: int
    text: str
    kind: str
    heading: str | None
    mentions: tuple[Span, ...]

    def __str__(self) -> str:
        lines = str(self.line) if self.line == self.end_line else f"{self.line}-{self.end_line}"
        return f"{self.source}  {shown_path(self.path)}:{lines}  {self.text}"

    def __repr__(self) -> str:
        return f"<{self}>"


@frozen
class DeclaredIn:
    """A declaration of a code in a note, under the name that it has there."""

    identifier: str
    metaclass: str | None
    display_name: str | None
    source: str
    span: Span


@frozen
class Renamed:
    """A rename that the settings name; `first_use` is where the notes first use the new name."""

    old: str
    new: str
    last_use: Span | None
    first_use: Span | None


@frozen
class SourceEvidence:
    """What one source says about a code.

    Attributes:
        source: The source's identifier.
        title: Its title.
        in_model: Whether the model links the source to the code.
        mentions: Where its note speaks of the code.
        passages: The passages that these mentions rest on.
    """

    source: str
    title: str
    in_model: bool
    mentions: tuple[Span, ...]
    passages: tuple[CodePassage, ...]


@frozen
class Linked:
    """An element that a code is linked to: identifier, display name, and text or impact of the link."""

    identifier: str
    name: str
    text: str | None = None


@frozen(repr=False)
class CodeChain(Tabular):
    """Everything that a code rests on and that rests on it. Its table has a row for each step.

    Attributes:
        identifier: The code's identifier of today.
        name: Its display name.
        kind: Its kind, such as ``practice``; ``dropped`` when the model does not hold it.
        place: Where the model declares it, as ``path:line``; empty when it does not.
        declared: Its declarations in the notes, in order.
        renamed: The renames that led to its name of today, in order.
        evidence: What each source says about it, in the order of the sources.
        option_of: The decisions that offer it, with the option's text.
        options: The solutions that it offers, when it is a decision.
        forces: The forces that it has an impact on.
        impacts: The solutions that have an impact on it, when it is a force.
        figures: The figures that show it.
    """

    identifier: str
    name: str
    kind: str
    place: str
    declared: tuple[DeclaredIn, ...]
    renamed: tuple[Renamed, ...]
    evidence: tuple[SourceEvidence, ...]
    option_of: tuple[Linked, ...]
    options: tuple[Linked, ...]
    forces: tuple[Linked, ...]
    impacts: tuple[Linked, ...]
    figures: tuple[str, ...] = ()
    _state: State = field(factory=State, eq=False)

    def to_dicts(self) -> list[dict[str, Value]]:
        """The steps: where the code is declared, its renames, passages, links and figures."""
        return filled(list(self._steps()))

    def table(self) -> Table:
        """The steps as a table."""
        rows = self.to_dicts()
        title = f"chain of evidence of {self.identifier} ({self.name})"
        return Table(title, heads_of(rows), tuple(tuple(row.values()) for row in rows), note=self._state.note)

    def _steps(self) -> Iterator[Row]:
        if self.place:
            path, _, line = self.place.rpartition(":")
            yield _step("declared", "model", f"{self.kind} {self.name!r}", path, int(line))
        for one in self.declared:
            said = " ".join(filter(None, (one.metaclass, repr(one.display_name) if one.display_name else "")))
            yield _step("declared", one.source, f"{one.identifier}, {said}", one.span.path, one.span.line)
        for rename in self.renamed:
            use = rename.first_use or rename.last_use
            at = (use.path, use.line) if use is not None else ()
            yield _step("renamed", rename.old, f"to {rename.new}", *at)
        for source in self.evidence:
            for passage in source.passages:
                yield _step("evidence", source.source, passage.text, passage.path, passage.line)
            if not source.passages:
                yield _step("evidence", source.source, source.title)
        for step, found in (
            ("option of", self.option_of),
            ("option", self.options),
            ("force", self.forces),
            ("impact", self.impacts),
        ):
            for linked in found:
                yield _step(step, linked.identifier, linked.text)
        for figure in self.figures:
            yield _step("figure", figure, None)

    @property
    def passages(self) -> tuple[CodePassage, ...]:
        """All passages, in order."""
        return tuple(passage for source in self.evidence for passage in source.passages)


def _step(step: str, name: str, text: str | None, path: str | None = None, line: int | None = None) -> Row:
    file = shown_path(path) if path is not None else None
    return {"step": step, "name": name, "file": file, "line": line, "text": text}

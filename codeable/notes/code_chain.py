"""The records of the chain of evidence of a code: its passages, declarations, renames, memos, links.

`ChainOfEvidence` makes them; a `CodeChain` shows itself as a table of steps, a `CodePassage` as a quotation.
"""

from collections.abc import Iterator
from typing import Literal

from attrs import field, frozen

from codeable.files import shown_path
from codeable.kernel.place import Span
from codeable.notes.quotation import Quotation, line_range
from codeable.notes.thoughts import Thought
from codeable.registry import Impact, Option
from codeable.registry.answer import State
from codeable.registry.table import Row, Table, Tabular, Value, filled, heads_of


@frozen(repr=False)
class CodePassage(Quotation):
    """A passage that is evidence for a code. Its `repr` is a quotation.

    Attributes:
        source: The source's identifier, such as ``s44``.
        path: The note.
        line: The first line of the passage.
        end_line: The last one.
        text: The passage, without the marks of Markdown.
        kind: ``quotation``, ``text``, ``image``, ``heading`` or ``code``.
        heading: The nearest heading above it in the note.
        mentions: Where the traces of this passage mention the code.
        coder: Who found the code in it, where note or settings say so.
        speaker: Who says it, in an interview.
    """

    source: str
    path: str
    line: int
    end_line: int
    text: str
    kind: str
    heading: str | None
    mentions: tuple[Span, ...]
    coder: str | None = None
    speaker: str | None = None

    def __str__(self) -> str:
        return f"{self._place()}  {self.text}"

    def _place(self) -> str:
        lines = line_range(self.line, self.end_line)
        said = [f"said by {self.speaker}"] if self.speaker else []
        coded = [f"coded by {self.coder}"] if self.coder else []
        return "  ".join([self.source, f"{shown_path(self.path)}:{lines}", *said, *coded])

    def _quoted(self) -> str:
        return self.text


@frozen
class DeclaredIn:
    """A declaration of a code in a note, with the name that the code has there."""

    identifier: str
    metaclass: str | None
    display_name: str | None
    source: str
    span: Span


@frozen
class StatedIn:
    """A statement of a note about an option or an impact, under current names."""

    kind: Literal["option", "impact"]
    names: tuple[str, str]
    source: str
    span: Span


@frozen
class SubcodeEvidence:
    """A code that specialises another one, with the sources that are evidence for it."""

    code: str
    name: str
    sources: tuple[str, ...]


@frozen
class Renamed:
    """A rename in the settings. `first_use` is where the notes first use the new name."""

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
        mentions: Where its notes mention the code.
        passages: The passages of these mentions; one that several coders coded is there for each of them.
    """

    source: str
    title: str
    in_model: bool
    mentions: tuple[Span, ...]
    passages: tuple[CodePassage, ...]

    @property
    def coders(self) -> tuple[str, ...]:
        """Who found the code in it, where notes or settings say so."""
        return tuple(dict.fromkeys(passage.coder for passage in self.passages if passage.coder))


@frozen(repr=False)
class CodeChain(Tabular):
    """The chain of evidence of one code. Its table has a row for each step.

    Attributes:
        identifier: The code's current identifier.
        name: Its display name.
        kind: Its kind, such as ``practice``; ``dropped`` when the model does not hold it.
        span: Where the model declares it; None when it does not.
        declared: Its declarations in the notes, in order.
        renamed: The renames that led to its current name, in order.
        evidence: What each source says about it, in the order of the sources.
        option_of: The decisions that offer it.
        options: The solutions that it offers, when it is a decision.
        forces: Its impacts on forces.
        impacts: The impacts on it, when it is a force.
        figures: The figures that show it.
        stated: What the notes state about its options and impacts, in their order.
        thoughts: Its definitions and the memos about it, in the order of the notes.
        subcodes: The codes that specialise it, with their evidence.
        supercodes: The codes that it specialises.
    """

    identifier: str
    name: str
    kind: str
    span: Span | None
    declared: tuple[DeclaredIn, ...]
    renamed: tuple[Renamed, ...]
    evidence: tuple[SourceEvidence, ...]
    option_of: tuple[Option, ...] = ()
    options: tuple[Option, ...] = ()
    forces: tuple[Impact, ...] = ()
    impacts: tuple[Impact, ...] = ()
    figures: tuple[str, ...] = ()
    stated: tuple[StatedIn, ...] = ()
    thoughts: tuple[Thought, ...] = ()
    subcodes: tuple[SubcodeEvidence, ...] = ()
    supercodes: tuple[str, ...] = ()
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
        if self.span is not None:
            yield _step("declared", "model", f"{self.kind} {self.name!r}", self.span)
        for one in self.declared:
            name = repr(one.display_name) if one.display_name else ""
            text = ", ".join([one.identifier, " ".join(filter(None, (one.metaclass, name)))])
            yield _step("declared", one.source, text, one.span)
        for thought in self.thoughts:
            yield _step(thought.kind, thought.source, thought.text, thought.span)
        for rename in self.renamed:
            yield _step("renamed", rename.old, f"to {rename.new}", rename.first_use or rename.last_use)
        for source in self.evidence:
            for passage in source.passages:
                yield _step("evidence", source.source, passage.text, passage)
            if not source.passages:
                yield _step("evidence", source.source, source.title)
        for subcode in self.subcodes:
            yield from (_step("evidence of sub-code", source, subcode.code) for source in subcode.sources)
        yield from (_step("sub-code of", code, None) for code in self.supercodes)
        yield from (_step("option of", one.decision, one.words or None) for one in self.option_of)
        yield from (_step("option", one.solution, one.words or None) for one in self.options)
        yield from (_step("force", one.force, one.impact) for one in self.forces)
        yield from (_step("impact", one.solution, one.impact) for one in self.impacts)
        yield from (_step("figure", figure, None) for figure in self.figures)

    @property
    def passages(self) -> tuple[CodePassage, ...]:
        """All passages, in order."""
        return tuple(passage for source in self.evidence for passage in source.passages)

    def places_of(self, link: Option | Impact) -> tuple[Span, ...]:
        """Where the notes state an option or an impact."""
        if isinstance(link, Option):
            kind, names = "option", (link.decision, link.solution)
        else:
            kind, names = "impact", (link.solution, link.force)
        return tuple(one.span for one in self.stated if (one.kind, one.names) == (kind, names))

    @property
    def sources_with_subcodes(self) -> tuple[str, ...]:
        """The sources that are evidence for it or for one of its sub-codes."""
        own = (source.source for source in self.evidence)
        return tuple(dict.fromkeys([*own, *(each for one in self.subcodes for each in one.sources)]))


def _step(step: str, name: str, text: str | None, at: Span | CodePassage | None = None) -> Row:
    file, line = (shown_path(at.path), at.line) if at is not None else (None, None)
    return {"step": step, "name": name, "file": file, "line": line, "text": text}

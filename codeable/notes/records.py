"""What a field note holds: records with exact places, for the checks, the builder and the chain of evidence.

The statements of its traces are in `statement_records`; all records can be imported from here.
"""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from codeable.notes.statement_records import (
    BrokenStatement,
    CodeMention,
    Declaration,
    ForceImpact,
    ForceRelation,
    Name,
    OptionLink,
    OtherRelation,
    OtherStatement,
    Passage,
    Problem,
    RelationEnds,
    SourceDeclaration,
    Span,
    Statement,
    Text,
    Value,
)

__all__ = [
    "AxialTrace",
    "BrokenStatement",
    "CodeMention",
    "CodesAdded",
    "Comment",
    "Declaration",
    "Encoding",
    "FieldNote",
    "ForceImpact",
    "ForceRelation",
    "MetadataField",
    "Name",
    "NoteHeading",
    "OpenItem",
    "OpenTrace",
    "OptionLink",
    "OtherRelation",
    "OtherStatement",
    "Passage",
    "Problem",
    "Prose",
    "RelationEnds",
    "Segment",
    "SourceDeclaration",
    "Span",
    "Statement",
    "Text",
    "TraceBlock",
    "Value",
]


@frozen
class NoteHeading:
    """`# s` and the number on the same line or the next: kind ``s`` (source) or ``p`` (interview)."""

    kind: str
    number: str | None
    span: Span
    kind_span: Span
    number_span: Span | None

    @property
    def identifier(self) -> str | None:
        """``s44``; none as long as the number is missing."""
        return f"{self.kind}{self.number}" if self.number else None


@frozen
class MetadataField:
    """A level-2 heading before `# coding` and the value below it (or behind it on the same line).

    `name` is lower case without the hint in brackets (`## Example (yes, no)` is ``example``). An empty value
    has an empty `value_span` where the value would be written.
    """

    name: str
    value: str
    name_span: Span
    value_span: Span
    span: Span
    known: bool = True

    @property
    def as_bool(self) -> bool | None:
        """``yes`` and ``no`` (also ``true`` and ``false``) as a truth value; none for anything else."""
        return {"yes": True, "true": True, "no": False, "false": False}.get(self.value.strip().casefold())


@frozen
class Comment:
    """A comment of HTML outside traces and passages; the checks read their directives from it."""

    text: str
    span: Span


@frozen
class OpenItem:
    """One entry of an open trace: `Familiar options: a, b`, `- <ins>Option: </ins>text`, a line of names.

    `kind` is ``option``, ``force``, ``decision``, ``code``, ``term``, ``context``, ``comment`` or ``list`` (a
    bare identifier on its line); `label` what stood before the colon; `status` whether it is ``new`` or
    ``familiar`` as far as the label tells.
    """

    kind: str
    label: str
    status: Literal["new", "familiar", ""]
    text: str
    names: tuple[Name, ...]
    span: Span


@frozen
class OpenTrace:
    """What the coder thought: the text under `**OPEN CODING TRACE:**`.

    `memo` is the text without its items, and what stands behind the heading; `names` is every identifier of
    the model that it mentions.
    """

    span: Span
    heading: str
    heading_span: Span
    text: str
    items: tuple[OpenItem, ...]
    memo: str
    names: tuple[Name, ...]
    evidence: tuple[Passage, ...] = field(default=(), repr=False)
    group: int = 0

    def texts(self, kind: str, status: str | None = None) -> tuple[str, ...]:
        """The texts of the items of one kind (and status), in order."""
        return tuple(item.text for item in self.items if item.kind == kind and status in (None, item.status))


@frozen
class CodesAdded:
    """The source that a line of prose names: `add codes to s44:` (also `s` alone, as in the template)."""

    source: Name
    span: Span


@frozen
class Prose:
    """A line of prose in an axial trace, such as `added:`."""

    text: str
    span: Span
    codes_added: CodesAdded | None = None


@frozen
class TraceBlock:
    """A fenced block of an axial trace.

    `span` covers the fences, `content_span` the lines between them. `python` is false when the fence names
    another language, `valid` when a statement in it is broken.
    """

    language: str
    source: str = field(repr=False)
    span: Span
    content_span: Span
    opening_span: Span
    closing_span: Span | None
    python: bool
    valid: bool
    statements: tuple[Statement, ...]


@frozen
class AxialTrace:
    """What the coder changed in the model: prose and blocks under `**AXIAL CODING TRACE:**`.

    `in_metadata` is true before `# coding`; such a trace has no evidence. `heading_span` is none for a block
    that stands in an open trace without a heading of its own.
    """

    span: Span
    heading: str
    heading_span: Span | None
    prose: tuple[Prose, ...]
    blocks: tuple[TraceBlock, ...]
    statements: tuple[Statement, ...]
    in_metadata: bool = False
    evidence: tuple[Passage, ...] = field(default=(), repr=False)
    group: int = 0


Segment = Passage | OpenTrace | AxialTrace | Comment


@frozen
class Encoding:
    """How the bytes of a note became text: enough to write them back with every other byte the same.

    `name` is a codec of Python, `errors` its error handler, `mark` the byte order mark before the text. With
    ``surrogateescape`` the undecodable bytes show as U+FFFD in `FieldNote.text`, at the same offsets.
    """

    name: str = "utf-8"
    errors: str = "strict"
    newline: str = "\n"
    mark: bytes = b""


@frozen
class FieldNote:
    """A field note, read completely."""

    path: str
    text: str = field(repr=False)
    encoding: Encoding
    heading: NoteHeading | None
    fields: tuple[MetadataField, ...] = field(repr=False)
    coding_span: Span | None = field(repr=False)
    segments: tuple[Segment, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    statements: tuple[Statement, ...] = field(repr=False)

    @property
    def kind(self) -> str | None:
        """``s`` for a source, ``p`` for an interview; none without a heading."""
        return self.heading.kind if self.heading else None

    @property
    def identifier(self) -> str | None:
        """``s44``: from the heading, else from the declaration of its source."""
        if self.heading is not None and self.heading.identifier is not None:
            return self.heading.identifier
        declared = self.declared_source
        return declared.identifier.name if declared else None

    @property
    def declared_source(self) -> SourceDeclaration | None:
        """The first declaration of a source in this note."""
        return next((one for one in self.statements if isinstance(one, SourceDeclaration)), None)

    @property
    def metadata(self) -> Mapping[str, MetadataField]:
        """The fields by name; of a repeated field the first one (all of them are in `fields`)."""
        by_name: dict[str, MetadataField] = {}
        for one in self.fields:
            by_name.setdefault(one.name, one)
        return by_name

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, in order."""
        return tuple(segment for segment in self.segments if isinstance(segment, Passage))

    @property
    def open_traces(self) -> tuple[OpenTrace, ...]:
        """All open traces, in order."""
        return tuple(segment for segment in self.segments if isinstance(segment, OpenTrace))

    @property
    def axial_traces(self) -> tuple[AxialTrace, ...]:
        """All axial traces, in order, the one of the metadata included."""
        return tuple(segment for segment in self.segments if isinstance(segment, AxialTrace))

    @property
    def comments(self) -> tuple[Comment, ...]:
        """All comments outside traces and passages, in order."""
        return tuple(segment for segment in self.segments if isinstance(segment, Comment))

"""What a field note holds: records with exact places, for the checks, the builder and the chain of evidence.

Every record keeps the `Span` that it was read from. Lines and columns count from 1, columns in characters;
the end column is the first one behind the text. `start` and `end` are character offsets into
`FieldNote.text`, so that ``note.text[span.start:span.end]`` is what stands in the file.
"""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

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
    "Literals",
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

Literals = str | int | float | bool | None
"""What a value in a trace may be; anything else is not a literal and stays unread."""


@frozen(order=True)
class Span:
    """A stretch of a file: first and last place, 1-based, the end exclusive; and its character offsets."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int = field(repr=False)
    end: int = field(repr=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@frozen
class Problem:
    """Something in a note that was not understood, or only by mending it.

    `kind` is one of ``encoding``, ``empty``, ``binary``, ``heading-missing``, ``number-missing``,
    ``coding-missing``, ``block-not-python``, ``fence-not-closed``, ``fence-in-open-trace``,
    ``string-of-codes``, ``statement-in-string``, ``image-not-closed``, ``link-not-closed``,
    ``comment-not-closed``, ``trace-in-quotation``, ``too-large``.
    """

    kind: str
    message: str
    span: Span
    suggestion: str | None = None


@frozen
class Name:
    """An identifier as it is written in a note; of a dotted name the last part, the rest is `qualifier`."""

    name: str
    span: Span
    qualifier: str | None = None


@frozen
class Text:
    """A string as it is written in a note: `value` verbatim, blanks included; `span` covers the quotes."""

    value: str
    span: Span


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
class Passage:
    """Text of the source that was read: a quotation, bare text, an image, a heading, or quoted code.

    `text` is without the quotation marks of Markdown, `source` the lines as they stand in the file.
    `heading` is the nearest heading of Markdown above it.
    """

    kind: Literal["quotation", "text", "image", "heading", "code"]
    text: str
    source: str
    span: Span
    heading: str | None = None

    @property
    def line(self) -> int:
        """The first line."""
        return self.span.line

    @property
    def end_line(self) -> int:
        """The last line."""
        return self.span.end_line


@frozen
class Comment:
    """A comment of HTML outside traces and passages; the checks read their directives from it."""

    text: str
    span: Span


@frozen
class Value:
    """One entry of ``values={...}``; `literal` is false when the value is no literal (then `value` is none)."""

    name: Text
    value: Literals
    literal: bool
    span: Span
    value_span: Span


@frozen(kw_only=True)
class _Statement:
    """What every statement has.

    `source` is the statement as it stands in the note; `names` are the names it reads, in order, the one it
    binds left out. `evidence` are the passages it rests on, `group` numbers the traces that share them.
    `in_string` marks a statement that stands inside the triple-quoted string of codes.
    """

    span: Span
    source: str = field(repr=False)
    names: tuple[Name, ...] = field(default=(), repr=False)
    evidence: tuple[Passage, ...] = field(default=(), repr=False)
    group: int = 0
    in_string: bool = False


@frozen(kw_only=True)
class Declaration(_Statement):
    """``x = CClass(practice, "Name")``: `identifier`, `metaclass`, `display_name`, `values`.

    `constructor` is the name that is called (``CClass``, ``CBundle``, ...). `options` are the names of the
    other keyword arguments.
    """

    identifier: Name
    constructor: Name
    metaclass: Name | None
    display_name: Text | None
    values: tuple[Value, ...] = ()
    values_span: Span | None = None
    options: tuple[str, ...] = ()


@frozen(kw_only=True)
class SourceDeclaration(Declaration):
    """A declaration whose metaclass is ``source``."""


@frozen(kw_only=True)
class OptionLink(_Statement):
    """``add_decision_option_link(decision, solution, "text")``; `identifier` when the link is bound."""

    function: Name
    decision: Name
    solution: Name
    text: Text | None
    identifier: Name | None = None


@frozen
class ForceImpact:
    """One `force: impact` of a solution; `impact` is the name of a stereotype, such as ``very_positive``."""

    solution: Name
    force: Name
    impact: Name
    span: Span


@frozen(kw_only=True)
class ForceRelation(_Statement):
    """``add_force_relations({solution: {force: impact}})``."""

    function: Name
    impacts: tuple[ForceImpact, ...]


@frozen
class RelationEnds:
    """One source of a relation with its targets, in the order written."""

    source: Name
    targets: tuple[Name, ...]


@frozen(kw_only=True)
class OtherRelation(_Statement):
    """A link that is neither option, force nor evidence: between solutions, to a next decision, ...

    `identifier` is the name that the link is bound to; `stereotypes` the names behind
    ``stereotype_instances``; `tagged_text` the text of the helpers ``..._with_how_tagged_value``.
    """

    function: Name
    ends: tuple[RelationEnds, ...]
    role_name: Text | None = None
    stereotypes: tuple[Name, ...] = ()
    tagged_text: Text | None = None
    label: Text | None = None
    identifier: Name | None = None


@frozen(kw_only=True)
class CodeMention(_Statement):
    """A code that was met in the passages.

    `how` it is written: a bare ``name`` on a line, an entry of a ``string`` of codes, ``contained_code`` in
    `add_links`, an ``attribute`` (`models.event_streaming`). `added_to` is the source that the code is added
    to as written, in `add_links` or in the prose before the block; none when no source is named.
    """

    code: Name
    how: Literal["name", "string", "contained_code", "attribute"]
    added_to: Name | None = None


@frozen(kw_only=True)
class OtherStatement(_Statement):
    """A whole statement that is none of the above: an import, an assignment, a string that is a remark."""

    kind: Literal["import", "assignment", "text", "other"]
    identifier: Name | None = None


@frozen(kw_only=True)
class BrokenStatement(_Statement):
    """A statement that is not Python; `problem` says where it breaks.

    `identifier` and `metaclass` are what a broken declaration would have declared, `names` the identifiers
    that occur in it: nothing is certain here, so use them only to keep quiet.
    """

    problem: Problem
    identifier: Name | None = None
    metaclass: Name | None = None


Statement = (
    SourceDeclaration
    | Declaration
    | OptionLink
    | ForceRelation
    | OtherRelation
    | CodeMention
    | OtherStatement
    | BrokenStatement
)


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

    `memo` is the text without its items, `names` every identifier of the model that it mentions.
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

    `name` is a codec of Python; `errors` its error handler. With ``surrogateescape`` the undecodable
    bytes show as U+FFFD in `FieldNote.text`, at the same offsets.
    """

    name: str = "utf-8"
    errors: str = "strict"
    newline: str = "\n"


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

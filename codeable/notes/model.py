"""Records of what a field note holds. The reader makes them; checks, builder and chain of evidence use them.

Every record keeps the `Span` that it was read from. Lines and columns count from 1, columns in characters.
`start` and `end` are character offsets into `FieldNote.text`: ``note.text[span.start:span.end]`` is the text
in the file.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.notes.quotation import Quotation, lines_of
from codeable.registry.records import with_description
from codeable.registry.table import Row, Table, Tabular, filled, heads_of
from codeable.registry.table import Value as Cell
from codeable.source_reader import LiteralValue

_FIRST_WORD = re.compile(r"[^\W\d_]+")

# -- names, texts and passages


@frozen
class Name:
    """An identifier in a note. Of a dotted name `name` is the last part and `qualifier` the rest."""

    name: str
    span: Span
    qualifier: str | None = None


@frozen
class Text:
    """A string in a note: `value` with its blanks; `span` covers the quotes."""

    value: str
    span: Span


ProblemKind = Literal[
    "another-source",
    "binary",
    "block-not-python",
    "coding-missing",
    "comment-not-closed",
    "definition-of-no-code",
    "empty",
    "encoding",
    "fence-in-open-trace",
    "fence-language",
    "fence-not-closed",
    "heading-missing",
    "heading-outvoted",
    "left-over",
    "link-not-closed",
    "merge-conflict",
    "number-missing",
    "outside-fence",
    "outside-trace",
    "repaired",
    "statement-in-string",
    "statement-not-read",
    "string-of-codes",
    "too-large",
    "trace-in-quotation",
    "trace-misspelt",
    "unknown-word",
    "unreadable",
]
"""What a reader of notes can find wrong. Each kind has a rule of `codeable check`."""


@frozen
class Problem:
    """Something in a note that the reader did not understand, or understood only by a repair.

    `suggestion` is the text to write at `span`. `edits` are there when only one text can be meant; the note
    is then read as if they were made.
    """

    kind: ProblemKind
    message: str
    span: Span
    suggestion: str | None = None
    edits: tuple[Edit, ...] = ()


@frozen(repr=False)
class Passage(Quotation):
    """Text of the source: a quotation, bare text, an image, a heading, or quoted code.

    `text` is without the quotation marks of Markdown, `source` is the text in the file. `heading` is the
    nearest Markdown heading above. `speaker` is who says it in an interview.
    """

    kind: Literal["quotation", "text", "image", "heading", "code"]
    text: str
    source: str
    span: Span
    heading: str | None = None
    speaker: str | None = None

    @property
    def line(self) -> int:
        """The first line."""
        return self.span.line

    @property
    def end_line(self) -> int:
        """The last line."""
        return self.span.end_line

    def _place(self) -> str:
        return "  ".join([lines_of(self.span), *([f"said by {self.speaker}"] if self.speaker else [])])

    def _quoted(self) -> str:
        return self.text


# -- statements of axial traces


@frozen
class Value:
    """An entry of ``values={...}``. `literal` is false, and `value` none, for a value that is no literal."""

    name: Text
    value: LiteralValue
    literal: bool
    span: Span
    value_span: Span


PartKind = Literal["impact", "relation", "evidence", "option", "value", "argument"]
"""What a refused part of a statement is."""


@frozen
class Refused:
    """A part of a statement that is not read; `problem` says why.

    `what` is its text, or the name of a value; `names` are the names in it.
    """

    kind: PartKind
    what: str
    span: Span
    problem: Problem
    names: tuple[Name, ...] = ()


@frozen(kw_only=True)
class TraceStatement:
    """The base class of all statements.

    `source` is the text of the statement, `read_as` the Python that is read instead of it: with repairs,
    without what is refused. `names` are the names that it reads, in order, without the name that it binds.
    `evidence` are the passages that it rests on; `group` numbers the traces that share them. `in_string`
    marks a statement inside a triple-quoted string of codes.
    """

    span: Span
    source: str = field(repr=False)
    names: tuple[Name, ...] = field(default=(), repr=False)
    evidence: tuple[Passage, ...] = field(default=(), repr=False)
    group: int = 0
    in_string: bool = False
    refused: tuple[Refused, ...] = field(default=(), repr=False)
    read_as: str | None = field(default=None, repr=False)

    @property
    def python(self) -> str:
        """The statement as it is read, in Python."""
        return self.source if self.read_as is None else self.read_as


@frozen(kw_only=True)
class DeclarationStatement(TraceStatement):
    """``x = CClass(practice, "Name")``.

    `constructor` is the name that is called: ``CClass``, ``CBundle``, …; `superclasses` are the names in
    ``superclasses=``.
    """

    identifier: Name
    constructor: Name
    metaclass: Name | None
    display_name: Text | None
    values: tuple[Value, ...] = ()
    superclasses: tuple[Name, ...] = ()

    @property
    def kind(self) -> str:
        """The name of the metaclass; empty where none is given."""
        return self.metaclass.name if self.metaclass is not None else ""

    @property
    def name(self) -> str:
        """The display name; empty where none is given."""
        return self.display_name.value if self.display_name is not None else ""

    @property
    def is_source_like(self) -> bool:
        """Whether a source or a reference is declared, not a code."""
        return self.kind in ("source", "reference")


@frozen(kw_only=True)
class SourceDeclaration(DeclarationStatement):
    """A declaration with the metaclass ``source``."""


@frozen(kw_only=True)
class OptionStatement(TraceStatement):
    """``add_decision_option_link(decision, solution, "text", option_description="more")``.

    `identifier` is the name of a bound link.
    """

    function: Name
    decision: Name
    solution: Name
    text: Text | None
    description: Text | None = None
    identifier: Name | None = None

    @property
    def words(self) -> str | None:
        """The text with the description behind it; None without both."""
        text = self.text.value if self.text is not None else None
        return text if self.description is None else with_description(text, self.description.value)

    @property
    def text_span(self) -> Span:
        """The place of the text; without one, that of the statement."""
        return self.span if self.text is None else self.text.span


@frozen
class ImpactEntry:
    """One `force: impact` of a solution; `impact` is the name of a stereotype, such as ``very_positive``."""

    solution: Name
    force: Name
    impact: Name
    span: Span


@frozen(kw_only=True)
class ForceStatement(TraceStatement):
    """``add_force_relations({solution: {force: impact}})``."""

    function: Name
    impacts: tuple[ImpactEntry, ...]


@frozen
class RelationEnds:
    """One source of a relation with its targets, in their order."""

    source: Name
    targets: tuple[Name, ...]


@frozen(kw_only=True)
class RelationStatement(TraceStatement):
    """A link that is neither option, impact nor evidence: between solutions, to a next decision, ....

    `identifier` is the name of a bound link, `stereotypes` the names in ``stereotype_instances``,
    `tagged_text` the text of the functions ``..._with_how_tagged_value``.
    """

    function: Name
    ends: tuple[RelationEnds, ...]
    role_name: Text | None = None
    stereotypes: tuple[Name, ...] = ()
    tagged_text: Text | None = None
    identifier: Name | None = None

    @property
    def role(self) -> str:
        """The role of its targets; empty where none is given."""
        return self.role_name.value if self.role_name is not None else ""


@frozen(kw_only=True)
class CodeMention(TraceStatement):
    """A code that the coder found in the passages.

    `how` it is written: a bare ``name`` on a line, an entry of a ``string`` of codes, ``contained_code`` in
    `add_links`, an ``attribute`` (`models.event_streaming`). `added_to` is the name of the source, from
    `add_links` or from the prose above the block; none where no source is named.
    """

    code: Name
    how: Literal["name", "string", "contained_code", "attribute"]
    added_to: Name | None = None


@frozen(kw_only=True)
class OtherStatement(TraceStatement):
    """What may be in a trace and says nothing about the study: an import, a string as a remark."""

    kind: Literal["import", "text"]


@frozen(kw_only=True)
class BrokenStatement(TraceStatement):
    """A statement that is not read: it is not Python, or not what a trace says; `problem` says why.

    `identifier` is the name that it binds and `metaclass` that of a declaration, `names` the identifiers in
    the text. They are guesses: use them only to report less.
    """

    problem: Problem
    identifier: Name | None = None
    metaclass: Name | None = None


# -- traces


@frozen
class OpenItem:
    """One entry of an open trace: `Familiar options: a, b`, `- <ins>Option: </ins>text`, a line of names.

    `kind` is ``option``, ``force``, ``decision``, ``code``, ``term``, ``context``, ``comment`` or ``list`` (a
    bare identifier on its line). `label` is the text before the colon. `status` comes from the label.
    """

    kind: str
    label: str
    status: Literal["new", "familiar", ""]
    text: str
    names: tuple[Name, ...]
    span: Span


@frozen
class Definition:
    """What a code means: a line `Definition: ...` below the code in an open trace, or with its name."""

    code: Name
    text: str
    span: Span


@frozen(repr=False)
class OpenTrace(Quotation):
    """Open coding: the text under `**OPEN CODING TRACE:**`.

    `memo` is the text without its items, with the text behind the heading. `names` are all identifiers in
    the text, without those in definitions.
    """

    span: Span
    text: str
    items: tuple[OpenItem, ...]
    memo: str
    names: tuple[Name, ...]
    evidence: tuple[Passage, ...] = field(default=(), repr=False)
    group: int = 0
    definitions: tuple[Definition, ...] = ()

    def texts(self, kind: str, status: str | None = None) -> tuple[str, ...]:
        """The texts of the items of one kind (and status), in order."""
        return tuple(item.text for item in self.items if item.kind == kind and status in (None, item.status))

    def _place(self) -> str:
        return f"{lines_of(self.span)}  open trace"

    def _quoted(self) -> str:
        return self.text


@frozen
class CodesAdded:
    """The source that a line of prose names: `add codes to s44:` (also `s` alone, as in the template)."""

    source: Name
    span: Span


@frozen
class Prose:
    """A text of the coder in an axial trace, such as `added:`."""

    text: str
    span: Span
    codes_added: CodesAdded | None = None


@frozen
class TraceBlock:
    """A fenced block of an axial trace.

    `span` covers the fences. `python` is false when the opening fence names another language.
    """

    span: Span
    opening_span: Span
    closing_span: Span | None
    python: bool
    statements: tuple[TraceStatement, ...]


@frozen(repr=False)
class AxialTrace(Quotation):
    """Axial coding: prose and blocks under `**AXIAL CODING TRACE:**`.

    `in_metadata` is true before `# coding`; such a trace has no evidence. `heading_span` is none for a block
    in an open trace, which has no heading of its own.
    """

    span: Span
    heading_span: Span | None
    prose: tuple[Prose, ...]
    blocks: tuple[TraceBlock, ...]
    statements: tuple[TraceStatement, ...]
    in_metadata: bool = False
    evidence: tuple[Passage, ...] = field(default=(), repr=False)
    group: int = 0

    def _place(self) -> str:
        return f"{lines_of(self.span)}  axial trace"

    def _quoted(self) -> str:
        return "\n".join(statement.source for statement in self.statements)


@frozen
class Comment:
    """A comment of HTML outside traces and passages. The checks read their directives from it."""

    text: str
    span: Span


@frozen(repr=False)
class Memo(Quotation):
    """A thought of the coder, in a paragraph that begins with `**MEMO:**`. It is never evidence.

    `names` are the identifiers in the text. `about` are the passages before it in its group. `title` is what
    its heading has in brackets: `**MEMO (first idea):**`.
    """

    text: str
    span: Span
    names: tuple[Name, ...] = ()
    about: tuple[Passage, ...] = field(default=(), repr=False)
    title: str = ""

    def _place(self) -> str:
        return f"{lines_of(self.span)}  memo"

    def _quoted(self) -> str:
        return self.text


@frozen
class SpeakerLabel:
    """A line of an interview that says who speaks in the passages below: `> Expert B:`. It is no passage."""

    speaker: str
    span: Span


@frozen
class StrayBlock:
    """A fence with statements of the vocabulary outside every trace. It is no passage and counts nowhere."""

    block: TraceBlock

    @property
    def blocks(self) -> tuple[TraceBlock, ...]:
        """The block alone, as an axial trace has its blocks."""
        return (self.block,)

    @property
    def span(self) -> Span:
        """The whole fence."""
        return self.block.span


Segment = Passage | OpenTrace | AxialTrace | Comment | Memo | SpeakerLabel | StrayBlock

# -- the note


@frozen
class NoteHeading:
    """`# s` and the number on the same line or the next: kind ``s`` (source) or ``p`` (interview)."""

    kind: str
    number: str | None
    span: Span
    number_span: Span | None

    @property
    def identifier(self) -> str | None:
        """``s44``; none as long as the number is missing."""
        return f"{self.kind}{self.number}" if self.number else None

    @property
    def at(self) -> Span:
        """The number; the heading as long as it is missing."""
        return self.number_span or self.span


@frozen
class MetadataField:
    """A level-2 heading before `# coding`, and the value below it or behind it.

    `name` is lower case without the hint in brackets (`## Example (yes, no)` is ``example``). An empty value
    has an empty `value_span` at the place where the value belongs.
    """

    name: str
    value: str
    name_span: Span
    value_span: Span
    span: Span
    known: bool = True

    @property
    def as_bool(self) -> bool | None:
        """``yes`` and ``no`` (also ``true``, ``false``), with or without a remark; none for other words."""
        word = _FIRST_WORD.match(self.value.strip())
        return {"yes": True, "true": True, "no": False, "false": False}.get(
            word[0].casefold() if word else ""
        )


@frozen
class Encoding:
    """How the bytes of a file became text: enough to write them back with every other byte the same.

    `name` is a codec of Python, `errors` its error handler, `mark` the byte order mark before the text. With
    ``surrogateescape`` each undecodable byte is U+FFFD in the text, at the same offset.
    """

    name: str = "utf-8"
    errors: str = "strict"
    newline: str = "\n"
    mark: bytes = b""


@frozen(repr=False)
class FieldNote(Tabular):
    """A field note, read completely.

    `identifier` is that of its source, such as ``s44`` (see `identity`). `coder` is who coded the source,
    where note or settings say so. `statements` are those that count. `outside` are those that count nowhere:
    outside every trace, in a merge conflict, left over from the template, or about another source. A problem
    whose span covers the statement says why. `is_template` marks the empty form that others are copied from.
    """

    path: str
    text: str = field(repr=False)
    encoding: Encoding
    heading: NoteHeading | None
    fields: tuple[MetadataField, ...] = field(repr=False)
    coding_span: Span | None = field(repr=False)
    segments: tuple[Segment, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    statements: tuple[TraceStatement, ...] = field(repr=False)
    identifier: str | None = None
    coder: str | None = None
    outside: tuple[TraceStatement, ...] = field(default=(), repr=False)
    is_template: bool = False

    @property
    def kind(self) -> str | None:
        """``s`` for a source, ``p`` for an interview; none where nothing says so."""
        if self.identifier is not None and self.identifier[:1] in ("s", "p"):
            return self.identifier[:1]
        return self.heading.kind if self.heading else None

    @property
    def unread(self) -> Problem | None:
        """Why nothing of the file is read; none for a note that is read."""
        kinds = ("unreadable", "binary", *(() if self.text else ("too-large",)))
        return next((problem for problem in self.problems if problem.kind in kinds), None)

    @property
    def title(self) -> str:
        """The value of the field ``title``; empty without one."""
        return next((one.value for one in self.fields if one.name == "title"), "")

    @cached_property
    def declared_source(self) -> SourceDeclaration | None:
        """The declaration of the note's source, else the first declaration of a source in this note."""
        declared = [one for one in self.statements if isinstance(one, SourceDeclaration)]
        own = (one for one in declared if one.identifier.name == self.identifier)
        return next(own, None) or next(iter(declared), None)

    @cached_property
    def metadata(self) -> Mapping[str, MetadataField]:
        """The fields by name; of a repeated field the first one (all of them are in `fields`)."""
        by_name: dict[str, MetadataField] = {}
        for one in self.fields:
            by_name.setdefault(one.name, one)
        return by_name

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, in order."""
        return tuple(segment for segment in self.segments if isinstance(segment, Passage))

    @cached_property
    def open_traces(self) -> tuple[OpenTrace, ...]:
        """All open traces, in order."""
        return tuple(segment for segment in self.segments if isinstance(segment, OpenTrace))

    @cached_property
    def axial_traces(self) -> tuple[AxialTrace, ...]:
        """All axial traces, in order, the one in the metadata included."""
        return tuple(segment for segment in self.segments if isinstance(segment, AxialTrace))

    @cached_property
    def memos(self) -> tuple[Memo, ...]:
        """All memos that say something, in order."""
        return tuple(segment for segment in self.segments if isinstance(segment, Memo) and segment.text)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """All comments outside traces and passages, in order."""
        return tuple(segment for segment in self.segments if isinstance(segment, Comment))

    def to_dicts(self) -> list[dict[str, Cell]]:
        """The passages, traces and memos, in order."""
        return filled([row for row in map(_row, self.segments) if row is not None])

    def table(self) -> Table:
        """The passages, traces and memos as a table."""
        rows = self.to_dicts()
        title = f"note {self.identifier or '?'} {self.title}".rstrip()
        return Table(title, heads_of(rows), tuple(tuple(row.values()) for row in rows))


def _row(segment: Segment) -> Row | None:
    """The row of a segment in the table of its note."""
    what = _SHOWN.get(type(segment))
    if what is None or not isinstance(segment, Quotation):
        return None
    speaker = {"speaker": segment.speaker} if isinstance(segment, Passage) and segment.speaker else {}
    kind = segment.kind if isinstance(segment, Passage) else what
    span = segment.span
    return {"line": span.line, "end_line": span.end_line, "what": kind, **speaker, "text": segment._quoted()}


_SHOWN = {Passage: "passage", OpenTrace: "open trace", AxialTrace: "axial trace", Memo: "memo"}

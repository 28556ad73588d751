"""Statements of a trace, the passages they rest on, and the places of both.

Every record keeps the `Span` that it was read from. Lines and columns count from 1, columns in characters;
the end column is the first one behind the text. `start` and `end` are character offsets into
`FieldNote.text`, so that ``note.text[span.start:span.end]`` is what stands in the file.
"""

from typing import Literal

from attrs import field, frozen

from codeable.kernel.place import Span
from codeable.source_reader import LiteralValue

__all__ = [
    "BrokenStatement",
    "CodeMention",
    "Declaration",
    "ForceImpact",
    "ForceRelation",
    "Name",
    "OptionLink",
    "OtherRelation",
    "OtherStatement",
    "Passage",
    "Problem",
    "RelationEnds",
    "SourceDeclaration",
    "Span",
    "Statement",
    "Text",
    "Value",
]


@frozen
class Problem:
    """Something in a note that was not understood, or only by mending it.

    `kind` is one of ``encoding``, ``empty``, ``binary``, ``heading-missing``, ``number-missing``,
    ``coding-missing``, ``block-not-python``, ``fence-not-closed``, ``fence-in-open-trace``,
    ``string-of-codes``, ``statement-in-string``, ``image-not-closed``, ``link-not-closed``,
    ``comment-not-closed``, ``trace-in-quotation``, ``statement-not-read``, ``too-large``.
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
class Value:
    """An entry of ``values={...}``; when the value is no literal, `literal` is false and `value` none."""

    name: Text
    value: LiteralValue
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

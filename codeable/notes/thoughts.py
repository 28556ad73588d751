"""What coders think: the definitions of codes, and memos. They are no evidence.

The chain of evidence of a code and `codeable notes memos` list them.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import field, frozen

from codeable.kernel.place import Span
from codeable.notes.model import DeclarationStatement, FieldNote, Passage

_KINDS: Mapping[str, Literal["definition", "memo"]] = {"description": "definition", "memo": "memo"}
"""Attribute of a code, or of a source, → what it holds."""


@frozen
class Thought:
    """A definition or a memo in a note.

    Attributes:
        kind: ``definition`` or ``memo``.
        text: The text.
        source: The source of its note.
        coder: Who wrote it, where note or settings say so.
        span: Where it is.
        names: The codes that it names: the code that is defined or declared, the identifiers in a memo.
        about: The passages that a memo follows.
        title: What the heading of a memo has in brackets; empty without it.
    """

    kind: Literal["definition", "memo"]
    text: str
    source: str
    coder: str | None
    span: Span
    names: tuple[str, ...] = ()
    about: tuple[Passage, ...] = field(default=(), repr=False)
    title: str = ""


def thoughts_in(note: FieldNote) -> list[Thought]:
    r"""The definitions and memos in a note, from top to bottom.

    Example:
        >>> from codeable.notes import read_text
        >>> note = read_text("# s 1\n# coding\n> One.\n\n**MEMO:** Is event_bus a pattern?")
        >>> [(one.kind, one.text, one.names) for one in thoughts_in(note)]
        [('memo', 'Is event_bus a pattern?', ('event_bus',))]
    """
    return sorted(_thoughts_in(note), key=lambda thought: thought.span.start)


def _thoughts_in(note: FieldNote) -> Iterator[Thought]:
    source, coder = note.identifier or "", note.coder
    declarations = (one for one in note.statements if isinstance(one, DeclarationStatement))
    for name, value in ((one.identifier.name, value) for one in declarations for value in one.values):
        kind = _KINDS.get(value.name.value)
        if kind is not None and isinstance(value.value, str) and value.value.strip():
            yield Thought(kind, value.value, source, coder, value.value_span, (name,))
    for definition in (each for trace in note.open_traces for each in trace.definitions):
        name = definition.code.name
        yield Thought("definition", definition.text, source, coder, definition.span, (name,))
    for memo in note.memos:
        names = tuple(dict.fromkeys(name.name for name in memo.names))
        yield Thought("memo", memo.text, source, coder, memo.span, names, memo.about, memo.title)

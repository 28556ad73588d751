"""The records of completion: what may be written at a place, and where."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from attrs import frozen
from lsprotocol.types import CompletionItemKind, TextEdit

from codeable.editor.hover.words import word
from codeable.editor.study.known_codes import KnownCode
from codeable.source_writer import string_literal
from codeable.text import counted

_ICONS = {
    "decision": CompletionItemKind.Enum,
    "practice": CompletionItemKind.Class,
    "pattern": CompletionItemKind.Interface,
    "solution": CompletionItemKind.Struct,
    "force": CompletionItemKind.Property,
    "category": CompletionItemKind.Folder,
    "source": CompletionItemKind.File,
    "reference": CompletionItemKind.Reference,
}
"""Kind of a code → the icon beside it."""


_OF_ONE_RANK = 8
"""So many words fit equally well; what was typed decides."""

Edits = Callable[[], list[TextEdit]]


@frozen(kw_only=True)
class Candidate:
    """Something that may be written at a place.

    Attributes:
        label: What the list shows, and what is written unless `text` says otherwise.
        icon: The icon beside it.
        detail: What it is, such as ``practice · Event Bus``.
        uses: How often it is used; of equal rank, what is used most comes first.
        uses_text: The same in words, such as ``4 sources``.
        also: Another text by which it is found: the display name.
        rank: What fits best comes first, from 0.
        text: What is written instead of the label.
        snippet: The same with places to fill in, for clients that know them.
        about: The code or the word of the vocabulary that its documentation is about.
        closed: Whether nothing else can be written here than such a word. A comma then takes it.
        edits: Gives the changes at other places of the file, such as an import.
    """

    label: str
    icon: CompletionItemKind
    detail: str = ""
    uses: int = 0
    uses_text: str = ""
    also: str = ""
    rank: int = 5
    text: str | None = None
    snippet: str | None = None
    about: str = ""
    closed: bool = False
    edits: Edits | None = None


@frozen
class Offer:
    """The candidates for a part of a text, which they replace.

    Attributes:
        start: Where the part begins, a character offset.
        end: Where it ends.
        candidates: What may be written.
        phrases: Whether several words before the place may be the beginning of a display name: ``no``,
            ``also``, or ``only`` where one word alone is no name of a code.
    """

    start: int
    end: int
    candidates: Sequence[Candidate]
    phrases: Literal["no", "also", "only"] = "no"


def code_candidate(code: KnownCode, rank: int = 5, edits: Edits | None = None) -> Candidate:
    """A code or a source."""
    return Candidate(
        label=code.identifier,
        icon=_ICONS.get(code.kind, CompletionItemKind.Variable),
        detail=" · ".join(filter(None, (code.kind, code.title))),
        uses=len(code.sources),
        uses_text=counted(len(code.sources), "source") if code.sources else "",
        also=code.title,
        rank=rank,
        about=code.identifier,
        edits=edits,
    )


def text_candidate(
    text: str, detail: str = "", rank: int = 5, uses: int = 0, *, quoted: bool = False
) -> Candidate:
    """A text, such as the value of a field.

    Args:
        text: The text.
        detail: What it is.
        rank: How well it fits.
        uses: How many sources have it.
        quoted: Whether it is written in quotes.
    """
    return Candidate(
        label=text,
        icon=CompletionItemKind.Value,
        detail=detail,
        uses=uses,
        uses_text=counted(uses, "source") if uses else "",
        rank=rank,
        text=string_literal(text) if quoted else None,
    )


def word_candidates(names: Iterable[str]) -> Iterator[Candidate]:
    """Words of the vocabulary of which one is expected, in this order."""
    for number, name in enumerate(names):
        detail = getattr(word(name), "what", "") or ""
        is_stereotype = detail.startswith("stereotype")
        icon = CompletionItemKind.EnumMember if is_stereotype else CompletionItemKind.Keyword
        yield Candidate(
            label=name, icon=icon, detail=detail, rank=number // _OF_ONE_RANK, about=name, closed=True
        )

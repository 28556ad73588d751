"""The entries of the outline of a note or a module, and what of them the protocol has."""

from collections.abc import Sequence

from attrs import field, frozen
from lsprotocol import types

from codeable.editor.texts.documents import Document
from codeable.text import on_one_line, printable, shortened

_LONGEST = 80
_KINDS = types.SymbolKind
_KIND_OF = {
    "source": _KINDS.File,
    "reference": _KINDS.File,
    "decision": _KINDS.Interface,
    "practice": _KINDS.Method,
    "pattern": _KINDS.Class,
    "solution": _KINDS.Method,
    "force": _KINDS.Event,
    "category": _KINDS.Namespace,
    "code": _KINDS.Constant,
    "domain class": _KINDS.Struct,
    "bundle": _KINDS.Package,
    "relation": _KINDS.Operator,
}


@frozen
class OutlineEntry:
    """One entry of an outline.

    Attributes:
        name: What it is called.
        detail: What is said about it, in smaller letters.
        kind: Its kind as editors know it, for the icon.
        start: The offset of its first character.
        end: The offset behind its last one; parts may extend it.
        at: The offsets between which its name is.
        parts: The entries in it.
    """

    name: str
    detail: str
    kind: types.SymbolKind
    start: int
    end: int
    at: tuple[int, int]
    parts: Sequence["OutlineEntry"] = field(factory=tuple)

    def symbol(self, document: Document) -> types.DocumentSymbol:
        """The entry as the protocol has it. What is in it is within its range."""
        parts = [each.symbol(document) for each in sorted(self.parts, key=lambda each: each.start)]
        start, end = self.whole
        first, last = min(max(self.at[0], start), end), min(max(self.at[1], start), end)
        return types.DocumentSymbol(
            name=shown(self.name) or "…",
            detail=shown(self.detail) or None,
            kind=self.kind,
            range=document.range(start, end),
            selection_range=document.range(first, last),
            children=parts or None,
        )

    @property
    def whole(self) -> tuple[int, int]:
        """Where it begins and ends, with its parts."""
        inner = [each.whole for each in self.parts]
        return min([self.start, *(each[0] for each in inner)]), max([self.end, *(each[1] for each in inner)])


def kind_of(kind: str) -> types.SymbolKind:
    """The kind of a symbol, for the icon, of the kind of a code."""
    return _KIND_OF.get(kind, types.SymbolKind.Variable)


def shown(text: str) -> str:
    """A text on one line; its beginning, where it is long."""
    return printable(shortened(on_one_line(text), _LONGEST))

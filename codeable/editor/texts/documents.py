"""The open documents, and places in texts as the protocol counts them.

pygls has documents, too, but it ends a line wherever Python does, also at a form feed; the protocol ends it
at LF, CR and CR LF only, as notes and Python source do.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes
from urllib.request import url2pathname

from attrs import evolve, field, frozen
from lsprotocol import types

from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.notes.decoding import without_surrogates

_ASTRAL = 0xFFFF


@frozen(eq=False)
class Document:
    """One text, as a file or an editor has it. A change makes another one.

    Attributes:
        path: The file, absolute, as the editor names it.
        lines: The text.
        version: The number that the editor gives to the text; None for a file that is not open.
        units: What the protocol counts columns in: `utf-16`, `utf-8` or `utf-32`.
        address: The address that the editor opened; empty for a file that is not open.
        language: What the editor takes the text for, such as `markdown`.
    """

    path: str
    lines: Lines = field(repr=False)
    version: int | None = None
    units: str = "utf-16"
    address: str = ""
    language: str = ""

    @classmethod
    def of(cls, path: str, text: str, version: int | None = None, units: str = "utf-16") -> "Document":
        """A document of a text."""
        return cls(path, Lines(path, text), version, units)

    @property
    def text(self) -> str:
        """The whole text."""
        return self.lines.text

    @property
    def uri(self) -> str:
        """The address of the file, as the editor writes it."""
        return self.address or uri_of(self.path)

    def offset(self, position: types.Position) -> int:
        """The character offset of a position; the nearest one where the text has no such position.

        Example:
            >>> Document.of("a.md", "🙂 one").offset(types.Position(line=0, character=2))
            1
        """
        lines = self.lines
        if position.line >= len(lines.lines):
            return len(lines.text)
        line = lines.lines[position.line]
        return lines.starts[position.line] + _characters(line, position.character, self.units)

    def position(self, offset: int) -> types.Position:
        """The position of a character.

        Example:
            >>> Document.of("a.md", "🙂 one").position(1)
            0:2
        """
        lines = self.lines
        index = lines.line_at(offset)
        before = lines.lines[index][: offset - lines.starts[index]]
        return types.Position(line=index, character=_width(before, self.units))

    def range(self, start: int, end: int) -> types.Range:
        """The range between two characters."""
        return types.Range(start=self.position(start), end=self.position(end))

    def changed(
        self, changes: Sequence[types.TextDocumentContentChangeEvent], version: int | None
    ) -> "Document":
        """The document after changes, which are applied one after the other."""
        document = self
        for change in changes:
            text = without_surrogates(change.text)
            if isinstance(change, types.TextDocumentContentChangePartial):
                start, end = document.offset(change.range.start), document.offset(change.range.end)
                before = document.text
                text = f"{before[:start]}{text}{before[max(start, end) :]}"
            document = evolve(document, lines=Lines(self.path, text))
        return evolve(document, version=version)


def _width(text: str, units: str) -> int:
    """How long a text is in some units."""
    if text.isascii() or units == "utf-32":
        return len(text)
    if units == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(ord(character) > _ASTRAL for character in text)


def _characters(line: str, column: int, units: str) -> int:
    """How many characters are before a column; a column inside of a character is before it."""
    if line.isascii() or units == "utf-32":
        return min(column, len(line))
    passed = 0
    for number, character in enumerate(line):
        passed += _width(character, units)
        if passed > column:
            return number
    return len(line)


class Documents:
    """The open documents, by their files.

    Two names of one file, such as a link, are one document.
    """

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}
        self.units = "utf-16"

    def open(self, uri: str, text: str, version: int | None, language: str = "") -> Document:
        """Remember a document that was opened."""
        path = path_of(uri)
        lines = Lines(path, without_surrogates(text))  # no parser takes them, and U+FFFD is as wide
        return self._keep(Document(path, lines, version, self.units, uri, language))

    def change(
        self, uri: str, changes: Sequence[types.TextDocumentContentChangeEvent], version: int | None
    ) -> Document | None:
        """Apply changes to an open document; None for one that is not open."""
        known = self.get(path_of(uri))
        return None if known is None else self._keep(known.changed(changes, version))

    def close(self, uri: str) -> None:
        """Forget a document."""
        self._open.pop(key_of(path_of(uri)), None)

    def get(self, path: str) -> Document | None:
        """The open document of a file."""
        return self._open.get(key_of(path))

    def snapshot(self) -> Mapping[str, Document]:
        """The open documents of now, by `key_of` their files."""
        return dict(self._open)

    def _keep(self, document: Document) -> Document:
        self._open[key_of(document.path)] = document
        return document


def key_of(path: str) -> str:
    """What two names of one file have in common."""
    return os.path.normcase(os.path.realpath(path))


def path_of(uri: str) -> str:
    """The file of an address; the address itself where it is no file, such as that of a new text.

    Example:
        >>> path_of("file:///studies/Gr%C3%B6%C3%9Fe%20%25/s_1.md"), path_of("untitled:Untitled-1")
        ('/studies/Größe %/s_1.md', 'untitled:Untitled-1')
    """
    if not uri.casefold().startswith("file:"):
        return _no_file(uri)
    rest = uri[len("file:") :]
    host = ""
    if rest.startswith("//"):
        host, slash, below = rest[2:].partition("/")
        rest = slash + below
    if not rest.startswith("/"):
        return _no_file(uri)
    if os.name == "nt":
        return str(Path(url2pathname(f"//{host}{rest}" if host else rest)))
    name = unquote_to_bytes(without_surrogates(rest))
    return _no_file(uri) if b"\0" in name else os.path.normpath(os.fsdecode(name))


def _no_file(uri: str) -> str:
    """An address as the name of a text; the functions of the system take it for one of no file."""
    return without_surrogates(uri).replace("\0", "%00") or "untitled:"


def uri_of(path: str) -> str:
    """The address of a file."""
    file = Path(path)
    return file.as_uri() if file.is_absolute() else path


def document_range(document: Document, span: Span) -> types.Range:
    """The range of a span of the document's text."""
    return document.range(span.start, span.end)


def range_in_text(text: str, span: Span, units: str) -> types.Range:
    r"""The range of a span with lines and columns of its own, in a text that is not split into lines.

    Example:
        >>> range_in_text("one\n🙂 two", Span("a.md", 2, 3, 2, 6, 6, 9), "utf-16")
        1:3-1:6
    """
    before = text[span.start - span.column + 1 : span.start]
    last = text[span.end - span.end_column + 1 : span.end]
    start = types.Position(span.line - 1, _width(before, units))
    return types.Range(start, types.Position(span.end_line - 1, _width(last, units)))

"""The text of an HTML document, with offsets in bytes of its text nodes, as Taguette counts them."""

import re
from bisect import bisect_left, bisect_right
from html.parser import HTMLParser
from itertools import accumulate

from attrs import field, frozen

from codeable.notes.decoding import without_surrogates
from codeable.text import with_line_feeds

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("dl", "ol", "table", "ul")
_PARAGRAPHS = frozenset(
    ("address", "article", "blockquote", "div", "hr", "p", "pre", "section", *_HEADINGS, *_LISTS)
)
_LINES = frozenset(("br", "caption", "dd", "dt", "li", "tr"))
_CELLS = frozenset(("td", "th"))
_DROPS_A_LINE_FEED = frozenset(("listing", "pre", "textarea"))
"""A reader of HTML passes over a line feed that follows directly on one of these."""

_COMMENT = re.compile(r"<!--.*?(?:(-->)|\Z)", re.DOTALL)
_OPENED = re.compile("<[A-Za-z/!?]")

_BLOCK = 4096
_WITHIN = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that continue a character."""


@frozen
class HtmlText:
    r"""The text of an HTML document.

    Attributes:
        text: The text nodes, with line ends where a paragraph or a line ends and no white space tells it.

    Example:
        >>> found = html_text_of("<p>Größe 🙂</p><p>of <b>one</b></p>")
        >>> found.text
        'Größe 🙂\n\nof one'
        >>> found.between(12, 18), found.nodes_between(8, 18)
        ((9, 15), '🙂of one')
    """

    text: str
    _starts: list[int] = field(repr=False)
    """Where each text node starts in the text."""
    _bytes: bytes = field(repr=False)
    """All text nodes."""
    _ends: list[int] = field(repr=False)
    """The number of bytes up to the end of each text node."""
    _blocks: list[int] = field(init=False, repr=False)
    """The number of characters before each block of bytes."""

    def __attrs_post_init__(self) -> None:
        starts = range(0, len(self._bytes) + 1, _BLOCK)
        counts = (_characters_in(self._bytes[start : start + _BLOCK]) for start in starts)
        object.__setattr__(self, "_blocks", [0, *accumulate(counts)])

    @property
    def length(self) -> int:
        """The number of bytes of all text nodes."""
        return len(self._bytes)

    @property
    def nodes(self) -> str:
        """The text nodes alone."""
        return self._bytes.decode()

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the text that lie between two offsets in bytes; whole characters.

        Args:
            start: The number of bytes of the text nodes before the first character.
            end: The number of bytes of the text nodes up to the end of the last one.

        Raises:
            ValueError: There is no text between them.
        """
        if not 0 <= start < end <= self.length:
            raise ValueError("no text")
        first, last = bisect_right(self._ends, start), bisect_left(self._ends, end)
        return (
            self._starts[first] + self._characters(first, start, up=False),
            self._starts[last] + self._characters(last, end, up=True),
        )

    def nodes_between(self, start: int, end: int) -> str:
        """The text nodes alone between two offsets in bytes."""
        return self._bytes[start:end].decode("utf-8", "replace")

    def _characters(self, node: int, offset: int, *, up: bool) -> int:
        """How many characters of a node lie before an offset; one that it splits counts if `up`."""
        begin = self._ends[node - 1] if node else 0
        while begin < offset < self._ends[node] and self._bytes[offset] in _WITHIN:
            offset += 1 if up else -1
        return self._characters_up_to(offset) - self._characters_up_to(begin)

    def _characters_up_to(self, offset: int) -> int:
        block = offset // _BLOCK
        return self._blocks[block] + _characters_in(self._bytes[block * _BLOCK : offset])


def _characters_in(data: bytes) -> int:
    return len(data.translate(None, _WITHIN))


def html_text_of(html: str) -> HtmlText:
    """The text of an HTML document or of a part of one; scripts are text that is never run.

    Args:
        html: The document, well-formed as a tool cleaned it.
    """
    reader = _Reader()
    reader.feed(_closed(with_line_feeds(without_surrogates(html)).replace("\0", "")))
    reader.close()
    return HtmlText("".join(reader.pieces), reader.starts, "".join(reader.nodes).encode(), reader.ends)


def _closed(html: str) -> str:
    """A document without the tag or comment at its end that nothing closes; a browser hides it.

    The parser of the standard library looks for its end again and again.
    """
    unclosed = next((each for each in _COMMENT.finditer(html) if not each[1]), None)
    if unclosed is not None:
        html = html[: unclosed.start()]
    opened = _OPENED.search(html, html.rfind(">") + 1)
    return html if opened is None else html[: opened.start()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.nodes: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._length = 0
        self._bytes = 0
        self._parting = ""
        self._parted = ""
        """The white space at the end of what was read so far."""
        self._is_after_pre = False
        self._is_begun = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - of the base class
        self._is_begun = True
        self._part_at(tag)
        self._is_after_pre = tag in _DROPS_A_LINE_FEED

    def handle_endtag(self, tag: str) -> None:
        self._part_at(tag)
        self._is_after_pre = False

    def handle_data(self, data: str) -> None:
        if self._is_after_pre:
            data = data.removeprefix("\n")
        if not self._is_begun:
            data = data.lstrip(" \t\n\f")
        self._is_after_pre = False
        if not data:
            return
        self._is_begun = True
        if data.strip():
            self._append(self._missing(data))
            self._parting, self._parted = "", data[len(data.rstrip()) :]
        else:
            self._parted += data
        self.starts.append(self._length)
        self.nodes.append(data)
        self._bytes += len(data.encode())
        self.ends.append(self._bytes)
        self._append(data.replace("\r", "\n"))

    def _part_at(self, tag: str) -> None:
        parting = "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _LINES else "\t" if tag in _CELLS else ""
        if tag == "br" and self._parting.strip("\t") == "\n":
            parting = "\n\n"
        if len(parting) > len(self._parting) or (parting == "\n" and self._parting == "\t"):
            self._parting = parting

    def _missing(self, data: str) -> str:
        """What has to part a text from the one before it, as far as white space does not do it already."""
        if not self._length or not self._parting:
            return ""
        there = self._parted + data[: len(data) - len(data.lstrip())]
        if self._parting == "\t":
            return "" if there else "\t"
        return "\n" * max(len(self._parting) - there.count("\n"), 0)

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self._length += len(piece)

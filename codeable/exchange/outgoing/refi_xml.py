"""The XML of REFI-QDA, the standard of tools for qualitative research: elements, texts, the bytes of a file.

Source: "REFI-QDA Standard, document version 1.5", https://www.qdasoftware.org.
"""

import re
from xml.etree.ElementTree import Element, SubElement

from codeable.exchange.outgoing.xml_text import xml_attribute, xml_characters, xml_text
from codeable.exchange.project import NotTakenOver
from codeable.text import on_one_line, with_line_feeds

CODEBOOK = "urn:QDA-XML:codebook:1.0"
"""The namespace of a codebook."""
PROJECT = "urn:QDA-XML:project:1.0"
"""The namespace of a project."""
ORIGIN = "codeable"
"""What files say about who wrote them."""

DAY = "1980-01-01T00:00:00Z"
"""The date of everything: some importers stop without one. It is that of the files in the zip."""

_NOT_IN_TEXT = re.compile("[\0\ud800-\udfff]")
"""UTF-8 has no halves of pairs of surrogates, and tools take a text with NUL for a binary file."""
_REPLACEMENT = "\ufffd"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'


class XmlTexts:
    r"""Makes texts that XML can hold, and knows which had characters that it cannot.

    XML 1.0 has no control characters but tab and line ends, no half of a pair of surrogates, and neither
    U+FFFE nor U+FFFF (https://www.w3.org/TR/xml/#charsets). U+FFFD is there instead.

    Example:
        >>> texts = XmlTexts()
        >>> texts.of("a\x07b", "description of event_bus"), texts.of("a\r\nb", "name")
        ('a�b', 'a\nb')
        >>> [each.named for each in texts.not_taken_over()]
        [('description of event_bus',)]
    """

    def __init__(self) -> None:
        self._replaced: dict[str, None] = {}

    def of(self, text: str, what: str) -> str:
        """The text with LF as line end; `what` names it, should a message be about it."""
        possible = xml_characters(text)
        if possible != text:
            self._replaced[what] = None
        return with_line_feeds(possible)

    def name(self, text: str, what: str) -> str:
        r"""The text on one line, as the names of tools are. Its other blanks stay, such as no-break spaces.

        Example:
            >>> XmlTexts().name("1\u00a0000\n events", "name")
            '1\xa0000 events'
        """
        return on_one_line(self.of(text, what))

    def utf_8(self, text: str, what: str) -> bytes:
        """The bytes of a plain text with LF as line end, without halves of pairs of surrogates and NUL."""
        possible = _NOT_IN_TEXT.sub(_REPLACEMENT, text)
        if possible != text:
            self._replaced[what] = None
        return with_line_feeds(possible).encode("utf-8")

    def not_taken_over(self) -> tuple[NotTakenOver, ...]:
        """What was replaced."""
        what = "texts with characters that the format cannot have"
        reason = "control characters and the like are written as U+FFFD; correct these texts"
        return NotTakenOver.of_names(what, self._replaced, reason)


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: str | None) -> Element:
    """Add an element with a text, and with those attributes that have a value."""
    given = {name: value for name, value in attributes.items() if value is not None}
    element = SubElement(parent, tag, given)
    element.text = text
    return element


def add_description(parent: Element, text: str) -> None:
    """Add a `Description`, where there is one."""
    if text:
        add(parent, "Description", text)


def xml_bytes(root: Element) -> bytes:
    """The file of a root element: UTF-8 without a byte order mark, LF, one element a line.

    Codes may lie in each other as deep as a study has them; nothing here is recursive.
    """
    parts = [_DECLARATION]
    waiting: list[tuple[Element, int, bool]] = [(root, 0, True)]
    while waiting:
        element, depth, begins = waiting.pop()
        if not begins:
            parts.append(f"\n{' ' * depth}</{element.tag}>")
            continue
        attributes = "".join(f" {name}={xml_attribute(value)}" for name, value in element.attrib.items())
        start = f"\n{' ' * depth}<{element.tag}{attributes}"
        if len(element):
            parts.append(f"{start}>")
            waiting.append((element, depth, False))
            waiting += [(each, depth + 1, True) for each in reversed(element)]
        else:
            text = xml_text(element.text or "")
            parts.append(f"{start}>{text}</{element.tag}>" if text else f"{start}/>")
    return f"{''.join(parts)}\n".encode()

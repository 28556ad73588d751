"""The XML of REFI-QDA, the standard of tools for qualitative research: elements, texts, the bytes of a file.

Source: "REFI-QDA Standard, document version 1.5", https://www.qdasoftware.org.
"""

import io
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from codeable.exchange.project import NotTakenOver

CODEBOOK = "urn:QDA-XML:codebook:1.0"
"""The namespace of a codebook."""
PROJECT = "urn:QDA-XML:project:1.0"
"""The namespace of a project."""
ORIGIN = "codeable"
"""What files say about who wrote them."""

_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"


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
        possible = _NOT_IN_XML.sub(_REPLACEMENT, text)
        if possible != text:
            self._replaced[what] = None
        return possible.replace("\r\n", "\n").replace("\r", "\n")

    def name(self, text: str, what: str) -> str:
        """The text on one line, as the names of tools are."""
        return " ".join(self.of(text, what).split())

    def utf_8(self, text: str, what: str) -> bytes:
        """The bytes of a plain text, which UTF-8 has for all but a half of a pair of surrogates."""
        try:
            return text.encode("utf-8")
        except UnicodeEncodeError:
            self._replaced[what] = None
            return "".join(_REPLACEMENT if "\ud800" <= each <= "\udfff" else each for each in text).encode()

    def not_taken_over(self) -> Iterator[NotTakenOver]:
        """What was replaced."""
        if self._replaced:
            yield NotTakenOver(
                "texts with characters that the format cannot have",
                len(self._replaced),
                tuple(self._replaced),
                reason="control characters and the like are written as U+FFFD; correct these texts",
            )


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
    target = io.StringIO()
    writer = XMLGenerator(target, "utf-8", short_empty_elements=True)
    writer.startDocument()
    waiting: list[tuple[Element, int, bool]] = [(root, 0, True)]
    while waiting:
        element, depth, begins = waiting.pop()
        if begins:
            writer.startElement(element.tag, AttributesImpl(element.attrib))
            writer.characters(element.text or "")
            waiting.append((element, depth, False))
            waiting += [(each, depth + 1, True) for each in reversed(element)]
        else:
            _break_line(writer, depth if len(element) else None)
            writer.endElement(element.tag)
        following = waiting[-1] if waiting else None
        if following is not None and following[2]:
            _break_line(writer, following[1])
    writer.endDocument()
    return target.getvalue().encode("utf-8") + b"\n"


def _break_line(writer: XMLGenerator, depth: int | None) -> None:
    if depth is not None:
        writer.ignorableWhitespace("\n" + " " * depth)

r"""Texts in XML. Characters that no XML file can have become U+FFFD; the writers tell it.

Source: https://www.w3.org/TR/xml/#charsets. A carriage return is written as a reference, because a parser
makes a line feed of it otherwise; so are tabs and line feeds in the value of an attribute.
"""

import re
from collections.abc import Iterable

from codeable.exchange.project import NotTakenOver

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_TOKEN = re.compile(
    "[^-.:_0-9A-Za-z\xb7\xc0-\xd6\xd8-\xf6\xf8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
)
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = _MARKUP | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def xml_text(text: str) -> str:
    r"""A text between two tags.

    Example:
        >>> xml_text("R&D <b>\r\n\x00")
        'R&amp;D &lt;b&gt;&#13;\n\ufffd'
    """
    return xml_characters(text).translate(_MARKUP)


def xml_attribute(text: str) -> str:
    r"""The value of an attribute, in quotation marks.

    Example:
        >>> xml_attribute('a "b"\n')
        '"a &quot;b&quot;&#10;"'
    """
    return f'"{xml_characters(text).translate(_IN_ATTRIBUTE)}"'


def xml_characters(text: str) -> str:
    r"""A text without the characters that no XML file can have.

    Example:
        >>> xml_characters("R&D\x00")
        'R&D\ufffd'
    """
    return _ILLEGAL.sub("\ufffd", text)


def xml_token(name: str) -> str:
    """A name as an NMTOKEN: a character that it cannot have is an underscore.

    Example:
        >>> xml_token("event_bus"), xml_token("Event Bus")
        ('event_bus', 'Event_Bus')
    """
    return _NOT_IN_TOKEN.sub("_", name) or "_"


def xml_losses(texts: Iterable[str]) -> tuple[NotTakenOver, ...]:
    r"""The characters of some texts that are not in an XML file; nothing where there are none.

    Example:
        >>> [each.number for each in xml_losses(["a", "b\x00\x1b"])]
        [2]
    """
    found = [character for text in texts for character in _ILLEGAL.findall(text)]
    if not found:
        return ()
    named = tuple(f"U+{ord(each):04X}" for each in dict.fromkeys(found))
    reason = "XML has no such characters, so U+FFFD is there instead; remove them from the study"
    return (NotTakenOver("characters", len(found), named, reason=reason),)

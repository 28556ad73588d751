"""Reads XML of others into a small tree with line numbers.

A DTD is refused, so there are no entities and nothing outside of the file is ever read. Size, depth and
number of elements are bounded.
"""

import contextlib
import re
from collections.abc import Iterator
from xml.parsers import expat

from codeable.errors import CodeableError

MOST_BYTES = 256 * 1024 * 1024
"""The size of a file that is read at most."""
MOST_ELEMENTS = 2_000_000
DEEPEST = 500
"""How deep elements may be in each other."""

_XML_START = re.compile(rb"\s*(?=<)")
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_WRONG_ENCODING = (
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
)
_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,8}));")
_BAD_CHARACTER = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Element:
    """An element of XML.

    Attributes:
        name: Its name without the namespace.
        namespace: Its namespace; empty for none.
        attributes: Its attributes without those of other namespaces.
        children: The elements in it.
        text: The text that is directly in it.
        line: The line of its first character.
    """

    __slots__ = ("attributes", "children", "line", "name", "namespace", "text")

    def __init__(self, name: str, namespace: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.namespace = namespace
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""
        self.line = line

    def get(self, attribute: str) -> str:
        """The value of an attribute without blanks around it; empty where it has none."""
        return self.attributes.get(attribute, "").strip()

    def child(self, name: str) -> "Element | None":
        """The first element of a name in it."""
        return next(self.all(name), None)

    def all(self, *names: str) -> Iterator["Element"]:
        """The elements of these names in it."""
        return (each for each in self.children if each.name in names)

    def text_of(self, name: str) -> str:
        """The text of the first element of a name in it; empty for none."""
        found = self.child(name)
        return found.text if found is not None else ""


def parse_xml(data: bytes, file: str) -> tuple[Element, int]:
    r"""The root element of a file of XML, and how many characters had to be left out of the file.

    Characters that XML forbids are left out, since tools write them where people have pasted them.

    Args:
        data: The file.
        file: Its name in messages.

    Raises:
        CodeableError: It is not well-formed, has a DTD, is too large or too deep. The message has the line.

    Example:
        >>> root, left_out = parse_xml(b'<a xmlns="urn:x"><b n="1">c</b></a>', "a.xml")
        >>> root.name, root.children[0].get("n"), root.text_of("b"), root.children[0].line, left_out
        ('a', '1', 'c', 1, 0)
    """
    if len(data) > MOST_BYTES:
        raise _unreadable(file, 0, f"it has {len(data):,} bytes; at most {MOST_BYTES:,} are read")
    start = _XML_START.match(data)
    before = data[: start.end()] if start and not data.startswith((b"\xff\xfe", b"\xfe\xff")) else b""
    body, left_out = _without_forbidden(data[len(before) :])
    lines_before = before.count(b"\n")
    try:
        return _Builder(file, lines_before).root_of(body, None), left_out
    except (LookupError, ValueError):  # an encoding that expat does not know
        pass
    except expat.ExpatError as error:
        if error.code not in _WRONG_ENCODING:
            _check_utf_8(body, file, lines_before)
            raise _unreadable(file, lines_before + error.lineno, _reason(error)) from None
    try:
        return _Builder(file, lines_before).root_of(_as_utf_8(body), "utf-8"), left_out
    except expat.ExpatError as error:
        raise _unreadable(file, lines_before + error.lineno, _reason(error)) from None


def _as_utf_8(data: bytes) -> bytes:
    """A file whose declaration names an encoding that expat does not know, or another than it has.

    A declaration of UTF-16 in a file of UTF-8 is common.
    """
    declared = _DECLARED.match(data)
    name = declared[1].decode("ascii") if declared else "utf-8"
    with contextlib.suppress(LookupError, UnicodeError):
        if not name.casefold().startswith("utf-16"):
            return data.decode(name).encode("utf-8")
    return data


def _check_utf_8(data: bytes, file: str, lines_before: int) -> None:
    """Check that a file that says to be UTF-8, or nothing, is UTF-8."""
    declared = _DECLARED.match(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (declared and declared[1].lower() != b"utf-8"):
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = lines_before + data.count(b"\n", 0, error.start) + 1
        reason = "it is not in UTF-8, as XML is that names no other encoding; save it as UTF-8"
        raise _unreadable(file, line, reason) from None


class _Builder:
    """Makes the tree while expat reads the file."""

    def __init__(self, file: str, lines_before: int) -> None:
        self.file = file
        self.lines_before = lines_before
        self.root: Element | None = None
        self.open: list[Element] = []
        self.texts: list[list[str]] = []
        self.number = 0

    def root_of(self, data: bytes, encoding: str | None) -> Element:
        self.parser = expat.ParserCreate(encoding, namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        try:
            self.parser.Parse(data, True)
        finally:
            parser, self.parser = self.parser, None  # type: ignore[assignment]
            parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
            parser.StartDoctypeDeclHandler = None
        assert self.root is not None  # expat refuses a file without an element
        return self.root

    def _line(self) -> int:
        return self.lines_before + self.parser.CurrentLineNumber

    def _doctype(self, *_: object) -> None:
        reason = "it declares a DTD, which could define entities; such files are not read. Remove the line"
        raise _unreadable(self.file, self._line(), reason)

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        namespace, _, name = full_name.rpartition(" ")
        own = {key: value for key, value in attributes.items() if " " not in key}
        element = Element(name, namespace, own, self._line())
        self.number += 1
        if self.number > MOST_ELEMENTS:
            raise _unreadable(self.file, element.line, f"it has more than {MOST_ELEMENTS:,} elements")
        if len(self.open) >= DEEPEST:
            raise _unreadable(self.file, element.line, f"elements are nested deeper than {DEEPEST}")
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        self.texts.append([])

    def _end(self, _: str) -> None:
        self.open.pop().text = "".join(self.texts.pop())

    def _text(self, text: str) -> None:
        self.texts[-1].append(text)


def _without_forbidden(data: bytes) -> tuple[bytes, int]:
    """The bytes without characters that XML forbids; a file of UTF-16 stays as it is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:4].count(0):
        return data, 0
    data, characters = _BAD_CHARACTER.subn(b"", data)
    references = 0

    def kept(found: re.Match[bytes]) -> bytes:
        nonlocal references
        is_forbidden = _is_forbidden(found)
        references += is_forbidden
        return b"" if is_forbidden else found[0]

    if b"&#" in data:
        data = _REFERENCE.sub(kept, data)
    return data, characters + references


def _is_forbidden(reference: re.Match[bytes]) -> bool:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return (code < 0x20 and code not in (9, 10, 13)) or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF)


def _reason(error: expat.ExpatError) -> str:
    return f"it is not well-formed XML ({expat.errors.messages.get(error.code) or error})"


def _unreadable(file: str, line: int, reason: str) -> CodeableError:
    where = f"{file}:{line}" if line else file
    return CodeableError(f"{where}: {reason}.", exit_status=2)

"""The texts of a REFI-QDA project: where they are, and what they say."""

import re
from collections import defaultdict
from urllib.parse import unquote

from codeable.errors import CodeableError
from codeable.exchange.incoming.positions import PlainText
from codeable.exchange.incoming.safe_xml import Element
from codeable.exchange.incoming.safe_zip import ZipReader
from codeable.notes.decoding import decode
from codeable.text import shown

_LINE_END = re.compile(r"\r\n|\r")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_INTERNAL = re.compile(r"internal:/*", re.IGNORECASE)
_MARK = "\ufeff"


class OutsideError(ValueError):
    """A text is not in the project file."""


class ProjectTexts:
    """The texts of the sources and the notes of a project.

    Args:
        archive: The project file.
        file: The file of XML in it, for messages.

    Attributes:
        recoded: The files that are not UTF-8 → how they were read.
    """

    def __init__(self, archive: ZipReader, file: str) -> None:
        self._archive = archive
        self._file = file
        self.recoded: dict[str, str] = {}
        self._by_path: defaultdict[str, list[str]] = defaultdict(list)
        for name in archive.names:
            self._by_path[name.casefold()].append(name)
            base = name.rpartition("/")[2].casefold()
            if base != name.casefold():
                self._by_path[base].append(name)

    def text_of(self, element: Element) -> PlainText | None:
        """The plain text of a text source, a note or a transcript; None where it has none.

        Raises:
            OutsideError: It is outside of the project file.
            CodeableError: The project file says that it has the text, and has not.
        """
        path, inline = element.get("plainTextPath"), element.child("PlainTextContent")
        if path:
            entry = self._entry(path, element)
            text, encoding = decode(self._archive.read(entry))
            if encoding.errors != "strict" or encoding.name not in ("utf-8", "utf-16-le", "utf-16-be"):
                self.recoded[entry] = encoding.name if encoding.errors == "strict" else "UTF-8 with gaps"
            return plain_text(text, has_mark=bool(encoding.mark))
        if inline is not None:
            return plain_text(inline.text)
        return None

    def _entry(self, path: str, element: Element) -> str:
        """The entry of a path, which tools write as `internal://NAME`, `internal:/NAME`, or `NAME`."""
        internal = _INTERNAL.match(path)
        scheme = _SCHEME.match(path)
        rest = path[internal.end() :] if internal else path[scheme.end() :] if scheme else path
        rest = rest.replace("\\", "/").lstrip("/")
        for name in dict.fromkeys((rest, unquote(rest))):
            for wanted in (f"sources/{name}", name, name.rpartition("/")[2]):
                found = self._by_path.get(wanted.casefold(), [])
                same = [each for each in found if each.endswith(wanted)] or found
                if same:
                    return same[0]
        if internal or not scheme:
            place = f"{self._archive.file}, {self._file}:{element.line}"
            reason = f"the text {shown(path)} of {shown(element.get('name'))} is missing in the project file"
            raise CodeableError(f"{place}: {reason}. Export the project again.", exit_status=2)
        raise OutsideError(path)


def plain_text(text: str, *, has_mark: bool = False) -> PlainText:
    r"""A text with line feeds as line ends, and what has been in its file.

    Example:
        >>> plain = plain_text("\ufeffa\r\nb\rc")
        >>> plain.text, plain.has_mark, plain.two_character_ends
        ('a\nb\nc', True, (1,))
    """
    if text.startswith(_MARK):
        text, has_mark = text[1:], True
    found = re.finditer("\r\n", text)
    two = tuple(each.start() - number for number, each in enumerate(found))
    return PlainText(_LINE_END.sub("\n", text), has_mark, two)

"""The texts of a REFI-QDA project: where they are, and what they say."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import unquote

from codeable.errors import CodeableError
from codeable.exchange.readers.refi.positions import MARK, PlainText, plain_text
from codeable.exchange.readers.safe_xml import Element
from codeable.exchange.readers.safe_zip import ZipReader
from codeable.notes.decoding import decode, is_binary, read_as
from codeable.text import shown

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


class OutsideError(ValueError):
    """A text is not in the project file."""


class ProjectTexts:
    """The texts of the sources and the notes of a project.

    Args:
        archive: The project file.
        error: Makes the error at an element.
        without_marks: Whether no text has a byte order mark, so that U+FEFF is a character of it.

    Attributes:
        recoded: The files that are not UTF-8 → how they were read.
    """

    def __init__(
        self,
        archive: ZipReader,
        error: Callable[[Element, str], CodeableError],
        *,
        without_marks: bool = False,
    ) -> None:
        self._without_marks = without_marks
        self._archive = archive
        self._error = error
        self.recoded: dict[str, str] = {}
        self._by_path: defaultdict[str, list[str]] = defaultdict(list)
        for name in archive.names:
            for each in {_folded(name), _folded(name.rpartition("/")[2])}:
                self._by_path[each].append(name)

    def text_of(self, element: Element) -> PlainText | None:
        """The plain text of a text source, a note or a transcript; None where it has none.

        Raises:
            OutsideError: It is outside of the project file.
            CodeableError: The project file says that it has the text, and has not.
        """
        path, inline = element.get("plainTextPath"), element.child("PlainTextContent")
        entry = self._entry(path) if path else None if inline else self._unnamed_entry(element)
        if entry is not None:
            data = self._archive.read(entry)
            if is_binary(data):
                raise self._error(element, f"the entry {shown(entry)} is no plain text")
            text, encoding = decode(data)
            if name := read_as(encoding):
                self.recoded[entry] = name
            if self._without_marks and encoding.mark:
                return PlainText(MARK + text)
            return plain_text(text, has_mark=bool(encoding.mark))
        if inline is not None:
            return plain_text(inline.text)
        if path:
            if _is_outside(path):
                raise OutsideError(path)
            reason = f"the text {shown(path)} of {shown(element.get('name'))} is missing in the project file"
            raise self._error(element, f"{reason}. Export the project again, with its sources")
        return None

    def _unnamed_entry(self, element: Element) -> str | None:
        """The text of an element that names none: one with its GUID, or a rich text that is plain."""
        rich = element.get("richTextPath")
        named = self._entry(f"{element.get('guid')}.txt") if element.get("guid") else None
        return self._entry(rich) if named is None and rich.casefold().endswith(".txt") else named

    def _entry(self, path: str) -> str | None:
        """The entry of a path, which tools write as `internal://NAME`, `internal:/NAME`, or `NAME`."""
        scheme = _SCHEME.match(path)
        rest = (path[scheme.end() :] if scheme else path).replace("\\", "/").lstrip("/")
        for name in dict.fromkeys((rest, unquote(rest))):
            for wanted in (f"sources/{name}", name, name.rpartition("/")[2]):
                found = self._by_path.get(_folded(wanted), [])
                if found:
                    return next((each for each in found if each.endswith(wanted)), found[0])
        return None


def _is_outside(path: str) -> bool:
    r"""Whether a path leads out of the project file: `relative:///a.txt`, `C:\a.txt`, `https://a.org`."""
    scheme = _SCHEME.match(path)
    return path.startswith(("/", "\\")) or (scheme is not None and scheme[1].casefold() != "internal")


def _folded(name: str) -> str:
    """A name as it is compared: without case, composed characters and braces of GUIDs, which differ."""
    return unicodedata.normalize("NFC", name).casefold().replace("{", "").replace("}", "")

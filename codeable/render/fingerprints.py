"""The mark that every drawn file carries: whose it is, what it was drawn from, and whether it is still whole.

The mark stands in the file itself, so it survives a copy, a commit and a clone. It is one line of the file's
own kind of comment; in a PNG it is a text chunk.
"""

import hashlib
import re
import struct
import zlib
from urllib.parse import quote, unquote

from attrs import frozen

__all__ = ["Mark", "digest", "is_foreign", "is_intact", "marked", "read_mark", "unmarked"]

_WORD = "codeable-figure"
# The length is fixed, because in a PNG a checksum follows that may begin like a digit.
_LENGTH = 24
_DIGEST = f"[0-9a-f]{{{_LENGTH}}}"
_LINE = re.compile(
    rf"{_WORD} name=(?P<name>[\w.%]+) source=(?P<source>{_DIGEST}) content=(?P<content>{_DIGEST})"
    rf"(?: basis=(?P<basis>{_DIGEST}))?"
    rf"(?: undrawn=(?P<undrawn>{_DIGEST}(?:,{_DIGEST})*))?"
)
_COMMENTS = {
    "puml": ("' ", ""),
    "dot": ("// ", ""),
    "svg": ("<!-- ", " -->"),
    "pdf": ("% ", ""),
    "eps": ("% ", ""),
}
_TEXT_FORMATS = frozenset({"puml", "dot", "svg", "eps"})
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_PNG_KEYWORD = b"Comment\x00"
_ENDS = {
    "puml": b"@enduml",
    "dot": b"}",
    "svg": b"</svg>",
    "pdf": b"%%EOF",
    "eps": b"%%EOF",
    "png": _PNG_END,
}


@frozen
class Mark:
    """What a file says about itself.

    Attributes:
        name: The name of the file without its ending; a copy under another name is not ours any more.
        source: The digest of what it was drawn from.
        content: The digest of the file without the mark.
        basis: The digest of the view's text under the settings alone: another one, whatever options the file
            was drawn with, says that the model or the settings have changed since. Not written when it is
            the source, as in a text of the usual options.
        undrawn: In a text: the sources of pictures that were too large to be drawn from it.
    """

    name: str
    source: str
    content: str
    basis: str
    undrawn: tuple[str, ...] = ()

    def __str__(self) -> str:
        basis = f" basis={self.basis}" if self.basis != self.source else ""
        undrawn = f" undrawn={','.join(self.undrawn)}" if self.undrawn else ""
        name = quote(self.name, safe="").replace("-", "%2D").replace("~", "%7E")
        return f"{_WORD} name={name} source={self.source} content={self.content}{basis}{undrawn}"


def digest(*parts: str | bytes) -> str:
    """A short digest of some parts, each of which counts as a whole.

    Example:
        >>> digest("ab", "c") == digest("a", "bc")
        False
    """
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()[:_LENGTH]


def marked(
    data: bytes, file_format: str, name: str, source: str, basis: str, undrawn: tuple[str, ...] = ()
) -> bytes:
    """The file with its mark at the end."""
    mark = str(Mark(name, source, _content_digest(data, file_format), basis, undrawn))
    if file_format == "png":
        return data.removesuffix(_PNG_END) + _chunk(_PNG_KEYWORD + mark.encode()) + _PNG_END
    before, after = _COMMENTS[file_format]
    gap = b"" if data.endswith(b"\n") else b"\n"
    return data + gap + f"{before}{mark}{after}\n".encode()


def read_mark(data: bytes, file_format: str) -> Mark | None:
    """The mark of a file; None when it carries none."""
    found = _LINE.search(data[-4096:].decode("latin-1"))
    if found is None or (file_format != "png" and file_format not in _COMMENTS):
        return None
    undrawn = tuple(found["undrawn"].split(",")) if found["undrawn"] else ()
    source = found["source"]
    return Mark(unquote(found["name"]), source, found["content"], found["basis"] or source, undrawn)


def is_intact(data: bytes, file_format: str) -> bool:
    """Whether a file is as it was drawn: neither edited nor cut."""
    mark = read_mark(data, file_format)
    if mark is None:
        return False
    body = unmarked(data, file_format)
    return body is not None and _content_digest(body, file_format) == mark.content


def is_foreign(data: bytes, file_format: str) -> bool:
    """Whether somebody else made a file: it is whole, and never had a mark.

    One of ours that was cut has lost its end with its mark.
    """
    return read_mark(data, file_format) is None and data.rstrip().endswith(_ENDS[file_format])


def unmarked(data: bytes, file_format: str) -> bytes | None:
    """The file without its mark; None when the mark is not where it belongs."""
    if file_format == "png":
        start = data.rfind(b"tEXt" + _PNG_KEYWORD + _WORD.encode())
        if start < 4 or not data.endswith(_PNG_END):
            return None
        (length,) = struct.unpack(">I", data[start - 4 : start])
        chunk, end = data[start - 4 : start + length + 8], data[start + length + 8 :]
        return data[: start - 4] + end if chunk == _chunk(data[start + 4 : start + 4 + length]) else None
    before, after = (part.encode() for part in _COMMENTS[file_format])
    body, newline, line = data.rstrip(b"\r\n").rpartition(b"\n")
    is_mark = line.startswith(before + _WORD.encode()) and line.endswith(after)
    return body + newline if is_mark and data.endswith(b"\n") else None


def _content_digest(data: bytes, file_format: str) -> str:
    if file_format in _TEXT_FORMATS:
        data = data.replace(b"\r\n", b"\n")  # a clone may have other line ends
    return digest(data.rstrip(b"\n"))


def _chunk(content: bytes) -> bytes:
    body = b"tEXt" + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

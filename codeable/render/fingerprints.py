"""The mark at the end of every drawn file: its view, and digests of its source and of its content.

The mark is in the file itself, so it survives a copy, a commit and a clone. It is one line of comment in the
format of the file; in a PNG it is a text chunk. Called by `files`, which decides what may be overwritten.
"""

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Mapping
from urllib.parse import quote, unquote

from attrs import evolve, field, frozen

_WORD = "codeable-figure"
# The length is fixed, because in a PNG a checksum follows that may begin like a digit.
_LENGTH = 24
_DIGEST = f"[0-9a-f]{{{_LENGTH}}}"
_MARK = re.compile(
    rf"{_WORD} name=(?P<name>[\w.%]+) source=(?P<source>{_DIGEST}) content=(?P<content>{_DIGEST})"
    rf"(?: basis=(?P<default_digest>{_DIGEST}))?"
    rf"(?: undrawn=(?P<undrawn>{_DIGEST}(?:,{_DIGEST})*))?"
    r"(?: parts=(?P<parts>[0-9]{1,9}))?"
    r"(?: part=(?P<part>[0-9]{1,9}))?"
    rf"(?: fonts=(?P<fonts>{_DIGEST}))?"
    r"(?: fit=(?P<fitting>[\w.%]+))?"
    r"(?: messages=(?P<messages>[\w.%,]+))?"
)
_PDF_END = re.compile(rb"startxref\n[0-9]+\n%%EOF\n\Z")
_LONGEST_PDF_END = 64
"""The end of a PDF, which readers look for in its last kilobyte. It is repeated behind a mark."""
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
_PNG_START = b"tEXt" + _PNG_KEYWORD + _WORD.encode()

_HEADS = {
    "puml": re.compile(rb"@startuml\r?\n' Drawn by codeable from the view "),
    "dot": re.compile(rb"// Drawn by codeable from the view "),
}
"""The first words of our texts."""
_LAST_LINES = {"puml": re.compile(rb"^@enduml\b", re.MULTILINE), "dot": re.compile(rb"^\}", re.MULTILINE)}
_FIRST_BYTES = {"svg": b"<?xml ", "pdf": b"%PDF-", "png": b"\x89PNG\r\n", "eps": b"%!PS-Adobe"}
_LAST_BYTES = {"svg": b"</svg>", "pdf": b"%%EOF", "png": _PNG_END, "eps": b"%%EOF"}
_LEAST_CUT = 64
"""Bytes; a shorter beginning of a picture could be anybody's."""


Fitting = Mapping[str, object]
"""The options that make a figure fit its width: name → value."""


@frozen(kw_only=True)
class Mark:
    """The content of a mark.

    Attributes:
        name: Name of the file without its ending. A copy under another name is not ours any more.
        source: Digest of the text, style, engine and resolution that the file was drawn from.
        content: Digest of the file without the mark.
        default_digest: Digest of the view's text under the settings alone. A different one means that the
            model or the settings have changed since, whatever options the file was drawn with. It is not
            written when it equals the source, as in a text with the default options.
        undrawn: In a text, the sources of the pictures of it that were too large to be drawn.
        parts: In the first file of a picture, the number of its files.
        part: Which of these files it is, from 1.
        fonts: For a picture that lacks fonts, the digest of those that the machine had; else empty.
        fitting: In a text, the options that were found to fit on the machine that wrote it.
        messages: What the figure leaves out, draws otherwise than asked, or cannot make fit.
    """

    name: str
    source: str
    content: str = ""
    default_digest: str
    undrawn: tuple[str, ...] = ()
    parts: int = 1
    part: int = 1
    fonts: str = ""
    fitting: Fitting = field(factory=dict)
    messages: tuple[str, ...] = ()

    def __str__(self) -> str:
        default = f" basis={self.default_digest}" if self.default_digest != self.source else ""
        undrawn = f" undrawn={','.join(self.undrawn)}" if self.undrawn else ""
        parts = f" parts={self.parts}" if self.parts > 1 else ""
        parts += f" part={self.part}" if self.part > 1 else ""
        fitting = f" fit={_quoted(json.dumps(dict(self.fitting), sort_keys=True))}" if self.fitting else ""
        messages = f" messages={','.join(map(_quoted, self.messages))}" if self.messages else ""
        start = f"{_WORD} name={_quoted(self.name)} source={self.source} content={self.content}"
        fonts = f" fonts={self.fonts}" if self.fonts else ""
        return f"{start}{default}{undrawn}{parts}{fonts}{fitting}{messages}"


def _quoted(text: str) -> str:
    """A text as one word without hyphens, two of which would end a comment."""
    return quote(text, safe="", errors="replace").replace("-", "%2D").replace("~", "%7E")


def digest(*parts: str | bytes) -> str:
    """A short digest of several parts; where one part ends and the next begins counts.

    Example:
        >>> digest("ab", "c") == digest("a", "bc")
        False
    """
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()[:_LENGTH]


def marked(data: bytes, file_format: str, mark: Mark) -> bytes:
    """The file with a mark at its end, in which the digest of its content is filled in."""
    text = str(evolve(mark, content=_content_digest(data, file_format)))
    if file_format == "png":
        return data.removesuffix(_PNG_END) + _chunk(_PNG_KEYWORD + text.encode()) + _PNG_END
    before, after = _COMMENTS[file_format]
    gap = b"" if data.endswith(b"\n") else b"\n"
    return data + gap + f"{before}{text}{after}\n".encode() + _end_to_repeat(data, file_format)


def read_mark(data: bytes, file_format: str) -> Mark | None:
    """The mark at the end of a file; None when the file does not end with a valid mark."""
    _, written = _split(data, file_format)
    found = _MARK.fullmatch(written.decode("latin-1"))
    if found is None:
        return None
    return Mark(
        name=unquote(found["name"]),
        source=found["source"],
        content=found["content"],
        default_digest=found["default_digest"] or found["source"],
        undrawn=tuple(found["undrawn"].split(",")) if found["undrawn"] else (),
        parts=int(found["parts"] or 1),
        part=int(found["part"] or 1),
        fonts=found["fonts"] or "",
        fitting=_fitting(unquote(found["fitting"] or "")),
        messages=tuple(map(unquote, found["messages"].split(","))) if found["messages"] else (),
    )


def _fitting(written: str) -> Fitting:
    try:
        read = json.loads(written or "{}")
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def is_intact(data: bytes, file_format: str) -> bool:
    """Whether a file is as it was drawn: neither edited nor cut."""
    mark = read_mark(data, file_format)
    if mark is None or not (file_format == "png" or data.endswith(b"\n")):
        return False
    whole = unmarked(data, file_format)
    if file_format == "pdf" and not data.endswith(_end_to_repeat(whole, file_format)):
        return False
    return _content_digest(whole, file_format) == mark.content


def unmarked(data: bytes, file_format: str) -> bytes:
    """The file without the mark at its end."""
    return _split(data, file_format)[0]


def is_ours(data: bytes, file_format: str) -> bool:
    """Whether codeable made a file, so that it may be replaced. All other files are the user's.

    True for an empty file, for a file that ends with our mark (even a damaged one), and for a text that
    starts with our words, unless something else follows its end. A picture that was cut has lost its mark;
    see `may_be_cut` and `is_cut_from`.
    """
    if not data.strip() or _split(data, file_format)[1]:
        return True
    if file_format not in _HEADS or not _HEADS[file_format].match(data):
        return False
    end = _LAST_LINES[file_format].search(data)
    rest = data[end.end() :].strip() if end is not None else b""
    return (_COMMENTS[file_format][0] + _WORD).encode().startswith(rest)


def may_be_cut(data: bytes, file_format: str) -> bool:
    """Whether a picture without a mark has no end either, so that it may be the beginning of one of ours."""
    if file_format not in _FIRST_BYTES or len(data) < _LEAST_CUT:
        return False
    return data.startswith(_FIRST_BYTES[file_format]) and _LAST_BYTES[file_format] not in data


def is_cut_from(data: bytes, whole: bytes) -> bool:
    """Whether a file is the beginning of another one, so that replacing it by the other loses nothing."""
    return len(data) >= _LEAST_CUT and whole.startswith(data)


def _split(data: bytes, file_format: str) -> tuple[bytes, bytes]:
    """The file without the mark at its end, and the mark as it is written; an empty mark for none."""
    if file_format == "png":
        start = data.rfind(_PNG_START)
        if start < 4:
            return data, b""
        (length,) = struct.unpack(">I", data[start - 4 : start])
        chunk, end = data[start - 4 : start + length + 8], data[start + length + 8 :]
        if end != _PNG_END or chunk != _chunk(data[start + 4 : start + 4 + length]):
            return data, b""
        return data[: start - 4] + end, chunk[8 + len(_PNG_KEYWORD) : -4]
    before, after = (part.encode() for part in _COMMENTS[file_format])
    unended = data.removesuffix(_end_to_repeat(data, file_format))
    body, newline, line = unended.rstrip(b"\r\n").rpartition(b"\n")
    if not line.startswith(before + f"{_WORD} name=".encode()):
        return data, b""
    return body + newline, line.removeprefix(before).removesuffix(after)


def _end_to_repeat(data: bytes, file_format: str) -> bytes:
    found = _PDF_END.search(data[-_LONGEST_PDF_END:]) if file_format == "pdf" else None
    return found[0] if found is not None else b""


def _content_digest(data: bytes, file_format: str) -> str:
    if file_format in _TEXT_FORMATS:
        data = data.replace(b"\r\n", b"\n")  # a clone may have other line ends
    return digest(data.rstrip(b"\n"))


def _chunk(content: bytes) -> bytes:
    body = b"tEXt" + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

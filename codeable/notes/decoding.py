"""Bytes of a note as text in any encoding, and back with every other byte the same.

The reader of notes decodes files with it and reports the problems of their text. The checks decode modules
and write fixes with it.
"""

import re
from collections.abc import Iterable, Iterator

from codeable.lines import NEWLINE, Lines
from codeable.notes.model import Encoding, Problem

MOST_LINES = 200_000
"""The lines of a note that are read. A longer note is reported."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SURROGATE = re.compile("[\ud800-\udfff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_READ_AS = {"cp1252": "Windows-1252", "latin-1": "Latin-1"}


def is_binary(data: bytes) -> bool:
    r"""Whether the bytes are no text: more than one zero byte in a hundred, and no mark of UTF-16.

    Example:
        >>> is_binary(b"# s 1"), is_binary(b"PK\x03\x04" + bytes(40))
        (False, True)
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return data.count(0) * 100 > len(data)


def decode(data: bytes) -> tuple[str, Encoding]:
    r"""The text of a file, without its byte order mark, with its line ends.

    UTF-8 is tried first. Bytes that are not UTF-8 become U+FFFD in a text that otherwise uses UTF-8; a text
    that does not is read as Windows-1252. The text never holds a lone surrogate.

    Example:
        >>> decode("naïve".encode("cp1252"))
        ('naïve', Encoding(name='cp1252', errors='strict', newline='\n', mark=b''))
        >>> decode(b"caf\xc3\xa9 \xff")[0].isascii()
        False
    """
    mark, name, errors = _codec(data)
    text = without_surrogates(data[len(mark) :].decode(name, errors))
    newline = NEWLINE.search(text)
    return text, Encoding(name, errors, newline[0] if newline else "\n", mark)


def read_as(encoding: Encoding) -> str:
    """What messages call the encoding of a file that is neither UTF-8 nor UTF-16; empty for these.

    Example:
        >>> read_as(Encoding("cp1252")), read_as(Encoding("utf-16-le"))
        ('Windows-1252', '')
    """
    return _READ_AS.get(encoding.name, "" if encoding.errors == "strict" else "UTF-8 with gaps")


def without_surrogates(text: str) -> str:
    r"""The text with U+FFFD for each lone surrogate, which no file and no terminal can take.

    Example:
        >>> without_surrogates("a\udcff") == "a\ufffd"
        True
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def apply_edits(data: bytes, encoding: Encoding, edits: Iterable[tuple[int, int, str]]) -> bytes:
    r"""The bytes of a file after some changes of its text. Every other byte is the same.

    Args:
        data: The file as it was read.
        encoding: The encoding that `decode` gave for it.
        edits: Start and end offset in the decoded text, and the new text; in any order.

    Raises:
        ValueError: Two edits overlap, or one is outside the text.
        UnicodeEncodeError: The encoding of the file has no bytes for a new text.

    Example:
        >>> data = b"\xef\xbb\xbfa\r\nb \xe2\x82\xac"
        >>> text, encoding = decode(data)
        >>> apply_edits(data, encoding, [(3, 4, "c")])
        b'\xef\xbb\xbfa\r\nc \xe2\x82\xac'
    """
    text = data[len(encoding.mark) :].decode(encoding.name, encoding.errors)
    return encoding.mark + edited(text, edits).encode(encoding.name, encoding.errors)


def apply_source_edits(data: bytes, encoding: Encoding, edits: Iterable[tuple[int, int, str]]) -> bytes:
    """The bytes of a Python file after some changes, whose texts have line feeds; see `apply_edits`.

    What the encoding of the file has no bytes for becomes an escape.
    """
    edits = [(start, end, text.replace("\n", encoding.newline)) for start, end, text in edits]
    try:
        return apply_edits(data, encoding, edits)
    except UnicodeEncodeError:
        codec = encoding.name
        escaped = [(s, e, text.encode(codec, "backslashreplace").decode(codec)) for s, e, text in edits]
        return apply_edits(data, encoding, escaped)


def edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """A text after some changes.

    Args:
        text: The text.
        edits: Start and end offset, and the new text; in any order.

    Raises:
        ValueError: Two edits overlap, or one is outside the text.

    Example:
        >>> edited("one two", [(4, 7, "three"), (0, 0, "zero ")])
        'zero one three'
    """
    pieces: list[str] = []
    done = 0
    for start, end, replacement in sorted(edits):
        if not done <= start <= end <= len(text):
            raise ValueError(f"the change of the characters {start} to {end} overlaps another or the end")
        pieces += [text[done:start], replacement]
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def text_problems(lines: Lines, encoding: Encoding) -> Iterator[Problem]:
    """The problems of a note as a text: empty, in another encoding, with a zero byte, too long.

    Args:
        lines: The note.
        encoding: The encoding that `decode` gave for it.
    """
    start = lines.in_line(0, 0, 0)
    if not lines.text.strip():
        yield Problem("empty", "the note is empty", start)
    if name := read_as(encoding):
        yield Problem("encoding", f"the file is not UTF-8; it was read as {name}", start)
    if "\0" in lines.text:
        index = next(index for index, line in enumerate(lines.lines) if "\0" in line)
        column = lines.lines[index].index("\0")
        at = lines.in_line(index, column, column + 1)
        yield Problem("encoding", "the text holds a zero byte", at)
    if len(lines.lines) > MOST_LINES:
        message = f"the note has {len(lines.lines):,} lines; only the first {MOST_LINES:,} are read"
        yield Problem("too-large", message, lines.in_line(MOST_LINES, 0, 0))


def _codec(data: bytes) -> tuple[bytes, str, str]:
    """The byte order mark, the codec and the error handler that decode the bytes."""
    mark, name = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    body = data[len(mark) :]
    if _decodes(body, name):
        return mark, name, "strict"
    if name != "utf-8":
        lenient = _decodes(body, name, "surrogatepass")
        return (mark, name, "surrogatepass") if lenient else (b"", "latin-1", "strict")
    text = body.decode("utf-8", "surrogateescape")
    undecoded = len(_SURROGATE.findall(text))
    if len(_BEYOND_ASCII.findall(text)) - undecoded >= undecoded:
        return mark, "utf-8", "surrogateescape"
    return (mark, "cp1252", "strict") if _decodes(body, "cp1252") else (mark, "latin-1", "strict")


def _decodes(data: bytes, name: str, errors: str = "strict") -> bool:
    try:
        data.decode(name, errors)
    except UnicodeDecodeError:
        return False
    return True

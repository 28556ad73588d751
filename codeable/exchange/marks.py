"""Which files codeable exported, and may therefore replace: by what each format says about its maker.

A table of CSV names no maker; it is ours where its columns are those that we write. A decision record is
meant to be edited, so it has the digest of its text, and one that somebody edited is not replaced.
"""

import hashlib
import io
import zipfile

_HEAD = 4096
"""Bytes at the start of a file that name its maker."""
_MAKERS = {
    ".dot": b"// Drawn by codeable",
    ".graphml": b"<!-- Made by codeable",
    ".json": b'"codeable',
    ".mmd": b"%% Drawn by codeable",
    ".puml": b"' Drawn by codeable",
    ".qdc": b'origin="codeable',
    ".qdpx": b'origin="codeable',
}
_ARCHIVES = (".zip", ".qdpx")
_BEFORE_DIGEST = "<!-- Exported by codeable; it replaces this file only while nobody edits it: "
_AFTER_DIGEST = " -->\n"


def with_digest(text: str) -> bytes:
    """A text of Markdown with a comment below it by which an edited file is known.

    Example:
        >>> is_ours(".md", with_digest("# Context"))
        True
        >>> is_ours(".md", with_digest("# Context").replace(b"Con", b"con"))
        False
    """
    return f"{text}\n{_BEFORE_DIGEST}{_digest(text.encode())}{_AFTER_DIGEST}".encode()


def is_ours(ending: str, data: bytes) -> bool:
    """Whether codeable made a file that has this ending and content, and nobody edited it, as far as known.

    Args:
        ending: The ending of its name, with the dot, in lower case.
        data: The content.
    """
    if ending == ".md":
        text, found, rest = data.replace(b"\r\n", b"\n").rpartition(f"\n{_BEFORE_DIGEST}".encode())
        return bool(found) and rest.decode("utf-8", "replace") == f"{_digest(text)}{_AFTER_DIGEST}"
    if ending in _ARCHIVES:
        data = _first_entry(data)
    maker = _MAKERS.get(ending)
    return maker is not None and maker in data[:_HEAD]


def may_be_replaced(ending: str, old: bytes, new: bytes) -> bool:
    """Whether a file that is there is an export of the same kind as a new one.

    Args:
        ending: The ending of both names, with the dot, in lower case.
        old: The content that is there.
        new: The new content.
    """
    if ending in (".csv", ".zip"):
        first_old, first_new = (_first_entry(each) if ending == ".zip" else each for each in (old, new))
        if ending == ".zip" and _BEFORE_DIGEST.encode() in new:
            return _BEFORE_DIGEST.encode() in first_old
        return bool(first_new) and _first_line(first_old) == _first_line(first_new)
    return is_ours(ending, old)


def _first_line(data: bytes) -> bytes:
    return data.partition(b"\n")[0].rstrip(b"\r")


def _first_entry(data: bytes) -> bytes:
    """The start of the first file in an archive; nothing where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(archive.infolist()[0]) as first:
            return first.read(_HEAD)
    except (zipfile.BadZipFile, IndexError, OSError, RuntimeError, NotImplementedError, ValueError):
        return b""


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()

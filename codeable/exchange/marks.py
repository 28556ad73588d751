"""Which files codeable exported, and may therefore replace.

A single file names its maker near its beginning. Tables and texts that people edit carry no mark: a folder of
them, or a zip, has a list of its files with their digests.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping

LIST = "codeable-export.json"
"""The name of the list of files in a folder or a zip."""

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
_MADE_BY = {"made by": "codeable export", "about": "the files that it made here, and may replace"}


def is_ours(ending: str, data: bytes) -> bool:
    """Whether codeable made a file that has this ending and content.

    Args:
        ending: The ending of its name, with the dot, in lower case.
        data: The content.

    Example:
        >>> is_ours(".dot", b"// Drawn by codeable from a view"), is_ours(".dot", b"digraph {}")
        (True, False)
    """
    if ending == ".zip":
        return bool(read_list(_entry(data, LIST)))
    maker = _MAKERS.get(ending)
    return maker is not None and maker in (_entry(data) if ending == ".qdpx" else data[:_HEAD])


def list_of(digests: Mapping[str, str]) -> bytes:
    """The list of files as it is written.

    Args:
        digests: Name of a file → digest of its content.
    """
    content = {**_MADE_BY, "files": dict(sorted(digests.items()))}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read_list(data: bytes) -> dict[str, str]:
    """The files of a list with their digests; none where it is no such list.

    Example:
        >>> read_list(list_of({"codes.csv": "1f"})), read_list(b"{}")
        ({'codes.csv': '1f'}, {})
    """
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    match content:
        case {"made by": "codeable export", "files": dict(files)}:
            return {str(name): str(digest) for name, digest in files.items()}
    return {}


def digest_of(data: bytes) -> str:
    """The digest of a text; git may give it other ends of lines."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def _entry(data: bytes, name: str | None = None) -> bytes:
    """The start of a file in an archive, by default of the first; nothing where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = archive.infolist()[0] if name is None else archive.getinfo(name)
            with archive.open(entry) as file:
                return file.read(_HEAD if name is None else -1)
    except (zipfile.BadZipFile, LookupError, OSError, RuntimeError, NotImplementedError, ValueError):
        return b""

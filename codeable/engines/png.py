"""The head of a PNG: its size in pixels, and the resolution at which a page shows it."""

import struct
import zlib

__all__ = ["png_size", "with_resolution"]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD_SIZE = 33
_INCHES_PER_METRE = 1000 / 25.4


def png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no PNG."""
    if len(data) < _HEAD_SIZE or not data.startswith(_SIGNATURE) or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def with_resolution(data: bytes, dpi: int) -> bytes:
    """The PNG with its resolution told, so that a text program shows it as large as it is meant to be.

    One that tells it already, and what is no PNG, is left as it is.
    """
    if png_size(data) is None or b"pHYs" in data[: data.find(b"IDAT")]:
        return data
    dots_per_metre = round(dpi * _INCHES_PER_METRE)
    body = b"pHYs" + struct.pack(">IIB", dots_per_metre, dots_per_metre, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:_HEAD_SIZE] + chunk + data[_HEAD_SIZE:]

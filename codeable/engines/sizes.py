"""Size and resolution of pictures. Called by the engines for bitmaps, and by `render`."""

import re
import struct
import zlib

from codeable.engines.svg import POINTS_PER_PIXEL, svg_size

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD_SIZE = 33
_INCHES_PER_METRE = 1000 / 25.4
_MEDIA_BOX = re.compile(rb"/MediaBox\s*\[\s*([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)\s*\]")
_BOUNDING_BOX = re.compile(rb"%%BoundingBox:\s*([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)")


def png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no PNG."""
    if len(data) < _HEAD_SIZE or not data.startswith(_SIGNATURE) or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def picture_size(data: bytes, picture_format: str) -> tuple[float, float] | None:
    """Width and height in pixels, read from the first bytes; 96 pixels to the inch for a vector picture.

    Returns:
        None when the picture does not say its size.

    Example:
        >>> picture_size(b"%PDF-1.5 /MediaBox [ 0 0 72 36 ]", "pdf")
        (96.0, 48.0)
    """
    if picture_format == "svg":
        return svg_size(data)
    if picture_format == "png":
        return png_size(data)
    found = (_MEDIA_BOX if picture_format == "pdf" else _BOUNDING_BOX).search(data)
    if found is None:
        return None
    left, bottom, right, top = (float(number) for number in found.groups())
    return (right - left) / POINTS_PER_PIXEL, (top - bottom) / POINTS_PER_PIXEL


def with_resolution(data: bytes, dpi: int) -> bytes:
    """The PNG with its resolution stated, so that a text program shows it as large as it is meant to be.

    One that states a resolution already, and what is no PNG, stays as it is.
    """
    if png_size(data) is None or b"pHYs" in data[: data.find(b"IDAT")]:
        return data
    dots_per_metre = round(dpi * _INCHES_PER_METRE)
    body = b"pHYs" + struct.pack(">IIB", dots_per_metre, dots_per_metre, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:_HEAD_SIZE] + chunk + data[_HEAD_SIZE:]

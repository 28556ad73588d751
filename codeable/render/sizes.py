"""How large a picture is, read from its first bytes."""

import re
import struct

from codeable.engines.svg import svg_size

__all__ = ["picture_size"]

_PIXELS_PER_POINT = 96 / 72
_MEDIA_BOX = re.compile(rb"/MediaBox\s*\[\s*([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)\s*\]")
_BOUNDING_BOX = re.compile(rb"%%BoundingBox:\s*([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)")


def picture_size(data: bytes, picture_format: str) -> tuple[float, float] | None:
    """Width and height in pixels (of a vector picture, 96 to the inch), or None when it does not say.

    Example:
        >>> picture_size(b"%PDF-1.5 /MediaBox [ 0 0 72 36 ]", "pdf")
        (96.0, 48.0)
    """
    if picture_format == "svg":
        return svg_size(data)
    if picture_format == "png":
        return struct.unpack(">II", data[16:24]) if data[12:16] == b"IHDR" else None
    found = (_MEDIA_BOX if picture_format == "pdf" else _BOUNDING_BOX).search(data)
    if found is None:
        return None
    left, bottom, right, top = (float(number) for number in found.groups())
    return (right - left) * _PIXELS_PER_POINT, (top - bottom) * _PIXELS_PER_POINT

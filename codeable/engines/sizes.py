"""Size and resolution of pictures, and the size of a diagram that is laid out.

The engines call it for bitmaps, `codeable.render` for its report, and fitting for the size of a diagram.
"""

import re
import struct
import zlib

from codeable.diagrams import Diagram, dot_text
from codeable.diagrams.fitting import Measure
from codeable.engines.cache import PictureCache, draw_cached
from codeable.engines.protocol import Drawing, Engine, EngineError
from codeable.engines.svg import svg_size

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD_SIZE = 33
_INCHES_PER_METRE = 1000 / 25.4
_POINTS_PER_PIXEL = 72 / 96
_MEDIA_BOX = re.compile(rb"/MediaBox\s*\[\s*([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)\s*\]")
_BOUNDING_BOX = re.compile(rb"%%BoundingBox:\s*([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)\s+([\d.+-]+)")
_CUT_OFF = 1.0
"""Points: Graphviz writes the size of a picture without the fraction."""


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
    return (right - left) / _POINTS_PER_PIXEL, (top - bottom) / _POINTS_PER_PIXEL


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


def measuring(engine: Engine, cache: PictureCache, timeout: float = 60.0) -> Measure:
    """A function that gives width and height of a diagram in points, not scaled; it raises `EngineError`.

    Args:
        engine: One that draws DOT.
        cache: Where layouts made before are found.
        timeout: Seconds that one layout may take.
    """

    def measure(diagram: Diagram) -> tuple[float, float]:
        drawing = Drawing(diagram.name, dot_text(diagram, scaled=False), "dot")
        (result,) = draw_cached(engine, cache, [drawing], "svg", timeout=timeout, jobs=1)
        if isinstance(result, EngineError):
            raise result
        size = svg_size(result.data)
        if size is None:
            raise EngineError(engine.name, diagram.name, "its picture states no size")
        width, height = (side * _POINTS_PER_PIXEL + _CUT_OFF for side in size)
        return width, height

    return measure

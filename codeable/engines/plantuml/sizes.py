"""Make PlantUML's bitmaps and EPS as large as its SVG of the same text."""

import math
import re

from codeable.engines.plantuml.backend import BackendError
from codeable.engines.sizes import png_size
from codeable.engines.svg import svg_size

_PIXELS_PER_INCH = 96
_POINTS_PER_PIXEL = 72 / _PIXELS_PER_INCH
_LEAST_PART = 0.9
_SCALE = re.compile(r"^scale max \d+ width$", re.M)
_BOX = re.compile(rb"^%%BoundingBox: 0 0 (\d+) (\d+)$", re.M)
_END_OF_COMMENTS = re.compile(rb"^%%EndComments[^\n]*\n", re.M)


def bitmap_text(text: str, svg: bytes, dpi: int) -> tuple[str, int]:
    r"""The text to draw a PNG from, and the resolution to ask for.

    Where a text limits the width, PlantUML of 2020 ignores the resolution, and newer ones do not. So the
    width is given in pixels, at the resolution where both agree.

    Example:
        >>> bitmap_text(
        ...     "@startuml\nscale max 317 width\n@enduml\n", b'<svg width="300px" height="9px"/>', 192
        ... )
        ('@startuml\nscale 600 width\n@enduml\n', 96)
    """
    size = svg_size(svg)
    if size is None or not _SCALE.search(text):
        return text, dpi
    width = max(1, round(size[0] * dpi / _PIXELS_PER_INCH))
    return _SCALE.sub(f"scale {width} width", text), _PIXELS_PER_INCH


def check_bitmap(png: bytes, svg: bytes, dpi: int) -> None:
    """Refuse a PNG that is cut off: PlantUML has a limit of pixels.

    Raises:
        BackendError: It is smaller than the SVG of the same text.
    """
    vector, bitmap = svg_size(svg), png_size(png)
    if vector is None or bitmap is None:
        return
    for side, pixels, wanted in zip(("width", "height"), bitmap, vector, strict=True):
        if pixels < _LEAST_PART * wanted * dpi / _PIXELS_PER_INCH:
            raise BackendError(
                f"its {side} was cut off at {pixels} pixels; draw it with a smaller resolution (--dpi), "
                "as svg or pdf, or as several views"
            )


def eps_in_size(eps: bytes, svg: bytes) -> bytes:
    r"""The EPS in the size of the SVG: PlantUML makes a point of each pixel and ignores the scale.

    Example:
        >>> eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 400 200\n%%EndComments\n"
        >>> eps_in_size(eps, b'<svg width="200px" height="100px"/>').splitlines()[1:]
        [b'%%BoundingBox: 0 0 150 75', b'%%EndComments', b'0.375000 0.375000 scale']
    """
    size, box = svg_size(svg), _BOX.search(eps)
    if size is None or box is None or int(box[1]) == 0:
        return eps
    width, height = int(box[1]), int(box[2])
    factor = size[0] * _POINTS_PER_PIXEL / width
    resized_box = f"%%BoundingBox: 0 0 {math.ceil(width * factor)} {math.ceil(height * factor)}"
    resized = _BOX.sub(resized_box.encode(), eps, count=1)
    return _END_OF_COMMENTS.sub(
        lambda end: end[0] + f"{factor:.6f} {factor:.6f} scale\n".encode(), resized, 1
    )

"""Checks and completes what PlantUML drew; `engine` calls it.

PlantUML's bitmaps and EPS become as large as its SVG of the same text.
"""

import math
import re

from codeable.diagrams.options import MM_PER_INCH
from codeable.engines.plantuml.backend import LARGEST_PIXELS, BackendError
from codeable.engines.protocol import Drawing
from codeable.engines.sizes import png_size
from codeable.engines.svg import POINTS_PER_PIXEL, finish_svg, label_problem, svg_size, svg_texts

# A viewer without the one family that PlantUML writes would take one with serifs.
_WITHOUT_FALLBACK = re.compile(rb'font-family="(Helvetica|Arial)"')
_BACKGROUND = re.compile(r"^skinparam backgroundColor (#[0-9A-Fa-f]{3,6})$", re.M)
_ROOT = re.compile(rb"<svg\b[^>]*(?<!/)>")
_DECLARATION = re.compile(
    r"^\s*(?:abstract\s+class|class|interface|enum|object|component|package|node)\s", re.M
)
_ELEMENT = re.compile(
    rb"<!--\s*(?:MD5=\[\w+\]\s*)?(?:class|entity|cluster|link|reverse link) "
    rb'|class="(?:entity|cluster|link)"'
)
_PIXELS_PER_INCH = 96
_LEAST_PART = 0.9
_BOX = re.compile(rb"^%%BoundingBox: 0 0 (\d+) (\d+)$", re.M)
_END_OF_COMMENTS = re.compile(rb"^%%EndComments[^\n]*\n", re.M)


def check_svg(svg: bytes, text: str, drawing: Drawing) -> None:
    """Refuse a picture without the elements that its text declares, and one in which a label is missing.

    Raises:
        BackendError: It is no picture of this text.
        UnsoundSvgError: It is no SVG.
    """
    shows = ""
    if not _ELEMENT.search(svg):
        shown = " ".join(svg_texts(svg).split())
        shows = f", which shows {shown[:200]!r}" if shown else ", which shows no text at all"
        if _DECLARATION.search(text):
            raise BackendError(f"no element of the diagram is in the picture{shows}")
    problem = label_problem(svg, drawing.labels)
    if problem is not None:
        raise BackendError(f"{problem}{shows}")


def finished_svg(svg: bytes, text: str, drawing: Drawing) -> bytes:
    """The SVG, finished, on the background that its text asks for: PlantUML leaves a white one out.

    Raises:
        UnsoundSvgError: It is no SVG, or holds a script.
    """
    svg = _WITHOUT_FALLBACK.sub(rb'font-family="\1,Arial,Liberation Sans,sans-serif"', svg)
    colour = _BACKGROUND.search(text)
    if colour is not None:
        background = f'<rect width="100%" height="100%" fill="{colour[1]}"/>'.encode()
        svg = _ROOT.sub(lambda root: root[0] + background, svg, count=1)
    return finish_svg(svg, drawing)


def with_largest_width(text: str, width_mm: float | None) -> str:
    r"""The text of a picture that is made smaller where it is wider than that.

    Example:
        >>> with_largest_width("@startuml\nclass A\n@enduml\n", 84)
        '@startuml\nclass A\nscale max 317 width\n@enduml\n'
    """
    if width_mm is None:
        return text
    return _scaled(text, f"max {max(1, int(width_mm * _PIXELS_PER_INCH / MM_PER_INCH))}")


def bitmap_text(text: str, svg: bytes, width_mm: float | None, dpi: int) -> tuple[str, int]:
    r"""The text to draw a PNG from, and the resolution to ask for.

    Where a text limits the width, PlantUML of 2020 ignores the resolution, and newer ones do not. So the
    width is given in pixels, at the resolution where both agree.

    Example:
        >>> bitmap_text("@startuml\n@enduml\n", b'<svg width="300px" height="9px"/>', 84, 192)
        ('@startuml\nscale 600 width\n@enduml\n', 96)
    """
    size = svg_size(svg)
    if size is None or width_mm is None:
        return text, dpi
    return _scaled(text, str(max(1, round(size[0] * dpi / _PIXELS_PER_INCH)))), _PIXELS_PER_INCH


def _scaled(text: str, width: str) -> str:
    """The text with a width in pixels, in a line at its end, so that no other gets another number."""
    body, end = text.rstrip("\n").rsplit("\n", 1)
    return f"{body}\nscale {width} width\n{end}\n"


def check_bitmap(png: bytes, svg: bytes, dpi: int) -> None:
    """Refuse a PNG that is cut off: PlantUML has a limit of pixels.

    Raises:
        BackendError: It is as large as the limit, or smaller than the SVG of the same text.
    """
    bitmap = png_size(png)
    if bitmap is None:
        raise BackendError("PlantUML answered with half a PNG")
    for side, pixels, wanted in zip(("width", "height"), bitmap, svg_size(svg) or (0, 0), strict=True):
        if pixels >= LARGEST_PIXELS or pixels < _LEAST_PART * wanted * dpi / _PIXELS_PER_INCH:
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
    factor = size[0] * POINTS_PER_PIXEL / width
    resized_box = f"%%BoundingBox: 0 0 {math.ceil(width * factor)} {math.ceil(height * factor)}"
    resized = _BOX.sub(resized_box.encode(), eps, count=1)
    return _END_OF_COMMENTS.sub(
        lambda end: end[0] + f"{factor:.6f} {factor:.6f} scale\n".encode(), resized, 1
    )

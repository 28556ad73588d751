"""PDF and PNG from an SVG, for carriers that write SVG alone, with the fonts of this machine in them."""

import contextlib
import importlib.util
import io
import logging
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from xml.etree import ElementTree

from codeable.engines.plantuml.carrier import CarrierError
from codeable.engines.plantuml.font_files import FontFile, font_for

__all__ = ["CONVERTERS", "INSTALL", "Converter"]

INSTALL = "pip install 'codeable[plantuml-formats]'"
_SVG = "http://www.w3.org/2000/svg"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_PIXELS_PER_INCH = 96
_MOST_PIXELS = 400_000_000


class Converter(Protocol):
    """Makes another format of an SVG."""

    def is_ready(self) -> bool:
        """Whether its libraries are installed."""

    def convert(self, svg: bytes, dpi: int) -> bytes:
        """The picture in the other format.

        Raises:
            CarrierError: A font is missing, or the library fails.
        """


class PdfConverter:
    """PDF by `svglib` and `reportlab`: text can be selected, its fonts are embedded."""

    def is_ready(self) -> bool:
        """Whether the libraries are installed."""
        return _installed("svglib", "reportlab")

    def convert(self, svg: bytes, dpi: int) -> bytes:  # noqa: ARG002
        """The SVG as one page of its size."""
        from reportlab.graphics import renderPDF
        from reportlab.pdfgen.canvas import Canvas
        from svglib.svglib import svg2rlg

        root = ElementTree.fromstring(svg)
        fonts: dict[str, None] = {}
        for text in root.iter(f"{{{_SVG}}}text"):
            font = _place_text(text)
            if font is not None:
                fonts[font.font.fontName] = None
                _register(font.font.fontName, font.path)
                text.set("font-family", font.font.fontName)
        title = root.findtext(f"{{{_SVG}}}title")
        logging.getLogger("svglib").setLevel(logging.ERROR)
        try:
            page = svg2rlg(io.BytesIO(ElementTree.tostring(root)))
            if page is None:
                raise ValueError("it found no picture")
            written = io.BytesIO()
            # Invariant: without the time of writing, so that the same picture has the same bytes.
            # Its first font is one that is embedded anyway; the default one is not.
            canvas = Canvas(
                written,
                pagesize=(page.width, page.height),
                invariant=1,
                pageCompression=1,
                initialFontName=next(iter(fonts), None),
            )
            canvas.setTitle(title or "")
            with _first_font(next(iter(fonts), None)):
                renderPDF.draw(page, canvas, 0, 0)
            canvas.showPage()
            canvas.save()
        except Exception as error:
            raise CarrierError(f"the library svglib cannot make a PDF of it: {error}") from error
        return written.getvalue()


class PngConverter:
    """PNG by `resvg`."""

    def is_ready(self) -> bool:
        """Whether the libraries are installed."""
        return _installed("resvg_py", "reportlab")

    def convert(self, svg: bytes, dpi: int) -> bytes:
        """The SVG in dots, `dpi` to the inch, on white."""
        import resvg_py

        root = ElementTree.fromstring(svg)
        _check_pixels(root, dpi)
        fonts: dict[str, None] = {}
        for text in root.iter(f"{{{_SVG}}}text"):
            shown = _INVISIBLE.sub("", "".join(text.itertext())).strip()
            if shown:
                font = font_for(
                    shown, text.get("font-family", ""), bold=_is_bold(text), italic=_is_italic(text)
                )
                fonts[str(font.path)] = None
                text.set("font-family", font.family)
        try:
            return bytes(
                resvg_py.svg_to_bytes(
                    svg_string=ElementTree.tostring(root, encoding="unicode"),
                    zoom=dpi / _PIXELS_PER_INCH,
                    background="#ffffff",
                    skip_system_fonts=True,
                    font_files=list(fonts),
                )
            )
        except Exception as error:
            raise CarrierError(f"the library resvg cannot make a PNG of it: {error}") from error


CONVERTERS: Mapping[str, Converter] = {"pdf": PdfConverter(), "png": PngConverter()}
"""Format → what makes it of an SVG."""


@lru_cache(maxsize=64)
def _register(name: str, path: Path) -> None:
    """Let `svglib` know a font by a name; of one that it does not know, it asks a program of the system."""
    from svglib.fonts import register_font

    register_font(name, str(path), rlgFontName=name)


@contextlib.contextmanager
def _first_font(name: str | None) -> Iterator[None]:
    """Let a drawing start with this font: journals refuse a PDF that as much as mentions one not embedded."""
    from reportlab.graphics.shapes import STATE_DEFAULTS

    before = STATE_DEFAULTS["fontName"]
    STATE_DEFAULTS["fontName"] = name or before
    try:
        yield
    finally:
        STATE_DEFAULTS["fontName"] = before


def _installed(*modules: str) -> bool:
    return all(importlib.util.find_spec(module) is not None for module in modules)


def _place_text(text: ElementTree.Element) -> FontFile | None:
    """Prepare a text for `svglib`, which knows neither `textLength` nor blanks at the ends."""
    given = _INVISIBLE.sub("", "".join(text.itertext()).replace("\xa0", " "))
    shown = given.strip(" ")
    for child in list(text):
        text.remove(child)
    text.text = shown
    if not shown:
        return None
    font = font_for(shown, text.get("font-family", ""), bold=_is_bold(text), italic=_is_italic(text))
    size = _number(text.get("font-size"), 12.0)
    natural = font.width(given, size)
    wanted = _number(text.get("textLength"), natural)
    scale = wanted / natural if natural > 0 else 1.0
    indent = scale * font.width(given[: len(given) - len(given.lstrip(" "))], size)
    x, y = _number(text.get("x"), 0.0) + indent, _number(text.get("y"), 0.0)
    before = text.get("transform", "")
    text.set("transform", f"{before} translate({x:.4f} {y:.4f}) scale({scale:.6f} 1)".strip())
    for name in ("x", "y", "textLength", "lengthAdjust", "font-weight", "font-style", "style"):
        text.attrib.pop(name, None)
    return font


def _is_bold(text: ElementTree.Element) -> bool:
    return text.get("font-weight", "") in ("bold", "bolder", "600", "700", "800", "900")


def _is_italic(text: ElementTree.Element) -> bool:
    return text.get("font-style", "") in ("italic", "oblique")


def _number(given: str | None, otherwise: float) -> float:
    found = re.match(r"\s*(-?[\d.]+)", given or "")
    return float(found[1]) if found else otherwise


def _check_pixels(root: ElementTree.Element, dpi: int) -> None:
    width, height = (_number(root.get(side), 0.0) * dpi / _PIXELS_PER_INCH for side in ("width", "height"))
    if width * height > _MOST_PIXELS:
        size = f"{width:,.0f} by {height:,.0f} pixels"
        raise CarrierError(f"at {dpi} dpi it would be {size}; use a smaller --dpi, or svg or pdf")

"""Draws a sheet with matplotlib: SVG and PDF that are the same to the byte whenever they are drawn.

Texts are outlines in an SVG, so that it looks the same without the font, and embedded TrueType in a PDF.
"""

from io import BytesIO
from typing import TYPE_CHECKING

from codeable.reports.plots.matplotlib_settings import matplotlib_settings
from codeable.reports.plots.sheet import Area, PlotSheet, PlotText, Stroke, Tile

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MM_PER_INCH = 25.4
_METADATA = {
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
    "png": {"Software": None},
}


def picture(sheet: PlotSheet, picture_format: str, font: str | None, dpi: int = 300) -> bytes:
    """The bytes of a picture.

    Args:
        sheet: What is drawn.
        picture_format: `svg`, `pdf` or `png`.
        font: The font that is chosen; None for that of matplotlib.
        dpi: The resolution of a PNG, in dots per inch.
    """
    from matplotlib.figure import Figure

    file = BytesIO()
    with matplotlib_settings(font):
        figure = Figure(figsize=(sheet.width / _MM_PER_INCH, sheet.height / _MM_PER_INCH))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, sheet.width)
        axes.set_ylim(sheet.height, 0)
        for order, mark in enumerate(sheet.marks):
            _add(axes, mark, order)
        figure.savefig(file, format=picture_format, dpi=dpi, metadata=_METADATA[picture_format])
    return file.getvalue()


def _add(axes: "Axes", mark: Tile | Stroke | Area | PlotText, order: int) -> None:
    from matplotlib.patches import Polygon, Rectangle

    match mark:
        case Tile():
            corner = mark.x, mark.y
            axes.add_patch(Rectangle(corner, mark.width, mark.height, fc=mark.fill, lw=0, zorder=order))
        case Area():
            axes.add_patch(Polygon(mark.points, closed=True, fc=mark.fill, lw=0, zorder=order))
        case Stroke():
            axes.plot(
                [x for x, _ in mark.points],
                [y for _, y in mark.points],
                color=mark.color,
                linewidth=mark.width,
                linestyle=(0, (4, 2)) if mark.is_dashed else "-",
                solid_capstyle="butt",
                zorder=order,
            )
        case PlotText():
            axes.text(
                mark.x,
                mark.y,
                mark.text,
                size=mark.size,
                color=mark.color,
                ha="center" if mark.is_turned else mark.align,
                va="bottom" if mark.is_turned else "center_baseline",
                rotation=90 if mark.is_turned else 0,
                zorder=order,
            )

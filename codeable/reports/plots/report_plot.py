"""A plot of a report. It shows itself in a notebook, and gives itself as SVG, PDF or PNG."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol

from attrs import field, frozen

from codeable.registry.answer import State
from codeable.reports.document import ReportFile
from codeable.reports.options import ReportOptions
from codeable.reports.plots.matplotlib_settings import matplotlib_settings
from codeable.reports.plots.sheet import PlotSheet, sheet_saying
from codeable.reports.plots.typesetter import PlotTypesetter
from codeable.reports.report_table import Width
from codeable.schema import LEAST_DPI, MOST_DPI, one_of, whole_number
from codeable.text import counted, first_few, html_text, printable, shown

PLOT_FORMATS = ("svg", "pdf")
"""The formats in which the job writes plots; a PNG can be saved, too."""

PlotFormat = Literal["svg", "pdf", "png"]

_WIDTHS: Mapping[Width, float] = {"column": 84.0, "page": 178.0}
"""Width in millimetres of one text column of a paper, and of both."""
_VERSION = 1
"""Of the drawing. It is part of the digest: with another one every plot is drawn again."""
_FITTED = "max-width: 100%; height: auto; background: white"


class Chart(Protocol):
    """What is drawn. Its `repr` says all that it is drawn from."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What the picture itself says below it."""

    @property
    def empty(self) -> str:
        """What is said where there is nothing to draw."""

    def sheets(self, width: float, typesetter: PlotTypesetter) -> tuple[PlotSheet, ...]:
        """The pictures, in order; none where there is nothing to draw.

        Args:
            width: Their width in millimetres.
            typesetter: Measures and wraps the texts.
        """


@frozen(repr=False)
class ReportPlot:
    """A plot of a report.

    Attributes:
        name: The name of the plot, which is that of its files.
        caption: Its caption, without a full stop at the end.
        description: What it shows, for readers who cannot see it.
        notes: Sentences about it: what was counted, and how. What is left out is said in the picture, too.
        messages: What a user must know before the plot is used.
        label: The name by which a paper refers to it.
        width: The width in a paper.
    """

    name: str
    caption: str
    description: str
    notes: tuple[str, ...]
    messages: tuple[str, ...]
    label: str
    width: Width
    _chart: Chart
    _sheets: tuple[PlotSheet, ...]
    _font: str | None = None
    _state: State = field(factory=State, eq=False)

    @property
    def parts(self) -> int:
        """The number of pictures into which it is cut."""
        return len(self._sheets)

    def render(self, format: PlotFormat = "svg", part: int = 1, dpi: int = 300) -> bytes:  # noqa: A002
        """Draw the plot.

        Args:
            format: `svg`, `pdf` or `png`.
            part: Which part of a plot that is cut into several, from 1.
            dpi: The resolution of a PNG, in dots per inch.

        Raises:
            CodeableError: There is no such format, part or resolution.
        """
        one_of("svg", "pdf", "png")(format, "the format of a plot")
        whole_number(1, self.parts, "the number of a part")(part, "part")
        whole_number(LEAST_DPI, MOST_DPI)(dpi, "dpi")
        return self._drawn(format, part, dpi)

    def save(self, path: Path | str, dpi: int = 300) -> Path:
        """Write the plot to a file; its parts to NAME.pdf, NAME-2.pdf and so on. All are written or none.

        Args:
            path: The file; its ending is the format: `.svg`, `.pdf` or `.png`.
            dpi: The resolution of a PNG, in dots per inch.

        Returns:
            The path of the file, for a plot of several parts that of the first one.

        Raises:
            CodeableError: The path has another ending, or cannot be written.

        Example:
            `study.plots.saturation.save("saturation.pdf")`
        """
        from codeable.render.saving import saved

        def drawn(ending: str) -> list[bytes]:
            return [self.render(ending, part, dpi) for part in self._parts]  # type: ignore[arg-type]

        return saved(path, "plot", drawn)

    def to_latex(self, folder: str = "") -> str:
        r"""The plot as a figure of LaTeX with caption, label and notes, to be read by `\input`.

        Args:
            folder: The folder of the pictures as the paper names it, such as "reports"; empty for its own.
        """
        from codeable.reports.formats.latex_figure import latex_figure

        before = f"{folder.rstrip('/')}/" if folder else ""
        files = [f"{before}{self._file_name(part)}" for part in self._parts]
        return latex_figure(files, self.caption, self.label, self.notes, self.width, _WIDTHS[self.width])

    def files(self, formats: tuple[str, ...]) -> Iterator[ReportFile]:
        """The files of the plot: one for each part and format."""
        for ending in formats:
            for part in self._parts if ending in PLOT_FORMATS else ():
                drawn = partial(self._drawn, ending, part)
                yield ReportFile(f"{self._file_name(part)}.{ending}", drawn, self._digest(part))

    @property
    def _parts(self) -> range:
        return range(1, self.parts + 1)

    def _file_name(self, part: int) -> str:
        from codeable.render.drawings import part_name

        return part_name(self.name, part)

    def _digest(self, part: int) -> str:
        """The digest of what a part is drawn from: the data and the options, not the bytes of the picture."""
        how = self.width, self._font, self.caption, self.description, part, self.parts
        drawn_from = (_VERSION, self._chart, *how)
        return hashlib.sha256(repr(drawn_from).encode("utf-8", "backslashreplace")).hexdigest()

    def _drawn(self, ending: str, part: int, dpi: int = 300, *, unique_ids: bool = False) -> bytes:
        from codeable.engines.documents import finish_pdf
        from codeable.engines.protocol import Drawing
        from codeable.engines.svg import finish_svg
        from codeable.reports.plots.picture import picture

        data = picture(self._sheets[part - 1], ending, self._font, dpi)
        of = f" ({part} of {self.parts})" if self.parts > 1 else ""
        title = f"{self.caption}{of}"
        if ending == "pdf":
            return finish_pdf([data], title)
        if ending == "svg":
            name = f"{self._file_name(part)}.plot"
            drawing = Drawing(name, self._digest(part), "dot", title, self.description, unique_ids=unique_ids)
            return finish_svg(data, drawing)
        return data

    def __repr__(self) -> str:
        cut = f", {counted(self.parts, 'part')}" if self.parts > 1 else ""
        note = f" ({self._state.note})" if self._state.stale else ""
        lines = [f"<ReportPlot {self.name}: {printable(self.caption)}{cut}>{note}", *self.messages]
        return "\n".join(map(printable, lines))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        """The pictures in HTML, where they are no wider than their cell, and the first as SVG."""
        pictures = [self._drawn("svg", part, unique_ids=True) for part in self._parts]
        alt = html_text(f"{self.caption}. {self.description}")
        images = [
            f'<img style="{_FITTED}" alt="{alt}" src="data:image/svg+xml;base64,{data}">'
            for data in (base64.b64encode(each).decode("ascii") for each in pictures)
        ]
        below = (*self.messages, *([self._state.note] if self._state.stale else []))
        html = "\n".join([*images, *(f"<p>{html_text(each)}</p>" for each in below)])
        return {"text/html": html, "image/svg+xml": pictures[0].decode("utf-8"), "text/plain": repr(self)}


def finished_plot(
    name: str,
    chart: Chart,
    options: ReportOptions,
    state: State,
    *,
    caption: str,
    description: str,
    notes: tuple[str, ...],
    width: Width,
) -> ReportPlot:
    """A plot with what its options choose.

    Args:
        name: The name of the plot.
        chart: What is drawn.
        options: Its options.
        state: Whether the study has been loaded again since.
        caption: The caption where the options give none.
        description: What it shows, for readers who cannot see it.
        notes: What was counted, beside what the picture says itself.
        width: The width where the options give none.

    Raises:
        CodeableError: matplotlib is not installed, or there is no such font.
    """
    chosen = options.width or width
    with matplotlib_settings(options.font):
        typesetter = PlotTypesetter(options.font)
        drawn = _WIDTHS[chosen], typesetter
        sheets = chart.sheets(*drawn) or (sheet_saying(chart.empty, *drawn),)
    return ReportPlot(
        name,
        caption if options.caption is None else options.caption,
        " ".join([description, *chart.notes, *notes]),
        notes,
        tuple(_messages(name, typesetter, options, chosen)),
        options.label or f"fig:{name}",
        chosen,
        chart,
        sheets,
        options.font,
        state,
    )


def _messages(name: str, typesetter: PlotTypesetter, options: ReportOptions, width: Width) -> Iterator[str]:
    if typesetter.cut:
        texts = first_few([shown(text) for text in typesetter.cut])
        ways = [
            *(['width = "page"'] if width == "column" else []),
            *(['labels = "identifiers"'] if options.labels == "names" else []),
        ]
        way = f"; {' or '.join(ways)} may leave more room" if ways else ""
        number = counted(len(typesetter.cut), "text")
        yield f"the plot {name} cuts {number} for which there is no room: {texts}{way}"
    if typesetter.missing:
        named = [f"{character} (U+{ord(character):04X})" for character in typesetter.missing]
        own = f"the font {options.font!r} has" if options.font else "matplotlib's font has"
        yield (
            f"the plot {name} shows boxes instead of {counted(len(named), 'character')} that {own} not: "
            f"{first_few(named)}; the option `font` names a font that has them"
        )

r"""A picture as a figure of LaTeX, to be read by `\input`, with caption, label and notes."""

import re
from collections.abc import Sequence

from attrs import frozen

from codeable.errors import CodeableError
from codeable.reports.formats.latex_escape import captions_of_parts, escaped, helpers
from codeable.reports.formats.latex_templates import fill_latex
from codeable.reports.report_table import Width
from codeable.text import shown

_FLOATS: dict[Width, str] = {"column": "figure", "page": "figure*"}

_NOT_IN_PATH = re.compile(r"[\\{}%#^~\"\x00-\x1f\x7f]")


@frozen
class LatexFigure:
    """One figure: the file of its picture, its caption in LaTeX, and its label."""

    file: str
    caption: str
    label: str


def latex_figure(
    files: Sequence[str], caption: str, label: str, notes: Sequence[str], width: Width, millimetres: float
) -> str:
    r"""One figure for each file of a picture.

    Args:
        files: The files, without folder and ending.
        caption: The caption.
        label: The label; further files have `-2` and so on behind it.
        notes: Sentences below the picture.
        width: Whether it is a figure of one column or of the page.
        millimetres: The width of the picture; where a column is narrower, the picture is made smaller.

    Raises:
        CodeableError: LaTeX would read the name of a file as markup.

    Example:
        >>> print(latex_figure(["frequency"], "R&D", "fig:frequency", [], "column", 84), end="")
        % Made by codeable. The preamble of the document needs:
        %   \usepackage{graphicx}
        % \ref{fig:frequency}
        \begin{figure}
          \centering
          \includegraphics[width=\ifdim\linewidth< 84mm \linewidth\else 84mm \fi]{frequency}
          \caption{R\&D}\label{fig:frequency}
        \end{figure}
    """
    for file in files:
        if _NOT_IN_PATH.search(file):
            raise CodeableError(
                f"{shown(file)} cannot be the path of a picture in LaTeX: name the report or the folder "
                'without \\ { } % # ^ ~ " and control characters'
            )
    parts = [
        LatexFigure(file, escaped(text), its_label)
        for file, (text, its_label) in zip(files, captions_of_parts(caption, label, len(files)), strict=True)
    ]
    below = [escaped(note) for note in notes]
    return fill_latex(
        "figure.tex.j2",
        parts=parts,
        notes=below,
        helpers=helpers("".join([*below, *(part.caption for part in parts)])),
        float=_FLOATS[width],
        millimetres=f"{millimetres:g}",
    )

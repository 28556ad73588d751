"""What Graphviz reports about a text: its errors and their lines, and a picture that is too large.

Called by `graphviz`.
"""

import re

from codeable.engines.batch import Failure
from codeable.engines.graphviz_process import Rendered
from codeable.engines.protocol import EngineError, EngineTimeoutError
from codeable.engines.svg import POINTS_PER_PIXEL, svg_size
from codeable.schema import LEAST_DPI

_LINE = re.compile(r"\bline (\d+)\b")
_LABEL = re.compile(r"\s*; in label of (node|edge|graph) (.*)")
_TOO_LARGE = "too large for"
_MOST_PIXELS = 32_767


def checked(answer: Rendered | Failure, engine: str, name: str, text: str = "", dpi: int = 0) -> Rendered:
    """The answer of a worker, if it is one.

    Args:
        answer: What the pool gave.
        engine: The name of the engine.
        name: The name of the drawing.
        text: Its DOT text.
        dpi: Resolution of a bitmap.

    Raises:
        EngineError: It is none, or Graphviz reported an error.
    """
    if isinstance(answer, Failure):
        kind = EngineTimeoutError if answer.late else EngineError
        raise kind(engine, name, answer.problem)
    errors = _errors(answer.messages)
    if _TOO_LARGE in answer.messages and answer.results:
        raise EngineError(engine, name, _too_large(answer.results[0], dpi))
    if answer.problem is not None or errors:
        reported, line = _located(" ; ".join(errors) or answer.problem or "", text)
        raise EngineError(engine, name, reported, line=line)
    return answer


def _errors(messages: str) -> list[str]:
    """The lines on stderr that report a faulty picture; warnings of Fontconfig and Pango do not.

    Nor does a cell of a table that is smaller than its text by a point or two, because letters stand at whole
    pixels.
    """
    lines = messages.replace("Warning: cell size too small for content\nin label of", "Warning:").splitlines()
    return [line for line in lines if line.startswith(("Error:", "in label of")) or _TOO_LARGE in line]


def _too_large(svg: bytes, dpi: int) -> str:
    """Why there is no bitmap, with a resolution at which there is one."""
    pixels = max(svg_size(svg) or (0.0, 0.0)) * POINTS_PER_PIXEL  # this SVG has points of that resolution
    smaller = int(dpi * _MOST_PIXELS / pixels) if pixels else 0
    way_out = f"with a resolution of {smaller} (--dpi {smaller}), " if smaller >= LEAST_DPI else ""
    return (
        f"it would have {pixels:,.0f} pixels on its longer side, and a bitmap has at most "
        f"{_MOST_PIXELS:,}: draw it {way_out}as svg or pdf"
    )


def _located(problem: str, text: str) -> tuple[str, int | None]:
    """Graphviz's error, and the line of the text; inside a label, it counts those of the label."""
    label = _LABEL.search(problem)
    if label is None:
        line = _LINE.search(problem)
        return problem, int(line[1]) if line else None
    kind, name = label.groups()
    described = f"{problem[: label.start()]} of the label of {kind}{'' if kind == 'graph' else f' {name}'}"
    ends = ["graph"] if kind == "graph" else name.split(" -> " if " -> " in name else " -- ")
    start = r"\s*-[->]\s*".join(f'"?{re.escape(end)}"?' for end in ends)
    statement = re.compile(rf"\s*{start}\s*\[.*?\b(?:x|head|tail)?label\s*=\s*<")
    found = (number for number, line in enumerate(text.splitlines(), 1) if statement.match(line))
    return described, next(found, None)

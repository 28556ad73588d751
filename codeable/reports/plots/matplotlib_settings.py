"""The settings of matplotlib and the fonts with which plots are measured and drawn.

What a user has set for other plots has no effect, and is as before afterwards.
"""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from codeable.errors import CodeableError

FONT = "DejaVu Sans"
"""The font that matplotlib brings along, so that a plot looks the same everywhere."""

_lock = threading.Lock()
"""Guards the settings of matplotlib, which all threads share."""


def fonts(font: str | None) -> tuple[str, ...]:
    """The fonts of a plot: the one that was chosen, and for what it lacks that of matplotlib.

    Example:
        >>> fonts(None), fonts("Noto Sans")
        (('DejaVu Sans',), ('Noto Sans', 'DejaVu Sans'))
    """
    return (FONT,) if font in (None, FONT) else (str(font), FONT)


@contextmanager
def matplotlib_settings(font: str | None) -> Iterator[None]:
    """Let matplotlib have the settings of our plots.

    Args:
        font: The font that is chosen; None for that of matplotlib.

    Raises:
        CodeableError: matplotlib is not installed.
    """
    try:
        from matplotlib import style
    except ImportError as error:
        message = "plots need matplotlib: install it with `pip install 'codeable[plots]'`"
        raise CodeableError(message) from error
    own = {
        "font.family": list(fonts(font)),
        "text.parse_math": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "codeable",
        "pdf.fonttype": 42,
        "path.simplify": False,
        "text.hinting": "no_hinting",  # letters of a PNG are as wide as those of an SVG
    }
    with _lock, style.context(["default", own]), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield

"""The worker processes of the engine `graphviz`: what they are asked, and how they are started."""

import importlib.util
import marshal
import sys
from pathlib import Path
from typing import Any

from attrs import frozen

from codeable.engines.child_process import ChildProcess, UnavailableError

LIBRARY = "pygraphviz"
INSTALL = f"pip install {LIBRARY}"
_SCRIPT = Path(__file__).with_name("graphviz_worker.py")


@frozen
class Layout:
    """A request to draw a text.

    Attributes:
        text: The DOT text.
        formats: The formats to render it in.
        seconds: The time limit.
        dpi: Resolution of a bitmap.
        fonts: The values of `fontname` whose text gets a length in an SVG, so that a viewer with wider fonts
            does not write beyond its box.
    """

    text: str
    formats: tuple[str, ...]
    seconds: float
    dpi: int | None = None
    fonts: tuple[str, ...] = ()


@frozen
class Measurement:
    """A request to measure the widths of words, each with whether it is bold."""

    font: str
    words: tuple[tuple[str, bool], ...]
    seconds: float


@frozen
class Rendered:
    """The answer of a worker.

    Attributes:
        problem: Why there is no result, or None.
        results: The bytes in each of the formats asked for, or the widths.
        messages: What the library printed meanwhile.
    """

    problem: str | None
    results: tuple[Any, ...]
    messages: str


class GraphvizWorker(ChildProcess[Layout | Measurement, Rendered]):
    """A child process that runs `graphviz_worker.py`.

    It is started by the script's path and isolated from the environment, so it also works when the user's
    main program cannot be imported again, and from a notebook. It ends by itself when this process does.
    """

    def __init__(self) -> None:
        folder = library_folder()
        if folder is None:
            raise UnavailableError(f"the package {LIBRARY!r} is not installed", INSTALL)
        super().__init__([_interpreter(), "-I", "-S", str(_SCRIPT), str(folder)])

    def _first_answer(self) -> str:
        handshake = self._receive()
        if handshake.problem is not None:
            raise UnavailableError(handshake.problem, INSTALL)
        return str(handshake.results[0])

    def _send(self, request: Layout | Measurement) -> None:
        if isinstance(request, Layout):
            layout = (request.text, request.formats, request.dpi, request.fonts)
            marshal.dump(("layout", request.seconds, layout), self._to_child)
        else:
            marshal.dump(("measurement", request.seconds, (request.font, request.words)), self._to_child)
        self._to_child.flush()

    def _receive(self) -> Rendered:
        problem, results = marshal.load(self._from_child)
        return Rendered(problem, results, self._error_text())


def library_folder() -> Path | None:
    """The folder from which the library is imported, found without importing it."""
    try:
        found = importlib.util.find_spec(LIBRARY)
    except (ImportError, ValueError):
        return None
    return Path(found.origin).parent.parent if found is not None and found.origin else None


def _interpreter() -> str:
    # In a virtual environment on Windows, `sys.executable` only starts the real interpreter: killing it
    # would leave the drawing process alive.
    base = getattr(sys, "_base_executable", "") if sys.platform == "win32" else ""
    return base or sys.executable

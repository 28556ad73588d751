"""What both backends of PlantUML share: their protocol, their error, and the check of an answer.

`engine` uses the protocol; `process` and `server` implement it.
"""

import re
from typing import Protocol

SIGNATURES = {
    "svg": re.compile(rb"\s*(?:<\?xml|<svg)"),
    "png": re.compile(rb"\x89PNG\r\n"),
    "eps": re.compile(rb"%!PS"),
    "pdf": re.compile(rb"%PDF-"),
}
"""Format → how a picture in it starts."""

VERSION_TEXT = "@startuml\nversion\n@enduml\n"
"""The text of which PlantUML draws its version."""

VERSION = re.compile(rb"\bPlantUML version ([\w.]+)")
LARGEST_ANSWER = 1 << 28
"""Bytes; whatever sends more is stopped."""

LARGEST_PIXELS = 65_000
"""Longest side of a PNG; PlantUML cuts off whatever is beyond its limit, which is 4,096 by default."""


class BackendError(Exception):
    """PlantUML did not draw a text.

    Attributes:
        problem: What went wrong, and the way out.
        line: The line of the text at fault, counted from 1 at `@startuml`, where PlantUML reports it.
        late: Whether the time was up.
    """

    def __init__(self, problem: str, line: int | None = None, *, late: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.late = late


class Backend(Protocol):
    """One way to reach a PlantUML."""

    name: str
    """The word by which settings and messages call it."""

    def check_available(self) -> None:
        """Look for what the backend needs, without starting anything.

        Raises:
            UnavailableError: Something is missing.
        """

    def version(self) -> str:
        """PlantUML's version.

        Raises:
            UnavailableError: It cannot be started.
            BackendError: It cannot be reached.
        """

    def formats(self) -> tuple[str, ...]:
        """The formats that this PlantUML writes; `svg` is always one of them."""

    def writes(self, picture_format: str) -> bool:
        """Whether it writes a format; costs less than `formats`, which may have to try each."""
        return picture_format in self.formats()

    def is_sandboxed(self) -> bool:
        """Whether PlantUML is known to refuse access to files, environment and network."""

    def draw(self, text: str, picture_format: str, *, dpi: int, timeout: float) -> bytes:
        """Draw one text, from `@startuml` to `@enduml`.

        Args:
            text: The lines, ended by line feeds.
            picture_format: One of `formats()`.
            dpi: Resolution of a PNG, in dots per inch.
            timeout: Seconds until the drawing is given up.

        Raises:
            BackendError: There is no picture, and why.
        """

    def close(self) -> None:
        """End whatever was started; the backend may be used again afterwards."""


def check_start(picture: bytes, picture_format: str, who: str) -> None:
    """Refuse an answer that does not start as a picture in its format does.

    Raises:
        BackendError: It names who answered, and how the answer starts.
    """
    if not SIGNATURES[picture_format].match(picture):
        raise BackendError(f"{who} answered with {start_of(picture)} instead of {picture_format.upper()}")


def start_of(answer: bytes) -> str:
    """The first characters of an answer, for messages."""
    return repr(answer[:60].decode("utf-8", "replace")) if answer.strip() else "nothing"

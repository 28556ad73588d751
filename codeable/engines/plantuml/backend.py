"""What brings a text to PlantUML and a picture back: the protocol of both backends, and their error."""

from typing import Protocol

from attrs import frozen


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


@frozen
class Unavailable:
    """What a backend lacks here, and the command or setting that brings it."""

    what: str
    install: str | None = None

    def __str__(self) -> str:
        return f"{self.what}; install it: {self.install}" if self.install else self.what


class Backend(Protocol):
    """One way to reach a PlantUML."""

    name: str
    """The word by which settings and messages call it."""

    def unavailable(self) -> Unavailable | None:
        """What is missing, found without starting anything; None when the backend may be tried."""

    def version(self) -> str:
        """PlantUML's version.

        Raises:
            BackendError: It cannot be started or reached, and why.
        """

    def formats(self) -> tuple[str, ...]:
        """The formats that this PlantUML writes; `svg` is always one of them."""

    def writes(self, picture_format: str) -> bool:
        """Whether it writes a format; costs less than `formats`, which may have to try each."""

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

"""What carries a text to PlantUML and a picture back: the protocol of the two carriers, and their error."""

from typing import Protocol

from attrs import frozen

__all__ = ["Absence", "Carrier", "CarrierError"]


class CarrierError(Exception):
    """PlantUML did not draw a text.

    Attributes:
        problem: What went wrong, and the way out.
        line: The line of the text at fault, counted from 1 at `@startuml`, where PlantUML tells.
    """

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line


@frozen
class Absence:
    """What a carrier lacks here, and the command or setting that brings it."""

    what: str
    install: str | None = None


class Carrier(Protocol):
    """One way to reach a PlantUML.

    Attributes:
        name: The word by which settings and messages call it.
        native_formats: The formats that this PlantUML writes by itself; `svg` is always one of them.
    """

    name: str
    native_formats: tuple[str, ...]

    def absence(self) -> Absence | None:
        """What is missing, found without starting anything; None when the carrier may be tried."""

    def version(self) -> str:
        """PlantUML's version.

        Raises:
            CarrierError: It cannot be started or reached, and why.
        """

    def is_sandboxed(self) -> bool:
        """Whether PlantUML is known to keep its hands off files, environment and network."""

    def draw(self, text: str, picture_format: str, *, dpi: int, timeout: float) -> bytes:
        """Draw one text, from `@startuml` to `@enduml`.

        Args:
            text: The lines, ended by line feeds.
            picture_format: One of `native_formats`.
            dpi: Resolution of a PNG, in dots per inch.
            timeout: Seconds until the drawing is given up.

        Raises:
            CarrierError: There is no picture, and why. A picture of an error message may still be returned.
        """

    def close(self) -> None:
        """End whatever was started; the carrier may be used again afterwards."""

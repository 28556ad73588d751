"""What every report is, be it a table, a plot or a text: a document that gives the files it is written to."""

from collections.abc import Iterator
from typing import Protocol

from attrs import frozen


@frozen
class ReportFile:
    """One file of a report.

    Attributes:
        name: Its name in the folder of the reports.
        data: Its content.
        drawn_from: Of a file with a picture in it, the digest of what the picture is drawn from; its bytes
            may differ on another machine. None where the content itself is the same everywhere.
        messages: What a user must know before this file is used, and holds for no other format.
    """

    name: str
    data: bytes
    drawn_from: str | None = None
    messages: tuple[str, ...] = ()


class Document(Protocol):
    """A report that was made for one study."""

    @property
    def messages(self) -> tuple[str, ...]:
        """What a user must know before the report is used: cautions, and what is left out."""

    def files(self, formats: tuple[str, ...]) -> Iterator[ReportFile]:
        """The files of the report.

        Args:
            formats: The formats that are wanted; those that the report does not have are ignored.
        """

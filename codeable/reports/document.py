"""What every report is, be it a table, a plot or a text: a document that gives the files it is written to."""

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Protocol

from attrs import field, frozen

from codeable.schema import one_of


@frozen
class ReportFile:
    """One file of a report.

    Attributes:
        name: Its name in the folder of the reports.
        content: Its content, or what makes it, such as the drawing of a picture.
        drawn_from: Of a file with a picture in it, the digest of what the picture is drawn from; its bytes
            may differ on another machine. None where the content itself is the same everywhere.
        messages: What a user must know before this file is used, and holds for no other format.
    """

    name: str
    content: bytes | Callable[[], bytes] = field(repr=False)
    drawn_from: str | None = None
    messages: tuple[str, ...] = ()

    @cached_property
    def data(self) -> bytes:
        """Its content. A picture is drawn when it is asked for."""
        return self.content if isinstance(self.content, bytes) else self.content()


class ReportDocument(Protocol):
    """A report that was made for one study."""

    @property
    def messages(self) -> tuple[str, ...]:
        """What a user must know before the report is used: cautions, and what is left out."""

    def files(self, formats: tuple[str, ...]) -> Iterator[ReportFile]:
        """The files of the report.

        Args:
            formats: The formats that are wanted; those that the report does not have are ignored.
        """


class SavedText:
    """A text of a study that can be saved.

    Attributes:
        endings: The formats of a file that has the text.
    """

    __slots__ = ()
    endings: ClassVar[tuple[str, ...]]

    def files(self, formats: tuple[str, ...]) -> Iterator[ReportFile]:
        """The files of the text, in each format the text itself first."""
        raise NotImplementedError

    def save(self, path: Path | str) -> Path:
        """Write the text to a file; the pictures of Markdown into the same folder. All are written or none.

        Args:
            path: The file; its ending is the format, one of `endings`.

        Raises:
            CodeableError: The path has another ending, or cannot be written.

        Example:
            `study.reports.guidance.save("paper/guidance.html")`
        """
        from codeable.render.saving import saved

        def files(ending: str) -> list[ReportFile]:
            one_of(*self.endings)(ending, "the format of a text")
            return list(self.files((ending,)))

        return saved(
            path,
            "text",
            lambda ending: [files(ending)[0].data],
            lambda ending: {each.name: each.data for each in files(ending)[1:]},
        )

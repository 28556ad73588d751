"""What an export makes: files, and what is not in them."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from attrs import field, frozen

from codeable.diagrams.view import View
from codeable.exchange.project import NotTakenOver
from codeable.text import slug

T = TypeVar("T")

_LONGEST_NAME = 80


@frozen(kw_only=True)
class ExportOptions:
    """What a user may choose for an export.

    Attributes:
        view: The view that a text of a figure shows, or its name; None where none is given.
        texts: Whether sources have their whole texts, where the study has them, instead of their passages.
        excel: Whether tables are safe for a spreadsheet, which would run some texts as formulas.
    """

    view: View | str | None = None
    texts: bool = False
    excel: bool = False


@frozen
class Exported:
    """The files of one export.

    Attributes:
        files: Name → content. An export of one file has one, with the name that is proposed for it.
        not_taken_over: What of the study is not in them.
        messages: What else a user must know, in whole sentences.
    """

    files: Mapping[str, bytes] = field(repr=False)
    not_taken_over: tuple[NotTakenOver, ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def has_loss(self) -> bool:
        """Whether something of the study that somebody would miss is not in the files."""
        return any(each.is_loss for each in self.not_taken_over)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that a user must know besides the files."""
        return (*(f"not exported: {each.sentence}" for each in self.not_taken_over), *self.messages)

    @property
    def only(self) -> bytes:
        """The content of an export of one file."""
        (data,) = self.files.values()
        return data


def with_values(
    row: Mapping[str, T], values: Iterable[tuple[str, T]], reserved: Collection[str] = ()
) -> dict[str, T]:
    """A row, or attributes, with an element's own values; a value that is called as one of them is renamed.

    Args:
        row: The row.
        values: Name → value.
        reserved: Further names that mean something else in the file.

    Example:
        >>> with_values({"kind": "force"}, [("kind", "quality"), ("unit", "ms")])
        {'kind': 'force', 'kind (value)': 'quality', 'unit': 'ms'}
    """
    taken = {*row, *reserved}
    return {**row, **{f"{name} (value)" if name in taken else name: value for name, value in values}}


def file_name(name: str, ending: str = "") -> str:
    """The name of a file for what has a name, valid on every file system.

    Example:
        >>> file_name("Big data: a study", ".qdc")
        'big_data_a_study.qdc'
    """
    return f"{View(slug(name)[:_LONGEST_NAME], name, 'bundle', ()).file_name}{ending}"

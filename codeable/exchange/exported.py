"""What an export makes: files, and what is not in them."""

from collections.abc import Mapping

from attrs import field, frozen

from codeable.exchange.project import NotTakenOver


@frozen(kw_only=True)
class ExportOptions:
    """What a user may choose for an export.

    Attributes:
        view: The view that a text of a figure shows; None where none is given.
    """

    view: str | None = None


@frozen
class Exported:
    """The files of one export.

    Attributes:
        files: Name → content. An export of one file has one, with the name that is proposed for it.
        not_taken_over: What of the study is not in them.
    """

    files: Mapping[str, bytes] = field(repr=False)
    not_taken_over: tuple[NotTakenOver, ...] = ()

"""What a rename or a merge changes. `codeable rename`, `codeable merge` and the language server write it."""

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from codeable.kernel.place import Span, shown_place
from codeable.lines import Edit
from codeable.notes.decoding import edited

Notes = Literal["rewritten", "kept"]
"""What a rename does with the notes: write the new name into them, or leave them as they were written."""


@frozen
class PlaceRemark:
    """What a user must know of a place: that it stays as it is, or goes, and why."""

    span: Span
    reason: str

    def __str__(self) -> str:
        return f"{shown_place(self.span)}: {self.reason}"


@frozen
class RenamePlan:
    """What a rename changes.

    Attributes:
        names: Old name → new name.
        edits: The edits, file by file, in the order of the text; each file in the encoding that it has.
        left: The places that stay as they are and may surprise.
        messages: What else a user must know, in whole sentences.
        gone: What the study says no more, where codes become one.
        into: The code that the others become; empty where one code gets another name.
    """

    names: Mapping[str, str]
    edits: tuple[Edit, ...]
    left: tuple[PlaceRemark, ...] = ()
    messages: tuple[str, ...] = ()
    gone: tuple[PlaceRemark, ...] = ()
    into: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it changes."""
        return tuple(dict.fromkeys(edit.path for edit in self.edits))

    def text_after(self, path: str, text: str) -> str:
        """The text of a file with the edits made."""
        return edited(text, [one.change for one in self.edits if one.path == path])

"""The record of one place at which a name stands. `in_notes`, `in_modules` and `in_settings` find them."""

from typing import Literal

from attrs import frozen

from codeable.kernel.place import Span

Role = Literal["declaration", "use", "import", "listed", "text", "setting"]
"""What a name does in its place.

``declaration``: a statement binds it. ``use``: a statement reads it, in a note or a module. ``import``: a
module imports it, or lists it in ``__all__``. ``listed``: an item of an open trace, a definition. ``text``:
the prose of an open trace or a memo mentions it. ``setting``: `pyproject.toml` has it.
"""


@frozen
class Occurrence:
    """One place of a name.

    Attributes:
        name: The identifier in the normal form in which Python reads it; it may be one from before a rename.
        span: The identifier as it is written, alone, in characters: of a dotted name the last part.
        role: What the name does there.
        counts: Whether the study counts it; not what is outside of traces, left over from the template, or
            in a note about another source.
        kept: Why a rename leaves the place as it is; empty where it writes the new name.
        alias: Whether a module has a name of its own there, by `from m import name as alias`.
    """

    name: str
    span: Span
    role: Role
    counts: bool = True
    kept: str = ""
    alias: bool = False

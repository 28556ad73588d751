"""Where in the user's code an element was made.

Making an element costs one look at the calling frame: its code object and the index of the instruction are
kept. The line is worked out when somebody asks, because reading it from the frame takes time that grows
with the length of the module.
"""

from __future__ import annotations

import sys
import weakref
from array import array
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from types import CodeType, FrameType

    from codeable.kernel.named_element import CNamedElement

__all__ = ["Place", "calling_instruction", "is_cell", "place_of"]

_OURS = ("codeable.kernel", "codeable.metamodels", "codeable.compat")


class Place(NamedTuple):
    """A place in the user's code.

    Attributes:
        path: The file, absolute as Python knows it; ``<ipython-input-3>`` or the like for a cell.
        line: The line, counted from 1.
        column: The column, counted from 1, in bytes of the line's UTF-8 text.

    Example:
        >>> str(Place("/study/models/infrastructure.py", 12, 1))
        '/study/models/infrastructure.py:12'
    """

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def is_cell(path: str) -> bool:
    """Whether code of this file name stands in a cell of a notebook.

    Example:
        >>> is_cell("<ipython-input-3-5f1d>"), is_cell("/tmp/ipykernel_77/1234.py"), is_cell("/a/models/b.py")
        (True, True, False)
    """
    return path.startswith("<ipython-input") or "ipykernel_" in path


def calling_instruction(depth: int = 2) -> tuple[CodeType | None, int]:
    """The code object and the instruction of the nearest caller outside the kernel and the vocabularies.

    What a vocabulary declares while it is imported was made there, not where it is imported.

    Args:
        depth: How many frames are certainly the kernel's own, this function's included.
    """
    try:
        frame: FrameType | None = sys._getframe(depth)
    except ValueError:  # called by the interpreter itself, as at exit
        return None, -1
    while frame is not None:
        name = frame.f_globals.get("__name__")
        if name.__class__ is not str or not name.startswith(_OURS) or frame.f_code.co_name == "<module>":
            return frame.f_code, frame.f_lasti
        frame = frame.f_back
    return None, -1


class _Positions:
    """Line and column of every instruction of one code object, compactly."""

    __slots__ = ("code", "columns", "lines")

    def __init__(self, code: CodeType) -> None:
        self.code = weakref.ref(code)
        self.lines = array("I")
        self.columns = array("I")
        for line, _, column, _ in code.co_positions():
            self.lines.append(line or 0)
            self.columns.append((column or 0) + 1)


_positions: dict[int, _Positions] = {}
_MOST_POSITIONS = 256


def _positions_of(code: CodeType) -> _Positions:
    key = id(code)
    found = _positions.get(key)
    if found is None or found.code() is not code:
        for stale in [k for k, positions in _positions.items() if positions.code() is None]:
            del _positions[stale]
        if len(_positions) >= _MOST_POSITIONS:
            del _positions[next(iter(_positions))]
        found = _positions[key] = _Positions(code)
    return found


def place_of(element: CNamedElement) -> Place | None:
    """Where the user's code made this element; ``None`` when no code outside the library did.

    Example:
        >>> from codeable.kernel import CMetaclass
        >>> place = place_of(CMetaclass("Practice"))
        >>> place.line
        1
    """
    code = element._code
    if code is None:
        return None
    positions = _positions_of(code)
    index = element._instruction // 2
    if not 0 <= index < len(positions.lines) or not positions.lines[index]:
        return Place(code.co_filename, code.co_firstlineno, 1)
    return Place(code.co_filename, positions.lines[index], positions.columns[index])

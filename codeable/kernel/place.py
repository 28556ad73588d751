"""The place in the user's code that makes an element.

Every constructor keeps the code object and the index of the instruction that called it. The line is computed
when `place_of` asks for it, because reading it from the frame takes time that grows with the length of the
module. Messages, checks and figures call `place_of`, the records of the registry `span_of`. An element that
was read from a file which no code made keeps the span itself.
"""

from __future__ import annotations

import dis
import sys
import weakref
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from codeable.files import shown_path

if TYPE_CHECKING:
    from types import CodeType, FrameType

    from codeable.kernel.named_element import CNamedElement

_CALLS = frozenset(code for name, code in dis.opmap.items() if name.startswith("CALL"))
_CACHE = dis.opmap.get("CACHE", -1)
_METAMODELS = (Path(__file__).parents[1] / "metamodels").as_posix()
_LIBRARY = ("codeable.kernel", "codeable.metamodels", "codeable.compat", "codeable.exchange")

_Position = tuple[int | None, int | None, int | None, int | None]


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


class Span(NamedTuple):
    """A stretch of a file.

    A named tuple takes half the time of a class, and a field note has more than twenty for every kilobyte.

    Attributes:
        path: The file, or the name that Python gives to a cell.
        line: The first line, counted from 1.
        column: The column of the first character, counted from 1.
        end_line: The last line.
        end_column: The column behind the last character.
        start: Offset of the first character in the text of the file; 0 where no text was read.
        end: Offset behind the last character.

    Example:
        >>> str(Span("sources/s4.md", 12, 3, 12, 9))
        'sources/s4.md:12:3'
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def through(self, last: Span) -> Span:
        """The span from the start of this one to the end of another one in the same file.

        Example:
            >>> Span("s4.md", 1, 1, 1, 4, 0, 3).through(Span("s4.md", 2, 1, 2, 3, 5, 7)).end_line
            2
        """
        return tuple.__new__(Span, (self[0], self[1], self[2], last[3], last[4], self[5], last[6]))


def shown_place(place: Place | Span | None) -> str:
    """The file and the line of a place, for a message; empty for none. See `codeable.files.shown_path`.

    A metamodel of codeable is named as it is imported.

    Example:
        >>> shown_place(Place("/study/models/a.py", 12, 1))
        '/study/models/a.py:12'
    """
    if place is None:
        return ""
    folder, _, file = place.path.replace("\\", "/").rpartition("/")
    if folder == _METAMODELS:
        return f"codeable.metamodels.{file.removesuffix('.py')}"
    return f"{shown_path(place.path)}:{place.line}"


def is_cell(path: str) -> bool:
    """Whether a file name is that of a notebook's cell.

    Example:
        >>> is_cell("<ipython-input-3-5f1d>"), is_cell("/tmp/ipykernel_77/1234.py"), is_cell("/a/models/b.py")
        (True, True, False)
    """
    return path.startswith("<ipython-input") or "ipykernel_" in path


def calling_instruction(depth: int = 2) -> tuple[CodeType | None, int]:
    """The code object and the instruction of the nearest caller outside the kernel and the vocabularies.

    An element that a vocabulary declares is made in the vocabulary's module, not where that is imported.

    Args:
        depth: How many frames are certainly the kernel's own, this function's included.
    """
    try:
        frame: FrameType | None = sys._getframe(depth)
    except ValueError:  # called by the interpreter itself, as at exit
        return None, -1
    while frame is not None:
        name = frame.f_globals.get("__name__")
        if name.__class__ is not str or not name.startswith(_LIBRARY) or frame.f_code.co_name == "<module>":
            return frame.f_code, frame.f_lasti
        frame = frame.f_back
    return None, -1


# Each operation on it is atomic, since several threads may load studies at the same time.
_positions: dict[int, _CodePositions] = {}


class _CodePositions:
    """First and last line and column of the calls of one code object. They go when the code goes."""

    __slots__ = ("calls", "code")

    def __init__(self, code: CodeType) -> None:
        key, forget = id(code), _positions.pop
        self.code = weakref.ref(code, lambda _: forget(key, None))
        self.calls: dict[int, _Position] = {}
        call: _Position | None = None
        for index, (operation, position) in enumerate(
            zip(code.co_code[::2], code.co_positions(), strict=False)
        ):
            if operation != _CACHE:  # the frame of a call is sometimes in the cache behind it
                call = position if operation in _CALLS and position[0] else None
            if call is not None:
                self.calls[index] = call


def _position_of(code: CodeType, index: int) -> _Position | None:
    """First line, last line, first column and last column of an instruction, where the code knows them."""
    found = _positions.get(id(code))
    if found is None or found.code() is not code:
        found = _positions[id(code)] = _CodePositions(code)
    position = found.calls.get(index)
    if position is None and index >= 0:  # another operation, such as that of an operator
        position = next(islice(code.co_positions(), index, None), None)
    return position if position is not None and position[0] else None


def code_of(element: CNamedElement) -> CodeType | None:
    """The code object that made an element; ``None`` where only the library did, or a file that is no code.

    Example:
        >>> from codeable.kernel import CMetaclass
        >>> code_of(CMetaclass("Practice")).co_name
        '<module>'
    """
    code = element._code
    return None if isinstance(code, Span) else code


def place_of(element: CNamedElement) -> Place | None:
    """The place in the user's code that made an element; ``None`` when only the library made it.

    Example:
        >>> from codeable.kernel import CMetaclass
        >>> place_of(CMetaclass("Practice")).line
        1
    """
    span = span_of(element)
    return None if span is None else Place(span.path, span.line, span.column)


def span_of(element: CNamedElement) -> Span | None:
    """The call in the user's code that made an element; ``None`` when only the library made it.

    Columns are those of `Place`: bytes of the line's UTF-8 text, counted from 1.

    Example:
        >>> from codeable.kernel import CMetaclass
        >>> span_of(CMetaclass("Practice")).end_column
        31
    """
    code = element._code
    if code is None or isinstance(code, Span):
        return code
    position = _position_of(code, element._instruction // 2)
    if position is None:
        first = code.co_firstlineno
        return Span(code.co_filename, first, 1, first, 1)
    line, end_line, column, end_column = position
    line, column = line or 0, column or 0
    return Span(code.co_filename, line, column + 1, end_line or line, (end_column or column) + 1)

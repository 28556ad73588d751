"""Marks of a merge conflict that git left in a file. The reader of notes and the checks call this."""

from collections.abc import Sequence

_BEGIN, _END = "<<<<<<<", ">>>>>>>"
_WITHIN = ("|||||||", "=======")


def conflicts_in(lines: Sequence[str]) -> list[tuple[int, int]]:
    """First and last line (from 0) of each conflict: from `<<<<<<<` to `>>>>>>>`.

    One of these marks without the other counts too: the conflict was resolved in part.

    Example:
        >>> conflicts_in(["a", "<<<<<<< HEAD", "b", "=======", "c", ">>>>>>> other"])
        [(1, 5)]
        >>> conflicts_in(["Heading", "=======", "> A quotation.", ">>>>>>> other"])
        [(3, 3)]
    """
    found: list[tuple[int, int]] = []
    begun: int | None = None
    marked = [index for index, line in enumerate(lines) if line[:7] in (_BEGIN, _END)]
    for index in marked:
        line = lines[index]
        if _is_mark(line, _BEGIN):
            if begun is not None:
                found.append((begun, begun))
            begun = index
        elif _is_mark(line, _END):
            found.append((index if begun is None else begun, index))
            begun = None
    if begun is not None:
        found.append((begun, begun))
    return found


def marks_of(lines: Sequence[str], conflict: tuple[int, int]) -> list[int]:
    """The lines (from 0) of a conflict that are marks of git.

    Example:
        >>> marks_of(["<<<<<<< HEAD", "b", "=======", "c", ">>>>>>> other"], (0, 4))
        [0, 2, 4]
    """
    first, last = conflict
    inner = range(first + 1, last)
    return sorted({first, last, *(index for index in inner if _is_mark(lines[index], *_WITHIN))})


def conflict_message(conflicts: Sequence[tuple[int, int]]) -> str:
    """The message of a file with conflicts.

    Example:
        >>> conflict_message([(1, 5), (8, 8)])
        'merge conflict not resolved, lines 2–6 and 9'
    """
    places = [f"{a + 1}–{b + 1}" if a < b else f"{a + 1}" for a, b in conflicts]
    *others, last = places
    listed = f"{', '.join(others)} and {last}" if others else last
    return f"merge conflict not resolved, {'line' if listed.isdigit() else 'lines'} {listed}"


def _is_mark(line: str, *marks: str) -> bool:
    """Whether a line is one of some marks, alone or with the name of a branch."""
    return line.startswith(marks) and line[7:8] in ("", " ")

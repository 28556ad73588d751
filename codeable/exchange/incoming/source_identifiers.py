"""The identifiers of new sources, which continue those of the study: s45 behind s44, p3 behind p2."""

import re
from collections.abc import Iterable, Iterator

from codeable.errors import CodeableError
from codeable.exchange.project import ProjectSource
from codeable.notes.new_note import note_identifier
from codeable.text import folded

_NUMBER = re.compile(r"([sp])(\d+)\w*")


class SourceIdentifiers:
    """Gives new sources identifiers: their own where those are free, else the next numbers.

    Args:
        taken: The names that the study has.
        wanted: Those that sources of the project have; numbers are continued behind both.

    Example:
        >>> identifiers = SourceIdentifiers(["s44"], ["s45"])
        >>> (
        ...     identifiers.new(ProjectSource("a", "A")),
        ...     identifiers.new(ProjectSource("b", "B", identifier="s45")),
        ... )
        ('s46', 's45')
    """

    def __init__(self, taken: Iterable[str], wanted: Iterable[str]) -> None:
        taken = tuple(taken)
        self._taken = set(map(folded, taken))
        self._last = _last_numbers([*taken, *wanted])

    def new(self, source: ProjectSource) -> str:
        """The identifier of a source that the study has not."""
        wanted = source.identifier
        if wanted and _is_name_of_note(wanted) and folded(wanted) not in self._taken:
            identifier = wanted
        else:
            identifier = next(each for each in self._numbered(source.kind) if each not in self._taken)
        self._taken.add(folded(identifier))
        return identifier

    def _numbered(self, kind: str) -> Iterator[str]:
        while True:
            self._last[kind] += 1
            yield f"{kind}{self._last[kind]}"


def _last_numbers(identifiers: Iterable[str]) -> dict[str, int]:
    last = {"s": 0, "p": 0}
    for each in identifiers:
        found = _NUMBER.fullmatch(each)
        if found is not None:
            last[found[1]] = max(last[found[1]], int(found[2]))
    return last


def _is_name_of_note(identifier: str) -> bool:
    try:
        return "".join(note_identifier(identifier)) == identifier
    except CodeableError:
        return False

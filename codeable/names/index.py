"""All names of a study with their places, to look up by name or by place."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from codeable.names.occurrence import Occurrence
from codeable.notes.mentions import current_name
from codeable.result_cache import ResultCache

_MOST_WITHIN = 8
"""How many names may be within a name that has blanks, as a broken statement may declare one."""


class StudyNames:
    """The names in notes, modules and settings.

    A code that was renamed in the settings has its old names, too: `of` finds all of them.

    Args:
        occurrences: Path → its names, in the order of the text.
        renames: Old name → new name.
        results: What was found before in files that have not changed.
    """

    def __init__(
        self,
        occurrences: Mapping[str, tuple[Occurrence, ...]],
        renames: Mapping[str, str],
        results: ResultCache | None = None,
    ) -> None:
        results = results or ResultCache()
        self._in_files = occurrences
        self._renames = renames
        self._by_name = [results.of(_by_current_name, found, renames) for found in occurrences.values()]
        results.forget_unused()

    def current(self, name: str) -> str:
        """The current name for a name that may be an old one."""
        return current_name(self._renames, name)

    @property
    def names(self) -> Iterable[str]:
        """All current names."""
        return dict.fromkeys(name for found in self._by_name for name in found)

    def of(self, name: str) -> tuple[Occurrence, ...]:
        """The places of a name, also under its old names, file by file."""
        current = self.current(name)
        return tuple(one for found in self._by_name for one in found.get(current, ()))

    def declarations(self, name: str) -> tuple[Occurrence, ...]:
        """Where a name is declared, in modules and notes."""
        return tuple(one for one in self.of(name) if one.role == "declaration")

    def at(self, path: str, offset: int) -> Occurrence | None:
        """The name in a file in which, or right behind which, a character is."""
        found = self._in_files.get(path, ())
        index = bisect_right(found, offset, key=lambda one: one.span.start) - 1
        near = reversed(found[max(index - _MOST_WITHIN, 0) : index + 1])
        return next((one for one in near if one.span.end >= offset), None)


def _by_current_name(
    occurrences: tuple[Occurrence, ...], renames: Mapping[str, str]
) -> Mapping[str, list[Occurrence]]:
    found: dict[str, list[Occurrence]] = {}
    for one in occurrences:
        found.setdefault(current_name(renames, one.name), []).append(one)
    return found

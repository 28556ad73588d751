"""The declared name nearest to one that is not declared, found quickly among very many.

Comparing each name with each other one takes minutes in a large study. Names that are alike share some of
their runs of three characters, so only those that share the rarest of these are compared.
"""

from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher

__all__ = ["Spellings"]

_ALIKE = 0.75
"""How alike two names have to be before one is proposed for the other."""

_MOST_VISITED = 2_000
_MOST_COMPARED = 15
_LONGEST = 200
_SHORTEST_INITIALS = 3


class Spellings:
    """Spellings of names, to be searched for the nearest as `difflib` measures it.

    Args:
        names: Spelling → the name that it stands for; of several that are equally near the first counts.

    Example:
        >>> spellings = Spellings({"data_catalogue": "catalogue", "master_data_management": "mdm_practice"})
        >>> spellings.nearest("data_catalog"), spellings.nearest("mdm"), spellings.nearest("cost")
        ('catalogue', 'mdm_practice', None)
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names: list[str] = []
        self._folded: list[str] = []
        self._holding: dict[str, list[int]] = {}
        self._initials: dict[str, int] = {}
        for spelling, name in names.items():
            self.add(spelling, name)

    def add(self, spelling: str, name: str) -> None:
        """Take in another spelling; one that no person writes by hand is left out."""
        if len(spelling) > _LONGEST:
            return
        index, folded = len(self._names), spelling.casefold()
        self._names.append(name)
        self._folded.append(folded)
        for run in _runs(folded):
            self._holding.setdefault(run, []).append(index)
        initials = "".join(word[0] for word in folded.split("_") if word)
        if len(initials) >= _SHORTEST_INITIALS:
            self._initials.setdefault(initials, index)

    def nearest(self, name: str) -> str | None:
        """The name that is spelt much like this one, or else the one whose words begin with its letters."""
        alike = self.alike(name, _ALIKE)
        initials = self._initials.get(name.casefold())
        return self._names[initials] if alike is None and initials is not None else alike

    def alike(self, name: str, least: float) -> str | None:
        """The name that is spelt most like this one.

        Args:
            name: What is looked for.
            least: How alike it has to be, from 0 to 1.
        """
        folded = name.casefold()
        if len(folded) > _LONGEST:
            return None
        found: int | None = None
        matcher = SequenceMatcher(None, "", folded, autojunk=False)
        for index in self._candidates(folded):
            matcher.set_seq1(self._folded[index])
            if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
                continue
            ratio = matcher.ratio()
            if ratio > least or (ratio == least and found is None):
                found, least = index, ratio
        return self._names[found] if found is not None else None

    def _candidates(self, folded: str) -> list[int]:
        """Those that share the most runs of characters, the rare ones counting."""
        shared: Counter[int] = Counter()
        visited = 0
        for holding in sorted((self._holding.get(run, []) for run in _runs(folded)), key=len):
            shared.update(holding[: _MOST_VISITED - visited])
            visited += len(holding)
            if visited >= _MOST_VISITED:
                break
        return sorted(index for index, _ in shared.most_common(_MOST_COMPARED))


def _runs(spelling: str) -> list[str]:
    """The runs of three characters, edges included, each once and in order."""
    padded = f"  {spelling} "
    return list(dict.fromkeys(padded[at : at + 3] for at in range(len(padded) - 2)))

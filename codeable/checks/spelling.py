"""The declared name that is nearest to an undeclared one. The rules suggest it."""

from collections.abc import Mapping

from codeable.text import nearest

_LIKE = 0.75
"""How alike two names have to be before one is suggested for the other."""
_SHORTEST_INITIALS = 3


class Spellings:
    """Spellings of names.

    Args:
        names: Spelling → name. Of several that are equally near the first counts.

    Example:
        >>> spellings = Spellings({"data_catalogue": "catalogue", "master_data_management": "mdm_practice"})
        >>> spellings.nearest("data_catalog"), spellings.nearest("mdm"), spellings.nearest("cost")
        ('catalogue', 'mdm_practice', None)
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._by_initials: dict[str, str] = {}
        for spelling, name in names.items():
            initials = "".join(word[0] for word in spelling.casefold().split("_") if word)
            if len(initials) >= _SHORTEST_INITIALS:
                self._by_initials.setdefault(initials, name)

    def nearest(self, name: str) -> str | None:
        """The name that is spelt like this one, or else the one whose words begin with its letters."""
        near = nearest(name, self._names, 1, like=_LIKE)
        return self._names[near[0]] if near else self._by_initials.get(name.casefold())

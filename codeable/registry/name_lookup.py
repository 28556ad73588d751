"""Lookup of elements by identifier, display name or qualified name, and the errors that it raises.

Registries and collections use it.
"""

from collections.abc import Iterable

from codeable.errors import CodeableError
from codeable.registry.records import Declaration
from codeable.text import did_you_mean, nearest, shown

_MOST_PROPOSED = 3


class NameLookupError(CodeableError, LookupError):
    """A name does not lead to one element.

    Attributes:
        name: What was asked for.
    """

    def __init__(self, message: str, name: object) -> None:
        super().__init__(message, exit_status=2)
        self.name = name


class UnknownNameError(NameLookupError, KeyError):
    """No element has this identifier or display name."""


class AmbiguousNameError(NameLookupError):
    """More than one element has this identifier or display name."""


class NameLookup:
    """The names of declarations.

    Args:
        declarations: The declarations.
        what: What they are, in the plural, for messages: "practices".
    """

    def __init__(self, declarations: Iterable[Declaration], what: str) -> None:
        self._what = what
        self._by_name: dict[str, list[Declaration]] = {}
        for declaration in declarations:
            names = (declaration.identifier, *declaration.aliases, declaration.element.name)
            for name in dict.fromkeys(names):
                if isinstance(name, str) and name:
                    self._by_name.setdefault(name, []).append(declaration)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self._matches(name))

    def find(self, name: object) -> Declaration:
        """The declaration of a name.

        Raises:
            UnknownNameError: There is none; the message has the nearest identifiers and display names.
            AmbiguousNameError: There are several; the message has the place and qualified name of each.
        """
        if not isinstance(name, str):
            raise UnknownNameError(f"{self._what} are found by name (a text), not by {shown(name)}", name)
        found = self._matches(name)
        if not found:
            raise UnknownNameError(self._unknown(name), name)
        if len(found) > 1:
            raise AmbiguousNameError(self._ambiguous(name, found), name)
        return found[0]

    def _matches(self, name: str) -> list[Declaration]:
        found = self._by_name.get(name, [])
        if not found and ":" in name:
            module, _, identifier = name.rpartition(":")
            candidates = self._by_name.get(identifier, [])
            found = [
                declaration
                for declaration in candidates
                if identifier in (declaration.identifier, *declaration.aliases)
                and (declaration.module == module or declaration.module.endswith(f".{module}"))
            ]
        return found

    def _unknown(self, name: str) -> str:
        # An element may be near by its identifier and by its display name: the nearer one is proposed.
        known: dict[Declaration, str] = {}
        for candidate in nearest(name, self._by_name, 2 * _MOST_PROPOSED, parts=True):
            for declaration in self._by_name[candidate]:
                known.setdefault(declaration, candidate)
        near = list(dict.fromkeys(known.values()))[:_MOST_PROPOSED]
        lines = [f"none of the {self._what} has the identifier or display name {name!r}"]
        if not self._by_name:
            lines[0] += "; there are none"
        elif known:
            lines[0] += did_you_mean(name, near, parts=True)
            lines.extend(f"  {each.describe()}" for each, proposed in known.items() if proposed in near)
        return "\n".join(lines)

    def _ambiguous(self, name: str, found: list[Declaration]) -> str:
        lines = [f"{name!r} is the name of {len(found)} of the {self._what}:"]
        for declaration in found:
            exact = f"  as {declaration.qualified_name!r}" if declaration.qualified_name else ""
            lines.append(f"  {declaration.describe()}{exact}")
        return "\n".join(lines)

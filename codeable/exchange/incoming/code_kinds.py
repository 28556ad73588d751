"""The kinds of imported codes: by patterns of the user, else as the file says. `planned_codes` asks."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from codeable.exchange.project import NotTakenOver, ProjectCode
from codeable.registry.records import Kind
from codeable.text import did_you_mean, first_few, folded, on_one_line, shown

METACLASSES: Mapping[str, str] = {
    "decision": "decision",
    "practice": "practice",
    "pattern": "pattern",
    "solution": "design_solution",
    "force": "force",
    "domain class": "domain_metaclass",
    "code": "code",
}
"""Kind of a code → the word of the vocabulary for it."""

_SEPARATOR = re.compile(r"\s*>\s*|\s*::\s*|\s*/\s*")


class CodeKinds:
    """The kinds of the codes of one project.

    Args:
        codes: The codes, each behind its parent.
        patterns: Pattern of the path of a code → kind; the first that fits counts. ``Forces/*`` are all
            codes below ``Forces``; every other star is any part of one name. Capital letters do not count.

    Attributes:
        stated: Key → the kind that the user or the file gives; a code that is not here is of no kind.

    Example:
        >>> codes = [ProjectCode("1", "Forces"), ProjectCode("2", "Cost", parent="1")]
        >>> CodeKinds(codes, {"forces/*": "force"}).stated
        {'2': 'force'}
    """

    def __init__(self, codes: Sequence[ProjectCode], patterns: Mapping[str, Kind]) -> None:
        self._patterns = [(given, _compiled(given), kind) for given, kind in patterns.items()]
        self._unused = dict.fromkeys(patterns)
        self._unknown: dict[str, list[ProjectCode]] = {}
        self._codes = codes
        paths = _paths(codes, _normal) if patterns else {}
        self.stated: dict[str, Kind] = {}
        for code in codes:
            kind = self._by_pattern(paths[code.key]) if patterns else None
            kind = kind or code.kind
            if kind is not None and kind not in METACLASSES:
                self._unknown.setdefault(kind, []).append(code)
            elif kind is not None:
                self.stated[code.key] = kind

    def of(self, key: str) -> Kind:
        """The kind of a code."""
        return self.stated.get(key, "code")

    def messages(self) -> Iterator[str]:
        """The patterns that fit no code."""
        if not self._unused:
            return
        paths = sorted(_paths(self._codes, on_one_line).values(), key=lambda path: "/" not in path)
        above = dict.fromkeys(f"{path.rpartition('/')[0]}/*" for path in paths if "/" in path)
        names = first_few([shown(path) for path in paths], 3)
        for pattern in self._unused:
            near = did_you_mean(pattern, above if "*" in pattern else paths)
            yield f"The pattern {pattern!r} fits no code{near or f'; the codes of the file are {names}.'}"

    def not_taken_over(self) -> Iterator[NotTakenOver]:
        """The kinds that no code can have."""
        for kind, codes in self._unknown.items():
            reason = f"a code cannot be of the kind '{kind}'; it comes as a code of no kind"
            yield from NotTakenOver.of_codes("kinds of codes", codes, reason)

    def _by_pattern(self, path: str) -> Kind | None:
        for given, pattern, kind in self._patterns:
            if pattern.fullmatch(path):
                self._unused.pop(given, None)
                return kind
        return None


def _paths(codes: Sequence[ProjectCode], spelled: Callable[[str], str]) -> dict[str, str]:
    """Key → path of a code, whose names are spelled by a function."""
    found: dict[str, str] = {}
    for code in codes:
        above = found.get(code.parent) if code.parent is not None else None
        name = spelled(code.name)
        found[code.key] = name if above is None else f"{above}/{name}"
    return found


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern: a star is any part of one name; at the end, behind a slash, it is all that is below."""
    normal = _normal(pattern)
    below = normal.endswith("/*")
    names = re.escape(normal.removesuffix("/*")).replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
    return re.compile(f"{names}/.*" if below else names, re.DOTALL)


def _normal(path: str) -> str:
    return _SEPARATOR.sub("/", " ".join(folded(path).split()))

"""Names of codes that tell where a code belongs: `Forces > Latency`, `forces/latency`, `forces::latency`."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from codeable.text import counted, first_few, shown

_STRONG = {">>": r">>", ">": r"(?<![-=<>])>(?![>=])", "::": r"::"}
"""Separator → its pattern. Hardly a name has one that means something else; an arrow is none."""
_WEAK = {"\\": r"\\+", "/": r"/"}
_DOT = {".": r"(?<=\w)\.(?=\w)"}
SIGNS = (*_WEAK, *_DOT)
"""The signs that nest or do not, as the other names of a file tell."""
_ROOTS = ("codes", "nodes", "codesystem", "code system")
"""What tools call the folder of all codes."""


@frozen
class CodePaths:
    """Where codes belong.

    Attributes:
        paths: For each name, in their order, the names from the outermost code on.
        separator: What stands between two of these names in the file; empty where nothing was split.
    """

    paths: tuple[tuple[str, ...], ...]
    separator: str = ""

    def messages(self, noun: str, way_out: str = "") -> Iterator[str]:
        """What a user must know about the nesting, in whole sentences; none where nothing was split.

        Args:
            noun: What the names are of: "tag".
            way_out: What to do where a separator does not nest.
        """
        if not self.separator:
            return
        nested = counted(sum(len(each) > 1 for each in set(self.paths)), noun)
        yield f'"{self.separator}" is read as nesting in {nested}{way_out}.'
        whole = [path[0] for path in set(self.paths) if len(path) == 1 and self.separator in path[0]]
        if whole:
            kept = counted(len(whole), noun)
            yield f"It stays in {kept} whose beginning no other has: {first_few(sorted(map(shown, whole)))}."


def paths_of(names: Sequence[str], *, are_paths: bool = False, dots: bool = False) -> CodePaths:
    r"""Split names of codes at the separator that the file uses.

    ``>``, ``>>`` and ``::`` separate wherever they are. A slash, as in "CI/CD", separates only behind a name
    that is itself in the file, or that at least two names begin with.

    Args:
        names: The names, without white space around them.
        are_paths: Whether the file says that they are paths. A slash then always separates.
        dots: Whether a dot may separate too, as in Taguette.

    Example:
        >>> paths_of(["Forces", "Forces/Latency", "CI/CD"]).paths
        (('Forces',), ('Forces', 'Latency'), ('CI/CD',))
        >>> paths_of(["Codes\\Forces\\Latency"], are_paths=True).paths
        (('Forces', 'Latency'),)
    """
    for separator, pattern in _STRONG.items():
        if any(re.search(pattern, each) for each in names):
            return _with_separator(names, separator, [_split(each, pattern) for each in names])
    for separator, pattern in (_WEAK | _DOT if dots else _WEAK).items():
        if not any(re.search(pattern, each) for each in names):
            continue
        if are_paths and separator in _WEAK:
            return _with_separator(names, separator, _without_root([_split(each, pattern) for each in names]))
        found = _split_by_evidence(names, pattern)
        if any(len(each) > 1 for each in found):
            return _with_separator(names, separator, found)
    return CodePaths(tuple((each,) for each in names))


def _with_separator(names: Sequence[str], separator: str, paths: Sequence[tuple[str, ...]]) -> CodePaths:
    found = tuple(path or (name,) for path, name in zip(paths, names, strict=True))
    return CodePaths(found, separator if any(len(each) > 1 for each in found) else "")


def _split(name: str, pattern: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in re.split(pattern, name) if piece.strip())


def _without_root(paths: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The paths without the folder of all codes."""
    roots = {each[0] for each in paths if each}
    if len(roots) == 1 and roots.pop().casefold() in _ROOTS and all(len(each) != 1 for each in paths):
        return [each[1:] for each in paths]
    return paths


def _split_by_evidence(names: Sequence[str], pattern: str) -> list[tuple[str, ...]]:
    """Split only behind beginnings that are names themselves, or that several names have."""
    whole = set(names)
    places = {each: [found.span() for found in re.finditer(pattern, each)] for each in whole}
    beginnings = Counter(
        beginning for each in whole for beginning in {each[:start].strip() for start, _ in places[each]}
    )
    paths = []
    for name in names:
        pieces, at = [], 0
        for start, end in places[name]:
            beginning = name[:start].strip()
            has_both = name[at:start].strip() and name[end:].strip()
            if has_both and (beginning in whole or beginnings[beginning] > 1):
                pieces.append(name[at:start].strip())
                at = end
        paths.append((*pieces, name[at:].strip()))
    return paths

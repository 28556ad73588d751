"""Tells whether the order of a bundle's elements may be that of a set, which differs from run to run."""

import ast
from pathlib import Path

from codeable.kernel import CBundle
from codeable.kernel.place import place_of
from codeable.source_reader import parse_file


def may_come_from_a_set(bundle: CBundle) -> bool:
    """Whether the module that makes a bundle makes sets, too."""
    place = place_of(bundle)
    return place is not None and _makes_sets(Path(place.path))


def _makes_sets(path: Path) -> bool:
    try:
        tree = parse_file(path)
    except (OSError, SyntaxError, UnicodeError):
        return False
    return any(
        isinstance(node, ast.Set | ast.SetComp)
        or (isinstance(node, ast.Name) and node.id in ("set", "frozenset"))
        for node in ast.walk(tree)
    )

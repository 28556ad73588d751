"""Descriptors, an association in one line, and multiplicities: their text is parsed here.

A descriptor is ``"label: [role] multiplicity -> [role] multiplicity"``. `CAssociation` calls `parse` and
`bounds`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from codeable.kernel.describe import describe
from codeable.kernel.exception import CException

STAR = -1
"""The upper bound where there is none."""

_ARROWS = (("->", None), ("<>-", "aggregation"), ("<*>-", "composition"))
_ROLE_AND_MULTIPLICITY = re.compile(r"\[([^\]]+)\]\s*(\S*)")
_MULTIPLICITY = re.compile(r"\S*")


class End(NamedTuple):
    """One end of an association; what the descriptor leaves out is ``None``."""

    role_name: str | None
    multiplicity: str | None


class Descriptor(NamedTuple):
    """A parsed descriptor. ``kind`` is ``"aggregation"``, ``"composition"`` or ``None``."""

    label: str | None
    source: End
    kind: str | None
    target: End


def parse(text: str) -> Descriptor:
    """Parse a descriptor.

    Raises:
        CException: When there is no arrow.

    Example:
        >>> parse("uses: [a] 1 <>- [b]")  # doctest: +NORMALIZE_WHITESPACE
        Descriptor(label='uses', source=End(role_name='a', multiplicity='1'), kind='aggregation',
            target=End(role_name='b', multiplicity=None))
    """
    label, colon, ends = text.partition(":")
    if not colon:
        ends = text
    for arrow, kind in _ARROWS:
        source, found, target = ends.partition(arrow)
        if found:
            return Descriptor(label.strip() if colon else None, _end(source), kind, _end(target))
    raise CException(
        f"the descriptor {text!r} has no arrow; expected '[label:] [role] multiplicity -> [role]"
        " multiplicity', with '->' (association), '<>-' (aggregation) or '<*>-' (composition)"
    )


def _end(text: str) -> End:
    found = _ROLE_AND_MULTIPLICITY.search(text)
    if found:
        return End(found[1], found[2] or None)
    plain = _MULTIPLICITY.match(text.strip())
    return End(None, plain[0] if plain else "")


def bounds(multiplicity: object) -> tuple[int, int]:
    """Lower and upper bound of a multiplicity.

    Raises:
        CException: When the text is not ``n``, ``*``, ``n..m`` or ``n..*``.

    Example:
        >>> bounds("1"), bounds("*"), bounds("0 .. 3"), bounds("1..*")
        ((1, 1), (0, -1), (0, 3), (1, -1))
    """
    if not isinstance(multiplicity, str):
        raise _malformed(multiplicity)
    lower, separator, upper = multiplicity.partition("..")
    if not separator:
        if multiplicity.strip() == "*":
            return 0, STAR
        exact = _count(multiplicity, multiplicity)
        return exact, exact
    return _count(lower, multiplicity), STAR if upper.strip() == "*" else _count(upper, multiplicity)


def _count(text: str, multiplicity: str) -> int:
    try:
        count = int(text)
    except ValueError:
        count = -1
    if count < 0:
        raise _malformed(multiplicity)
    return count


def _malformed(multiplicity: object) -> CException:
    return CException(
        f"{describe(multiplicity)} is no multiplicity; expected a string like '1', '*', '0..1' or '1..*'"
    )

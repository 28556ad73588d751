"""Multiplicities: how many links of an association an element may have at one end."""

from __future__ import annotations

from codeable.kernel import link_messages
from codeable.kernel.exception import CException

__all__ = ["STAR", "bounds"]

STAR = -1
"""The upper bound of what is not bounded."""


def bounds(multiplicity: str) -> tuple[int, int]:
    """Lower and upper bound of a multiplicity.

    Raises:
        CException: When the text is not ``n``, ``*``, ``n..m`` or ``n..*``.

    Example:
        >>> bounds("1"), bounds("*"), bounds("0 .. 3"), bounds("1..*")
        ((1, 1), (0, -1), (0, 3), (1, -1))
    """
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
        raise CException(link_messages.malformed_multiplicity(multiplicity)) from None
    if count < 0:
        raise CException(link_messages.malformed_multiplicity(multiplicity))
    return count

"""Descriptors: an association in one line, ``"label: [role] multiplicity -> [role] multiplicity"``."""

from __future__ import annotations

import re
from typing import NamedTuple

from codeable.kernel import link_messages
from codeable.kernel.exception import CException

__all__ = ["Descriptor", "End", "parse"]

_ARROWS = (("->", None), ("<>-", "aggregation"), ("<*>-", "composition"))
_ROLE_AND_MULTIPLICITY = re.compile(r"\[([^\]]+)\]\s*(\S*)")
_MULTIPLICITY = re.compile(r"\S*")


class End(NamedTuple):
    """One end of an association; what the descriptor does not tell is ``None``."""

    role_name: str | None
    multiplicity: str | None


class Descriptor(NamedTuple):
    """A descriptor, taken apart. ``kind`` is ``"aggregation"``, ``"composition"`` or ``None``."""

    label: str | None
    source: End
    kind: str | None
    target: End


def parse(text: str) -> Descriptor:
    """Take a descriptor apart.

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
    raise CException(link_messages.no_arrow(text))


def _end(text: str) -> End:
    found = _ROLE_AND_MULTIPLICITY.search(text)
    if found:
        return End(found[1], found[2] or None)
    plain = _MULTIPLICITY.match(text.strip())
    return End(None, plain[0] if plain else "")

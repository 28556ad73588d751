"""When the structure of the vocabulary changed: what is worked out from it is kept until then.

Superclasses, associations, attributes, role names and extensions are asked for with every link and every
value, and change rarely. Whatever is derived from them carries the time of its clock and is worked out anew
once the clock has moved on.
"""

from __future__ import annotations

__all__ = ["ELEMENTS", "EVERYTHING", "VOCABULARY", "Clock", "tick"]


class Clock:
    """A count of changes."""

    __slots__ = ("time",)

    def __init__(self) -> None:
        self.time = 0


VOCABULARY = Clock()
"""Moves when metaclasses, stereotypes or associations change: classes are made and linked by these."""

EVERYTHING = Clock()
"""Moves when any classifier changes, classes included: objects are made and linked by these."""

ELEMENTS = Clock()
"""Moves when an element is deleted or renamed: whoever keeps elements by their names looks anew."""


def tick(clock: Clock) -> None:
    """Note a change in what ``clock`` counts. A change of the vocabulary is a change of everything."""
    EVERYTHING.time += 1
    if clock is VOCABULARY:
        VOCABULARY.time += 1

"""Version numbers that show whether a cache is out of date.

Classifiers cache their class path, attributes and associations, because every link and every value needs
them. A cache keeps the version with which it was filled; it is rebuilt when the version has changed. The
registry does the same with its tables of names.
"""

from __future__ import annotations

from itertools import count

_next_number = count(1).__next__


class Version:
    """A number that changes with every change of what it counts.

    No number comes twice, so that a cache is never taken for current when several threads change studies.
    """

    __slots__ = ("number",)

    def __init__(self) -> None:
        self.number = 0


VOCABULARY = Version()
"""Changes with metaclasses, stereotypes and associations: classes are made and linked by these."""

EVERYTHING = Version()
"""Changes with any classifier, classes included: objects are made and linked by these."""

ELEMENTS = Version()
"""Changes when an element is deleted or renamed: tables of names are rebuilt."""


def bump(version: Version) -> None:
    """Record a change. A change of the vocabulary is a change of everything."""
    version.number = _next_number()
    if version is VOCABULARY:
        EVERYTHING.number = _next_number()

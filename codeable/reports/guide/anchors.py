"""The names of places in the decision guide, and the titles that lead there."""

import re

from codeable.coded.coded_study import CodedStudy
from codeable.kernel import CNamedElement
from codeable.reports.guide.records import GuideMention
from codeable.text import free_name, slug

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")


class Anchors:
    """Gives each place in a guide a name of its own.

    A solution may be in several chapters: each has a place for it, and what names it leads to the place in
    the same chapter if there is one.

    Args:
        study: The study.
    """

    def __init__(self, study: CodedStudy) -> None:
        self._study = study
        self._taken = {"content"}  # a place of the page
        self._by_place: dict[tuple[CNamedElement | None, CNamedElement], str] = {}
        self._first: dict[CNamedElement, str] = {}

    def add(self, element: CNamedElement, chapter: CNamedElement | None = None) -> str:
        """A name for the place of an element, in a chapter or outside of all."""
        found = self._by_place.get((chapter, element))
        if found is not None:
            return found
        own = self._plain(element)
        base = own if chapter is None or chapter is element else f"{self._plain(chapter)}.{own}"
        name = free_name(base, self._taken.__contains__, "{}-{}")
        self._taken.add(name)
        self._by_place[chapter, element] = name
        self._first.setdefault(element, name)
        return name

    def mention(self, element: CNamedElement, chapter: CNamedElement | None = None) -> GuideMention:
        """An element as a chapter names it, with the place that says more."""
        anchor = self._by_place.get((chapter, element)) or self._first.get(element, "")
        return GuideMention(self._study.title_of(element), anchor)

    def _plain(self, element: CNamedElement) -> str:
        name = self._study.name_of(element)
        return name if _PLAIN.fullmatch(name) else slug(name)[:100]

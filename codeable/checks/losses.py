"""What a build leaves out, at the diagnostic that is its cause. `run.check` calls `at_their_causes`."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from attrs import evolve, frozen

from codeable.checks.diagnostic import Diagnostic
from codeable.checks.rules.left_out import left_out
from codeable.checks.rules.structure import merge_conflict, read_with_repair
from codeable.kernel.place import Span
from codeable.notes.build.plan import LeftOut

_CAUSES = ("C1", "C206", "C207", "C209", "C301", "C302", "C305", "C306", "C405", "C406")
"""The rules whose violations a build cannot read or cannot hold."""
_OF_NAMES = ("C301", "C305")
"""Those about a name, which cost what has the place of the name as its cause."""
_OF_NOTES = ("C102", "C105", "C116", "C209")
"""The rules whose violations cost a whole note."""


def at_their_causes(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics, each with what it costs.

    What `C111` reports moves to the diagnostic of another rule that is its cause, where there is one. Of a
    file with a merge conflict nothing else is reported.
    """
    conflicts = {one.span.path for one in found if one.code == merge_conflict.code}
    kept_codes = (left_out.code, merge_conflict.code)
    found = [one for one in found if one.span.path not in conflicts or one.code in kept_codes]
    losses = [one for one in found if one.code == left_out.code]
    others = [one for one in found if one.code != left_out.code]
    causes = _Causes(enumerate(others))
    lost: dict[int, list[LeftOut]] = {}
    kept = []
    for one in losses:
        cause = causes.of(one.loses[0])
        if cause is None:
            kept.append(one)
        else:
            lost.setdefault(cause, []).extend(one.loses)
    return [
        *(evolve(one, loses=(*one.loses, *lost[at])) if at in lost else one for at, one in enumerate(others)),
        *kept,
    ]


@frozen(order=True)
class _Place:
    start: int
    end: int
    severity: int
    position: int
    of_name: bool


class _Causes:
    """The diagnostics that can cost something, by their places.

    Args:
        diagnostics: Diagnostics with their positions.
    """

    def __init__(self, diagnostics: Iterable[tuple[int, Diagnostic]]) -> None:
        places: dict[str, list[_Place]] = {}
        self._of_notes: dict[str, int] = {}
        self._of_conflicts: dict[str, int] = {}
        for position, one in diagnostics:
            if not one.code.startswith(_CAUSES) or one.code == read_with_repair.code:
                continue
            if one.severity == "info":
                continue
            if one.code == merge_conflict.code:
                self._of_conflicts[one.span.path] = position
            if one.code in _OF_NOTES:
                self._of_notes.setdefault(one.span.path, position)
            of_name = one.code.startswith(_OF_NAMES)
            for span in (one.span, *one.covers):
                place = _Place(span.start, span.end, one.severity != "error", position, of_name)
                places.setdefault(span.path, []).append(place)
        self._places = {path: sorted(found) for path, found in places.items()}
        self._ends = {
            path: list(accumulate((place.end for place in found), max))
            for path, found in self._places.items()
        }

    def of(self, loss: LeftOut) -> int | None:
        """The position of the diagnostic that is the cause of a loss; an error before a warning."""
        if loss.span.path in self._of_conflicts:
            return self._of_conflicts[loss.span.path]
        if loss.kind == "note":
            return self._of_notes.get(loss.span.path)
        for span in (loss.cause, loss.span):
            at = self._at(span) if span is not None else ()
            at = (place for place in at if span is loss.cause or not place.of_name)
            found = min(at, key=lambda place: (place.severity, place.start), default=None)
            if found is not None:
                return found.position
        return None

    def _at(self, span: Span) -> Iterator[_Place]:
        """The places that share a character with a span, or touch an empty one."""
        places, ends = self._places.get(span.path, []), self._ends.get(span.path, [])
        index = bisect_right(places, span.end, key=lambda place: place.start) - 1
        while index >= 0 and ends[index] >= span.start:
            place = places[index]
            shared = min(place.end, span.end) - max(place.start, span.start)
            if shared > 0 or (shared == 0 and (place.start == place.end or span.start == span.end)):
                yield place
            index -= 1

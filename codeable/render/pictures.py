"""The pictures of a run: which are stale or too large, and how they are written. Called by the job."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from codeable.engines import EngineError, EngineTimeoutError
from codeable.render.files import (
    Target,
    check_replaceable,
    intact_mark,
    old_bytes,
    remove,
    save,
    why_stale,
)
from codeable.render.fingerprints import Mark
from codeable.render.outcomes import Outcomes
from codeable.render.report import TEXT_FORMATS, RenderRequest
from codeable.render.targets import WIDEST_PIXELS, FigureTarget, how_to_draw, how_to_split

if TYPE_CHECKING:
    from codeable.render.engine_run import Drawer, DrawnPart

_KNOWN_TOO_LARGE = "it was too large when it was laid out last; naming it (--view, --figure) tries again"


class Pictures:
    """Brings the pictures of figures up to date.

    Args:
        request: What to draw, where, and how.
        outcomes: Where each file is reported.
        is_named: Whether the request names the figures, so that one known to be too large is tried again.

    Attributes:
        undrawn: Name of a figure → sources of its pictures that turned out to be too large. Each has a text.
    """

    def __init__(self, request: RenderRequest, outcomes: Outcomes, *, is_named: bool) -> None:
        self._request = request
        self._outcomes = outcomes
        self._is_named = is_named
        self.undrawn: dict[str, list[str]] = {}

    def stale(self, figure: FigureTarget) -> Iterator[Target]:
        """The first files of the pictures that have to be drawn, because one of their files is stale."""
        formats = [name for name in figure.formats if name not in TEXT_FORMATS]
        if not formats:
            return
        old_text = intact_mark(figure.path("puml"), "puml")
        for name in formats:
            target = Target(figure, name, figure.source(name))
            reason = figure.too_large()
            with self._outcomes.left_in_place(target):
                stale = why_stale(target)
                if reason is not None:
                    self._too_large(target, reason)
                elif stale is not None and self._is_known_too_large(target, old_text):
                    self._undrawable(target, _KNOWN_TOO_LARGE, how_to_draw(figure))
                elif stale is not None or self._is_a_part_stale(target):
                    yield target

    def _is_a_part_stale(self, first: Target) -> bool:
        """Whether one of the parts of a picture, whose first file is up to date, has to be drawn again."""
        found = intact_mark(first.path, first.file_format)
        assert found is not None
        is_stale = False
        for part in range(1, found.parts + 1):
            target = evolve(first, part=part)
            with self._outcomes.left_in_place(target):
                reason = why_stale(target)
                if reason is None:
                    mark = intact_mark(target.path, target.file_format)
                    messages = mark.messages if mark is not None else ()
                    self._outcomes.of_target(target, "unchanged", messages=messages)
                else:
                    is_stale = True
                    if self._request.check:
                        self._outcomes.of_target(target, "out of date", reason)
        return is_stale

    def draw(self, targets: Sequence[Target], drawer: "Drawer") -> None:
        """Draw pictures and write their files, given the first file of each."""
        with contextlib.closing(drawer.pictures(targets)) as results:
            for drawn in results:
                with self._outcomes.left_in_place(drawn.target):
                    self._picture(drawn)

    def _picture(self, drawn: "DrawnPart") -> None:
        target, result = drawn.target, drawn.result
        if isinstance(result, EngineTimeoutError) and target.figure.may_take_too_long:
            self._undrawable(target, result.problem, how_to_split(target.figure))
            return
        if isinstance(result, EngineError):
            self._outcomes.of_target(target, "failed", result.message)
            return
        from codeable.engines.sizes import picture_size

        size = picture_size(result.data, target.file_format)
        if size is not None and max(size) > WIDEST_PIXELS:
            problem = f"the picture would be wider or higher than {WIDEST_PIXELS:,} pixels"
            self._undrawable(target, problem, how_to_draw(target.figure))
            return
        messages = (*(drawn.messages if target.part == 1 else ()), *result.messages)
        data = target.marked(result, drawn.parts, messages)
        if data == old_bytes(target.path):
            self._outcomes.of_target(target, "unchanged", messages=messages)
            return
        reason = why_stale(target)
        save(target, data)
        self._outcomes.of_target(target, "drawn", reason or "another part of it was drawn", messages)

    def _is_known_too_large(self, target: Target, text: Mark | None) -> bool:
        """Whether the text records that this picture is too large. With --view, it is tried again."""
        is_asked_for = self._is_named and not self._request.check
        return text is not None and target.source in text.undrawn and not is_asked_for

    def _undrawable(self, target: Target, reason: str, way_out: str) -> None:
        """Record in the text that a picture is too large, which may be known only when it is laid out."""
        self.undrawn.setdefault(target.figure.name, []).append(target.source)
        self._too_large(target, f"{reason}; {way_out}")

    def _too_large(self, target: Target, reason: str) -> None:
        """Report a picture that is too large. Its view gets a text, even when only a picture is wanted."""
        self.undrawn.setdefault(target.figure.name, [])
        check_replaceable(target)
        if old_bytes(target.path) is None:
            self._outcomes.of_target(target, "too large", reason)
        elif self._request.check:
            self._outcomes.of_target(target, "out of date", f"{reason}; --prune removes the old picture")
        elif self._request.prune:
            remove(target.path)
            self._outcomes.of_target(target, "removed", reason)
        else:
            self._outcomes.of_target(target, "too large", f"{reason}; --prune removes the old picture")

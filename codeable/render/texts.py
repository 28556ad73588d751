"""The texts of a run, PlantUML and DOT: which are stale, and how they are written. Called by the job."""

from collections.abc import Callable, Mapping, Sequence

from attrs import evolve

from codeable.diagrams.diagram import LaidOut
from codeable.engines import EngineError, EngineTimeoutError
from codeable.render.files import Target, intact_mark, save, why_stale
from codeable.render.fingerprints import Fitting, Mark, marked
from codeable.render.outcomes import Outcomes
from codeable.render.report import TEXT_FORMATS, RenderRequest
from codeable.render.targets import FigureTarget, fitting_of


class Texts:
    """Brings the texts of figures up to date.

    Args:
        request: What to draw, where, and how.
        outcomes: Where each file is reported.
        lay_out: Lays a figure out; raises `EngineError`.
    """

    def __init__(
        self, request: RenderRequest, outcomes: Outcomes, lay_out: Callable[[FigureTarget], LaidOut]
    ) -> None:
        self._request = request
        self._outcomes = outcomes
        self._lay_out = lay_out

    def update(self, figures: Sequence[FigureTarget], undrawn: Mapping[str, Sequence[str]]) -> None:
        """Write the texts that are stale.

        Args:
            figures: The figures.
            undrawn: Name of a figure → sources of its pictures that are too large to be drawn. It gets a
                text, even when only pictures are wanted.
        """
        for figure in figures:
            formats = [name for name in figure.formats if name in TEXT_FORMATS]
            if figure.name in undrawn and "puml" not in formats:
                formats.append("puml")
            for name in formats:
                with self._outcomes.left_in_place(Target(figure, name, "")):
                    self._update(figure, name, tuple(undrawn.get(figure.name, ())))

    def _update(self, figure: FigureTarget, file_format: str, undrawn: tuple[str, ...]) -> None:
        unfitted = Target(figure, file_format, figure.text_source(file_format))
        target = _target(unfitted, undrawn)
        reason = why_stale(target or unfitted)
        if self._request.check and reason is not None:
            self._outcomes.of_target(unfitted, "out of date", reason)
            return
        if target is None:
            try:
                layout = self._lay_out(figure)
            except EngineError as error:
                if not (isinstance(error, EngineTimeoutError) and figure.may_take_too_long):
                    self._outcomes.of_target(unfitted, "failed", error.message)
                    return
                layout = LaidOut(figure.diagram, (), figure.diagram.messages)
            target = _target(unfitted, undrawn, layout)
        assert target is not None
        assert target.data is not None
        if reason is not None:
            save(target, target.data)
            self._outcomes.of_target(target, "drawn", reason, target.messages)
        elif self._outcomes.get(target.path) is None:
            self._outcomes.of_target(target, "unchanged", messages=target.messages)


def _target(unfitted: Target, undrawn: tuple[str, ...], layout: LaidOut | None = None) -> Target | None:
    """A text with its content; None where it has to fit a width and what fits is not known yet.

    Args:
        unfitted: The text without its content.
        undrawn: Sources of pictures that are too large to be drawn. The file records them, with those that
            an older file of the same text records.
        layout: The figure as it is laid out; None takes what an older file of the same text records.
    """
    figure, file_format, source = unfitted.figure, unfitted.file_format, unfitted.source
    old = intact_mark(unfitted.path, file_format)
    if old is not None and old.source != source:
        old = None
    fitting: Fitting = {}
    messages = figure.diagram.messages
    if figure.is_fitted:
        if layout is not None:
            fitting, messages = fitting_of(layout, figure.diagram.options), layout.messages
        elif old is not None:
            fitting, messages = old.fitting, old.messages
        else:
            return None
    mark = Mark(
        name=unfitted.path.stem,
        source=source,
        default_digest=figure.default_digest,
        undrawn=tuple(sorted({*(old.undrawn if old is not None else ()), *undrawn})),
        fitting=fitting,
        messages=messages,
    )
    text = figure.text(file_format, fitting)
    data = marked(text.encode("utf-8", "replace"), file_format, mark)
    return evolve(unfitted, data=data, messages=messages)

"""The figures of the decisions, for the decision guide."""

import re
from collections.abc import Mapping

from attrs import frozen

from codeable.engines import EngineError
from codeable.errors import CodeableError
from codeable.kernel import CNamedElement
from codeable.registry import Registry
from codeable.render.drawings import part_name
from codeable.render.figure import Figure, drawn_together, figures_of
from codeable.render.figures import view_figures
from codeable.render.fingerprints import digest

_BEFORE_PICTURE = re.compile(r"\A.*?(?=<svg\b)", re.DOTALL)


@frozen
class GuideFigure:
    """The figure of a decision.

    Attributes:
        names: The name of the file of each part, without its ending.
        pictures: Each part as SVG.
        drawn_from: The digest of what it is drawn from.
        messages: What the machine that drew it lacks, such as fonts.
    """

    names: tuple[str, ...]
    pictures: tuple[bytes, ...]
    drawn_from: str
    messages: tuple[str, ...]


def svg_in_html(picture: bytes) -> str:
    """An SVG without what may be only at the beginning of a file.

    Example:
        >>> svg_in_html(b'<?xml version="1.0"?><svg width="1pt"></svg>')
        '<svg width="1pt"></svg>'
    """
    return _BEFORE_PICTURE.sub("", picture.decode("utf-8"), count=1)


def decision_figures(
    registry: Registry, decisions: Mapping[str, CNamedElement], prefix: str
) -> tuple[dict[str, GuideFigure], list[str]]:
    """The figures of some decisions, by the name of the decision; what they leave out, or why some have none.

    Args:
        registry: The study.
        decisions: The decisions by name.
        prefix: The beginning of the names of the files.
    """
    if not decisions:
        return {}, []
    try:
        views = {
            each.view.elements[0]: each for each in view_figures(registry) if each.view.kind == "decision"
        }
        settings = [views[decision] for decision in decisions.values()]
        made = dict(zip(decisions, figures_of(registry, settings), strict=True))
        figures = {name: figure for name, figure in made.items() if isinstance(figure, Figure)}
        drawn = dict(zip(figures, drawn_together(registry, figures.values()), strict=True))
    except CodeableError as error:
        return {}, [f"no decision has a figure: {error.message}"]
    failed = {name: each for name, each in (*made.items(), *drawn.items()) if isinstance(each, CodeableError)}
    messages = dict.fromkeys(f"{name} has no figure: {each.message}" for name, each in failed.items())
    found: dict[str, GuideFigure] = {}
    for name, figure in figures.items():
        pictures = drawn[name]
        if isinstance(pictures, EngineError):
            continue
        base = f"{prefix}_{views[decisions[name]].view.file_name}"
        names = tuple(part_name(base, part) for part in range(1, len(pictures) + 1))
        source = digest(registry.settings.engine, str(figure.parts), figure.dot)
        lacks = dict.fromkeys(f"figure {name}: {message}" for each in pictures for message in each.messages)
        found[name] = GuideFigure(names, tuple(each.data for each in pictures), source, tuple(lacks))
        messages.update(dict.fromkeys(f"figure {name}: {message}" for message in figure.messages))
    return found, list(messages)

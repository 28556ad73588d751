"""The figures of the decisions, for the decision guide."""

import re

from attrs import frozen

from codeable.errors import CodeableError
from codeable.registry import Registry
from codeable.render.drawings import part_name
from codeable.render.figure import figure_of
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
    """

    names: tuple[str, ...]
    pictures: tuple[bytes, ...]
    drawn_from: str


def svg_in_html(picture: bytes) -> str:
    """An SVG without what may stand only at the beginning of a file.

    Example:
        >>> svg_in_html(b'<?xml version="1.0"?><svg width="1pt"></svg>')
        '<svg width="1pt"></svg>'
    """
    return _BEFORE_PICTURE.sub("", picture.decode("utf-8"), count=1)


def decision_figures(
    registry: Registry, decisions: tuple[str, ...], prefix: str
) -> tuple[dict[str, GuideFigure], list[str]]:
    """The figures of some decisions, by the name of the decision, and why some have none.

    Args:
        registry: The study.
        decisions: The names of the decisions.
        prefix: The beginning of the names of the files.
    """
    try:
        figures = [each for each in view_figures(registry) if each.view.kind == "decision"]
    except CodeableError as error:
        return {}, [f"no decision has a figure: {error.message}"]
    views = {registry.name_of(each.view.elements[0]): each for each in figures}
    found: dict[str, GuideFigure] = {}
    messages: list[str] = []
    for name in decisions:
        settings = views[name]
        try:
            figure = figure_of(registry, settings, {})
            pictures = tuple(figure.render(part=part) for part in range(1, figure.parts + 1))
        except CodeableError as error:
            messages.append(f"{name} has no figure: {error.message}")
            continue
        base = f"{prefix}_{settings.view.file_name}"
        names = tuple(part_name(base, part) for part in range(1, len(pictures) + 1))
        source = digest(registry.settings.engine, str(figure.parts), figure.dot)
        found[name] = GuideFigure(names, pictures, source)
        messages += [f"figure {name}: {message}" for message in figure.messages]
    return found, messages

"""The rails figure of a view: its decisions, arranged. Called by `layout`."""

from attrs import frozen

from codeable.diagrams.diagram import Diagram
from codeable.diagrams.rails.arrangement import arrange, texts_to_measure
from codeable.diagrams.rails.doubts import Advice, doubts
from codeable.diagrams.rails.outline import outlines
from codeable.diagrams.rails.scene import Scene, stacked
from codeable.diagrams.rails.shapes import shape_messages
from codeable.diagrams.rails.typesetter import Typesetter

_BETWEEN_DECISIONS = 24.0


@frozen
class Sheet:
    """One file of a figure.

    Attributes:
        whole: The drawing.
        pages: The drawings of the pages of a PDF; empty where it has one page.
    """

    whole: Scene
    pages: tuple[Scene, ...] = ()


@frozen
class RailsFigure:
    """The drawings of a rails figure.

    Attributes:
        sheets: One per file.
        messages: What does not fit or is left out, each with the way out.
    """

    sheets: tuple[Sheet, ...]
    messages: tuple[str, ...]


def rails_figure(diagram: Diagram, setter: Typesetter, advice: Advice) -> RailsFigure:
    """Arrange the decisions of a diagram, so that they fit the width and height of its options.

    Args:
        diagram: The diagram.
        setter: Breaks the texts.
        advice: Tries what may help where something does not fit.
    """
    found = outlines(diagram, advice.place)
    setter.prepare(text for outline in found for text in texts_to_measure(diagram, outline))
    scenes: list[Scene] = []
    messages = list(shape_messages(diagram, found))
    for outline in found:
        arrangement = arrange(diagram, outline, setter)
        scenes += arrangement.parts
        messages += (*outline.left_out, *doubts(diagram, outline, arrangement, advice))
    if len(found) > 1:
        return RailsFigure((Sheet(stacked(scenes, _BETWEEN_DECISIONS), tuple(scenes)),), tuple(messages))
    return RailsFigure(tuple(map(Sheet, scenes)), tuple(messages))

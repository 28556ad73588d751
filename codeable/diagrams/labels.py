"""Every text that a picture of a diagram must show."""

from collections.abc import Iterator

from codeable.diagrams.diagram import Diagram

__all__ = ["visible_texts"]


def visible_texts(diagram: Diagram) -> tuple[str, ...]:
    """The texts as the study has them, before they were broken into lines; as often as they are drawn.

    A picture shows each of them, blanks and line breaks aside; what no font can draw is U+FFFD there.
    """
    return tuple(text for text in _texts(diagram) if text.strip())


def _texts(diagram: Diagram) -> Iterator[str]:
    for node in diagram.nodes:
        yield node.kind.word
        yield node.name
        for impact in node.impacts:
            yield impact.sign
            yield impact.force
        yield node.evidence
        yield from node.notes
    for edge in diagram.edges:
        yield from edge.stereotypes
        yield edge.label
        yield from edge.notes
        yield edge.evidence
    for entry in diagram.legend:
        yield entry.text

"""The inputs of an engine for a figure that is laid out, one for each of its parts.

Called by `engine_run`, and by the figures of a study.
"""

from attrs import evolve

from codeable.diagrams import plantuml_text, visible_texts
from codeable.diagrams.alt_text import alt_text
from codeable.diagrams.diagram import LaidOut
from codeable.engines import Drawing, Language


def part_name(name: str, part: int) -> str:
    """The name of a part of a figure, from 1.

    Example:
        >>> part_name("deploy_decision", 1), part_name("deploy_decision", 2)
        ('deploy_decision', 'deploy_decision-2')
    """
    return name if part == 1 else f"{name}-{part}"


def drawings_of(
    layout: LaidOut, name: str, language: Language, *, unique_ids: bool = False
) -> tuple[Drawing, ...]:
    """What an engine that reads the given language draws: each part of a figure.

    An engine for PlantUML draws a single picture, which it lays out by itself.

    Args:
        layout: The figure as it is laid out.
        name: The name of the figure.
        language: The language of the engine.
        unique_ids: Whether another figure of this name may be on the same page, as in a notebook.
    """
    diagram = layout.diagram
    whole = Drawing(
        name=name,
        text="",
        language=language,
        title=diagram.title,
        description=alt_text(diagram.nodes, diagram.edges),
        width_mm=diagram.options.width_mm,
        unique_ids=unique_ids,
    )
    if language != "dot":
        return (evolve(whole, text=plantuml_text(diagram), labels=visible_texts(diagram)),)
    parts = layout.parts
    return tuple(
        evolve(
            whole,
            name=part_name(name, number),
            text=part.text,
            title=diagram.title if len(parts) == 1 else f"{diagram.title} ({number} of {len(parts)})",
            labels=part.labels,
            pages=part.pages,
        )
        for number, part in enumerate(parts, 1)
    )

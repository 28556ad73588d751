"""What a study says, as lines that can be compared: before a rename and after it.

The process that tries a changed study calls `answers_as_text`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from codeable.kernel import CClass
from codeable.registry import Registry
from codeable.registry.records import row_of

Answer = tuple[object, ...]
"""One fact of a study: what it is, then names and texts."""

_LENGTHS = {"declaration": 3, "evidence": 3, "impact": 3, "link": 4, "option": 3}
"""What comes first, → how many parts say what is linked with what."""


def answers_of(registry: Registry, names: Mapping[str, str] | None = None) -> list[Answer]:
    """Every declaration, option, impact, relation and link of a source of a study, in a fixed order.

    Args:
        registry: The study.
        names: Identifier → the one that is said instead of it.

    Example:
        >>> from codeable.dsl import *
        >>> answers_of(Registry.of({"bus": CClass(pattern, "Bus")}), {"bus": "event_bus"})
        [('declaration', '__main__', 'event_bus', 'pattern', 'Bus', ())]
    """
    return sorted(_answers(registry, names or {}), key=lambda answer: json.dumps(answer))


def answers_as_text(registry: Registry, names: Mapping[str, str] | None = None) -> str:
    """The answers as a JSON text."""
    return json.dumps(answers_of(registry, names))


def answers_in_text(text: str) -> list[Answer]:
    """The answers that `answers_as_text` wrote."""
    return [
        tuple(tuple(part) if isinstance(part, list) else part for part in one) for one in json.loads(text)
    ]


def as_merged(answers: Iterable[Answer], into: str) -> set[Answer]:
    """The answers as far as they are the same before several codes become one and after it.

    Of that one counts what it is linked with, once each, and not by which words, nor links to itself.
    """
    return {
        answer[: _LENGTHS[str(answer[0])]] if into in answer else answer
        for answer in answers
        if answer[0] != "declaration" or (into not in answer and answer[2] is not None)
        if answer[1:3] != (into, into)
    }


def _answers(registry: Registry, names: Mapping[str, str]) -> Iterator[Answer]:
    def called(name: str | None) -> str | None:
        if name is None:
            return None
        qualifier, colon, last = name.rpartition(":")
        return f"{qualifier}{colon}{names.get(last, last)}"

    for each in registry.declarations:
        display_name = getattr(each.element, "name", None)
        aliases = tuple(sorted(str(called(alias)) for alias in each.aliases))
        shown = None if display_name is None else str(display_name)
        yield "declaration", each.module, called(each.identifier), str(each.kind), shown, aliases
        for link in registry.links_of(each.element) if isinstance(each.element, CClass) else ():
            row = row_of(link)
            ends = called(row.pop("source")), called(row.pop("target"))
            yield "link", *ends, *row.values()
    for decision in registry.decisions:
        for option in registry.options_of(decision):
            yield "option", called(option.decision), called(option.solution), option.text, option.description
    for solution in registry.solutions:
        for impact in registry.forces_of(solution):
            yield "impact", called(impact.solution), called(impact.force), impact.impact
    for source in registry.sources:
        for code in registry.codes_of(source):
            yield "evidence", called(registry.name_of(source)), called(registry.name_of(code))

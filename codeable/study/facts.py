"""All that is known of one element, as labelled lines; as text for a terminal and as HTML for a notebook."""

import html
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from codeable.files import shown_path
from codeable.kernel import CBundle, CClass, CLink, CNamedElement
from codeable.registry import Declaration, Registry, Relation
from codeable.text import printable

__all__ = ["Fact", "as_html", "as_text", "facts_of"]

_LONGEST_WORD = 200
"""Words up to this length are not broken at the end of a line, so that addresses can be used."""


@frozen
class Fact:
    """One thing that is known: what it is, and the lines that tell it."""

    label: str
    lines: tuple[str, ...]


def facts_of(registry: Registry | None, declaration: Declaration) -> tuple[Fact, ...]:
    """What is known of an element: names, place, values, and what it is linked to; in a fixed order.

    Args:
        registry: Where it is declared; None leaves out what it is linked to.
        declaration: The element.

    Example:
        >>> from codeable.dsl import CClass, pattern
        >>> registry = Registry.of({"bus": CClass(pattern, "Event Bus")})
        >>> [fact.label for fact in facts_of(registry, registry.find("bus"))]
        ['kind', 'identifier', 'exact name', 'declared']
    """
    facts = list(_identity(declaration))
    if registry is not None:
        facts.extend(_relations(registry, declaration))
    return tuple(Fact(label, tuple(lines)) for label, lines in facts if lines)


def as_text(title: str, facts: tuple[Fact, ...], width: int = 80) -> str:
    """The facts under a title, labels aligned, long lines wrapped; safe on a terminal.

    Args:
        title: The element's display name.
        facts: What to tell.
        width: Columns of the terminal.

    Example:
        >>> print(as_text("Event Bus", (Fact("evidence", ("s20", "s30")),)))
        Event Bus
          evidence  s20
                    s30
    """
    room = max((len(fact.label) for fact in facts), default=0)
    lines = [line for part in title.splitlines() or [""] for line in _wrapped(part, width)]
    for fact in facts:
        label = fact.label
        for line in fact.lines:
            for part in _wrapped(line, max(width - room - 4, 20)):
                lines.append(f"  {label:{room}}  {part}".rstrip())
                label = ""
    return "\n".join(lines)


def as_html(title: str, facts: tuple[Fact, ...]) -> str:
    """The facts as an HTML table; every text is escaped."""
    rows = "\n".join(
        f'<tr><th scope="row">{_escaped(fact.label)}</th>'
        f"<td>{'<br>'.join(_escaped(line) for line in fact.lines)}</td></tr>"
        for fact in facts
    )
    return f"<div>\n<p><b>{_escaped(title)}</b></p>\n<table>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"


def _identity(declaration: Declaration) -> Iterator[tuple[str, list[str]]]:
    element, span = declaration.element, declaration.span
    yield "kind", [f"deleted {declaration.kind}" if element.is_deleted else declaration.kind]
    yield "identifier", [declaration.identifier] if declaration.identifier else []
    yield "also called", list(declaration.aliases)
    yield "exact name", [declaration.qualified_name] if declaration.qualified_name else []
    yield "declared", [f"{shown_path(span.path)}:{span.line}"] if span is not None else []
    if element.is_deleted:
        return
    if isinstance(element, CClass):
        yield "metaclass", [str(element.metaclass)] if declaration.kind == "class" else []
    if isinstance(element, CClass | CLink):
        yield "stereotypes", [str(stereotype.name) for stereotype in element.stereotype_instances]
        yield "values", [*_pairs(element.values), *_pairs(element.tagged_values)]
    if isinstance(element, CBundle):
        yield "elements", [str(each) or repr(each) for each in element.elements]


def _relations(registry: Registry, declaration: Declaration) -> Iterator[tuple[str, list[str]]]:
    element: Any = declaration.element
    if isinstance(element, CLink):
        yield "from", [_named(registry, element.source)]
        yield "to", [_named(registry, element.target)]
        yield "label", [str(element.label)] if element.label is not None else []
    if isinstance(element, CClass):
        category = registry.category_of(element)
        yield "category", [_named(registry, category)] if category is not None else []
        yield "contexts", [_named(registry, each) for each in registry.contexts_of(element)]
        yield (
            "options",
            [_told(registry, each.solution_element, each.text) for each in registry.options_of(element)],
        )
        yield (
            "option of",
            [_told(registry, each.decision_element, each.text) for each in registry.decisions_of(element)],
        )
        yield (
            "forces",
            [
                f"{each.impact or '?':3} {_named(registry, each.force_element)}"
                for each in registry.forces_of(element)
            ],
        )
        yield (
            "impacts",
            [
                f"{each.impact or '?':3} {_named(registry, each.solution_element)}"
                for each in registry.impacts_on(element)
            ],
        )
        yield (
            "relations",
            [
                *(
                    _relation(registry, each, each.target_element, "to")
                    for each in registry.relations_of(element)
                ),
                *(
                    _relation(registry, each, each.source_element, "from")
                    for each in registry.relations_to(element)
                ),
            ],
        )
        yield (
            "next",
            [
                _relation(registry, each, each.target_element, "to")
                for each in registry.next_decisions_of(element)
            ],
        )
        yield "bundles", [_named(registry, each) for each in element.bundles]
        yield "codes", [_named(registry, each) for each in registry.codes_of(element)]
    yield "evidence", [_source(registry, each) for each in registry.evidence_of(element)]


def _pairs(values: Mapping[str, object]) -> list[str]:
    return [f"{name}: {_value(value)}" for name, value in values.items() if value is not None]


def _value(value: object) -> str:
    return "yes" if value is True else "no" if value is False else str(value)


def _named(registry: Registry, element: CNamedElement) -> str:
    """An element in a line: its identifier, and its display name where that tells more."""
    declaration = registry.declaration_of(element)
    if declaration is None:
        return str(element)
    if declaration.identifier is None or declaration.identifier == declaration.name:
        return declaration.name
    return f"{declaration.identifier} ({declaration.name})"


def _told(registry: Registry, element: CNamedElement, text: str | None) -> str:
    return f"{_named(registry, element)}: {text}" if text else _named(registry, element)


def _relation(registry: Registry, relation: Relation, other: CNamedElement, direction: str) -> str:
    kind = f"{relation.stereotype or relation.label or 'related'}"
    how = f": {relation.how}" if relation.how else ""
    return f"{kind}, {direction} {_named(registry, other)}{how}"


def _source(registry: Registry, source: CClass) -> str:
    title = source.get_value("title")
    return _told(registry, source, title if isinstance(title, str) else None)


def _wrapped(line: str, width: int) -> list[str]:
    text = printable(" ".join(line.split())) if "\n" in line else printable(line)
    is_long = any(len(word) > _LONGEST_WORD for word in text.split())
    return textwrap.wrap(
        text, width, subsequent_indent="  ", break_long_words=is_long, break_on_hyphens=False
    ) or [""]


def _escaped(text: str) -> str:
    return html.escape(printable(text))

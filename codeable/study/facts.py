"""All that is known of one element, as labelled lines; as text for a terminal and as HTML for a notebook.

`codeable show` and an element in a notebook cell show it.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from codeable import dsl, terminal
from codeable.files import shown_path
from codeable.kernel import CBundle, CClass, CLink, CNamedElement
from codeable.registry import OPTION_KINDS, Declaration, Impact, Registry, Relation
from codeable.registry.kinds import Kinds
from codeable.study.study import study_of
from codeable.terminal import rendered
from codeable.text import html_text, shown

_LONGEST_VALUE = 200
_TOP_LEFT = "text-align: left; vertical-align: top"


@frozen
class Fact:
    """One thing that is known of an element: a label, and the lines beside it."""

    label: str
    lines: tuple[str, ...]


def element_bundle(element: CNamedElement, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG001
    """What is known of an element, as HTML and as text, for a notebook.

    An element of a study is looked up in that study, an element of a cell in the notebook. An element of
    neither shows only its own names and values.
    """
    registry = _registry_of(element)
    if registry is None:
        declaration = Declaration(None, kind=Kinds(dsl).of(element), element=element)
    else:
        declaration = registry.find(element)
    facts = facts_of(registry, declaration)
    return {"text/html": as_html(declaration.name, facts), "text/plain": as_text(declaration.name, facts)}


def _registry_of(element: CNamedElement) -> Registry | None:
    study = study_of(element)
    if study is not None:
        return study
    notebook = Registry.of(vars(sys.modules["__main__"]))
    return notebook if notebook.declaration_of(element) is not None else None


def facts_of(registry: Registry | None, declaration: Declaration) -> tuple[Fact, ...]:
    """All that is known of an element, in a fixed order: names, place, values, and what it is linked to.

    Args:
        registry: The registry that declares it; None leaves out what it is linked to.
        declaration: The element.

    Example:
        >>> from codeable.dsl import CClass, pattern
        >>> registry = Registry.of({"bus": CClass(pattern, "Event Bus")})
        >>> [fact.label for fact in facts_of(registry, registry.find("bus"))]
        ['kind', 'identifier', 'qualified name', 'declared']
    """
    facts = list(_identity(declaration))
    if registry is not None:
        facts.extend(_relations(registry, declaration))
    return tuple(Fact(label, tuple(lines)) for label, lines in facts if lines)


def as_text(title: str, facts: tuple[Fact, ...], width: int | None = None) -> str:
    """The facts under a title with the labels aligned; safe on a terminal.

    Args:
        title: The display name of the element.
        facts: What is known.
        width: The columns at which lines are wrapped; None for no wrapping.

    Example:
        >>> print(as_text("Event Bus", (Fact("evidence", ("s20", "s30")),)))
        Event Bus
          evidence  s20
                    s30
    """
    labelled = [(fact.label, [_on_one_line(line) for line in fact.lines]) for fact in facts]
    return rendered(title, *([terminal.facts(labelled)] if labelled else []), width=width)


def as_html(title: str, facts: tuple[Fact, ...]) -> str:
    """The facts as an HTML table with every text escaped."""
    rows = "\n".join(
        f'<tr><th scope="row" style="{_TOP_LEFT}; white-space: nowrap">{html_text(fact.label)}</th>'
        f'<td style="{_TOP_LEFT}">{"<br>".join(html_text(line) for line in fact.lines)}</td></tr>'
        for fact in facts
    )
    return f"<div>\n<p><b>{html_text(title)}</b></p>\n<table>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"


def _identity(declaration: Declaration) -> Iterator[tuple[str, list[str]]]:
    element, span = declaration.element, declaration.span
    yield "kind", [f"deleted {declaration.kind}" if element.is_deleted else declaration.kind]
    yield "identifier", [declaration.identifier] if declaration.identifier else []
    yield "also called", list(declaration.aliases)
    yield "qualified name", [declaration.qualified_name] if declaration.qualified_name else []
    yield "declared", [f"{shown_path(span.path)}:{span.line}"] if span is not None else []
    if element.is_deleted:
        return
    if isinstance(element, CClass):
        yield "metaclass", [str(element.metaclass)] if declaration.kind == "class" else []
    if isinstance(element, CClass | CLink):
        yield "stereotypes", [str(stereotype.name) for stereotype in element.stereotype_instances]
        yield "values", [*_pairs(element.values), *_pairs(element.tagged_values)]


def _relations(registry: Registry, declaration: Declaration) -> Iterator[tuple[str, list[str]]]:
    element, kind = declaration.element, declaration.kind
    if isinstance(element, CBundle):
        yield "elements", [_named(registry, each) or "unnamed element" for each in element.elements]
    if isinstance(element, CLink):
        yield "from", [_named(registry, element.source)]
        yield "to", [_named(registry, element.target)]
        yield "label", [str(element.label)] if element.label is not None else []
    if kind == "decision":
        yield from _of_decision(registry, element)
    if kind in OPTION_KINDS:
        yield from _of_solution(registry, element)
    if kind == "force":
        impacts = registry.impacts_on(element)
        yield "impacts", [_impact(registry, each, each.solution_element) for each in impacts]
    if isinstance(element, CClass):
        yield "bundles", [_named(registry, each) for each in element.bundles]
    if kind == "source":
        yield "codes", [_named(registry, each) for each in registry.codes_of(element)]
    if registry.is_code(element):
        yield "evidence", [_source(registry, each) for each in registry.evidence_of(element)]


def _of_decision(registry: Registry, decision: CClass) -> Iterator[tuple[str, list[str]]]:
    category, options = registry.category_of(decision), registry.options_of(decision)
    yield "category", [_named(registry, category)] if category is not None else []
    yield "contexts", [_named(registry, each) for each in registry.contexts_of(decision)]
    yield "options", [_with_text(registry, each.solution_element, each.text) for each in options]


def _of_solution(registry: Registry, solution: CClass) -> Iterator[tuple[str, list[str]]]:
    decisions, forces = registry.decisions_of(solution), registry.forces_of(solution)
    outgoing, incoming = registry.relations_of(solution), registry.relations_to(solution)
    following = registry.next_decisions_of(solution)
    yield "option of", [_with_text(registry, each.decision_element, each.text) for each in decisions]
    yield "forces", [_impact(registry, each, each.force_element) for each in forces]
    yield (
        "relations",
        [
            *(_relation(registry, each, each.target_element, "to") for each in outgoing),
            *(_relation(registry, each, each.source_element, "from") for each in incoming),
        ],
    )
    yield "next", [_relation(registry, each, each.target_element, "to") for each in following]


def _pairs(values: Mapping[str, object]) -> list[str]:
    return [f"{name}: {_value(value)}" for name, value in values.items() if value is not None]


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | CNamedElement) else shown(value, _LONGEST_VALUE)


def _named(registry: Registry, element: CNamedElement) -> str:
    """Identifier and display name; only one of them where they are equal."""
    declaration = registry.declaration_of(element)
    if declaration is None:
        return str(element)
    if declaration.identifier is None or declaration.identifier == declaration.name:
        return declaration.name
    return f"{declaration.identifier} ({declaration.name})"


def _with_text(registry: Registry, element: CNamedElement, text: str | None) -> str:
    return f"{_named(registry, element)}: {text}" if text else _named(registry, element)


def _impact(registry: Registry, impact: Impact, other: CNamedElement) -> str:
    return f"{impact.impact or '?':3} {_named(registry, other)}"


def _relation(registry: Registry, relation: Relation, other: CNamedElement, direction: str) -> str:
    kind = f"{relation.stereotype or relation.label or 'related'}"
    how = f": {relation.how}" if relation.how else ""
    return f"{kind}, {direction} {_named(registry, other)}{how}"


def _source(registry: Registry, source: CClass) -> str:
    title = source.get_value("title")
    return _with_text(registry, source, title if isinstance(title, str) else None)


def _on_one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text else text

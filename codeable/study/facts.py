"""All that is known of one element: as values, as labelled lines, as text and as HTML.

`codeable show` and a notebook cell show the lines; `codeable show --format json` has the values.
"""

import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from attrs import frozen

from codeable import dsl, terminal
from codeable.kernel import CBundle, CClass, CLink, CNamedElement
from codeable.kernel.class_objects import bundles_of, elements_of, represented
from codeable.kernel.place import shown_place
from codeable.registry import OPTION_KINDS, Connection, Declaration, Impact, Option, Registry, Relation
from codeable.registry.kinds import Kinds
from codeable.registry.values import given_values, stereotype_names, value_text
from codeable.study.study import study_of
from codeable.terminal import rendered
from codeable.text import html_text

_TOP_LEFT = "text-align: left; vertical-align: top"


@frozen
class Fact:
    """One thing that is known of an element: a label, and the lines beside it."""

    label: str
    lines: tuple[str, ...]


class AttributeValue(NamedTuple):
    """The value of an attribute, or a tagged value."""

    name: str
    value: object


def element_bundle(element: CNamedElement, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG001
    """What is known of an element, as HTML and as text, for a notebook.

    An element of a study is looked up in that study, an element of a cell in the notebook. An element of
    neither shows only its own names and values.
    """
    element = represented(element)
    registry = _registry_of(element)
    if registry is None:
        declaration = Declaration(None, kind=Kinds(dsl).of(element), element=element)
    else:
        declaration = registry.look_up(element)
    facts = facts_of(registry, declaration)
    return {"text/html": as_html(declaration.name, facts), "text/plain": as_text(declaration.name, facts)}


def _registry_of(element: CNamedElement) -> Registry | None:
    study = study_of(element)
    if study is not None:
        return study
    notebook = Registry.of(vars(sys.modules["__main__"]))
    return notebook if notebook.declaration_of(element) is not None else None


def known_of(registry: Registry | None, declaration: Declaration) -> Iterator[tuple[str, Any]]:
    """What is known of an element beyond its names and its place: labels and values, in a fixed order.

    A value is a text, an element, a record of a link, an `AttributeValue`, a sequence of these, or None.

    Args:
        registry: The registry that declares it; None leaves out what it is linked to.
        declaration: The element.
    """
    element, kind = declaration.element, declaration.kind
    if element.is_deleted:
        return
    yield from _stereotypes_and_values(element)
    if registry is None:
        return
    if isinstance(element, CBundle):
        yield "elements", elements_of(element)
    if isinstance(element, CLink):
        yield "from", element.source
        yield "to", element.target
        yield "label", element.label
    if kind == "decision":
        yield "category", registry.category_of(element)
        yield "contexts", registry.contexts_of(element)
        yield "options", registry.options_of(element)
    if kind in OPTION_KINDS:
        yield "option of", registry.decisions_of(element)
        yield "forces", registry.forces_of(element)
        relations = (*registry.relations_of(element), *registry.relations_to(element))
        yield "relations", tuple(dict.fromkeys(relations))  # one to itself is in both
        yield "next", registry.next_decisions_of(element)
    if kind == "force":
        yield "impacts", registry.impacts_on(element)
    if isinstance(element, CClass) and registry.is_code(element):
        yield "sub-codes", registry.subcodes_of(element)
        yield "sub-code of", registry.supercodes_of(element)
    if isinstance(element, CClass):
        yield "links", _further_links(registry, element, kind)
        yield "bundles", bundles_of(element)
    if kind == "source":
        yield "codes", registry.codes_of(element)


def _further_links(registry: Registry, element: CClass, kind: str) -> list[Connection]:
    """The links that no other line shows: of a component all, of a code those of own associations."""
    shown = () if kind == "class" else tuple(vars(registry.vocabulary).values())
    links = registry.links_of(element)
    return [each for each in links if each.link is not None and each.link.association not in shown]


def _stereotypes_and_values(element: CNamedElement) -> Iterator[tuple[str, Any]]:
    if isinstance(element, CClass | CLink):
        yield "stereotypes", stereotype_names(element)
        yield "values", [AttributeValue(*pair) for pair in given_values(element)]


def facts_of(registry: Registry | None, declaration: Declaration) -> tuple[Fact, ...]:
    """All that is known of an element: names, place, values, what it is linked to, evidence.

    Args:
        registry: As in `known_of`.
        declaration: The element.

    Example:
        >>> from codeable.dsl import CClass, pattern
        >>> registry = Registry.of({"bus": CClass(pattern, "Event Bus")})
        >>> [fact.label for fact in facts_of(registry, registry.look_up("bus"))]
        ['kind', 'identifier', 'qualified name', 'declared']
    """
    element = declaration.element
    facts = list(_identity(declaration))
    facts += [(label, _lines(registry, element, value)) for label, value in known_of(registry, declaration)]
    if registry is not None and registry.is_code(element):
        facts.append(("evidence", [_source(registry, each) for each in registry.evidence_of(element)]))
        facts.append(("evidence of sub-codes", list(_evidence_of_subcodes(registry, element))))
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
    yield "declared", [shown_place(span)] if span is not None else []
    if element.is_deleted:
        return
    if isinstance(element, CClass):
        yield "metaclass", [str(element.metaclass)] if declaration.kind == "class" else []


def _lines(registry: Registry | None, element: CNamedElement, value: Any) -> list[str]:
    """A value that `known_of` gives for an element, as lines."""
    match value:
        case None:
            return []
        case str():
            return [value]
        case CNamedElement():
            return [_named(registry, value) or "unnamed element"]
        case AttributeValue(name, given):
            return [f"{name}: {value_text(given)}"]
        case Option():
            return [_with_text(_named(registry, value.other_end(element)), value.words)]
        case Impact():
            return [f"{value.impact or '?':3} {_named(registry, value.other_end(element))}"]
        case Relation():
            kind = value.stereotype or value.label or "related"
            direction = "to" if value.source_element is element else "from"
            return [
                _with_text(f"{kind}, {direction} {_named(registry, value.other_end(element))}", value.how)
            ]
        case Connection():
            what = value.stereotypes or value.association or "linked"
            direction = "to" if value.source_element is element else "from"
            more = " ".join(
                part for part in (value.label, f"({value.values})" if value.values else "") if part
            )
            return [_with_text(f"{what}, {direction} {_named(registry, value.other_end(element))}", more)]
    return [line for each in value for line in _lines(registry, element, each)]


def _named(registry: Registry | None, element: CNamedElement) -> str:
    """Identifier and display name; only one of them where they are equal."""
    declaration = registry.declaration_of(element) if registry is not None else None
    if declaration is None:
        return str(element)
    if declaration.identifier is None or declaration.identifier == declaration.name:
        return declaration.name
    return f"{declaration.identifier} ({declaration.name})"


def _with_text(name: str, text: str | None) -> str:
    return f"{name}: {text}" if text else name


def _source(registry: Registry, source: CClass) -> str:
    title = source.get_value("title")
    return _with_text(_named(registry, source), title if isinstance(title, str) else None)


def _evidence_of_subcodes(registry: Registry, code: CNamedElement) -> Iterator[str]:
    for subcode in registry.subcodes_of(code):
        sources = registry.evidence_of(subcode).names
        if sources:
            yield f"{_named(registry, subcode)}: {', '.join(sources)}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text else text

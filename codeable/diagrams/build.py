"""A view becomes a diagram: which nodes and edges it has under the options asked for."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from codeable.diagrams.alt_text import describe
from codeable.diagrams.diagram import Diagram, Edge, Impact, Node
from codeable.diagrams.edges import NEXT, Arrows
from codeable.diagrams.impact_signs import in_order, sign_of
from codeable.diagrams.legend import legend
from codeable.diagrams.node_kinds import EMPTY, NodeKinds
from codeable.diagrams.options import FigureOptions
from codeable.diagrams.selection import shown_elements
from codeable.diagrams.style_tables import style_named
from codeable.diagrams.urls import clickable
from codeable.diagrams.view import View
from codeable.kernel import CClass, CEnum, CMetaclass, CStereotype
from codeable.registry import Registry

__all__ = ["build"]

_EMPTY_TEXT = "There is nothing to draw in this view."
_SOLUTIONS = frozenset(["practice", "pattern", "solution", "do_nothing", "decision"])
_CODES = _SOLUTIONS | {"force", "domain_class", "element"}


def build(
    view: View,
    registry: Registry,
    options: FigureOptions | None = None,
    styles: Mapping[str, Mapping[str, object]] | None = None,
) -> Diagram:
    """The figure of a view.

    Args:
        view: One of the study's views.
        registry: The study's registry.
        options: What to show; None for what the main job draws.
        styles: The study's own styles, `[tool.codeable.styles]`.

    Raises:
        CodeableError: The options name a style that does not exist.
    """
    options = options or FigureOptions()
    style = style_named(options.style, styles)
    with _collector_at_rest():
        figure = _Figure(view, registry, options)
        nodes = figure.nodes() or (Node("n_empty", EMPTY, _EMPTY_TEXT),)
        edges = figure.edges()
    return Diagram(
        name=view.identifier,
        title=view.title,
        description=describe(nodes, edges),
        nodes=nodes,
        edges=edges,
        legend=legend(nodes, edges) if options.legend else (),
        options=options,
        style=style,
    )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Spare the garbage collector the records of a figure: all of them are kept, and none is in a cycle.

    The whole model would be searched for garbage again and again while tens of thousands of records are made,
    which is a third of the time for a large study.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


class _Figure:
    """The nodes and edges of one view under some options."""

    def __init__(self, view: View, registry: Registry, options: FigureOptions) -> None:
        self._view = view
        self._registry = registry
        self._options = options
        self._kinds = NodeKinds(registry.vocabulary)
        self._elements = shown_elements(view.kind, view.elements, registry, options)
        self._has_force_lines = options.forces == "lines" and len(registry.forces) > 0
        sources = registry.sources if options.evidence != "none" else ()
        self._rank = {source: position for position, source in enumerate(sources)}
        self._names = {each.element: each.identifier for each in registry.declarations}
        self._identifiers: dict[Any, str] = dict(self._identified())
        self._arrows = Arrows(registry.vocabulary, self._identifiers, self._evidence)

    def nodes(self) -> tuple[Node, ...]:
        return tuple(self._nodes())

    def edges(self) -> tuple[Edge, ...]:
        if self._view.kind == "overview":
            return tuple(self._next_decisions())
        found = self._arrows.between()
        if not self._options.relations:
            return tuple(edge for edge in found if edge.kind.key != "relation")
        return tuple(found)

    def _identified(self) -> Iterator[tuple[Any, str]]:
        taken: set[str] = set()
        identifier_of = self._names.get
        for number, element in enumerate(self._elements, 1):
            name = identifier_of(element)
            if name is None or name in taken or not name.isascii():
                yield element, f"n_{number}"
            else:
                taken.add(name)
                yield element, f"n_{name}"

    def _nodes(self) -> Iterator[Node]:
        kind_of = self._kinds.of
        plain = not self._has_force_lines and not self._rank
        for element, identifier in self._identifiers.items():
            kind = kind_of(element)
            name = element.name
            if name is None:
                name = self._names.get(element) or ""
            if plain and kind.key in _CODES and isinstance(element, CClass):
                yield Node(identifier, kind, name)
            elif kind.key == "source":
                values = element.values
                title, url = _text(values.get("title")), _text(values.get("url"))
                below = (title,) if title and title != name else ()
                yield Node(identifier, kind, name, (), "", below, clickable(url) if url else None)
            else:
                impacts = self._impacts(element, kind.key) if self._has_force_lines else ()
                evidence = self._evidence(element) if isinstance(element, CClass) else ""
                notes = () if evidence else _members(element)
                yield Node(identifier, kind, name, impacts, evidence, notes)

    def _impacts(self, element: Any, key: str) -> tuple[Impact, ...]:
        if key not in _SOLUTIONS or element not in self._names:
            return ()
        found = self._registry.forces_of(element)
        return in_order([Impact(sign_of(each.impact), each.force.name or "") for each in found])

    def _evidence(self, code: Any) -> str:
        """The sources that a code was found in, as the options ask for."""
        if not self._rank:
            return ""
        sources = self._arrows.found_in(code, self._rank)
        if not sources:
            return ""
        if self._options.evidence == "ids":
            ordered = sorted(sources, key=self._rank.__getitem__)
            names = (self._names.get(source) or source.name or "unnamed source" for source in ordered)
            return ", ".join(names)
        return "1 source" if len(sources) == 1 else f"{len(sources)} sources"

    def _next_decisions(self) -> Iterator[Edge]:
        """A solution's link is drawn from each decision that offers it, named by the solution."""
        for element, start in self._identifiers.items():
            yield from self._next(element, start, "")
            for option in self._registry.options_of(element):
                yield from self._next(option.solution, start, option.solution.name or "")

    def _next(self, element: Any, start: str, label: str) -> Iterator[Edge]:
        for relation in self._registry.next_decisions_of(element):
            end = self._identifiers.get(relation.target)
            if end is not None:
                texts: Iterable[str] = filter(None, (relation.label, relation.how))
                stereotypes = (relation.stereotype,) if relation.stereotype else ()
                yield Edge(start, end, NEXT, label, stereotypes, tuple(texts))


def _members(element: Any) -> tuple[str, ...]:
    """What an enumeration or a metaclass consists of."""
    if isinstance(element, CEnum):
        return tuple(map(str, element.values))
    if isinstance(element, (CMetaclass, CStereotype)):
        return tuple(element.attribute_names)
    return ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

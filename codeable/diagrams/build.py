"""Builds the diagram of a view under the given options. Called by `render` and `Study`."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from attrs import evolve

from codeable.diagrams.diagram import Diagram, Edge, ForceLine, Node
from codeable.diagrams.edges import Edges
from codeable.diagrams.impact_signs import from_best_to_worst, sign_of
from codeable.diagrams.kinds import EMPTY, NEXT, OPTION, RELATION, NodeKinds, next_line
from codeable.diagrams.legend import legend
from codeable.diagrams.options import FigureOptions
from codeable.diagrams.style_tables import style_named
from codeable.diagrams.urls import clickable
from codeable.diagrams.view import View, shown_elements
from codeable.kernel import CClass, CEnum, CLink, CMetaclass, CStereotype
from codeable.kernel.bulk_access import collector_paused, stereotypes_of_class
from codeable.kernel.class_objects import represented
from codeable.registry import Impact, Registry
from codeable.registry.values import given_values, stereotype_names, value_text
from codeable.text import counted, first_few

_VIEWS_WITH_RAILS = ("decision", "everything")
_EMPTY_TEXT = "There is nothing to draw in this view."
_SOLUTIONS = frozenset(["practice", "pattern", "solution", "do_nothing", "decision"])
_CODES = _SOLUTIONS | {"force", "domain_class", "element"}
_SHOWN_OTHERWISE = {"source": ("title",)}
"""Key of a kind → the values that its boxes always show."""


def build(
    view: View,
    registry: Registry,
    options: FigureOptions | None = None,
    styles: Mapping[str, Mapping[str, object]] | None = None,
) -> Diagram:
    """Build the diagram of a view.

    Args:
        view: One of the study's views.
        registry: The study.
        options: What to show; None for the defaults.
        styles: The study's own styles, `[tool.codeable.styles]`.

    Raises:
        CodeableError: The options name a style that does not exist.

    Example:
        >>> from codeable.diagrams import view_of
        >>> from codeable.dsl import CClass, decision
        >>> study = Registry.of({"hosting_decision": CClass(decision, "Where does it run?")})
        >>> build(view_of(study.decisions, "Decisions"), study).nodes[0].identifier
        'n_hosting_decision'
    """
    options = _settled(options or FigureOptions(), view)
    style = style_named(options.style, styles)
    with collector_paused():
        builder = _Builder(view, registry, options)
        nodes = tuple(builder.nodes()) or (Node("n_empty", EMPTY, _EMPTY_TEXT),)
        edges = tuple(builder.edges())
    return Diagram(
        name=view.identifier,
        title=view.title,
        nodes=nodes,
        edges=edges,
        legend=legend(nodes, edges) if options.legend else (),
        options=options,
        style=style,
        decisions=builder.decisions,
        forces=builder.forces(),
        kind=view.kind,
        messages=tuple(builder.messages()),
    )


def _settled(options: FigureOptions, view: View) -> FigureOptions:
    """The options with the layout and the forces of the view: rails for decisions, a matrix in rails."""
    draws_rails = view.kind in _VIEWS_WITH_RAILS and options.forces != "nodes"
    layout = (options.layout or "rails") if draws_rails else "graph"
    forces = options.forces or "matrix"
    if layout == "graph" and forces == "matrix":
        forces = "lines"
    return evolve(options, layout=layout, forces=forces)


class _Builder:
    """Makes the nodes and edges of one view under some options."""

    def __init__(self, view: View, registry: Registry, options: FigureOptions) -> None:
        self._view = view
        self._registry = registry
        self._options = options
        self._kinds = NodeKinds(registry.vocabulary)
        self._elements = shown_elements(view.kind, view.elements, registry, options)
        self._has_force_lines = options.forces in ("lines", "matrix") and len(registry.forces) > 0
        sources = registry.sources if options.evidence != "none" else ()
        self._rank = {source: position for position, source in enumerate(sources)}
        self._identifiers: dict[Any, str] = dict(self._identified())
        self._edges = Edges(registry.vocabulary, self._identifiers, self._evidence)
        self._acted_on: dict[Any, None] = {}
        self._force_keys: dict[Any, str] = {}
        self._is_decision = view.kind == "decision"
        self.decisions = tuple(self._decisions())

    def _decisions(self) -> Iterator[str]:
        if self._options.layout == "rails":
            shown = self._elements[:1] if self._view.kind == "decision" else self._elements
            decisions = set(self._registry.decisions)
            yield from (self._identifiers[element] for element in shown if element in decisions)

    def forces(self) -> dict[str, str]:
        """Key → name of each force that a node acts on, in the order of declaration."""
        acted_on = self._registry.in_order(self._acted_on)
        return {self._force_key(force): force.name or "" for force in acted_on}

    def messages(self) -> Iterator[str]:
        """What of the view's elements the figure does not show; known when all nodes are made."""
        links = [each for each in self._view.elements if isinstance(each, CLink) and not each.is_deleted]
        if not links:
            return
        boxes = set(self._identifiers)
        shown = {*boxes, *self._acted_on, *self._rank}  # the last two as lines in a box
        hidden = []
        for link in links:
            ends = {represented(link.source), represented(link.target)}
            if not (ends & boxes and ends <= shown):
                hidden.append(f"“{link.source} → {link.target}”")
        if hidden:
            what = counted(len(hidden), "relation")
            yield f"{what} left out, as the view lacks an end: {first_few(hidden, 3)}; add the ends to it"

    def edges(self) -> Iterator[Edge]:
        if self._view.kind == "overview":
            return self._next_decisions()
        numbers = dict.fromkeys(self.decisions, 0)
        return self._numbered(numbers) if numbers else self._shown()

    def _shown(self) -> Iterator[Edge]:
        found = self._edges.between()
        if self._view.kind == "bundle":
            found = chain(found, self._next_of_options_without_a_box())
        if self._options.relations == "none":
            return (edge for edge in found if edge.kind is not RELATION)
        return found

    def _numbered(self, numbers: dict[str, int]) -> Iterator[Edge]:
        for edge in self._shown():
            if edge.kind is OPTION and edge.source in numbers:
                numbers[edge.source] += 1
                yield edge._replace(number=numbers[edge.source])
            else:
                yield edge

    def _identified(self) -> Iterator[tuple[Any, str]]:
        taken: set[str] = set()
        identifier_of = self._registry.identifier_of
        for number, element in enumerate(self._elements, 1):
            name = identifier_of(element)
            if name is None or name in taken or not name.isascii():
                yield element, f"n_{number}"
            else:
                taken.add(name)
                yield element, f"n_{name}"

    def nodes(self) -> Iterator[Node]:
        address = self._options.links
        if address is None:
            yield from self._nodes()
            return
        from codeable.diagrams.file_links import FileLinks  # with field notes, which few figures need

        links = FileLinks(address, self._registry)
        for element, node in zip(self._identifiers, self._nodes(), strict=True):
            yield node if node.url else node._replace(url=links.of(element, node.kind.key))

    def _nodes(self) -> Iterator[Node]:
        kind_of = self._kinds.of
        shows_values = self._options.values
        plain = not self._has_force_lines and not self._rank and not self._is_decision
        for element, identifier in self._identifiers.items():
            kind = kind_of(element)
            name = element.name
            if name is None:
                name = self._registry.identifier_of(element) or ""
            is_class = isinstance(element, CClass)
            applied = stereotypes_of_class(element) if is_class else ()
            if plain and is_class and not applied and not shows_values and kind.key in _CODES:
                yield Node(identifier, kind, name)
                continue
            stereotypes = tuple(stereotype_names(element)) if applied else ()
            values = _value_lines(element, kind.key) if shows_values else ()
            if kind.key == "source":
                given = element.values
                title, url = _text(given.get("title")), _text(given.get("url"))
                below = (title,) if title and title != name else ()
                target = clickable(url) if url else None
                yield Node(identifier, kind, name, (), "", below, target, stereotypes, values)
            else:
                impacts = self._impacts(element, kind.key) if self._has_force_lines else ()
                evidence = self._evidence(element) if is_class else ""
                notes = self._undrawn_decisions(element, kind.key) if self._is_decision else ()
                if not evidence:
                    notes = (*_members(element), *notes)
                yield Node(identifier, kind, name, impacts, evidence, notes, None, stereotypes, values)

    def _impacts(self, element: Any, key: str) -> tuple[ForceLine, ...]:
        if key not in _SOLUTIONS or self._registry.declaration_of(element) is None:
            return ()
        found: list[ForceLine] = []
        for each in self._registry.forces_of(element):
            force = each.force_element
            self._acted_on[force] = None
            name, key = force.name or "", self._force_key(force)
            found += [ForceLine(sign, name, key) for sign in _signs(each)]
        return from_best_to_worst(found)

    def _force_key(self, force: Any) -> str:
        """The identifier of a force; a number for one without."""
        return self._force_keys.setdefault(
            force, self._registry.identifier_of(force) or str(len(self._force_keys) + 1)
        )

    def _evidence(self, code: Any) -> str:
        """The evidence of a code as the options show it: the number or the names of its sources."""
        if not self._rank:
            return ""
        sources = self._edges.sources_of(code, self._rank)
        if not sources:
            return ""
        if self._options.evidence == "ids":
            ordered = sorted(sources, key=self._rank.__getitem__)
            identifier_of = self._registry.identifier_of
            names = (identifier_of(source) or source.name or "unnamed source" for source in ordered)
            return ", ".join(names)
        return counted(len(sources), "source")

    def _undrawn_decisions(self, element: Any, key: str) -> tuple[str, ...]:
        """The decisions that come next after a solution or a decision, and that have no node here."""
        if key not in _SOLUTIONS or self._registry.declaration_of(element) is None:
            return ()
        found = self._registry.next_decisions_of(element)
        return tuple(
            next_line(each.target_element.name or each.target, (each.stereotype,), (each.label, each.how))
            for each in found
            if each.target_element not in self._identifiers
        )

    def _next_decisions(self) -> Iterator[Edge]:
        """The link of a solution starts at each decision that has this solution as an option."""
        decisions = set(self._registry.decisions)
        for element, start in self._identifiers.items():
            yield from self._next(element, start, "")
            for option in self._registry.options_of(element) if element in decisions else ():
                solution = option.solution_element
                yield from self._next(solution, start, solution.name or "")

    def _next_of_options_without_a_box(self) -> Iterator[Edge]:
        """The links of these solutions, when all other edges are made; each starts at a decision."""
        for start, solution in self._edges.options_without_a_box:
            yield from self._next(solution, start, solution.name or "")

    def _next(self, element: Any, start: str, label: str) -> Iterator[Edge]:
        for relation in self._registry.next_decisions_of(element):
            end = self._identifiers.get(relation.target_element)
            if end is not None:
                texts: Iterable[str] = filter(None, (relation.label, relation.how))
                stereotypes = (relation.stereotype,) if relation.stereotype else ()
                yield Edge(start, end, NEXT, label, stereotypes, tuple(texts))


def _signs(impact: Impact) -> Iterator[str]:
    """The sign of each stereotype of the link; one for an impact that is not stated or that a note has."""
    stereotypes = impact.link.stereotype_instances if impact.link is not None else ()
    names = [str(each.name or "") for each in stereotypes] or [impact.impact]
    return map(sign_of, names)


def _members(element: Any) -> tuple[str, ...]:
    """The values of an enumeration, the attributes of a metaclass or stereotype."""
    if isinstance(element, CEnum):
        return tuple(map(str, element.values))
    if isinstance(element, (CMetaclass, CStereotype)):
        return tuple(element.attribute_names)
    return ()


def _value_lines(element: Any, kind: str) -> tuple[str, ...]:
    """The values of a class or object, without the empty ones and those that its box shows otherwise."""
    return tuple(
        f"{name}: {value_text(value)}"
        for name, value in given_values(element)
        if value != "" and name not in _SHOWN_OTHERWISE.get(kind, ())
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

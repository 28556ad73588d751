"""The floor: what Python itself needs for a model with the same checks.

Slots objects with one dict of links per node, by role; every check that the kernel makes while a model is
built (kind of both ends, association and direction, repeated link, multiplicities, stereotype, tagged value,
name), and none of its other abilities. Run as a script with N; writes one line of JSON.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from shape import OPTIONS, Run, check_answers, codes_of_sources, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

WRAP = 25


class FloorError(Exception):
    """What the floor refuses."""


class Kind:
    """A metaclass."""

    def __init__(self, name: str, *parents: Kind, attributes: dict[str, type] | None = None) -> None:
        self.name = name
        self.attributes: dict[str, type] = {}
        self.ancestry: list[Kind] = [self]
        for parent in parents:
            self.ancestry += [kind for kind in parent.ancestry if kind not in self.ancestry]
            self.attributes.update(parent.attributes)
        self.attributes.update(attributes or {})
        self.types = frozenset(self.ancestry)
        self.relations: list[Relation] = []
        self.nodes: list[Node] = []
        self.known: dict[Any, tuple[Relation, bool]] = {}


class Relation:
    """An association, with the keys under which its links are filed at either end."""

    __slots__ = ("bounds", "forward", "reverse", "roles", "source", "source_bounds", "stereotypes", "target")

    def __init__(
        self,
        source: Kind,
        target: Kind,
        roles: tuple[str | None, str | None] = (None, None),
        source_bounds: tuple[int, int] = (0, -1),
        bounds: tuple[int, int] = (0, -1),
    ) -> None:
        self.source, self.target, self.roles = source, target, roles
        self.source_bounds, self.bounds = source_bounds, bounds
        self.forward: Any = roles[1] or (self, True)
        self.reverse: Any = roles[0] or (self, False)
        self.stereotypes: set[Mark] = set()
        for end in dict.fromkeys((source, target)):
            end.relations.append(self)


class Mark:
    """A stereotype."""

    def __init__(self, name: str, relation: Relation, attributes: dict[str, type]) -> None:
        self.name, self.relation, self.attributes = name, relation, attributes
        self.links: list[Edge] = []


class Node:
    """An instance of a kind."""

    __slots__ = ("bundles", "edges", "gone", "kind", "marks", "name", "values")

    def __init__(self, kind: Kind, name: str | None = None, values: dict[str, Any] | None = None) -> None:
        if not isinstance(kind, Kind):
            raise FloorError(f"{kind!r} is no kind")
        if name is not None and not isinstance(name, str):
            raise FloorError(f"{name!r} is no name")
        self.kind = kind
        self.name = name
        self.bundles = self.marks = self.values = None
        self.edges: dict[Any, list[Edge]] | None = None
        self.gone = False
        if values is not None:
            for key, value in values.items():
                wanted = kind.attributes.get(key)
                if wanted is None:
                    raise FloorError(f"{name!r} has no attribute {key!r}")
                if not isinstance(value, wanted):
                    raise FloorError(f"{value!r} does not fit attribute {key!r}")
            self.values = dict(values)
        kind.nodes.append(self)

    def connect(
        self,
        others: Node | list[Node],
        role: str | None = None,
        relation: Relation | None = None,
        marks: Mark | list[Mark] | None = None,
        tags: dict[str, Any] | None = None,
    ) -> list[Edge]:
        """Link this node to others, all of them or none."""
        if not isinstance(others, list):
            others = [others]
        if self.gone:
            raise FloorError("the source is deleted")
        known = self.kind.known
        made: list[Edge] = []
        try:
            for other in others:
                if not isinstance(other, Node):
                    raise FloorError(f"{other!r} is no node")
                if other.gone:
                    raise FloorError("a target is deleted")
                key = (other.kind, role, relation)
                found = known.get(key)
                if found is None:
                    found = known[key] = search(self.kind, *key)
                edge = Edge(found[0], self, other) if found[1] else Edge(found[0], other, self)
                made.append(edge)
                if marks is not None:
                    edge.mark(marks)
                for name, value in tags.items() if tags is not None else ():
                    edge.tag(name, value)
            for edge in made:
                edge.check_numbers()
        except FloorError:
            for edge in made:
                edge.remove()
            raise
        return made

    def linked(self, role: str) -> list[Node]:
        """The nodes that play a role for this one."""
        if self.edges is None:
            return []
        return [e.target if e.source is self else e.source for e in self.edges.get(role, ())]

    def neighbours(self) -> Iterable[Node]:
        """The nodes at the other ends."""
        if self.edges is None:
            return []
        return [e.target if e.source is self else e.source for filed in self.edges.values() for e in filed]


class Edge:
    """A link."""

    __slots__ = ("bundles", "edges", "gone", "label", "marks", "relation", "source", "tags", "target")

    def __init__(self, relation: Relation, source: Node, target: Node) -> None:
        outgoing = source.edges
        if outgoing is None:
            outgoing = source.edges = {}
        incoming = target.edges
        if incoming is None:
            incoming = target.edges = {}
        out = outgoing.get(relation.forward)
        into = incoming.get(relation.reverse)
        if out is not None and into is not None:
            for edge in out if len(out) <= len(into) else into:
                if edge.target is target and edge.source is source:
                    raise FloorError(f"{source.name!r} and {target.name!r} are linked already")
        self.relation = relation
        self.source = source
        self.target = target
        self.label = self.marks = self.tags = self.bundles = self.edges = None
        self.gone = False
        if out is None:
            outgoing[relation.forward] = [self]
        else:
            out.append(self)
        if into is None:
            incoming[relation.reverse] = [self]
        else:
            into.append(self)

    def mark(self, marks: Mark | list[Mark]) -> None:
        """Apply stereotypes."""
        given = marks if isinstance(marks, list) else [marks]
        allowed = self.relation.stereotypes
        for mark in given:
            if not isinstance(mark, Mark):
                raise FloorError(f"{mark!r} is no stereotype")
            if mark not in allowed:
                if mark.relation is not self.relation:
                    raise FloorError(f"{mark.name!r} does not extend this relation")
                allowed.add(mark)
            mark.links.append(self)
        self.marks = given[0] if len(given) == 1 else given

    def tag(self, name: str, value: Any) -> None:
        """Set a tagged value."""
        marks = self.marks if isinstance(self.marks, list) else [self.marks] if self.marks else []
        wanted = None
        for mark in marks:
            wanted = mark.attributes.get(name)
            if wanted is not None:
                break
        if wanted is None:
            raise FloorError(f"there is no tagged value {name!r}")
        if not isinstance(value, wanted):
            raise FloorError(f"{value!r} does not fit tagged value {name!r}")
        if self.tags is None:
            self.tags = {name: value}
        else:
            self.tags[name] = value

    def check_numbers(self) -> None:
        """Check the multiplicities at both ends."""
        relation = self.relation
        if relation.bounds != (0, -1):
            within(len(self.source.edges[relation.forward]), relation.bounds)
        if relation.source_bounds != (0, -1):
            within(len(self.target.edges[relation.reverse]), relation.source_bounds)

    def remove(self) -> None:
        """Take the link back."""
        self.source.edges[self.relation.forward].remove(self)
        self.target.edges[self.relation.reverse].remove(self)
        self.gone = True


def within(number: int, bounds: tuple[int, int]) -> None:
    """Raise unless a number of links is allowed."""
    if number < bounds[0] or (bounds[1] != -1 and number > bounds[1]):
        raise FloorError("wrong multiplicity")


def search(kind: Kind, other: Kind, role: str | None, wanted: Relation | None) -> tuple[Relation, bool]:
    """The only relation that fits, and whether it goes forward."""
    found: dict[Relation, bool] = {}
    for ancestor in kind.ancestry:
        for relation in ancestor.relations:
            if relation in found or (wanted is not None and relation is not wanted):
                continue
            forward = relation.source in kind.types and relation.target in other.types
            if forward and role in (None, relation.roles[1]):
                found[relation] = True
                continue
            reverse = relation.target in kind.types and relation.source in other.types
            if reverse and role in (None, relation.roles[0]):
                found[relation] = False
    if len(found) != 1:
        raise FloorError("no relation fits, or several do")
    return next(iter(found.items()))


def connected(start: Node) -> list[Node]:
    """All nodes reached from one."""
    seen = {start}
    found = [start]
    pending = [start]
    while pending:
        for node in pending.pop().neighbours():
            if node not in seen:
                seen.add(node)
                found.append(node)
                pending.append(node)
    return found


def wrapped(text: str) -> str:
    """A label in lines of about 25 characters."""
    if len(text) <= WRAP:
        return text
    lines = []
    start = 0
    while len(text) - start > WRAP:
        blank = text.find(" ", start + WRAP)
        if blank < 0:
            break
        lines.append(text[start:blank])
        start = blank + 1
    lines.append(text[start:])
    return "\\n".join(lines)


def plantuml(nodes: list[Node]) -> str:
    """The PlantUML text of the whole model."""
    lines = ["@startuml", "skinparam monochrome true", "hide empty members", "hide circle"]
    names: dict[Node, str] = {}
    for node in nodes:
        encoded = "".join([c if c.isalnum() else "_" for c in node.name or ""])
        names[node] = name = f"__{len(names) + 1}_{encoded}"
        lines.append(f'class "<b>{wrapped(f"{node.name} : {node.kind.name}")}</b>" as {name}')
        if node.values:
            body = "\n".join(wrapped(f'{key} = "{value}"') for key, value in node.values.items())
            lines[-1] += " {\n" + body + "\n}"
    for node in nodes:
        for filed in (node.edges or {}).values():
            lines += [
                f"{names[node]} --> {names[edge.target]}{label(edge)}"
                for edge in filed
                if edge.source is node and edge.target in names
            ]
    lines.append("@enduml")
    return "\n".join(lines) + "\n"


def label(edge: Edge) -> str:
    """The text on the arrow of a link."""
    if edge.marks is None:
        return ""
    text = f": <<{edge.marks.name}>>"
    if edge.tags:
        text += "\\n{" + ", \\n".join(wrapped(f'{key} = "{value}"') for key, value in edge.tags.items()) + "}"
    return text


def main(n: int) -> None:
    """Measure the floor."""
    run = Run(n)
    codes = codes_of_sources(n)
    practice_number, decision_number, source_number = numbers(n)

    code = Kind("Code")
    solution = Kind("Design Solution", code)
    practice = Kind("Practice", solution)
    decision = Kind("Decision", solution)
    source = Kind("Source", attributes={"url": str, "title": str})
    options = Relation(decision, solution)
    Relation(code, source, ("contained_code", "evidence"))
    option = Mark("Option", options, {"name": str})
    practices: list[Node] = []
    decisions: list[Node] = []
    sources: list[Node] = []

    def build() -> None:
        practices.extend([Node(practice, f"Practice {i}") for i in range(practice_number)])
        for d in range(decision_number):
            one = Node(decision, f"Decision {d}")
            decisions.append(one)
            for i in range(OPTIONS * d, OPTIONS * d + OPTIONS):
                one.connect(practices[i], relation=options, marks=option, tags={"name": f"Use practice {i}"})
        for s in range(source_number):
            values = {"title": f"Title of source {s}", "url": f"https://example.org/{s}"}
            sources.append(one := Node(source, f"s{s}", values))
            one.connect([practices[i] for i in codes[s]], role="contained_code")

    run.start_of_build()
    run.phase("build", build)
    run.end_of_build()
    found = run.phase("evidence", lambda: sum(len(one.linked("evidence")) for one in practices))
    reached = run.phase("connected set", lambda: connected(decisions[0]))
    check_answers(found, len(reached), n)
    run.notes["connected"] = len(reached)
    run.phase("PlantUML text", lambda: plantuml([*decisions, *practices, *sources]))
    run.report()


if __name__ == "__main__":
    main(int(sys.argv[1]))

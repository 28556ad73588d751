"""Calls that link: options, impacts on forces, relations, evidence."""

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from codeable.notes.ast_reader import TreeReader
from codeable.notes.records import (
    CodeMention,
    ForceImpact,
    ForceRelation,
    Name,
    OptionLink,
    OtherRelation,
    RelationEnds,
    Statement,
)

if TYPE_CHECKING:
    from codeable.notes.statements import StatementReader

__all__ = ["read"]


def read(
    reader: "StatementReader",
    call: ast.Call,
    node: ast.expr | ast.stmt,
    identifier: Name | None,
    trees: TreeReader,
) -> list[Statement] | None:
    """The statements that a call of a linking function stands for; none when it is no such call.

    Args:
        reader: Knows what the trace gives to its statements, and takes the problems.
        call: The call.
        node: The whole statement.
        identifier: The name that the result is bound to.
        trees: Places in the note.
    """
    function = trees.name(call.func)
    if function is None:
        return None
    handler = _HANDLERS.get(function.name)
    if handler is None:
        return None
    return handler(_Link(reader, call, node, identifier, trees, function))


class _Link:
    """One call with what its handlers need."""

    def __init__(
        self,
        reader: "StatementReader",
        call: ast.Call,
        node: ast.expr | ast.stmt,
        identifier: Name | None,
        trees: TreeReader,
        function: Name,
    ) -> None:
        self.reader = reader
        self.call = call
        self.identifier = identifier
        self.trees = trees
        self.function = function
        self.keywords = {one.arg: one.value for one in call.keywords if one.arg is not None}
        self._node = node

    def argument(self, position: int, *keywords: str) -> ast.expr | None:
        """An argument by position or by keyword."""
        if position < len(self.call.args):
            return self.call.args[position]
        return next((self.keywords[name] for name in keywords if name in self.keywords), None)

    def name(self, what: str, position: int, *keywords: str) -> Name | None:
        """An argument that has to be a name; anything else is reported."""
        argument = self.argument(position, *keywords)
        name = self.trees.name(argument)
        if name is None:
            message = f"{self.function.name} needs the name of {what} as argument {position + 1}"
            self.reader.not_read(message, argument or self.call, self.trees)
        return name

    def named(self, node: ast.expr, what: str) -> tuple[Name, ...]:
        """The names in a list or a single name; anything else is reported."""
        names, others = self.trees.names(node)
        for other in others:
            self.reader.not_read(f"{self.function.name} needs the name of {what} here", other, self.trees)
        return tuple(names)

    def common(self) -> Any:
        """The fields that every statement has."""
        return self.reader.common(self._node, self.trees)


def _option(link: _Link) -> list[Statement] | None:
    decision = link.name("a decision", 0, "decision_", "decision")
    solution = link.name("a solution", 1, "design_solution_", "solution")
    if decision is None or solution is None:
        return None
    argument = link.argument(2, "option_name", "text")
    text = link.trees.text(argument)
    if text is None and argument is not None and not _is_none(argument):
        link.reader.not_read("the text of an option is no text written out", argument, link.trees)
    return [
        OptionLink(
            function=link.function,
            decision=decision,
            solution=solution,
            text=text,
            identifier=link.identifier,
            **link.common(),
        )
    ]


def _forces(link: _Link) -> list[Statement] | None:
    table = link.argument(0, "relations")
    if not isinstance(table, ast.Dict):
        message = f"{link.function.name} needs {{solution: {{force: impact}}}}"
        link.reader.not_read(message, table or link.call, link.trees)
        return None
    return [ForceRelation(function=link.function, impacts=tuple(_impacts(link, table)), **link.common())]


def _impacts(link: _Link, table: ast.Dict) -> Iterator[ForceImpact]:
    for key, row in zip(table.keys, table.values, strict=True):
        solution = link.trees.name(key)
        if solution is None or not isinstance(row, ast.Dict):
            link.reader.not_read("solution: {force: impact} is expected here", key or row, link.trees)
            continue
        for force_node, impact_node in zip(row.keys, row.values, strict=True):
            force = link.trees.name(force_node)
            impacts = link.named(impact_node, "an impact, such as positive,")
            if force is None:
                link.reader.not_read("the name of a force is expected here", force_node or row, link.trees)
                continue
            for impact in impacts:
                end = impact.span
                span = link.reader.lines.span(
                    force.span.line, force.span.column, end.end_line, end.end_column
                )
                yield ForceImpact(solution, force, impact, span)


def _links(link: _Link) -> list[Statement] | None:
    """`add_links({a: [b]}, role_name=...)` and `a.add_links(b, role_name=...)`."""
    first = link.argument(0, "links", "targets", "linked_elements")
    if first is None:
        link.reader.not_read(f"{link.function.name} links nothing", link.call, link.trees)
        return None
    ends: list[RelationEnds] = []
    if isinstance(first, ast.Dict):
        for key, value in zip(first.keys, first.values, strict=True):
            source = link.trees.name(key)
            if source is None:
                link.reader.not_read("the name of an element is expected here", key or value, link.trees)
            else:
                ends.append(RelationEnds(source, link.named(value, "an element")))
    elif isinstance(link.call.func, ast.Attribute):
        source = link.trees.name(link.call.func.value)
        if source is None:
            return None
        ends.append(RelationEnds(source, link.named(first, "an element")))
    else:
        link.reader.not_read(f"{link.function.name} needs {{element: [elements]}}", first, link.trees)
        return None
    role = link.trees.text(link.keywords.get("role_name"))
    if role is not None and role.value in ("contained_code", "evidence"):
        return list(_contained(link, ends, role.value))
    return [_relation(link, ends)]


def _contained(link: _Link, ends: list[RelationEnds], role: str) -> Iterator[CodeMention]:
    for end in ends:
        for target in end.targets:
            code, source = (target, end.source) if role == "contained_code" else (end.source, target)
            yield link.reader.mention(code, "contained_code", link.trees, source)


def _relation(link: _Link, ends: list[RelationEnds]) -> OtherRelation:
    stereotypes = link.keywords.get("stereotype_instances")
    return OtherRelation(
        function=link.function,
        ends=tuple(ends),
        role_name=link.trees.text(link.keywords.get("role_name")),
        stereotypes=link.named(stereotypes, "a stereotype") if stereotypes is not None else (),
        label=link.trees.text(link.keywords.get("label")),
        identifier=link.identifier,
        **link.common(),
    )


def _stereotyped(link: _Link) -> list[Statement] | None:
    """The helpers that link two solutions with a stereotype and perhaps a tagged value."""
    source = link.name("a solution", 0, "link_from", "from_design_solution")
    target = link.name("a solution", 1, "link_to", "to_design_solution")
    if source is None or target is None:
        return None
    stereotypes = link.argument(2, "stereotype_instance")
    return [
        OtherRelation(
            function=link.function,
            ends=(RelationEnds(source, (target,)),),
            stereotypes=link.named(stereotypes, "a stereotype") if stereotypes is not None else (),
            tagged_text=link.trees.text(link.argument(3, "tag_value")),
            identifier=link.identifier,
            **link.common(),
        )
    ]


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


_HANDLERS: dict[str, Callable[[_Link], list[Statement] | None]] = {
    "add_decision_option_association": _option,
    "add_decision_option_link": _option,
    "add_force_relations": _forces,
    "add_links": _links,
    "add_stereotyped_design_solution_link": _stereotyped,
    "add_stereotyped_link_with_how_tagged_value": _stereotyped,
    "add_stereotyped_link_with_role_tagged_value": _stereotyped,
    "set_links": _links,
}

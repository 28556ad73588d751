"""Calls that link elements in a trace: options, impacts on forces, relations, evidence.

The reader of statements calls `statements`.
"""

import ast
from collections.abc import Callable, Iterator
from typing import Any

from attrs import define, field

from codeable.notes.ast_reader import BlockReader, TreeReader
from codeable.notes.model import (
    CodeMention,
    ForceStatement,
    ImpactEntry,
    Name,
    OptionStatement,
    RelationEnds,
    RelationStatement,
    TraceStatement,
)


def statements(
    reader: BlockReader, call: ast.Call, node: ast.expr | ast.stmt, identifier: Name | None
) -> list[TraceStatement] | None:
    """The statements of a call of a linking function; none for any other call.

    Args:
        reader: The reader of the block; it takes the problems.
        call: The call.
        node: The whole statement.
        identifier: The name that the result is bound to.
    """
    function = reader.trees.name(call.func)
    if function is None or function.name not in _HANDLERS:
        return None
    return _HANDLERS[function.name](_LinkCall(reader, call, node, identifier, function))


@define(eq=False)
class _LinkCall:
    """One call and the readers of its arguments."""

    reader: BlockReader
    call: ast.Call
    node: ast.expr | ast.stmt
    identifier: Name | None
    function: Name
    keywords: dict[str, ast.expr] = field(init=False)

    @property
    def trees(self) -> TreeReader:
        return self.reader.trees

    @keywords.default
    def _keywords(self) -> dict[str, ast.expr]:
        return {one.arg: one.value for one in self.call.keywords if one.arg is not None}

    def argument(self, position: int, *keywords: str) -> ast.expr | None:
        """An argument by position or by keyword."""
        if position < len(self.call.args):
            return self.call.args[position]
        return next((self.keywords[name] for name in keywords if name in self.keywords), None)

    def name(self, what: str, position: int, *keywords: str) -> Name | None:
        """An argument that must be a name; anything else is reported."""
        argument = self.argument(position, *keywords)
        name = self.trees.name(argument)
        if name is None:
            message = f"{self.function.name} needs the name of {what} as argument {position + 1}"
            self.reader.not_read(message, argument or self.call)
        return name

    def names(self, node: ast.expr | None, what: str) -> tuple[Name, ...]:
        """The names in a list, or a single name; anything else is reported."""
        names, others = self.trees.names(node) if node is not None else ([], [])
        for other in others:
            self.reader.not_read(f"{self.function.name} needs the name of {what} here", other)
        return tuple(names)

    def relation(self, ends: list[RelationEnds], **fields: Any) -> RelationStatement:
        """A relation with the fields of every statement."""
        return RelationStatement(
            function=self.function,
            ends=tuple(ends),
            identifier=self.identifier,
            **fields,
            **self.reader.common(self.node),
        )

    def option(self) -> list[TraceStatement] | None:
        """`add_decision_option_link(decision, solution, "text")`."""
        decision = self.name("a decision", 0, "decision_", "decision")
        solution = self.name("a solution", 1, "design_solution_", "solution")
        if decision is None or solution is None:
            return None
        argument = self.argument(2, "option_name", "text")
        text = self.trees.text(argument)
        is_none = isinstance(argument, ast.Constant) and argument.value is None
        if text is None and argument is not None and not is_none:
            self.reader.not_read("the text of an option must be a string", argument)
        return [
            OptionStatement(
                function=self.function,
                decision=decision,
                solution=solution,
                text=text,
                identifier=self.identifier,
                **self.reader.common(self.node),
            )
        ]

    def forces(self) -> list[TraceStatement] | None:
        """`add_force_relations({solution: {force: impact}})`."""
        table = self.argument(0, "relations")
        if not isinstance(table, ast.Dict):
            message = f"{self.function.name} needs {{solution: {{force: impact}}}}"
            self.reader.not_read(message, table or self.call)
            return None
        impacts = tuple(self._impacts(table))
        common = self.reader.common(self.node)
        return [ForceStatement(function=self.function, impacts=impacts, **common)]

    def _impacts(self, table: ast.Dict) -> Iterator[ImpactEntry]:
        for key, row in zip(table.keys, table.values, strict=True):
            solution = self.trees.name(key)
            if solution is None or not isinstance(row, ast.Dict):
                self.reader.not_read("solution: {force: impact} is expected here", key or row)
                continue
            for force_key, value in zip(row.keys, row.values, strict=True):
                force = self.trees.name(force_key)
                impacts = self.names(value, "an impact, such as positive,")
                if force is None:
                    self.reader.not_read("the name of a force is expected here", force_key or row)
                    continue
                for impact in impacts:
                    yield ImpactEntry(solution, force, impact, force.span.through(impact.span))

    def links(self) -> list[TraceStatement] | None:
        """`add_links({a: [b]}, role_name=...)` and `a.add_links(b, role_name=...)`."""
        first = self.argument(0, "links", "targets", "linked_elements")
        if first is None:
            self.reader.not_read(f"{self.function.name} links nothing", self.call)
            return None
        if isinstance(first, ast.Dict):
            ends = list(self._ends(first))
        elif isinstance(self.call.func, ast.Attribute):
            source = self.trees.name(self.call.func.value)
            if source is None:
                return None
            ends = [RelationEnds(source, self.names(first, "an element"))]
        else:
            self.reader.not_read(f"{self.function.name} needs {{element: [elements]}}", first)
            return None
        role = self.trees.text(self.keywords.get("role_name"))
        if role is not None and role.value in ("contained_code", "evidence"):
            return list(self._evidence(ends, role.value))
        stereotypes = self.names(self.keywords.get("stereotype_instances"), "a stereotype")
        return [self.relation(ends, role_name=role, stereotypes=stereotypes)]

    def _ends(self, table: ast.Dict) -> Iterator[RelationEnds]:
        for key, value in zip(table.keys, table.values, strict=True):
            source = self.trees.name(key)
            if source is None:
                self.reader.not_read("the name of an element is expected here", key or value)
            else:
                yield RelationEnds(source, self.names(value, "an element"))

    def _evidence(self, ends: list[RelationEnds], role: str) -> Iterator[CodeMention]:
        for end in ends:
            for target in end.targets:
                code, source = (target, end.source) if role == "contained_code" else (end.source, target)
                text = self.trees.source(code.span)
                yield self.reader.mention(code, "contained_code", text, source)

    def stereotyped(self) -> list[TraceStatement] | None:
        """The functions that link two solutions with a stereotype and perhaps a tagged value."""
        source = self.name("a solution", 0, "link_from", "from_design_solution")
        target = self.name("a solution", 1, "link_to", "to_design_solution")
        if source is None or target is None:
            return None
        stereotypes = self.names(self.argument(2, "stereotype_instance"), "a stereotype")
        tagged_text = self.trees.text(self.argument(3, "tag_value"))
        ends = [RelationEnds(source, (target,))]
        return [self.relation(ends, stereotypes=stereotypes, tagged_text=tagged_text)]


_HANDLERS: dict[str, Callable[[_LinkCall], list[TraceStatement] | None]] = {
    "add_decision_option_association": _LinkCall.option,
    "add_decision_option_link": _LinkCall.option,
    "add_force_relations": _LinkCall.forces,
    "add_links": _LinkCall.links,
    "add_stereotyped_design_solution_link": _LinkCall.stereotyped,
    "add_stereotyped_link_with_how_tagged_value": _LinkCall.stereotyped,
    "add_stereotyped_link_with_role_tagged_value": _LinkCall.stereotyped,
    "set_links": _LinkCall.links,
}

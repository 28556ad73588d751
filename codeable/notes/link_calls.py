"""Calls that link elements in a trace: options, impacts on forces, relations, evidence.

The reader of statements calls `statements`. A call is read without the parts that it cannot have; each of
them is reported.
"""

import ast
from collections.abc import Callable, Iterator
from typing import Any

from attrs import define, field

from codeable.notes.ast_reader import TreeReader, is_none
from codeable.notes.block_reader import BlockReader
from codeable.notes.model import (
    CodeMention,
    ForceStatement,
    ImpactEntry,
    Name,
    OptionStatement,
    PartKind,
    Problem,
    RelationEnds,
    RelationStatement,
    Text,
    TraceStatement,
)
from codeable.notes.vocabulary import FUNCTIONS, METHOD, misspelt, vocabulary

Read = list[TraceStatement] | Problem
"""The statements of a call, or why there are none."""

_EVIDENCE = ("contained_code", "evidence")


def statements(
    reader: BlockReader, call: ast.Call, node: ast.expr | ast.stmt, identifier: Name | None, function: Name
) -> Read:
    """The statements of a call of one of the linking functions.

    Args:
        reader: The reader of the block; it takes the problems.
        call: The call.
        node: The whole statement.
        identifier: The name that the result is bound to.
        function: What is called, one of `FUNCTIONS`.
    """
    linked = _LinkCall(reader, call, node, identifier, function)
    misspelt_keyword = linked.check_arguments()
    return misspelt_keyword or _HANDLERS[function.name](linked)


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

    @property
    def receiver(self) -> ast.expr | None:
        """The ``a`` of ``a.add_links(b)``. A module before a function is none: ``dsl.add_links({a: b})``."""
        called = self.call.func
        by_method = isinstance(called, ast.Attribute) and not isinstance(self.argument(0), ast.Dict)
        return called.value if by_method and isinstance(called, ast.Attribute) else None

    def check_arguments(self) -> Problem | None:
        """Refuse the arguments that the function does not take; a misspelt one makes it another link."""
        name = self.function.name
        valid = FUNCTIONS[name]
        if self.receiver is not None and name in ("add_links", "set_links"):
            valid = METHOD
        most = 1 if "role_name" in valid else len(valid)
        for argument in self.call.args[most:]:
            text = self.trees.text(argument)
            is_role = "role_name" in valid and text is not None and text.value in vocabulary().roles
            suggestion = f"role_name={self.trees.text_of(argument)}" if is_role else None
            problem = self.reader.not_read(f"{name} takes no argument here", argument, suggestion)
            self.reader.refuse("argument", argument, problem)
        self.reader.check_keywords(self.call, valid, name)
        return next((one.problem for one in self.reader.parts if one.problem.suggestion), None)

    def argument(self, position: int, keyword: str | None = None) -> ast.expr | None:
        """An argument by position or by keyword."""
        if position < len(self.call.args):
            return self.call.args[position]
        return self.keywords.get(keyword) if keyword is not None else None

    def name(self, what: str, position: int) -> Name | Problem:
        """An argument that must be a name; anything else is reported."""
        argument = self.argument(position, FUNCTIONS[self.function.name][position])
        name = self.trees.name(argument)
        if name is not None:
            return name
        message = f"{self.function.name} needs the name of {what} as argument {position + 1}"
        text = self.trees.text(argument)
        without_quotes = text.value if text is not None and text.value.isidentifier() else None
        return self.reader.not_read(message, argument or self.call, without_quotes)

    def names(self, node: ast.expr | None, what: str, kind: PartKind) -> tuple[Name, ...]:
        """The names in a list, or a single name; anything else is reported."""
        return self.reader.only_names(node, f"{self.function.name} needs the name of {what} here", kind)

    def stereotypes(self, node: ast.expr | None) -> tuple[Name, ...]:
        """The stereotypes of a link, without those that are misspelt."""
        return self.reader.stereotypes(node, self.function.name)

    def relation(self, ends: list[RelationEnds], **fields: Any) -> Read:
        """A relation with the fields of every statement."""
        if not any(end.targets for end in ends) and not self.reader.parts:
            return self.reader.not_read(f"{self.function.name} links nothing", self.call)
        return [
            RelationStatement(
                function=self.function,
                ends=tuple(ends),
                identifier=self.identifier,
                **fields,
                **self.reader.common(self.node),
            )
        ]

    def option(self) -> Read:
        """`add_decision_option_link(decision, solution, "text", option_description="more")`."""
        decision = self.name("a decision", 0)
        solution = self.name("a solution", 1)
        if isinstance(decision, Problem):
            return decision
        if isinstance(solution, Problem):
            return solution
        text = self._text(2, "option_name", "the text of an option must be a string")
        wrong = "the description of an option must be a string"
        description = self._text(3, "option_description", wrong)
        return [
            OptionStatement(
                function=self.function,
                decision=decision,
                solution=solution,
                text=text,
                description=description,
                identifier=self.identifier,
                **self.reader.common(self.node),
            )
        ]

    def _text(self, position: int, keyword: str, message: str) -> Text | None:
        argument = self.argument(position, keyword)
        text = self.trees.text(argument)
        if text is None and argument is not None and not is_none(argument):
            self.reader.refuse("argument", argument, self.reader.not_read(message, argument))
        return text

    def forces(self) -> Read:
        """`add_force_relations({solution: {force: impact}})`."""
        table = self.argument(0, "relations")
        if not isinstance(table, ast.Dict):
            message = f"{self.function.name} needs {{solution: {{force: impact}}}}"
            return self.reader.not_read(message, table or self.call)
        impacts = tuple(self._impacts(table))
        if not impacts and not self.reader.parts:
            return self.reader.not_read(f"{self.function.name} links nothing", self.call)
        return [ForceStatement(function=self.function, impacts=impacts, **self.reader.common(self.node))]

    def _impacts(self, table: ast.Dict) -> Iterator[ImpactEntry]:
        for key, row in zip(table.keys, table.values, strict=True):
            solution = self.trees.name(key)
            if solution is None or not isinstance(row, ast.Dict):
                problem = self.reader.not_read("solution: {force: impact} is expected here", key or row)
                self.reader.refuse("impact", row, problem, key)
                continue
            for force_key, value in zip(row.keys, row.values, strict=True):
                force = self.trees.name(force_key)
                if force is None:
                    problem = self.reader.not_read("the name of a force is expected here", force_key or row)
                    self.reader.refuse("impact", value, problem, force_key)
                    continue
                impact = self._impact(value)
                if isinstance(impact, Problem):
                    self.reader.refuse("impact", value, impact, force_key)
                else:
                    yield ImpactEntry(solution, force, impact, force.span.through(impact.span))

    def _impact(self, node: ast.expr) -> Name | Problem:
        """An impact. ``very-positive`` and ``"positive"`` can mean one only; all else is refused."""
        impacts = vocabulary().impacts
        name = self.trees.name(node)
        if name is not None and name.name in impacts:
            return name
        word = self.trees.text_of(node).strip("\"'").replace("-", "_").replace(" ", "_")
        if word in impacts:
            message = f"the impact is written {word} in Python"
            self.reader.repaired(message, node, word, ast.copy_location(ast.Name(word, ast.Load()), node))
            return Name(word, self.trees.span(node))
        if name is not None:
            return self.reader.unknown_word("impact", name.name, name.span, impacts)
        return self.reader.not_read(f"an impact is expected here: {', '.join(impacts)}", node)

    def links(self) -> Read:
        """`add_links({a: [b]}, role_name=...)` and `a.add_links(b, role_name=...)`."""
        receiver = self.receiver
        first = self.argument(0, "definitions" if receiver is None else "targets")
        if first is None:
            return self.reader.not_read(f"{self.function.name} links nothing", self.call)
        role = self.trees.text(self.keywords.get("role_name"))
        problem = self._role_problem(role)
        if problem is not None:
            return problem
        is_evidence = role is not None and role.value in _EVIDENCE
        kind: PartKind = "evidence" if is_evidence else "relation"
        if isinstance(first, ast.Dict):
            ends = list(self._ends(first, kind))
        elif receiver is not None:
            source = self.trees.name(receiver)
            if source is None or " " in self.trees.source(source.span):
                return self.reader.not_read("the name of an element is expected here", receiver)
            ends = [RelationEnds(source, self.names(first, "an element", kind))]
        else:
            return self.reader.not_read(f"{self.function.name} needs {{element: [elements]}}", first)
        if role is not None and is_evidence:
            found: list[TraceStatement] = list(self._evidence(ends, role.value))
            found += [self.reader.broken(part.problem, part.span, part.names) for part in self.reader.parts]
            return found or self.reader.not_read(f"{self.function.name} links nothing", self.call)
        stereotypes = self.stereotypes(self.keywords.get("stereotype_instances"))
        return self.relation(ends, role_name=role, stereotypes=stereotypes)

    def _role_problem(self, role: Text | None) -> Problem | None:
        given = self.keywords.get("role_name")
        if given is None or "association" in self.keywords:
            return None
        roles = vocabulary().roles
        if role is None:
            return self.reader.not_read(
                "the role must be a text in quotes", given, self.trees.in_quotes(given)
            )
        if role.value in roles:
            return None
        near = misspelt(role.value, roles)
        message = f"'{role.value}' is no role of the vocabulary"
        return self.reader.report("unknown-word", message, role.span, near and f'"{near}"')

    def _ends(self, table: ast.Dict, kind: PartKind) -> Iterator[RelationEnds]:
        for key, value in zip(table.keys, table.values, strict=True):
            source = self.trees.name(key)
            if source is None:
                problem = self.reader.not_read("the name of an element is expected here", key or value)
                self.reader.refuse(kind, value, problem, key)
            else:
                yield RelationEnds(source, self.names(value, "an element", kind))

    def _evidence(self, ends: list[RelationEnds], role: str) -> Iterator[CodeMention]:
        for end in ends:
            for target in end.targets:
                code, source = (target, end.source) if role == "contained_code" else (end.source, target)
                text = self.trees.source(code.span)
                yield self.reader.mention(code, "contained_code", text, source)

    def stereotyped(self) -> Read:
        """The functions that link two solutions with a stereotype and perhaps a tagged value."""
        source = self.name("a solution", 0)
        target = self.name("a solution", 1)
        if isinstance(source, Problem):
            return source
        if isinstance(target, Problem):
            return target
        given = self.argument(2, "stereotype_instance")
        stereotypes = self.stereotypes(given)
        if not stereotypes:
            message = f"{self.function.name} needs a stereotype, such as can_use, as argument 3"
            refused = next((one.problem for one in self.reader.parts), None)
            return refused or self.reader.not_read(message, given or self.call)
        tagged_text = None
        if "tag_value" in FUNCTIONS[self.function.name]:
            tagged_text = self._text(3, "tag_value", "the tagged value must be a string")
        ends = [RelationEnds(source, (target,))]
        return self.relation(ends, stereotypes=stereotypes, tagged_text=tagged_text)


_HANDLERS: dict[str, Callable[[_LinkCall], Read]] = {
    "add_decision_option_association": _LinkCall.option,
    "add_decision_option_link": _LinkCall.option,
    "add_force_relations": _LinkCall.forces,
    "add_links": _LinkCall.links,
    "add_stereotyped_design_solution_link": _LinkCall.stereotyped,
    "add_stereotyped_link_with_how_tagged_value": _LinkCall.stereotyped,
    "add_stereotyped_link_with_role_tagged_value": _LinkCall.stereotyped,
    "set_links": _LinkCall.links,
}

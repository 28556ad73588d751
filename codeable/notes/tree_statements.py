"""The statement of one syntax tree of a trace. Called by the reader of statements.

What is Python and not read is a `BrokenStatement` with its problem.
"""

import ast
import re
from collections.abc import Iterator

from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.notes import link_calls
from codeable.notes.ast_reader import COLLECTIONS
from codeable.notes.block_reader import BlockReader
from codeable.notes.declarations import declaration
from codeable.notes.model import BrokenStatement, Name, OtherStatement, Problem, TraceStatement
from codeable.notes.rewriting import place_of
from codeable.notes.vocabulary import CONSTRUCTORS, FUNCTIONS, misspelt

_ASSIGNED_CALL = re.compile(r"\s*=\s*(\(?)\s*$")
_NAMES = frozenset({ast.Name, ast.Attribute, *COLLECTIONS})
_LONGEST_SUGGESTION = 200


class TreeStatementReader(BlockReader):
    """Reads statements that are Python."""

    def statement(self, node: ast.stmt) -> Iterator[TraceStatement]:
        """The statements of one tree; a list of names is several."""
        if self.parts or self.changed:
            self.parts, self.changed = [], {}
        if type(node) is ast.Expr:
            yield from self._expression(node.value)
        elif type(node) is ast.Assign:
            yield from self._assignment(node, node.targets, node.value)
        elif type(node) is ast.AnnAssign:
            yield from self._annotated(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield OtherStatement(kind="import", **self.common(node))
        else:
            message = "a trace holds declarations, links and codes; this is none of them"
            yield self._refused(node, message)

    def _refused(
        self,
        node: ast.expr | ast.stmt,
        message: str,
        identifier: Name | None = None,
        suggestion: str | None = None,
    ) -> BrokenStatement:
        return self.broken_off(node, self.not_read(message, node, suggestion), identifier)

    # -- expressions

    def _expression(self, node: ast.expr) -> Iterator[TraceStatement]:
        if type(node) is ast.Constant and isinstance(node.value, str):
            yield from self._string(node)
        elif type(node) is ast.Tuple and len(node.elts) == 1 and _call(node.elts[0]) is not None:
            self._take_comma_out(node)
            yield from self._expression(node.elts[0])
        elif type(node) in _NAMES:
            yield from self._names(node)
        elif (call := _call(node)) is not None:
            yield from self._linked(call, node, None)
        elif (declared := _compared(node)) is not None:
            yield from self._meant_as_assignment(node, *declared)
        else:
            yield self._refused(node, "this statement says nothing", None, self._meant(node))

    def _names(self, node: ast.expr) -> Iterator[TraceStatement]:
        """The codes of a name, or of a list of names."""
        names, others = self.names(node)
        for name in names:
            source = self.trees.source(name.span)
            yield self.mention(name, "name" if name.qualifier is None else "attribute", source)
        for other in others:
            if isinstance(other, ast.Constant) and isinstance(other.value, str):
                yield from self._string(other)
            elif isinstance(other, ast.Constant) and other.value is Ellipsis:
                self.ellipsis(other)
            else:
                yield self._refused(other, "the name of a code is expected here")
        if not names and not others:
            yield self._refused(node, "this statement says nothing")

    def _linked(
        self, call: ast.Call, node: ast.expr | ast.stmt, identifier: Name | None
    ) -> Iterator[TraceStatement]:
        """The statements of a call of a function that links; any other call is reported."""
        function = self.trees.name(call.func)
        if function is not None and function.name in FUNCTIONS:
            read = link_calls.statements(self, call, node, identifier, function)
            if not isinstance(read, Problem):
                yield from read
                return
            problem = read
        elif function is None:
            problem = self.not_read("the name of a function is expected here", call.func)
        elif function.name in CONSTRUCTORS:
            problem = self.not_read("what is declared needs a name: name = " + function.name, call.func)
        else:
            near = misspelt(function.name, (*FUNCTIONS, *CONSTRUCTORS))
            message = f"a trace cannot call '{function.name}'"
            problem = self.report("unknown-word", message, self._last_part(function), near)
        metaclass = self.trees.name(call.args[0]) if call.args and identifier is not None else None
        yield self.broken_off(node, problem, identifier, metaclass)

    def _last_part(self, name: Name) -> Span:
        """The span of a dotted name without what is before its last dot."""
        span = name.span
        if name.qualifier is None or span.line != span.end_line:
            return span
        length = len(name.name)
        return span._replace(column=span.end_column - length, start=span.end - length)

    def _meant(self, node: ast.expr) -> str | None:
        """The force relation that a lone dictionary is meant as."""
        rows = node.values if isinstance(node, ast.Dict) else []
        text = " ".join(self.trees.text_of(node).split())
        if not rows or not all(isinstance(row, ast.Dict) for row in rows) or len(text) > _LONGEST_SUGGESTION:
            return None
        return f"add_force_relations({text})"

    # -- assignments

    def _annotated(self, node: ast.AnnAssign) -> Iterator[TraceStatement]:
        """``a: CClass = …`` is an assignment, ``a: CClass(…)`` is meant as one. All else says nothing."""
        if node.value is not None:
            yield from self._assignment(node, [node.target], node.value)
        elif isinstance(node.target, ast.Name) and _call(node.annotation) is not None:
            yield from self._meant_as_assignment(node, node.target, node.annotation)
        else:
            text = " ".join(self.trees.text_of(node).split())
            suggestion = None
            if isinstance(node.annotation, ast.Dict) and len(text) <= _LONGEST_SUGGESTION:
                suggestion = f"add_force_relations({{{text}}})"
            yield self._refused(node, "this statement says nothing", None, suggestion)

    def _assignment(
        self, node: ast.stmt, targets: list[ast.expr], value: ast.expr
    ) -> Iterator[TraceStatement]:
        identifier = self.trees.name(targets[0]) if isinstance(targets[0], ast.Name) else None
        if identifier is not None and identifier.name in (*FUNCTIONS, *CONSTRUCTORS):
            yield from self._assigned_call(node, identifier, value)
            return
        if type(value) is ast.Tuple and len(value.elts) == 1 and _call(value.elts[0]) is not None:
            self._take_comma_out(value)
            value = value.elts[0]
        call = _call(value)
        if identifier is None or call is None:
            message = "only what is declared or linked here can be given a name"
            target = targets[0]
            if isinstance(target, ast.Attribute):
                message = f"'{target.attr}' cannot be set here; write it in the declaration"
            yield self._refused(node, message, identifier)
            return
        yield from self._bound(node, identifier, call, value)
        for target in targets[1:]:
            message = f"this is a second name of '{identifier.name}'; an element has one"
            yield self._refused(target, message, self.trees.name(target))

    def _bound(
        self, node: ast.stmt, identifier: Name, call: ast.Call, value: ast.expr
    ) -> Iterator[TraceStatement]:
        constructor = self.trees.name(call.func)
        if constructor is not None and constructor.name in CONSTRUCTORS and call is value:
            yield declaration(self, node, identifier, constructor, call)
        else:
            yield from self._linked(call, node, identifier)

    def _assigned_call(self, node: ast.stmt, function: Name, value: ast.expr) -> Iterator[TraceStatement]:
        """``add_decision_option_link = (d, o, "text")`` is meant as a call."""
        at, whole = self.trees.span(value), self.trees.span(node)
        between = _ASSIGNED_CALL.match(self.lines.text, function.span.end, at.start)
        if function.name not in FUNCTIONS or between is None:
            yield self._refused(node, f"'{function.name}' is called, it is no name for an element", function)
            return
        arguments = value.elts if isinstance(value, ast.Tuple) else [value]
        called = ast.copy_location(ast.Name(function.name, ast.Load()), node)
        call = ast.copy_location(ast.Call(called, arguments, []), node)
        in_brackets = between[1] or self.lines.text.startswith("(", at.start)
        edits = [Edit(whole.path, function.span.end, at.start, "" if in_brackets and not between[1] else "(")]
        if not in_brackets:
            edits.append(Edit(whole.path, at.end, at.end, ")"))
        problem = self.report(
            "repaired", f"take the '=' out: '{function.name}' is called", function.span, edits=tuple(edits)
        )
        self.changed[place_of(called)] = called
        read = link_calls.statements(self, call, call, None, function)
        if isinstance(read, Problem):
            self.problems.remove(problem)
            yield self.broken_off(node, read)
        else:
            yield from read

    def _meant_as_assignment(
        self, node: ast.expr | ast.stmt, target: ast.Name, value: ast.expr
    ) -> Iterator[TraceStatement]:
        """``a == CClass(…)`` and ``a: CClass(…)``."""
        name, at = self.trees.name(target), self.trees.span(value)
        assigned = ast.copy_location(ast.Assign([target], value), node)
        call = _call(value)
        if name is None or call is None:
            yield self._refused(node, "this statement says nothing")
            return
        edit = Edit(at.path, name.span.end, at.start, " = ")
        self.report("repaired", "write '=' between a name and what it declares", name.span, edits=(edit,))
        self.changed[place_of(target)] = target
        yield from self._bound(assigned, name, call, value)

    def _take_comma_out(self, node: ast.Tuple) -> None:
        """Read a call with a comma behind it as the call."""
        inner, span = self.trees.span(node.elts[0]), self.trees.span(node)
        at = self.lines.text.find(",", inner.end, span.end)
        edits = (Edit(span.path, at, at + 1, ""),) if at >= 0 else ()
        end = span._replace(line=inner.end_line, column=inner.end_column, start=inner.end)
        self.report("repaired", "take the comma away: it makes a list of one", end, edits=edits)
        self.changed[place_of(node)] = node.elts[0]

    def _string(self, node: ast.Constant) -> Iterator[TraceStatement]:
        """A string as a statement: a remark."""
        yield OtherStatement(kind="text", **self.common(node))


def _call(node: ast.expr) -> ast.Call | None:
    """The call of an expression, also behind an index: ``a.add_links(...)[0]``."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return node if isinstance(node, ast.Call) else None


def _compared(node: ast.expr) -> tuple[ast.Name, ast.expr] | None:
    """Name and call of ``a == CClass(…)``."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq):
        left, right = node.left, node.comparators[0]
        if isinstance(left, ast.Name) and _call(right) is not None:
            return left, right
    return None

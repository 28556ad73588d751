"""Statements of a block of a trace, from its syntax trees. Called by the reader of axial traces.

Every statement of the block is in the record: read, or as a `BrokenStatement` with its problem.
"""

import ast
import keyword
import re
from collections.abc import Iterator
from itertools import islice

from attrs import evolve

from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.notes import link_calls
from codeable.notes.ast_reader import COLLECTIONS, BlockReader, TreeReader
from codeable.notes.code_strings import codes_of_lines, codes_one_to_a_line, content_of, entries, is_entries
from codeable.notes.declarations import declaration
from codeable.notes.model import (
    BrokenStatement,
    Name,
    OtherStatement,
    Problem,
    TraceStatement,
)
from codeable.notes.recovery import Broken, parse_block, trees_of
from codeable.notes.repaired_trees import RepairedTreeReader, span_of_change
from codeable.notes.repairs import Repaired, repairs_of
from codeable.notes.rewriting import place_of
from codeable.notes.statement_splitter import indentation_of
from codeable.notes.vocabulary import CONSTRUCTORS, FUNCTIONS, misspelt

_WORDS = re.compile(r"""\"[^"\n]*"|'[^'\n]*'|\#.*|(?P<name>[^\W\d]\w*)""")
_BROKEN_DECLARATION = re.compile(
    r"\s*(?P<name>\w+(?:[ \t]+\w+)*)\s*=\s*C[A-Z]\w*\s*\W{0,2}\s*(?P<metaclass>\w*)"
)
_ASSIGNED_CALL = re.compile(r"\s*=\s*(\(?)\s*$")
_NAMES = frozenset({ast.Name, ast.Attribute, *COLLECTIONS})
_INDEPENDENT = frozenset({"repaired", "unknown-word", "string-of-codes", "statement-in-string"})
"""Problems that a statement may have besides the one that is repaired."""
_MOST_NAMES = 1_000
"""How many names of a broken statement are kept."""
_LONGEST_SUGGESTION = 200


class StatementReader(BlockReader):
    """Reads the statements of one block."""

    def statements(self, lines: list[str], first: int) -> list[TraceStatement]:
        """The statements of some lines; `first` is the index of the first of them in the note."""
        codes = None if self.context.in_string else codes_one_to_a_line(self, lines, first)
        if codes is not None:
            return list(codes)
        found: list[TraceStatement] = []
        items, fault = parse_block(lines, first + 1)
        if fault is not None:
            at = self._to_end_of_line(first + fault.line, fault.column)
            self.problems.append(Problem("block-not-python", fault.message, at, fault.suggestion))
        for item in items:
            if isinstance(item, Broken):
                found += self._not_python(item, first)
                continue
            if self.trees.offset != first + item.offset:
                self.trees = TreeReader(self.lines, first + item.offset)
            found.extend(self._statement(item.node))
        return found

    def _statement(self, node: ast.stmt) -> Iterator[TraceStatement]:
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

    # -- strings

    def _string(self, node: ast.Constant) -> Iterator[TraceStatement]:
        """A string as a statement: names of codes, statements that slipped into them, or a remark."""
        span = self.trees.span(node)
        lines = None if self.context.in_string else content_of(self, span)
        found = None if lines is None else self._codes(lines, span.line - 1)
        yield from [OtherStatement(kind="text", **self.common(node))] if found is None else found

    def _codes(self, lines: list[str], first: int) -> list[TraceStatement] | None:
        """The statements of the lines in a string; none of a remark."""
        inside = StatementReader(self.lines, evolve(self.context, in_string=True))
        found = codes_of_lines(inside, lines, first, inside.statements)
        if found is not None:
            self.problems += inside.problems
        return found

    def _unclosed_string(self, first: int, last: int) -> list[TraceStatement] | None:
        """The codes in a triple-quoted string that two quotes close, or nothing."""
        lines = self.lines.lines[first : last + 1]
        quotes = lines[0].strip()[:3]
        start = lines[0].index(quotes)
        lines[0] = " " * (start + 3) + lines[0][start + 3 :]
        closed = len(lines) > 1 and lines[-1].strip() == quotes[:2]
        at = self.lines.in_line(last, len(lines[-1].rstrip()), len(lines[-1].rstrip()))
        if closed:
            at = self.lines.in_line(last, indentation_of(lines[-1]), len(lines[-1].rstrip()))
            lines[-1] = ""
        if not any(line.strip() for line in lines):
            self.report("block-not-python", "the triple-quoted string is never closed", at)
            return []
        found = self._codes(lines, first)
        if found:
            text = quotes if closed else "\n" + quotes
            message = f"the list of codes is closed by {quotes}"
            self.report("repaired", message, at, quotes, (Edit(at.path, at.start, at.end, text),))
        return found or None

    # -- what is not Python

    def _not_python(self, item: Broken, first: int) -> list[TraceStatement]:
        """What can be read of a text that is not Python."""
        begin, end = first + item.first, first + item.last
        line = self.lines.lines[begin]
        text = line.strip()
        found = None
        if text.startswith(("'''", '"""')) and not self.context.in_string:
            found = self._unclosed_string(begin, end)
        elif begin == end and is_entries(line) and not keyword.iskeyword(text.split()[0]):
            return list(entries(self, line, begin, "string" if self.context.in_string else "name"))
        else:
            found = self._repaired(begin, end)
        return [self._broken(item, first)] if found is None else found

    def _repaired(self, first: int, last: int) -> list[TraceStatement] | None:
        """The statements that a broken text is certainly meant as; none when it can mean several."""
        source = self.lines.joined(first, last)
        meanings: dict[str, tuple[Repaired, StatementReader, list[TraceStatement]]] = {}
        for repaired in sorted(repairs_of(source), key=lambda one: len(one.changes)):
            lines = repaired.text.split("\n")
            trees, fault = trees_of(lines, 0, len(lines) - 1)
            if fault is not None:
                continue
            meaning = ";".join(ast.dump(tree.node) for tree in trees)
            if meaning in meanings:
                continue
            reader = StatementReader(self.lines, self.context)
            found: list[TraceStatement] = []
            for tree in trees:
                reader.trees = RepairedTreeReader(self.lines, first, repaired, tree.offset)
                found += reader._statement(tree.node)
            if all(one.kind in _INDEPENDENT for one in reader.problems):
                meanings[meaning] = repaired, reader, found
                if len(meanings) > 1:
                    return None
        if not meanings:
            return None
        ((repaired, reader, found),) = meanings.values()
        for change in repaired.changes:
            at = span_of_change(self.lines, first, source, change)
            edit = Edit(at.path, at.start, at.end, change.replacement)
            self.report("repaired", change.message, at, change.replacement or None, (edit,))
        self.problems += reader.problems
        return found

    def _broken(self, item: Broken, first: int) -> BrokenStatement:
        fault = item.fault
        index = first + item.first
        span = self.lines.of_lines(index, first + item.last)
        at = self._to_end_of_line(first + fault.line, fault.column)
        if fault.end is not None:
            at = self.lines.in_line(first + fault.line, fault.column, fault.end)
        kind = "string-of-codes" if self.context.in_string else "block-not-python"
        problem = self.report(kind, fault.message, at, fault.suggestion)
        identifier = metaclass = None
        declared = _BROKEN_DECLARATION.match(self.lines.lines[index])
        if declared is not None:
            at_name = self.lines.in_line(index, *declared.span("name"))
            identifier = Name("_".join(declared["name"].split()), at_name)
            at_metaclass = self.lines.in_line(index, *declared.span("metaclass"))
            metaclass = Name(declared["metaclass"], at_metaclass) if declared["metaclass"] else None
        return BrokenStatement(
            problem=problem,
            identifier=identifier,
            metaclass=metaclass,
            span=span,
            source=self.lines.text[span.start : span.end],
            names=tuple(islice(self._words(index, first + item.last), _MOST_NAMES)),
            evidence=self.context.evidence,
            group=self.context.group,
            in_string=self.context.in_string,
        )

    def _to_end_of_line(self, index: int, column: int) -> Span:
        line = self.lines.lines[index]
        column = min(column, len(line))
        return self.lines.in_line(index, column, max(column, len(line.rstrip())))

    def _words(self, first: int, last: int) -> Iterator[Name]:
        for index in range(first, last + 1):
            for match in _WORDS.finditer(self.lines.lines[index]):
                if match["name"] and not keyword.iskeyword(match["name"]):
                    yield Name(match["name"], self.lines.in_line(index, match.start(), match.end()))


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

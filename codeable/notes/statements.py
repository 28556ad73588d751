"""Statements of a block of a trace, from its syntax trees. Called by the reader of axial traces."""

import ast
import keyword
import re
from collections.abc import Iterator
from itertools import islice

from attrs import evolve

from codeable.kernel.place import Span
from codeable.notes import link_calls
from codeable.notes.ast_reader import COLLECTIONS, BlockReader, TreeReader
from codeable.notes.model import (
    BrokenStatement,
    CodeMention,
    DeclarationStatement,
    Name,
    OtherStatement,
    Problem,
    SourceDeclaration,
    TraceStatement,
    Value,
)
from codeable.notes.recovery import Broken, parse_block
from codeable.notes.statement_splitter import split
from codeable.source_reader import NotLiteral, literal

CONSTRUCTORS = frozenset(
    {
        "CAssociation",
        "CBundle",
        "CClass",
        "CEnum",
        "CLayer",
        "CMetaclass",
        "CObject",
        "CPackage",
        "CStereotype",
    }
)

_CODES = re.compile(r"\s*(?:[-*•]\s+)?[^\W\d][\w.]*(?:\s*,\s*[^\W\d][\w.]*)*\s*(?:,\s*)?(?:\#.*)?$")
_MORE_THAN_CODES = re.compile(r"[(\[{\"'=#\\]")
_CODE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_QUOTES = re.compile(r"(?i:[ru]{0,2})('''|\"\"\"|'|\")")
_WORDS = re.compile(r"""\"[^"\n]*"|'[^'\n]*'|\#.*|(?P<name>[^\W\d]\w*)""")
_BROKEN_DECLARATION = re.compile(
    r"\s*(?P<name>\w+(?:[ \t]+\w+)*)\s*=\s*C[A-Z]\w*\s*\W{0,2}\s*(?P<metaclass>\w*)"
)
_NAMES = frozenset({ast.Name, ast.Attribute, *COLLECTIONS})
_MOST_NAMES = 1_000
"""How many names of a broken statement are kept."""


class StatementReader(BlockReader):
    """Reads the statements of one block."""

    def statements(self, lines: list[str], first: int) -> list[TraceStatement]:
        """The statements of some lines; `first` is the index of the first of them in the note."""
        found: list[TraceStatement] = []
        items, fault = parse_block(lines, first + 1)
        if fault is not None:
            at = self._to_end_of_line(first + fault.line, fault.column)
            self.problems.append(Problem("block-not-python", fault.message, at, fault.suggestion))
        for item in items:
            if isinstance(item, Broken):
                found.append(self._broken(item, first))
                continue
            if self.trees.offset != first + item.offset:
                self.trees = TreeReader(self.lines, first + item.offset)
            found.extend(self._statement(item.node))
        return found

    def _statement(self, node: ast.stmt) -> Iterator[TraceStatement]:
        if type(node) is ast.Expr:
            yield from self._expression(node.value)
        elif type(node) is ast.Assign:
            yield from self._assignment(node, node.targets, node.value)
        elif type(node) is ast.AnnAssign and node.value is not None:
            yield from self._assignment(node, [node.target], node.value)
        else:
            yield self._other(node)

    def _other(self, node: ast.stmt) -> TraceStatement:
        if isinstance(node, ast.Import | ast.ImportFrom):
            return OtherStatement(kind="import", **self.common(node))
        return self.refused(node, "a trace holds declarations, links and codes; this is none of them")

    def _expression(self, node: ast.expr) -> Iterator[TraceStatement]:
        if type(node) is ast.Constant and isinstance(node.value, str):
            yield from self._string(node)
            return
        if type(node) in _NAMES:
            names, others = self.trees.names(node)
            for name in names:
                source = self.trees.source(name.span)
                yield self.mention(name, "name" if name.qualifier is None else "attribute", source)
            for other in others:
                if isinstance(other, ast.Constant) and isinstance(other.value, str):
                    yield from self._string(other)
                else:
                    yield self.refused(other, "a name is expected here")
            if names or others:
                return
        call = _call(node)
        if call is None:
            yield self.refused(node, "this statement says nothing")
        else:
            yield from self._linked(call, node, None)

    def _linked(
        self, call: ast.Call, node: ast.expr | ast.stmt, identifier: Name | None
    ) -> Iterator[TraceStatement]:
        """The statements of a call. What is no statement is reported, by the reader of the call or here."""
        before = len(self.problems)
        found = link_calls.statements(self, call, node, identifier)
        if found is not None:
            yield from found
        elif len(self.problems) > before:
            yield self.broken_off(node, self.problems[-1], identifier)
        else:
            yield self.refused(node, "no function of the vocabulary is called", identifier)

    def _assignment(
        self, node: ast.stmt, targets: list[ast.expr], value: ast.expr
    ) -> Iterator[TraceStatement]:
        identifier = self.trees.name(targets[0]) if isinstance(targets[0], ast.Name) else None
        call = _call(value)
        if identifier is None or call is None:
            yield self.refused(node, "only what is declared or linked can be given a name", identifier)
            return
        constructor = self.trees.name(call.func)
        if constructor is not None and constructor.name in CONSTRUCTORS and call is value:
            yield self._declaration(node, identifier, constructor, call)
        else:
            yield from self._linked(call, node, identifier)
        for target in targets[1:]:
            message = f"this is a second name of '{identifier.name}'; a study has one for each element"
            yield self.refused(target, message, self.trees.name(target))

    def _declaration(
        self, node: ast.stmt, identifier: Name, constructor: Name, call: ast.Call
    ) -> DeclarationStatement:
        trees = self.trees
        given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}
        metaclass = next((name for one in call.args if (name := trees.name(one))), None)
        metaclass = metaclass or trees.name(given.get("metaclass"))
        display_name = next((text for one in call.args if (text := trees.text(one))), None)
        display_name = display_name or trees.text(given.get("name"))
        is_source = metaclass is not None and metaclass.name == "source"
        return (SourceDeclaration if is_source else DeclarationStatement)(
            identifier=identifier,
            constructor=constructor,
            metaclass=metaclass,
            display_name=display_name,
            values=tuple(self._values(given.get("values"))),
            **self.common(node),
        )

    def _values(self, node: ast.expr | None) -> Iterator[Value]:
        if node is None:
            return
        if not isinstance(node, ast.Dict):
            self.not_read("the values must be a dictionary in the call itself", node)
            return
        for key, value in zip(node.keys, node.values, strict=True):
            name = self.trees.text(key)
            if name is None:
                self.not_read("the name of a value must be a string", key or value)
                continue
            read = literal(value)
            at = self.trees.span(value)
            span = name.span.through(at)
            if isinstance(read, NotLiteral):
                yield Value(name, None, False, span, at)
            else:
                yield Value(name, read, True, span, at)

    def _string(self, node: ast.Constant) -> Iterator[TraceStatement]:
        """A string as a statement: names of codes, statements that slipped into them, or a remark."""
        span = self.trees.span(node)
        source = self.trees.source(span)
        quotes = _QUOTES.match(source)
        inner = source[quotes.end() : -len(quotes[1])] if quotes else ""
        nested = self.context.in_string
        if quotes is None or nested or not source.endswith(quotes[1]) or quotes[1] in inner:
            yield OtherStatement(kind="text", **self.common(node))
            return
        lines = self.lines.lines[span.line - 1 : span.end_line]
        lines[-1] = lines[-1][: span.end_column - 1 - len(quotes[1])]
        begin = span.column - 1 + quotes.end()
        lines[0] = " " * begin + lines[0][begin:]
        inside = StatementReader(self.lines, evolve(self.context, in_string=True))
        found = inside.codes(lines, span.line - 1)
        if not self.context.codes_expected and all(isinstance(one, BrokenStatement) for one in found):
            yield OtherStatement(kind="text", **self.common(node))
            return
        self.problems += inside.problems
        yield from found

    def codes(self, lines: list[str], first: int) -> list[TraceStatement]:
        """The mentions of codes in the lines of a string, and the statements among them."""
        codes = [(index, line) for index, line in enumerate(lines, first) if line.strip()]
        if all(_CODES.match(line) and not _MORE_THAN_CODES.search(line) for _, line in codes):
            return [entry for index, line in codes for entry in self._entries(line, index)]
        found: list[TraceStatement] = []
        slipped: TraceStatement | None = None
        for piece in split(lines, first + 1):
            line = lines[piece.first]
            if piece.first == piece.last and _CODES.match(line):
                found.extend(self._entries(line, first + piece.first))
                continue
            read = self.statements(lines[piece.first : piece.last + 1], first + piece.first)
            found.extend(read)
            slipped = slipped or next((one for one in read if not isinstance(one, BrokenStatement)), None)
        if slipped is not None:
            message = "a statement is inside the string of codes"
            self.problems.append(Problem("statement-in-string", message, slipped.span))
        return found

    def _entries(self, line: str, index: int) -> Iterator[CodeMention]:
        for match in _CODE.finditer(line.partition("#")[0]):
            qualifier, _, name = match[0].rpartition(".")
            span = self.lines.in_line(index, match.start(), match.end())
            yield self.mention(Name(name, span, qualifier or None), "string", match[0])

    def _broken(self, item: Broken, first: int) -> BrokenStatement:
        fault = item.fault
        index = first + item.first
        span = self.lines.of_lines(index, first + item.last)
        at = self._to_end_of_line(first + fault.line, fault.column)
        kind = "string-of-codes" if self.context.in_string else "block-not-python"
        problem = Problem(kind, fault.message, at, fault.suggestion)
        self.problems.append(problem)
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

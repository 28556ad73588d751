"""From the syntax trees of a trace to its statements."""

import ast
import keyword
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal

from attrs import frozen

from codeable.lines import Lines
from codeable.notes import link_calls
from codeable.notes.ast_reader import COLLECTIONS, TreeReader
from codeable.notes.records import (
    BrokenStatement,
    CodeMention,
    Declaration,
    Name,
    OtherStatement,
    Passage,
    Problem,
    SourceDeclaration,
    Span,
    Statement,
    Value,
)
from codeable.notes.recovery import Broken, parse_block
from codeable.notes.statement_splitter import split
from codeable.source_reader import NotLiteral, literal

__all__ = ["Context", "StatementReader"]

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


@frozen
class Context:
    """What a statement takes from the trace it stands in."""

    evidence: tuple[Passage, ...] = ()
    group: int = 0
    added_to: Name | None = None
    codes_expected: bool = False


class StatementReader:
    """Reads the statements of one block; what it does not understand goes to `problems`."""

    def __init__(self, lines: Lines, context: Context) -> None:
        self.lines = lines
        self.context = context
        self.problems: list[Problem] = []
        self.in_string = False

    def block(self, first: int, last: int) -> list[Statement]:
        """The statements between two lines of the note (from 0, the last inclusive)."""
        return self._statements(self.lines.lines[first : last + 1], first)

    def _statements(self, lines: list[str], first: int) -> list[Statement]:
        found: list[Statement] = []
        items, fault = parse_block(lines, first + 1)
        if fault is not None:
            at = self._to_end_of_line(first + fault.line, fault.column)
            self.problems.append(Problem("block-not-python", fault.message, at, fault.suggestion))
        trees = TreeReader(self.lines, first)
        for item in items:
            if isinstance(item, Broken):
                found.append(self._broken(item, first))
                continue
            if trees.offset != first + item.offset:
                trees = TreeReader(self.lines, first + item.offset)
            found.extend(self._whole(item.node, trees))
        return found

    def _whole(self, node: ast.stmt, trees: TreeReader) -> Iterator[Statement]:
        if type(node) is ast.Expr:
            yield from self._expression(node.value, trees)
        elif type(node) is ast.Assign:
            yield from self._assignment(node, node.targets, node.value, trees)
        elif type(node) is ast.AnnAssign and node.value is not None:
            yield from self._assignment(node, [node.target], node.value, trees)
        else:
            imports = isinstance(node, ast.Import | ast.ImportFrom)
            yield OtherStatement(kind="import" if imports else "other", **self.common(node, trees))

    def _expression(self, node: ast.expr, trees: TreeReader) -> Iterator[Statement]:
        if type(node) is ast.Constant and isinstance(node.value, str):
            yield from self._string(node, trees)
            return
        if type(node) in _NAMES:
            names, others = trees.names(node)
            for name in names:
                yield self.mention(name, "name" if name.qualifier is None else "attribute", trees)
            for other in others:
                if isinstance(other, ast.Constant) and isinstance(other.value, str):
                    yield from self._string(other, trees)
                else:
                    yield OtherStatement(kind="other", **self.common(other, trees))
            if names or others:
                return
        call = _call(node)
        read = link_calls.read(self, call, node, None, trees) if call is not None else None
        if read is None:
            yield OtherStatement(kind="other", **self.common(node, trees))
        else:
            yield from read

    def _assignment(
        self, node: ast.stmt, targets: list[ast.expr], value: ast.expr, trees: TreeReader
    ) -> Iterator[Statement]:
        identifier = trees.name(targets[0]) if isinstance(targets[0], ast.Name) else None
        call = _call(value)
        if identifier is not None and call is not None:
            constructor = trees.name(call.func)
            if constructor is not None and constructor.name in CONSTRUCTORS and call is value:
                yield self._declaration(node, identifier, constructor, call, trees)
                yield from self._further_names(targets[1:], node, trees)
                return
            read = link_calls.read(self, call, node, identifier, trees)
            if read is not None:
                yield from read
                yield from self._further_names(targets[1:], node, trees)
                return
        yield OtherStatement(kind="assignment", identifier=identifier, **self.common(node, trees))

    def _further_names(
        self, targets: list[ast.expr], node: ast.stmt, trees: TreeReader
    ) -> Iterator[Statement]:
        for target in targets:
            yield OtherStatement(kind="assignment", identifier=trees.name(target), **self.common(node, trees))

    def _declaration(
        self, node: ast.stmt, identifier: Name, constructor: Name, call: ast.Call, trees: TreeReader
    ) -> Declaration:
        given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}
        metaclass = next((name for one in call.args if (name := trees.name(one))), None)
        metaclass = metaclass or trees.name(given.get("metaclass"))
        display_name = next((text for one in call.args if (text := trees.text(one))), None)
        display_name = display_name or trees.text(given.get("name"))
        values = given.get("values")
        return (SourceDeclaration if metaclass and metaclass.name == "source" else Declaration)(
            identifier=identifier,
            constructor=constructor,
            metaclass=metaclass,
            display_name=display_name,
            values=tuple(self._values(values, trees)),
            values_span=trees.span(values) if values is not None else None,
            options=tuple(name for name in given if name != "values"),
            **self.common(node, trees),
        )

    def _values(self, node: ast.expr | None, trees: TreeReader) -> Iterator[Value]:
        if node is None:
            return
        if not isinstance(node, ast.Dict):
            self.not_read("the values are no dictionary written out", node, trees)
            return
        for key, value in zip(node.keys, node.values, strict=True):
            name = trees.text(key)
            if name is None:
                self.not_read("the name of a value is no text", key or value, trees)
                continue
            read = literal(value)
            at = trees.span(value)
            span = self.lines.span(name.span.line, name.span.column, at.end_line, at.end_column)
            if isinstance(read, NotLiteral):
                yield Value(name, None, False, span, at)
            else:
                yield Value(name, read, True, span, at)

    def _string(self, node: ast.Constant, trees: TreeReader) -> Iterator[Statement]:
        """A string that stands by itself: names of codes, statements that slipped into them, or a remark."""
        span = trees.span(node)
        source = trees.source(span)
        quotes = _QUOTES.match(source)
        inner = source[quotes.end() : -len(quotes[1])] if quotes else ""
        if quotes is None or self.in_string or not source.endswith(quotes[1]) or quotes[1] in inner:
            yield OtherStatement(kind="text", **self.common(node, trees))
            return
        lines = self.lines.lines[span.line - 1 : span.end_line]
        lines[-1] = lines[-1][: span.end_column - 1 - len(quotes[1])]
        begin = span.column - 1 + quotes.end()
        lines[0] = " " * begin + lines[0][begin:]
        before = len(self.problems)
        found = self._codes(lines, span.line - 1)
        if not self.context.codes_expected and all(isinstance(one, BrokenStatement) for one in found):
            del self.problems[before:]
            found = [OtherStatement(kind="text", **self.common(node, trees))]
        yield from found

    def _codes(self, lines: list[str], first: int) -> list[Statement]:
        codes = [(index, line) for index, line in enumerate(lines, first) if line.strip()]
        if all(_CODES.match(line) and not _MORE_THAN_CODES.search(line) for _, line in codes):
            return [entry for index, line in codes for entry in self._entries(line, index)]
        found: list[Statement] = []
        slipped: Statement | None = None
        self.in_string = True
        for piece in split(lines, first + 1):
            line = lines[piece.first]
            if piece.first == piece.last and _CODES.match(line):
                found.extend(self._entries(line, first + piece.first))
                continue
            read = self._statements(lines[piece.first : piece.last + 1], first + piece.first)
            found.extend(read)
            slipped = slipped or next((one for one in read if not isinstance(one, BrokenStatement)), None)
        self.in_string = False
        if slipped is not None:
            message = "a statement stands inside the string of codes"
            self.problems.append(Problem("statement-in-string", message, slipped.span))
        return found

    def _entries(self, line: str, index: int) -> Iterator[CodeMention]:
        for match in _CODE.finditer(line.partition("#")[0]):
            qualifier, _, name = match[0].rpartition(".")
            span = self.lines.in_line(index, match.start(), match.end())
            code = Name(name, span, qualifier or None)
            yield CodeMention(
                code=code,
                how="string",
                added_to=self.context.added_to,
                span=span,
                source=match[0],
                names=(code,),
                evidence=self.context.evidence,
                group=self.context.group,
                in_string=False,
            )

    def mention(
        self,
        code: Name,
        how: Literal["name", "contained_code", "attribute"],
        trees: TreeReader,
        added_to: Name | None = None,
    ) -> CodeMention:
        """A code that was met; to the source that the prose names unless another one is given."""
        return CodeMention(
            code=code,
            how=how,
            added_to=added_to or self.context.added_to,
            span=code.span,
            source=trees.source(code.span),
            names=(code,) if added_to is None else (code, added_to),
            evidence=self.context.evidence,
            group=self.context.group,
            in_string=self.in_string,
        )

    def common(self, node: ast.expr | ast.stmt, trees: TreeReader) -> dict[str, Any]:
        """The fields that every statement has."""
        span = trees.span(node)
        return {
            "span": span,
            "source": trees.source(span),
            "names": trees.names_read(node),
            "evidence": self.context.evidence,
            "group": self.context.group,
            "in_string": self.in_string,
        }

    def not_read(self, message: str, node: ast.expr, trees: TreeReader) -> None:
        """Report a part of a statement that is Python but not what is expected there."""
        self.problems.append(Problem("statement-not-read", message, trees.span(node)))

    def _broken(self, item: Broken, first: int) -> BrokenStatement:
        fault = item.fault
        span = self.lines.of_lines(first + item.first, first + item.last)
        at = self._to_end_of_line(first + fault.line, fault.column)
        kind = "string-of-codes" if self.in_string else "block-not-python"
        problem = Problem(kind, fault.message, at, fault.suggestion)
        self.problems.append(problem)
        declared = _BROKEN_DECLARATION.match(self.lines.lines[first + item.first])
        names = tuple(islice(self._words(first + item.first, first + item.last), _MOST_NAMES))
        identifier = metaclass = None
        if declared is not None:
            index = first + item.first
            at_name = self.lines.in_line(index, declared.start("name"), declared.end("name"))
            identifier = Name("_".join(declared["name"].split()), at_name)
            at_metaclass = self.lines.in_line(index, declared.start("metaclass"), declared.end("metaclass"))
            metaclass = Name(declared["metaclass"], at_metaclass) if declared["metaclass"] else None
        return BrokenStatement(
            problem=problem,
            identifier=identifier,
            metaclass=metaclass,
            span=span,
            source=self.lines.text[span.start : span.end],
            names=names,
            evidence=self.context.evidence,
            group=self.context.group,
            in_string=self.in_string,
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

"""Names and texts in the syntax trees of a trace, and the fields that all statements of a block share.

Called by the readers of statements and of link calls.
"""

import ast
from typing import Any, Literal

from attrs import frozen

from codeable.lines import Lines
from codeable.notes.model import BrokenStatement, CodeMention, Name, Passage, Problem, Text
from codeable.source_reader import NodeSpans, dotted_name, literal

COLLECTIONS = (ast.List, ast.Tuple, ast.Set)


class TreeReader(NodeSpans):
    """Reads the trees of one stretch of a note.

    Args:
        lines: The note.
        offset: What to add to a line of a tree (from 1) to get the index of the line in the note (from 0).
    """

    __slots__ = ("_names",)

    def __init__(self, lines: Lines, offset: int) -> None:
        super().__init__(lines, offset)
        self._names: dict[ast.expr | None, Name] = {}

    def name(self, node: ast.expr | None) -> Name | None:
        """A name, or the last part of a dotted one; none for any other expression."""
        found = self._names.get(node)
        if found is not None:
            return found
        if type(node) is ast.Name:
            found = Name(node.id, self.span(node))
        elif type(node) is ast.Attribute and (qualifier := dotted_name(node.value)) is not None:
            found = Name(node.attr, self.span(node), qualifier)
        else:
            return None
        self._names[node] = found
        return found

    def names(self, node: ast.expr) -> tuple[list[Name], list[ast.expr]]:
        """The names of a list, tuple or set (or of a single name), and what in it is no name."""
        found: list[Name] = []
        others: list[ast.expr] = []
        for element in node.elts if isinstance(node, COLLECTIONS) else [node]:
            name = self.name(element)
            if name is None:
                others.append(element)
            else:
                found.append(name)
        return found, others

    def text(self, node: ast.expr | None) -> Text | None:
        """A string, or strings joined by ``+``; none for any other expression."""
        if node is None:
            return None
        value = literal(node)
        return Text(value, self.span(node)) if isinstance(value, str) else None

    def names_read(self, node: ast.AST) -> tuple[Name, ...]:
        """Every name that a tree reads, in order; of calls the arguments only, not what is called."""
        found: list[Name] = []
        rest: list[ast.AST] = [node]
        while rest:
            current = rest.pop()
            if type(current) is ast.Name or type(current) is ast.Attribute:
                name = self.name(current) if type(current.ctx) is ast.Load else None
                if name is not None:
                    found.append(name)
                elif type(current) is ast.Attribute:
                    rest.append(current.value)
            elif type(current) is not ast.Constant:
                rest += _parts(current)
        return tuple(found)


@frozen
class TraceContext:
    """What every statement takes from its trace.

    Attributes:
        evidence: The passages before the trace.
        group: The number of its group of traces.
        added_to: The source that the prose above the block names.
        codes_expected: Whether that prose says that codes follow.
        in_string: Whether the statements are inside a triple-quoted string.
    """

    evidence: tuple[Passage, ...] = ()
    group: int = 0
    added_to: Name | None = None
    codes_expected: bool = False
    in_string: bool = False


class BlockReader:
    """What the readers of statements and of link calls share about one block.

    Args:
        lines: The note.
        context: What the statements take from the trace.

    Attributes:
        problems: What is not understood.
        trees: Reads the tree of the current statement.
    """

    def __init__(self, lines: Lines, context: TraceContext) -> None:
        self.lines = lines
        self.context = context
        self.problems: list[Problem] = []
        self.trees = TreeReader(lines, 0)

    def mention(
        self,
        code: Name,
        how: Literal["name", "string", "contained_code", "attribute"],
        source: str,
        added_to: Name | None = None,
    ) -> CodeMention:
        """A mention of a code; without a source in the statement, that of the prose counts."""
        return CodeMention(
            code=code,
            how=how,
            added_to=added_to or self.context.added_to,
            span=code.span,
            source=source,
            names=(code,) if added_to is None else (code, added_to),
            evidence=self.context.evidence,
            group=self.context.group,
            in_string=self.context.in_string and how != "string",
        )

    def common(self, node: ast.expr | ast.stmt) -> dict[str, Any]:
        """The fields of every statement."""
        span = self.trees.span(node)
        return {
            "span": span,
            "source": self.trees.source(span),
            "names": self.trees.names_read(node),
            "evidence": self.context.evidence,
            "group": self.context.group,
            "in_string": self.context.in_string,
        }

    def refused(
        self, node: ast.expr | ast.stmt, message: str, identifier: Name | None = None
    ) -> BrokenStatement:
        """A statement that is Python and not read, with its problem."""
        problem = Problem("statement-not-read", message, self.trees.span(node))
        self.problems.append(problem)
        return self.broken_off(node, problem, identifier)

    def broken_off(
        self, node: ast.expr | ast.stmt, problem: Problem, identifier: Name | None = None
    ) -> BrokenStatement:
        """A statement that is Python and not read, because of a problem that is reported already."""
        return BrokenStatement(problem=problem, identifier=identifier, **self.common(node))

    def not_read(self, message: str, node: ast.expr) -> None:
        """Report a part of a statement that is Python but not what the statement needs."""
        self.problems.append(Problem("statement-not-read", message, self.trees.span(node)))


def _parts(node: ast.AST) -> list[ast.AST]:
    """The parts of a tree, the last one first; of a call without what is called."""
    if type(node) is ast.Expr:
        return [node.value]
    if type(node) is ast.Assign:
        return [node.value, *reversed(node.targets)]
    if type(node) is ast.Call:
        keywords = [keyword.value for keyword in reversed(node.keywords)]
        called = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return [*keywords, *reversed(node.args), *called]
    if type(node) is ast.Dict:
        entries = zip(reversed(node.keys), reversed(node.values), strict=True)
        return [part for key, value in entries for part in (value, key) if part is not None]
    return list(ast.iter_child_nodes(node))[::-1]

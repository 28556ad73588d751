"""Names and texts in the syntax trees of a trace. Called by the readers of a block."""

import ast

from codeable.lines import Lines
from codeable.notes.model import Name, Text
from codeable.source_reader import NodeSpans, dotted_name, literal

COLLECTIONS = (ast.List, ast.Tuple, ast.Set)


class TreeReader(NodeSpans):
    """Reads the trees of one stretch of a note.

    Args:
        lines: The note.
        offset: What to add to a line of a tree (from 1) to get the index of the line in the note (from 0).
    """

    __slots__ = ("_names",)

    repaired = False
    """Whether a repaired text was parsed, see `RepairedTreeReader`."""

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

    def text_of(self, node: ast.expr | ast.stmt) -> str:
        """The text of a node as it was parsed."""
        return self.source(self.span(node))

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

    def in_quotes(self, node: ast.expr | None) -> str | None:
        """A name in quotes, where a text is meant; none for any other expression."""
        name = self.name(node)
        return f'"{name.name}"' if name is not None else None

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


def is_none(node: ast.expr) -> bool:
    """Whether ``None`` is written."""
    return isinstance(node, ast.Constant) and node.value is None


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

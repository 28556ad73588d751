"""Statements as Python again, without the parts that are refused. Called by the readers of a block."""

import ast
from collections.abc import Mapping

Place = tuple[type, int, int, int | None, int | None]
Changes = dict[Place, ast.expr | None]
"""Place of a node → the expression that is read instead of it; none for a part that is left out."""


def place_of(node: ast.expr | ast.stmt | ast.keyword) -> Place:
    """What tells a node from the others of its tree."""
    return type(node), node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


def rewritten(node: ast.expr | ast.stmt, changes: Mapping[Place, ast.expr | None]) -> str | None:
    """The text of a statement with its changes; none of a tree that is too deep to be written.

    Example:
        >>> (statement,) = ast.parse("f(a, 1, b=c)").body
        >>> rewritten(statement, {place_of(statement.value.args[1]): None})
        'f(a, b=c)'
    """
    try:
        changed = _Rewriter(changes).visit(node)
        return ast.unparse(changed) if changed is not None else None
    except RecursionError:
        return None


class _Rewriter(ast.NodeTransformer):
    """Makes a changed copy of the nodes above a change; the others stay the same."""

    def __init__(self, changes: Mapping[Place, ast.expr | None]) -> None:
        self.changes = changes

    def visit(self, node: ast.AST) -> ast.AST | None:
        if isinstance(node, ast.expr | ast.keyword) and place_of(node) in self.changes:
            read = self.changes[place_of(node)]
            return read if read is None or place_of(read) in self.changes else self.visit(read)
        if isinstance(node, ast.Dict):
            return self._dict(node)
        copied = type(node)(**dict(ast.iter_fields(node)))
        for name, old in ast.iter_fields(node):
            if isinstance(old, list):
                new = [self.visit(one) if isinstance(one, ast.AST) else one for one in old]
                setattr(copied, name, [one for one in new if one is not None])
            elif isinstance(old, ast.AST):
                setattr(copied, name, self.visit(old))
        if isinstance(node, ast.keyword) and isinstance(copied, ast.keyword):
            had_entries = isinstance(node.value, ast.Dict) and node.value.values
            if copied.value is None or (had_entries and not getattr(copied.value, "values", True)):
                return None
        return ast.copy_location(copied, node)

    def _dict(self, node: ast.Dict) -> ast.Dict:
        """A dictionary without the entries of which key or value is left out."""
        entries = [
            (key and self.visit(key), self.visit(value), key is None)
            for key, value in zip(node.keys, node.values, strict=True)
        ]
        kept = [(key, value) for key, value, unpacked in entries if value and (key or unpacked)]
        return ast.copy_location(ast.Dict([key for key, _ in kept], [value for _, value in kept]), node)  # type: ignore[misc]

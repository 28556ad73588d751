"""Which names Python source binds, and which of it runs only in the program.

`notes.build` asks about the modules of a study, `compat` about those that it reads and rewrites.
"""

import ast
from collections.abc import Collection, Iterable, Iterator
from typing import TypeGuard

Function = ast.FunctionDef | ast.AsyncFunctionDef
Scoped = Function | ast.ClassDef
"""The statements with names of their own."""

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def bound_names(
    nodes: Iterable[ast.AST], without: Collection[ast.AST] = (), *, imports: bool = True
) -> Iterator[str]:
    r"""The names that code binds, each as often as it does, without those of functions and classes in it.

    Args:
        nodes: The code, such as the statements of a module.
        without: Parts of it that do not count.
        imports: Whether imports count; those with a star bind no name that can be read in them.

    Example:
        >>> list(bound_names(ast.parse("import a.b\nfor c in [d for d in a]:\n    def e(f): g = 1").body))
        ['a', 'c', 'e']
        >>> list(bound_names(ast.parse("a = [b := c for c in d]\nmatch a:\n    case [e, *f]: pass").body))
        ['a', 'b', 'e', 'f']
    """
    waiting = list(nodes)[::-1]
    while waiting:
        node = waiting.pop()
        if node in without or isinstance(node, ast.Lambda):
            continue
        if isinstance(node, Comprehension):  # of the names in it, only those of `:=` are bound around it
            yield from (each.target.id for each in ast.walk(node) if isinstance(each, ast.NamedExpr))
            continue
        if isinstance(node, Scoped):
            yield node.name
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.MatchAs | ast.MatchStar) and node.name is not None:
            yield node.name
        elif isinstance(node, ast.alias) and imports and node.name != "*":
            yield node.asname or node.name.partition(".")[0]
        waiting += list(ast.iter_child_nodes(node))[::-1]


def is_main_block(statement: ast.stmt) -> TypeGuard[ast.If]:
    """Whether a statement runs only where its module is the program: `if __name__ == "__main__":`."""
    match statement:
        case ast.If(test=ast.Compare(left=left, ops=[ast.Eq()], comparators=[right])):
            return {ast.unparse(left), ast.unparse(right)} == {"__name__", "'__main__'"}
    return False

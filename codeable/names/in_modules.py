"""The names of a study in a module, found in its syntax tree. The module is not run.

Only names at the top of a module are those of elements; a function or class has names of its own.
"""

import ast
from collections.abc import Iterator

from codeable.names.modules import Module
from codeable.names.occurrence import Occurrence, Role


def occurrences_in_module(module: Module) -> tuple[Occurrence, ...]:
    r"""The names that a module binds, reads and imports, in the order of the text; none when it is no Python.

    Example:
        >>> module = Module("a.py", "bus = CClass(pattern, 'Event Bus')\nadd_links({s1: bus})")
        >>> [(one.name, one.role) for one in occurrences_in_module(module) if one.name == "bus"]
        [('bus', 'declaration'), ('bus', 'use')]
    """
    tree = module.tree
    found = [] if tree is None else list(_names_in(module, tree))
    return tuple(sorted(found, key=lambda one: one.span.start))


def _names_in(module: Module, tree: ast.Module) -> Iterator[Occurrence]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            role: Role = "declaration" if isinstance(node.ctx, ast.Store) else "use"
            yield Occurrence(node.id, module.span(node), role)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name != "*":
                    span = module.span(alias)
                    end = span.start + len(alias.name)
                    span = span._replace(end_column=span.column + len(alias.name), end=end)
                    yield Occurrence(alias.name, span, "import")

"""Takes out of a module what only draws: the renderer, what it makes, and the statements that use it."""

import ast
from collections.abc import Iterator

from codeable.compat.convert.codeable_modules import is_drawing
from codeable.compat.convert.imports import ImportNames, imported_names
from codeable.compat.convert.module_edits import ModuleEdits, bodies_of

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def take_out_drawing(module: ModuleEdits, package: str, names: ImportNames) -> list[ast.stmt]:
    """Take out the statements of a module that only draw; functions that do nothing else go with their calls.

    Args:
        module: The module; its edits are added to.
        package: The full name of the package it is in.
        names: How modules are called in the new study.

    Returns:
        What was taken out, the outermost statements.
    """
    drawing: set[str] = set()
    for old, _, bound, statement in imported_names(module, package):
        if is_drawing(names.provided(old) or ""):
            drawing.add(bound)
            module.taken_out.add(statement)
    before = -1
    while drawing and before != len(module.taken_out) + len(drawing):
        before = len(module.taken_out) + len(drawing)
        _take_out(module, module.tree.body, drawing)
    return list(_outermost(module, module.tree.body))


def _take_out(module: ModuleEdits, body: list[ast.stmt], drawing: set[str]) -> None:
    for statement in body:
        if statement in module.taken_out:
            continue
        inner = list(bodies_of(statement))
        if not inner:
            if drawing & _used(statement):
                module.taken_out.add(statement)
                drawing.update(_bound(statement))
            continue
        for each in inner:
            _take_out(module, each, drawing)
        if any(each in module.taken_out for part in inner for each in part) and _is_empty(module, inner):
            module.taken_out.add(statement)
            if isinstance(statement, _Function):
                drawing.add(statement.name)


def _is_empty(module: ModuleEdits, inner: list[list[ast.stmt]]) -> bool:
    """Whether nothing is left in a compound statement but texts and `pass`."""
    return all(
        each in module.taken_out
        or isinstance(each, ast.Pass)
        or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
        for body in inner
        for each in body
    )


def _used(statement: ast.stmt) -> set[str]:
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _bound(statement: ast.stmt) -> set[str]:
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _outermost(module: ModuleEdits, body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        if statement in module.taken_out:
            yield statement
        else:
            for each in bodies_of(statement):
                yield from _outermost(module, each)

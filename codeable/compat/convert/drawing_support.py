"""Takes out what only statements that draw need: their paths, lists of views and imports."""

import ast
import sys
from collections.abc import Collection, Iterator

from codeable.compat.convert.module_edits import ModuleEdits

_PLAIN_CALLS = frozenset(
    {
        *("abspath", "absolute", "basename", "dict", "dirname", "exists", "format", "get", "get_links"),
        *("getcwd", "getenv", "isdir", "join", "len", "list", "normpath", "Path", "realpath", "replace"),
        *("resolve", "set", "str", "strip", "ArgumentParser", "parse_args", "parse_known_args"),
    }
)


def take_out_support(module: ModuleEdits, read_elsewhere: Collection[str]) -> None:
    """Take out what nothing needs any more once the statements that draw are gone.

    Args:
        module: The module, without the statements that draw; its edits are added to.
        read_elsewhere: The names that other modules may read of this one.
    """
    before = -1
    while before != len(module.taken_out):
        before = len(module.taken_out)
        needed = _read_by_what_is_taken_out(module)
        describing = {
            each for each in module.statements() if isinstance(each, ast.Expr) and any(_bound(each))
        }
        read = {each.id for each in module.names(without=describing)} | set(read_elsewhere)
        for statement in module.statements():
            match statement:
                case ast.AugAssign(target=ast.Name(id=name)):
                    read.add(name)
        for statement in list(module.statements()):
            bound = set(_bound(statement))
            if bound and bound <= needed - read:
                module.taken_out.add(statement)


def _read_by_what_is_taken_out(module: ModuleEdits) -> set[str]:
    nodes = [each for part in (*module.taken_out, *module.hidden) for each in ast.walk(part)]
    return {each.id for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}


def _bound(statement: ast.stmt) -> Iterator[str]:
    """The names that an import or an assignment of a plain value binds, or a call gives arguments."""
    match statement:
        case ast.Import(names=names) if all(_is_of_python(each.name) for each in names):
            yield from (each.asname or each.name.partition(".")[0] for each in names)
        case ast.ImportFrom(names=names, module=str() as module, level=0) if _is_of_python(module):
            yield from (each.asname or each.name for each in names)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_plain(value):
            yield name
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="add_argument", value=ast.Name(id=name)))):
            yield name


def _is_of_python(module: str) -> bool:
    """Whether a module has no elements of the study: it is of Python, or has only functions."""
    return module.partition(".")[0] in sys.stdlib_module_names or "codeable_models.internal" in module


def _is_plain(value: ast.expr) -> bool:
    """Whether a value is text, numbers, paths, or a list of names with options."""
    if isinstance(value, ast.Name | ast.Attribute | ast.Subscript):
        return ast.unparse(value).startswith(("sys.", "os."))
    calls = [each.func for each in ast.walk(value) if isinstance(each, ast.Call)]
    names = [each.id if isinstance(each, ast.Name) else getattr(each, "attr", "") for each in calls]
    return all(name in _PLAIN_CALLS for name in names)

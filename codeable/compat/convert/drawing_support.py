"""Takes out what only statements that draw need: their paths, lists of views and imports."""

import ast
import sys
from collections.abc import Collection, Iterator

from codeable.compat.convert.module_edits import ModuleEdits

_PLAIN = (
    ast.Constant,
    ast.JoinedStr,
    ast.BinOp,
    ast.Call,
    ast.List,
    ast.Tuple,
    ast.Dict,
    ast.Set,
    ast.IfExp,
    ast.ListComp,
    ast.SetComp,
    ast.Attribute,
)
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
    needed = _read_by_what_is_taken_out(module)
    before = -1
    while before != len(module.taken_out):
        before = len(module.taken_out)
        needed |= _read_by_what_is_taken_out(module)
        describing = {each for each in module.statements() if _describes_arguments(each)}
        read = {each.id for each in module.names(without=describing)}
        read |= set(read_elsewhere) | set(_extended(module))
        module.taken_out |= {
            each for each in describing if not _receiver(each) & read and _receiver(each) & needed
        }
        for statement in list(module.statements()):
            bound = list(_bound(statement))
            if bound and all(name in needed and name not in read for name in bound):
                module.taken_out.add(statement)


def _describes_arguments(statement: ast.stmt) -> bool:
    """Whether a statement tells a parser of the command line about an argument."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="add_argument", value=ast.Name()))):
            return True
    return False


def _receiver(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            return {name}
    return set()


def _extended(module: ModuleEdits) -> Iterator[str]:
    """The names that statements with `+=` read."""
    for statement in module.statements():
        match statement:
            case ast.AugAssign(target=ast.Name(id=name)):
                yield name


def _read_by_what_is_taken_out(module: ModuleEdits) -> set[str]:
    nodes = [each for part in (*module.taken_out, *module.hidden) for each in ast.walk(part)]
    return {each.id for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}


def _bound(statement: ast.stmt) -> Iterator[str]:
    """The names that an import or an assignment of a plain value binds."""
    match statement:
        case ast.Import(names=names) if all(_is_of_python(each.name) for each in names):
            yield from (each.asname or each.name.partition(".")[0] for each in names)
        case ast.ImportFrom(names=names, module=str() as module, level=0) if _is_of_python(module):
            yield from (each.asname or each.name for each in names)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_plain(value):
            yield name


def _is_of_python(module: str) -> bool:
    """Whether a module has no elements of the study: it is of Python, or has only functions."""
    return module.partition(".")[0] in sys.stdlib_module_names or "codeable_models.internal" in module


def _is_plain(value: ast.expr) -> bool:
    """Whether a value is text, numbers, paths, or a list of names with options."""
    if not isinstance(value, _PLAIN) and not (
        isinstance(value, ast.Subscript) and ast.unparse(value.value) in ("sys.argv", "os.environ")
    ):
        return False
    if isinstance(value, ast.Attribute) and not ast.unparse(value).startswith(("sys.", "os.")):
        return False
    calls = [each.func for each in ast.walk(value) if isinstance(each, ast.Call)]
    names = [each.id if isinstance(each, ast.Name) else getattr(each, "attr", "") for each in calls]
    return all(name in _PLAIN_CALLS for name in names)

"""Reads what one module of a CodeableModels study imports, defines and uses, without running it.

Whatever looks at a study before it runs, or after it failed, calls `read_module`.
"""

import ast
import builtins
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from attrs import frozen

from codeable.files import shown_path
from codeable.source_names import bound_names, is_main_block
from codeable.source_reader import parse_file


@frozen
class ModuleImport:
    """A module that an import statement names.

    Attributes:
        module: The full name of the module.
        names: The names that are taken from it; `("*",)` for all, none for `import module`.
        path: The file with the statement.
        line: The line of the statement.
        guarded: Whether the file catches the error if the module is missing.
        bound: The names that it binds, which may be modules; an empty one for `import a.b`.
    """

    module: str
    names: tuple[str, ...]
    path: Path
    line: int
    guarded: bool
    bound: frozenset[str] = frozenset()

    @property
    def is_star(self) -> bool:
        """Whether all names are taken."""
        return "*" in self.names


@frozen
class ModuleFile:
    """The names in the source of a module.

    Attributes:
        path: The file.
        imports: Its imports, in order.
        defined: The names bound at its top level, imported ones included, in order.
        own: The names bound at its top level by other statements than imports, in order.
        used: The names that it reads anywhere.
        bound: The names that it binds anywhere.
        attributes: The attributes that it reads or sets, as pairs of the name before the dot and theirs.
        levels_up: How many folders up its relative imports lead, those that run whenever it is the program.
        broken: Why its source cannot be read, with the line; empty if it can.
    """

    path: Path
    imports: tuple[ModuleImport, ...] = ()
    defined: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    used: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    attributes: frozenset[tuple[str, str]] = frozenset()
    levels_up: int = 0
    broken: str = ""

    def unexplained(self) -> frozenset[str]:
        """The names that it reads and neither binds nor imports by name: star imports bring them."""
        return frozenset(
            name
            for name in self.used - self.bound - set(self.defined)
            if not hasattr(builtins, name) and not name.startswith("__")
        )


def read_module(path: Path, package: str = "") -> ModuleFile:
    """Read a module's source; a file that is no Python has no imports and no names.

    Args:
        path: The file.
        package: The full name of the package it is in, from which relative imports start.
    """
    try:
        status = path.stat()
        return _module(path, package, status.st_mtime_ns, status.st_size)
    except SyntaxError as error:
        return ModuleFile(path, broken=f"{shown_path(path)}:{error.lineno or 1}: {error.msg}")
    except (OSError, UnicodeError) as error:
        return ModuleFile(path, broken=f"{shown_path(path)}: {error}")


@lru_cache(maxsize=4096)
def _module(path: Path, package: str, _changed: int, _size: int) -> ModuleFile:
    """The names in the source of a module, read once for each state of its file."""
    tree = parse_file(path)
    nodes = list(ast.walk(tree))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    arguments = {node.arg for node in nodes if isinstance(node, ast.arg)}
    inner = {str(node.name) for node in nodes if isinstance(node, _NAMED)}
    own = tuple(dict.fromkeys(bound_names(tree.body, imports=False)))
    imported = tuple(name for node in nodes for name in _imported(node))
    return ModuleFile(
        path=path,
        imports=tuple(_imports(nodes, path, package)),
        defined=tuple(dict.fromkeys((*own, *imported))),
        own=own,
        used=frozenset(node.id for node in names if isinstance(node.ctx, ast.Load)),
        bound=frozenset(node.id for node in names if not isinstance(node.ctx, ast.Load)) | arguments | inner,
        attributes=frozenset(
            (node.value.id if isinstance(node.value, ast.Name) else "", node.attr)
            for node in nodes
            if isinstance(node, ast.Attribute)
        ),
        levels_up=max(
            (each.level for each in _run_by_a_program(tree.body) if isinstance(each, ast.ImportFrom)),
            default=0,
        ),
    )


_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)
"""What binds its `name`, at whatever depth."""


def _run_by_a_program(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module, and those below `if __name__ == "__main__"`."""
    for statement in body:
        yield from statement.body if is_main_block(statement) else [statement]


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            if alias.name != "*":
                yield alias.asname or alias.name.partition(".")[0]


def _imports(nodes: list[ast.AST], path: Path, package: str) -> Iterator[ModuleImport]:
    guarded = {id(node) for each in nodes if _catches_import_error(each) for node in _walk_body(each)}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = frozenset([alias.asname or ("" if "." in alias.name else alias.name)])
                yield ModuleImport(alias.name, (), path, node.lineno, id(node) in guarded, bound)
        elif isinstance(node, ast.ImportFrom):
            start = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*filter(None, start), *filter(None, [node.module])])
            if module:
                names = tuple(alias.name for alias in node.names)
                bound = frozenset(alias.asname or alias.name for alias in node.names)
                yield ModuleImport(module, names, path, node.lineno, id(node) in guarded, bound)


def _catches_import_error(node: ast.AST) -> bool:
    if not isinstance(node, ast.Try):
        return False
    caught = [ast.unparse(handler.type) if handler.type else "Exception" for handler in node.handlers]
    return any(
        name in each for each in caught for name in ("ImportError", "ModuleNotFoundError", "Exception")
    )


def _walk_body(node: ast.AST) -> Iterator[ast.AST]:
    for statement in getattr(node, "body", []):
        yield from ast.walk(statement)

"""Names in a module that nothing binds, found in its text. The module is not run.

A module that is being edited is read only; what it would raise when it runs is said before it is saved.
"""

import ast
import builtins
import importlib
from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import frozen

from codeable import dsl
from codeable.kernel.place import Span
from codeable.metamodels import VOCABULARIES
from codeable.names.in_modules import absolute_module, module_name
from codeable.names.modules import Module
from codeable.names.scopes import NameScope, has_own_scope, inner_parts, inner_scope, outer_parts
from codeable.text import did_you_mean, nearest

_OF_PYTHON = frozenset({*dir(builtins), "__file__", "__path__"})
_OF_CODEABLE = frozenset(
    {"codeable.dsl", "codeable.kernel", *(f"codeable.metamodels.{n}" for n in VOCABULARIES)}
)


@frozen
class UnknownName:
    """A name that nothing binds, its place, and a sentence about it.

    Attributes:
        name: The name.
        span: Its place.
        message: The sentence.
        file: The module of the study that has it; None where none has it.
        near: Names that may be meant instead, the nearest first.
    """

    name: str
    span: Span
    message: str
    file: str | None = None
    near: tuple[str, ...] = ()


class ModuleScopes:
    """The names that the modules of a study have for each other."""

    def __init__(self, folder: str, modules: Mapping[str, Module]) -> None:
        self._folder = folder
        self._modules = modules

    def unknown_in(self, path: str) -> Iterator[UnknownName]:
        """The names in a module that nothing binds; none where an import may bring any name."""
        tree = self._modules[path].tree
        if tree is None:
            return
        root = self._modules[path].scope
        brought = self._brought_by_stars(path, frozenset())
        if brought is not None:
            known = {*root.bound, *root.imported, *brought}
            for node in _names_read(tree, root):
                if node.id not in known and node.id not in _OF_PYTHON:
                    yield self._unknown(node, path, known)
        for statement in ast.walk(tree):
            if isinstance(statement, ast.ImportFrom):
                yield from self._not_offered(path, statement)

    def _not_offered(self, path: str, statement: ast.ImportFrom) -> Iterator[UnknownName]:
        """The names that an import asks for in vain."""
        module = self._absolute(path, statement)
        offered = self._names_of(module, frozenset({path}), by_star=False)
        if offered is None:
            return
        for alias in statement.names:
            if (
                alias.name != "*"
                and alias.name not in offered
                and f"{module}.{alias.name}" not in self._files
            ):
                names = sorted(offered)
                message = f"{module} has no {alias.name!r}{did_you_mean(alias.name, names)}"
                near = tuple(nearest(alias.name, names))
                yield UnknownName(alias.name, self._modules[path].span(alias), message, near=near)

    def _unknown(self, node: ast.Name, path: str, known: set[str]) -> UnknownName:
        name, span = node.id, self._modules[path].span(node)
        said = f"{name!r} is bound nowhere"
        if name in dsl.NAMES:
            message = f"{said}; it is in the vocabulary: from codeable.dsl import {name}"
            return UnknownName(name, span, message)
        for module, file in self._files.items():
            if file not in ("", path) and name in self._modules[file].scope.bound:
                message = f"{said}; {module} has it: from {module} import {name}"
                return UnknownName(name, span, message, file)
        names = sorted(known)
        near = tuple(nearest(name, names))
        return UnknownName(name, span, f"{said}{did_you_mean(name, names)}", near=near)

    # -- what a module offers

    @cached_property
    def _files(self) -> Mapping[str, str]:
        """Name of a module, as an import may give it → its file; none where the name has two meanings."""
        found: dict[str, str] = {}
        for path in self._modules:
            parts = module_name(path, self._folder).split(".")
            for first in range(len(parts)):
                name = ".".join(parts[first:])
                found[name] = path if found.get(name, path) == path or first == 0 else ""
        return found

    def _names_of(self, module: str, seen: frozenset[str], *, by_star: bool) -> set[str] | None:
        """The names that an import can get from a module; None where they are not known."""
        if module in _OF_CODEABLE:
            names = vars(importlib.import_module(module))
            return set(names.get("__all__", names) if by_star else names)
        path = self._files.get(module, "")
        if not path or path in seen or self._modules[path].tree is None:
            return None
        brought = self._brought_by_stars(path, seen | {path})
        scope = self._modules[path].scope
        if brought is None or "__getattr__" in scope.bound:
            return None
        found = {*scope.bound, *scope.imported, *brought}
        is_listed = not by_star or "__all__" in scope.bound  # which may list any of them
        return found if is_listed else {name for name in found if not name.startswith("_")}

    def _brought_by_stars(self, path: str, seen: frozenset[str]) -> set[str] | None:
        """The names that `import *` brings into a module; None where they are not known."""
        found: set[str] = set()
        tree = self._modules[path].tree
        for statement in ast.walk(tree) if tree is not None else ():
            if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*":
                names = self._names_of(self._absolute(path, statement), seen | {path}, by_star=True)
                if names is None:
                    return None
                found.update(names)
        return found

    def _absolute(self, path: str, statement: ast.ImportFrom) -> str:
        module = "." * statement.level + (statement.module or "")
        return absolute_module(module, module_name(path, self._folder), path)


def _names_read(tree: ast.Module, root: NameScope) -> Iterator[ast.Name]:
    """The names that are read from the module itself, in the order of the text."""
    found: list[ast.Name] = []
    rest: list[tuple[ast.AST, NameScope]] = [(node, root) for node in tree.body]
    while rest:
        node, scope = rest.pop()
        if isinstance(node, ast.JoinedStr):  # Python 3.11 gives wrong places in it
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if scope.owner_of(node.id) is root:
                found.append(node)
        elif has_own_scope(node):
            inner = inner_scope(node, scope)
            rest += ((part, scope) for part in outer_parts(node))
            rest += ((part, inner) for part in inner_parts(node))
        else:
            rest += ((part, scope) for part in ast.iter_child_nodes(node))
    return iter(sorted(found, key=lambda name: (name.lineno, name.col_offset)))

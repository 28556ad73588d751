"""The names of a study in a module, found in its syntax tree. The module is not run.

A name counts where it is read from the module itself; a function or class has names of its own.
"""

import ast
import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve

from codeable.files import path_in
from codeable.kernel.place import Span
from codeable.names.identifiers import normal
from codeable.names.modules import Module
from codeable.names.occurrence import Occurrence, Role
from codeable.names.scopes import (
    Imported,
    NameScope,
    has_own_scope,
    inner_parts,
    inner_scope,
    name_bound_by,
    outer_parts,
)
from codeable.notes.build.study_modules import name_of_module
from codeable.source_reader import dotted_name

_WORD = re.compile(r"[^\W\d]\w*")
_LAST_WORD = re.compile(r"[^\W\d]\w*(?=\W*\Z)")
_BEFORE_NAME = re.compile(r"(?:async[\s\\]+)?(?:def|class)[\s\\]+")
_AS = re.compile(r"[\s\\)]*as[\s\\]+")
_QUOTED = re.compile(r"(?i:[ru]?)('''|\"\"\"|'|\")(?P<name>[^\W\d]\w*)\1")


def occurrences_in_module(
    module: Module, name: str = "", modules: Collection[str] | None = None
) -> tuple[Occurrence, ...]:
    r"""The names that a module binds, reads, imports and offers, in the order of the text.

    What an import gets from outside of the study is none of its names. None when it is no Python.

    Args:
        module: The module.
        name: Its name, with dots, which a relative import counts from.
        modules: The names of all modules, see `modules_of_study`; where they are not known, every import
            counts that is not one of codeable or of the standard library.

    Example:
        >>> module = Module("a.py", "bus = CClass(pattern, 'Event Bus')\nadd_links({s1: bus})")
        >>> [(one.name, one.role) for one in occurrences_in_module(module) if one.name == "bus"]
        [('bus', 'declaration'), ('bus', 'use')]
    """
    if module.tree is None:
        return ()
    found = _Finder(module, name, modules).find([module.tree])
    return tuple(sorted(found, key=lambda one: one.span.start))


def module_name(path: str, folder: str) -> str:
    """The name of a module of a study, with dots, for its file.

    Example:
        >>> module_name("/study/models/a.py", "/study"), module_name("/study/models/__init__.py", "/study")
        ('models.a', 'models')
    """
    return name_of_module(path_in(Path(folder), path))


def absolute_module(module: str, importer: str, path: str) -> str:
    """The whole name of a module in an import, which may be relative.

    Args:
        module: The name as the import has it, with its dots.
        importer: The name of the module that imports it.
        path: The file of that module.

    Example:
        >>> absolute_module("..b", "models.sub.a", "/study/models/sub/a.py")
        'models.b'
    """
    name = module.lstrip(".")
    level = len(module) - len(name)
    if not level:
        return name
    package = importer.split(".")
    if not path.endswith("__init__.py"):
        package.pop()
    return ".".join([*package[: len(package) + 1 - level], *([name] if name else [])])


def modules_of_study(paths: Iterable[str], folder: str) -> frozenset[str]:
    """Every name by which an import can get a module or a folder of a study.

    Example:
        >>> sorted(modules_of_study(["/study/models/sub/a.py"], "/study"))
        ['models', 'models.sub', 'models.sub.a', 'sub', 'sub.a']
    """
    found: set[str] = set()
    for path in paths:
        parts = module_name(path, folder).split(".")
        begins = range(max(len(parts) - 1, 1))  # an import may begin at a nested folder
        found.update(
            ".".join(parts[first:last]) for first in begins for last in range(first + 1, len(parts) + 1)
        )
    return frozenset(found)


class _Finder:
    """Walks through the tree of one module, with the scope that it is in."""

    def __init__(self, module: Module, name: str, modules: Collection[str] | None) -> None:
        self.module = module
        self.found: list[Occurrence] = []
        self._name_of_module = name
        self._modules = modules
        self._scope = NameScope("module")
        self._in_f_string = False

    def find(self, nodes: Iterable[ast.AST]) -> list[Occurrence]:
        """The names in some nodes, which are in the scope of now. A tree may be deeper than calls may be."""
        around = self._scope
        rest = [(node, around) for node in nodes]
        while rest:
            node, self._scope = rest.pop()
            if (bound := name_bound_by(node)) is not None:
                self._add(bound, self._span_of_bound(node), "declaration")
            if has_own_scope(node):
                rest += ((part, self._scope) for part in outer_parts(node))
                inner = inner_scope(node, self._scope)
                rest += ((part, inner) for part in inner_parts(node))
            else:
                visit = _VISITS.get(type(node))
                parts = visit(self, node) if visit is not None else ast.iter_child_nodes(node)
                rest += ((part, self._scope) for part in parts)
        self._scope = around
        return self.found

    # -- the nodes that have names; each gives the parts that are to be visited yet

    def _module(self, node: ast.Module) -> Iterable[ast.AST]:
        self._scope.fill(node.body)
        return node.body

    def _name(self, node: ast.Name) -> Iterable[ast.AST]:
        self._add(node.id, self._span(node), "declaration" if isinstance(node.ctx, ast.Store) else "use")
        return ()

    def _changed(self, node: ast.AugAssign) -> Iterable[ast.AST]:
        self._offered(node.target, node.value)
        if not isinstance(node.target, ast.Name):
            return node.target, node.value
        self._add(node.target.id, self._span(node.target), "use")
        return (node.value,)

    def _assigned(self, node: ast.Assign | ast.AnnAssign) -> Iterable[ast.AST]:
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            self._offered(target, node.value)
        return ast.iter_child_nodes(node)

    def _global(self, node: ast.Global) -> Iterable[ast.AST]:
        span = self.module.span(node)
        for match in _WORD.finditer(self.module.text, span.start + len("global"), span.end):
            self._add(normal(match[0]), self._part(match), "use")
        return ()

    def _call(self, node: ast.Call) -> Iterable[ast.AST]:
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr in ("append", "extend", "remove"):
            for argument in node.args:
                self._offered(called.value, argument)
        return ast.iter_child_nodes(node)

    def _attribute(self, node: ast.Attribute) -> Iterable[ast.AST]:
        module = self._module_of(node.value)
        if module is not None and self._is_of_study(module) and not self._is_module(f"{module}.{node.attr}"):
            self._note(node.attr, self._last_word(self._span(node)), "use")
        return (node.value,)

    def _import_from(self, node: ast.ImportFrom) -> Iterable[ast.AST]:
        module = self._absolute("." * node.level + (node.module or ""))
        for alias in node.names:
            if (
                alias.name == "*"
                or not self._is_of_study(module)
                or self._is_module(f"{module}.{alias.name}")
            ):
                continue
            span = self.module.span(alias)
            written = _WORD.match(self.module.text, span.start)
            self._note(alias.name, self._part(written) if written is not None else span, "import")
            if alias.asname is not None:
                at = self._last_word(span)
                self._note(alias.name, at, "import", alias=alias.asname != alias.name)
        return ()

    def _f_string(self, node: ast.JoinedStr) -> Iterable[ast.AST]:
        """Names in an f-string. Python 3.11 gives them wrong places, so they are looked up in its text."""
        if self._in_f_string:
            return ast.iter_child_nodes(node)
        before, self.found, self._in_f_string = self.found, [], True
        scope = self._scope
        inside = self.find(ast.iter_child_nodes(node))
        self.found, self._in_f_string, self._scope = before, False, scope
        whole = self.module.span(node)
        for name in dict.fromkeys(one.name for one in inside):
            same = [one for one in inside if one.name == name and not one.alias]
            words = _WORD.finditer(self.module.text, whole.start, whole.end)
            places = [self._part(word) for word in words if normal(word[0]) == name]
            if len(places) == len(same):
                self.found += [evolve(one, span=at) for one, at in zip(same, places, strict=True)]
            elif same:
                self.found.append(evolve(same[0], span=whole, kept="is in an f-string, beside text like it"))
        return ()

    # -- what a name means

    def _add(self, name: str, span: Span, role: Role) -> None:
        """Note a name that is the module's own, or that it has from another module of the study."""
        owner = self._scope.owner_of(name)
        imported = owner.imported.get(name) if name not in owner.bound else None
        if imported is not None:
            self._add_imported(name, imported, span, role)
        elif owner.parent is None:
            self._note(name, span, role)
        elif owner.kind == "class" and role == "use" and owner.module.binds(name):
            self._note(name, span, role, kept="is a name of a class, too")

    def _add_imported(self, name: str, imported: Imported, span: Span, role: Role) -> None:
        module = self._absolute(imported.module)
        if imported.name is None or not self._is_of_study(module):
            return
        if not self._is_module(f"{module}.{imported.name}"):
            self._note(imported.name, span, role, alias=name != imported.name)

    def _note(self, name: str, span: Span, role: Role, kept: str = "", alias: bool = False) -> None:
        self.found.append(Occurrence(name, span, role, kept=kept, alias=alias))

    def _offered(self, target: ast.expr, value: ast.expr | None) -> None:
        """The names in the strings of `__all__`."""
        if not isinstance(target, ast.Name) or target.id != "__all__" or self._scope.parent is not None:
            return
        for node in ast.walk(value) if value is not None else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                span = self._span(node)
                match = _QUOTED.fullmatch(self.module.text, span.start, span.end)
                if match is not None:
                    span = self.module.lines.between(*match.span("name"))
                kept = "" if match is not None else "is written in parts or with escapes"
                self._note(normal(node.value), span, "import", kept)

    def _module_of(self, node: ast.expr) -> str | None:
        """The module that an expression is; None for any other value."""
        first, dot, rest = (dotted_name(node) or "").partition(".")
        owner = self._scope.owner_of(first)
        imported = owner.imported.get(first) if first not in owner.bound else None
        if imported is None:
            return None
        module = self._absolute(imported.module)
        if imported.name is not None:
            module = f"{module}.{imported.name}"
        if imported.name is None and not rest:
            return module
        module = f"{module}{dot}{rest}"
        return module if self._is_module(module) else None

    def _absolute(self, module: str) -> str:
        return absolute_module(module, self._name_of_module, self.module.path)

    def _is_of_study(self, module: str) -> bool:
        if self._modules is None:
            top = module.partition(".")[0]
            return top != "codeable" and top not in sys.stdlib_module_names
        return module in self._modules

    def _is_module(self, module: str) -> bool:
        """Whether the study is known to have a module of this name."""
        return self._modules is not None and module in self._modules

    # -- places

    def _span(self, node: ast.expr) -> Span:
        return Span(self.module.path, 1, 1, 1, 1) if self._in_f_string else self.module.span(node)

    def _part(self, word: re.Match[str]) -> Span:
        return self.module.lines.between(*word.span())

    def _last_word(self, span: Span) -> Span:
        word = _LAST_WORD.search(self.module.text, span.start, span.end)
        return self._part(word) if word is not None else span

    def _span_of_bound(self, node: ast.AST) -> Span:
        """The place of a name that the tree has as a mere string."""
        assert isinstance(node, ast.stmt | ast.ExceptHandler | ast.pattern)
        text, span = self.module.text, self.module.span(node)
        if isinstance(node, ast.pattern):
            return self._last_word(span)
        at, before = span.start, _BEFORE_NAME
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            at, before = self.module.span(node.type).end, _AS
        start = before.match(text, at)
        word = _WORD.match(text, start.end() if start is not None else at)
        return self._part(word) if word is not None else span


_VISITS: Mapping[type[ast.AST], Callable[[_Finder, Any], Iterable[ast.AST]]] = {
    ast.AnnAssign: _Finder._assigned,
    ast.Assign: _Finder._assigned,
    ast.Attribute: _Finder._attribute,
    ast.AugAssign: _Finder._changed,
    ast.Call: _Finder._call,
    ast.Global: _Finder._global,
    ast.ImportFrom: _Finder._import_from,
    ast.JoinedStr: _Finder._f_string,
    ast.Module: _Finder._module,
    ast.Name: _Finder._name,
}
"""Type of a node → what notes its names."""

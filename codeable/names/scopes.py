"""The scopes of a module: which names a function, a class or the module itself binds, and by what.

`in_modules` asks them whether a name in a function is one of the module. The rules are those of Python.
"""

import ast
from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import define, field, frozen

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@frozen
class Imported:
    """What an import binds a name to: a name of a module, or the module itself.

    Attributes:
        module: The module, with dots; of a relative import it begins with them.
        name: The name in that module; None where the module itself is bound.
    """

    module: str
    name: str | None = None


@define(eq=False)
class NameScope:
    """One scope.

    Attributes:
        kind: A comprehension and a lambda are functions, too.
        parent: The scope around it.
        bound: The names that it binds otherwise than by an import.
        imported: Name → what its imports bind it to, the first one.
        of_module: The names that it declares as `global`.
        of_others: The names that it declares as `nonlocal`.
    """

    kind: Literal["module", "function", "class"]
    parent: "NameScope | None" = None
    bound: set[str] = field(factory=set)
    imported: dict[str, Imported] = field(factory=dict)
    of_module: set[str] = field(factory=set)
    of_others: set[str] = field(factory=set)

    def owner_of(self, name: str) -> "NameScope":
        """The scope that a name is read from; the module where no function around binds it."""
        scope, is_own = self, True
        while scope.parent is not None:
            if name in scope.of_module:
                return scope.module
            may_bind = is_own or scope.kind != "class"
            if may_bind and name not in scope.of_others and scope.binds(name):
                return scope
            scope, is_own = scope.parent, False
        return scope

    def binds(self, name: str) -> bool:
        """Whether a statement of this scope binds a name."""
        return name in self.bound or name in self.imported

    @property
    def module(self) -> "NameScope":
        """The scope of the module."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def fill(self, nodes: Iterable[ast.AST]) -> None:
        """Note what some statements or expressions bind in this scope; not what is in inner scopes."""
        rest = list(nodes)
        while rest:
            node = rest.pop()
            self._note(node)
            rest += _parts_in_scope(node)

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.Name):
            if not isinstance(node.ctx, ast.Load):
                self.bound.add(node.id)
        elif isinstance(node, ast.Global):
            self.of_module.update(node.names)
        elif isinstance(node, ast.Nonlocal):
            self.of_others.update(node.names)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for name, what in imports_of(node):
                self.imported.setdefault(name, what)
        elif isinstance(node, COMPREHENSIONS):
            assigned = (each.target for each in ast.walk(node) if isinstance(each, ast.NamedExpr))
            self.bound.update(target.id for target in assigned)
        elif (bound := name_bound_by(node)) is not None:
            self.bound.add(bound)


def inner_scope(node: ast.AST, parent: NameScope) -> NameScope:
    """The scope of a function, a lambda, a class or a comprehension."""
    if isinstance(node, ast.ClassDef):
        scope = NameScope("class", parent)
        scope.fill(node.body)
        return scope
    scope = NameScope("function", parent)
    if isinstance(node, COMPREHENSIONS):
        scope.fill(each.target for each in node.generators)
        return scope
    if isinstance(node, (*FUNCTIONS, ast.Lambda)):
        scope.bound.update(argument.arg for argument in arguments_of(node.args))
    if isinstance(node, FUNCTIONS):
        scope.fill(node.body)
    scope.bound.update(each.name for each in getattr(node, "type_params", ()))
    return scope


def arguments_of(arguments: ast.arguments) -> Iterator[ast.arg]:
    """All parameters of a function."""
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from (each for each in (arguments.vararg, arguments.kwarg) if each is not None)


def name_bound_by(node: ast.AST) -> str | None:
    """The name that a node binds and has as a mere string; None where it binds none."""
    if isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
        return node.name
    return node.rest if isinstance(node, ast.MatchMapping) else None


def imports_of(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Imported]]:
    """The names that an import binds; none of a star.

    Example:
        >>> list(imports_of(ast.parse("from models.a import bus as b").body[0]))
        [('b', Imported(module='models.a', name='bus'))]
    """
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            if alias.name != "*":
                module = "." * node.level + (node.module or "")
                yield alias.asname or alias.name, Imported(module, alias.name)
        elif alias.asname is not None:
            yield alias.asname, Imported(alias.name)
        else:
            top = alias.name.partition(".")[0]
            yield top, Imported(top)


def outer_parts(node: ast.AST) -> list[ast.AST]:
    """The parts of a function, lambda, class or comprehension that the scope around it evaluates."""
    if isinstance(node, COMPREHENSIONS):
        return [node.generators[0].iter]
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *node.keywords]
    parts: list[ast.AST | None] = []
    if isinstance(node, FUNCTIONS):
        parts += [*node.decorator_list, *(each.annotation for each in arguments_of(node.args)), node.returns]
    if isinstance(node, (*FUNCTIONS, ast.Lambda)):
        parts += [*node.args.defaults, *node.args.kw_defaults]
    return [part for part in parts if part is not None]


def inner_parts(node: ast.AST) -> list[ast.AST]:
    """The parts of a function, lambda, class or comprehension that its own scope evaluates."""
    if isinstance(node, COMPREHENSIONS):
        first, *others = node.generators
        values = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        return [*values, first.target, *first.ifs, *others]
    body: list[ast.AST] | ast.AST = getattr(node, "body", [])
    return [*getattr(node, "type_params", ()), *(body if isinstance(body, list) else [body])]


def has_own_scope(node: ast.AST) -> bool:
    """Whether a node is a function, a lambda, a class or a comprehension."""
    return isinstance(node, (*FUNCTIONS, ast.Lambda, ast.ClassDef, *COMPREHENSIONS))


def _parts_in_scope(node: ast.AST) -> Iterable[ast.AST]:
    return outer_parts(node) if has_own_scope(node) else ast.iter_child_nodes(node)

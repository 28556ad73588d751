"""Which names of a module, and which parts of its statements, draw. `drawing` asks."""

import ast

from attrs import define, field

from codeable.compat.convert.file_calls import writes_files
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.kernel import CBundle, CClass, CLink
from codeable.source_names import Function, Scoped, bound_names
from codeable.source_reader import bodies_of

_METHODS = frozenset(
    f"{does}_{kind}_{model}"
    for kind in ("class", "object")
    for does, models in (("generate", ("model", "models")), ("render", ("model", "model_to_file")))
    for model in models
)


@define(eq=False)
class Scope:
    """The names of a module, a function or a class.

    Attributes:
        parent: The scope around it.
        own: The names that it binds itself, where it is no module.
        drawing: Those that stand for something that draws.
        is_of_class: Whether they are attributes of a class.
    """

    parent: "Scope | None" = None
    own: frozenset[str] = frozenset()
    drawing: set[str] = field(factory=set)
    is_of_class: bool = False

    def owner(self, name: str) -> "Scope":
        """The scope that binds a name which is read in this one."""
        return self if self.parent is None or name in self.own else self.parent.owner(name)

    def draws(self, name: str) -> bool:
        """Whether a name stands for something that draws."""
        if name in self.drawing:
            return True
        return self.parent is not None and name not in self.own and self.parent.draws(name)


class DrawingNames:
    """What draws in a module, as far as it is known by now.

    Args:
        module: The module.
        methods: Methods that only draw, of all modules of the study; further ones are added.
        writes: Whether its top level may write files.

    Attributes:
        top: The names of the module.
    """

    def __init__(self, module: ModuleEdits, methods: set[str], *, writes: bool) -> None:
        self.top = Scope()
        self._methods = methods
        self._module = module
        self._writes = writes
        self._scopes: dict[ast.stmt, Scope] = {}
        self._attributes: set[str] = set()
        self._functions = {each.name: each for each in module.tree.body if isinstance(each, Function)}
        self._writing = {
            name
            for name, function in self._functions.items()
            if any(isinstance(each, ast.Call) and writes_files(each) for each in ast.walk(function))
        }

    def number(self) -> int:
        """How much is known."""
        names = sum(len(each.drawing) for each in (self.top, *self._scopes.values()))
        return names + len(self._attributes) + len(self._methods)

    def inside(self, statement: ast.stmt, scope: Scope) -> Scope:
        """The names inside of a function, a class or a block of the program."""
        if statement not in self._scopes:
            own = _bound_in(statement) if isinstance(statement, Scoped) else ()
            is_of_class = isinstance(statement, ast.ClassDef)
            self._scopes[statement] = Scope(scope, frozenset(own), is_of_class=is_of_class)
        return self._scopes[statement]

    def note_bound(self, statement: ast.stmt, scope: Scope) -> None:
        """Note that what a statement binds draws."""
        if isinstance(statement, Scoped):
            scope.drawing.add(statement.name)
            if scope.is_of_class and not _is_common(statement.name):
                self._methods.add(statement.name)
        elif not list(bodies_of(statement)):
            scope.drawing.update(bound_names([statement]))
            for target in getattr(statement, "targets", ()):
                if isinstance(target, ast.Attribute) and not self.draws(target.value, scope):
                    self._attributes.add(target.attr)

    def note_arguments(self, statement: ast.stmt, scope: Scope) -> None:
        """Note which parameters get something that draws, and what has the methods of a renderer."""
        for call in (each for each in ast.walk(statement) if isinstance(each, ast.Call)):
            match call.func:
                case ast.Name(id=name) if (function := self._functions.get(name)) in self._scopes:
                    parameters = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
                    given = {**dict(zip(parameters, call.args, strict=False))}
                    given |= {each.arg: each.value for each in call.keywords if each.arg is not None}
                    self._scopes[function].drawing |= {
                        parameter
                        for parameter, value in given.items()
                        if isinstance(value, ast.Name) and scope.draws(value.id)
                    }
                case ast.Attribute(attr=method, value=ast.Name(id=name)) if method in _METHODS:
                    scope.owner(name).drawing.add(name)
                case ast.Attribute(attr=method, value=ast.Attribute(attr=name)) if method in _METHODS:
                    self._attributes.add(name)

    def draws(self, node: ast.AST, scope: Scope, *, files: bool = True) -> bool:
        """Whether a part of a statement draws; or, at the top of a module, writes files."""
        pending = [node]
        for each in pending:
            if each in self._module.hidden:
                continue
            pending += ast.iter_child_nodes(each)
            if isinstance(each, ast.Name):
                if not isinstance(each.ctx, ast.Store) and scope.draws(each.id):
                    return True
            elif isinstance(each, ast.Attribute):
                draws = each.attr in self._attributes or each.attr in self._methods
                if draws and not isinstance(each.ctx, ast.Store):
                    return True
            elif isinstance(each, ast.Global | ast.Nonlocal):
                if all(scope.draws(name) for name in each.names):
                    return True
            elif isinstance(each, ast.Call):
                if isinstance(each.func, ast.Attribute) and each.func.attr in _METHODS:
                    return True
                if files and not self._writes and scope is self.top and writes_files(each, self._writing):
                    return True
        return False


def _is_common(method: str) -> bool:
    """Whether lists, texts or elements have a method of this name, too."""
    return any(hasattr(each, method) for each in (list, dict, set, str, CBundle, CClass, CLink))


def _bound_in(scoped: Scoped) -> set[str]:
    """The names that a function or a class binds itself."""
    nodes = list(ast.walk(scoped))
    shared = {name for each in nodes if isinstance(each, ast.Global) for name in each.names}
    arguments = {each.arg for each in nodes if isinstance(each, ast.arg)}
    return {*arguments, *bound_names(scoped.body)} - shared

"""Finds the modules that have nothing left to do once what only draws is taken out of them."""

import ast
from collections.abc import Iterable, Sequence

from attrs import define

from codeable.compat.convert.imports import ImportNames, imported_names
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.source_reader import bodies_of

_OF_FOLDERS = frozenset({"chdir", "makedirs", "mkdir"})
_OF_MODULE_PATH = frozenset({"sys.path.append", "sys.path.insert"})


def idle_modules(modules: Sequence[ModuleEdits], names: ImportNames) -> list[ModuleEdits]:
    """The modules with nothing but imports, texts, assignments, folders, and calls of functions like that.

    Args:
        modules: Modules whose drawing has been taken out.
        names: How modules are called.
    """
    idle: dict[str, ModuleEdits] = {}
    before = -1
    while before != len(idle):
        before = len(idle)
        for module in modules:
            functions = {
                bound for imported, _, bound, _ in imported_names(module) if names.known(imported) in idle
            }
            if _Idle(module, functions).says_nothing():
                idle[module.name] = module
    waiting = [module for module in modules if module.name not in idle]
    while waiting:  # what a module that does something imports is needed
        for imported, name, _, _ in imported_names(waiting.pop()):
            full = (names.known(imported), names.known(f"{imported}.{name}"))
            waiting += [idle.pop(each) for each in full if each in idle]
    return list(idle.values())


@define(eq=False)
class _Idle:
    """A module with the functions that do nothing any more."""

    module: ModuleEdits
    functions: set[str]

    def says_nothing(self) -> bool:
        before = -1
        while before != len(self.functions):
            before = len(self.functions)
            for each in self.module.statements():
                if isinstance(each, ast.FunctionDef) and self._are_idle(each.body):
                    self.functions.add(each.name)
        return self._are_idle(self.module.tree.body)

    def _are_idle(self, body: Iterable[ast.stmt]) -> bool:
        return all(each in self.module.taken_out or self._is_idle(each) for each in body)

    def _is_idle(self, statement: ast.stmt) -> bool:
        match statement:
            case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Assign() | ast.AnnAssign():
                return True
            case ast.Expr(value=ast.Constant()) | ast.Return(value=None | ast.Constant()):
                return True
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name) as function)):
                of_path = ast.unparse(function) in _OF_MODULE_PATH
                return of_path or name in _OF_FOLDERS or name in self.functions
            case ast.FunctionDef(name=name):
                return name in self.functions
            case ast.If() | ast.Try() | ast.With() | ast.For():
                return all(self._are_idle(body) for body in bodies_of(statement))
        return False

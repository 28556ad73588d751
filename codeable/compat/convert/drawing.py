"""Takes out of a module what only draws: the renderer, what it makes, and the statements that use it."""

import ast
from collections.abc import Collection, Iterator
from functools import partial

from codeable.compat.convert.declaring import declares, making_names
from codeable.compat.convert.drawing_names import DrawingNames, Scope
from codeable.compat.convert.drawing_support import take_out_support
from codeable.compat.convert.imports import ImportNames, absolute
from codeable.compat.convert.kept_parts import hide_drawing_arguments, keep_parts
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.source_names import Function, Scoped, bound_names, is_main_block
from codeable.source_reader import bodies_of, header_of


def take_out_drawing(
    module: ModuleEdits, names: ImportNames, read_elsewhere: Collection[str] = (), *, is_loaded: bool = True
) -> list[ast.stmt]:
    """Take out the statements of a module that only draw; functions that do nothing else go with their calls.

    What declares stays: the rest of a loop, a function or an `if`, and the arguments of a call that draws.

    Args:
        module: The module; its edits are added to.
        names: How modules are called in the new study. What is taken out is added to `names.gone`.
        read_elsewhere: The names that other modules of the new study may read of this one.
        is_loaded: Whether the new study loads the module; it writes no files then.

    Returns:
        What was taken out, the outermost statements.
    """
    drawing = _Drawing(module, names, making_names(module, names), is_loaded=is_loaded)
    drawing.take_out()
    names.gone[module.name] = frozenset(drawing.drawing.top.drawing)
    if module.taken_out:
        take_out_support(module, read_elsewhere)
    return list(_outermost(module, module.tree.body))


class _Drawing:
    def __init__(
        self, module: ModuleEdits, names: ImportNames, making: frozenset[str], *, is_loaded: bool
    ) -> None:
        self._module = module
        self._names = names
        self._making = making
        self._trimmed: set[ast.stmt] = set()
        self.drawing = DrawingNames(module, names.gone_methods, writes=not is_loaded)

    def take_out(self) -> None:
        before = -1
        while before != (now := self._progress()):
            before = now
            self._body(self._module.tree.body, self.drawing.top)
        for statement in self._module.statements():
            if isinstance(statement, Function):
                self._lose_results(statement)

    def _lose_results(self, function: Function) -> None:
        """Report the results of a function that stays, where they need the renderer."""
        for each in ast.walk(function):
            if isinstance(each, ast.Return) and each.value is not None and each in self._module.taken_out:
                self._module.lose(
                    each,
                    f"`{self._module.first_line_of(each)}` needs the renderer, and {function.name} returns "
                    "nothing there now; let it return what it declares",
                )

    def _progress(self) -> int:
        return len(self._module.taken_out) + len(self._trimmed) + self.drawing.number()

    def _body(self, body: list[ast.stmt], scope: Scope) -> None:
        for statement in body:
            if statement in self._module.taken_out or statement in self._trimmed:
                continue
            if isinstance(statement, ast.Import | ast.ImportFrom):
                self._import(statement, scope)
            elif isinstance(statement, Scoped):
                self._definition(statement, scope)
            elif is_main_block(statement) and not declares(statement, self._making):
                # It does not run when the study is loaded, and may write files.
                self._compound(statement, list(bodies_of(statement)), self.drawing.inside(statement, scope))
            elif inner := list(bodies_of(statement)):
                self._compound(statement, inner, scope)
            elif self.drawing.draws(statement, scope):
                self._simple(statement, scope)

    # -- imports

    def _import(self, statement: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        old = absolute(statement, self._module.package) if isinstance(statement, ast.ImportFrom) else ""
        goes = True
        for each in statement.names:
            name = f"{old}.{each.name}" if old else each.name
            if each.name == "*":
                scope.drawing |= self._names.gone_of(old)
                goes = self._names.is_gone(old)
            elif self._names.is_gone(name) or (old and self._names.is_gone(old, each.name)):
                scope.drawing.add(each.asname or each.name.partition(".")[0])
            else:
                goes = False
        if goes:
            self._module.taken_out.add(statement)

    # -- definitions and compound statements

    def _definition(self, statement: Scoped, scope: Scope) -> None:
        inner = self.drawing.inside(statement, scope)
        head: list[ast.expr] = [*statement.decorator_list]
        if isinstance(statement, ast.ClassDef):
            head += [*statement.bases, *(each.value for each in statement.keywords)]
        else:
            self._signature(statement, scope, inner)
        draws = any(self.drawing.draws(each, scope) for each in head)
        if not draws:
            self._body(statement.body, inner)
        if draws or self._is_emptied([statement.body]):
            self._take_out(statement, scope)

    def _signature(self, function: Function, scope: Scope, inner: Scope) -> None:
        """Find parameters that draw, by their annotations; these and defaults that draw are cut off."""
        arguments = function.args
        for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            annotation = each.annotation
            if annotation is not None and self.drawing.draws(annotation, scope):
                inner.drawing.add(each.arg)
                self._module.hidden.add(annotation)
                start = self._module.span(annotation).start
                colon = self._module.text.rindex(":", 0, start)
                self._module.replace(colon, self._module.span(annotation).end, "")
        for default in (*arguments.defaults, *(each for each in arguments.kw_defaults if each is not None)):
            if self.drawing.draws(default, scope):
                self._module.hidden.add(default)
                span = self._module.span(default)
                self._module.replace(span.start, span.end, "None")

    def _compound(self, statement: ast.stmt, inner: list[list[ast.stmt]], scope: Scope) -> None:
        head = header_of(statement)
        draws = any(self.drawing.draws(each, scope) for each in head)
        if draws:
            scope.drawing.update(bound_names(head))
        for each in inner:
            self._body(each, scope)
        parts = inner
        if isinstance(statement, ast.Try):
            parts = [statement.body, statement.orelse, statement.finalbody]
        if self._is_emptied(parts):
            self._take_out_emptied(statement, head, scope)
        elif draws:
            self._trimmed.add(statement)
            needed = any(self.drawing.draws(each, scope, files=False) for each in head)
            what = "the renderer" if needed else "files or other programs"
            self._module.lose(
                statement,
                f"`{self._module.first_line_of(statement)}` needs {what}, and what it contains stays; "
                f"write it without {what}",
            )

    def _take_out_emptied(self, statement: ast.stmt, head: list[ast.AST], scope: Scope) -> None:
        """Take out a compound statement; what its header declares stays."""

        def draws(node: ast.AST) -> bool:
            return isinstance(node, ast.stmt) or self.drawing.draws(node, scope)

        asks = False  # for elements that are made one by one
        if isinstance(statement, ast.For) and not isinstance(statement.iter, ast.List | ast.Tuple):
            asks = declares(statement.iter, self._making) and not draws(statement.iter)
        declaring = any(declares(each, self._making) for each in head)
        if asks or (declaring and keep_parts(self._module, statement, draws, self._making)):
            self._trimmed.add(statement)
        else:
            self._take_out(statement, scope)

    def _is_emptied(self, bodies: list[list[ast.stmt]]) -> bool:
        """Whether nothing but texts and `pass` is left of a statement, and there was more."""
        statements = [each for body in bodies for each in body]
        return any(each in self._module.taken_out for each in statements) and all(
            each in self._module.taken_out
            or isinstance(each, ast.Pass | ast.Global | ast.Nonlocal)
            or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
            for each in statements
        )

    # -- simple statements

    def _simple(self, statement: ast.stmt, scope: Scope) -> None:
        self.drawing.note_arguments(statement, scope)
        if not declares(statement, self._making):
            self._take_out(statement, scope)
            return
        if not self.drawing.draws(statement, scope, files=False):
            self._module.tell(
                statement,
                f"`{self._module.first_line_of(statement)}` declares something and writes files or starts a "
                "program, now whenever the study is loaded",
            )
            return

        draws = partial(self.drawing.draws, scope=scope)
        hide_drawing_arguments(self._module, statement, draws, self._making)
        if not draws(statement) or keep_parts(self._module, statement, draws, self._making):
            self._trimmed.add(statement)
            return
        self._take_out(statement, scope)
        self._module.lose(
            statement,
            f"`{self._module.first_line_of(statement)}` declares something with what only draws, and is "
            "taken out; write it without the renderer",
        )

    def _take_out(self, statement: ast.stmt, scope: Scope) -> None:
        self._module.taken_out.add(statement)
        self.drawing.note_bound(statement, scope)


def _outermost(module: ModuleEdits, body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        if statement in module.taken_out:
            yield statement
        else:
            for each in bodies_of(statement):
                yield from _outermost(module, each)

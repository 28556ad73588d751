"""Takes out of a module what makes metaclasses codes that are codes in codeable anyway.

Adding a superclass again is an error: where not all that is added to is a code already, or only a run shows
it, the module asks first. Where it assigns other superclasses, they are added instead.
"""

import ast
from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import frozen

from codeable.compat.bindings import bound_names
from codeable.compat.convert.differences import value_of
from codeable.compat.convert.module_edits import ModuleEdits, bodies_of
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.source_reader import dotted_name
from codeable.text import first_few

_MOST_NAMES = 4
_List = ast.List | ast.Tuple


@frozen(eq=False)
class _Addition:
    """An expression that adds the metaclass of codes to the superclasses of something.

    Attributes:
        to: What it is added to: `x` of `x.superclasses + [code]`.
        added: The list with the metaclass of codes.
        code: The entry for it.
    """

    to: ast.expr
    added: _List
    code: ast.expr

    @property
    def is_only_code(self) -> bool:
        """Whether the list adds nothing else to the former superclasses."""
        return all(each is self.code or isinstance(each, ast.Starred) for each in self.added.elts)


def take_out_making_codes(
    module: ModuleEdits, values: Mapping[str, object], vocabulary: OldVocabulary
) -> None:
    """Take out additions such as `x.superclasses = x.superclasses + [code]`, also in loops and functions.

    Args:
        module: The module; its edits are added to.
        values: The names of the module after it has run.
        vocabulary: The counterparts of the old study's elements.
    """
    codes = _Codes(module, values, vocabulary)
    codes.visit(module.tree.body, {})
    codes.guard_the_rest()
    codes.report()


class _Codes:
    def __init__(self, module: ModuleEdits, values: Mapping[str, object], vocabulary: OldVocabulary) -> None:
        self._module, self._values, self._vocabulary = module, values, vocabulary
        self._kept: set[ast.expr] = set()
        self._made: dict[str, None] = {}
        self._unbound: set[str | None] = set()
        self._bound = Counter(bound_names(module.tree.body, imports=False))
        self._first: ast.stmt | None = None

    def visit(self, body: list[ast.stmt], loops: Mapping[str, ast.expr | None]) -> None:
        """Visit the statements of a body.

        Args:
            body: The statements.
            loops: The variables of loops and functions around it → what they run over, if that is known.
        """
        for statement in body:
            if statement in self._module.taken_out:
                continue
            inner = list(bodies_of(statement))
            bound = _bound_inside(statement)
            if isinstance(statement, ast.For) and isinstance(statement.target, ast.Name):
                bound = {**bound, statement.target.id: statement.iter}
            for each in inner:
                self.visit(each, {**loops, **bound})
            addition = self._addition_of(statement)
            if addition is not None:
                self._decide(statement, addition, loops)
            elif isinstance(statement, ast.Assign):
                self._add_instead(statement)
            elif isinstance(statement, ast.For | ast.If) and self._is_empty(inner):
                self._module.taken_out.add(statement)
                self._unbound |= bound.keys()
            elif isinstance(statement, ast.Delete) and self._unbound >= {
                *map(dotted_name, statement.targets)
            }:
                self._module.taken_out.add(statement)

    def guard_the_rest(self) -> None:
        """Let other additions ask whether it is a code already, as only a run shows what they add to."""
        for statement in self._module.statements():
            if next(bodies_of(statement), None) is not None:
                continue
            nodes = [each for each in ast.walk(statement) if isinstance(each, ast.expr)]
            found = [self._addition_of(statement), *map(self._addition, nodes)]
            unclear = {each.code: each for each in found if each is not None and each.to not in self._kept}
            for addition in unclear.values():
                self._guard(addition)

    def report(self) -> None:
        """Add one notice for all that was taken out."""
        if self._first is not None:
            names = first_few(list(self._made), _MOST_NAMES)
            self._module.tell(
                self._first, f"taken out, as they are codes in codeable: superclasses of {names}"
            )

    def _decide(self, statement: ast.stmt, addition: _Addition, loops: Mapping[str, ast.expr | None]) -> None:
        targets = self._targets(addition.to, loops)
        if targets is None:
            return
        coded = [self._is_code_in_codeable(each) for each in targets]
        if not any(coded):
            self._kept.add(addition.to)
        elif all(coded) and addition.is_only_code:
            self._note(statement, targets)
            self._module.taken_out.add(statement)

    def _add_instead(self, statement: ast.Assign) -> None:
        """Turn `decision.superclasses = [x]` into `decision.superclasses = [*decision.superclasses, x]`.

        In the old study a decision was no code before; in codeable the assignment would take that from it.
        """
        match statement:
            case ast.Assign(targets=[ast.Attribute(attr="superclasses", value=to) as target], value=value):
                entries = value.elts if isinstance(value, ast.List | ast.Tuple | ast.Set) else [value]
            case _:
                return
        if not all(map(dotted_name, [to, *entries])) or not self._is_code_in_codeable(to):
            return
        above = self._vocabulary.our(value_of(to, self._values)).all_superclasses
        given = {each: self._vocabulary.our(value_of(each, self._values)) for each in entries}
        if self._vocabulary.ours.code in given.values() or not entries:
            return
        name = self._module.source(target)
        further = [self._module.source(each) for each, ours in given.items() if ours not in above]
        span = self._module.span(value)
        self._module.replace(span.start, span.end, f"[{', '.join([f'*{name}', *further])}]")
        self._module.tell(
            statement, f"adds to {name} instead of replacing them, which would take away that it is a code"
        )

    def _targets(
        self, to: ast.expr, loops: Mapping[str, ast.expr | None]
    ) -> Sequence[ast.expr | object] | None:
        """What a metaclass is added to, as expressions or elements; None where only a run shows it."""
        if not isinstance(to, ast.Name) or to.id not in loops:
            often = isinstance(to, ast.Name) and self._bound[to.id] > 1
            return [to] if not often and value_of(to, self._values) is not None else None
        over = loops[to.id]
        if isinstance(over, ast.List | ast.Tuple | ast.Set):
            return over.elts if all(map(dotted_name, over.elts)) else None
        found = value_of(over, self._values) if over is not None and dotted_name(over) else None
        return list(found) if isinstance(found, list | tuple | set | frozenset) else None

    def _is_code_in_codeable(self, target: object) -> bool:
        element = value_of(target, self._values) if isinstance(target, ast.expr) else target
        ours = self._vocabulary.our(element)
        return ours is not None and self._vocabulary.ours.code in getattr(ours, "all_superclasses", ())

    def _addition_of(self, statement: ast.stmt) -> _Addition | None:
        """The addition that a statement assigns to the superclasses it adds to."""
        match statement:
            case ast.Assign(targets=[ast.Attribute(attr="superclasses", value=to)], value=value):
                found = self._addition(value)
            case ast.AugAssign(
                target=ast.Attribute(attr="superclasses", value=to), op=ast.Add(), value=value
            ):
                found = self._with_code(to, value)
            case ast.Expr(
                value=ast.Call(func=ast.Name(id="setattr"), args=[to, ast.Constant("superclasses"), value])
            ):
                found = self._addition(value)
            case _:
                return None
        return found if found is not None and ast.unparse(found.to) == ast.unparse(to) else None

    def _addition(self, value: ast.expr) -> _Addition | None:
        match value:
            case ast.BinOp(left=ast.Attribute(attr="superclasses", value=to), op=ast.Add(), right=added):
                return self._with_code(to, added)
            case ast.BinOp(left=added, op=ast.Add(), right=ast.Attribute(attr="superclasses", value=to)):
                return self._with_code(to, added)
            case ast.List(elts=entries) | ast.Tuple(elts=entries):
                for each in entries:
                    match each:
                        case ast.Starred(value=ast.Attribute(attr="superclasses", value=to)):
                            return self._with_code(to, value)
        return None

    def _with_code(self, to: ast.expr, added: ast.expr) -> _Addition | None:
        if isinstance(added, _List):
            for each in added.elts:
                if self._is_code(each):
                    return _Addition(to, added, each)
        return None

    def _is_code(self, node: ast.expr) -> bool:
        """Whether an expression is the metaclass of codes; a name that only a function has counts, too."""
        name = dotted_name(node)
        if name is None:
            return False
        value = value_of(node, self._values)
        if value is not None:
            return self._vocabulary.our(value) is self._vocabulary.ours.code
        return name.rpartition(".")[2] == "code"

    def _guard(self, addition: _Addition) -> None:
        to, code = self._module.source(addition.to), self._module.source(addition.code)
        guarded = f"*([] if {to}.has_superclass({code}) else [{code}])"
        span = self._module.span(addition.code)
        self._module.replace(span.start, span.end, guarded)

    def _is_empty(self, inner: list[list[ast.stmt]]) -> bool:
        statements = [each for body in inner for each in body]
        return any(map(self._module.leaves_nothing, statements)) and all(
            isinstance(each, ast.Pass) or self._module.leaves_nothing(each) for each in statements
        )

    def _note(self, statement: ast.stmt, targets: Sequence[ast.expr | object]) -> None:
        if self._first is None:
            self._first = statement
        for each in targets:
            self._made[str(dotted_name(each) if isinstance(each, ast.expr) else each)] = None


def _bound_inside(statement: ast.stmt) -> dict[str, ast.expr | None]:
    """The names that a loop or a function binds, each time it runs, for the statements in it."""
    bound: list[str] = []
    if isinstance(statement, ast.For | ast.AsyncFor | ast.While):
        bound = list(bound_names([statement]))
    elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        bound = [each.arg for each in ast.walk(statement.args) if isinstance(each, ast.arg)]
    return dict.fromkeys(bound)

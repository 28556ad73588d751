"""Leaves metaclasses of ours the codes that they are where an old module assigns their superclasses.

Adding a superclass again is an error: where not all that is added to is a code already, or only a run shows
it, the module asks first. Where it assigns other superclasses, they are added to ours.
"""

import ast
from collections import Counter
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from codeable.compat.convert.differences import value_of
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.source_names import Function, bound_names
from codeable.source_reader import bodies_of, dotted_name
from codeable.text import first_few

_MOST_NAMES = 4
_Variables = Mapping[str, ast.expr | None]
"""The variables of the loops and functions around a statement → what they run over, if that is known."""


@frozen(eq=False)
class _Addition:
    """An expression that adds the metaclass of codes to superclasses.

    Attributes:
        to: What has the superclasses: `x` of `x.superclasses + [code]`.
        code: The entry for the metaclass of codes.
        is_alone: Whether nothing else is added.
    """

    to: ast.expr
    code: ast.expr
    is_alone: bool


def keep_codes(module: ModuleEdits, values: Mapping[str, object], vocabulary: OldVocabulary) -> None:
    """Take out additions such as `x.superclasses = x.superclasses + [code]`, also in loops and functions.

    Args:
        module: The module; its edits are added to.
        values: The names of the module after it has run.
        vocabulary: The counterparts of the old study's elements.
    """
    codes = _Codes(module, values, vocabulary)
    codes.visit(module.tree.body, {})
    codes.report()


class _Codes:
    def __init__(self, module: ModuleEdits, values: Mapping[str, object], vocabulary: OldVocabulary) -> None:
        self._module, self._values, self._vocabulary = module, values, vocabulary
        self._bound = Counter(bound_names(module.tree.body, imports=False))
        self._taken_out: dict[ast.stmt, list[Any]] = {}
        self._unbound: set[str | None] = set()

    def visit(self, body: list[ast.stmt], variables: _Variables) -> None:
        """Visit the statements of a body, and those in them."""
        for statement in (each for each in body if each not in self._module.taken_out):
            inner, bound = list(bodies_of(statement)), _bound_inside(statement)
            was_empty = self._is_empty(inner)
            for each in inner:
                self.visit(each, {**variables, **bound})
            if isinstance(statement, ast.For | ast.If) and self._is_empty(inner) and not was_empty:
                self._module.taken_out.add(statement)
                self._unbound |= bound.keys()
            elif isinstance(statement, ast.Delete):
                if self._unbound >= {*map(dotted_name, statement.targets)}:
                    self._module.taken_out.add(statement)
            elif not inner:
                self._decide(statement, variables)

    def report(self) -> None:
        """Add one notice for all that was taken out."""
        elements = (each for targets in self._taken_out.values() for each in targets)
        names = dict.fromkeys(self._vocabulary.counterparts[each].name for each in elements)
        for first in list(self._taken_out)[:1]:
            made = first_few(list(names), _MOST_NAMES)
            self._module.tell(first, f"taken out, as they are codes in codeable: superclasses of {made}")

    def _decide(self, statement: ast.stmt, variables: _Variables) -> None:
        to, value = _assignment(statement)
        additions = {node: found for node in ast.walk(statement) if (found := self._addition(node))}
        for node, addition in additions.items():
            targets = self._targets(addition.to, variables)
            coded = [self._is_code_in_codeable(each) for each in targets or ()]
            is_all = addition.is_alone and node is value and ast.unparse(addition.to) == ast.unparse(to)
            if coded and all(coded) and is_all:
                self._taken_out[statement] = targets or []
                self._module.taken_out.add(statement)
            elif any(coded) or targets is None:
                self._ask_first(addition)
        if isinstance(statement, ast.Assign) and not additions:
            for each in self._targets(to, variables) or ():
                self._add_to_ours(statement, each)

    def _targets(self, to: ast.expr, variables: _Variables) -> list[Any] | None:
        """The elements that a variable stands for; None where only a run shows them."""
        if not isinstance(to, ast.Name) or to.id not in variables:
            often = isinstance(to, ast.Name) and self._bound[to.id] > 1
            found = None if often else value_of(to, self._values)
            return None if found is None else [found]
        over = variables[to.id]
        if isinstance(over, ast.List | ast.Tuple | ast.Set):
            return [value_of(each, self._values) for each in over.elts]
        found = None if over is None else value_of(over, self._values)
        return list(found) if isinstance(found, list | tuple | set | frozenset) else None

    def _is_code_in_codeable(self, element: object) -> bool:
        return self._vocabulary.ours.code in getattr(self._vocabulary.our(element), "all_superclasses", ())

    def _addition(self, node: ast.AST) -> _Addition | None:
        match node:
            case (
                ast.AugAssign(target=ast.Attribute(attr="superclasses", value=to), op=ast.Add(), value=added)
                | ast.BinOp(left=ast.Attribute(attr="superclasses", value=to), op=ast.Add(), right=added)
                | ast.BinOp(left=added, op=ast.Add(), right=ast.Attribute(attr="superclasses", value=to))
            ):
                entries = getattr(added, "elts", [])
            case ast.List(elts=entries) | ast.Tuple(elts=entries):
                former = [each for each in entries if isinstance(each, ast.Starred)]
                match [each.value for each in former]:
                    case [ast.Attribute(attr="superclasses", value=to)]:
                        entries = [each for each in entries if each not in former]
                    case _:
                        return None
            case _:
                return None
        codes = [each for each in entries if self._is_code(each)]
        return _Addition(to, codes[0], len(entries) == 1) if codes else None

    def _is_code(self, node: ast.expr) -> bool:
        """Whether an expression is the metaclass of codes; a name that only a function has counts, too."""
        value = value_of(node, self._values)
        if value is not None:
            return self._vocabulary.our(value) is self._vocabulary.ours.code
        return str(dotted_name(node)).rpartition(".")[2] == "code"

    def _ask_first(self, addition: _Addition) -> None:
        to, code = self._module.source(addition.to), self._module.source(addition.code)
        span = self._module.span(addition.code)
        asking = f"*([] if {to}.has_superclass({code}) else [{code}])"
        self._module.replace(span.start, span.end, asking)
        self._module.tell(addition.code, f"adds {code} only where codeable has not added it")

    def _add_to_ours(self, statement: ast.Assign, element: object) -> None:
        """Turn `decision.superclasses = [x]` into `decision.superclasses = [*decision.superclasses, x]`."""
        target, value = self._module.source(statement.targets[0]), statement.value
        entries = value.elts if isinstance(value, ast.List | ast.Tuple | ast.Set) else [value]
        if not self._is_code_in_codeable(element) or not all(map(dotted_name, entries)) or not entries:
            return
        ours = [self._vocabulary.our(value_of(each, self._values)) for each in entries]
        if self._vocabulary.ours.code in ours or target in map(self._module.source, entries):
            return
        known = self._vocabulary.our(element).all_superclasses
        further = [
            self._module.source(each) for each, our in zip(entries, ours, strict=True) if our not in known
        ]
        span = self._module.span(value)
        self._module.replace(span.start, span.end, f"[{', '.join([f'*{target}', *further])}]")
        self._module.tell(
            statement, f"adds to {target} instead of replacing them, which would take away that it is a code"
        )

    def _is_empty(self, inner: list[list[ast.stmt]]) -> bool:
        statements = [each for body in inner for each in body]
        return any(map(self._module.leaves_nothing, statements)) and all(
            isinstance(each, ast.Pass) or self._module.leaves_nothing(each) for each in statements
        )


def _assignment(statement: ast.stmt) -> tuple[ast.expr, ast.AST]:
    """What a statement assigns superclasses to, and the part of it that says which."""
    match statement:
        case ast.Assign(targets=[ast.Attribute(attr="superclasses", value=to)], value=value):
            return to, value
        case ast.AugAssign(target=ast.Attribute(attr="superclasses", value=to)):
            return to, statement
        case ast.Expr(
            value=ast.Call(func=ast.Name(id="setattr"), args=[to, ast.Constant("superclasses"), value])
        ):
            return to, value
    return ast.Constant(None), statement


def _bound_inside(statement: ast.stmt) -> dict[str, ast.expr | None]:
    """The names that a loop or a function binds, each time it runs, for the statements in it."""
    bound: list[str] = []
    if isinstance(statement, ast.For | ast.AsyncFor | ast.While):
        bound = list(bound_names([statement]))
    elif isinstance(statement, Function):
        bound = [each.arg for each in ast.walk(statement.args) if isinstance(each, ast.arg)]
    match statement:
        case ast.For(target=ast.Name(id=name), iter=over):
            return {**dict.fromkeys(bound), name: over}
    return dict.fromkeys(bound)

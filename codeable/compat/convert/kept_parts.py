"""Keeps the parts of a statement that declare elements when the rest of it, which draws, is taken out."""

import ast
from collections.abc import Callable, Iterator

from codeable.compat.convert.declaring import declares, declares_itself
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.source_names import Comprehension
from codeable.source_reader import try_parse

_Test = Callable[[ast.AST], bool]


def hide_drawing_arguments(
    module: ModuleEdits, statement: ast.stmt, draws: _Test, making: frozenset[str]
) -> None:
    """Give None for the arguments that draw, to functions of the study that make elements."""
    for call in ast.walk(statement):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in making:
            for each in (*call.args, *(each.value for each in call.keywords)):
                can_go = isinstance(each, ast.Name | ast.Attribute | ast.Call) and not declares(each, making)
                if can_go and draws(each):
                    module.hidden.add(each)
                    span = module.span(each)
                    module.replace(span.start, span.end, "None")


def keep_parts(module: ModuleEdits, statement: ast.stmt, draws: _Test, making: frozenset[str]) -> bool:
    """Let only those expressions of a statement stay that declare and do not draw.

    Returns:
        Whether all that declares stays so.
    """
    kept = list(_parts(statement, draws, making))
    bound = {each.id for each in ast.walk(statement) if isinstance(each, ast.Name) and _is_stored(each)}
    if not kept or any(each is None for each in kept):
        return False
    parts = [each for each in kept if each is not None]
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign) and len(bound) > 1:
        return False
    if any(isinstance(each, ast.Name) and each.id in bound for part in parts for each in _read_in(part)):
        return False
    module.taken_out.difference_update(each for each in ast.walk(statement) if isinstance(each, ast.stmt))
    span = module.span(statement)
    indent = module.indent_of(statement)
    done = span.start
    for number, part in enumerate(parts):
        place = module.span(part)
        comments = module.comments_between(done, place.start)
        before, after = _brackets(part, statement, module.source(part))
        lead = "".join(f"{each}{module.newline}{indent}" for each in comments)
        between = f"{module.newline}{indent}" if number else ""
        module.replace(done, place.start, between + lead + before)
        done = place.end
        if after:
            module.replace(done, done, after)
        elif isinstance(part, ast.Call):
            module.alone[part] = place.start
    module.replace(done, span.end, "".join(f"  {each}" for each in module.comments_between(done, span.end)))
    _hide(module, statement, parts)
    return True


def _parts(node: ast.AST, draws: _Test, making: frozenset[str]) -> Iterator[ast.expr | None]:
    """The largest expressions that declare and do not draw; None for one that does both at once."""
    for each in ast.iter_child_nodes(node):
        if not declares(each, making):
            continue
        if isinstance(each, ast.expr) and not draws(each):
            yield from _elements(each, making)
        elif isinstance(each, Comprehension) and not any(
            declares(inner, making) for inner in ast.iter_child_nodes(each) if inner is not each.generators[0]
        ):  # what it goes through is made outside of it
            yield from _parts(each.generators[0], draws, making)
        elif isinstance(each, ast.Lambda | Comprehension) or declares_itself(each, making):
            yield None
        else:
            yield from _parts(each, draws, making)


def _elements(part: ast.expr, making: frozenset[str]) -> list[ast.expr]:
    """The calls in a list of views that make them; any other expression itself."""
    if isinstance(part, ast.List | ast.Tuple):
        found = [each for each in part.elts if declares(each, making)]
        if all(isinstance(each, ast.Call) for each in found):
            return found
    return [part]


def _read_in(part: ast.expr) -> Iterator[ast.Name]:
    """The names that an expression reads and does not bind itself."""
    names = [each for each in ast.walk(part) if isinstance(each, ast.Name)]
    own = {each.id for each in names if _is_stored(each)}
    return (each for each in names if each.id not in own)


def _is_stored(node: ast.Name | ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Store)


def _brackets(part: ast.expr, statement: ast.stmt, source: str) -> tuple[str, str]:
    """What an expression needs around it as a statement of its own; what a loop asks is asked for all."""
    loops = (each for each in ast.walk(statement) if isinstance(each, ast.For | ast.comprehension))
    match part:
        case ast.GeneratorExp() | ast.Call(func=ast.Name(id="enumerate" | "filter" | "map" | "zip")):
            return "list(", ")"
        case ast.Call() if any(part is each.iter for each in loops):
            return "list(", ")"
    return ("", "") if try_parse(source) is not None else ("(", ")")


def _hide(module: ModuleEdits, node: ast.AST, parts: list[ast.expr]) -> None:
    for each in ast.iter_child_nodes(node):
        if each in parts:
            continue
        if any(inner in parts for inner in ast.walk(each)):
            _hide(module, each, parts)
        else:
            module.hidden.add(each)

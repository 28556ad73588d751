"""Rewrites the uses of imported modules: `metamodels.guidance_metamodel.force` → `codeable.dsl.force`."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from codeable.compat.convert.module_edits import ModuleEdits
from codeable.source_reader import dotted_name, try_parse
from codeable.text import first_few

if TYPE_CHECKING:
    from codeable.compat.convert.imports import ImportNames

_MOST_LINES = 12


def rewrite_uses(
    module: ModuleEdits, roots: Mapping[str, str], kept: Collection[str], names: "ImportNames"
) -> list[tuple[str, str]]:
    """Rewrite the dotted names that begin with an imported module.

    Args:
        module: The module; its edits are added to.
        roots: The names that are bound to modules → the full names of these.
        kept: Those of them that are bound to the module from its new place, too.
        names: How modules are called in the new study.

    Returns:
        Pairs of a bound name and a full name of a module that the new text names in its place; the new
        module has to import it.
    """
    needed: dict[tuple[str, str], None] = {}
    lost: dict[str, list[ast.expr]] = {}
    for node, dotted, in_text in _dotted(module, roots):
        bound, *rest = dotted.split(".")
        parts = [*roots[bound].split("."), *rest]
        new = _new_text(parts, roots[bound] if bound in kept else "", names)
        if isinstance(new, str):
            lost.setdefault(new, []).append(node)
        if new is None or isinstance(new, str):
            continue
        text, imported = new
        needed[bound, imported] = None
        if in_text is not None:
            _replace_in_text(module, in_text, dotted, text)
        else:
            span = module.span(node)
            module.replace(span.start, span.end, text)
    for lacks, uses in lost.items():
        uses.sort(key=lambda each: (each.lineno, each.col_offset))
        lose_uses(module, uses[0], lacks, uses)
    return list(needed)


def lose_uses(module: ModuleEdits, place: ast.expr | ast.stmt, lacks: str, uses: Sequence[ast.expr]) -> None:
    """Report a name that codeable lacks, with the lines of its uses."""
    lines = list(dict.fromkeys(str(each.lineno) for each in uses))
    module.lose(
        place,
        f"{lacks}; make it in this module, or take out its {'uses' if len(uses) > 1 else 'use'}: "
        f"line{'s' if len(lines) > 1 else ''} {first_few(lines, _MOST_LINES)}",
    )


def _new_text(parts: list[str], kept: str, names: "ImportNames") -> tuple[str, str] | str | None:
    """The new text of a dotted name and the module that it needs.

    Returns:
        None where it stays; what codeable lacks, in words, where it has no counterpart.
    """
    for length in range(len(parts), 0, -1):
        full = ".".join(parts[:length])
        if not (names.is_module(full) or names.provided(full)):
            continue
        renamed = names.new_name(full)
        if length == len(parts):
            return None if renamed is None or kept == full else (renamed, renamed)
        name = parts[length]
        target = names.target(full, name)
        if target is None:
            return None
        if not target.module:
            return f"codeable has no {name!r} of {full}"
        if kept == full and target.module == renamed:
            return None  # `import a.b as c`: the import itself changes
        rest = parts[length + 1 :]
        return ".".join([target.module, target.name, *rest]), target.module
    return None


def _dotted(
    module: ModuleEdits, roots: Mapping[str, str]
) -> Iterator[tuple[ast.expr, str, ast.JoinedStr | None]]:
    """The longest dotted names that begin with a module; with the f-string that they are in."""
    pending: list[tuple[ast.AST, ast.JoinedStr | None]] = [(module.tree, None)]
    while pending:
        node, in_text = pending.pop()
        if node in module.taken_out or node in module.hidden:
            continue
        if isinstance(node, ast.Attribute | ast.Name):
            dotted = dotted_name(node)
            if dotted is not None and dotted.partition(".")[0] in roots:
                yield node, dotted, in_text
                continue
        if isinstance(node, ast.JoinedStr) and in_text is None:
            in_text = node
        pending += [(each, in_text) for each in ast.iter_child_nodes(node)]


def _replace_in_text(module: ModuleEdits, text: ast.JoinedStr, old: str, new: str) -> None:
    """Replace a name inside the braces of an f-string, where syntax trees have no reliable places."""
    source = module.source(text)
    start = module.span(text).start
    for found in re.finditer(rf"(?<![\w.]){re.escape(old)}(?!\w)", source):
        changed = source[: found.start()] + new + source[found.end() :]
        if _literal_parts(changed) == _literal_parts(source):
            module.replace(start + found.start(), start + found.end(), new)


def _literal_parts(source: str) -> list[object]:
    tree = try_parse(f"({source}\n)")
    nodes = ast.walk(tree) if tree is not None else ()
    return [
        part.value
        for each in nodes
        if isinstance(each, ast.JoinedStr)
        for part in each.values
        if isinstance(part, ast.Constant)
    ]

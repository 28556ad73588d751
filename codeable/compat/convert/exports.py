"""Cuts names that the new study lacks out of the `__all__` of a module. `new_study` calls `cut_exports`."""

import ast
import re
from collections.abc import Iterator

from codeable.compat.convert.codeable_modules import is_drawing, old_star_names, star_names
from codeable.compat.convert.imports import ImportNames, absolute
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.source_names import bound_names

_REST_OF_ENTRY = re.compile(r"[ \t]*,?[ \t]*")
_LINE_END = re.compile(r"\r\n?|\n")


def cut_exports(module: ModuleEdits, names: ImportNames) -> None:
    """Take names out of the lists in `__all__` that the module does not bind any more.

    Args:
        module: The module, with all other edits; they are added to.
        names: What imports stand for in the new study.
    """
    lists = list(_lists(module))
    if not lists:
        return
    kept = {*_bound_in(ast.parse(module.encoded()))}
    gone = {*bound_names(module.tree.body), *_from_stars(module, names)}
    gone.update(names.gone.get(module.name) or ())
    for each in lists:
        for entry in each.elts:
            if isinstance(entry, ast.Constant) and entry.value in gone - kept:
                module.replace(*_extent(module, entry), "")


def _extent(module: ModuleEdits, entry: ast.Constant) -> tuple[int, int]:
    """Where an entry and its comma begin and end; a line that has nothing else is part of it."""
    span, text = module.span(entry), module.text
    rest = _REST_OF_ENTRY.match(text, span.end)
    end = rest.end() if rest else span.end
    before = re.search(r"[^\r\n]*\Z", text[: span.start])
    line_end = _LINE_END.match(text, end)
    if before is not None and line_end is not None and not before[0].strip():
        return before.start(), line_end.end()
    return span.start, end


def _lists(module: ModuleEdits) -> Iterator[ast.List | ast.Tuple]:
    """The lists that are assigned or added to `__all__`, if taking all entries out leaves a list."""
    for statement in module.tree.body:
        if statement in module.taken_out:
            continue
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List() | ast.Tuple() as value)
                | ast.AnnAssign(target=ast.Name(id="__all__"), value=ast.List() | ast.Tuple() as value)
                | ast.AugAssign(target=ast.Name(id="__all__"), value=ast.List() | ast.Tuple() as value)
            ) if module.source(value)[0] in "[(":
                yield value


def _bound_in(tree: ast.Module) -> Iterator[str]:
    """The names that a module of the new study binds, those that it imports from codeable included."""
    yield from bound_names(tree.body)
    for each in tree.body:
        if isinstance(each, ast.ImportFrom) and each.names[0].name == "*":
            module = each.module or ""
            yield from star_names(module) if module.startswith("codeable.") else ()


def _from_stars(module: ModuleEdits, names: ImportNames) -> Iterator[str]:
    """The names that imports with a star bring in the old study and not in the new one."""
    for statement in module.tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*":
            old = absolute(statement, module.package)
            provided = names.provided(old)
            if provided is not None and is_drawing(provided):
                yield from old_star_names(provided)
            else:
                yield from names.gone.get(names.known(old)) or ()

"""Cuts names that the new study lacks out of the `__all__` of a module. `new_study` calls `cut_exports`."""

import ast
import re
from collections.abc import Iterator

from codeable.compat.convert.imports import ImportNames
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
    without = [each for each in module.taken_out if module.leaves_nothing(each)]
    gone = {*bound_names(module.tree.body)} - {*bound_names(module.tree.body, without)}
    gone.update(names.gone.get(module.name) or ())
    for each in lists:
        for entry in each.elts:
            if isinstance(entry, ast.Constant) and entry.value in gone:
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

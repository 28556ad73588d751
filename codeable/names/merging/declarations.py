"""The declarations of codes that become one, in the modules: one stays, before the first use."""

import ast
from collections.abc import Iterator, Sequence

from codeable.kernel.place import shown_place
from codeable.lines import Edit
from codeable.names.merging.link_pairs import without_statement
from codeable.names.merging.work import MergeWork
from codeable.names.renaming.plan import PlaceRemark
from codeable.names.renaming.refusals import RenameRefusedError
from codeable.notes.vocabulary import CONSTRUCTORS
from codeable.source_reader import dotted_name


def check_declarations(work: MergeWork, paths: Sequence[str]) -> None:
    """Refuse where another statement than a plain declaration binds a name that goes.

    Raises:
        RenameRefusedError: With the place.
    """
    for path in paths:
        for name in work.names:
            _statement(work, path, name)


def with_one_declaration(work: MergeWork, paths: Sequence[str], home: str) -> str:
    """Take the declarations out; the module that declares the code that stays then."""
    for path in paths:
        for name in work.names:
            if (declared := _statement(work, path, name)) is None:
                continue
            work.gone += _declaration_gone(work, path, name)
            if _comes_first(work, path, declared, home):
                _move_here(work, path, declared, home)
                home = path
            else:
                work.edit(path, without_statement(work.module(path), declared))
    return home


def _statement(work: MergeWork, path: str, name: str) -> ast.Assign | None:
    """The statement that declares a name, as the module is so far; None where it declares none.

    Raises:
        RenameRefusedError: Another statement binds the name.
    """
    found = _declaring(work.tree(path), name)
    plain = {work.module(path).span(each.targets[0]).start for each in found}
    for one in work.names_in(path):
        if one.name == name and one.role == "declaration" and not one.alias and one.span.start not in plain:
            raise RenameRefusedError(
                f"{shown_place(one.span)}: '{name}' is no plain declaration; merge it by hand", one.span
            )
    return found[0] if found else None


def _declaring(tree: ast.Module, name: str) -> list[ast.Assign]:
    return [each for each in tree.body if isinstance(each, ast.Assign) and _declares(each, name)]


def _declaration_gone(work: MergeWork, path: str, name: str) -> Iterator[PlaceRemark]:
    module = work.study.modules[path]
    for statement in _declaring(module.tree, name) if module.tree is not None else ():
        what = " ".join(ast.unparse(statement.value).split())
        yield PlaceRemark(module.span(statement), f"{name} = {what}")


def _comes_first(work: MergeWork, path: str, declared: ast.Assign, home: str) -> bool:
    """Whether the code that stays has to be declared where another one was."""
    if path == home:
        kept = _statement(work, home, work.into)
        return kept is not None and kept.lineno > declared.lineno
    return path in imported_by(work, home)


def _move_here(work: MergeWork, path: str, declared: ast.Assign, home: str) -> None:
    """Declare the code that stays in the place of another one."""
    kept = _statement(work, home, work.into)
    assert kept is not None
    there, here = work.module(home), work.module(path)
    span, own = there.span(kept), here.span(declared)
    text = there.text[span.start : there.lines.end_of(span.end_line - 1)]
    work.edit(home, without_statement(there, kept))
    work.edit(path, Edit(path, own.start, here.lines.end_of(own.end_line - 1), text))


def imported_by(work: MergeWork, path: str) -> set[str]:
    """The modules that a module imports, also by way of others."""
    by_name = {work.study.module_name(each): each for each in work.study.modules}
    found: set[str] = set()
    rest = [path]
    while rest:
        for node in ast.walk(work.tree(rest.pop())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            new = {by_name[name] for name in names if name in by_name} - found
            found |= new
            rest += new
    return found


def _declares(statement: ast.Assign, name: str) -> bool:
    """Whether a statement does nothing but declare a name, or bind it to another one."""
    if len(statement.targets) != 1 or getattr(statement.targets[0], "id", None) != name:
        return False
    value = statement.value
    is_constructor = isinstance(value, ast.Call) and dotted_name(value.func) in CONSTRUCTORS
    return is_constructor or isinstance(value, ast.Name)

"""The imports and uses of codes that become one, in the modules."""

import ast

from codeable.files import path_in
from codeable.lines import Edit
from codeable.names.merging.declarations import imported_by
from codeable.names.merging.link_pairs import without_entry, without_statement
from codeable.names.merging.work import MergeWork
from codeable.names.renaming.refusals import RenameRefusedError


def with_imports(work: MergeWork, path: str, home: str, *, always: bool = False) -> None:
    """Let the imports of the names that go get the one that stays.

    Args:
        work: The modules.
        path: The module whose imports change.
        home: The module that declares the one that stays.
        always: Whether it gets the name in any case, since others import it from there.
    """
    while (found := _import_of(work, path)) is not None:
        node, index = found
        module, alias = work.module(path), node.names[index]
        is_home = work.study.module_name(home) == (node.module or "")
        if is_home and (alias.asname is not None or not _sees(work, path, home)):
            at = module.span(alias).start
            work.edit(path, Edit(path, at, at + len(alias.name), work.into))
            continue
        line = "" if _sees(work, path, home) else _import_line(work, home, alias.asname)
        if len(node.names) == 1:
            span = module.span(node)
            work.edit(path, Edit.of(span, line) if line else without_statement(module, node))
        else:
            aliases = [(each, each) for each in node.names]
            work.edit(path, without_entry(module, aliases, index))
            if line:
                _add_import(work, path, line)
    if not _sees(work, path, home) and (always or work.places(path)):
        _add_import(work, path, _import_line(work, home, None))


def _import_of(work: MergeWork, path: str) -> tuple[ast.ImportFrom, int] | None:
    marked = {one.span.start for one in work.names_in(path) if one.name in work.names}
    for node in ast.walk(work.tree(path)):
        for index, alias in enumerate(node.names) if isinstance(node, ast.ImportFrom) else ():
            if isinstance(node, ast.ImportFrom) and work.module(path).span(alias).start in marked:
                return node, index
    return None


def _import_line(work: MergeWork, home: str, asname: str | None) -> str:
    behind = f" as {asname}" if asname is not None else ""
    return f"from {work.study.module_name(home)} import {work.into}{behind}"


def _sees(work: MergeWork, path: str, home: str) -> bool:
    """Whether a module has the name that stays."""
    if path == home:
        return True
    imports = (node for node in work.tree(path).body if isinstance(node, ast.ImportFrom))
    return any(
        (alias.asname or alias.name) == work.into
        or (alias.name == "*" and _offers(work, node.module or "", home))
        for node in imports
        for alias in node.names
    )


def _offers(work: MergeWork, name: str, home: str) -> bool:
    """Whether a module, by its name, has the name that stays, so that it can be imported from there."""
    paths = (path for path in work.study.modules if work.study.module_name(path) == name)
    return any(
        path == home or (home in imported_by(work, path) and _sees(work, path, home)) for path in paths
    )


def _add_import(work: MergeWork, path: str, line: str) -> None:
    module = work.module(path)
    head = [node for node in work.tree(path).body if isinstance(node, ast.Import | ast.ImportFrom)]
    newline = "\r\n" if "\r\n" in module.text else "\n"
    if not head:
        work.edit(path, Edit(path, 0, 0, f"{line}{newline}"))
        return
    end = module.span(head[-1]).end
    work.edit(path, Edit(path, end, end, f"{newline}{line}"))


def with_uses(work: MergeWork, path: str) -> None:
    """Let the uses of the names that go be uses of the one that stays.

    Raises:
        RenameRefusedError: The module has that name for something of its own.
    """
    places = work.places(path)
    work.edit(path, *(Edit.of(one.span, work.into) for one in places))
    shift, expected = 0, []
    for one in places:
        expected.append(one.span.start + shift)
        shift += len(work.into) - (one.span.end - one.span.start)
    found = {one.span.start for one in work.names_in(path) if one.name == work.into}
    for start, one in zip(expected, places, strict=True):
        if start not in found:
            raise RenameRefusedError(
                f"{path_in(work.study.folder, path)} uses the name '{work.into}' for something of its own",
                one.span,
            )

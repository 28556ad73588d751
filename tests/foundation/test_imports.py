"""Modules import downwards: there is no circle, and the late imports of the kernel are named."""

import ast
import functools
import graphlib
from collections.abc import Iterator
from pathlib import Path

import codeable

FOLDER = Path(codeable.__file__).parent
LATE = {("classifier", "association"), ("object", "link_functions")}
"""The imports inside functions of the kernel."""

BLOCKS = ("body", "orelse", "handlers", "finalbody", "cases")
"""The fields of a node that hold statements."""


@functools.cache
def modules() -> dict[str, ast.Module]:
    found = {}
    for path in FOLDER.rglob("*.py"):
        parts = path.relative_to(FOLDER.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def statements(node: ast.AST, *, late: bool = False) -> Iterator[tuple[ast.ImportFrom | ast.Import, bool]]:
    """The imports, and whether they run only when a function is called; without those for type checkers."""
    for child in (each for block in BLOCKS for each in getattr(node, block, ())):
        if isinstance(child, ast.ImportFrom | ast.Import):
            yield child, late
        elif not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            yield from statements(child, late=late or function)


def imports(known: dict[str, ast.Module], name: str, *, late: bool) -> set[str]:
    """The modules of the package that a module imports."""
    found: set[str] = set()
    for statement, is_late in statements(known[name]):
        if is_late == late:
            if isinstance(statement, ast.Import):
                found.update(alias.name for alias in statement.names)
            else:
                names = (f"{statement.module}.{alias.name}" for alias in statement.names)
                found.update(each if each in known else str(statement.module) for each in names)
    return {each for each in found if each in known and each != name}


def test_no_circle_arises_when_modules_are_imported() -> None:
    known = modules()
    order = graphlib.TopologicalSorter({name: imports(known, name, late=False) for name in known})
    assert len(list(order.static_order())) >= len(known)


def test_the_late_imports_of_the_kernel_are_those_that_its_docstrings_name() -> None:
    known = modules()
    prefix = "codeable.kernel."
    found = {
        (name.removeprefix(prefix), target.removeprefix(prefix))
        for name in known
        if name.startswith(prefix)
        for target in imports(known, name, late=True)
    }
    assert found == LATE
    for name, _ in LATE:
        assert "Late import" in str(ast.get_docstring(known[prefix + name]))


def test_the_name_of_a_public_class_exists_once() -> None:
    places: dict[str, list[str]] = {}
    for module, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(module)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_commands_that_make_no_report_import_none() -> None:
    """The reports are many modules; `codeable show` and `import codeable` must not wait for them."""
    known = modules()
    found: set[str] = set()
    pending = ["codeable.cli.show", "codeable.cli.listing", "codeable.cli.notes", "codeable.render.command"]
    while pending:
        name = pending.pop()
        new = imports(known, name, late=False) - found
        found |= new
        pending += new
    assert [name for name in found if name.startswith("codeable.reports.")] == []

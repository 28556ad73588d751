"""Rewrites the imports of a module: what CodeableModels offered comes from codeable now.

Only the words that have to change are replaced, so that the layout and the comments of an import stay.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from importlib.util import resolve_name

from attrs import frozen

from codeable.compat import shims
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.source_reader import dotted_name

DSL = "codeable.dsl"
PREDICATES = "codeable.kernel.predicates"
DRAWING = "plant_uml_renderer"
_WITHOUT_DSL = ("activity", "component", "deployment", "microservice_components", "technology")
_FROM = re.compile(r"from\b(?:\s|\\\r?\n)*([.\w\s\\]*?)(?:\s|\\\r?\n)*\bimport\b")


def counterpart(name: str) -> str | None:
    """The module of codeable that offers what a module of CodeableModels offered; None for any other module.

    Example:
        >>> counterpart("metamodels.guidance_metamodel"), counterpart("codeable_models.cclass")
        ('codeable.dsl', 'codeable.dsl')
        >>> counterpart("metamodels.component_metamodel")
        'codeable.metamodels.component'
    """
    if name not in shims.PROVIDED or name.partition(".")[0] == DRAWING:
        return None
    if name.startswith("codeable_models.internal"):
        return PREDICATES
    metamodel = name.removeprefix("metamodels.").removesuffix("_metamodel")
    return f"codeable.metamodels.{metamodel}" if metamodel in _WITHOUT_DSL else DSL


@frozen
class ImportNames:
    """How the modules that an old study imports are called in the new one.

    Attributes:
        new_name: Full name of a module in the old study → its name in the new study or in codeable, None
            where it stays.
        is_module: Whether a full name is that of a module.
    """

    new_name: Callable[[str], str | None]
    is_module: Callable[[str], bool]


def rewrite_imports(module: ModuleEdits, package: str, names: ImportNames) -> None:
    """Rewrite the imports of a module, also those inside of functions and `try`.

    Args:
        module: The module; its edits are added to.
        package: The full name of the package it is in, from which relative imports start.
        names: How modules are called in the new study.
    """
    renamed: dict[str, str] = {}
    for statement in module.statements():
        if isinstance(statement, ast.Import):
            renamed |= _rewrite_import(module, statement, names)
        elif isinstance(statement, ast.ImportFrom):
            _rewrite_from(module, statement, package, names)
    if renamed:
        _rename_uses(module, renamed)


def _rewrite_import(module: ModuleEdits, statement: ast.Import, names: ImportNames) -> dict[str, str]:
    """Rewrite `import a.b as c`; for `import a.b` return the name, whose uses change, too."""
    renamed: dict[str, str] = {}
    for alias in statement.names:
        new = names.new_name(alias.name)
        if new is None:
            continue
        start = module.span(alias).start
        module.replace(start, start + len(alias.name), new)
        if alias.asname is None:
            renamed[alias.name] = new
    return renamed


def _rename_uses(module: ModuleEdits, renamed: Mapping[str, str]) -> None:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name) and (name := dotted_name(node)) in renamed:
            span = module.span(node)
            module.replace(span.start, span.end, renamed[str(name)])


def _rewrite_from(module: ModuleEdits, statement: ast.ImportFrom, package: str, names: ImportNames) -> None:
    old = absolute(statement, package)
    modules = [each for each in statement.names if names.is_module(f"{old}.{each.name}")]
    if modules and len(modules) == len(statement.names):
        _rewrite_modules(module, statement, old, names)
        return
    new = names.new_name(old)
    if new is not None:
        span = module.span(statement)
        found = _FROM.match(module.text, span.start)
        if found is not None:
            module.replace(found.start(1), found.end(1), new)


def _rewrite_modules(module: ModuleEdits, statement: ast.ImportFrom, old: str, names: ImportNames) -> None:
    """Rewrite `from package import module`, which becomes `import new.name as module`."""
    new = [names.new_name(f"{old}.{each.name}") for each in statement.names]
    if not any(new):
        return
    span = module.span(statement)
    parts = [
        f"{name or f'{old}.{each.name}'} as {each.asname or each.name}"
        for each, name in zip(statement.names, new, strict=True)
    ]
    module.replace(span.start, span.end, f"import {', '.join(parts)}")


def absolute(statement: ast.ImportFrom, package: str) -> str:
    """The full name of the module that an import from a module names."""
    name = statement.module or ""
    if not statement.level:
        return name
    try:
        return resolve_name("." * statement.level + name, package)
    except ImportError:
        return name


def imported_names(module: ModuleEdits, package: str) -> Iterator[tuple[str, str, str, ast.stmt]]:
    """Module, name in it, and name that it is bound to, for each name that a module imports."""
    for statement in module.statements():
        if isinstance(statement, ast.ImportFrom):
            for each in statement.names:
                yield absolute(statement, package), each.name, each.asname or each.name, statement
        elif isinstance(statement, ast.Import):
            for each in statement.names:
                yield each.name, "", each.asname or each.name.partition(".")[0], statement

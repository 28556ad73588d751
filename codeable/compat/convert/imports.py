"""Rewrites the imports of a module: what CodeableModels offered comes from codeable now.

Only the words that have to change are replaced, so that the layout and the comments of an import stay.
"""

import ast
from collections.abc import Callable, Collection, Iterator, Mapping
from importlib.util import resolve_name

from attrs import field, frozen

from codeable.compat.convert import codeable_modules
from codeable.compat.convert.dotted_uses import lose_uses, rewrite_uses
from codeable.compat.convert.from_import import changed
from codeable.compat.convert.module_edits import ModuleEdits


@frozen
class NewPlace:
    """Where a name is in the new study.

    Attributes:
        module: The module that has it; empty where no module has it.
        name: How it is called there.
    """

    module: str
    name: str


@frozen
class ImportNames:
    """How the modules that an old study imports are called in the new one.

    Attributes:
        new_name: Full name of a module in the old study → its name in the new study or in codeable, None
            where it stays.
        is_module: Whether a full name is that of a module.
        provided: Full name of a module → the module of CodeableModels that it is or is a copy of, or None.
        known: Full name of a module → the name that it has in the old study, where an alias leads to it.
        makers: The functions that a module of the study has or imports, and that make elements.
        gone: Names that the new modules do not have, by module; None where all of a module is left out.
        gone_methods: Methods that no class of the new modules has, as they only draw.
        stars: Import with a star → the module that it names in the new study, and names that have to be
            imported besides.
    """

    new_name: Callable[[str], str | None]
    is_module: Callable[[str], bool]
    provided: Callable[[str], str | None]
    known: Callable[[str], str] = str
    makers: Callable[[str], frozenset[str]] = lambda _: frozenset()
    gone: dict[str, frozenset[str] | None] = field(factory=dict)
    gone_methods: set[str] = field(factory=set)
    stars: Mapping[ast.ImportFrom, tuple[str, tuple[str, ...]]] = field(factory=dict)

    def target(self, module: str, name: str) -> NewPlace | None:
        """Where a name of a module of the old study is in the new one; None if nothing changes."""
        full = f"{module}.{name}"
        if self.is_gone(module, name) or self.is_gone(full):
            return NewPlace("", name)
        if self.is_module(full):
            new = self.new_name(full)
            parent, _, last = (new or "").rpartition(".")
            return NewPlace(parent, last) if new else None
        if (provided := self.provided(module)) is not None:
            return NewPlace(codeable_modules.home_of(provided, name) or "", name)
        new = self.new_name(module)
        if new is None:
            return None
        lacks = new.startswith("codeable.") and name not in codeable_modules.star_names(new)
        return NewPlace("" if lacks else new, name)

    def is_gone(self, module: str, name: str | None = None) -> bool:
        """Whether a module, or a name of it, is not in the new study; nothing of the renderer is."""
        names = self.gone.get(self.known(module), frozenset())
        return names is None or name in names or codeable_modules.is_drawing(self.provided(module) or "")

    def gone_of(self, module: str) -> frozenset[str]:
        """The names that an import with a star brought and does not bring any more."""
        provided = self.provided(module) or ""
        if codeable_modules.is_drawing(provided):
            return codeable_modules.old_star_names(provided)
        return self.gone.get(self.known(module)) or frozenset()


def rewrite_imports(module: ModuleEdits, names: ImportNames, new_package: str = "") -> None:
    """Rewrite the imports of a module, also those inside of functions and `try`.

    Args:
        module: The module; its edits are added to.
        names: How modules are called in the new study.
        new_package: The full name of the package it is in in the new study.
    """
    roots: dict[str, str] = {}
    statements: dict[str, ast.Import | ast.ImportFrom] = {}
    kept: set[str] = set()
    for statement in list(module.statements()):
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                bound = alias.asname or alias.name.partition(".")[0]
                roots[bound] = alias.name if alias.asname else bound
                if alias.asname or _gets_its_old_name(alias, names):
                    kept.add(bound)
                if names.new_name(alias.name) or names.provided(alias.name):
                    statements.setdefault(bound, statement)
        elif isinstance(statement, ast.ImportFrom):
            bound_modules = _rewrite_from(module, statement, names, new_package)
            roots |= bound_modules
            kept.update(bound_modules)
            statements |= dict.fromkeys(bound_modules, statement)
    named = {
        (alias.asname or alias.name.partition(".")[0], names.new_name(alias.name))
        for statement in module.statements()
        if isinstance(statement, ast.Import)
        for alias in statement.names
    }
    needed = [each for each in rewrite_uses(module, roots, kept, names) if each not in named]
    for statement in list(module.statements()):
        if isinstance(statement, ast.Import):
            wanted = [each for bound, each in needed if statements.get(bound) is statement]
            _rewrite_import(module, statement, names, wanted)
        elif isinstance(statement, ast.ImportFrom):
            for each in dict.fromkeys(each for bound, each in needed if statements.get(bound) is statement):
                module.add_after(statement, f"import {each}")
    _tell_dynamic_imports(module, names)


def _gets_its_old_name(alias: ast.alias, names: ImportNames) -> bool:
    """Whether `import a` becomes `import new.a as a`: a module of the study, whose uses stay."""
    is_plain = alias.asname is None and "." not in alias.name
    return is_plain and names.provided(alias.name) is None and names.new_name(alias.name) is not None


def _rewrite_import(
    module: ModuleEdits, statement: ast.Import, names: ImportNames, needed: Collection[str]
) -> None:
    """Rewrite `import a.b as c`, and import what its uses name besides."""
    written: dict[str, None] = {}
    for alias in statement.names:
        if not names.is_gone(alias.name):
            bound = alias.name if _gets_its_old_name(alias, names) else alias.asname
            written[(names.new_name(alias.name) or alias.name) + (f" as {bound}" if bound else "")] = None
    written |= dict.fromkeys(needed)
    if list(written) != list(map(ast.unparse, statement.names)):
        span = module.span(statement)
        module.replace(span.start, span.end, f"import {', '.join(written)}")


def _rewrite_from(
    module: ModuleEdits, statement: ast.ImportFrom, names: ImportNames, new_package: str
) -> dict[str, str]:
    """Rewrite a `from` import; return the modules that it binds, by the names they are bound to."""
    old = absolute(statement, module.package)
    if statement.names[0].name == "*":
        _rewrite_star(module, statement, old, names, new_package)
        return {}
    modules = {
        each.asname or each.name: f"{old}.{each.name}"
        for each in statement.names
        if names.is_module(f"{old}.{each.name}")
    }
    targets = [names.target(old, each.name) for each in statement.names]
    if all(each is None or _is_relatively_same(statement, each, new_package) for each in targets):
        return modules
    if len(targets) == 1 and modules and (target := targets[0]) is not None and target.module:
        bound = next(iter(modules))
        if "#" not in module.source(statement):
            span = module.span(statement)
            module.replace(span.start, span.end, f"import {target.module}.{target.name} as {bound}")
            return modules
    groups: dict[str, list[int]] = {}
    for number, target in enumerate(targets):
        groups.setdefault(old if target is None else target.module, []).append(number)
    for number in groups.pop("", []):
        _lose_name(module, statement, old, statement.names[number], names)
    if not groups:
        module.taken_out.add(statement)
        return {}
    renamed = {
        number: _as(target.name, each)
        for number, (target, each) in enumerate(zip(targets, statement.names, strict=True))
        if target is not None and target.name != each.name
    }
    first, *others = groups
    kept = set(groups[first])
    text = changed(
        module,
        statement,
        "" if first == old else first,
        renamed,
        [number for number in range(len(targets)) if number not in kept],
    )
    span = module.span(statement)
    module.replace(span.start, span.end, text)
    for other in others:
        listed = ", ".join(renamed.get(each) or ast.unparse(statement.names[each]) for each in groups[other])
        module.add_after(statement, f"from {other} import {listed}")
    return modules


def _as(name: str, alias: ast.alias) -> str:
    bound = alias.asname or alias.name
    return name if name == bound else f"{name} as {bound}"


def _is_relatively_same(statement: ast.ImportFrom, target: NewPlace, new_package: str) -> bool:
    """Whether a relative import leads to its target from the new place of the module, too."""
    if not statement.level or not target.module:
        return False
    return absolute(statement, new_package) == target.module


def _rewrite_star(
    module: ModuleEdits, statement: ast.ImportFrom, old: str, names: ImportNames, new_package: str
) -> None:
    new, besides = names.stars.get(statement, (names.new_name(old), ()))
    if new is None or _is_relatively_same(statement, NewPlace(new, "*"), new_package):
        return
    span = module.span(statement)
    module.replace(span.start, span.end, changed(module, statement, new, {}, ()))
    if besides:
        module.add_after(statement, f"from {codeable_modules.DSL} import {', '.join(besides)}")


def _lose_name(
    module: ModuleEdits, statement: ast.ImportFrom, old: str, alias: ast.alias, names: ImportNames
) -> None:
    """Report a name that codeable lacks, where the module uses it; other modules cannot import it either."""
    bound = alias.asname or alias.name
    names.gone[module.name] = (names.gone.get(module.name) or frozenset()) | {bound}
    uses = [node for node in module.names() if node.id == bound]
    provided = names.provided(old) is not None
    lacks = (
        f"codeable has no {alias.name!r} of {old}" if provided else f"{old} has no {alias.name!r} any more"
    )
    if uses:
        lose_uses(module, statement, lacks, uses)
    elif provided:
        module.tell(statement, f"{lacks}; nothing uses it here, and it is no longer imported")


def _tell_dynamic_imports(module: ModuleEdits, names: ImportNames) -> None:
    """Report imports by a call: their names cannot be rewritten."""
    for statement in module.statements():
        for node in ast.walk(statement) if not hasattr(statement, "body") else ():
            match node:
                case ast.Call(func=function, args=[ast.Constant(value=str() as name), *_]) if (
                    ast.unparse(function) in ("__import__", "importlib.import_module", "import_module")
                    and names.new_name(name) is not None
                ):
                    module.lose(
                        statement,
                        f"{ast.unparse(node)} is not rewritten; write an import of {names.new_name(name)}",
                    )


def absolute(statement: ast.ImportFrom, package: str) -> str:
    """The full name of the module that an import from a module names."""
    name = statement.module or ""
    if not statement.level:
        return name
    try:
        return resolve_name("." * statement.level + name, package)
    except ImportError:
        return name


def imported_names(module: ModuleEdits) -> Iterator[tuple[str, str, str, ast.stmt]]:
    """Module, name in it, and name that it is bound to, for each name that a module imports."""
    for statement in module.statements():
        if isinstance(statement, ast.ImportFrom):
            for each in statement.names:
                yield absolute(statement, module.package), each.name, each.asname or each.name, statement
        elif isinstance(statement, ast.Import):
            for each in statement.names:
                yield each.name, "", each.asname or each.name.partition(".")[0], statement

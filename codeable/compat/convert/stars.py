"""Decides which module of codeable each import with a star names, so that it hides no name bound before.

The bindings of all modules are followed twice, statement by statement: as they were in the old study, and as
they are in the new one. Where a star binds a name to something else than it was in the old study, a module
of codeable with fewer names is tried; what is hidden all the same is reported.
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import define, field, frozen

from codeable.compat.convert import codeable_modules as ours
from codeable.compat.convert.imports import ImportNames, absolute, imported_names
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.files import shown_path
from codeable.source_names import Scoped, bound_names
from codeable.source_reader import bodies_of


@frozen
class NameOrigin:
    """What a name stands for: a name that a module binds, or one of codeable.

    Attributes:
        module: The full name of the module in the old study; empty for codeable.
        name: The name there.
        place: Where it is bound, for messages.
        star: The star that brings it from codeable.
    """

    module: str
    name: str
    place: str = field(default="", eq=False)
    star: ast.ImportFrom | None = field(default=None, eq=False)


_Bindings = dict[str, NameOrigin]


@define
class _Module:
    edits: ModuleEdits
    top: tuple[ast.stmt, ...]
    old: _Bindings = field(factory=dict)
    new: _Bindings = field(factory=dict)


class Stars:
    """The stars of a study.

    Args:
        modules: The modules, each after those that it imports.
        names: How modules are called in the new study.
        is_ours: Whether codeable has what a module of the old study binds to a name: module, name → answer.
    """

    def __init__(
        self, modules: Sequence[ModuleEdits], names: ImportNames, is_ours: Callable[[str, str], bool]
    ) -> None:
        self._modules = {each.name: _Module(each, tuple(_at_top(each, each.tree.body))) for each in modules}
        self._names = names
        self._is_ours = is_ours
        self._stars: dict[ast.ImportFrom, tuple[ModuleEdits, str]] = {}
        self._taken: dict[str, set[str]] = {}
        for module in modules:
            for imported, name, _, statement in imported_names(module):
                self._taken.setdefault(imported, set()).add(name)
                if name == "*" and isinstance(statement, ast.ImportFrom):
                    self._stars[statement] = module, imported
        self._narrow: set[ast.ImportFrom] = set()
        self._before: dict[ast.ImportFrom, _Bindings] = {}
        self._hidden: dict[tuple[ast.ImportFrom, str], tuple[ModuleEdits, NameOrigin, NameOrigin]] = {}

    def decide(self) -> dict[ast.ImportFrom, tuple[str, tuple[str, ...]]]:
        """The module that each star names in the new study, and the names to import besides."""
        before = -1
        while before != len(self._narrow):
            before = len(self._narrow)
            self._hidden.clear()
            for module in self._modules.values():
                self._follow(module)
        for (statement, name), (edits, former, _) in self._hidden.items():
            edits.tell(
                statement,
                f"the star hides {name!r} ({former.place}): it did not in the old study; import the names "
                "that the module uses, or import this one again below",
            )
        return {
            statement: (target, tuple(sorted(self._besides(module, statement, old, target))))
            for statement, (module, old) in self._stars.items()
            if (target := self._target(statement, old)) is not None
        }

    def _follow(self, module: _Module) -> None:
        """Follow the bindings of a module, and note which stars hide what in the new study only."""
        module.old, module.new = {}, {}
        for statement in module.top:
            place = f"{shown_path(module.edits.path)}:{statement.lineno}"
            if isinstance(statement, ast.ImportFrom):
                old = absolute(statement, module.edits.package)
                if statement.names[0].name == "*":
                    self._follow_star(module, statement, old)
                    continue
                for each in statement.names:
                    bound = each.asname or each.name
                    before, after = self._origins(old, each.name, place)
                    module.old[bound], module.new[bound] = before, after
                continue
            inner = [each for body in bodies_of(statement) for each in body]
            for name in bound_names([statement], inner):
                owner = "" if self._is_ours(module.edits.name, name) else module.edits.name
                origin = NameOrigin(owner, name, place)
                module.old[name] = module.new[name] = origin

    def _follow_star(self, module: _Module, statement: ast.ImportFrom, old: str) -> None:
        place = f"{shown_path(module.edits.path)}:{statement.lineno}"
        former = self._before[statement] = dict(module.new)
        target = self._target(statement, old)
        provided = self._names.provided(old)
        if provided is not None:
            module.old |= {each: NameOrigin("", each, place) for each in ours.old_star_names(provided)}
        elif old in self._modules:
            module.old |= _exported(self._modules[old].edits, self._modules[old].old)
        if target is not None and target.startswith("codeable."):
            module.new |= {each: NameOrigin("", each, place, statement) for each in ours.star_names(target)}
            if provided is None:
                module.old |= {each: NameOrigin("", each) for each in self._names_of_ours(old)}
        elif old in self._modules:
            module.new |= _exported(self._modules[old].edits, self._modules[old].new)
        for name, origin in module.new.items():
            before = former.get(name)
            if before is None or before == origin or module.old.get(name) in (None, origin):
                continue
            if origin.star is not None and self._can_be_narrower(origin.star, name):
                self._narrow.add(origin.star)
            else:
                self._hidden[statement, name] = module.edits, before, origin

    def _origins(self, module: str, name: str, place: str) -> tuple[NameOrigin, NameOrigin]:
        """What a name of a module stands for, in the old study and in the new one."""
        known = self._modules.get(module)
        if known is not None:
            unknown = NameOrigin(module, name, place)
            return known.old.get(name, unknown), known.new.get(name, unknown)
        target = self._names.target(module, name)
        from_codeable = target is not None and target.module.startswith("codeable.")
        origin = NameOrigin("" if from_codeable else module, name, place)
        return origin, origin

    def _names_of_ours(self, module: str) -> frozenset[str]:
        """The names of a metamodel of the study of which codeable has all."""
        target = self._names.new_name(module)
        offered = ours.star_names(target) if target is not None else frozenset()
        return frozenset(each for each in offered if self._is_ours(module, each))

    # -- which module a star names

    def _target(self, statement: ast.ImportFrom, old: str) -> str | None:
        target = self._names.new_name(old)
        return self._narrower(old) if target == ours.DSL and statement in self._narrow else target

    def _narrower(self, old: str) -> str:
        """The module of codeable with the fewest names that has those of a module."""
        provided = self._names.provided(old)
        if provided is not None:
            return ours.narrow_counterpart(provided) or ours.DSL
        names = self._names_of_ours(old)
        modules = [f"{ours.METAMODELS}.{each}" for each in ("domain", "coding", "guidance")]
        return next((each for each in modules if names <= ours.star_names(each)), ours.DSL)

    def _can_be_narrower(self, statement: ast.ImportFrom, name: str) -> bool:
        _, old = self._stars[statement]
        if statement in self._narrow or self._names.new_name(old) != ours.DSL:
            return False
        return name not in ours.star_names(self._narrower(old))

    def _besides(self, module: ModuleEdits, statement: ast.ImportFrom, old: str, target: str) -> set[str]:
        """The names that the old star brought, that the new one lacks, that are read and not bound yet."""
        provided = self._names.provided(old)
        if provided is None or not target.startswith("codeable."):
            return set()
        offered = ours.old_star_names(provided) & ours.star_names(ours.DSL)
        bound = {name for name, origin in self._before.get(statement, {}).items() if origin.module == ""}
        return (self._wanted(module) & offered) - ours.star_names(target) - bound

    def _wanted(self, module: ModuleEdits) -> set[str]:
        """The names that a module reads or others take from it; for a star, all that the study reads."""
        taken = self._taken.get(module.name, set())
        readers = [each.edits for each in self._modules.values()] if "*" in taken else [module]
        return taken.union(*({node.id for node in each.names()} for each in readers))


def _at_top(module: ModuleEdits, body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when a module is loaded, those inside of `if`, `try` and loops as well."""
    for statement in body:
        if statement in module.taken_out:
            continue
        yield statement
        if not isinstance(statement, Scoped):
            for each in bodies_of(statement):
                yield from _at_top(module, each)


def _exported(module: ModuleEdits, bindings: Mapping[str, NameOrigin]) -> _Bindings:
    """The names that `import *` takes from a module."""
    for statement in module.tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List() | ast.Tuple() as value):
                listed = {each.value for each in value.elts if isinstance(each, ast.Constant)}
                return {name: origin for name, origin in bindings.items() if name in listed}
    return {name: origin for name, origin in bindings.items() if not name.startswith("_")}

"""Makes every bundle that an old study draws a view of the new one, with files that can be told apart.

A bundle that is called `_all`, or is in a list of views only, gets a name at the end of its module. One whose
figure would have the file name of another gets a further name where it is made. `new_study` calls
`name_views`.
"""

import ast
import keyword
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from attrs import define, field

import codeable.dsl
from codeable.compat.convert.descriptions import describes_a_metamodel
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.diagrams.view import OF_ALL_DECISIONS, View
from codeable.files import shown_path
from codeable.kernel import CBundle, CClass, CObject
from codeable.kernel.class_objects import bundles_of, represented
from codeable.kernel.place import Place, code_of, place_of, shown_place
from codeable.registry import Registry
from codeable.source_names import bound_names
from codeable.source_writer import string_literal
from codeable.text import folded, free_name, slug

_LONGEST_BASE = 48
"""Characters of a title that the name of a bundle has, at most."""

_DEEPEST = 4
"""How deep in lists of lists a view is found again."""


@define(eq=False)
class ViewNames:
    """The identifiers that bundles and decisions of the old study get in the new one.

    Attributes:
        names: Bundle or decision → its identifier.
        notices: What got a name and where.
        lost: The bundles that no expression of the new study can find.
    """

    names: dict[CBundle | CClass, str] = field(factory=dict)
    notices: list[str] = field(factory=list)
    lost: list[str] = field(factory=list)


def name_views(
    registry: Registry,
    modules: Mapping[Path, ModuleType],
    edits: Mapping[Path, ModuleEdits],
    names: Mapping[Path, str],
) -> ViewNames:
    """Name the bundles that have no identifier, and rename those whose files collide.

    Args:
        registry: What the old study declares.
        modules: The modules of the old study that come along, by file.
        edits: The modules of the new study; theirs are added to.
        names: The full names of the modules in the new study.
    """
    return _Naming(registry, modules, edits, names).named()


@define(eq=False)
class _Naming:
    _registry: Registry
    _modules: Mapping[Path, ModuleType]
    _edits: Mapping[Path, ModuleEdits]
    _names: Mapping[Path, str]
    _imports: dict[Path, dict[str, None]] = field(factory=dict)
    _found: ViewNames = field(factory=ViewNames)
    _made: list[CBundle] = field(init=False)
    _taken: set[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._made = list(dict.fromkeys(self._all_bundles()))
        self._taken = {folded(name) for name in (*codeable.dsl.NAMES, *OF_ALL_DECISIONS)}
        for declared in self._registry.declarations:
            self._taken |= {folded(each) for each in (declared.identifier, *declared.aliases) if each}

    def named(self) -> ViewNames:
        self._rename_colliding()
        self._name_unnamed()
        for path, module in self._modules.items():
            edits = self._edits[path]
            for name, options in _options_in(module, _assigned(edits)):
                self._found.notices.append(
                    f"{shown_path(path)}: {name}: figures of codeable do not have these options: {options}"
                )
        return self._found

    def _all_bundles(self) -> Iterator[CBundle]:
        for module in self._modules.values():
            for value, _ in _values_in(vars(module).items()):
                if issubclass(type(value), CBundle):
                    yield value
        for element in self._registry:
            if isinstance(element, CClass | CObject):
                yield from bundles_of(element)

    # -- bundles whose file names collide

    def _rename_colliding(self) -> None:
        registry = self._registry
        has_decisions = len(registry.decisions) > 0
        files = dict.fromkeys(OF_ALL_DECISIONS if has_decisions else (), "that every study has")
        decisions, bundles = registry.in_order(registry.decisions), registry.in_order(registry.bundles)
        seen: set[tuple[Place | None, str]] = set()
        for element in [*decisions, *bundles]:
            file_name = self._file_name(element)
            identifier = registry.identifier_of(element)
            made = place_of(element), file_name
            if made in seen:
                continue  # by a module that is loaded under two names
            seen.add(made)
            if file_name in files and identifier is not None:
                self._rename(element, identifier, files[file_name])
            files.setdefault(file_name, f"of the {registry.kind_of(element)} {identifier}")

    def _file_name(self, element: Any) -> str:
        identifier = self._registry.identifier_of(element) or slug(element.name or "")
        return folded(View(identifier, "", "bundle", ()).file_name)

    def _rename(self, element: CBundle | CClass, identifier: str, other: str) -> None:
        place = place_of(element)
        edits = self._edits.get(Path(place.path)) if place is not None else None
        statement = _assignment(edits, identifier, place.line) if edits is not None and place else None
        if edits is None or place is None or statement is None:
            return
        name = self._free(f"{identifier}_view" if isinstance(element, CBundle) else identifier)
        start = edits.span(statement).start
        edits.replace(start, start, f"{name} = ")
        self._found.names[element] = name
        kind = "view" if isinstance(element, CBundle) else self._registry.kind_of(element)
        self._found.notices.append(
            f"{shown_path(place.path)}:{statement.lineno}: the {kind} {identifier} is {name} now: "
            f"its figure would have the file name of the view {other}"
        )

    # -- bundles without an identifier

    def _name_unnamed(self) -> None:
        lines: dict[Path, list[str]] = {}
        for bundle, home in self._unnamed():
            if self._name_where_it_is_made(bundle, home):
                continue
            found = None if self._is_taken_out(bundle, home) else self._found_again(bundle, home)
            if found is None:
                place = place_of(bundle)
                where = f"{shown_place(place)}: " if place is not None else ""
                self._found.lost.append(
                    f"{where}the view {bundle.name!r} has no name and is kept nowhere: bind it to a variable"
                )
                continue
            base, expression, path = found
            name = self._free(f"{base}_view".replace("-", "_"))
            self._found.names[bundle] = name
            lines.setdefault(path, []).append(f"{name} = {expression}")
        for path, added in lines.items():
            self._edits[path].append("", *self._imports.get(path, ()), *added)
            self._found.notices += [f"{shown_path(path)}: a view got a name: {each}" for each in added]

    def _name_where_it_is_made(self, bundle: CBundle, home: Path) -> bool:
        """Name a bundle in the statement that makes it and is left of a call that draws."""
        place, edits = place_of(bundle), self._edits[home]
        if place is None or not _is_made_at_top(bundle):
            return False
        calls = [each for each in edits.alone if each.lineno <= place.line <= (each.end_lineno or 0)]
        others = [each for each in self._made if (at := place_of(each)) and at[:2] == place[:2]]
        if len(calls) != 1 or others != [bundle]:
            return False
        name = self._free(f"{_base(bundle)}_view".replace("-", "_"))
        start = edits.alone[calls[0]]
        edits.replace(start, start, f"{name} = ")
        self._found.names[bundle] = name
        self._found.notices.append(
            f"{shown_place(place)}: a view got a name: {name} = {edits.first_line_of(calls[0])}"
        )
        return True

    def _is_taken_out(self, bundle: CBundle, home: Path) -> bool:
        """Whether the statement that makes a bundle is not in the new study."""
        place = place_of(bundle)
        return place is not None and any(
            isinstance(each, ast.stmt) and each.lineno <= place.line <= (each.end_lineno or 0)
            for each in self._edits[home].taken_out
        )

    def _unnamed(self) -> Iterator[tuple[CBundle, Path]]:
        """The bundles of classes and objects without an identifier, with the files that make them."""
        for path in self._modules:
            here = [each for each in self._made if _path(place_of(each)) == path]
            for bundle in sorted(here, key=lambda each: place_of(each) or ("", 0, 0)):
                if _is_drawn(bundle) and self._registry.identifier_of(bundle) is None:
                    yield bundle, path

    def _found_again(self, bundle: CBundle, home: Path) -> tuple[str, str, Path] | None:
        """What the name of a bundle begins with, an expression that finds it, and the module for both."""
        base = _base(bundle)
        # Where a function makes a bundle, the module that calls it may come later: the last one knows all.
        paths = list(reversed(list(self._modules)))
        if _is_made_at_top(bundle):
            paths = [home, *(path for path in paths if path != home)]
        for path in paths:
            for value, expression in _values_in(self._variables(path)):
                if value is bundle:
                    own = expression.strip("_") if expression.isidentifier() else ""
                    return own or base, expression, path
        for path in paths:
            for element in bundle.elements:
                cl = represented(element)
                owner = next((name for name, value in self._variables(path) if value is cl), None)
                if owner is not None:
                    owner = self._imported(owner, path, paths[0])
                    owner = owner if element is cl else f"{owner}.class_object"
                    return base, _one_of(f"{owner}.bundles", element.bundles, bundle), paths[0]
        return None

    def _imported(self, name: str, path: Path, home: Path) -> str:
        """How a module names what another one binds to a name; it is imported under a private name."""
        if path == home:
            return name
        statement = f"from {self._names[path]} import {name} as _{name}"
        self._imports.setdefault(home, {})[statement] = None
        return f"_{name}"

    def _variables(self, path: Path) -> list[tuple[str, Any]]:
        """The variables of a module of the old study that the new one has, too."""
        edits = self._edits[path]
        gone = {*bound_names(edits.tree.body)} - {*bound_names(edits.tree.body, edits.taken_out)}
        return [(name, value) for name, value in vars(self._modules[path]).items() if name not in gone]

    def _free(self, base: str) -> str:
        base = base if base.isidentifier() and not base.startswith("_") else "view"
        name = free_name(base, lambda each: folded(each) in self._taken or keyword.iskeyword(each))
        self._taken.add(folded(name))
        return name


def _base(bundle: CBundle) -> str:
    """What the name of a bundle begins with."""
    base = slug(bundle.name or "") or "bundle"
    if len(base) > _LONGEST_BASE:
        base = base[: _LONGEST_BASE + 1].rpartition("_")[0] or base[:_LONGEST_BASE]
    return base if base.strip("_")[:1].isalpha() else f"view_{base}"


def _one_of(expression: str, bundles: list[CBundle], bundle: CBundle) -> str:
    """An expression for one of several bundles: by its title, so that one more before it changes nothing."""
    if len(bundles) > 1 and bundle.name and [each.name for each in bundles].count(bundle.name) == 1:
        return f"next(each for each in {expression} if each.name == {string_literal(bundle.name)})"
    return f"{expression}[{bundles.index(bundle)}]"


def _is_made_at_top(bundle: CBundle) -> bool:
    code = code_of(bundle)
    return code is not None and code.co_name == "<module>"


def _options_in(module: ModuleType, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """The lists of views in a module, each with the options of the old renderer that it gives them."""
    for name, value in vars(module).items():
        is_list = name in names and type(value) in (list, tuple)
        if is_list and any(issubclass(type(each), CBundle) for each in value):
            options = dict.fromkeys(key for each in value if type(each) is dict for key in each)
            if options:
                yield name, ", ".join(map(str, options))


def _is_drawn(bundle: CBundle) -> bool:
    return bool(bundle.elements) and not describes_a_metamodel(bundle)


def _assigned(edits: ModuleEdits) -> set[str]:
    return set(bound_names(edits.tree.body, edits.taken_out, imports=False))


def _path(place: Place | None) -> Path | None:
    return Path(place.path) if place is not None else None


def _values_in(variables: Iterable[tuple[str, Any]]) -> Iterator[tuple[Any, str]]:
    """The values of variables and what lists, tuples and tables among them hold, each with an expression."""
    waiting = [(value, name, 0) for name, value in variables if not name.startswith("__")]
    while waiting:
        value, expression, depth = waiting.pop(0)
        yield value, expression
        if depth < _DEEPEST and type(value) in (list, tuple, dict):
            listed = f"list({expression})" if type(value) is dict else expression
            waiting += [(each, f"{listed}[{at}]", depth + 1) for at, each in enumerate(value)]
        if depth < _DEEPEST and type(value) is dict:
            keys = [key for key in value if type(key) in (str, int)]
            waiting += [(value[key], f"{expression}[{key!r}]", depth + 1) for key in keys]


def _assignment(edits: ModuleEdits, identifier: str, line: int) -> ast.Assign | None:
    """The statement in a line that binds this name and no parts of a value."""
    for each in edits.statements():
        if isinstance(each, ast.Assign) and each.lineno <= line <= (each.end_lineno or each.lineno):
            names = [target.id for target in each.targets if isinstance(target, ast.Name)]
            if identifier in names and len(names) == len(each.targets):
                return each
    return None

"""Makes the modules and the settings of the new study out of the old one. `convert` calls `new_study`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

from attrs import evolve, field, frozen

from codeable.compat.convert.codeable_modules import DSL, counterpart, is_drawing
from codeable.compat.convert.codes import take_out_making_codes
from codeable.compat.convert.data_files import take_data_files
from codeable.compat.convert.drawing import is_emptied, take_out_drawing
from codeable.compat.convert.imports import ImportNames, rewrite_imports
from codeable.compat.convert.kept_parts import making_names
from codeable.compat.convert.kinds import nothing_of_ours, notices_about
from codeable.compat.convert.layout import PlacedModule, placed_modules
from codeable.compat.convert.main_block import run_main_block
from codeable.compat.convert.module_edits import ModuleEdits, first_line
from codeable.compat.convert.module_names import ModuleNames
from codeable.compat.convert.old_study import OldStudy
from codeable.compat.convert.order import entries_of_models
from codeable.compat.convert.own_metamodels import use_ours
from codeable.compat.convert.stars import Stars
from codeable.compat.convert.views import name_views
from codeable.compat.module_file import ModuleFile
from codeable.files import shown_path
from codeable.kernel import CBundle, CClass
from codeable.notes.build.notes_entry import toml_text

_MOST_IN_A_LINE = 6


@frozen(eq=False)
class NewStudy:
    """The files of the new study, and what a reader has to know about them.

    Attributes:
        files: The modules by their paths from the new study's folder on.
        settings: What the settings file may be. The first one suffices if the study says the same with it.
        left_out: Files of the old study that the new one does not have → the reason.
        notices: What was taken out, renamed or hidden, each with its place.
        lost: What the old modules did and the new ones do not, each with its place and a way out.
        views: Identifiers that bundles and decisions of the old study have in the new one only.
    """

    files: Mapping[Path, bytes]
    settings: tuple[bytes, ...]
    left_out: Mapping[Path, str] = field(factory=dict)
    notices: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    views: Mapping[CBundle | CClass, str] = field(factory=dict)


def new_study(old: OldStudy) -> NewStudy:
    """Rewrite the modules of a study and write its settings."""
    modules = _Modules(old)
    files: dict[Path, bytes] = {}
    notices = [
        f"{shown_path(path)} becomes {placed.path}: {placed.renamed}"
        for path, placed in modules.placed.items()
        if placed.renamed
    ]
    lost: list[str] = []
    names = ImportNames(
        modules.new_name, modules.names.is_module, modules.names.provided, modules.names.known, modules.gone()
    )
    edited: list[tuple[ModuleEdits, str]] = []
    for path in list(modules.placed):
        edits = ModuleEdits.read(path, modules.name_of[path])
        package = edits.name if path.name == "__init__.py" else edits.name.rpartition(".")[0]
        taken_out = take_out_drawing(edits, package, names, modules.read_elsewhere(path))
        if modules.draws(modules.sources[path]) and is_emptied(edits, modules.taken_from(path)):
            modules.leave_out(path, "it only draws")
            names.gone[edits.name] = None
            continue
        runtime = old.modules[edits.name]
        use_ours(edits, runtime, old.vocabulary, modules.others_than(path))
        take_out_making_codes(edits, vars(runtime), old.vocabulary)
        if runtime.__name__ == "__main__":
            run_main_block(edits, making_names(edits, package, names))
        notices += [
            f"{shown_path(path)}:{first_line(each)}: taken out: {edits.source(each).splitlines()[0]}"
            for each in taken_out
        ]
        edited.append((edits, package))
    names = evolve(names, stars=Stars(edited, names, modules.is_ours).decide())
    for edits, package in edited:
        placed = modules.placed[edits.path]
        rewrite_imports(edits, package, names, placed.package)
    by_file = {edits.path: edits for edits, _ in edited}
    data = take_data_files(old.reads, modules.placed, by_file, modules.names.folder)
    views = name_views(old.registry, modules.old_modules(), by_file)
    for edits, _ in edited:
        notices += edits.notices
        lost += edits.lost
        files[Path(modules.placed[edits.path].path)] = edits.encoded()
    files |= {path: each for path, each in data.items() if path not in files}
    nothing = nothing_of_ours(old)
    if nothing is not None:
        (lost if nothing.is_loss else notices).append(nothing.message)
    settings = [_settings(models) for models in modules.entries()]
    return NewStudy(
        files,
        tuple(settings),
        modules.left_out,
        (*notices_about(old.vocabulary), *notices, *views.notices),
        (*lost, *views.lost),
        views.names,
    )


def _settings(models: tuple[str, ...]) -> bytes:
    listed = [toml_text(each) for each in models]
    if len(listed) > _MOST_IN_A_LINE:
        lines = ["[tool.codeable]", "models = [", *(f"    {each}," for each in listed), "]", ""]
        return "\n".join(lines).encode()
    return f"[tool.codeable]\nmodels = [{', '.join(listed)}]\n".encode()


class _Modules:
    """The modules of the old study: which come along, and how all are called."""

    def __init__(self, old: OldStudy) -> None:
        self._old = old
        self.sources: dict[Path, ModuleFile] = {
            path: module for program in old.programs for path, module in program.files.items()
        }
        self.name_of = {Path(str(module.__file__)): name for name, module in old.modules.items()}
        self.names = ModuleNames(old.programs, self.name_of, old.aliases)
        self._homes: dict[Path | None, str] = {}
        self.left_out = dict(self._left_out())
        kept = {path: name for path, name in self.name_of.items() if path not in self.left_out}
        self.placed: dict[Path, PlacedModule] = placed_modules(kept)

    def _left_out(self) -> Iterator[tuple[Path, str]]:
        yield from self._old.left_out.items()
        for name, module in self._old.modules.items():
            path = Path(str(module.__file__))
            source = self.sources[path]
            edits = ModuleEdits.read(path, name)
            others = self.others_than(path)
            home = use_ours(edits, module, self._old.vocabulary, others, is_left_out=True)
            if home is not None:
                self._homes[path] = home
                yield path, f"{home} has all of {name}"
            elif self._only_draws(source):
                yield path, "it only draws"

    def others_than(self, path: Path) -> list[ModuleFile]:
        """The sources of the other modules, without those that only draw."""
        return [each for other, each in self.sources.items() if other != path and not self._only_draws(each)]

    def draws(self, source: ModuleFile) -> bool:
        """Whether a module draws and declares nothing; it may have functions that others call."""
        drawing = (is_drawing(self.names.provided(each.module) or "") for each in source.imports)
        return source.path not in self._old.declaring and any(drawing)

    def _only_draws(self, source: ModuleFile) -> bool:
        """Whether a module draws and no module that declares imports it."""
        return self.draws(source) and not any(
            self.names.file_of(name) == source.path
            for other in self.sources.values()
            if not self.draws(other)
            for each in other.imports
            for name in (each.module, *(f"{each.module}.{one}" for one in each.names))
        )

    def leave_out(self, path: Path, reason: str) -> None:
        """Let the new study be without a module."""
        self.left_out[path] = reason
        del self.placed[path]

    def taken_from(self, path: Path) -> set[str]:
        """The names that other modules take from one."""
        taken: set[str] = set()
        for other in (self.sources[each] for each in self.placed if each != path):
            for each in other.imports:
                if self.names.file_of(each.module) == path:
                    taken |= other.used if each.is_star else set(each.names)
                elif any(self.names.file_of(f"{each.module}.{one}") == path for one in each.names):
                    taken |= {attribute for _, attribute in other.attributes}
        return taken

    def gone(self) -> dict[str, frozenset[str] | None]:
        """The modules that are left out and have no counterpart in codeable."""
        return {
            name: None
            for path, name in self.name_of.items()
            if path in self.left_out and path not in self._homes
        }

    def read_elsewhere(self, path: Path) -> set[str]:
        """The names that the other modules of the new study read or import."""
        others = [self.sources[each] for each in self.placed if each != path]
        return {
            *(name for each in others for name in each.used),
            *(name for each in others for one in each.imports for name in one.names),
            *(name for each in others for _, name in each.attributes),
        }

    def is_ours(self, module: str, name: str) -> bool:
        """Whether codeable has the element that a module of the old study binds to a name."""
        bound = self._old.modules.get(module)
        element = vars(bound).get(name) if bound is not None else None
        found = self._old.vocabulary.counterpart(element)
        return found is not None and (found.module, found.name) == (DSL, name)

    def entries(self) -> list[tuple[str, ...]]:
        """What the setting `models` may be."""
        return entries_of_models(
            list(self.name_of),
            self._old.started,
            self.placed,
            {path: list(self._imported(path)) for path in self.placed},
            self._old.declaring & self.placed.keys(),
        )

    def _imported(self, path: Path) -> Iterator[Path]:
        """The modules of the new study that one of them imports, in order."""
        for each in self.sources[path].imports:
            for name in (each.module, *(f"{each.module}.{name}" for name in each.names)):
                found = self.names.file_of(name)
                if found in self.placed:
                    yield found

    def old_modules(self) -> dict[Path, ModuleType]:
        """The modules of the old study that come along, by their files."""
        return {path: self._old.modules[self.name_of[path]] for path in self.placed}

    def new_name(self, name: str) -> str | None:
        """The name of a module in the new study or in codeable; None where it stays."""
        if (provided := self.names.provided(name)) is not None:
            return counterpart(provided)
        path = self.names.file_of(name)
        if path in self._homes:
            return self._homes[path]
        placed = self.placed.get(path) if path is not None else None
        return placed.name if placed is not None and placed.name != name else None

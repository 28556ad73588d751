"""Which modules of an old study come along, where they lie in the new one, and how they are called there."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from types import ModuleType

from codeable.compat.convert.codeable_modules import DSL, counterpart, is_drawing
from codeable.compat.convert.layout import PlacedModule, placed_modules
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.compat.convert.module_names import ModuleNames
from codeable.compat.convert.old_study import OldStudy
from codeable.compat.convert.order import entries_of_models
from codeable.compat.convert.own_metamodels import use_ours
from codeable.compat.module_file import ModuleFile, ModuleImport
from codeable.files import shown_path


class OldModules:
    """The modules of an old study: which come along, which of them are loaded, and how all are called.

    Attributes:
        sources: What the sources of its files say.
        name_of: The files of the modules that may come along → their full names.
        names: What the names of modules stand for.
        left_out: Files that do not come along → the reason.
        placed: The modules of the new study by their files.
        unloaded: Those among them that the new study does not load, because no module that declares needs
            them: scripts that count or write tables.
    """

    def __init__(self, old: OldStudy) -> None:
        self._old = old
        self.sources: dict[Path, ModuleFile] = {
            path: module for program in old.programs for path, module in program.files.items()
        }
        self.name_of = {Path(str(module.__file__)): name for name, module in old.modules.items()}
        self.name_of |= dict(self._idle())
        loaded = {name: Path(str(module.__file__)) for name, module in old.modules.items()}
        self.names = ModuleNames(old.programs, self.name_of, old.aliases, loaded)
        self._homes: dict[Path | None, str] = {}
        lacking = {each.path: each.module for program in old.programs for each in program.missing}
        self.left_out = {
            path: f"it lacks the module {lacking[path]}" if path in lacking else "it declares nothing"
            for path in sorted(old.idle - self.name_of.keys())
        }
        self.left_out |= {**old.left_out, **dict(self._ours())}
        kept = {path: name for path, name in self.name_of.items() if path not in self.left_out}
        self.unloaded = frozenset(path for path in kept if self._is_program(path)) - self._needed(kept)
        self.placed: dict[Path, PlacedModule] = placed_modules(kept, self.unloaded)

    def _idle(self) -> Iterator[tuple[Path, str]]:
        """The files that the old study has not run because they declare nothing, with their full names."""
        taken = set(self.name_of.values())
        for program in self._old.programs:
            lacking = {each.path for each in program.missing}
            for path in reversed(list(program.files)):  # those that are imported first
                if path not in self._old.idle or path in lacking or path in self.name_of:
                    continue
                name = program.names.get(path, f"{program.package}.{path.stem}".strip("."))
                name = f"{path.parent.name}_{name}" if name in taken else name
                taken.add(name)
                yield path, name

    def _ours(self) -> Iterator[tuple[Path, str]]:
        for name, module in self._old.modules.items():
            path = Path(str(module.__file__))
            edits = ModuleEdits.read(path, name)
            others = self.others_than(path)
            home = use_ours(edits, module, self._old.vocabulary, others)
            if home is not None:
                self._homes[path] = home
                yield path, f"{home} has all of {name}"

    def _needed(self, kept: Collection[Path]) -> set[Path]:
        """The modules that declare elements, with those that they import and the packages above."""
        found: set[Path] = set()
        waiting = [path for path in kept if path in self._old.declaring]
        while waiting:
            path = waiting.pop()
            if path not in found:
                found.add(path)
                above = (folder / "__init__.py" for folder in path.parents)
                waiting += [each for each in (*self._imported(path), *above) if each in kept]
        return found

    def _is_program(self, path: Path) -> bool:
        """Whether a file has not run, or has run as the program."""
        module = self._old.modules.get(self.name_of[path])
        return module is None or module.__name__ == "__main__"

    def offers(self, path: Path, without: Collection[str] | None) -> bool:
        """Whether modules that declare elements take names from a module, besides some."""
        source = self.sources[path]
        declaring = [each for each in self.placed if each in self._old.declaring]
        importers = [each for each in declaring if path in self._imported(each)]
        passes_on = any(each.is_star and not self._draws(each) for each in source.imports)
        offered = set(source.defined) - set(without or ())
        return bool(importers and (passes_on or self._read_by(importers) & offered))

    def leave_out(self, path: Path) -> None:
        """Leave out a module that has nothing left to do."""
        del self.placed[path]
        self.unloaded -= {path}
        draws = any(map(self._draws, self.sources[path].imports))
        self.left_out[path] = "it only draws" if draws else "it declares nothing"

    def others_than(self, path: Path) -> list[ModuleFile]:
        """The sources of the other modules, without those that only draw."""
        return [each for other, each in self.sources.items() if other != path and not self._only_draws(each)]

    def _only_draws(self, source: ModuleFile) -> bool:
        return source.path not in self._old.declaring and any(map(self._draws, source.imports))

    def makers(self, name: str) -> frozenset[str]:
        """The functions that a module of the study has or imports, and that make elements."""
        path = self.names.file_of(name)
        return self._old.makers.get(path, frozenset()) if path is not None else frozenset()

    def gone(self) -> dict[str, frozenset[str] | None]:
        """The modules that are left out and have no counterpart in codeable."""
        return {
            name: None
            for path, name in self.name_of.items()
            if path in self.left_out and path not in self._homes
        }

    def read_elsewhere(self, path: Path) -> set[str]:
        """The names that the other modules of the new study read or import."""
        return self._read_by(each for each in self.placed if each != path)

    def _read_by(self, paths: Iterable[Path]) -> set[str]:
        others = [self.sources[each] for each in paths]
        return {
            *(name for each in others for name in each.used),
            *(name for each in others for one in each.imports for name in one.names),
            *(name for each in others for _, name in each.attributes),
        }

    def _draws(self, statement: ModuleImport) -> bool:
        return is_drawing(self.names.provided(statement.module) or "")

    def is_ours(self, module: str, name: str) -> bool:
        """Whether codeable has the element that a module of the old study binds to a name."""
        bound = self._old.modules.get(module)
        element = vars(bound).get(name) if bound is not None else None
        found = self._old.vocabulary.counterpart(element)
        return found is not None and (found.module, found.name) == (DSL, name)

    def loaded_twice(self) -> Iterator[str]:
        """What is said of modules that declare elements and are loaded under several names."""
        names: dict[Path, list[str]] = {}
        for name, module in self._old.modules.items():
            names.setdefault(Path(str(module.__file__)), []).append(name)
        for path, several in names.items():
            if len(several) > 1 and path in self._old.declaring:
                names_of_one = " and ".join(several)
                yield f"{shown_path(path)}: loaded as {names_of_one}: the new study has its elements once"

    def entries(self) -> list[tuple[str, ...]]:
        """What the setting `models` may be."""
        return entries_of_models(
            list(self.name_of),
            self._old.started,
            {path: each for path, each in self.placed.items() if path not in self.unloaded},
            self._old.declaring & self.placed.keys(),
            [self.placed[path].path for path in self.unloaded],
        )

    def _imported(self, path: Path) -> Iterator[Path]:
        """The modules of the study that one of them imports, in order."""
        for each in self.sources[path].imports:
            for name in (each.module, *(f"{each.module}.{name}" for name in each.names)):
                found = self.names.file_of(name)
                if found is not None:
                    yield found

    def old_modules(self) -> dict[Path, ModuleType]:
        """The modules of the old study that the new one loads, by their files."""
        names = {path: self.name_of[path] for path in self.placed if path not in self.unloaded}
        return {path: self._old.modules[name] for path, name in names.items() if name in self._old.modules}

    def new_name(self, name: str) -> str | None:
        """The name of a module in the new study or in codeable; None where it stays."""
        if (provided := self.names.provided(name)) is not None:
            return counterpart(provided)
        path = self.names.file_of(name)
        if path in self._homes:
            return self._homes[path]
        placed = self.placed.get(path) if path is not None else None
        return placed.name if placed is not None and placed.name != name else None

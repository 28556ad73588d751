"""What the names that the modules of an old study import stand for: modules of it, or of CodeableModels."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from codeable.compat import shims
from codeable.compat.aliases import aliased
from codeable.compat.convert.layout import common_folder
from codeable.compat.module_discovery import StudyFiles
from codeable.loading.loader import find_module


class ModuleNames:
    """The modules that imports of an old study lead to.

    Args:
        programs: What the programs of the study reach.
        names: The files of the modules that have run → their full names.
        aliases: Other names under which modules are found: old → new.
        loaded: The full names under which modules have run → their files; of one file there may be several.

    Attributes:
        roots: The folders in which modules are found.
        folder: The folder that holds all of them: that of the repository, where there is one.
    """

    def __init__(
        self,
        programs: Sequence[StudyFiles],
        names: Mapping[Path, str],
        aliases: Mapping[str, str],
        loaded: Mapping[str, Path],
    ) -> None:
        self.roots = list(dict.fromkeys(root for each in programs for root in each.roots))
        base = common_folder(self.roots)
        self.folder = next((each for each in (base, *base.parents) if (each / ".git").exists()), base)
        self._copies = {name: each.name for one in programs for name, each in one.provided.items()}
        self._names = names
        self._aliases = aliases
        self._loaded = loaded

    def file_of(self, name: str) -> Path | None:
        """The file of a module of the study that has run; None for any other module."""
        actual = aliased(name, self._aliases)
        path = find_module(actual, self.roots) or self._loaded.get(actual)
        return path if path in self._names else None

    def known(self, name: str) -> str:
        """The name that a module has in the old study, where an alias or another folder leads to it."""
        path = self.file_of(name)
        return self._names[path] if path is not None else name

    def provided(self, name: str) -> str | None:
        """The module of CodeableModels that a module is or is a copy of; None for any other module."""
        if self.file_of(name) is not None:
            return None
        actual = aliased(name, self._aliases)
        if actual in self._copies:
            return self._copies[actual]
        return actual if actual in shims.PROVIDED else self._of_copy(actual)

    def is_module(self, name: str) -> bool:
        """Whether a full name is that of a module, and of no package without a file."""
        path = find_module(aliased(name, self._aliases), self.roots)
        return self.provided(name) is not None or (path is not None and path.is_file())

    def _of_copy(self, name: str) -> str | None:
        """The module of CodeableModels for a module of a copy of it that no program reaches.

        The copy may be missing: modules name it in the `except ImportError` of an import that succeeds.
        """
        packages = {copy.removesuffix(own).rstrip(".") for copy, own in self._copies.items() if copy != own}
        is_missing = find_module(name, self.roots) is None
        parts = name.split(".")
        for first in range(1, len(parts)):
            package, inner = ".".join(parts[:first]), ".".join(parts[first:])
            if inner in shims.PROVIDED and (package in packages or is_missing):
                return inner
        return None

"""The loader of a study's modules: finds their files, compiles them, executes them and remembers them.

`StudyModules` adds imports that leave `sys.modules` alone, for `load_folder`. `codeable.compat` adds Python's
own imports, for studies written for CodeableModels. `load_errors` words the failure of a module for both.
"""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

from codeable.files import read_file
from codeable.source_reader import warnings_hidden

if TYPE_CHECKING:
    from codeable.loading.running_modules import Cycle


class ModuleLoader:
    """Executes the modules of one study.

    Args:
        offered: The names of the study's vocabulary, which a message suggests where one is missing.

    Attributes:
        completed: The modules that have run to their end, by name and in that order.
        files: The files of all modules that were started, in that order, as their code objects name them.
        cycles: Imports of modules that were still running.
    """

    def __init__(self, offered: Iterable[str] = ()) -> None:
        self.offered = frozenset(offered)
        self.completed: dict[str, ModuleType] = {}
        self.files: dict[str, None] = {}
        self.cycles: list[Cycle] = []

    def execute(self, module: ModuleType, path: Path, name: str | None = None) -> None:
        """Execute a file in a module.

        Args:
            module: The module, empty so far.
            path: Its file.
            name: The name under which it is remembered, if that is not the module's own.
        """
        self.files.setdefault(str(path))
        exec(compiled(path), vars(module))
        self.completed[name or module.__name__] = module


def find_module(name: str, folders: Iterable[Path]) -> Path | None:
    """The file of a module in the first folder that has it; for a package without `__init__.py` its folder.

    Args:
        name: The full name of the module.
        folders: Where the first part of the name is looked for.
    """
    parts = [file_name(part) for part in name.split(".")]
    for folder in folders:
        path = folder.joinpath(*parts)
        for candidate in (path / "__init__.py", path.with_name(f"{path.name}.py")):
            if candidate.is_file():
                return candidate
        if path.is_dir():
            return path
    return None


def file_name(identifier: str) -> str:
    """The file name for a part of a module's name, also where file names cannot hold every character.

    Where the file system encoding is ASCII, Python shows the bytes of a file name that are no ASCII as
    surrogates; file names are UTF-8 all the same.
    """
    return os.fsdecode(identifier.encode("utf-8", "surrogateescape"))


def identifier(file_name: str) -> str:
    """The part of a module's name for a file name; the inverse of `file_name`."""
    return os.fsencode(file_name).decode("utf-8", "surrogateescape")


def compiled(path: Path) -> CodeType:
    """The code of a file.

    Raises:
        SyntaxError: The file is no Python; the error knows the file and the line.
        OSError: The file cannot be read, or is a pipe.
    """
    data = read_file(path)
    ahead = _ahead.get(str(path))
    if ahead is not None and ahead[0] == data:
        return ahead[1]
    try:
        return compile(data, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        if error.filename is None or error.lineno is None:
            error.filename, error.lineno = str(path), error.lineno or _line_of_null_byte(data)
        if "codec can't decode" in str(error.msg):
            error.add_note("Save the file as UTF-8, or name its encoding in its first line: # coding: cp1252")
        raise
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        place = (str(path), _line_of_null_byte(data), None, None)
        raise SyntaxError(str(error) or type(error).__name__, place) from error


_ahead: dict[str, tuple[bytes, CodeType]] = {}


def compile_ahead(paths: Iterable[Path]) -> None:
    """Compile files that this process will load later, if they are the same then. None of them is run."""
    with warnings_hidden():
        for path in paths:
            with contextlib.suppress(SyntaxError, OSError):
                _ahead[str(path)] = read_file(path), compiled(path)


def _line_of_null_byte(data: bytes) -> int:
    """The line of the first byte that is zero; 1 when there is none."""
    return data.count(b"\n", 0, max(data.find(b"\0"), 0)) + 1

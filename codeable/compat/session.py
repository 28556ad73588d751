"""Lends the interpreter to CodeableModels studies: `install` to a program, `study_session` to one run."""

import builtins
import io
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

from codeable.compat import shims
from codeable.compat.finder import Aliases, BundledCopies, StudyFinder, provided
from codeable.compat.run_options import RunOptions, decide_options, running_program, set_options
from codeable.loading.interpreter import interpreter_restored, python_restored
from codeable.loading.loader import ModuleLoader


def install(
    format: str | None = None,  # noqa: A002
    encoding: str | None = None,
    images: bool | None = None,
    dpi: int | None = None,
) -> None:
    """Let this program import `codeable_models`, `metamodels` and `plant_uml_renderer`.

    Calling it again changes the options that are given and keeps the declarations; after `uninstall` the
    metaclasses are declared again.

    Args:
        format: `current` or `older`; without it the names that the program imports decide.
        encoding: The encoding of the text files; UTF-8 by default.
        images: Whether pictures are drawn beside the texts; they are by default.
        dpi: Resolution of the PNG pictures; 96 by default.

    Raises:
        CodeableError: There is no such format, encoding or resolution.

    Example:
        >>> import codeable.compat
        >>> codeable.compat.install()
        >>> from metamodels.guidance_metamodel import decision
        >>> str(decision)
        'Decision'
        >>> codeable.compat.uninstall()
    """
    if any(each is not None for each in (format, encoding, images, dpi)):
        set_options(decide_options(running_program(), format, encoding, images, dpi=dpi))
    if provided not in sys.meta_path:
        sys.meta_path.insert(0, provided)


def uninstall() -> None:
    """Take back `install`: the packages cannot be imported any more; a later import declares them again."""
    from codeable.compat.rendering.output import close_engines

    if provided in sys.meta_path:
        sys.meta_path.remove(provided)
    _take_out(shims.PACKAGES)
    shims.forget()
    set_options(None)
    close_engines()


@contextmanager
def study_session(
    options: RunOptions,
    roots: Sequence[Path],
    aliases: Mapping[str, str] | None = None,
    loader: ModuleLoader | None = None,
    *,
    hidden: Collection[str] = (),
    kept_copies: Collection[Path] | None = (),
    report_copy: Callable[[Path], None] = lambda _: None,
) -> Iterator[None]:
    """Lend the interpreter to a study and take it back.

    Inside, the study's modules are found and its metaclasses are its own. Afterwards `sys.modules`,
    `sys.path`, `sys.meta_path`, `sys.argv`, `__main__` and the current folder are what they were.

    Args:
        options: How texts and pictures are written.
        roots: What the module path begins with: the script's folder, where Python puts it, then the others.
        aliases: Other names under which modules are found: old → new.
        loader: What executes the modules of the study and remembers them.
        hidden: The modules of Python in whose place the study has its own.
        kept_copies: The folders with copies of CodeableModels that are used as they are; None for all.
        report_copy: Called with each folder that has a copy which is not used.
    """
    from codeable.compat.rendering.output import close_engines

    finder = StudyFinder(loader or ModuleLoader(), roots)
    names = [*_names_in(roots), *hidden]
    shims.load(engine=options.images and not sys.modules.keys().isdisjoint(names))
    before, finders, argv = dict(sys.modules), list(sys.meta_path), list(sys.argv)
    _take_out([*shims.PACKAGES, *names])
    for entry in [each for each in sys.path_importer_cache if not Path(each).is_absolute()]:
        del sys.path_importer_cache[entry]  # of another current folder
    declared, former = shims.forget(), set_options(options)
    try:
        with interpreter_restored(only_loads=not options.texts), _text_files_in(options.encoding):
            here = [entry for entry in sys.path if entry in ("", str(Path.cwd()))]  # where Python was started
            others = [entry for entry in sys.path if entry not in here]
            sys.path[:] = [*(str(root) for root in roots), *others, *here]
            copies = None if kept_copies is None else BundledCopies(finder, kept_copies, report_copy)
            finding = [finder, provided] if copies is None else [copies, provided, finder]
            sys.meta_path[:0] = [*([Aliases(aliases, finder)] if aliases else ()), *finding]
            try:
                with python_restored(only_loads=not options.texts):
                    yield
            finally:  # as long as the module path is the study's: packages without `__init__` ask it
                _take_out_of(finder.folders, before)
    finally:
        _take_out(shims.PACKAGES)
        sys.modules.update(before)
        sys.meta_path[:], sys.argv[:] = finders, argv
        shims.forget(declared)
        set_options(former)
        close_engines()


@contextmanager
def _text_files_in(encoding: str) -> Iterator[None]:
    """Give this encoding to text files that are opened without one, as the platform once did.

    Studies write tables and texts themselves, beside those of the renderer.
    """
    opening = io.open

    @wraps(opening)
    def open_(
        file: Any, mode: str = "r", buffering: int = -1, encoding_: str | None = None, *rest: Any, **kw: Any
    ) -> Any:
        given = kw.pop("encoding", encoding_)
        if "b" not in mode and given in (None, "locale"):
            given = encoding
        return opening(file, mode, buffering, given, *rest, **kw)

    if encoding == RunOptions().encoding:
        yield
        return
    io.open = builtins.open = open_  # type: ignore[assignment]
    try:
        yield
    finally:
        io.open = builtins.open = opening


def _names_in(folders: Sequence[Path]) -> list[str]:
    """The top-level modules that a folder on the module path offers, without those of codeable and Python."""
    names = {
        path.stem
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if path.suffix == ".py" or path.is_dir()
    }
    return sorted(names - sys.stdlib_module_names - {"codeable", "__main__"})


def _take_out(names: Iterable[str]) -> None:
    """Take top-level modules and all that is in them out of `sys.modules`."""
    packages = frozenset(names)
    for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
        del sys.modules[name]


def _take_out_of(folders: Iterable[Path], before: Mapping[str, ModuleType]) -> None:
    """Take out what was loaded from some folders since `before`, and other names of what codeable provides.

    Codeable itself stays, whatever lies around it.
    """
    prefixes = tuple(f"{folder}{os.sep}" for folder in folders)
    loaded = [
        name
        for name, module in sys.modules.items()
        if before.get(name) is not module and name.partition(".")[0] != "codeable"
    ]
    places = {name: _places(sys.modules[name]) for name in loaded}
    for name, found in places.items():
        stands_in = str(_known(sys.modules[name]).get("__name__")).partition(".")[0] in shims.PACKAGES
        if stands_in or any(f"{place}{os.sep}".startswith(prefixes) for place in found):
            del sys.modules[name]


def _places(module: ModuleType) -> list[str]:
    """Where a module was loaded from; of a package without `__init__`, all its folders."""
    known = _known(module)
    return [*filter(None, [known.get("__file__")]), *(known.get("__path__") or ())]


def _known(module: ModuleType) -> Mapping[str, Any]:
    """The names of a module; also of what a study has put in the place of one."""
    found: Mapping[str, Any] = getattr(module, "__dict__", {})
    return found

"""What modules that were not built declare already: a study built beside them would hold it twice."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import evolve, frozen

from codeable.loading.folder import module_files
from codeable.notes.build.files import Change, is_built, text_of
from codeable.settings import Settings
from codeable.source_reader import try_parse

__all__ = ["Elsewhere", "declared_elsewhere"]


@frozen
class Elsewhere:
    """A name that would be declared a second time.

    Attributes:
        name: What a module that is to be written declares.
        path: The module that was not built and declares it too, from the study's folder on.
        line: Where.
    """

    name: str
    path: str
    line: int


def declared_elsewhere(changes: Iterable[Change], folder: Path, settings: Settings) -> Iterator[Elsewhere]:
    """The names in modules that are to be written which modules of the study that were not built have too.

    Args:
        changes: What building means for each file; those that stay as they are do not count.
        folder: The study's folder.
        settings: Its settings, which say where its modules are.
    """
    written = [change for change in changes if change.state in ("new", "changed")]
    names = {name for change in written for name in _assigned(change.after or "")}
    paths = {change.path for change in written}
    there = evolve(
        settings,
        models=tuple(entry for entry in settings.models if (folder / entry).is_dir()),
        sources=tuple(entry for entry in settings.sources if (folder / entry).is_dir()),
    )
    for file in module_files(folder, there):
        path = file.relative_to(folder).as_posix()
        text = text_of(file)
        if path not in paths and text is not None and not is_built(text):
            yield from (
                Elsewhere(name, path, line) for name, line in _assigned(text).items() if name in names
            )


def _assigned(text: str) -> dict[str, int]:
    """The names that a module gives to what it makes, each with its line; none of a broken module."""
    tree = try_parse(text)
    return {
        target.id: statement.lineno
        for statement in (tree.body if tree is not None else ())
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call | ast.Subscript)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }

"""Takes the data files along that the modules of an old study read, such as tables beside them."""

import ast
import builtins
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path, PurePosixPath
from typing import Any

from attrs import frozen

from codeable.compat.convert.layout import PlacedModule
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.files import shown_path
from codeable.text import json_text


@frozen
class ReadFile:
    """A file that a module of an old study has opened for reading.

    Attributes:
        module: The file of the module.
        path: The file.
        given: The path that the module gave; it may be relative to the current folder.
    """

    module: Path
    path: Path
    given: str


@contextmanager
def files_read(modules: Mapping[str, object]) -> Iterator[dict[ReadFile, None]]:
    """Remember the files that modules open for reading.

    Args:
        modules: The files of the modules, as their code objects name them; more may come.
    """
    opening, found = io.open, dict[ReadFile, None]()

    @wraps(opening)
    def open_(file: Any, mode: str = "r", *rest: Any, **others: Any) -> Any:
        opened = opening(file, mode, *rest, **others)
        if isinstance(file, str | os.PathLike) and mode[:1] == "r":
            given = os.fsdecode(file)
            by_itself = sys._getframe(1).f_code.co_filename
            module = by_itself if given.endswith(".py") else _module_that_asks(modules)
            if module in modules:
                found.setdefault(ReadFile(Path(str(module)), Path(given).resolve(), given))
        return opened

    io.open = builtins.open = open_
    try:
        yield found
    finally:
        io.open = builtins.open = opening


def _module_that_asks(modules: Mapping[str, object]) -> str | None:
    frame = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename not in modules:
        if frame.f_back is None:
            return None
        frame = frame.f_back
    return frame.f_code.co_filename


def take_data_files(
    reads: Iterable[ReadFile],
    placed: Mapping[Path, PlacedModule],
    edits: Mapping[Path, ModuleEdits],
    folder: Path,
) -> dict[Path, bytes]:
    """Copy the files that modules read, so that they lie in the new study as they did in the old one.

    A path that is relative to the current folder becomes one that starts at the module.

    Args:
        reads: What was read.
        placed: The modules of the new study.
        edits: The edits of their sources; they are added to.
        folder: The folder of the old study; files outside of it are reported.
    """
    copied: dict[Path, bytes] = {}
    for read in reads:
        module = edits.get(read.module)
        if module is None or not read.path.is_file():
            continue
        if read.path.suffix == ".py":
            module.lose(module.tree, f"reads {shown_path(read.path)} as a text; let it import that module")
            continue
        beside = PurePosixPath(Path(os.path.relpath(read.path, read.module.parent)).as_posix())
        new = Path(os.path.normpath(placed[read.module].path.parent / beside))
        if not read.path.is_relative_to(folder) or new.parts[0] == "..":
            if not Path(read.given).is_absolute():
                module.lose(
                    module.tree,
                    f"reads {shown_path(read.path)}, which is outside of the study; put it into the folder "
                    "of the new one and name it there",
                )
            continue
        copied[new] = read.path.read_bytes()
        if not Path(read.given).is_absolute() and not _starts_at_module(module, read.given, beside):
            module.lose(
                module.tree,
                f"reads {read.given} from the current folder; let the module name it as "
                f"Path(__file__).parent / {json_text(str(beside))}",
            )
    return copied


def _starts_at_module(module: ModuleEdits, given: str, beside: PurePosixPath) -> bool:
    """Let the texts of a module that name a file start at the module; whether there is one."""
    found = False
    for statement in module.statements():
        for node in _texts(statement):
            if node.value == given:
                span = module.span(node)
                module.replace(span.start, span.end, f"Path(__file__).parent / {json_text(str(beside))}")
                if not _has_path(module):
                    module.add_before(statement, "from pathlib import Path")
                module.tell(statement, f"{given} starts at the module, since a study has no current folder")
                found = True
    return found


def _texts(statement: ast.stmt) -> Iterator[ast.Constant]:
    """The texts that a statement passes on or assigns, without those in statements inside of it."""
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop()
        inner = [each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.stmt)]
        pending += [each for each in inner if not isinstance(each, ast.JoinedStr)]
        if isinstance(node, ast.Call | ast.keyword | ast.Assign):
            yield from (each for each in inner if isinstance(each, ast.Constant))


def _has_path(module: ModuleEdits) -> bool:
    return any(
        isinstance(each, ast.ImportFrom)
        and each.module == "pathlib"
        and any(alias.name == "Path" and alias.asname is None for alias in each.names)
        for each in module.tree.body
    )

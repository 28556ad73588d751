"""Takes the data files along that the modules of an old study read, such as tables beside them."""

import ast
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from codeable.compat.convert.layout import PlacedModule
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.compat.convert.untouched import ReadFile
from codeable.files import shown_path
from codeable.source_writer import string_literal


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
                f"Path(__file__).parent / {string_literal(str(beside))}",
            )
    return copied


def _starts_at_module(module: ModuleEdits, given: str, beside: PurePosixPath) -> bool:
    """Let the texts of a module that name a file start at the module; whether there is one."""
    found = False
    for statement in module.tree.body:
        texts = (each for each in ast.walk(statement) if isinstance(each, ast.Constant))
        for node in (each for each in texts if each.value == given and statement not in module.taken_out):
            span = module.span(node)
            module.replace(span.start, span.end, f"Path(__file__).parent / {string_literal(str(beside))}")
            if not any(map(_imports_path, module.tree.body)):
                module.put_before(statement, "from pathlib import Path")
            module.tell(node, f"{given} starts at the module, since a study has no current folder")
            found = True
    return found


def _imports_path(statement: ast.stmt) -> bool:
    match statement:
        case ast.ImportFrom(module="pathlib", names=names):
            return any((each.name, each.asname) == ("Path", None) for each in names)
    return False

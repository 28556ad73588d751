"""The module of an imported project: a new one, or one that is there with new statements at its end.

`planned_codes` calls this.
"""

import ast
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath

from attrs import field, frozen

from codeable.errors import CodeableError, reason_of
from codeable.exchange.incoming.code_identifiers import module_name_from
from codeable.exchange.incoming.planned import StudyBefore
from codeable.files import read_file, shown_path
from codeable.notes.build.study_modules import VOCABULARY, name_of_module, read_modules
from codeable.notes.decoding import apply_source_edits, decode
from codeable.settings import Settings
from codeable.source_names import bound_names
from codeable.source_reader import parse
from codeable.source_writer import Import, format_import, module_text
from codeable.text import free_name, natural_key


@frozen
class CodeModule:
    """The module that the codes of a project are declared in.

    Attributes:
        path: Its path from the study's folder on, with slashes.
        data: Its bytes now; None if it is not there yet.
    """

    path: str
    data: bytes | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The name by which it is imported."""
        return name_of_module(self.path)


def module_of_project(project: str, study: StudyBefore, needed: Collection[str] = ()) -> CodeModule:
    """The module of a project, by the name of the project.

    It is another one where that module may not import the modules that it needs, as they import it.

    Args:
        project: The name of the project.
        study: The study.
        needed: The modules of the study that it needs names of.

    Raises:
        CodeableError: It is there and cannot be read.
    """
    root, settings = study.registry.folder, study.settings
    folders = settings.model_folders
    if not folders:  # a study of single modules: a further one would not be loaded
        return _module_at(settings.models[0], root)
    folder, not_allowed = folders[0], set[str]()

    def is_taken(name: str) -> bool:
        return _is_other(root, folder, name) or name_of_module(_path(folder, name)) in not_allowed

    name = module_name_from(project)
    module = _module_at(_path(folder, free_name(name, is_taken)), root)
    others = set(needed) - {module.name}
    if root is None or module.data is None or not others:
        return module
    importing = _importing(module.name, root, settings)
    if importing.isdisjoint(others):
        return module
    not_allowed |= {*importing, module.name}
    return _module_at(_path(folder, free_name(name, is_taken)), root)


def modules_of_project(project: str, study: StudyBefore) -> set[str]:
    """The names of the modules that imports of a project have made."""
    folder = next(iter(study.settings.model_folders), None)
    if folder is None:
        return {name_of_module(study.settings.models[0])}
    name = name_of_module(_path(folder, module_name_from(project)))
    return {each for each in study.registry.modules if each == name or each.rpartition("_")[0] == name}


def written(
    module: CodeModule, title: str, imports: Mapping[str, Collection[str]], blocks: Sequence[str]
) -> bytes:
    """The module with more statements; every byte that is there is kept.

    Args:
        module: The module as it is.
        title: The docstring of a new one.
        imports: Module of the study → the names that the statements need of it.
        blocks: The statements, in paragraphs.
    """
    ordered = {name: sorted(names, key=natural_key) for name, names in sorted(imports.items())}
    if module.data is None or not module.data.strip():
        head = [Import(VOCABULARY, ["*"]), *(Import(name, names) for name, names in ordered.items())]
        return module_text(title, head, blocks).encode("utf-8", "backslashreplace")
    text, encoding = decode(module.data)
    tree = parse(text, module.path)
    at, lines = _imports_wanted(text, tree, ordered)
    edits = [(at, at, lines)] if lines else []
    edits.append((len(text), len(text), _gap(text) + "\n\n".join(blocks) + "\n"))
    return apply_source_edits(module.data, encoding, edits)


def _imports_wanted(text: str, tree: ast.Module, wanted: Mapping[str, Sequence[str]]) -> tuple[int, str]:
    """Where import statements are added, and those that the module does not have yet."""
    bound = set(bound_names(tree.body))
    stars = {
        node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*" and not node.level
    }
    missing = {
        name: [each for each in names if each not in bound]
        for name, names in wanted.items()
        if name not in stars
    }
    needed = [Import(name, names) for name, names in missing.items() if names]
    if VOCABULARY not in stars:
        needed.insert(0, Import(VOCABULARY, ["*"]))
    if not needed:
        return 0, ""
    lines = "".join(f"{format_import(each)}\n" for each in needed)
    head = _head(tree)
    if head is None:
        return 0, f"{lines}\n"
    at = _line_start(text, (head.end_lineno or head.lineno) + 1)
    before = "" if text[:at].endswith(("\n", "\r")) else "\n"
    gap = "" if isinstance(head, ast.Import | ast.ImportFrom) else "\n"
    return at, before + gap + lines


def _head(tree: ast.Module) -> ast.stmt | None:
    """The last statement of the docstring and the imports at the top of a module."""
    last = None
    for index, node in enumerate(tree.body):
        is_docstring = index == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not is_docstring and not isinstance(node, ast.Import | ast.ImportFrom):
            break
        last = node
    return last


def _line_start(text: str, line: int) -> int:
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: line - 1]))


def _gap(text: str) -> str:
    """What parts new statements from the text before them: a blank line."""
    if not text.endswith(("\n", "\r")):
        return "\n\n"
    return "" if not text.splitlines()[-1].strip() else "\n"


def _path(folder: str, name: str) -> str:
    return str(PurePosixPath(folder) / f"{name}.py")


def _module_at(path: str, root: Path | None) -> CodeModule:
    file = root / path if root is not None else None
    if file is None or not file.exists():
        return CodeModule(path)
    try:
        return CodeModule(path, read_file(file))
    except OSError as error:
        raise CodeableError(f"{shown_path(file)} cannot be read: {reason_of(error)}") from error


def _is_other(root: Path | None, folder: str, name: str) -> bool:
    """Whether a package has the name of a module, or a module whose name differs in capital letters."""
    if root is None or not (root / folder).is_dir():
        return False
    same = [each.name for each in (root / folder).iterdir() if each.name.casefold() in (name, f"{name}.py")]
    return any(each != f"{name}.py" or (root / folder / each).is_dir() for each in same)


def _importing(module: str, root: Path, settings: Settings) -> set[str]:
    """The modules that import a module, themselves or by others."""
    study = read_modules(root, settings)
    importers: dict[str, set[str]] = {}
    for each in study.by_path.values():
        for one in each.imports:
            importers.setdefault(one.module, set()).add(each.name)
    found: set[str] = set()
    waiting = [module]
    while waiting:
        new = importers.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found

"""The imports of a module that is being edited, also while it is no Python, and the edit that adds one."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from lsprotocol.types import Range, TextEdit

from codeable.editor.documents import Document
from codeable.editor.study_view import StudyView
from codeable.metamodels import VOCABULARIES
from codeable.names.in_modules import module_name
from codeable.names.modules import Module

_IMPORT_FROM = re.compile(
    r"^from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]*(?:\((?P<lines>[^()]*)\)|(?P<names>[^\n(#]*))",
    re.MULTILINE,
)
_IMPORT = re.compile(r"^import[ \t]+(?P<modules>[^\n#]+)", re.MULTILINE)
_ALIAS = re.compile(r"(?P<name>[\w.]+)(?:\s+as\s+(?P<alias>\w+))?")
_COMMENT = re.compile(r"#[^\n]*")
_DOCSTRING = re.compile(r"(?:[ \t]*(?:\#[^\n]*)?\n)*[rR]?(\"{3}|'{3})(?:.|\n)*?\1[^\n]*\n")


class ImportsOfModule:
    """The imports of one module, by its text.

    Args:
        view: The study.
        path: The file of the module, as the study names it.
        document: Its newest text.
    """

    def __init__(self, view: StudyView, path: str, document: Document) -> None:
        self._view, self._path, self._document = view, path, document
        self._folder = str(view.folder or "")
        self._text = "\n".join(document.lines.lines)
        self._from = list(_IMPORT_FROM.finditer(self._text))

    @cached_property
    def modules(self) -> Mapping[str, str]:
        """Name of another module of the study → its file."""
        paths = (path for path in self._view.modules if path != self._path)
        return {module_name(path, self._folder): path for path in paths}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Name that is imported from a module of the study → its name here."""
        found = {}
        for match in self._from:
            if self.path_of(match["module"]) is not None:
                for alias in _aliases(match["lines"] or match["names"] or ""):
                    found[alias["name"]] = alias["alias"] or alias["name"]
        return found

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The files of the modules of which all names are imported."""
        modules = (
            self.path_of(match["module"]) for match in self._from if (match["names"] or "").strip() == "*"
        )
        return tuple(path for path in modules if path is not None)

    @property
    def vocabularies(self) -> Iterator[str]:
        """The vocabularies of codeable, besides `codeable.dsl`, of which names are imported."""
        for match in self._from:
            name = match["module"].removeprefix("codeable.metamodels.")
            if name in VOCABULARIES:
                yield name

    def path_of(self, module: str) -> str | None:
        """The file of a module of the study by its name in an import."""
        return self.modules.get(_absolute(module, self._path, self._folder))

    def module_called(self, name: str) -> str | None:
        """The file of the module that a name stands for here: `models.a`, `m` of `import models.a as m`."""
        for match in _IMPORT.finditer(self._text):
            for alias in _aliases(match["modules"]):
                if (alias["alias"] or alias["name"]) == name:
                    return self.modules.get(alias["name"])
        for match in self._from:
            for alias in _aliases(match["lines"] or match["names"] or ""):
                if (alias["alias"] or alias["name"]) == name:
                    return self.path_of(f"{match['module'].rstrip('.')}.{alias['name']}")
        return None

    def edit_for(self, path: str, name: str) -> TextEdit:
        """The edit that imports a name: into an import of the same module, else as a new one.

        Args:
            path: The file of the module that declares it.
            name: The name.
        """
        for match in self._from:
            group = "lines" if match["lines"] is not None else "names"
            names = match[group] or ""
            plain = "*" not in names and "\\" not in names and "#" not in names
            if self.path_of(match["module"]) == path and names.strip() and plain:
                end = match.start(group) + len(names.rstrip())
                comma = names.rstrip().endswith(",")
                return self._insert(end, f" {name}," if comma else f", {name}")
        return self._insert(self._place_of_import(), f"from {self._name_for(path)} import {name}\n")

    def _name_for(self, path: str) -> str:
        """The name by which this module would import another one: relative where its imports are."""
        module = module_name(path, self._folder)
        package = module_name(self._path, self._folder).rpartition(".")[0]
        relative = [each["module"] for each in self._from if each["module"].startswith(".")]
        if relative and package and module.rpartition(".")[0] == package:
            return f".{module.rpartition('.')[2]}"
        return module

    def _place_of_import(self) -> int:
        """The offset behind the last import at the top, else behind the docstring."""
        ends = [match.end() for match in (*self._from, *_IMPORT.finditer(self._text))]
        if ends:
            line_end = self._text.find("\n", max(ends))
            return line_end + 1 if line_end >= 0 else len(self._text)
        docstring = _DOCSTRING.match(self._text)
        return docstring.end() if docstring is not None else 0

    def _insert(self, offset: int, text: str) -> TextEdit:
        line = self._text.count("\n", 0, offset)
        column = offset - (self._text.rfind("\n", 0, offset) + 1)
        at = self._document.position(self._document.lines.starts[line] + column)
        return TextEdit(range=Range(start=at, end=at), new_text=text)


def exported_names(view: StudyView, path: str) -> frozenset[str]:
    """The names that a module of a study offers to others: what it declares and imports.

    Args:
        view: The study.
        path: The file of the module.
    """
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [path]
    while waiting:
        current = waiting.pop()
        module = view.modules.get(current)
        if current in seen or module is None:
            continue
        seen.add(current)
        found.update(name for name, code in view.codes.items() if code.module == current)
        for statement in _imports(module):
            target = _path_of(view, statement, current)
            for alias in statement.names:
                if alias.name == "*" and target is not None:
                    waiting.append(target)
                else:
                    found.add(alias.asname or alias.name)
    return frozenset(found)


def modules_that_import(view: StudyView, path: str) -> frozenset[str]:
    """The files of the modules that import a module, or import one that does.

    Args:
        view: The study.
        path: The file of the module.
    """
    importers: dict[str, set[str]] = {}
    for current, module in view.modules.items():
        for statement in _imports(module):
            target = _path_of(view, statement, current)
            if target is not None:
                importers.setdefault(target, set()).add(current)
    found: set[str] = set()
    waiting = [path]
    while waiting:
        new = importers.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found - {path})


def _imports(module: Module) -> Iterator[ast.ImportFrom]:
    body = module.tree.body if module.tree is not None else ()
    return (statement for statement in body if isinstance(statement, ast.ImportFrom))


def _path_of(view: StudyView, statement: ast.ImportFrom, path: str) -> str | None:
    folder = str(view.folder or "")
    name = _absolute(f"{'.' * statement.level}{statement.module or ''}", path, folder)
    return next((each for each in view.modules if module_name(each, folder) == name), None)


def _absolute(module: str, path: str, folder: str) -> str:
    """The whole name of a module that may be relative to another one."""
    name = module.lstrip(".")
    level = len(module) - len(name)
    if not level:
        return module
    parts = module_name(path, folder).split(".")
    package = (
        parts[: len(parts) - level] if not path.endswith("__init__.py") else parts[: len(parts) - level + 1]
    )
    return ".".join([*package, *([name] if name else [])])


def _aliases(names: str) -> Iterator[re.Match[str]]:
    return _ALIAS.finditer(_COMMENT.sub("", names))

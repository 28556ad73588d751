"""The imports of a module that is being edited, also while it is no Python, and the edit that adds one."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from lsprotocol.types import Position, Range, TextEdit

from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import Document
from codeable.metamodels import VOCABULARIES
from codeable.names.in_modules import absolute_module, module_name

_IMPORT_FROM = re.compile(
    r"^from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]*(?:\((?P<lines>[^()]*)\)|(?P<names>[^\n(#]*))",
    re.MULTILINE,
)
_IMPORT = re.compile(r"^import[ \t]+(?P<modules>[^\n#]+)", re.MULTILINE)
_ALIAS = re.compile(r"(?P<name>[\w.]+)(?:\s+as\s+(?P<alias>\w+))?")
_COMMENT = re.compile(r"#[^\n]*")
_name_of = lru_cache(maxsize=4096)(module_name)
"""The name of a module for its file and the folder of the study."""

_DOCSTRING = re.compile(r"(?:[ \t]*(?:\#[^\n]*)?\n)*[rR]?(\"{3}|'{3})(?:.|\n)*?\1[^\n]*\n")


class ImportsOfModule:
    """The imports of one module, by its text.

    Attributes:
        study: The imports of all modules.
    """

    def __init__(self, view: StudyView, path: str, document: Document) -> None:
        self._path, self._document = path, document
        self._folder = str(view.folder or "")
        self._text = "\n".join(document.lines.lines)
        self._from = list(_IMPORT_FROM.finditer(self._text))
        self._places: dict[str, tuple[Position, str, str]] = {}
        self.study = StudyImports(view)

    @property
    def modules(self) -> Mapping[str, str]:
        """Name of another module of the study → its file."""
        return {name: path for name, path in self.study.paths.items() if path != self._path}

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
        return self.study.path_of(module, self._path)

    def module_called(self, name: str) -> str | None:
        """The file of the module that a name stands for here: `models.a`, `m` of `import models.a as m`."""
        for match in _IMPORT.finditer(self._text):
            for alias in _aliases(match["modules"]):
                if (alias["alias"] or alias["name"]) == name:
                    return self.study.paths.get(alias["name"])
        for match in self._from:
            for alias in _aliases(match["lines"] or match["names"] or ""):
                if (alias["alias"] or alias["name"]) == name:
                    return self.path_of(f"{match['module'].rstrip('.')}.{alias['name']}")
        return None

    def edit_for(self, path: str, name: str) -> TextEdit:
        """The edit that imports a name: into an import of the same module, else as a new one."""
        if path not in self._places:
            self._places[path] = self._place_for(path)
        at, before, behind = self._places[path]
        return TextEdit(range=Range(start=at, end=at), new_text=f"{before}{name}{behind}")

    def _place_for(self, path: str) -> tuple[Position, str, str]:
        """Where a name is imported from a module, and what is written before and behind it."""
        for match in self._from:
            group = "lines" if match["lines"] is not None else "names"
            names = (match[group] or "").rstrip()
            is_plain = not {"*", "\\", "#"} & set(names)
            if names and is_plain and self.path_of(match["module"]) == path:
                at = self._position(match.start(group) + len(names))
                return (at, " ", ",") if names.endswith(",") else (at, ", ", "")
        return self._position(self._place_of_import()), f"from {self._name_for(path)} import ", "\n"

    def _name_for(self, path: str) -> str:
        """The name by which this module would import another one: relative where its imports are."""
        module = _name_of(path, self._folder)
        package = _name_of(self._path, self._folder).rpartition(".")[0]
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

    def _position(self, offset: int) -> Position:
        line = self._text.count("\n", 0, offset)
        column = offset - (self._text.rfind("\n", 0, offset) + 1)
        return self._document.position(self._document.lines.starts[line] + column)


class StudyImports:
    """The imports of all modules of a study, as they are while each is Python.

    Attributes:
        paths: Name of a module → its file.
    """

    def __init__(self, view: StudyView) -> None:
        self._folder = str(view.folder or "")
        self._view = view
        self.paths = {_name_of(path, self._folder): path for path in view.modules}

    @cached_property
    def _declared(self) -> Mapping[str, set[str]]:
        """File → the names that it declares."""
        found: dict[str, set[str]] = {}
        for name, code in self._view.codes.items():
            if code.module is not None:
                found.setdefault(code.module, set()).add(name)
        return found

    def path_of(self, module: str, path: str) -> str | None:
        """The file of a module by its name in an import.

        Args:
            module: The name, which begins with dots where it is relative.
            path: The file of the module that imports it.
        """
        return self.paths.get(absolute_module(module, _name_of(path, self._folder), path))

    def exported_by(self, path: str) -> frozenset[str]:
        """The names that a module offers to others: what it declares and imports."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = [path]
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            found |= self._declared.get(current, set())
            for module, names in self._imports_of(current):
                target = self.path_of(module, current)
                if "*" in names and target is not None:
                    waiting.append(target)
                found.update(names)
        return frozenset(found - {"*"})

    def importers_of(self, path: str) -> frozenset[str]:
        """The files of the modules that import a module, or import one that does."""
        importers: dict[str, set[str]] = {}
        for current in self._view.modules:
            for module, _ in self._imports_of(current):
                target = self.path_of(module, current)
                if target is not None:
                    importers.setdefault(target, set()).add(current)
        found: set[str] = set()
        waiting = [path]
        while waiting:
            new = importers.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return frozenset(found - {path})

    def _imports_of(self, path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Module as an import names it, and the names that are bound here."""
        module = self._view.modules.get(path)
        for statement in module.tree.body if module is not None and module.tree is not None else ():
            if isinstance(statement, ast.ImportFrom):
                names = tuple(alias.asname or alias.name for alias in statement.names)
                yield f"{'.' * statement.level}{statement.module or ''}", names
            elif isinstance(statement, ast.Import):
                yield from ((alias.name, ()) for alias in statement.names)


def _aliases(names: str) -> Iterator[re.Match[str]]:
    return _ALIAS.finditer(_COMMENT.sub("", names))

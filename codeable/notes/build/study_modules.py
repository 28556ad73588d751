"""The modules of a study as they are: their statements with origins, the names that they bind, their imports.

Nothing in a module is run. `matching` compares the statements with those to be built, `editing`
edits them.
"""

import ast
import io
import tokenize
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from attrs import define, evolve, field

from codeable.errors import CodeableError, reason_of
from codeable.files import read_file, shown_path
from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.loading.folder import module_files
from codeable.merge_conflicts import conflict_message, conflicts_in
from codeable.notes.block_reader import TraceContext
from codeable.notes.build.origin import Origin, digest_of, origin_in
from codeable.notes.build.plan import Key
from codeable.notes.decoding import decode
from codeable.notes.model import (
    CodeMention,
    DeclarationStatement,
    Encoding,
    ForceStatement,
    OptionStatement,
    RelationStatement,
    TraceStatement,
)
from codeable.notes.resolution import relation_keys
from codeable.notes.statements import StatementReader
from codeable.settings import Settings
from codeable.source_names import bound_names
from codeable.source_reader import NodeSpans, parse

VOCABULARY = "codeable.dsl"
_SOURCE_KINDS = frozenset({"source", "reference"})
_SOLUTIONS = frozenset({"practice", "pattern", "design_solution"})


@define(eq=False)
class Held:
    """A statement of a module.

    Attributes:
        module: The module.
        node: Its syntax tree.
        span: Where it is, without the comment behind it.
        end: The offset behind the comment on its last line.
        text: Its text.
        origin: The note that it was built from; none when it was made by hand.
        is_built: Whether nobody has edited it since.
        kind: What it says, as the kinds of built statements; the metaclass of a code behind a colon.
        values: What it is about → what it says about it.
        binds: The names that it binds.
        uses: The names that it reads.
        is_commented: Whether there is a comment inside it.
        metaclasses: Name → the metaclass of the code of that name that it declares.
        made: What it makes when it runs and cannot be read in it, as `values`; see `loaded`.
    """

    module: "HeldModule"
    node: ast.stmt
    span: Span
    end: int
    text: str
    origin: Origin | None = None
    is_built: bool = False
    kind: str = ""
    values: dict[Key, str] = field(factory=dict)
    binds: tuple[str, ...] = ()
    uses: frozenset[str] = frozenset()
    is_commented: bool = False
    metaclasses: dict[str, str] = field(factory=dict)
    made: dict[Key, str] = field(factory=dict)

    @property
    def is_import(self) -> bool:
        """Whether it is an import."""
        return isinstance(self.node, ast.Import | ast.ImportFrom)

    @property
    def is_docstring(self) -> bool:
        """Whether it is a text at the beginning of a module."""
        node = self.node
        return (
            self is self.module.statements[0]
            and isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
        )

    @property
    def place(self) -> str:
        """File and line, for a message."""
        return f"{self.module.path}:{self.span.line}"


@define(eq=False)
class ImportOf:
    """An import of a module of the study: the names, as (name, name here); a star imports all."""

    held: Held
    module: str
    names: tuple[tuple[str, str], ...]


@define(eq=False)
class HeldModule:
    """A module of a study.

    Attributes:
        path: The file, from the study's folder on, with slashes.
        name: The name by which other modules import it.
        data: The file; empty for a module that is not there yet.
        text: The text, with its own line ends.
        statements: Its statements, in order.
        imports: Its imports of modules of the study.
        stars: The modules that it imports all names from.
        outside: The names that it imports one by one from modules that are not of the study.
    """

    path: str
    name: str
    data: bytes = b""
    text: str = ""
    encoding: Encoding = field(factory=Encoding)
    statements: list[Held] = field(factory=list)
    imports: list[ImportOf] = field(factory=list)
    stars: set[str] = field(factory=set)
    outside: set[str] = field(factory=set)
    exports: frozenset[str] | None = None


@define(eq=False)
class HeldModules:
    """All modules of a study, by path and by name.

    `elsewhere` has what statements in other files make when the modules run.
    """

    folder: Path
    by_path: dict[str, HeldModule] = field(factory=dict)
    elsewhere: list[Held] = field(factory=list)

    @property
    def by_name(self) -> Mapping[str, HeldModule]:
        """The modules by the names by which they are imported."""
        return {module.name: module for module in self.by_path.values()}

    def statements(self) -> Iterator[Held]:
        """All statements."""
        return (held for module in self.by_path.values() for held in module.statements)


def read_modules(
    folder: Path,
    settings: Settings,
    only: Collection[Path] | None = None,
    *,
    pass_closed: bool = False,
    instead: Mapping[str, bytes] | None = None,
) -> HeldModules:
    """Read the modules of a study; one that is not there has none.

    Args:
        folder: The study's folder.
        settings: Its settings.
        only: Read only these modules.
        pass_closed: As for `module_files`.
        instead: Path from the folder on → module that is to be written, too.

    Raises:
        CodeableError: A module cannot be read or is not Python.
    """
    there = evolve(
        settings,
        models=tuple(entry for entry in settings.models if (folder / entry).exists()),
        sources=tuple(entry for entry in settings.sources if (folder / entry).exists()),
    )
    study = HeldModules(folder)
    files = module_files(folder, there, pass_closed=pass_closed) if only is None or only else ()
    for file in files if only is None else (file for file in files if file in only):
        path = file.relative_to(folder).as_posix()
        study.by_path[path] = _read_module(file, path, (instead or {}).get(path))
    for path, data in (instead or {}).items():
        if path not in study.by_path:
            study.by_path[path] = _read_module(folder / path, path, data)
    for module in study.by_path.values():
        _find_imports(module, study.by_name)
    return study


def name_of_module(path: str) -> str:
    """The name by which a module is imported.

    Example:
        >>> name_of_module("models/deep/m.py"), name_of_module("models/__init__.py")
        ('models.deep.m', 'models')
    """
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _read_module(file: Path, path: str, instead: bytes | None = None) -> HeldModule:
    """Read one module, without its imports of others.

    Args:
        file: The file.
        path: Its path from the study's folder on, with slashes.
        instead: What is in it as if it were written already.

    Raises:
        CodeableError: It cannot be read or is not Python.
    """
    try:
        data = read_file(file) if instead is None else instead
    except OSError as error:
        raise CodeableError(f"{shown_path(file)} cannot be read: {reason_of(error)}") from error
    text, encoding = decode(data)
    try:
        tree = parse(text, str(file))
    except SyntaxError as error:
        conflicts = conflicts_in(text.splitlines())
        line = conflicts[0][0] + 1 if conflicts else error.lineno
        raise CodeableError(
            "nothing was written: the study has a module that is not Python\n"
            f"  {shown_path(file)}{f':{line}' if line else ''}: "
            f"{conflict_message(conflicts) if conflicts else error.msg}"
        ) from error
    module = HeldModule(path, name_of_module(path), data, text, encoding)
    lines = Lines(path, text)
    spans = NodeSpans(lines)
    module.statements = [_held(module, node, spans.span(node), lines) for node in tree.body]
    _read_meaning(module, lines)
    return module


def _held(module: HeldModule, node: ast.stmt, span: Span, lines: Lines) -> Held:
    last = lines.end_of(span.end_line - 1)
    behind = lines.text[span.end : last]
    held = Held(module, node, span, last, lines.text[span.start : span.end])
    held.binds, held.uses = tuple(dict.fromkeys(bound_names([node]))), frozenset(_used(node))
    alone = not behind.strip() or behind.strip().startswith("#")
    if not alone:
        held.end = span.end
    elif span.column == 1:
        held.origin = origin_in(behind)
    held.is_commented = _has_comment(held.text)
    if held.origin is not None:
        held.is_built = digest_of(held.text) == held.origin.digest and not held.is_commented
    return held


def _has_comment(text: str) -> bool:
    """Whether there is a comment in a statement; a `#` in a string is none."""
    if "#" not in text:
        return False
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return any(token.type == tokenize.COMMENT for token in tokens)


def _used(node: ast.stmt) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load | ast.Del):
            yield inner.id
        elif isinstance(inner, ast.Attribute):
            yield inner.attr


def _read_meaning(module: HeldModule, lines: Lines) -> None:
    """What the statements say, read as those of a trace are."""
    starts = [held.span.start for held in module.statements]
    found: dict[int, list[TraceStatement]] = {}
    position = 0
    reader = StatementReader(lines, TraceContext())
    for one in reader.statements(lines.lines, 0):
        while position + 1 < len(starts) and starts[position + 1] <= one.span.start:
            position += 1
        found.setdefault(position, []).append(one)
    for index, statements in found.items():
        held = module.statements[index]
        for one in statements:
            _add_meaning(held, one)


def _add_meaning(held: Held, one: TraceStatement) -> None:
    if isinstance(one, DeclarationStatement):
        held.values["code", one.identifier.name] = one.name
        kind = held.metaclasses[one.identifier.name] = one.kind or one.constructor.name
        held.kind = kind if kind in _SOURCE_KINDS else f"code:{'solution' if kind in _SOLUTIONS else kind}"
    elif isinstance(one, OptionStatement):
        held.kind = "option"
        held.values["option", one.decision.name, one.solution.name] = one.words or ""
    elif isinstance(one, ForceStatement):
        held.kind = "impact"
        for each in one.impacts:
            held.values["impact", each.solution.name, each.force.name] = each.impact.name
    elif isinstance(one, RelationStatement):
        held.kind = "relation"
        value = ", ".join(stereotype.name for stereotype in one.stereotypes) or "no stereotype"
        held.values |= {("relation", *key): value for key in relation_keys(one, {})}
    elif isinstance(one, CodeMention) and one.how == "contained_code" and one.added_to is not None:
        held.kind = "evidence"
        held.values["evidence", one.added_to.name, one.code.name] = ""


def _find_imports(module: HeldModule, modules: Mapping[str, HeldModule]) -> None:
    for held in module.statements:
        node = held.node
        if isinstance(node, ast.Import):
            module.imports += [
                ImportOf(held, alias.name, ()) for alias in node.names if alias.name in modules
            ]
            module.outside.update(
                alias.asname or alias.name.partition(".")[0]
                for alias in node.names
                if alias.name not in modules
            )
        elif isinstance(node, ast.ImportFrom):
            _add_import(module, modules, held, node)
        elif isinstance(node, ast.Assign) and "__all__" in held.binds:
            listed = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else []
            module.exports = frozenset(str(one.value) for one in listed if isinstance(one, ast.Constant))


def _add_import(
    module: HeldModule, modules: Mapping[str, HeldModule], held: Held, node: ast.ImportFrom
) -> None:
    name = node.module or ""
    if node.level:
        package = module.name if module.path.endswith("__init__.py") else module.name.rpartition(".")[0]
        parts = package.split(".")
        name = ".".join([*parts[: len(parts) - node.level + 1], *([name] if name else [])])
    names = tuple((alias.name, alias.asname or alias.name) for alias in node.names)
    if names == (("*", "*"),):
        module.stars.add(name)
    elif name not in modules:
        module.outside.update(here for there, here in names if f"{name}.{there}" not in modules)
    if name in modules:
        module.imports.append(ImportOf(held, name, names))
    module.imports += [
        ImportOf(held, f"{name}.{alias}", ()) for alias, _ in names if f"{name}.{alias}" in modules
    ]

"""The places of declarations, names and literals in the modules of a study. No module is run here.

The rules point at these places and the fixes change them.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from attrs import frozen

from codeable.files import read_file
from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.names.scopes import NameScope
from codeable.notes.decoding import decode
from codeable.notes.vocabulary import CONSTRUCTORS, FUNCTIONS
from codeable.registry import Declaration, Impact, Option, Relation
from codeable.source_reader import Node, NodeSpans, NotLiteral, dotted_name, literal, try_parse

_VOCABULARY = frozenset({*CONSTRUCTORS, *FUNCTIONS, "CEnum", "CLink", "CMetaclass", "CObject", "CStereotype"})
_FIELDS_WITH_WORDS = ("id", "attr", "arg", "name", "rest", "value")
"""The fields of nodes that hold identifiers and strings."""


@frozen
class SourceLiteral:
    """A literal of a module: its value, its span, and the span in which a diagnostic points at it.

    `entry` begins at the key where the literal is a value of a dictionary.
    """

    value: object
    span: Span
    entry: Span


class Module:
    """The text of one module, and its syntax tree, which is parsed when it is first needed.

    Args:
        path: The file.
        text: Its text; None to read it.

    Attributes:
        text: The whole text without a byte order mark, with its own line ends; empty when the file cannot be
            read.
    """

    def __init__(self, path: str, text: str | None = None) -> None:
        self.path = path
        try:
            self.text = decode(read_file(Path(path)))[0] if text is None else text
        except (OSError, ValueError):
            self.text = ""

    @cached_property
    def tree(self) -> ast.Module | None:
        """The syntax tree; None when the text is not Python."""
        return try_parse(self.text)

    @cached_property
    def scope(self) -> NameScope:
        """What the module binds, also as `global` in its functions; nothing when it is not Python."""
        scope = NameScope("module")
        if self.tree is not None:
            scope.fill(self.tree.body)
            if "global" in self.text:
                named = (node.names for node in self._nodes if isinstance(node, ast.Global))
                scope.bound.update(name for names in named for name in names)
        return scope

    @property
    def _nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree) if self.tree is not None else iter(())

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text."""
        return Lines(self.path, self.text)

    @cached_property
    def _spans(self) -> NodeSpans:
        return NodeSpans(self.lines)

    @cached_property
    def _calls(self) -> dict[tuple[int, int], list[ast.Call]]:
        """Line and column, as the tree counts them → the calls that begin there, the outer ones first."""
        found: dict[tuple[int, int], list[ast.Call]] = {}
        for node in self._nodes:
            if isinstance(node, ast.Call):
                found.setdefault((node.lineno, node.col_offset), []).append(node)
        return found

    @cached_property
    def _targets(self) -> dict[tuple[int, int], ast.Name]:
        """Line and column of a value that is assigned → the name that it is bound to."""
        found: dict[tuple[int, int], ast.Name] = {}
        for node in self._nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found.setdefault((node.value.lineno, node.value.col_offset), node.targets[0])
        return found

    @cached_property
    def _variables(self) -> set[ast.Name]:
        body = self.tree.body if self.tree is not None else ()
        variables = (node.targets[0] for node in body if isinstance(node, ast.Assign))
        return {node for node in variables if isinstance(node, ast.Name)}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every identifier of the module, of any scope, and every string."""
        words: set[object] = set()
        for node in self._nodes:
            if isinstance(node, ast.alias):
                words.update((node.asname, *node.name.split(".")))
            elif isinstance(node, ast.Global | ast.Nonlocal):
                words.update(node.names)
            else:
                words.update(getattr(node, field, None) for field in _FIELDS_WITH_WORDS)
        return frozenset(word for word in words if isinstance(word, str))

    @cached_property
    def variables(self) -> frozenset[str]:
        """Every name that a scope of the module binds or reads."""
        found: set[object] = set()
        for node in self._nodes:
            if isinstance(node, ast.alias):
                found.add(node.asname or node.name.partition(".")[0])
            elif isinstance(node, ast.Global | ast.Nonlocal):
                found.update(node.names)
            elif not isinstance(node, ast.keyword):
                found.update(getattr(node, field, None) for field in ("id", "arg", "name", "rest"))
        return frozenset(name for name in found if isinstance(name, str))

    def strings_saying(self, text: str) -> list[Span]:
        """The strings that say a text, but for the names, texts and values in calls of the vocabulary."""
        nodes = list(self._nodes) if text in self.words else []
        said = {
            id(inner)
            for node in nodes
            if isinstance(node, ast.Call)
            if (dotted_name(node.func) or "").rpartition(".")[2] in _VOCABULARY
            for inner in ast.walk(node)
        }
        return [
            self.span(node)
            for node in nodes
            if isinstance(node, ast.Constant) and node.value == text and id(node) not in said
        ]

    def span(self, node: Node) -> Span:
        """The place of a node of the tree, in characters."""
        return self._spans.span(node)

    def call_at(self, made: Span) -> ast.Call | None:
        """The call that made an element.

        Args:
            made: The span as the kernel gives it: its columns count bytes of UTF-8.
        """
        calls = self._calls.get((made.line, made.column - 1), [])
        end = made.end_line, made.end_column - 1
        exact = (call for call in calls if (call.end_lineno, call.end_col_offset) == end)
        return next(exact, calls[0] if calls else None)

    def literal(self, node: ast.expr) -> SourceLiteral | None:
        """A node that is a plain literal, or strings joined by ``+``."""
        value, span = literal(node), self.span(node)
        return None if isinstance(value, NotLiteral) else SourceLiteral(value, span, span)

    def values(self, made: Span) -> dict[str, SourceLiteral]:
        """The literals in `values={...}` of the call that made an element, by their keys."""
        call = self.call_at(made)
        table = next((kw.value for kw in call.keywords if kw.arg == "values"), None) if call else None
        if not isinstance(table, ast.Dict):
            return {}
        found: dict[str, SourceLiteral] = {}
        for key, node in zip(table.keys, table.values, strict=True):
            written = self.literal(node)
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and written is not None:
                entry = self.span(key).through(written.span)
                found[key.value] = SourceLiteral(written.value, written.span, entry)
        return found

    def made_at(self, made: Span) -> Span:
        """The span of the call that made an element, in characters, from the name that it is bound to."""
        call = self.call_at(made)
        if call is None:
            column = self._column(made.line, made.column - 1)
            return Span(self.path, made.line, column, made.line, column)
        target = self._targets.get((made.line, made.column - 1))
        return self.span(call) if target is None else self.span(target).through(self.span(call))

    def bound_at(self, made: Span) -> str | None:
        """The variable of the module that a call is bound to; None inside a loop or a function."""
        target = self._targets.get((made.line, made.column - 1))
        return target.id if target is not None and target in self._variables else None

    def _column(self, line: int, byte_offset: int) -> int:
        """The column in characters, from 1. Bytes behind the end of the line count as characters."""
        lines = self.lines.lines
        before = lines[line - 1].encode("utf-8")[:byte_offset] if line <= len(lines) else b""
        return len(before.decode("utf-8", "ignore")) + byte_offset - len(before) + 1


class Modules:
    """The modules of a study. Each is read once for one check, since it may be edited before the next.

    Args:
        folder: The folder of the study.
        are_there: Whether their files are there, too.
        read: The modules that were read before, as they were when the study was loaded.
    """

    def __init__(
        self, folder: str, *, are_there: bool = True, read: Mapping[str, Module] | None = None
    ) -> None:
        self._folder = folder
        self._are_there = are_there
        self._read: dict[str, Module] = dict(read or {})

    def __getitem__(self, path: str) -> Module:
        if path not in self._read:
            self._read[path] = Module(path, None if self._are_there else "")
        return self._read[path]

    def span_of(self, record: Declaration | Option | Impact | Relation) -> Span:
        """Where a record of a note or of a model is declared, in characters."""
        span = record.span
        if span is None:
            return Span(self._folder, 1, 1, 1, 1)
        live = record.element if isinstance(record, Declaration) else record.link
        return self[span.path].made_at(span) if live is not None else span

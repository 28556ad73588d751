"""The links that the calls of a module make, each as a pair of names, and how one is taken out.

A merge calls it: two codes that become one may have the same link each, and no study can make a link twice.
"""

import ast
from collections.abc import Iterator, Sequence
from itertools import takewhile

from attrs import frozen

from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.names.modules import Module
from codeable.source_reader import Node, NotLiteral, dotted_name, literal

_OPTION = ("add_decision_option_association", "add_decision_option_link")
_STEREOTYPED = (
    "add_stereotyped_design_solution_link",
    "add_stereotyped_link_with_how_tagged_value",
    "add_stereotyped_link_with_role_tagged_value",
)
_LINKS = ("add_links", "set_links")

Entries = Sequence[tuple[Node, Node]]
"""First and last node of each entry of a list or a dictionary."""
_Level = tuple[Entries, int]


@frozen
class LinkPair:
    """One link that a call makes.

    Attributes:
        kind: `option`, `impact`, or the role name of the link.
        source: The name at its start.
        target: The name at its end.
        said: What the call says of it: the text of an option, an impact, a stereotype.
        levels: From the inside out, what the pair is an entry of: the nodes of all entries, and which it is.
        statement: The statement of the call.
        at: The node of the pair that is told of.
    """

    kind: str
    source: str
    target: str
    said: str
    levels: tuple[_Level, ...]
    statement: ast.stmt
    at: ast.expr

    @property
    def key(self) -> tuple[str, str, str]:
        """What two pairs of one link have in common."""
        if self.kind == "from":
            return "to", self.target, self.source
        return self.kind, self.source, self.target


def link_pairs(tree: ast.Module) -> Iterator[LinkPair]:
    """The links that the statements of a module make, as far as they are written out.

    Example:
        >>> found = link_pairs(ast.parse("add_links({s1: [a, b]}, role_name='contained_code')"))
        >>> [one.key for one in found]
        [('contained_code', 's1', 'a'), ('contained_code', 's1', 'b')]
    """
    statements = [each for each in ast.walk(tree) if isinstance(each, ast.Expr | ast.Assign)]
    for statement in sorted(statements, key=lambda each: (each.lineno, each.col_offset)):
        value = statement.value
        while isinstance(value, ast.Subscript):
            value = value.value
        if isinstance(value, ast.Call):
            yield from _of_call(value, statement)


def _of_call(call: ast.Call, statement: ast.stmt) -> Iterator[LinkPair]:
    function = (dotted_name(call.func) or "").rpartition(".")[2]
    given = {each.arg: each.value for each in call.keywords}
    first = call.args[0] if call.args else None
    if function in _OPTION:
        decision = first or given.get("decision_")
        solution = call.args[1] if len(call.args) > 1 else given.get("design_solution_")
        text = call.args[2] if len(call.args) > 2 else given.get("option_name")
        yield from _pair("option", decision, solution, _said(text), (), statement)
    elif function in _STEREOTYPED and len(call.args) > 1:
        said = _said(call.args[2] if len(call.args) > 2 else None)
        yield from _pair("to", call.args[0], call.args[1], said, (), statement)
    elif function == "add_force_relations" and isinstance(first, ast.Dict):
        for source, inner, level in _entries(first):
            for target, impact, within in _entries(inner) if isinstance(inner, ast.Dict) else ():
                yield from _pair("impact", source, target, _said(impact), (within, level), statement)
    elif function in _LINKS:
        role, said = _said(given.get("role_name")), _said(given.get("stereotype_instances"))
        if isinstance(first, ast.Dict):
            for source, targets, level in _entries(first):
                for target, inside in _elements(targets):
                    yield from _pair(role, source, target, said, (*inside, level), statement)
        elif isinstance(call.func, ast.Attribute) and first is not None:
            for target, inside in _elements(first):
                yield from _pair(role, call.func.value, target, said, inside, statement)


def _pair(
    kind: str,
    source: ast.expr | None,
    target: ast.expr | None,
    said: str,
    levels: tuple[_Level, ...],
    statement: ast.stmt,
) -> Iterator[LinkPair]:
    if source is not None and target is not None:
        first, last = (dotted_name(node) or "" for node in (source, target))
        first, last = first.rpartition(".")[2], last.rpartition(".")[2]
        if first and last:
            yield LinkPair(kind, first, last, said, levels, statement, target)


def _entries(table: ast.Dict) -> Iterator[tuple[ast.expr, ast.expr, _Level]]:
    pairs = [(key, value) for key, value in zip(table.keys, table.values, strict=True) if key is not None]
    if len(pairs) == len(table.keys):
        for index, (key, value) in enumerate(pairs):
            yield key, value, (tuple(pairs), index)


def _elements(targets: ast.expr) -> Iterator[tuple[ast.expr, tuple[_Level, ...]]]:
    if isinstance(targets, ast.List | ast.Tuple | ast.Set):
        all_of_them = tuple((each, each) for each in targets.elts)
        yield from ((each, ((all_of_them, index),)) for index, each in enumerate(targets.elts))
    else:
        yield targets, ()


def _said(node: ast.expr | None) -> str:
    if node is None:
        return ""
    value = literal(node)
    return ast.unparse(node) if isinstance(value, NotLiteral) else str(value)


def without_pair(module: Module, pair: LinkPair) -> Edit | None:
    """The edit that takes a link out of its call, or the whole call; None where the link has a name.

    Args:
        module: The module.
        pair: One of its links.
    """
    for entries, index in pair.levels:
        if len(entries) > 1:
            return without_entry(module, entries, index)
    return without_statement(module, pair.statement) if isinstance(pair.statement, ast.Expr) else None


def without_entry(module: Module, entries: Entries, index: int) -> Edit:
    """The edit that takes one of several entries out, with a comma.

    Args:
        module: The module.
        entries: First and last node of each entry.
        index: Which of them goes.
    """
    first, last = entries[index]
    if index + 1 < len(entries):
        return Edit(module.path, module.span(first).start, module.span(entries[index + 1][0]).start, "")
    return Edit(module.path, module.span(entries[index - 1][1]).end, module.span(last).end, "")


def without_statement(module: Module, statement: ast.stmt) -> Edit:
    """The edit that takes a statement out: its lines, or the statement, for which `pass` is written.

    Of the empty lines above and below it, those above stay; none stay at the end of the module.
    """
    span, text = module.span(statement), module.text
    start, end = module.lines.starts[span.line - 1], module.lines.start_behind(span.end_line - 1)
    behind = text[span.end : end].strip()
    alone = span.start == start and (not behind or behind.startswith("#"))
    if not alone:
        return Edit.of(span, "pass")
    lines = module.lines.lines
    above, below = lines[: span.line - 1], lines[span.end_line :]
    empty = len(list(takewhile(_is_empty, below)))
    if empty == len(below):
        end = len(text)
        start = module.lines.starts[len(above) - len(list(takewhile(_is_empty, reversed(above))))]
    elif not above or _is_empty(above[-1]):
        end = module.lines.starts[span.end_line + empty]
    return Edit(module.path, start, end, "")


def _is_empty(line: str) -> bool:
    return not line.strip()


def place_of(module: Module, pair: LinkPair) -> Span:
    """Where a link is made."""
    return module.span(pair.at)

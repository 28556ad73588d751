"""Python source, written as `ruff format` lays it out.

`notes.build` writes modules with it. People read these modules, keep them under version
control and format them in their editors, so a formatter must have nothing to change, and every run must write
the same text.

Example:
    >>> print(
    ...     format_call(
    ...         "k8s",
    ...         "CClass",
    ...         [Verbatim("practice"), "K8s"],
    ...         {"values": {"aka": "Kubernetes", "description": ""}},
    ...     )
    ... )
    k8s = CClass(practice, "K8s", values={"aka": "Kubernetes", "description": ""})
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

LINE_LENGTH = 88
_INDENT = "    "
_QUOTE_TO_ESCAPE = re.compile(r'\A"|"(?=""|\Z)')
_SURROGATE = re.compile("[\ud800-\udfff]")


@frozen
class Verbatim:
    """A piece of code that is written as it is, on one line: a name, `a.b`, `study.dsl`."""

    text: str


@frozen
class Import:
    """`from module import names`."""

    module: str
    names: Sequence[str]


Expression: TypeAlias = (
    Verbatim | str | bool | int | float | Sequence["Expression"] | Mapping["Expression", "Expression"] | None
)
"""What a statement can hold. A `str` is a text (use `Verbatim` for code), sequences are lists."""


def string_literal(text: str) -> str:
    r"""A text as a Python literal, with the quotes a formatter chooses.

    Example:
        >>> print(string_literal("Pub/Sub"), string_literal('so-called "products"'), string_literal("it's"))
        "Pub/Sub" 'so-called "products"' "it's"
        >>> print(string_literal("two\nlines \\ one"))
        "two\nlines \\ one"
    """
    parts = [repr(part)[1:-1] for part in text.split("'")]  # without one, repr escapes no quote
    if text.count('"') > text.count("'"):
        return "'" + "\\'".join(parts) + "'"
    return '"' + "'".join(parts).replace('"', '\\"') + '"'


def format_call(
    target: str | None,
    function: str,
    args: Iterable[Expression] = (),
    kwargs: Mapping[str, Expression] | None = None,
    index: int | None = None,
    *,
    comment: str = "",
) -> str:
    """One statement that calls a function, and assigns the result when there is a target.

    Args:
        target: The name to assign to; None for a bare call.
        function: The name of what is called.
        args: The positional arguments.
        kwargs: The keyword arguments, in their order.
        index: What the result is subscripted with, as in `add_links(…)[0]`.
        comment: A comment behind the statement, on its last line.

    Returns:
        The statement, on as many lines as it needs, without a line end.

    Example:
        >>> print(
        ...     format_call(
        ...         None, "add_links", [{Verbatim("s4"): [Verbatim("k8s")]}], {"role_name": "contained_code"}
        ...     )
        ... )
        add_links({s4: [k8s]}, role_name="contained_code")
    """
    args, kwargs = tuple(args), kwargs or {}
    start = function if target is None else f"{target} = {function}"
    end = ")" if index is None else f")[{index}]"
    after = f"  # {comment}" if comment else ""
    keywords = (f"{name}={_flat(value)}" for name, value in kwargs.items())
    flat = f"{start}({', '.join([*map(_flat, args), *keywords])}"
    if _width(flat + end + after) <= LINE_LENGTH or not (args or kwargs):
        return flat + end + after
    if index is not None and _width(f"{flat})[") <= LINE_LENGTH:
        return f"{flat})[\n{_INDENT}{index}\n]{after}"
    return f"{start}(\n{_arguments(args, kwargs)}\n{end}{after}"


def format_import(statement: Import) -> str:
    """One import statement, on as many lines as it needs, without a line end.

    Example:
        >>> print(format_import(Import("models.m", ["cache", "queue"])))
        from models.m import cache, queue
    """
    start = f"from {statement.module} import "
    flat = start + ", ".join(statement.names)
    if _width(flat) <= LINE_LENGTH or list(statement.names) == ["*"]:
        return flat
    return start + "(\n" + "".join(f"{_INDENT}{name},\n" for name in statement.names) + ")"


def module_text(docstring: str, imports: Iterable[Import], blocks: Iterable[str]) -> str:
    """A whole module.

    Args:
        docstring: What the module is; empty for none.
        imports: The import statements, in their order.
        blocks: Pieces of the body, each of one statement or several lines; a blank line parts them.

    Returns:
        The module, ending with one line end; empty when there is nothing in it.

    Example:
        >>> print(module_text("One source.", [Import("codeable.dsl", ["*"])], ['s4 = CClass(source, "s4")']))
        \"\"\"One source.\"\"\"
        <BLANKLINE>
        from codeable.dsl import *
        <BLANKLINE>
        s4 = CClass(source, "s4")
        <BLANKLINE>
    """
    parts = [_docstring(docstring)] if docstring.strip() else []
    import_lines = "\n".join(format_import(each) for each in imports)
    parts += [part for part in (import_lines, *(block.strip("\n") for block in blocks)) if part]
    return "\n\n".join(parts) + "\n" if parts else ""


def _layout(expression: Expression, indent: str, before: str, after: str = "") -> str:
    """The expression behind `before` on one line if that fits, else with its brackets opened."""
    flat = before + _flat(expression)
    if _width(indent + flat + after) <= LINE_LENGTH or not _opens(expression):
        return flat
    opening, closing = "{}" if isinstance(expression, Mapping) else "[]"
    lines = [f"{line},\n" for line in _items(expression, indent + _INDENT)]
    return f"{before}{opening}\n{''.join(lines)}{indent}{closing}"


def _arguments(args: Sequence[Expression], kwargs: Mapping[str, Expression]) -> str:
    """The arguments of a call on lines of their own: on one if that fits, else on one each."""
    starts = [("", value) for value in args] + [(f"{name}=", value) for name, value in kwargs.items()]
    flat = _INDENT + ", ".join(start + _flat(value) for start, value in starts)
    if _width(flat) <= LINE_LENGTH:
        return flat
    if len(starts) == 1 and args:
        return _INDENT + _layout(args[0], _INDENT, "")
    return "\n".join(f"{_INDENT}{_layout(value, _INDENT, start, ',')}," for start, value in starts)


def _items(expression: Expression, indent: str) -> Iterator[str]:
    if isinstance(expression, Mapping):
        for key, value in expression.items():
            yield indent + _layout(value, indent, f"{_flat(key)}: ", ",")
    elif isinstance(expression, Sequence):
        for item in expression:
            yield indent + _layout(item, indent, "", ",")


def _opens(expression: Expression) -> bool:
    return not isinstance(expression, str) and isinstance(expression, Mapping | Sequence) and bool(expression)


def _flat(expression: Expression) -> str:
    match expression:
        case Verbatim(text):
            return text
        case str():
            return string_literal(expression)
        case Mapping():
            return "{" + ", ".join(f"{_flat(key)}: {_flat(value)}" for key, value in expression.items()) + "}"
        case Sequence():
            return "[" + ", ".join(_flat(item) for item in expression) + "]"
    return repr(expression)


def _docstring(text: str) -> str:
    text = _SURROGATE.sub("\ufffd", text)  # Python 3.13 compiles no docstring with one, not even escaped
    lines = [line.rstrip() for line in text.strip().split("\n")]
    body = _QUOTE_TO_ESCAPE.sub('\\"', "\n".join(lines).replace("\\", "\\\\"))
    body = "".join(each if each == "\n" or each.isprintable() else repr(each)[1:-1] for each in body)
    return f'"""{body}\n"""' if "\n" in body else f'"""{body}"""'


def _width(text: str) -> int:
    """Columns as ruff counts them, character by character; a terminal shows sequences of emoji narrower."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1

"""Python source, written as `ruff format` lays it out.

`notes.build` and `compat.convert` write modules with it. People read these modules, keep them under version
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

from attrs import field, frozen

LINE_LENGTH = 88
_INDENT = "    "
_QUOTE_TO_ESCAPE = re.compile(r'\A"|"(?=""|\Z)')


@frozen
class Verbatim:
    """A piece of code that is written as it is, on one line: a name, `a.b`, `study.dsl`."""

    text: str


@frozen
class Call:
    """A call: `function(args, keyword=…)`, with `[index]` behind it when an index is given."""

    function: str
    args: tuple["Expression", ...] = ()
    kwargs: Mapping[str, "Expression"] = field(factory=dict, hash=False)
    index: int | None = None


@frozen
class Import:
    """`from module import names`; with no names, `import module`."""

    module: str
    names: Sequence[str] = ()


Expression: TypeAlias = (
    Verbatim
    | Call
    | str
    | bool
    | int
    | float
    | Sequence["Expression"]
    | Mapping["Expression", "Expression"]
    | None
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
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_escaped(character, quote) for character in text) + quote


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
    call = Call(function, tuple(args), dict(kwargs or {}), index)
    after = f"  # {comment}" if comment else ""
    return _layout(call, "", "" if target is None else f"{target} = ", after) + after


def format_assignment(target: str, value: Expression) -> str:
    """One statement that assigns a value.

    Example:
        >>> print(format_assignment("decision.superclasses", [Verbatim("design_solution"), Verbatim("code")]))
        decision.superclasses = [design_solution, code]
    """
    start = f"{target} = "
    breakable = isinstance(value, Call | Mapping | Sequence) and not isinstance(value, str)
    flat = _flat(value)
    if not breakable and _width(start + flat) > LINE_LENGTH >= _width(_INDENT + flat):
        return f"{target} = (\n{_INDENT}{flat}\n)"
    return _layout(value, "", start)


def format_import(statement: Import) -> str:
    """One import statement, on as many lines as it needs, without a line end.

    Example:
        >>> print(format_import(Import("models.m", ["cache", "queue"])))
        from models.m import cache, queue
    """
    if not statement.names:
        return f"import {statement.module}"
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
    if isinstance(expression, Call):
        up_to_index = flat[: flat.rindex("[") + 1] if expression.index is not None else ""
        if up_to_index and _width(indent + up_to_index) <= LINE_LENGTH:
            return f"{up_to_index}\n{indent}{_INDENT}{expression.index}\n{indent}]"
        end = ")" if expression.index is None else f")[{expression.index}]"
        return f"{before}{expression.function}(\n{_arguments(expression, indent + _INDENT)}\n{indent}{end}"
    opening, closing = "{}" if isinstance(expression, Mapping) else "[]"
    lines = [f"{line},\n" for line in _items(expression, indent + _INDENT)]
    return f"{before}{opening}\n{''.join(lines)}{indent}{closing}"


def _arguments(call: Call, indent: str) -> str:
    flat = indent + ", ".join(_flat_arguments(call))
    if _width(flat) <= LINE_LENGTH:
        return flat
    lines = [indent + _layout(argument, indent, "", ",") for argument in call.args]
    lines += [indent + _layout(value, indent, f"{name}=", ",") for name, value in call.kwargs.items()]
    sole = len(call.args) == 1 and not call.kwargs
    return indent + _layout(call.args[0], indent, "") if sole else ",\n".join(lines) + ","


def _items(expression: Expression, indent: str) -> Iterator[str]:
    if isinstance(expression, Mapping):
        for key, value in expression.items():
            yield indent + _layout(value, indent, f"{_flat(key)}: ", ",")
    elif isinstance(expression, Sequence):
        for item in expression:
            yield indent + _layout(item, indent, "", ",")


def _opens(expression: Expression) -> bool:
    if isinstance(expression, Call):
        return bool(expression.args or expression.kwargs)
    return not isinstance(expression, str) and isinstance(expression, Mapping | Sequence) and bool(expression)


def _flat(expression: Expression) -> str:
    match expression:
        case Verbatim(text):
            return text
        case Call(function, _, _, index):
            end = "" if index is None else f"[{index}]"
            return f"{function}({', '.join(_flat_arguments(expression))}){end}"
        case str():
            return string_literal(expression)
        case Mapping():
            return "{" + ", ".join(f"{_flat(key)}: {_flat(value)}" for key, value in expression.items()) + "}"
        case Sequence():
            return "[" + ", ".join(_flat(item) for item in expression) + "]"
        case float() if expression != expression or expression in (float("inf"), float("-inf")):
            return f'float("{expression}")'
    return repr(expression)


def _flat_arguments(call: Call) -> list[str]:
    keywords = [f"{name}={_flat(value)}" for name, value in call.kwargs.items()]
    return [*map(_flat, call.args), *keywords]


def _escaped(character: str, quote: str) -> str:
    if character in ("\\", quote):
        return "\\" + character
    return character if character in "'\"" else repr(character)[1:-1]


def _docstring(text: str) -> str:
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

"""The origin of a built statement: its note, and a digest of the statement as it was built.

It is the comment behind the statement, as in ``# s44 3f9a1c``. A statement whose text has another digest was
edited by a person; one without an origin was made by hand. Layout, quotes and comments do not count.
"""

import ast
import hashlib
import re
from collections.abc import Callable

from attrs import frozen

from codeable.source_reader import NotLiteral, literal, try_parse

_ORIGIN = re.compile(r"#[ \t]*(?P<source>[A-Za-z]+[0-9]\w*)[ \t]+(?P<digest>[0-9a-f]{6,16})[ \t]*$")
_DIGITS = 6
_DEEPEST = 60


@frozen
class Origin:
    """The note that a statement was built from, and the digest of the statement then.

    Example:
        >>> print(Origin("s44", "3f9a1c"))
        s44 3f9a1c
    """

    source: str
    digest: str

    def __str__(self) -> str:
        return f"{self.source} {self.digest}"


def origin_in(comment: str) -> Origin | None:
    """The origin that a comment says; none when it is another comment.

    Example:
        >>> origin_in("# s44 3f9a1c")
        Origin(source='s44', digest='3f9a1c')
        >>> origin_in("# s44 3f9a1c: ask Anna") is None
        True
    """
    match = _ORIGIN.fullmatch(comment.strip())
    return Origin(match["source"], match["digest"]) if match is not None else None


def digest_of(text: str, names: Callable[[str], str] = str) -> str:
    r"""The digest of a statement.

    Args:
        text: The statement, which is Python.
        names: Gives the name that counts for a name in it.

    Example:
        >>> digest_of("a = CClass(force, 'A')") == digest_of('a = CClass(\n    force, "A",\n)  # s1')
        True
        >>> digest_of("a = CClass(force, 'A')") == digest_of("b = CClass(force, 'A')")
        False
    """
    tree = try_parse(text)
    normal = text if tree is None else "\n".join(normal_form(node, names) for node in tree.body)
    return hashlib.sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def normal_form(node: ast.AST, names: Callable[[str], str] = str, depth: int = 0) -> str:
    """A text that is the same for two statements that differ only in layout, quotes and comments.

    It does not depend on the version of Python, because it is kept in digests.
    """
    if depth > _DEEPEST:
        return "…"

    def of(inner: ast.AST | None) -> str:
        return "" if inner is None else normal_form(inner, names, depth + 1)

    if isinstance(node, ast.expr) and not isinstance(value := literal(node), NotLiteral):
        return f"{type(value).__name__}:{value!r}"
    match node:
        case ast.Name(id=name):
            return names(name)
        case ast.Attribute(value=inner, attr=name):
            return f"{of(inner)}.{name}"
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return f"[{','.join(map(of, elements))}]"
        case ast.Dict(keys=keys, values=values):
            return "{" + ",".join(f"{of(k)}:{of(v)}" for k, v in zip(keys, values, strict=True)) + "}"
        case ast.Subscript(value=inner, slice=index):
            return f"{of(inner)}[{of(index)}]"
        case ast.Call(func=function, args=args, keywords=keywords):
            given = [*map(of, args), *(f"{one.arg}={of(one.value)}" for one in keywords)]
            return f"{of(function)}({','.join(given)})"
        case ast.Assign(targets=targets, value=value_node):
            return "=".join([*map(of, targets), of(value_node)])
        case ast.Expr(value=inner):
            return of(inner)
    return ast.dump(node)

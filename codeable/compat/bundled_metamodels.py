"""Compares a study's copy of a metamodel with that of CodeableModels, without running it.

`bundled` asks. A copy that says anything else, or says it in a way that cannot be read, is a metamodel of the
study's own.
"""

import ast
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from attrs import frozen

from codeable.compat import shims
from codeable.compat.module_file import read_module
from codeable.kernel import CAssociation, CMetaclass, CStereotype
from codeable.source_reader import dotted_name, parse_file

_KINDS = ("CMetaclass", "CStereotype")
_KEYWORDS = frozenset({"superclasses", "extended", "attributes", "bundles"})


@frozen
class _Declared:
    """What a statement declares; names stand for classes and attributes."""

    kind: str
    name: str | None
    superclasses: frozenset[str] = frozenset()
    extended: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()


def is_like_ours(path: Path, name: str) -> bool:
    """Whether a file declares nothing but what a metamodel of CodeableModels declares, in the same way.

    Args:
        path: The file.
        name: The full name of the metamodel.
    """
    own = [each for each in read_module(path).own if not each.startswith("_")]
    return bool(own) and any(_agrees(path, own, known) for known in _ours(name))


def _agrees(path: Path, own: Collection[str], known: Mapping[str, _Declared | None]) -> bool:
    if not set(own) <= known.keys():
        return False
    return all(_says_the_same(statement, known) for statement in parse_file(path).body)


def _says_the_same(statement: ast.stmt, known: Mapping[str, _Declared | None]) -> bool:
    """Whether a statement of the copy says what the element of that name is."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="association"))):
            return True
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
            ours, theirs = known.get(name), _declared(call)
            return ours is None or ours == theirs
        case ast.Assign(targets=[ast.Name()]):
            return True
    return False


def _declared(call: ast.Call) -> _Declared | None:
    """What a call declares; None if it cannot be read or declares no element."""
    function = (dotted_name(call.func) or "").rpartition(".")[2]
    if isinstance(call.func, ast.Attribute) and call.func.attr == "association":
        text = call.args[1].value if len(call.args) > 1 and isinstance(call.args[1], ast.Constant) else None
        label, colon, _ = str(text or "").partition(":")
        return _Declared("CAssociation", label.strip() if colon else None)
    keywords = {each.arg: each.value for each in call.keywords}
    if function not in _KINDS or len(call.args) != 1 or not keywords.keys() <= _KEYWORDS:
        return None
    superclasses, extended = (_names(keywords.get(key)) for key in ("superclasses", "extended"))
    attributes = _keys(keywords.get("attributes"))
    first = call.args[0]
    if not isinstance(first, ast.Constant) or superclasses is None or extended is None or attributes is None:
        return None
    return _Declared(function, str(first.value), superclasses, extended, attributes)


def _names(node: ast.expr | None) -> frozenset[str] | None:
    """The last parts of one name or of a list of names; None if it is anything else."""
    if node is None:
        return frozenset()
    nodes = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    names = [dotted_name(each) for each in nodes]
    return None if None in names else frozenset(str(name).rpartition(".")[2] for name in names)


def _keys(node: ast.expr | None) -> frozenset[str] | None:
    """The keys of a dictionary of texts; None if it is anything else."""
    if node is None:
        return frozenset()
    keys = node.keys if isinstance(node, ast.Dict) else [None]
    texts = [key.value for key in keys if isinstance(key, ast.Constant)]
    return frozenset(map(str, texts)) if len(texts) == len(keys) else None


@cache
def _ours(name: str) -> list[Mapping[str, _Declared | None]]:
    """The names of a metamodel and what each is, as the copies of both generations declare it."""
    from codeable.compat.run_options import FORMATS, RunOptions, set_options

    found: list[Mapping[str, _Declared | None]] = []
    for text_format in FORMATS:
        options, fresh = set_options(RunOptions(format=text_format)), shims.forget()
        try:
            found.append(_described(shims.contents(name)))
        finally:
            shims.forget(fresh)
            set_options(options)
    return found


def _described(contents: Mapping[str, object]) -> Mapping[str, _Declared | None]:
    identifiers = {id(value): name for name, value in reversed(list(contents.items()))}

    def names(elements: Collection[object]) -> frozenset[str]:
        return frozenset(identifiers.get(id(each), "") for each in elements)

    described: dict[str, _Declared | None] = {}
    for name, value in contents.items():
        described[name] = None
        if isinstance(value, CMetaclass | CStereotype):
            described[name] = _Declared(
                type(value).__name__,
                value.name,
                names(value.superclasses),
                names(value.extended) if isinstance(value, CStereotype) else frozenset(),
                frozenset(value.attribute_names),
            )
        elif isinstance(value, CAssociation):
            described[name] = _Declared("CAssociation", value.name)
    return described

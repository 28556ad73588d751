"""Compares a study's copy of a metamodel with that of CodeableModels, without running it.

`bundled` asks. A copy that says anything else, or says it in a way that cannot be read, is a metamodel of the
study's own.
"""

import ast
from collections.abc import Mapping
from functools import cache
from inspect import signature
from pathlib import Path
from types import FunctionType
from typing import Any

from attrs import frozen

from codeable.compat import shims
from codeable.compat.module_file import read_module
from codeable.kernel import CAssociation, CException, CMetaclass, CStereotype
from codeable.source_reader import dotted_name, parse_file

_KINDS = ("CMetaclass", "CStereotype")
_KEYWORDS = frozenset({"superclasses", "extended", "attributes", "bundles"})


@frozen
class _Declared:
    """What a statement declares; names stand for classes and attributes.

    Attributes:
        kind: The class of the element.
        name: Its display name.
        superclasses: The names of its superclasses; of an association, of its source.
        extended: The names of what it extends; of an association, of its target.
        details: The names of its attributes; the two ends of an association; the parameters of a function.
    """

    kind: str
    name: str | None
    superclasses: frozenset[str] = frozenset()
    extended: frozenset[str] = frozenset()
    details: frozenset[str] = frozenset()


@frozen
class _Metamodel:
    """A metamodel of CodeableModels.

    Attributes:
        names: What its names stand for; None for a bundle or a list.
        associations: All its associations, those without a name in the module included.
    """

    names: Mapping[str, _Declared | None]
    associations: frozenset[_Declared]


def is_like_ours(path: Path, name: str) -> bool:
    """Whether a file declares nothing but what a metamodel of CodeableModels declares, in the same way.

    Args:
        path: The file.
        name: The full name of the metamodel.
    """
    own = {each for each in read_module(path).own if not each.startswith("_")}
    return bool(own) and any(
        own <= ours.names.keys()
        and all(_says_the_same(statement, ours) for statement in parse_file(path).body)
        for ours in _ours(name)
    )


def _says_the_same(statement: ast.stmt, ours: _Metamodel) -> bool:
    """Whether a statement of the copy says what the element of that name is."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.FunctionDef(name=name, args=arguments):
            known = ours.names.get(name)
            given = {each.arg for each in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]}
            plain = arguments.vararg is None and arguments.kwarg is None
            return name.startswith("_") or (plain and known is not None and given <= known.details)
        case ast.Expr(value=ast.Call() as call):
            return _declared(call) in ours.associations
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            known = ours.names.get(name)
            return known is None or (isinstance(value, ast.Call) and _declared(value) == known)
    return False


def _declared(call: ast.Call) -> _Declared | None:
    """What a call declares; None if it cannot be read or declares no element."""
    function = (dotted_name(call.func) or "").rpartition(".")[2]
    keywords = {each.arg: each.value for each in call.keywords}
    if isinstance(call.func, ast.Attribute) and function == "association" and not keywords:
        return _declared_association(call.func.value, call.args)
    if function not in _KINDS or len(call.args) != 1 or not keywords.keys() <= _KEYWORDS:
        return None
    superclasses, extended = (_names(keywords.get(key)) for key in ("superclasses", "extended"))
    attributes = _keys(keywords.get("attributes"))
    first = call.args[0]
    if not isinstance(first, ast.Constant) or superclasses is None or extended is None or attributes is None:
        return None
    return _Declared(function, str(first.value), superclasses, extended, attributes)


def _declared_association(source: ast.expr, arguments: list[ast.expr]) -> _Declared | None:
    match arguments:
        case [target, ast.Constant(value=str(text))]:
            ends = _names(source), _names(target)
            try:
                made = CMetaclass("source").association(CMetaclass("target"), text)
            except CException:
                return None
            return None if None in ends else _association(made, *(each or frozenset() for each in ends))
    return None


def _association(made: CAssociation, source: frozenset[str], target: frozenset[str]) -> _Declared:
    kind = "<*>" if made.composition else "<>" if made.aggregation else ""
    ends = (
        f"source [{made.source_role_name}] {made.source_multiplicity} {kind}",
        f"target [{made.role_name}] {made.multiplicity}",
    )
    return _Declared("CAssociation", made.name, source, target, frozenset(ends))


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
def _ours(name: str) -> list[_Metamodel]:
    """A metamodel, as the copies of both generations declare it."""
    from codeable.compat.run_options import FORMATS, RunOptions, set_options

    found: list[_Metamodel] = []
    for text_format in FORMATS:
        options, fresh = set_options(RunOptions(format=text_format)), shims.forget()
        try:
            found.append(_described(shims.contents(name)))
        finally:
            shims.forget(fresh)
            set_options(options)
    return found


def _described(contents: Mapping[str, Any]) -> _Metamodel:
    identifiers = {id(value): name for name, value in reversed(list(contents.items()))}

    def names(*elements: object) -> frozenset[str]:
        return frozenset(identifiers.get(id(each), "") for each in elements)

    def described(value: Any) -> _Declared | None:
        if isinstance(value, CAssociation):
            return _association(value, names(value.source), names(value.target))
        if isinstance(value, CMetaclass | CStereotype):
            extended = names(*value.extended) if isinstance(value, CStereotype) else frozenset()
            superclasses, attributes = names(*value.superclasses), frozenset(value.attribute_names)
            return _Declared(type(value).__name__, value.name, superclasses, extended, attributes)
        if isinstance(value, FunctionType):
            return _Declared("function", None, details=frozenset(signature(value).parameters))
        return None

    associations = (
        each for value in contents.values() if isinstance(value, CMetaclass) for each in value.associations
    )
    return _Metamodel(
        {name: described(value) for name, value in contents.items()},
        frozenset(filter(None, map(described, associations))),
    )

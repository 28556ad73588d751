"""Statements that give an element of ours what the old study's own element has beyond it.

`own_metamodels` writes them where the old study declared its element.
"""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from codeable.compat.convert.module_edits import ModuleEdits
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.kernel import CAssociation, CAttribute, CEnum, CNamedElement
from codeable.kernel.attribute import PLAIN_TYPES
from codeable.source_reader import dotted_name
from codeable.source_writer import string_literal

_OF_ASSOCIATIONS = (
    "name",
    "role_name",
    "source_role_name",
    "multiplicity",
    "source_multiplicity",
    "aggregation",
    "composition",
)
_WIDTH = 100


@frozen(eq=False)
class OwnDeclaration:
    """An element of a metamodel of the old study, as a module of the study declares it.

    Attributes:
        element: The element.
        variable: What the module calls it.
        call: The call that makes it; None if a function of the study does.
    """

    element: Any
    variable: str
    call: ast.Call | None

    @property
    def keywords(self) -> Mapping[str, ast.expr]:
        """The arguments with a name in the call."""
        keywords = self.call.keywords if self.call is not None else []
        return {each.arg: each.value for each in keywords if each.arg is not None}


def differences(
    declaration: OwnDeclaration, module: ModuleEdits, values: Mapping[str, object], vocabulary: OldVocabulary
) -> Iterator[str]:
    """The statements after which our element says what the old one did.

    Args:
        declaration: The old element, one that has a counterpart.
        module: The module that declares it.
        values: The names of the module after it has run.
        vocabulary: The counterparts.
    """
    element, variable = declaration.element, declaration.variable
    ours = vocabulary.counterparts[element].element
    is_association = isinstance(element, CAssociation)
    for field in _OF_ASSOCIATIONS if is_association else ("name",):
        value = getattr(element, field)
        if value != getattr(ours, field):
            yield f"{variable}.{field} = {literal(value)}"
    if isinstance(element, CEnum):
        return
    yield from _attributes(declaration, module, ours, vocabulary)
    keywords = declaration.keywords
    for field, known in (("superclasses", ours.class_path), ("extended", _extended(ours))):
        further = [
            dotted_name(entry)
            for entry in _entries(keywords.get(field))
            if vocabulary.our(value_of(entry, values)) not in known
        ]
        if further:
            yield f"{variable}.{field} = [*{variable}.{field}, {', '.join(map(str, further))}]"
    for field, value in keywords.items():
        if field not in ("superclasses", "extended", "attributes", *_OF_ASSOCIATIONS):
            yield f"{variable}.{field} = {module.source(value)}"


def literal(value: object) -> str:
    """A text, a number, a truth value or None as Python source."""
    return string_literal(value) if isinstance(value, str) else repr(value)


def _attributes(
    declaration: OwnDeclaration, module: ModuleEdits, ours: Any, vocabulary: OldVocabulary
) -> Iterator[str]:
    """The statement that adds attributes, or brings them in the order of the old ones, as texts show them.

    Assigning replaces the attributes that ours has itself, so that the statement repeats these.
    """
    known: dict[str, CAttribute] = {}
    for classifier in ours.class_path:
        for each in classifier.attributes:
            known.setdefault(str(each.name), each)
    mine = {str(each.name): each for each in declaration.element.attributes}
    added = any(name not in known or not _same(each, known[name], vocabulary) for name, each in mine.items())
    if not added and [name for name in known if name in mine] == list(mine):
        return
    items = dict(_written_attributes(declaration, module, mine))
    for each in ours.attributes:
        items.setdefault(literal(str(each.name)), f"{literal(str(each.name))}: {each.type.__name__}")
    line = f"{declaration.variable}.attributes = {{{', '.join(items.values())}}}"
    if len(line) > _WIDTH:
        listed = "".join(f"    {item},\n" for item in items.values())
        line = f"{declaration.variable}.attributes = {{\n{listed}}}"
    yield line


def _written_attributes(
    declaration: OwnDeclaration, module: ModuleEdits, mine: Mapping[str, CAttribute]
) -> Iterator[tuple[str, str]]:
    """Name and entry of each attribute as the module writes them; `**` for a dictionary made elsewhere."""
    given = declaration.keywords.get("attributes")
    if isinstance(given, ast.Dict) and all(isinstance(each, ast.Constant) for each in given.keys):
        for key, value in zip(given.keys, given.values, strict=True):
            if key is not None:
                yield literal(getattr(key, "value", "")), f"{module.source(key)}: {module.source(value)}"
    elif given is not None:
        source = module.source(given)
        yield (
            "**",
            f"**{source}" if isinstance(given, ast.Name | ast.Attribute | ast.Call) else f"**({source})",
        )
    elif declaration.call is None:
        for name, each in mine.items():
            if each.type in PLAIN_TYPES:
                definition = each.type.__name__ if each.default is None else literal(each.default)
                yield literal(name), f"{literal(name)}: {definition}"


def _same(mine: CAttribute, ours: CAttribute, vocabulary: OldVocabulary) -> bool:
    if isinstance(mine.type, CEnum):  # ours take any text for the values that codeable knows
        same_type = ours.type is str and mine.type in vocabulary.counterparts
    elif isinstance(mine.type, CNamedElement):
        same_type = vocabulary.our(mine.type) is ours.type
    else:
        same_type = mine.type is ours.type
    return same_type and mine.default == ours.default


def _extended(ours: Any) -> list[Any]:
    return [entry for each in ours.class_path for entry in getattr(each, "extended", ())]


def _entries(value: ast.expr | None) -> list[ast.expr]:
    """The elements that an argument names."""
    entries = value.elts if isinstance(value, ast.List | ast.Tuple | ast.Set) else [value]
    return [each for each in entries if each is not None and dotted_name(each) is not None]


def value_of(node: ast.expr, values: Mapping[str, object]) -> Any:
    """The value of a dotted name after a module has run; None if there is none.

    Args:
        node: The expression.
        values: The names of the module.
    """
    first, *others = str(dotted_name(node)).split(".")
    value = values.get(first)
    for each in others:
        value = getattr(value, each, None)
    return value

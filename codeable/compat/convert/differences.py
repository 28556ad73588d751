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
            yield f"{variable}.{field} = {_literal(value)}"
    if isinstance(element, CEnum):
        return
    yield from _attributes(declaration, module, values, vocabulary)
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


def _attributes(
    declaration: OwnDeclaration, module: ModuleEdits, values: Mapping[str, object], vocabulary: OldVocabulary
) -> Iterator[str]:
    """The statement that adds attributes, or brings them in the order of the old ones, as texts show them.

    Assigning replaces the attributes that ours has itself, so that the statement repeats these.
    """
    ours = vocabulary.counterparts[declaration.element].element
    known = {str(each.name): each for one in reversed(ours.class_path) for each in one.attributes}
    mine = {str(each.name): each for each in declaration.element.attributes}
    added = any(name not in known or not _same(each, known[name], vocabulary) for name, each in mine.items())
    shown = dict.fromkeys(str(each.name) for one in ours.class_path for each in one.attributes)
    if added or [name for name in shown if name in mine] != list(mine):
        both = {**mine, **{str(each.name): each for each in ours.attributes if str(each.name) not in mine}}
        given = declaration.keywords.get("attributes")
        entries = zip(given.keys, given.values, strict=True) if isinstance(given, ast.Dict) else ()
        written = {
            each.value: module.source(value) for each, value in entries if isinstance(each, ast.Constant)
        }
        items = [
            f"{string_literal(name)}: {written.get(name) or _definition(each, values)}"
            for name, each in both.items()
        ]
        line = f"{declaration.variable}.attributes = {{{', '.join(items)}}}"
        if len(line) > _WIDTH:
            listed = "".join(f"    {item},\n" for item in items)
            line = f"{declaration.variable}.attributes = {{\n{listed}}}"
        yield line


def _definition(attribute: CAttribute, values: Mapping[str, object]) -> str:
    """What an attribute is defined by: a type or a default value."""
    if attribute.type in PLAIN_TYPES:
        return str(attribute.type.__name__) if attribute.default is None else _literal(attribute.default)
    name = next((name for name, value in values.items() if value is attribute.type), str(attribute.type))
    default = f", default={_literal(attribute.default)}"
    return name if attribute.default is None else f"CAttribute(type={name}{default})"


def _literal(value: object) -> str:
    return string_literal(value) if isinstance(value, str) else repr(value)


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

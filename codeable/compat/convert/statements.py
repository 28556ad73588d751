"""Statements that declare classifiers, objects and bundles as in the old study. `plan` makes them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from attrs import define, field

from codeable.compat.convert.names import ModuleNames
from codeable.compat.convert.values import (
    Values,
    attribute_definitions,
    elements_in,
    read_tagged_values,
    read_values,
    value_expression,
)
from codeable.kernel import (
    CAssociation,
    CBundle,
    CClass,
    CClassifier,
    CEnum,
    CException,
    CLayer,
    CLink,
    CMetaclass,
    CNamedElement,
    CObject,
    CStereotype,
)
from codeable.source_writer import Expression, format_assignment, format_call

Lines = list[str]

_DESCRIBED = (
    "name",
    "source_role_name",
    "source_multiplicity",
    "role_name",
    "multiplicity",
    "aggregation",
    "composition",
)


@define(eq=False)
class Statement:
    """One statement of the new study, or a few that belong together.

    Attributes:
        needs: What must have been declared before.
        write: Makes the source text, for a module.
        element: What it declares, if anything.
        link: The link that it makes, if it makes one.
        after: Statements that come before it although it does not need what they declare.
        about: The classifier of the vocabulary that it changes, if it does.
    """

    needs: tuple[CNamedElement, ...]
    write: Callable[[ModuleNames], Lines]
    element: CNamedElement | None = None
    link: CLink | None = None
    after: list["Statement"] = field(factory=list)
    about: CNamedElement | None = None


def real(element: CNamedElement) -> CNamedElement:
    """The element that is declared: the class, for a class object."""
    return (element.class_object_class or element) if isinstance(element, CObject) else element


def declaration(element: Any) -> Statement:
    """The statement that declares an element other than a link, without its `further_statements`."""
    match element:
        case CEnum():
            return _declare(element, "CEnum", (), lambda _: {"values": list(element.values)})
        case CAssociation():
            return _association(element)
        case CMetaclass() | CStereotype():
            return _metamodel(element)
        case CClass():
            return _class(element)
        case CBundle():
            return _bundle(element)
    return _object(element)


def further_statements(element: Any) -> Iterator[Statement]:
    """The statements for the attributes and values that the declaration of an element cannot have."""
    if _has_late_attributes(element):
        yield _late_attributes(element)
    for values, setter in _all_values(element):
        if isinstance(element, CLink) and setter == "value":
            for name, value in values.plain.items():
                yield _setting(element, "set_value", name, (value,), None)
        for name, value, hidden in values.later:
            yield _setting(element, f"set_{setter}", name, (value,), hidden)
        for name, hidden in values.removed:
            yield _setting(element, f"delete_{setter}", name, (), hidden)


def _setting(
    element: CNamedElement, call: str, name: str, given: tuple[Any, ...], hidden: CClassifier | None
) -> Statement:
    needed = (element, *([hidden] if hidden else []), *elements_in(list(given)))

    def write(names: ModuleNames) -> Lines:
        args: list[Expression] = [name, *(value_expression(value, names) for value in given)]
        if hidden is not None:
            args.append(names.ref(hidden))
        return [format_call(None, f"{names.ref(element).text}.{call}", args)]

    return Statement(tuple(map(real, needed)), write)


def _all_values(element: Any) -> Iterator[tuple[Values, str]]:
    if isinstance(element, CClass | CObject):
        classifier: Any = element.metaclass if isinstance(element, CClass) else element.classifier
        yield read_values(classifier.class_path, element.get_value, element.values), "value"
    if isinstance(element, CClass | CLink | CAssociation):
        yield read_tagged_values(element), "tagged_value"


def _declare(
    element: CNamedElement,
    constructor: str,
    needs: Iterable[CNamedElement],
    keywords: Callable[[ModuleNames], dict[str, Expression]],
    *positional: CNamedElement,
) -> Statement:
    """`name = Constructor(positional…, "display name", keywords…)`; keywords without a value are left out."""

    def write(names: ModuleNames) -> Lines:
        args: list[Expression] = [names.ref(each) for each in positional]
        if element.name is not None:
            args.append(element.name)
        given = {name: value for name, value in keywords(names).items() if value not in (None, [], {})}
        return [format_call(names.target(element), names.word(constructor), args, given)]

    return Statement(tuple(map(real, (*positional, *needs))), write, element)


def one_or_list(elements: Iterable[CNamedElement], names: ModuleNames) -> Expression:
    """A single element by itself, several as a list."""
    found = [names.ref(each) for each in elements]
    return found[0] if len(found) == 1 else found


def _needed_by_attributes(classifier: CClassifier) -> Iterator[CNamedElement]:
    for attribute in classifier.attributes:
        yield from elements_in([attribute.type, attribute.default])


def _has_late_attributes(element: CNamedElement) -> bool:
    """Whether attributes have classifiers or objects as types or defaults, which may come later."""
    return isinstance(element, CClassifier) and any(
        not isinstance(each, CEnum) for each in _needed_by_attributes(element)
    )


def _late_attributes(element: CClassifier) -> Statement:
    def write(names: ModuleNames) -> Lines:
        target = f"{names.ref(element).text}.attributes"
        return [format_assignment(target, attribute_definitions(element, names))]

    return Statement((element, *map(real, _needed_by_attributes(element))), write, about=element)


def _attributes(classifier: CClassifier, names: ModuleNames) -> Expression:
    return {} if _has_late_attributes(classifier) else attribute_definitions(classifier, names)


def _enums(classifier: CClassifier) -> Iterator[CNamedElement]:
    return (each for each in _needed_by_attributes(classifier) if isinstance(each, CEnum))


def _metamodel(element: CMetaclass | CStereotype) -> Statement:
    extended = element.extended if isinstance(element, CStereotype) else []
    # Only where there is something extended: without it, the kernel has no default values.
    defaults = (
        element.default_values if isinstance(element, CStereotype) and _extends_metaclass(element) else {}
    )

    def keywords(names: ModuleNames) -> dict[str, Expression]:
        return {
            "superclasses": one_or_list(element.superclasses, names),
            "extended": one_or_list(extended, names),
            "attributes": _attributes(element, names),
            "default_values": {name: value_expression(value, names) for name, value in defaults.items()},
        }

    needs = (
        *element.superclasses,
        *extended,
        *_enums(element),
        *elements_in(list(defaults.values())),
    )
    return _declare(element, type(element).__name__, needs, keywords)


def _extends_metaclass(stereotype: CStereotype) -> bool:
    extended = [each for one in stereotype.class_path for each in one.extended]
    return bool(extended) and all(isinstance(each, CMetaclass) for each in extended)


def _class(element: CClass) -> Statement:
    read = [values for values, _ in _all_values(element)]

    def keywords(names: ModuleNames) -> dict[str, Expression]:
        values, tagged = read
        return {
            "superclasses": one_or_list(element.superclasses, names),
            "attributes": _attributes(element, names),
            "values": {name: value_expression(value, names) for name, value in values.plain.items()},
            "stereotype_instances": one_or_list(element.stereotype_instances, names),
            "tagged_values": {name: value_expression(value, names) for name, value in tagged.plain.items()},
        }

    needs = (*element.superclasses, *element.stereotype_instances, *_enums(element))
    metaclass: Any = element.metaclass
    return _declare(element, "CClass", needs, keywords, metaclass)


def _object(element: CObject) -> Statement:
    values = next(_all_values(element))[0]

    def keywords(names: ModuleNames) -> dict[str, Expression]:
        return {"values": {name: value_expression(value, names) for name, value in values.plain.items()}}

    return _declare(element, "CObject", (), keywords, element.classifier)


def _bundle(element: CBundle) -> Statement:
    below = element.sub_layer if isinstance(element, CLayer) else None

    def keywords(names: ModuleNames) -> dict[str, Expression]:
        given: dict[str, Expression] = {"elements": [names.ref(each) for each in element.elements]}
        return given if below is None else {"sub_layer": names.ref(below), **given}

    return _declare(
        element, type(element).__name__, (*element.elements, *([below] if below else [])), keywords
    )


def _association(element: CAssociation) -> Statement:
    tagged = next(_all_values(element))[0]
    descriptor = _descriptor(element)

    def write(names: ModuleNames) -> Lines:
        keywords: dict[str, Expression] = {
            **({} if descriptor else _ends(element)),
            "superclasses": one_or_list(element.superclasses, names),
            "derived_from": names.ref(element.derived_from) if element.derived_from else None,
            "stereotype_instances": one_or_list(element.stereotype_instances, names),
            "tagged_values": {name: value_expression(value, names) for name, value in tagged.plain.items()},
        }
        given = {name: value for name, value in keywords.items() if value not in (None, [], {})}
        call = f"{names.ref(element.source).text}.association"
        args: list[Expression] = [names.ref(element.target), *([descriptor] if descriptor else [])]
        return [format_call(names.target(element), call, args, given)]

    origin = [element.derived_from] if element.derived_from else []
    needs = (element.source, element.target, *element.superclasses, *origin, *element.stereotype_instances)
    return Statement(tuple(map(real, needs)), write, element)


def _ends(element: CAssociation) -> dict[str, Expression]:
    """Label, roles, multiplicities and kind of an association as keywords, defaults left out."""
    ends: dict[str, Expression] = {
        "name": element.name,
        "source_role_name": element.source_role_name,
        "role_name": element.role_name,
    }
    if element.source_multiplicity != "1":
        ends["source_multiplicity"] = element.source_multiplicity
    if element.multiplicity != "*":
        ends["multiplicity"] = element.multiplicity
    if element.aggregation or element.composition:
        ends["aggregation" if element.aggregation else "composition"] = True
    return ends


def _descriptor(element: CAssociation) -> str | None:
    """Label, ends and arrow as a descriptor; None where its grammar would read something else."""
    arrow = "<>-" if element.aggregation else "<*>-" if element.composition else "->"
    label = "" if element.name is None else f"{element.name}: "
    ends = [
        f"{'' if role is None else f'[{role}] '}{multiplicity}"
        for role, multiplicity in (
            (element.source_role_name, element.source_multiplicity),
            (element.role_name, element.multiplicity),
        )
    ]
    text = f"{label}{ends[0]} {arrow} {ends[1]}"
    try:
        probe = CAssociation(CMetaclass(), CMetaclass(), text)
    except CException:
        return None
    read = [getattr(probe, each) for each in _DESCRIBED]
    return text if read == [getattr(element, each) for each in _DESCRIBED] else None

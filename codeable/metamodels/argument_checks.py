"""Checks of the arguments of the functions in `guidance`. Their messages use the names of the vocabulary."""

from collections.abc import Mapping

from codeable.kernel import CClass, CException, CMetaclass, CStereotype
from codeable.kernel.class_objects import represented
from codeable.kernel.describe import describe
from codeable.text import did_you_mean

Vocabulary = Mapping[str, object]
"""The names of the module that declares the stereotypes; messages list the valid ones."""


def check_kind(element: object, kind: CMetaclass, call: str, role: str) -> None:
    """Raise unless the element is a class, or class object, of that metaclass or of one that specialises it.

    Args:
        element: The argument.
        kind: The metaclass that it must have.
        call: The name of the function, for the message.
        role: The role of the argument, for the message.

    Raises:
        CException: The argument is of another kind, deleted, or of another vocabulary.
    """
    if _is_of_kind(element, kind):
        return
    metaclass = _metaclass_of(element)
    if metaclass is not None:
        what = f"{describe(element)} is a {metaclass.name}{_hint(metaclass, kind)}"
    else:
        what = f"given: {describe(element)}"
    raise CException(f"{call}: {role} must be a {kind.name}; {what}")


def check_specialises(
    stereotype: object, root: CStereotype, vocabulary: Vocabulary, call: str, role: str
) -> None:
    """Raise unless the stereotype specialises that one; the message names the nearest valid ones.

    Args:
        stereotype: The argument.
        root: The stereotype that all valid ones specialise.
        vocabulary: The names of the valid ones.
        call: The name of the function, for the message.
        role: The role of the argument, for the message.

    Raises:
        CException: The argument is no stereotype, belongs to another relation or vocabulary, or is deleted.
    """
    if _specialises(stereotype, root):
        return
    valid = [
        name
        for name, each in vocabulary.items()
        if isinstance(each, CStereotype) and each.has_superclass(root)
    ]
    given = str(stereotype) if isinstance(stereotype, (str, CStereotype)) else ""
    near = did_you_mean(next((name for name, each in vocabulary.items() if each is stereotype), given), valid)
    if isinstance(stereotype, CStereotype) and stereotype.name in [each.name for each in root.subclasses]:
        near = "; it is of another vocabulary"
    raise CException(f"{call}: {role} must be one of {', '.join(valid)}; given: {describe(stereotype)}{near}")


def check_force_relations(
    relations: object,
    solution: CMetaclass,
    force: CMetaclass,
    impact_type: CStereotype,
    vocabulary: Vocabulary,
) -> None:
    """Raise unless the argument has the form `{solution: {force: impact}}`.

    Raises:
        CException: It has another form, or a solution, a force or an impact is of another kind.
    """
    call = "add_force_relations"
    form = "{solution: {force: impact}}"
    if not isinstance(relations, Mapping):
        raise CException(f"{call}: expected {form}; given: {describe(relations)}")
    for element, impacts in relations.items():
        check_kind(element, solution, call, "the solution")
        if not isinstance(impacts, Mapping):
            raise CException(f"{call}: expected {form}; given for {describe(element)}: {describe(impacts)}")
        for force_, impact in impacts.items():
            # The roles are described for an error only: that takes as long as the rest of the call.
            if not _is_of_kind(force_, force):
                check_kind(force_, force, call, f"what {describe(element)} has an impact on")
            if not _specialises(impact, impact_type):
                role = f"the impact of {describe(element)} on {describe(force_)}"
                check_specialises(impact, impact_type, vocabulary, call, role)


def _metaclass_of(element: object) -> CMetaclass | None:
    cl = represented(element)
    return cl.metaclass if isinstance(cl, CClass) else None


def _is_of_kind(element: object, kind: CMetaclass) -> bool:
    metaclass = _metaclass_of(element)
    return metaclass is not None and (metaclass is kind or metaclass.has_superclass(kind))


def _specialises(stereotype: object, root: CStereotype) -> bool:
    return isinstance(stereotype, CStereotype) and (stereotype is root or stereotype.has_superclass(root))


def _hint(given: CMetaclass, expected: CMetaclass) -> str:
    names = {given.name, *(each.name for each in given.all_superclasses)}
    if expected.name in names:
        return " of another vocabulary; elements can be linked only within one study"
    if given.name == "Force" and expected.name == "Design Solution":
        return "; a force is related by add_force_relations({solution: {force: impact}})"
    return ""

"""Finds the functions of an old study's own metamodel that do what those of codeable with the same name do.

Each is called with samples, as the one of codeable is, and the links that the two make are compared. A
function that uses anything but links, the metamodel and such functions is not called: it may do more.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any

from codeable.compat.convert.counterparts import DSL
from codeable.compat.convert.vocabulary import OldVocabulary
from codeable.kernel import CAssociation, CClass, CLink, add_links, set_links

_SAMPLES: Mapping[str, tuple[Mapping[str, str | None], ...]] = {
    "add_decision_option_association": ({}, {"option_name": "so"}),
    "add_decision_option_link": (
        {},
        {"option_name": "so"},
        {"option_description": "because"},
        {"option_name": "so", "option_description": "because"},
    ),
    "add_stereotyped_design_solution_link": ({},),
    "add_stereotyped_link_with_how_tagged_value": ({"tag_value": "so"},),
    "add_stereotyped_link_with_role_tagged_value": ({"tag_value": "so"},),
}
"""Name of a function → the further arguments of each call."""

_METHODS = frozenset(
    {"add_links", "append", "association", "items", "set_tagged_value", "tagged_values", "update"}
)
_BUILT_IN = frozenset({"dict", "isinstance", "len", "list", "str"})


def same_functions(module: ModuleType, vocabulary: OldVocabulary) -> frozenset[str]:
    """The names of the functions of a module that do what those of codeable do.

    Args:
        module: A module of the old study that has run; it is as before when this returns.
        vocabulary: The counterparts of its elements.
    """
    return frozenset(
        name
        for name in _SAMPLES
        if isinstance(function := vars(module).get(name), FunctionType)
        and function.__module__ == module.__name__
        and _only_links(function.__code__, vars(module), vocabulary)
        and _does_the_same(name, function, vars(module), vocabulary)
    )


def _only_links(code: CodeType, values: Mapping[str, object], vocabulary: OldVocabulary) -> bool:
    """Whether a function uses links, elements of the metamodel, and functions of which that is true, too."""
    pending = [code]
    for each in pending:
        for name in each.co_names:
            value = values.get(name)
            if value is add_links or value is set_links or name in _METHODS | _BUILT_IN:
                continue
            if isinstance(value, FunctionType):
                pending += [value.__code__] if value.__code__ not in pending else []
            elif vocabulary.our(value) is None:
                return False
        if any(isinstance(constant, CodeType) for constant in each.co_consts):
            return False
    return True


def _does_the_same(
    name: str, function: FunctionType, values: Mapping[str, object], vocabulary: OldVocabulary
) -> bool:
    ours = getattr(vocabulary.ours.dsl, name)
    mine, expected = inspect.signature(function).parameters, inspect.signature(ours).parameters
    if [(each.name, each.default) for each in mine.values()] != [
        (each.name, each.default) for each in list(expected.values())[: len(mine)]
    ]:
        return False
    samples = [each for each in _SAMPLES[name] if each.keys() <= mine.keys()]
    found = vocabulary.counterparts.items()
    old = {
        **vocabulary.names,
        **{each.name: element for element, each in found if element in values.values()},
    }
    new = {each.name: each.element for each in vocabulary.ours.all.values() if each.module == DSL}
    try:
        return all(
            list(_made(name, function, sample, old, vocabulary))
            == list(_made(name, ours, sample, new, vocabulary))
            for sample in samples
        )
    except Exception:  # what the study's function raises is its own; it stays
        return False


def _made(
    name: str,
    function: Callable[..., object],
    sample: Mapping[str, str | None],
    elements: Mapping[str, Any],
    vocabulary: OldVocabulary,
) -> Iterator[tuple[object, ...]]:
    """What a call makes: the links or associations between two samples, in the terms of codeable."""
    decision = "option" in name
    start = CClass(elements["decision" if decision else "practice"], "start")
    end = CClass(elements["pattern"], "end")
    arguments = [start, end] if decision else [start, end, elements["uses"]]
    try:
        function(*arguments, **sample)
        made: list[CLink | CAssociation] = [*start.links, *start.associations]
        for each in made:
            origin = each.association if isinstance(each, CLink) else each.derived_from
            yield (
                type(each),
                _in_ours(origin, vocabulary),
                each.source is start,
                each.target is end,
                [_in_ours(stereotype, vocabulary) for stereotype in each.stereotype_instances],
                dict(each.tagged_values),
                each.label if isinstance(each, CLink) else (each.multiplicity, each.source_multiplicity),
            )
    finally:
        start.delete()
        end.delete()


def _in_ours(element: Any, vocabulary: OldVocabulary) -> Any:
    return vocabulary.our(element) or element

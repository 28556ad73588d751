"""What may be in the arguments of a call: of a function that links, or of a constructor."""

from collections.abc import Iterator

from codeable.editor.completion.candidates import Candidate, text_candidate, word_candidates
from codeable.editor.completion.customary_values import values_of_attribute
from codeable.editor.completion.link_arguments import linked_elements, roles_of_link, stereotypes_of_link
from codeable.editor.completion.link_ends import stereotypes_of_class
from codeable.editor.completion.nameable import Nameable
from codeable.editor.completion.statements import display_name_of, keyword_candidates
from codeable.editor.python.call_place import CallPlace, OpenBracket, quoted_text
from codeable.notes.metadata import TRUTH_VALUES
from codeable.notes.vocabulary import CONSTRUCTORS, FUNCTIONS, METHOD, vocabulary
from codeable.registry.kinds import OPTION_KINDS, SOLUTION_KINDS

_KINDS = {
    "decision_": frozenset({"decision"}),
    "design_solution_": OPTION_KINDS,
    "from_design_solution": OPTION_KINDS,
    "to_design_solution": OPTION_KINDS,
    "link_from": OPTION_KINDS,
    "link_to": OPTION_KINDS,
}
"""Name of an argument → the kinds of the codes that it can be."""

_BUNDLES = frozenset({"bundle", "CBundle", "CLayer", "CPackage"})
_USUAL_METACLASSES = ("practice", "pattern", "force", "decision", "source", "category", "code")
_SUPERCLASSES = {
    **dict.fromkeys(
        ("practice", "pattern", "decision", "design_solution", "do_nothing_design_solution"), OPTION_KINDS
    ),
    "force": frozenset({"force"}),
    "category": frozenset({"category"}),
}
"""Metaclass → the kinds of what its instances can specialise; all codes where it is not here."""


def argument_candidates(place: CallPlace, scope: Nameable) -> Iterator[Candidate]:
    """What may be in the argument in which a place is."""
    call = place.call
    assert call is not None
    function = call.function
    if function in CONSTRUCTORS:
        yield from _of_constructor(place, call, scope)
    elif function in FUNCTIONS:
        by_method = function in ("add_links", "set_links") and _is_method(call)
        names = METHOD if by_method else FUNCTIONS[function]
        yield from _of_function(place, call, names, scope)
    elif scope.note is None:
        yield from scope.codes(without=call.items)


def _of_function(
    place: CallPlace, call: OpenBracket, names: tuple[str, ...], scope: Nameable
) -> Iterator[Candidate]:
    argument, inside = place.argument(names), place.inside
    if argument in ("definitions", "targets", "relations"):
        yield from linked_elements(place, call, argument, scope)
    elif argument in _KINDS and not inside:
        yield from _code_argument(argument, call, scope)
    elif argument == "role_name" and not inside:
        roles = roles_of_link(place, call, scope)
        yield from (text_candidate(role, "role", quoted=True) for role in roles)
    elif argument in ("stereotype_instances", "stereotype_instance"):
        yield from stereotypes_of_link(place, call, scope)
    elif argument == "do_add_links":
        yield from word_candidates(("True", "False"))
    first_by_name = 1 if "role_name" in names else 2
    if not inside and not call.keyword and call.position >= first_by_name:
        yield from keyword_candidates(names[call.position :], call.keywords)


def _is_method(call: OpenBracket) -> bool:
    """Whether a link is added by a method of an element, and not by the function of a module."""
    return bool(call.receiver) and not call.receiver.endswith("dsl")


def _code_argument(argument: str, call: OpenBracket, scope: Nameable) -> Iterator[Candidate]:
    kinds = _KINDS[argument]
    first = kinds if kinds == {"decision"} else SOLUTION_KINDS
    yield from scope.codes(kinds, first, without=call.items[:1] if argument != "decision_" else ())


def _of_constructor(place: CallPlace, call: OpenBracket, scope: Nameable) -> Iterator[Candidate]:
    names = CONSTRUCTORS[call.function]
    argument, inside = place.argument(names), place.inside
    metaclass = call.items[0] if call.items else ""
    if argument == "metaclass" and not inside:
        new = scope.new.get(place.assigned)
        by_name = "decision" if place.assigned.endswith("_decision") else "practice"
        likely = new.metaclass if new is not None else by_name
        yield from word_candidates(dict.fromkeys((likely, *_USUAL_METACLASSES, *scope.all_metaclasses)))
    elif argument == "name" and not inside and place.assigned:
        yield text_candidate(_display_name(place, scope), "display name", quoted=True)
    elif argument == "values" and len(inside) == 1:
        yield from _values(place, inside[0], metaclass, scope, quoted=True)
    elif argument == "superclasses":
        without = (place.assigned, *(item for one in inside for item in one.items))
        yield from scope.codes(_SUPERCLASSES.get(metaclass), first={metaclass}, without=without)
    elif argument == "stereotype_instances":
        fitting = stereotypes_of_class(metaclass) or scope.stereotypes
        given = {item for one in inside for item in one.items}
        yield from word_candidates([name for name in fitting if name not in given])
    elif argument in ("elements", "sub_layer", "super_layer", "bundles"):
        without = tuple(item for one in inside for item in one.items)
        yield from scope.codes(None if argument == "elements" else _BUNDLES, without=without)
    if not inside and not call.keyword and call.position >= (2 if call.function == "CClass" else 1):
        yield from keyword_candidates(names[2 if call.function == "CClass" else 1 :], call.keywords)


def _values(
    place: CallPlace, table: OpenBracket, metaclass: str, scope: Nameable, *, quoted: bool
) -> Iterator[Candidate]:
    """The attributes of a metaclass that are not there yet, or the customary values of one of them."""
    attributes = vocabulary().metaclasses.get(metaclass, {})
    if table.key is None:
        given = {quoted_text(each) for each in table.items}
        for number, name in enumerate(attributes):
            if name not in given:
                yield text_candidate(name, "value", min(number, 9), quoted=quoted)
        return
    name = quoted_text(table.key) or ""
    if attributes.get(name) is bool or name in TRUTH_VALUES:
        if quoted:
            yield from word_candidates(("True", "False"))
    elif metaclass in ("source", "reference"):
        yield from values_of_attribute(name, place.assigned, scope, quoted=quoted)


def string_candidates(place: CallPlace, call: OpenBracket, scope: Nameable) -> list[Candidate]:
    """What may be in the string at a place in a call, without its quotes."""
    function = call.function
    argument = place.argument(CONSTRUCTORS.get(function) or FUNCTIONS.get(function, ()))
    if argument == "role_name":
        return [text_candidate(role, "role") for role in roles_of_link(place, call, scope)]
    if argument == "values" and place.inside:
        metaclass = call.items[0] if call.items else ""
        return list(_values(place, place.inside[0], metaclass, scope, quoted=False))
    if argument == "name" and function in CONSTRUCTORS and place.assigned:
        return [text_candidate(_display_name(place, scope), "display name")]
    return []


def _display_name(place: CallPlace, scope: Nameable) -> str:
    new = scope.new.get(place.assigned)
    return display_name_of(place.assigned) if new is None else new.name

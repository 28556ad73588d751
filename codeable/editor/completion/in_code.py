"""What may be written in a statement: in a trace of a note, or in a module."""

import re
from collections.abc import Iterable, Iterator, Sequence

from codeable.editor.call_place import CallPlace, OpenBracket, call_place, quoted_text
from codeable.editor.completion.candidates import Candidate, Offer, text_candidate, word_candidate
from codeable.editor.completion.customary_values import values_of_attribute
from codeable.editor.completion.link_ends import LinkEnds, links_by_role, stereotypes_of_class
from codeable.editor.completion.nameable import NO_CODES, Nameable
from codeable.editor.completion.statements import (
    call_candidates,
    constructor_candidates,
    display_name_of,
    keyword_candidates,
    new_code_candidates,
    table_candidate,
)
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

_TEXTS = frozenset({"option_name", "option_description", "tag_value", "label"})
_ROLE = re.compile(r"""role_name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_KEY_AND_VALUES = re.compile(r"\{\s*([\w.]+)\s*:\s*\[?([\w\s,.]*)")
_BOUND = re.compile(r"\w+\s*(?::[^=]*)?=[\s\\]*")
_LIST = re.compile(r"[\w\s,.]+,\s*")
_WORDS = re.compile(r"(?:\w+[ \t]+)+")
_ATTRIBUTE = re.compile(r"(?:\w+\s*=[\s\\]*)?(?P<receiver>[\w.]+)\.")
_CODES_IN_STRING = re.compile(r"[\s\w,.*+•-]*")


def offer_in_code(place: CallPlace, scope: Nameable, text: str, *, codes_first: bool = False) -> Offer | None:
    """What may be written at a place in a statement; None where nothing fits.

    Args:
        place: The place.
        scope: What can be named there.
        text: The text in which the offsets of the place are.
        codes_first: Whether the statement is likely the name of a code: below `add codes to s44:`.
    """
    if place.comment:
        return None
    if place.string is not None:
        return _in_string(place, scope, text)
    if place.call is not None:
        candidates = list(_of_argument(place, scope))
    elif not place.brackets and _WORDS.fullmatch(place.before):
        return Offer(*place.word, list(scope.codes()), phrases="only")
    else:
        candidates = list(_of_statement(place, scope, text, codes_first=codes_first))
    return Offer(*place.word, candidates, phrases="also") if candidates else None


# -- statements


def _of_statement(place: CallPlace, scope: Nameable, text: str, *, codes_first: bool) -> Iterator[Candidate]:
    before = place.before
    if place.brackets:
        if scope.note is None:
            yield from scope.codes(without=place.brackets[-1].items)
    elif not before:
        yield from new_code_candidates(scope.new)
        if re.match(r"[ \t]*=(?!=)", text[place.word[1] :]) is None:
            yield from scope.codes()
            yield from call_candidates(rank=6 if codes_first else 3)
    elif _BOUND.fullmatch(before):
        yield from constructor_candidates()
        yield from call_candidates(rank=6, blocks=False)
        yield from scope.codes(rank=8)
    elif (attribute := _ATTRIBUTE.fullmatch(before)) is not None:
        if scope.kind_of(attribute["receiver"]):
            yield from call_candidates(rank=3, names=("add_links",), blocks=False)
    elif _LIST.fullmatch(before):
        yield from scope.codes(without=before.split(","))


# -- arguments


def _of_argument(place: CallPlace, scope: Nameable) -> Iterator[Candidate]:
    call = place.call
    assert call is not None
    function = call.function
    if function in CONSTRUCTORS:
        yield from _of_constructor(place, call, scope)
    elif function in FUNCTIONS:
        by_method = function in ("add_links", "set_links") and _is_method(call)
        names = METHOD if by_method else FUNCTIONS[function]
        argument = place.argument(names)
        inside = place.inside
        if argument in ("definitions", "targets", "relations"):
            yield from _of_links(place, call, inside, argument, scope)
        elif argument in _KINDS and not inside:
            yield from _code_argument(argument, call, scope)
        elif argument == "role_name" and not inside:
            roles = _roles(place, call, scope)
            yield from (text_candidate(role, "role", quoted=True) for role in roles)
        elif argument in ("stereotype_instances", "stereotype_instance"):
            yield from _stereotypes(place, call, scope)
        elif argument == "do_add_links":
            yield from _words(("True", "False"))
        if (
            not inside
            and not call.keyword
            and call.position >= min(2, names.index("role_name") if "role_name" in names else 2)
        ):
            yield from keyword_candidates(names[call.position :], call.keywords)
    elif scope.note is None:
        yield from scope.codes(without=call.items)


def _is_method(call: OpenBracket) -> bool:
    """Whether a link is added by a method of an element, and not by the function of a module."""
    return bool(call.receiver) and not call.receiver.endswith("dsl")


def _code_argument(argument: str, call: OpenBracket, scope: Nameable) -> Iterator[Candidate]:
    kinds = _KINDS[argument]
    first = kinds if kinds == {"decision"} else SOLUTION_KINDS
    yield from scope.codes(kinds, first, without=call.items[:1] if argument != "decision_" else ())


def _of_links(
    place: CallPlace, call: OpenBracket, inside: Sequence[OpenBracket], argument: str, scope: Nameable
) -> Iterator[Candidate]:
    """What may be in `{element: [elements]}` and in `{solution: {force: impact}}`."""
    if argument == "relations":
        yield from _of_forces(inside, scope)
    elif argument == "definitions" and not inside:
        yield table_candidate("{element: [elements]}", "{${1:element}: [${2:elements}]}")
    elif argument == "definitions" and inside[0].key is None:
        yield from _keys(place, inside[0].items, scope)
    else:
        key = call.receiver if argument == "targets" else (inside[0].key or "")
        yield from _targets(place, key, (*inside[-1].items, key) if inside else (key,), scope)


def _of_forces(inside: Sequence[OpenBracket], scope: Nameable) -> Iterator[Candidate]:
    depth, last = len(inside), inside[-1] if inside else None
    if last is None:
        yield table_candidate("{solution: {force: impact}}", "{${1:solution}: {${2:force}: ${3:positive}}}")
    elif depth == 1 and last.key is None:
        yield from scope.codes(OPTION_KINDS, SOLUTION_KINDS, without=last.items)
    elif depth == 1:
        yield table_candidate("{force: impact}", "{${1:force}: ${2:positive}}")
    elif last.key is None:
        yield from scope.codes({"force"}, without=last.items)
    else:
        yield from _words(vocabulary().impacts)


def _keys(place: CallPlace, given: Sequence[str], scope: Nameable) -> Iterator[Candidate]:
    """What may be linked: of a link in a known role, what this role allows."""
    ends = _links(place)
    kinds = {kind for one in ends for kind in one.sources}
    if not kinds or "source" in kinds:
        yield from scope.sources(without=given)
    if kinds != {"source"}:
        yield from scope.codes(kinds - NO_CODES or None, without=given)


def _targets(place: CallPlace, key: str, given: Sequence[str], scope: Nameable) -> Iterator[Candidate]:
    """What an element may be linked to."""
    kind = scope.kind_of(key)
    ends = _links(place) or [one for links in links_by_role().values() for one in links]
    kinds = {each for one in ends if not kind or kind in one.sources for each in one.targets}
    if "source" in kinds and (kinds <= NO_CODES or kind == "source"):
        yield from scope.sources(without=given, rank=5)
    codes = None if kind == "source" or not kinds else kinds - NO_CODES  # links between codes are codes, too
    if codes is None or codes:
        yield from scope.codes(codes, without=given)


def _links(place: CallPlace) -> Sequence[LinkEnds]:
    """The links in the role that the statement names."""
    match = _ROLE.search(place.statement)
    return links_by_role().get((match[1] or match[2] or ""), ()) if match is not None else ()


def _roles(place: CallPlace, call: OpenBracket, scope: Nameable) -> list[str]:
    """The roles that the linked elements allow; all roles where nothing is known of these."""
    match = _KEY_AND_VALUES.search(place.statement)
    source = call.receiver if call.receiver and match is None else (match[1] if match is not None else "")
    target = match[2].split(",")[0] if match is not None else (call.items[0] if call.items else "")
    source_kind, target_kind = scope.kind_of(source), scope.kind_of(target)
    fitting = [
        role
        for role, links in links_by_role().items()
        for one in links
        if (not source_kind or source_kind in one.sources) and (not target_kind or target_kind in one.targets)
    ]
    return list(dict.fromkeys(fitting)) or list(links_by_role())


def _stereotypes(place: CallPlace, call: OpenBracket, scope: Nameable) -> Iterator[Candidate]:
    given = {item for bracket in place.inside for item in bracket.items}
    if "stereotype_instance" in FUNCTIONS[call.function]:
        fitting: Iterable[str] = links_by_role()["to"][0].stereotypes
    else:
        links = _links(place) or [one for links in links_by_role().values() for one in links]
        fitting = [name for one in links for name in one.stereotypes]
    yield from _words([name for name in dict.fromkeys((*fitting, *scope.stereotypes)) if name not in given])


def _of_constructor(place: CallPlace, call: OpenBracket, scope: Nameable) -> Iterator[Candidate]:
    names = CONSTRUCTORS[call.function]
    argument, inside = place.argument(names), place.inside
    metaclass = call.items[0] if call.items else ""
    if argument == "metaclass" and not inside:
        new = scope.new.get(place.assigned)
        by_name = "decision" if place.assigned.endswith("_decision") else "practice"
        likely = new.metaclass if new is not None else by_name
        yield from _words(dict.fromkeys((likely, *_USUAL_METACLASSES, *scope.all_metaclasses)))
    elif argument == "name" and not inside and place.assigned:
        yield text_candidate(_display_name(place, scope), "display name", quoted=True)
    elif argument == "values" and len(inside) == 1:
        yield from _values(place, inside[0], metaclass, scope, quoted=True)
    elif argument == "superclasses":
        kinds: frozenset[str] | None = OPTION_KINDS if metaclass in _SOLUTIONS else None
        without = (place.assigned, *(item for one in inside for item in one.items))
        yield from scope.codes(kinds, first={metaclass}, without=without)
    elif argument == "stereotype_instances":
        fitting = stereotypes_of_class(metaclass) or scope.stereotypes
        given = {item for one in inside for item in one.items}
        yield from _words([name for name in fitting if name not in given])
    elif argument in ("elements", "sub_layer", "super_layer", "bundles"):
        without = tuple(item for one in inside for item in one.items)
        yield from scope.codes(None if argument == "elements" else _BUNDLES, without=without)
    if not inside and not call.keyword and call.position >= (2 if call.function == "CClass" else 1):
        yield from keyword_candidates(names[2 if call.function == "CClass" else 1 :], call.keywords)


_BUNDLES = frozenset({"bundle", "CBundle", "CLayer", "CPackage"})
_USUAL_METACLASSES = ("practice", "pattern", "force", "decision", "source", "category", "code")
_SOLUTIONS = frozenset({"practice", "pattern", "decision", "design_solution", "do_nothing_design_solution"})


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
            yield from _words(("True", "False"))
    elif metaclass in ("source", "reference"):
        for one in values_of_attribute(name, place.assigned, scope):
            yield text_candidate(one.text, one.detail, one.rank, one.uses, quoted=quoted)


def _display_name(place: CallPlace, scope: Nameable) -> str:
    new = scope.new.get(place.assigned)
    return display_name_of(place.assigned) if new is None else new.name


def _words(names: Iterable[str]) -> Iterator[Candidate]:
    return (word_candidate(name, number // 8, closed=True) for number, name in enumerate(names))


# -- strings


def _in_string(place: CallPlace, scope: Nameable, text: str) -> Offer | None:
    string = place.string
    assert string is not None
    if place.call is None:
        return _codes_in_string(place, scope, text)
    candidates: list[Candidate] = []
    function = place.call.function
    argument = place.argument(CONSTRUCTORS.get(function) or FUNCTIONS.get(function, ()))
    if argument == "role_name":
        candidates = [text_candidate(role, "role") for role in _roles(place, place.call, scope)]
    elif argument == "values" and place.inside:
        metaclass = place.call.items[0] if place.call.items else ""
        candidates = list(_values(place, place.inside[0], metaclass, scope, quoted=False))
    elif argument == "name" and function in CONSTRUCTORS and place.assigned:
        candidates = [text_candidate(_display_name(place, scope), "display name")]
    end = string.end if "\n" not in text[string.start : string.end] else place.word[1]
    candidates = [one for one in candidates if not {string.quotes[0], "\\"} & set(one.label)]
    return Offer(string.start, end, candidates) if candidates else None


def _codes_in_string(place: CallPlace, scope: Nameable, text: str) -> Offer | None:
    """The codes in a triple-quoted string of a note that is a statement of its own."""
    string = place.string
    is_statement = string is not None and place.before.lstrip("rRbBuU")[:3] == string.quotes
    if string is None or not is_statement or place.brackets or scope.note is None:
        return None
    content = text[string.start : string.end]
    above = text[string.start : place.offset].split("\n")
    inner = call_place(content.split("\n"), len(above) - 1, len(above[-1]))
    if inner.call is not None or not _CODES_IN_STRING.fullmatch(inner.before):  # a statement slipped into it
        found = offer_in_code(inner, scope, content)
        shift = string.start
        return found and Offer(found.start + shift, found.end + shift, found.candidates, found.phrases)
    others = text[string.start : place.word[0]] + text[place.word[1] : string.end]
    return Offer(*place.word, list(scope.codes(without=re.findall(r"\w+", others))), phrases="also")

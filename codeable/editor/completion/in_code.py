"""What may be written in a statement: in a trace of a note, or in a module."""

import re
from collections.abc import Iterator

from codeable.editor.completion.arguments import argument_candidates, string_candidates
from codeable.editor.completion.candidates import Candidate, Offer
from codeable.editor.completion.nameable import Nameable
from codeable.editor.completion.statements import (
    block_candidates,
    call_candidates,
    constructor_candidates,
    method_candidate,
    new_code_candidates,
)
from codeable.editor.python.call_place import CallPlace, call_place
from codeable.lines import NEWLINE, Lines

_BOUND = re.compile(r"\w+\s*(?::[^=]*)?=[\s\\]*")
_LIST = re.compile(r"[\w\s,.]+,\s*")
_WORDS = re.compile(r"(?:\w+[ \t]+)+")
_ATTRIBUTE = re.compile(r"(?:\w+\s*=[\s\\]*)?(?P<receiver>[\w.]+)\.")
_ENDS_IN_OPERATOR = re.compile(
    r"(?:[-+*/%|&^=<>~:]|\b(?:return|yield|await|not|and|or|in|is|if|elif|while|else|assert|del))\s*\Z"
)
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
        candidates = list(argument_candidates(place, scope))
    elif not place.brackets and _WORDS.fullmatch(place.before) and not _is_expression(place, scope):
        return Offer(*place.word, list(scope.codes()), phrases="only")
    else:
        candidates = list(_of_statement(place, scope, text, codes_first=codes_first))
    return Offer(*place.word, candidates, phrases="also") if candidates else None


def _of_statement(place: CallPlace, scope: Nameable, text: str, *, codes_first: bool) -> Iterator[Candidate]:
    before = place.before
    if before.rstrip().endswith(";"):
        before = ""
    if place.brackets:
        if scope.note is None:
            yield from scope.codes(without=place.brackets[-1].items)
    elif not before:
        is_declared = re.match(r"[ \t]*=(?!=)", text[place.word[1] :]) is not None
        yield from new_code_candidates(scope.new, names=is_declared)
        if not is_declared:
            rank = 6 if codes_first else 3
            yield from scope.codes()
            yield from call_candidates(rank)
            yield from block_candidates(rank + 1, scope.new)
    elif _BOUND.fullmatch(before):
        yield from constructor_candidates()
        yield from call_candidates(rank=6)
        yield from scope.codes(rank=8)
    elif (attribute := _ATTRIBUTE.fullmatch(before)) is not None:
        if scope.kind_of(attribute["receiver"]):
            yield method_candidate()
        elif scope.note is not None and before in scope.modules:
            yield from scope.codes()
    elif _LIST.fullmatch(before):
        yield from scope.codes(without=before.split(","))
    elif _is_expression(place, scope):
        yield from scope.codes()


def _is_expression(place: CallPlace, scope: Nameable) -> bool:
    """Whether any name may be at a place of a module."""
    return scope.note is None and _ENDS_IN_OPERATOR.search(place.before) is not None


def _in_string(place: CallPlace, scope: Nameable, text: str) -> Offer | None:
    string = place.string
    assert string is not None
    if place.call is None:
        return _codes_in_string(place, scope, text)
    end = string.end if NEWLINE.search(text, string.start, string.end) is None else place.word[1]
    found = string_candidates(place, place.call, scope)
    candidates = [one for one in found if not {string.quotes[0], "\\"} & set(one.label)]
    return Offer(string.start, end, candidates) if candidates else None


def _codes_in_string(place: CallPlace, scope: Nameable, text: str) -> Offer | None:
    """The codes in a triple-quoted string of a note that is a statement of its own."""
    string = place.string
    is_statement = string is not None and place.before.lstrip("rRbBuU")[:3] == string.quotes
    if string is None or not is_statement or place.brackets or scope.note is None:
        return None
    content = text[string.start : string.end]
    inner = call_place(Lines("", content), place.offset - string.start)
    if inner.call is not None or not _CODES_IN_STRING.fullmatch(inner.before):  # a statement slipped into it
        found = offer_in_code(inner, scope, content)
        shift = string.start
        return found and Offer(found.start + shift, found.end + shift, found.candidates, found.phrases)
    others = text[string.start : place.word[0]] + text[place.word[1] : string.end]
    return Offer(*place.word, list(scope.codes(without=re.findall(r"\w+", others))), phrases="also")

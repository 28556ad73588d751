"""Repairs of a statement that is not Python, as texts that may be meant.

The reader of statements calls `repairs_of`. It parses each of them, and takes a repair only when all that can
be read say the same.
"""

from collections.abc import Iterator
from itertools import pairwise

from codeable.notes.certain_repairs import with_strings, with_words
from codeable.notes.repaired_text import MOST_TOKENS, Repaired, Token, tokens_of

_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_WORDS_OF_PYTHON = frozenset({"and", "or", "not", "if", "else", "for", "in", "is", "lambda", "await"})
_LONGEST = 10_000
"""A longer statement is not repaired."""
_MOST_REPAIRS = 40
_MOST_STEPS = 3
"""How many brackets of one statement may be wrong."""


def repairs_of(source: str) -> Iterator[Repaired]:
    """The texts that a statement may be meant as, the simplest first; the statement itself is none of them.

    Example:
        >>> [one.text for one in repairs_of("f({a: very positive)")][0]
        'f({a: very_positive})'
    """
    if len(source) > _LONGEST:
        return
    base = with_words(with_strings(Repaired(source)))
    found = 0
    for repaired in _with_commas(base):
        for balanced in _Balancer().balanced(repaired):
            found += 1
            if balanced.changes:
                yield balanced
            if found >= _MOST_REPAIRS:
                return


def _with_commas(repaired: Repaired) -> Iterator[Repaired]:
    """The text with the commas that are missing; two names on a line may also be one identifier."""
    text = repaired.text
    places: list[tuple[Token, Token]] = []
    depth = 0
    tokens = tokens_of(text)
    for index, (one, other) in enumerate(pairwise(tokens)):
        depth += (one.kind == "open") - (one.kind == "close")
        behind = tokens[index + 2].text if index + 2 < len(tokens) else ""
        if depth > 0 and _lacks_comma(one, other, behind):
            places.append((one, other))
    yield _filled(repaired, places, blank=False)
    if any(_is_blank_in_name(one, other, text) for one, other in places):
        yield _filled(repaired, places, blank=True)


def _lacks_comma(one: Token, other: Token, behind: str) -> bool:
    """Whether two tokens are the end and the begin of values."""
    if one.text in _WORDS_OF_PYTHON or other.text in _WORDS_OF_PYTHON:
        return False
    if one.kind == "string" and other.kind == "string":
        return behind == ":"
    ends = one.kind in ("name", "string", "close")
    return ends and (other.kind in ("name", "string") or other.text == "{") and one.end < other.start + 1


def _is_blank_in_name(one: Token, other: Token, text: str) -> bool:
    return one.kind == other.kind == "name" and "\n" not in text[one.end : other.start]


def _filled(repaired: Repaired, places: list[tuple[Token, Token]], *, blank: bool) -> Repaired:
    text = repaired.text
    for one, other in reversed(places):
        if blank and _is_blank_in_name(one, other, text):
            message = f"an identifier cannot hold a blank: '{text[one.start : other.end]}'"
            repaired = repaired.with_change(one.end, other.start, "_", message)
        else:
            repaired = repaired.with_change(one.end, one.end, ",", "a comma is missing")
    return repaired


class _Balancer:
    """Balances the brackets of a text in the ways that need few changes.

    `budget` limits the tokens that are read for one statement.
    """

    def __init__(self) -> None:
        self.budget = 15 * MOST_TOKENS

    def balanced(self, repaired: Repaired, steps: int = _MOST_STEPS) -> Iterator[Repaired]:
        """The text with at most so many changes of its brackets."""
        tokens = tokens_of(repaired.text)
        self.budget -= len(tokens)
        stack: list[Token] = []
        for token in tokens if self.budget > 0 else ():
            if token.kind == "open":
                stack.append(token)
            elif token.kind == "close":
                if stack and _CLOSERS[stack[-1].text] == token.text:
                    stack.pop()
                    continue
                yield from self._changed(repaired, _at_wrong_closer(token, stack), steps)
                return
            elif token.kind == "other" and token.text in "\"'":
                return
        if not stack:
            yield repaired
        elif steps > 0:
            closers = "".join(_CLOSERS[one.text] for one in reversed(stack))
            end = tokens[-1].end
            yield repaired.with_change(end, end, closers, f"'{closers}' is missing here")
            yield from self._changed(repaired, _at_doubled_opener(tokens), steps)

    def _changed(
        self, repaired: Repaired, changes: Iterator[tuple[int, int, str, str]], steps: int
    ) -> Iterator[Repaired]:
        for change in changes:
            if steps > 0 and self.budget > 0:
                yield from self.balanced(repaired.with_change(*change), steps - 1)


def _at_doubled_opener(tokens: list[Token]) -> Iterator[tuple[int, int, str, str]]:
    """An opening bracket that is written twice."""
    for one, other in pairwise(tokens):
        if one.kind == "open" and one.text == other.text and one.end == other.start:
            yield one.start, one.end, "", f"this '{one.text}' is never closed"


def _at_wrong_closer(token: Token, stack: list[Token]) -> Iterator[tuple[int, int, str, str]]:
    """What may be meant by a bracket that does not close the last open one."""
    if stack:
        needed = _CLOSERS[stack[-1].text]
        if any(_CLOSERS[one.text] == token.text for one in stack):
            yield token.start, token.start, needed, f"'{needed}' is missing here"
        message = f"'{token.text}' cannot close the '{stack[-1].text}'"
        yield token.start, token.end, needed, message
    yield token.start, token.end, "", f"this '{token.text}' closes nothing"

"""Repairs of a statement that is not Python, as texts that may be meant.

The reader of statements calls `repairs_of`. It parses each of them, and takes a repair only when all that can
be read say the same.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from codeable.notes.block_reader import ELLIPSIS
from codeable.notes.vocabulary import FUNCTIONS, vocabulary

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<string>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
      | (?P<curly>[“”„][^“”„"\n]*[“”])
      | (?P<name>[^\W\d]\w*)
      | (?P<dots>\.{3,}|…)
      | (?P<open>[(\[{])
      | (?P<close>[)\]}])
      | (?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_WORDS_OF_PYTHON = frozenset({"and", "or", "not", "if", "else", "for", "in", "is", "lambda", "await"})
_LONGEST = 10_000
"""A longer statement is not repaired."""
_MOST_TOKENS = 2_000
_MOST_REPAIRS = 40
_MOST_STEPS = 3
"""How many brackets of one statement may be wrong."""


@frozen
class Change:
    """One replacement in a text, by offsets into the text as it is in the note."""

    start: int
    end: int
    replacement: str
    message: str


@frozen
class Repaired:
    """A text with changes, which are in order and do not overlap.

    Example:
        >>> repaired = Repaired("f(a b").with_change(3, 3, ",", "").with_change(6, 6, ")", "")
        >>> repaired.text, repaired.original(6)
        ('f(a, b)', 5)
    """

    source: str
    changes: tuple[Change, ...] = ()

    @property
    def text(self) -> str:
        """The text with its changes."""
        parts, at = [], 0
        for change in self.changes:
            parts += [self.source[at : change.start], change.replacement]
            at = change.end
        return "".join([*parts, self.source[at:]])

    def original(self, offset: int) -> int:
        """The offset in the note of an offset in the text with the changes."""
        shift = 0
        for change in self.changes:
            begin = change.start + shift
            if offset <= begin:
                break
            if offset < begin + len(change.replacement):
                return change.end
            shift += len(change.replacement) - (change.end - change.start)
        return offset - shift

    def with_change(self, start: int, end: int, replacement: str, message: str) -> "Repaired":
        """One change more, by offsets into the text with the changes so far."""
        change = Change(self.original(start), self.original(end), replacement, message)
        for index, before in enumerate(self.changes):
            if before.start == change.start == change.end == before.end:
                joined = Change(change.start, change.end, before.replacement + replacement, message)
                return Repaired(self.source, (*self.changes[:index], joined, *self.changes[index + 1 :]))
        changes = sorted((*self.changes, change), key=lambda one: (one.start, one.end))
        return Repaired(self.source, tuple(changes))


@frozen
class _Token:
    kind: str
    text: str
    start: int
    end: int


def repairs_of(source: str) -> Iterator[Repaired]:
    """The texts that a statement may be meant as, the simplest first; the statement itself is none of them.

    Example:
        >>> [one.text for one in repairs_of("f({a: very positive)")][0]
        'f({a: very_positive})'
    """
    if len(source) > _LONGEST:
        return
    base = _with_words(Repaired(source))
    found = 0
    for repaired in _with_commas(base):
        for balanced in _Balancer().balanced(repaired):
            found += 1
            if balanced.changes:
                yield balanced
            if found >= _MOST_REPAIRS:
                return


def _tokens(text: str) -> list[_Token]:
    """The tokens of a text without comments; none when they are too many."""
    found = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "comment":
            found.append(_Token(match.lastgroup or "", match[0], match.start(), match.end()))
        if len(found) > _MOST_TOKENS:
            return []
    return found


def _with_words(repaired: Repaired) -> Repaired:
    """What needs no choice: words of the vocabulary with a blank, dots, curly quotes, exchanged brackets."""
    tokens = _tokens(repaired.text)
    changes: list[tuple[int, int, str, str]] = []
    depth = 0
    skip = 0
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.kind == "open":
            depth += 1
        elif token.kind == "close":
            depth -= 1
        if token.start < skip or depth <= 0:
            continue
        if token.kind == "name" and (word := _word(tokens, index, repaired.text)) is not None:
            last = tokens[index + word.count("_")]
            given = repaired.text[token.start : last.end]
            changes.append((token.start, last.end, word, f"'{given}' is written {word}"))
            skip = last.end
        elif token.kind == "other" and token.text == "." and following and following.kind == "string":
            changes.append((token.start, token.end, ",", "there is a dot where a comma is expected"))
        elif token.kind == "dots":
            comma = following is not None and following.text == ","
            end = following.end if comma and following is not None else token.end
            changes.append((token.start, end, "", ELLIPSIS))
        elif token.kind == "curly":
            changes.append((token.start, token.end, f'"{token.text[1:-1]}"', "write straight quotes"))
    if len(tokens) > 2 and tokens[0].text in FUNCTIONS and tokens[1].text + tokens[2].text == "{(":
        changes.append((tokens[1].start, tokens[2].end, "({", "the brackets are exchanged"))
    for start, end, text, message in sorted(changes, reverse=True):
        repaired = repaired.with_change(start, end, text, message)
    return repaired


def _word(tokens: list[_Token], index: int, text: str) -> str | None:
    """The word of the vocabulary that a name and those behind it on its line are."""
    if index + 1 >= len(tokens) or tokens[index + 1].kind != "name":
        return None
    for word in vocabulary().words:
        parts = word.split("_")
        names = tokens[index : index + len(parts)]
        if [one.text for one in names] == parts and "\n" not in text[names[0].start : names[-1].end]:
            return word
    return None


def _with_commas(repaired: Repaired) -> Iterator[Repaired]:
    """The text with the commas that are missing; two names on a line may also be one identifier."""
    text = repaired.text
    places: list[tuple[_Token, _Token]] = []
    depth = 0
    tokens = _tokens(text)
    for index, (one, other) in enumerate(pairwise(tokens)):
        depth += (one.kind == "open") - (one.kind == "close")
        behind = tokens[index + 2].text if index + 2 < len(tokens) else ""
        if depth > 0 and _lacks_comma(one, other, behind):
            places.append((one, other))
    yield _filled(repaired, places, blank=False)
    if any(_is_blank_in_name(one, other, text) for one, other in places):
        yield _filled(repaired, places, blank=True)


def _lacks_comma(one: _Token, other: _Token, behind: str) -> bool:
    """Whether two tokens are the end and the begin of values."""
    if one.text in _WORDS_OF_PYTHON or other.text in _WORDS_OF_PYTHON:
        return False
    if one.kind == "string" and other.kind == "string":
        return behind == ":"
    ends = one.kind in ("name", "string", "close")
    return ends and (other.kind in ("name", "string") or other.text == "{") and one.end < other.start + 1


def _is_blank_in_name(one: _Token, other: _Token, text: str) -> bool:
    return one.kind == other.kind == "name" and "\n" not in text[one.end : other.start]


def _filled(repaired: Repaired, places: list[tuple[_Token, _Token]], *, blank: bool) -> Repaired:
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
        self.budget = 15 * _MOST_TOKENS

    def balanced(self, repaired: Repaired, steps: int = _MOST_STEPS) -> Iterator[Repaired]:
        """The text with at most so many changes of its brackets."""
        tokens = _tokens(repaired.text)
        self.budget -= len(tokens)
        stack: list[_Token] = []
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


def _at_doubled_opener(tokens: list[_Token]) -> Iterator[tuple[int, int, str, str]]:
    """An opening bracket that is written twice."""
    for one, other in pairwise(tokens):
        if one.kind == "open" and one.text == other.text and one.end == other.start:
            yield one.start, one.end, "", f"this '{one.text}' is never closed"


def _at_wrong_closer(token: _Token, stack: list[_Token]) -> Iterator[tuple[int, int, str, str]]:
    """What may be meant by a bracket that does not close the last open one."""
    if stack:
        needed = _CLOSERS[stack[-1].text]
        if any(_CLOSERS[one.text] == token.text for one in stack):
            yield token.start, token.start, needed, f"'{needed}' is missing here"
        message = f"'{token.text}' cannot close the '{stack[-1].text}'"
        yield token.start, token.end, needed, message
    yield token.start, token.end, "", f"this '{token.text}' closes nothing"

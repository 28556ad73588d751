"""Repairs of a statement that need no choice. Called by `repairs`."""

import re
from collections.abc import Iterator

from codeable.notes.block_reader import ELLIPSIS
from codeable.notes.repaired_text import Repaired, Token, tokens_of
from codeable.notes.vocabulary import FUNCTIONS, vocabulary

_QUOTES = ("'", '"')
_BROKEN_STRING = re.compile(
    r"""(["'])(?P<first>[^"'\\\n]*[^"'\\\n\s])(?P<blanks>[ \t]*)\n[ \t]*(?P<second>[^"'\\\n#]*)\1"""
    r"""(?=[ \t]*(?:[,)\]}:]|$))""",
    re.MULTILINE,
)
_SIGNS = {"+": "positive", "++": "very_positive", "-": "negative", "--": "very_negative"}
_MOST_STRINGS = 3

_Change = tuple[int, int, str, str]
"""Start, end, replacement and message, by offsets into the text so far."""


def with_strings(repaired: Repaired) -> Repaired:
    """The text with two strings for each one that is broken over two lines."""
    for _ in range(_MOST_STRINGS):
        others = (token for token in tokens_of(repaired.text) if token.kind == "other")
        opened = next((token for token in others if token.text in _QUOTES), None)
        broken = _BROKEN_STRING.match(repaired.text, opened.start) if opened is not None else None
        if broken is None or opened is None:
            break
        quote, second, end = opened.text, broken.start("second"), broken.end("blanks")
        if broken["second"]:
            repaired = repaired.with_change(second, second, quote, "")
            quote = f" {quote}"
        else:
            repaired = repaired.with_change(second, broken.end(), "", "")
        message = "the string is not closed on its line; it ends on the next one"
        repaired = repaired.with_change(broken.end("first"), end, quote, message)
    return repaired


def with_words(repaired: Repaired) -> Repaired:
    """What needs no choice: words of the vocabulary, dots, signs, curly quotes, exchanged brackets."""
    tokens = tokens_of(repaired.text)
    changes: list[_Change] = []
    depth = 0
    skip = 0
    for index, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if token.start >= skip and depth > 0:
            found = list(_changes_at(tokens, index, repaired.text))
            changes += found
            skip = max([skip, *(end for _, end, _, _ in found)])
    if len(tokens) > 2 and tokens[0].text in FUNCTIONS and tokens[1].text + tokens[2].text == "{(":
        changes.append((tokens[1].start, tokens[2].end, "({", "the brackets are exchanged"))
    for start, end, text, message in sorted(changes, reverse=True):
        repaired = repaired.with_change(start, end, text, message)
    return repaired


def _changes_at(tokens: list[Token], index: int, text: str) -> Iterator[_Change]:
    """The changes that are certain at a token."""
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    next_ = following.text if following is not None else ""
    if token.kind == "name":
        yield from _changes_at_name(tokens, index, text)
    elif token.kind == "dots":
        end = following.end if following is not None and next_ == "," else token.end
        yield token.start, end, "", ELLIPSIS
    elif token.kind == "curly":
        yield token.start, token.end, f'"{token.text[1:-1]}"', "write straight quotes"
    elif token.text == "." and following is not None and following.kind == "string":
        yield token.start, token.end, ",", "there is a dot where a comma is expected"
    elif token.text == next_ == ",":
        yield token.start, token.end, "", "a comma is written twice"
    elif (sign := _sign(tokens, index)) is not None:
        yield token.start, token.start + len(sign), _SIGNS[sign], f"'{sign}' is written {_SIGNS[sign]}"


def _changes_at_name(tokens: list[Token], index: int, text: str) -> Iterator[_Change]:
    start = tokens[index].start
    word = _word(tokens, index, text)
    if word is not None:
        end = tokens[index + word.count("_")].end
        yield start, end, word, f"'{text[start:end]}' is written {word}"
    elif index > 0 and tokens[index - 1].text in ("{", ",") and _text_at(tokens, index + 1) == "{":
        yield tokens[index].end, tokens[index].end, ":", "':' is missing here"
    elif _is_pair_in_pair(tokens, index):
        force, impact = tokens[index + 2], tokens[index + 4]
        yield force.start, force.start, "{", "braces are missing here"
        yield impact.end, impact.end, "}", ""


def _text_at(tokens: list[Token], index: int) -> str:
    return tokens[index].text if index < len(tokens) else ""


def _sign(tokens: list[Token], index: int) -> str | None:
    """The sign of an impact in the place of its word."""
    texts = [token.text for token in tokens[max(index - 1, 0) : index + 3]]
    for length in (1, 2):
        sign = "".join(texts[1 : 1 + length])
        if texts[0] == ":" and sign in _SIGNS and texts[1 + length : 2 + length] in ([","], ["}"]):
            return sign
    return None


def _is_pair_in_pair(tokens: list[Token], index: int) -> bool:
    """Whether `{solution: force: impact}` begins behind a brace, where braces have to be around the force."""
    row = tokens[max(index - 1, 0) : index + 6]
    kinds = "".join(token.text if token.kind != "name" else "n" for token in row)
    return kinds == "{n:n:n}" and row[-2].text in vocabulary().impacts


def _word(tokens: list[Token], index: int, text: str) -> str | None:
    """The word of the vocabulary that a name and those behind it on its line are."""
    if index + 1 >= len(tokens) or tokens[index + 1].kind != "name":
        return None
    for word in vocabulary().words:
        parts = word.split("_")
        names = tokens[index : index + len(parts)]
        if [one.text for one in names] == parts and "\n" not in text[names[0].start : names[-1].end]:
            return word
    return None

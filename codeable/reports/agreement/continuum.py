"""The text that two or more coders quote, as one continuum of words, with the stretches of each code.

A note that quotes a whole text, such as the transcript of an interview, holds the text; the passages are
parts of it. Two notes that hold the same text are laid side by side word by word.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from codeable.coded.coded_study import Code, CodedPassage
from codeable.reports.agreement.alignment import alignment, words_of
from codeable.reports.agreement.unitising import Stretch

SAME_TEXT = 0.9
"""The share of the longer text that two notes must have in common, to hold the same text."""
_CHANCE = 5
"""Fewer words than this may be in two places of a text by chance."""


@frozen
class Continuum:
    """The words that several coders have in common.

    Attributes:
        coders: The coders.
        length: The number of words.
        left_out: The number of words that not all of them have.
        stretches: Code → for each coder, the stretches that have the code.
    """

    coders: tuple[str, ...]
    length: int
    left_out: int
    stretches: Mapping[Code, tuple[tuple[Stretch, ...], ...]]


@frozen
class QuotedText:
    """The text that the passages of one coder make, and where each passage is in it."""

    words: tuple[str, ...]
    places: tuple[Stretch, ...]


def continuum_of(
    passages: Mapping[str, Sequence[CodedPassage]], codes: Iterable[Code]
) -> Continuum | Mapping[str, float]:
    """The continuum of one source.

    Args:
        passages: Coder → the passages of that coder, in the order of the note.
        codes: The codes that count.

    Returns:
        The continuum of the coders whose notes hold the same text as the longest one; without two of them,
        coder → the share of the longest text that each note holds.
    """
    texts = {
        coder: quoted_text([words_of(each.passage.text) for each in given])
        for coder, given in passages.items()
    }
    longest = max(texts, key=lambda coder: len(texts[coder].words))
    whole = texts[longest].words
    common: dict[str, dict[int, int]] = {}
    shares: dict[str, float] = {}
    for coder, text in texts.items():
        alike = alignment(whole, text.words)
        shares[coder] = len(alike) / len(whole) if whole else 0.0
        if shares[coder] >= SAME_TEXT:
            common[coder] = alike
    if len(common) < 2:
        return shares
    kept = [place for place in range(len(whole)) if all(place in alike for alike in common.values())]
    marked: dict[Code, dict[str, set[int]]] = {}
    for coder, alike in common.items():
        number_of = {alike[place]: number for number, place in enumerate(kept)}
        for coded, place in zip(passages[coder], texts[coder].places, strict=True):
            inside = {number_of[word] for word in range(place.start, place.end) if word in number_of}
            for code in coded.codes if inside else ():
                marked.setdefault(code, {}).setdefault(coder, set()).update(inside)
    return Continuum(
        tuple(common),
        len(kept),
        max(len(texts[coder].words) for coder in common) - len(kept),
        {
            code: tuple(_stretches(marked[code].get(coder, set())) for coder in common)
            for code in codes
            if code in marked
        },
    )


def quoted_text(passages: Sequence[tuple[str, ...]]) -> QuotedText:
    """The text that passages make, one after the other.

    A passage that is part of another one has its place in that one. Where a passage begins with the last
    words of the one before, these words are there once.

    Example:
        >>> text = quoted_text([("a", "b", "c"), ("b",), ("d",)])
        >>> text.words, [(place.start, place.end) for place in text.places]
        (('a', 'b', 'c', 'd'), [(0, 3), (1, 2), (3, 4)])
    """
    inside = _inside(passages)
    words: list[str] = []
    starts: list[int] = []
    before: tuple[str, ...] = ()
    for number, passage in enumerate(passages):
        if number in inside:
            starts.append(0)
            continue
        shared = _overlap(before, passage)
        starts.append(len(words) - shared)
        words += passage[shared:]
        before = passage
    for number, (outer, offset) in inside.items():
        starts[number] = starts[outer] + offset
    places = (Stretch(start, start + len(each)) for start, each in zip(starts, passages, strict=True))
    return QuotedText(tuple(words), tuple(places))


def _inside(passages: Sequence[tuple[str, ...]]) -> dict[int, tuple[int, int]]:
    """Passages that are part of another one: number → the number of the other, and the word where it begins.

    A few words may be anywhere by chance: they are part of the passage before or behind them only.
    """
    texts = [f" {' '.join(passage)} " for passage in passages]
    begins = [0]
    for text in texts:
        begins.append(begins[-1] + len(text) + 1)
    whole = "\n".join(texts)
    found: dict[int, tuple[int, int]] = {}
    for number, text in enumerate(texts):
        places: list[tuple[int, int, int]] = []
        at = whole.find(text)
        while at >= 0:
            outer = bisect_right(begins, at) - 1
            if _holds(passages, outer, number):
                places.append((abs(outer - number), outer, at))
            at = whole.find(text, at + 1)
        if places:
            _, outer, at = min(places)
            found[number] = outer, whole.count(" ", begins[outer], at)
    return {number: _outermost(found, place) for number, place in found.items()}


def _holds(passages: Sequence[tuple[str, ...]], outer: int, number: int) -> bool:
    """Whether one passage with the words of another is taken as the one that the other is part of."""
    longer = len(passages[outer]) - len(passages[number])
    if len(passages[number]) < _CHANCE:
        return longer > 0 and abs(outer - number) == 1
    return longer > 0 or (longer == 0 and outer < number)


def _outermost(found: Mapping[int, tuple[int, int]], place: tuple[int, int]) -> tuple[int, int]:
    outer, offset = place
    while outer in found:
        outer, more = found[outer]
        offset += more
    return outer, offset


def _overlap(before: tuple[str, ...], passage: tuple[str, ...]) -> int:
    """How many words at the end of a passage are those at the beginning of the next one."""
    most = min(len(before), len(passage))
    return next((size for size in range(most, _CHANCE - 1, -1) if before[-size:] == passage[:size]), 0)


def _stretches(words: set[int]) -> tuple[Stretch, ...]:
    """The words of a code as stretches; words beside each other are in one."""
    found: list[Stretch] = []
    for word in sorted(words):
        if found and found[-1].end == word:
            found[-1] = Stretch(found[-1].start, word + 1)
        else:
            found.append(Stretch(word, word + 1))
    return tuple(found)

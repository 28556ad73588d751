"""Finds out from the selections of a project how the tool that wrote it counts positions.

A tool counts in one way in all of its texts. Selections cover whole words, lie in the text, and often carry
the text that they select as their name: the way of counting that fits best is the right one.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import product

from attrs import astuple

from codeable.exchange.readers.refi.positions import (
    STANDARD,
    UNITS,
    Counting,
    FileSelection,
    Measure,
    PlainText,
)

_MOST_LOOKED_AT = 3_000
"""Selections that are looked at; they are taken from the whole project in equal steps."""
MOST_BEHIND = 2
"""How far behind the text a selection may end. Some tools count an end of paragraph that is not in it."""
_IMPOSSIBLE, _SAME, _BEGINS, _CUTS_WORD, _MISFIT, _BLANK = -20.0, 6, 3, -2.0, 3.0, 0.5
_MARGIN, _MARGIN_OF_KNOWN = 1.1, 3.0
"""How much better than the usual way another one has to fit, times the root of the number of selections.

It has to be more where the tool is known to differ from the standard.
"""
_MOST = 0.6
"""The share of the selections that have to fit another way than the usual one."""
_JOINER, _JOINED = "\u200d", "\u200d\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""What joins emoji, and what changes the one before it."""
_WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts that write words without blanks: Thai, Burmese, Khmer, Chinese, Japanese."""
_NUMBER = re.compile(r"^\d+:\d+\s*(?:[-–:¶]\s*\d*\s*)?")
"""What ATLAS.ti writes before a quotation."""
_CUT = re.compile(r"\s*(?:…|\.\.\.|\[\.\.\.\])$")
_LONG_NAME = 20
"""A name of so many characters may be cut without a sign."""


def counting_of(selections: Sequence[FileSelection], usual: Counting = STANDARD) -> tuple[Counting, str]:
    """How the positions of selections are counted, and what a user should know about it.

    Args:
        selections: The selections of a project.
        usual: How the tool that wrote the file is known to count.

    Returns:
        The way of counting that fits best. The usual one is left only where another fits clearly better, and
        most selections fit it, or more lie in their texts: selections of parts of words are no evidence.
        The message is empty where tools do not differ about such texts and the file keeps to the standard.
    """
    looked_at = selections[:: max(len(selections) // _MOST_LOOKED_AT, 1)]
    points = {each: _scores(looked_at, each, _points_of) for each in _different(looked_at, usual)}
    margin = _MARGIN if usual == STANDARD else _MARGIN_OF_KNOWN
    enough = max(points.values()) - margin * math.sqrt(len(looked_at))
    inside = _scores(looked_at, usual, _is_in_text)
    good = [
        each
        for each in points
        if points[each] >= enough
        and (
            each == usual
            or _scores(looked_at, each, _covers_words) > _MOST * len(looked_at)
            or _scores(looked_at, each, _is_in_text) > inside
        )
    ]
    best = min(good, key=lambda each: (_departures(each, usual), -points[each]), default=usual)
    if best == usual:
        if best == STANDARD and not any(map(_is_counted_differently, _texts(looked_at).values())):
            return best, ""
        how = "as the standard says" if best == STANDARD else "as this tool counts them"
        return best, f"Positions of selections are read {best.described()}, {how}."
    fitting, usually = (_scores(looked_at, each, _covers_words) for each in (best, usual))
    return best, (
        f"Positions of selections are read {best.described()}: so {fitting} of {len(looked_at)} selections "
        f"cover whole words or the text that the file quotes, and {usually} if read {usual.described()}."
    )


def quotes(quoted: str, text: str) -> bool:
    """Whether a name or a description only repeats a text, or begins as it does.

    Example:
        >>> quotes("1:3 We use  events…", "We use events because"), quotes("why?", "We use events")
        (True, False)
    """
    return bool(_likeness(quoted, text))


def _likeness(quoted: str, text: str) -> int:
    """How well a quotation fits a text: 0 if it does not."""
    if quoted == text:
        return _SAME
    text, short = " ".join(text.split()), " ".join(quoted.split())
    short = _NUMBER.sub("", short)
    whole = _CUT.sub("", short)
    if not whole:
        return 0
    if text == short:
        return _SAME - 1
    is_cut = whole != short or len(whole) >= _LONG_NAME
    return _BEGINS if is_cut and text.startswith(whole) else 0


def _is_counted_differently(text: PlainText) -> bool:
    """Whether a text has what tools count differently, line feeds aside."""
    return text.has_mark or bool(text.two_character_ends) or text.has_wide


def _departures(one: Counting, usual: Counting) -> int:
    return sum(a != b for a, b in zip(astuple(one), astuple(usual), strict=True))


def _different(selections: Sequence[FileSelection], usual: Counting) -> list[Counting]:
    """The ways of counting that differ in these texts, the usual one first."""
    texts = _texts(selections).values()
    has_wide = any(each.has_wide for each in texts)
    has_two = any(each.two_character_ends for each in texts)
    has_one = any(each.text.count("\n") > len(each.two_character_ends) for each in texts)
    units = (usual.unit, *(UNITS if has_wide else ()))
    ends = (usual.line_end, *(("one", "written") if has_two else ()), *(("one", "two") if has_one else ()))
    marks = (usual.counts_mark, *((False, True) if any(each.has_mark for each in texts) else ()))
    ways = product(units, ends, marks, (usual.is_inclusive, False, True))
    return list(dict.fromkeys(Counting(*each) for each in ways))


def _texts(selections: Iterable[FileSelection]) -> dict[int, PlainText]:
    """The texts of selections by identity; a text may be long, so that it is not hashed."""
    return {id(each.text): each.text for each in selections}


def _scores(
    selections: Iterable[FileSelection],
    counting: Counting,
    score: Callable[[FileSelection, Measure], float],
) -> float:
    """The sum of what a function says of each selection."""
    measures = {key: Measure(text, counting) for key, text in _texts(selections).items()}
    return sum(score(each, measures[id(each.text)]) for each in selections)


def _points_of(selected: FileSelection, measure: Measure) -> float:
    """How well one selection fits, if it is measured so."""
    text = selected.text.text
    start, end = measure.span(selected.start, selected.end)
    if start < 0 or end <= start or end > len(text) + MOST_BEHIND:
        return _IMPOSSIBLE
    quoted = max((_likeness(each, text[start:end]) for each in selected.quoted), default=0)
    points = quoted + _CUTS_WORD * (_is_in_word(text, start) + _is_in_word(text, end))
    ends = selected.start, selected.end + measure.is_inclusive
    between = [measure.is_between(each) for each in ends]
    return points - sum(
        (
            _MISFIT * between.count(False),
            _BLANK * (text[start : start + 1].isspace() + text[end - 1 : end].isspace()),
            _BLANK * (end > len(text)),
        )
    )


def _covers_words(selected: FileSelection, measure: Measure) -> bool:
    """Whether a selection covers whole words, or what the file quotes."""
    text = selected.text.text
    start, end = measure.span(selected.start, selected.end)
    if not _is_in_text(selected, measure):
        return False
    is_quoted = any(_likeness(each, text[start:end]) for each in selected.quoted)
    return is_quoted or not (_is_in_word(text, start) or _is_in_word(text, end))


def _is_in_text(selected: FileSelection, measure: Measure) -> bool:
    start, end = measure.span(selected.start, selected.end)
    return 0 <= start < end <= len(selected.text.text) + MOST_BEHIND


def _is_in_word(text: str, at: int) -> bool:
    """Whether an index is between two letters or figures of one word, or inside of a joined character."""
    if not 0 < at < len(text):
        return False
    before, behind = text[at - 1], text[at]
    if before.isalnum() and behind.isalnum() and not _WITHOUT_BLANKS.match(behind):
        return True
    return before == _JOINER or behind in _JOINED or unicodedata.combining(behind) != 0

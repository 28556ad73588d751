"""The edits between two texts, word by word, so that an editor changes no more than differs."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from codeable.lines import Edit

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


def edits_between(path: str, before: str, after: str) -> list[Edit]:
    r"""The edits that make one text of the other.

    Example:
        >>> edits_between("a.py", "a = b\nc\n", "a = d\nc\n")
        [Edit(path='a.py', start=4, end=5, replacement='d')]
    """
    return [
        Edit(path, start + inner_start, start + inner_end, words)
        for start, old, new in _changed(_LINE.findall(before), _LINE.findall(after))
        for inner_start, inner_end, words in _within(old, new)
    ]


def _within(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    for start, old_words, new_words in _changed(_WORD.findall(old), _WORD.findall(new)):
        yield start, start + len(old_words), new_words


def _changed(before: list[str], after: list[str]) -> Iterator[tuple[int, str, str]]:
    """The stretches that differ: where they begin, and both texts."""
    at, done = 0, 0
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for tag, first, last, new_first, new_last in found:
        at += sum(map(len, before[done:first]))
        done = first
        if tag != "equal":
            yield at, "".join(before[first:last]), "".join(after[new_first:new_last])

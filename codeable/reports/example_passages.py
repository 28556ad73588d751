"""One passage for each code that shows what the code means. The codebook quotes it."""

import re

from attrs import frozen

from codeable.notes.code_chain import CodePassage
from codeable.reports.coded_study import Code, CodedStudy
from codeable.reports.word_search import SearchableText

CUT = " …"
"""What a text ends with that is cut."""

_SIGNS = re.compile(r"[\W_]+")
_LONGEST = 300
_SHORTEST_WORD = 3


@frozen
class ExamplePassage:
    """An example of a code: its passage, and the text, which is cut where it is long."""

    passage: CodePassage
    text: str


def example_passages(study: CodedStudy) -> dict[Code, ExamplePassage]:
    """Code → its example. A trace may stand below many passages, and not each of them is about each code.

    A quotation comes before a heading or an image; then comes the one with the most words of the code's name,
    then one of at most 300 characters, then the one with the fewest other codes, then the first.
    """
    names = {code: _words(code.title) for code in (*study.codes, *study.dropped_codes)}
    best: dict[Code, tuple[tuple[bool, int, bool, int], CodePassage]] = {}
    for coded in study.passages:
        passage = coded.passage
        is_text, is_long = passage.kind in ("quotation", "text"), len(passage.text) > _LONGEST
        text = f" {_plain(passage.text)}"
        for code in coded.codes:
            said = sum(f" {word}" in text for word in names[code])
            rank = not is_text, -said, is_long, len(coded.codes)
            if code not in best or rank < best[code][0]:
                best[code] = rank, passage
    return {code: ExamplePassage(passage, _cut(passage.text)) for code, (_, passage) in best.items()}


def _words(name: str) -> list[str]:
    """The words of a name that are more than an article or a preposition, each once."""
    words = _plain(name).split()
    return [word for word in dict.fromkeys(words) if len(word) >= _SHORTEST_WORD]


def _plain(text: str) -> str:
    """A text without case, accents and signs, with one blank between its words."""
    return _SIGNS.sub(" ", text.casefold() if text.isascii() else SearchableText(text).folded)


def _cut(text: str) -> str:
    """A text of at most 300 characters, cut behind a word."""
    if len(text) <= _LONGEST:
        return text
    begin = text[: _LONGEST - len(CUT) + 1]
    return (begin.rsplit(maxsplit=1)[0] if " " in begin.strip() else begin[:-1]) + CUT

"""One passage for each code that shows what the code means. The codebook quotes it, the guidance several."""

from collections.abc import Iterable

from attrs import frozen

from codeable.coded.coded_study import Code, CodedStudy
from codeable.notes.code_chain import CodePassage
from codeable.reports.word_search import SearchableText

CUT = " …"
"""What a text ends with that is cut."""

_LONGEST = 300
_SHORTEST_WORD = 3


class _SignsAsBlanks(dict[int, str]):
    """Letters and digits as they are, every other character as a blank, worked out when it first comes up."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if chr(code).isalnum() else " "
        return self[code]


_PLAIN = _SignsAsBlanks()


@frozen
class ExamplePassage:
    """An example of a code: its passage, and the text, which is cut where it is long."""

    passage: CodePassage
    text: str


def example_passages(study: CodedStudy) -> dict[Code, ExamplePassage]:
    """Code → its example. A trace may be below many passages, and not each of them is about each code.

    A quotation comes before a heading or an image; then comes the one with the most words of the code's name,
    then one of at most 300 characters, then the one with the fewest other codes, then the first.
    """
    names = {code: words_of(code.title) for code in (*study.codes, *study.dropped_codes)}
    best: dict[Code, tuple[tuple[bool, int, bool, int], CodePassage]] = {}
    for coded in study.passages:
        passage = coded.passage
        text = plain(passage.text)
        for code in coded.codes:
            rank = rank_of(passage, text, names[code], len(coded.codes))
            if code not in best or rank < best[code][0]:
                best[code] = rank, passage
    return {code: ExamplePassage(passage, cut(passage.text)) for code, (_, passage) in best.items()}


def rank_of(passage: CodePassage, text: str, words: Iterable[str], codes: int) -> tuple[bool, int, bool, int]:
    """The rank of a passage among those of a code; the one with the smallest shows best what the code means.

    Args:
        passage: The passage.
        text: Its text, made plain.
        words: The words of the code's name, see `words_of`.
        codes: The number of codes that the passage has.
    """
    said = sum([word in text for word in words])
    return passage.kind not in ("quotation", "text"), -said, len(passage.text) > _LONGEST, codes


def words_of(name: str) -> list[str]:
    """The words of a name that are more than an article or a preposition, each once, with a blank before."""
    words = plain(name).split()
    return [f" {word}" for word in dict.fromkeys(words) if len(word) >= _SHORTEST_WORD]


def plain(text: str) -> str:
    """A text without case and accents, with blanks for signs, and a blank before its first word."""
    folded = text.casefold() if text.isascii() else SearchableText(text).folded
    return f" {folded.translate(_PLAIN)}"


def cut(text: str, longest: int = _LONGEST) -> str:
    """A text of at most so many characters, cut behind a word."""
    if len(text) <= longest:
        return text
    begin = text[: longest - len(CUT) + 1]
    return (begin.rsplit(maxsplit=1)[0] if " " in begin.strip() else begin[:-1]) + CUT

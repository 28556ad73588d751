"""Breaks texts into lines by their real widths, which the embedded Graphviz has measured."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from codeable.diagrams.hyphenation import syllables
from codeable.diagrams.rails.scene import TextLine
from codeable.diagrams.styles import PAPER, SCREEN
from codeable.diagrams.wrapping import LINE_BREAK, drawable, pieces, wrap

_ON_PAPER, _ON_PAPER_IN_ANY_FONT = 1.03, 1.08
"""How much wider a line is in a PDF or PNG than its exact width: letters stand at whole pixels there. The
first is for the fonts of the built-in styles; the padding of a box is room for the rest."""


class Word(NamedTuple):
    """A piece of text that is measured as a whole."""

    text: str
    bold: bool


MeasureWords = Callable[[Sequence[Word]], Mapping[Word, float]]
"""Returns the width of each word in points, per point of font size."""


class Typesetter:
    """Measures and breaks texts.

    Args:
        measure: Measures words. It is called once for all words of `prepare`, and for each one that was not
            foreseen.
        language: The language by whose rules a word that is too wide is hyphenated; None for none.
        font: The font families; by default those of a built-in style.

    Attributes:
        on_paper: How much wider a line may be in a PDF or PNG than its exact width.
    """

    def __init__(self, measure: MeasureWords, language: str | None = None, font: str = PAPER.font) -> None:
        self._measure = measure
        self.on_paper = _ON_PAPER if font in (SCREEN.font, PAPER.font) else _ON_PAPER_IN_ANY_FONT
        self._language = language
        self._widths: dict[bool, dict[str, float]] = {False: {}, True: {}}
        """Whether it is bold → piece → its width."""
        self._of_lines: dict[tuple[str, bool], float] = {}
        self._widest: dict[tuple[str, bool], float] = {}
        self._broken: dict[tuple[str, bool, float], tuple[str, ...]] = {}

    def prepare(self, texts: Iterable[str]) -> None:
        """Measure all words of these texts at once, in both weights."""
        found = {" ": None, "-": None}
        for text in dict.fromkeys(texts):
            for line in LINE_BREAK.split(drawable(text)):
                for _, piece in pieces(line):
                    found[piece] = None
                    if self._language is not None:
                        found.update(dict.fromkeys(self._parts(piece)))
        words = [Word(piece, bold) for piece in found for bold in (False, True)]
        self._learn([word for word in words if word.text not in self._widths[word.bold]])

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of a line in points."""
        key = text, bold
        found = self._of_lines.get(key)
        if found is None:
            blank = self._of(" ", bold)
            widths = [len(blanks) * blank + self._of(piece, bold) for blanks, piece in pieces(text)]
            found = self._of_lines[key] = sum(widths)
        return found * size

    def width_of(self, text: TextLine) -> float:
        """The width of a placed text in points."""
        return self.width(drawable(text.text), text.size, bold=text.bold)

    def lines(self, text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
        """The lines of a text that are at most as wide as given, if its words are."""
        key = text, bold, width / size
        found = self._broken.get(key)
        if found is None:
            found = self._broken[key] = self._lines(text, width / size / self.on_paper, bold)
        return found

    def _lines(self, text: str, width: float, bold: bool) -> tuple[str, ...]:
        shown = drawable(text)
        if not LINE_BREAK.search(shown) and self.width(shown, 1.0, bold=bold) <= width:
            return (shown.strip(" "),)
        return wrap(shown, width, lambda piece: self._of(piece, bold), self._language)

    def widest_word(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of the widest piece of a text that `lines` never cuts, in points."""
        key = text, bold
        if key not in self._widest:
            found = (piece for line in LINE_BREAK.split(drawable(text)) for _, piece in pieces(line))
            self._widest[key] = max((self._least_width(piece, bold) for piece in found), default=0.0)
        return self._widest[key] * size

    def _least_width(self, piece: str, bold: bool) -> float:
        """The width of a piece, or of its widest syllable with a hyphen."""
        if self._language is None:
            return self._of(piece, bold)
        *starts, last = self._syllables(piece)
        return max((*(self._of(each, bold) + self._of("-", bold) for each in starts), self._of(last, bold)))

    def _syllables(self, piece: str) -> tuple[str, ...]:
        return (piece,) if self._language is None else syllables(piece, self._language)

    def _parts(self, piece: str) -> Iterator[str]:
        """The parts that a piece may be broken into, with their hyphens."""
        found = self._syllables(piece)
        for first, last in combinations(range(len(found) + 1), 2):
            part = "".join(found[first:last])
            yield part
            yield part if last == len(found) else f"{part}-"

    def _of(self, piece: str, bold: bool) -> float:
        width = self._widths[bold].get(piece)
        if width is None:
            self._learn([Word(piece, bold)])
            width = self._widths[bold][piece]
        return width

    def _learn(self, words: Sequence[Word]) -> None:
        for word, width in self._measure(words).items():
            self._widths[word.bold][word.text] = width

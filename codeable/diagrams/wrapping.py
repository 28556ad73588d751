"""Makes labels drawable: replaces characters that no font has, and breaks lines.

Called by the writers and by `rails`.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from codeable.diagrams.hyphenation import syllables
from codeable.terminal import cell_len

LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
"""The line breaks inside a text."""

_UNDRAWABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_WORDS = re.compile("[^ \t]+|[ \t]+")
# After a hyphen or slash, not in front of another such sign, and not where a piece would be a sign alone. And
# between two Chinese or Japanese characters, which are written without blanks.
_IDEOGRAPH = "\u3041-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_NOT_AT_A_START = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
_BREAK_AFTER = re.compile(
    rf"(?<=\w[/-])(?=\w)|(?<=[{_IDEOGRAPH}、。])(?=[{_IDEOGRAPH}])(?![{_NOT_AT_A_START}])"
)
_MOST_LINES_BALANCED = 6
_NARROWER = 0.01
"""Blanks by which a line is narrower at least than one that is tried before it."""


def drawable(text: str) -> str:
    r"""The text as a picture shows it: U+FFFD for characters that no font draws, a blank for a tab.

    Example:
        >>> drawable("a\x07b\tc")
        'a�b c'
    """
    if text.isprintable():
        return text
    return _UNDRAWABLE.sub("\ufffd", LINE_BREAK.sub("\n", text.replace("\t", " ")))


def wrap(
    text: str, width: float, width_of: Callable[[str], float] = cell_len, language: str | None = None
) -> tuple[str, ...]:
    r"""The lines of a text, each at most ``width`` wide if its words are.

    Lines break at blanks; where that saves a line, also after a hyphen or slash inside a word, and between
    two Chinese or Japanese characters. A word is never cut elsewhere; one that is too wide is hyphenated if
    its language is given. Line breaks in the text are kept. The number of lines is the smallest possible, and
    the lines are as even as possible.

    Args:
        text: Any text. Only blanks at the ends of lines are dropped.
        width: Width of a line, in the unit of `width_of`.
        width_of: Measures a piece of text; by default in columns, of which a wide East Asian character and
            an emoji take two, a combining mark none.
        language: The language by whose rules a word is hyphenated; None for no hyphenation.

    Raises:
        CodeableError: The language is unknown, or the package that hyphenates is not installed.

    Example:
        >>> wrap("Use MDM to create uniformity in business and IT", 28)
        ('Use MDM to create uniformity', 'in business and IT')
        >>> wrap("one\ntwo", 28)
        ('one', 'two')
        >>> wrap("Publish/Subscribe-Understandability", 18)
        ('Publish/Subscribe-', 'Understandability')
    """
    if width_of is cell_len and len(text) <= width and text.isascii() and text.isprintable():
        return (text.strip(" "),)
    lines: list[str] = []
    for paragraph in LINE_BREAK.split(text):
        lines.extend(_wrap_paragraph(paragraph, width, width_of, language))
    return tuple(lines)


@lru_cache(maxsize=16_384)
def pieces(text: str) -> tuple[tuple[str, str], ...]:
    """The pieces of a line that are never cut, each with the blanks before it.

    Example:
        >>> pieces("Publish/Subscribe  now")
        (('', 'Publish/'), ('', 'Subscribe'), ('  ', 'now'))
    """
    found: list[tuple[str, str]] = []
    blanks = ""
    for part in _WORDS.findall(text):
        if part[0] in " \t":
            blanks = part.replace("\t", " ")
            continue
        for piece in _BREAK_AFTER.split(part):
            found.append((blanks, piece))
            blanks = ""
    return tuple(found)


_Token = tuple[str, str, float]
"""The blanks before a piece, the piece, and its width."""


def _wrap_paragraph(
    paragraph: str, width: float, width_of: Callable[[str], float], language: str | None
) -> list[str]:
    tokens = [(blanks, piece, width_of(piece)) for blanks, piece in pieces(paragraph.strip(" \t"))]
    if language is not None and any(room > width for _, _, room in tokens):
        tokens = [part for token in tokens for part in _hyphenated(token, width, width_of, language)]
    if not tokens:
        return [""]
    blank = width_of(" ")
    lines, widest = _greedy(tokens, width, blank)
    whole = _whole_words(tokens, width)
    if len(whole) < len(tokens):
        unbroken, widest_unbroken = _greedy(whole, width, blank)
        if len(unbroken) == len(lines):
            tokens, lines, widest = whole, unbroken, widest_unbroken
    if 1 < len(lines) <= _MOST_LINES_BALANCED:
        return _most_even(tokens, lines, widest, blank)
    return lines


def _whole_words(tokens: list[_Token], width: float) -> list[_Token]:
    """The pieces joined to words, those of a word that is wider than a line excepted."""
    words: list[list[_Token]] = []
    for token in tokens:
        if words and not token[0]:
            words[-1].append(token)
        else:
            words.append([token])
    joined: list[_Token] = []
    for parts in words:
        room = sum(part[2] for part in parts)
        if len(parts) == 1 or room > width:
            joined += parts
        else:
            joined.append((parts[0][0], "".join(part[1] for part in parts), room))
    return joined


def _hyphenated(
    token: _Token, width: float, width_of: Callable[[str], float], language: str
) -> Iterator[_Token]:
    """A piece that is wider than a line, in parts with hyphens that are not, as far as its syllables allow.

    Two parts never fit on one line, so each stays at the end of its own.
    """
    blanks, word, room = token
    if room <= width:
        yield token
        return
    hyphen = width_of("-")
    part, used = "", 0.0
    rest = syllables(word, language)
    for number, syllable in enumerate(rest):
        more = width_of(syllable)
        if part and used + more + (hyphen if number + 1 < len(rest) else 0.0) > width:
            yield blanks, f"{part}-", used + hyphen
            blanks, part, used = "", "", 0.0
        part, used = part + syllable, used + more
    yield blanks, part, used


def _greedy(tokens: list[_Token], width: float, blank: float) -> tuple[list[str], float]:
    """The lines, each as full as possible, and the width of the widest."""
    lines: list[str] = []
    line: list[str] = []
    used = widest = 0.0
    for blanks, word, room in tokens:
        more = used + len(blanks) * blank + room
        if line and more <= width:
            line += (blanks, word)
            used = more
            continue
        if line:
            lines.append("".join(line))
            widest = max(widest, used)
        line = [word]
        used = room
    lines.append("".join(line))
    return lines, max(widest, used)


def _most_even(tokens: list[_Token], lines: list[str], widest: float, blank: float) -> list[str]:
    """The same number of lines in the narrowest width that still gives them."""
    least = max(room for _, _, room in tokens)
    best = lines
    while widest > least:
        tried, widest = _greedy(tokens, widest - _NARROWER * blank, blank)
        if len(tried) > len(lines):
            break
        best = tried
    return best

"""Makes labels drawable: replaces characters that no font has, and breaks lines. Called by the writers."""

import re
import unicodedata

from codeable.terminal import cell_len

LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
"""The line breaks inside a text."""

_UNDRAWABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_WORDS = re.compile("[^ \t]+|[ \t]+")
_BREAK_AFTER = frozenset("/-_.,;:&=?|")
_MOST_LINES_BALANCED = 6
_UNBROKEN = 20


def drawable(text: str) -> str:
    r"""The text as a picture shows it: U+FFFD for characters that no font draws, a blank for a tab.

    Example:
        >>> drawable("a\x07b\tc")
        'a�b c'
    """
    if text.isprintable():
        return text
    return _UNDRAWABLE.sub("\ufffd", LINE_BREAK.sub("\n", text.replace("\t", " ")))


def wrap(text: str, width: int) -> tuple[str, ...]:
    r"""The lines of a text, each at most ``width`` columns wide if its words are.

    Lines break at blanks. A word that is wider than `widest_word` is broken, after one of ``/-_.,;:&=?|``
    where there is one in its second half, and never between a character and its combining marks. Line breaks
    in the text are kept. The number of lines is the smallest possible, and the lines are as even as possible.

    Args:
        text: Any text. Only blanks at the ends of lines are dropped.
        width: Columns of a line; a wide East Asian character and an emoji take two, a combining mark none.

    Example:
        >>> wrap("Use MDM to create uniformity in business and IT", 28)
        ('Use MDM to create uniformity', 'in business and IT')
        >>> wrap("one\ntwo", 28)
        ('one', 'two')
    """
    if len(text) <= width and text.isascii() and text.isprintable():
        return (text.strip(" "),)
    lines: list[str] = []
    for paragraph in LINE_BREAK.split(text):
        lines.extend(_wrap_paragraph(paragraph, width))
    return tuple(lines)


def widest_word(width: int) -> int:
    """The columns of the widest word that is not broken: in narrow lines a few more than a line has.

    Example:
        >>> widest_word(28), widest_word(13)
        (28, 19)
    """
    return max(width, min(width * 3 // 2, _UNBROKEN))


def clusters(text: str) -> list[str]:
    r"""The grapheme clusters of a text: what a reader sees as one character each (Unicode annex 29).

    Example:
        >>> [len(cluster) for cluster in clusters("e\u0301a👩\u200d💻")]
        [2, 1, 3]
    """
    found: list[str] = []
    for character in text:
        if found and _belongs_to(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _wrap_paragraph(paragraph: str, width: int) -> list[str]:
    tokens = _tokens(paragraph.strip(" \t"), width)
    if not tokens:
        return [""]
    lines = _greedy(tokens, width)
    if 1 < len(lines) <= _MOST_LINES_BALANCED:
        return _most_even(tokens, lines, width)
    return lines


def _tokens(paragraph: str, width: int) -> list[tuple[str, str, int]]:
    """The unbreakable pieces: (blanks before it, the piece, its width)."""
    most = widest_word(width)
    tokens: list[tuple[str, str, int]] = []
    blanks = ""
    for part in _WORDS.findall(paragraph):
        if part[0] in " \t":
            blanks = part.replace("\t", " ")
            continue
        columns = cell_len(part)
        if columns <= most:
            tokens.append((blanks, part, columns))
        else:
            for piece in _break_word(part, width):
                tokens.append((blanks, piece, cell_len(piece)))
                blanks = ""
        blanks = ""
    return tokens


def _greedy(tokens: list[tuple[str, str, int]], width: int) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for blanks, word, columns in tokens:
        if line and used + len(blanks) + columns > width:
            lines.append("".join(line))
            line = []
        if line:
            line += (blanks, word)
            used += len(blanks) + columns
        else:
            line.append(word)
            used = columns
    lines.append("".join(line))
    return lines


def _most_even(tokens: list[tuple[str, str, int]], lines: list[str], width: int) -> list[str]:
    """The same number of lines in the narrowest width that still gives them."""
    low = max(columns for _, _, columns in tokens)
    high = width
    best = lines
    while low < high:
        middle = (low + high) // 2
        tried = _greedy(tokens, middle)
        if len(tried) <= len(lines):
            best, high = tried, middle
        else:
            low = middle + 1
    return best


def _break_word(word: str, width: int) -> list[str]:
    pieces: list[str] = []
    piece: list[str] = []
    used = 0
    for cluster in clusters(word):
        columns = cell_len(cluster)
        if piece and used + columns > width:
            cut = _cut(piece)
            pieces.append("".join(piece[:cut]))
            piece = piece[cut:]
            used = sum(map(cell_len, piece))
        piece.append(cluster)
        used += columns
    pieces.append("".join(piece))
    return pieces


def _cut(piece: list[str]) -> int:
    for position in range(len(piece), len(piece) // 2, -1):
        if piece[position - 1] in _BREAK_AFTER:
            return position
    return len(piece)


def _belongs_to(cluster: str, character: str) -> bool:
    code = ord(character)
    if unicodedata.category(character) in ("Mn", "Mc", "Me") or code == 0x200D:
        return True
    if 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:
        return True
    last = ord(cluster[-1])
    if last == 0x200D:
        return True
    if 0x1F1E6 <= code <= 0x1F1FF:
        return len(cluster) == 1 and 0x1F1E6 <= last <= 0x1F1FF
    if 0x1160 <= code <= 0x11FF and 0x1100 <= last <= 0x11FF:
        return True
    return 0x11A8 <= code <= 0x11FF and 0xAC00 <= last <= 0xD7A3

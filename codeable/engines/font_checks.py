"""Whether a picture really shows its text: which fonts and characters are in a PDF. Called by `graphviz`.

Without fonts, Graphviz writes a PDF without a word of its text and reports nothing. A PNG and an EPS hold no
text to look at, so the PDF of the same layout is checked. An SVG holds its text, but its boxes are as wide as
the fonts of the machine made them.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence

from attrs import frozen

from codeable.engines.fonts import is_expected

INSTALL_A_FONT = (
    "install one, such as Liberation Sans (Debian and Ubuntu: apt-get install fonts-liberation; "
    "Fedora: dnf install liberation-sans-fonts; others: copy the .ttf files into ~/.local/share/fonts)"
)
_INSTALL_SYMBOLS = (
    "install one that has them, such as Symbola (Debian and Ubuntu: apt-get install fonts-symbola)"
)
_FONT_NAME = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]()]+)")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
_CHARACTER_MAP = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)
_HEXADECIMAL = re.compile(rb"<((?:[0-9A-Fa-f]{2})*)>")
# They choose between two looks of the character before them.
_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_MOST_EXAMPLES = 10


@frozen
class DrawnText:
    """What a PDF shows.

    Attributes:
        fonts: The fonts that it uses, without their subset tags, sorted.
        characters: The characters that can be selected, and their parts; empty where no font says them.
    """

    fonts: tuple[str, ...]
    characters: frozenset[str]


def drawn_text(pdf: bytes) -> DrawnText:
    """Read the fonts of a PDF and their character maps."""
    contents = [pdf, *_decompressed(pdf)]
    fonts = {name.decode("latin-1") for content in contents for name in _FONT_NAME.findall(content)}
    return DrawnText(tuple(sorted(fonts)), frozenset(_characters(contents)))


def unseen(drawn: DrawnText, shown: str) -> str:
    """The visible characters that are not in a PDF: no font has them, or they are beyond its page."""
    return "".join(
        sorted(
            character
            for character in set(shown) - drawn.characters
            if unicodedata.category(character)[0] in "LNSPM" and character not in _VARIATION_SELECTORS
        )
    )


def font_problem(drawn: DrawnText, families: Sequence[str], shown: str) -> str | None:
    """Why text would be missing in a figure or look wrong, and what helps; None when all is well.

    Args:
        drawn: What is in the PDF.
        families: The font families that the figure names.
        shown: All text that the figure shows.
    """
    letters = {character for character in shown if unicodedata.category(character)[0] in "LN"}
    if not letters:
        return None
    if not drawn.fonts:
        return (
            f"this machine has no font for {_listed(families)}; its text would be missing: {INSTALL_A_FONT}"
        )
    missing = _missing(drawn, letters)
    if missing:
        return (
            f"no font of this machine has the characters {missing}; they would be boxes: "
            "install one that has them, such as Noto Sans (or Noto Sans CJK)"
        )
    if not is_expected(drawn.fonts, families):
        return (
            f"this machine has no font for {_listed(families)} and would use {drawn.fonts[0]} in its place: "
            f"{INSTALL_A_FONT}, or name a font of this machine in the style"
        )
    return None


def symbol_message(drawn: DrawnText, shown: str) -> str | None:
    """Which symbols, emoji among them, are boxes or of another size in a picture, and what helps.

    Args:
        drawn: What is in the PDF of the same layout.
        shown: All text that the picture shows.
    """
    symbols = {
        character
        for character in shown
        if unicodedata.category(character)[0] in "SPM" and character not in _VARIATION_SELECTORS
    }
    missing = _missing(drawn, symbols)
    if not missing:
        return None
    return (
        f"no font of this machine draws the symbols {missing} as text; they are boxes or of another size: "
        f"{_INSTALL_SYMBOLS}, or draw an SVG"
    )


def width_message(drawn: DrawnText, families: Sequence[str]) -> str | None:
    """Why the boxes of an SVG may be too wide or too narrow for their text, and what helps.

    Args:
        drawn: What is in a PDF with text of these families.
        families: The font families that the figure names.
    """
    if not drawn.fonts:
        found = "no font at all, so the widths of text are guessed"
    elif not is_expected(drawn.fonts, families):
        found = f"none of {_listed(families)}; the boxes have room for the widths of {drawn.fonts[0]}"
    else:
        return None
    return f"this machine has {found}; it is drawn again where there is one: {INSTALL_A_FONT}"


def _missing(drawn: DrawnText, needed: set[str]) -> str:
    """Examples of the characters that are not in a PDF; empty when all are, or when that is not known."""
    if not drawn.characters:
        return ""
    missing = (
        character
        for character in sorted(needed - drawn.characters)
        if not all(
            part in drawn.characters
            for part in unicodedata.normalize("NFKD", character)
            if unicodedata.category(part)[0] in "LNSP"
        )
        or unicodedata.normalize("NFKD", character) == character
    )
    return " ".join(list(missing)[:_MOST_EXAMPLES])


def _characters(contents: Iterable[bytes]) -> set[str]:
    characters: set[str] = set()
    for content in contents:
        for kind, body in _CHARACTER_MAP.findall(content):
            codes = [
                bytes.fromhex(code.decode()) for code in _HEXADECIMAL.findall(body) if len(code) % 2 == 0
            ]
            if kind == b"bfchar":
                characters.update("".join(_utf16(code) for code in codes[1::2]))
            else:
                for first, last, start in zip(codes[::3], codes[1::3], codes[2::3], strict=False):
                    text = _utf16(start)
                    if text:
                        count = int.from_bytes(last, "big") - int.from_bytes(first, "big") + 1
                        characters.update(
                            chr(min(ord(text[-1]) + step, 0x10FFFF)) for step in range(min(count, 65536))
                        )
                        characters.update(text[:-1])
    return {
        part for character in characters for part in (character, *unicodedata.normalize("NFKD", character))
    }


def _decompressed(pdf: bytes) -> Iterable[bytes]:
    for body in _STREAM.findall(pdf):
        try:
            content = zlib.decompressobj().decompress(body)
        except zlib.error:
            continue
        if b"beginbf" in content or b"/BaseFont" in content:
            yield content


def _utf16(code: bytes) -> str:
    return code.decode("utf-16-be", "ignore")


def _listed(families: Sequence[str]) -> str:
    return " or ".join(families) if families else "this text"

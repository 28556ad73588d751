r"""Texts as LaTeX sets them: nothing in them is interpreted, and no two characters become another one.

Works in pdfLaTeX, whatever the encoding of the fonts, and in LuaLaTeX and XeLaTeX. A character that pdfLaTeX
cannot set is itself in LuaLaTeX and is spelt out, as in [U+6F22], in pdfLaTeX, unless the document declares
it by `\DeclareUnicodeCharacter`. Control and direction characters are spelt out everywhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from codeable.reports.formats.latex_characters import character_in_latex, spelt_out
from codeable.text import counted, first_few

_SAFE = re.compile(r"[A-Za-z0-9 .,;:()/+=@'!?*\[\]-]*")
_LIGATURE = re.compile(r"--|''|,,")
_HELPERS = {
    r"\codeablechar": r"\providecommand{\codeablechar}[2]{\ifdefined\Umathchar#1\else"
    r"\ifcsname u8:\detokenize{#1}\endcsname#1\else#2\fi\fi}",
    # Computer Modern in T1 may be there as bitmaps only, which microtype refuses; Latin Modern looks alike.
    r"\codeabletone": r"\providecommand{\codeabletone}[1]{{\ifdefined\Umathchar\else"
    r"\ifcsname codeable \csname f@family\endcsname\endcsname\fontfamily{lmr}\fi"
    r"\fontencoding{T1}\selectfont\fi#1}}"
    r"\IfFileExists{t1lmr.fd}{\expandafter\def\csname codeable cmr\endcsname{}}{}",
    r"\codeableown": r"\providecommand{\codeableown}[2]{\ifcsname\csname f@encoding\endcsname\string#1"
    r"\endcsname#1\else#2\fi}",
}
"""Command → its definition."""
_WITH_MARKS = re.compile(r"[^\W\d_][\u0300-\u036f]+|.", re.DOTALL)
"""A letter with combining marks, or one character."""
_NO_LIGATURE = r"{\kern0pt}"
_JOINING = {("-", "-"), ("'", "'"), (",", ","), ("<", "<"), (">", ">"), ("`", "`"), ("?", "`"), ("!", "`")}
_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_NOT_IN_LABEL = re.compile(r"[^A-Za-z0-9:./_+-]")
_SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
"""White space, and the characters that Python takes for it."""


def escaped(text: str) -> str:
    r"""A text as LaTeX, on one line. What is white space becomes one blank.

    Args:
        text: Any text.

    Example:
        >>> print(escaped("R&D: 100 % of #1 in C:\\new_ideas -- „Größe“ → 漢"))
        R\&D: 100 \% of \#1 in C:\textbackslash{}new\_ideas -{\kern0pt}- \codeabletone{„}Größe“ \ensuremath{\rightarrow} \codeablechar{漢}{[U+6F22]}
    """  # noqa: E501
    if _SAFE.fullmatch(text) and not _LIGATURE.search(text) and "  " not in text:
        return text.strip(" ")
    return " ".join("".join(pieces(word)) for word in _SPACE.split(text) if word)


@lru_cache(maxsize=20_000)
def pieces(word: str) -> tuple[str, ...]:
    r"""The characters of a word in LaTeX, one text each; a letter and its combining marks are one.

    Example:
        >>> pieces("a_b")
        ('a', '\\_', 'b')
        >>> pieces("--")
        ('-', '{\\kern0pt}-')
    """
    found = []
    before = ""
    for character in _clusters(word):
        piece = character_in_latex(character) or _one(character)
        found.append(_NO_LIGATURE + piece if (before, character) in _JOINING else piece)
        before = character
    return tuple(found)


def label_in_latex(label: str) -> str:
    """A label that every command of LaTeX takes.

    Example:
        >>> label_in_latex("tab:Größe")
        'tab:Gruf6udfe'
    """
    return _NOT_IN_LABEL.sub(lambda found: f"u{ord(found[0]):x}", label)


def captions_of_parts(caption: str, label: str, parts: int) -> Iterator[tuple[str, str]]:
    """The caption, as text, and the label, in LaTeX, of each part of a table or picture.

    Example:
        >>> list(captions_of_parts("R&D", "tab:a", 2))
        [('R&D (part 1 of 2)', 'tab:a'), ('R&D (part 2 of 2)', 'tab:a-2')]
    """
    for part in range(1, parts + 1):
        of = f" (part {part} of {parts})" if parts > 1 else ""
        yield f"{caption}{of}", label_in_latex(label if part == 1 else f"{label}-{part}")


def helpers(latex: str) -> tuple[str, ...]:
    r"""The definitions that LaTeX made by `escaped` needs before it, one line each.

    Example:
        >>> helpers(escaped("漢"))[0][:29]
        '\\providecommand{\\codeablechar'
        >>> helpers(escaped("R&D"))
        ()
    """
    return tuple(definition for command, definition in _HELPERS.items() if command in latex)


def cautions(
    texts: Iterable[str], said: str = "pdfLaTeX cannot set {number} and shows: {named}"
) -> tuple[str, ...]:
    """What a user must know about characters that pdfLaTeX cannot set; empty where there are none.

    Args:
        texts: The texts.
        said: What pdfLaTeX does, with places for the number of the characters and for their names.

    Example:
        >>> cautions(["Größe", "漢字"])[0][:67]
        'pdfLaTeX cannot set 2 characters and shows: 字 [U+5B57], 漢 [U+6F22];'
    """
    found: set[str] = set()
    for text in texts:
        if not text.isascii():
            found |= _not_set(text)
    if not found:
        return ()
    named = first_few([_named(each) for each in sorted(found)])
    what = said.format(number=counted(len(found), "character"), named=named)
    way_out = "LuaLaTeX sets them with a font that has them, chosen by `\\setmainfont`"
    if any(unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in found):
        way_out += ", and from right to left with `\\usepackage[bidi=basic]{babel}`"
    return (f"{what}; {way_out}",)


@lru_cache(maxsize=20_000)
def _not_set(text: str) -> frozenset[str]:
    return frozenset(
        each
        for character in _clusters(text)
        if not character.isascii() and character_in_latex(character) is None
        for each in character
        if character_in_latex(each) is None
    )


def _named(character: str) -> str:
    return f"{character} {spelt_out(character)}" if character.isprintable() else spelt_out(character)


def _one(character: str) -> str:
    """A character that pdfLaTeX cannot set, or a letter with such marks; numbers may be on several lines."""
    numbers = r"\allowbreak{}".join(character_in_latex(each) or spelt_out(each) for each in character)
    return rf"\codeablechar{{{character}}}{{{numbers}}}"


def _clusters(text: str) -> Iterable[str]:
    """The characters of a text in composed form, each with the combining marks that stay after it."""
    if text.isascii():
        return text
    return _WITH_MARKS.findall(unicodedata.normalize("NFC", text))

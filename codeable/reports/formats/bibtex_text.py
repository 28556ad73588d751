r"""Entries of a bibliography as text that BibLaTeX, biber and readers of BibTeX accept.

A value is in two pairs of braces, so that no style changes its capital letters. A reader of BibTeX counts
braces, also those behind a backslash: a brace of a text is written as a command.
"""

import re
from collections.abc import Iterable, Sequence

from attrs import frozen

from codeable.reports.formats.latex_characters import character_in_latex
from codeable.text import printable

_ESCAPES = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
    "|": r"{\textbar}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
}
_ESCAPED = re.compile(r"[\\{}~^<>|&%$#_]|[^\x00-\x7f]")
_LIGATURE = re.compile(r"([-'`,?!])(?=([-'`,]))")
_LIGATURES = frozenset({"--", "''", "``", ",,", "?`", "!`"})
_NOT_IN_KEY = re.compile(r"[^\w.:/+*!;<>?\[\]|-]+")
_PERHAPS_ENCODED = re.compile(r"[{}^\\\x00-\x20\x7f]|[^\x00-\x7f]")
"""What no address may hold, and characters beyond ASCII, of which those are encoded that cannot be seen."""
_ENDS_FIELD = frozenset("{}^\\ ")


@frozen
class BibEntry:
    """One entry of a bibliography.

    Attributes:
        kind: Its type in BibLaTeX, such as `online`.
        key: The key by which a paper cites it.
        fields: Name and value of each field; the values are written by the functions of this module.
    """

    kind: str
    key: str
    fields: tuple[tuple[str, str], ...]


def bibtex_text(entries: Sequence[BibEntry], heading: Iterable[str] = ()) -> str:
    """The text of a bibliography.

    Args:
        entries: Its entries, in order.
        heading: Lines before the first entry, each a comment.
    """
    comments = [f"% {line}".rstrip() for line in heading]
    return "\n".join([*comments, "", *map(_entry, entries)]).lstrip("\n")


def _entry(entry: BibEntry) -> str:
    widest = max((len(name) for name, _ in entry.fields), default=0)
    lines = (f"  {name.ljust(widest)} = {{{value}}},\n" for name, value in entry.fields)
    return f"@{entry.kind}{{{entry.key},\n{''.join(lines)}}}\n"


def bib_text(text: str) -> str:
    r"""A text as the value of a field: nothing in it is markup, line breaks are blanks.

    Example:
        >>> print(bib_text("R&D: 50% of {x} --\n a_b"))
        R\&D: 50\% of {\textbraceleft}x{\textbraceright} -{}- a\_b
        >>> print(bib_text("Größe → 漢"))
        Größe {\ensuremath{\rightarrow}} 漢
    """
    line = " ".join(printable(text).split())
    escaped = _ESCAPED.sub(_in_bibliography, line)
    return _LIGATURE.sub(
        lambda match: f"{match[1]}{{}}" if match[1] + match[2] in _LIGATURES else match[1], escaped
    )


def _in_bibliography(match: re.Match[str]) -> str:
    """Letters stay as they are, so that entries can be sorted; other signs are commands of LaTeX."""
    character = match[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    command = character_in_latex(character)
    # A command of our own is not known where the bibliography is read.
    return f"{{{command}}}" if command and command.startswith(r"\ensuremath") else character


def needing_t1(text: str) -> list[str]:
    r"""The characters of a text that pdfLaTeX sets only in a document with `\usepackage[T1]{fontenc}`.

    Example:
        >>> needing_t1("«Größe» → 漢")
        ['«', '»']
    """
    found = ((each, character_in_latex(each)) for each in dict.fromkeys(printable(text)))
    return [each for each, command in found if command and command.startswith(r"\codeabletone")]


def bib_protected(text: str) -> str:
    """A text whose capital letters every style keeps.

    Example:
        >>> bib_protected("Data Mesh on Google Cloud")
        '{Data Mesh on Google Cloud}'
    """
    return f"{{{bib_text(text)}}}"


def bib_address(address: str, *, is_ascii: bool = False) -> str:
    r"""An address as the value of a verbatim field (`url`, `eprint`).

    It stays as it is, also with `%`, `#`, `&`, `_` and `~`. Only what no address may hold and no such field
    either (braces, backslashes, `^`, blanks, control and direction marks) is percent-encoded (RFC 3986, 2.1),
    which is the same address.

    Args:
        address: The address.
        is_ascii: Whether letters beyond ASCII are encoded too. Biber encodes those of a `url` itself, those
            of an `eprint` not, and pdfLaTeX sets other letters for them.

    Example:
        >>> bib_address("https://example.org/a_b%20c?x={y}#top")
        'https://example.org/a_b%20c?x=%7By%7D#top'
    """
    return _PERHAPS_ENCODED.sub(
        lambda match: match[0] if _may_stay(match[0]) and not is_ascii else _percent_encoded(match[0]),
        address.strip(),
    )


def _may_stay(character: str) -> bool:
    return character.isprintable() and character not in _ENDS_FIELD


def _percent_encoded(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def bib_key(name: str) -> str:
    r"""A name as the key of an entry; `\cite` and biber refuse blanks, commas, braces, `#`, `%` and others.

    Example:
        >>> bib_key("s44"), bib_key("models.x:s1"), bib_key("An {odd} name, 100%")
        ('s44', 'models.x:s1', 'An_odd_name_100')
    """
    return _NOT_IN_KEY.sub("_", name).strip("_") or "source"

r"""Texts in Markdown: every character is shown, none is markup.

It holds for CommonMark, for GitHub (tables, strikethrough, bare links, emoji codes, mentions, mathematics),
and for Jupyter, where MathJax also reads what a backslash has escaped. The two characters that begin
mathematics are therefore inside an element: `<span>\$</span>`. Only what would be markup is escaped, so that
the text can still be read.
"""

import re

from codeable.text import printable

_MARKUP = re.compile(
    r"""
    (?P<math>      \$ | \\(?=[()\[\]]|(?:begin|end|ref|eqref)\b) )
  | (?P<apart>     (?<!\w)@(?=\w) | :(?=[\w+-]+:) )  # GitHub reads mentions and emoji codes in shown text
  | (?P<intraword> (?<=[^\W_])_+(?=[^\W_]) )            # as in event_bus: no emphasis
  | (?P<escaped>   [\\`*_\[\]<~|]
                 | &(?=\#?\w+;)
                 | (?<=[A-Za-z]):(?=//)  # a bare link would take the escapes after it as its own
                 | (?<=\bwww)\.
                 | \A[\#>+=-] | \#\Z
    )
  | (?P<number>    \A\d+[.)] )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_CANDIDATE = re.compile(r"\A\d+[.)]|\A[#>+=-]|[$\\@:`*\[\]<~|&.]|_+|#\Z")
"""What may be markup. `_MARKUP` alone, tried at every character, takes three times as long."""


def escape_markdown(text: str) -> str:
    r"""A text that Markdown shows as it is, on one line.

    Blanks and line breaks are one blank each; control characters and marks of direction are spelled out.

    Example:
        >>> escape_markdown("What *is* <b>a</b>\nevent_bus?")
        'What \\*is\\* \\<b>a\\</b> event_bus?'
    """
    return escape_markdown_line(" ".join(text.split()))


def escape_markdown_line(line: str) -> str:
    r"""A line that Markdown shows as it is, with all of its blanks.

    Blanks at its ends and tabs are written as entities, because Markdown would drop them.

    Example:
        >>> escape_markdown_line("  a | b")
        '&#32;&#32;a \\| b'
    """
    inner = line.strip(" \t")
    start, _, end = line.partition(inner) if inner else (line, "", "")
    escaped = _CANDIDATE.sub(_escaped, printable(inner)).replace("\t", "&#9;")
    return f"{_as_entities(start)}{escaped}{_as_entities(end)}"


def _escaped(candidate: re.Match[str]) -> str:
    character = candidate[0]
    found = _MARKUP.match(candidate.string, candidate.start())
    match found and found.lastgroup:
        case None | "intraword":
            return character
        case "math":
            return rf"<span>\{character}</span>"
        case "apart":
            return f"<span>{character}</span>"
        case "number":
            return rf"{character[:-1]}\{character[-1]}"
        case _:
            return "".join(rf"\{each}" for each in character)


def _as_entities(blanks: str) -> str:
    return blanks.replace(" ", "&#32;").replace("\t", "&#9;")

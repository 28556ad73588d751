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
    (?P<math>    \$ | \\(?=[()\[\]]|(?:begin|end|ref|eqref)\b) )
  | (?P<apart>   (?<!\w)@(?=\w) | :(?=[\w+-]+:) )  # GitHub reads mentions and emoji codes in shown text
  | (?P<escaped> [\\`*\[\]<~|]
               | &(?=\#?\w+;)
               | (?<=[A-Za-z]):(?=//)  # a bare link would take the escapes after it as its own
    )
    """,
    re.VERBOSE,
)
_CANDIDATE = re.compile(r"[$\\@:`*\[\]<~|&]")
"""What may be markup. `_MARKUP` alone, tried at every character, takes three times as long."""

_UNDERSCORES = re.compile("_+")
_INSIDE_WORD = re.compile(r"(?<=[^\W_])_+(?=[^\W_])")
"""As in `event_bus`: no emphasis."""

_BLOCK = re.compile(
    r"""
    \A \d{0,9} (?: [+-](?=\s|\Z) | [-=](?=[-=\s]*\Z) | \#(?=\#{0,5}(?:\s|\Z)) | > | (?<=\d)[.)](?=\s|\Z) )
  | \#\Z
    """,
    re.VERBOSE,
)
"""What begins or ends a block, by its last character."""

_APART = re.compile(r"<span>(.{1,2})</span>")
"""What `_escaped` has written. A text has no tag of its own, since `<` is escaped."""

_CODE = re.compile(r"`([^`]+)`")


def escape_markdown(text: str) -> str:
    r"""A text that Markdown shows as it is, on one line.

    Blanks and line breaks are one blank each; control characters and marks of direction are spelled out.

    Example:
        >>> escape_markdown("What *is* <b>a</b>\nevent_bus?")
        'What \\*is\\* \\<b>a\\</b> event_bus?'
    """
    return _without_block(_inline(" ".join(text.split())))


def escape_commonmark(text: str) -> str:
    r"""A text that a viewer of CommonMark shows as it is, on one line; for viewers that show no HTML.

    Only `escape_markdown` keeps what GitHub and Jupyter read besides.

    Example:
        >>> escape_markdown("$5"), escape_commonmark("$5")
        ('<span>\\$</span>5', '\\$5')
    """
    return _without_block(_APART.sub(r"\1", _inline(" ".join(text.split()))))


def escape_markdown_message(message: str) -> str:
    r"""A message of codeable, as `escape_markdown` gives it, but what is between backticks is code.

    Example:
        >>> escape_markdown_message("`codeable check` shows *it*")
        '`codeable check` shows \\*it\\*'
    """
    parts = _CODE.split(" ".join(message.split()))
    escaped = (f"`{printable(part)}`" if place % 2 else _inline(part) for place, part in enumerate(parts))
    return _without_block("".join(escaped))


def escape_markdown_cell(line: str) -> str:
    r"""A line in the cell of a table, shown as it is with all of its blanks.

    Blanks at its ends and tabs are written as entities, because Markdown would drop them.

    Example:
        >>> escape_markdown_cell("  a | b"), escape_markdown_cell("- 0.5")
        ('&#32;&#32;a \\| b', '- 0.5')
    """
    inner = line.strip(" \t")
    start, _, end = line.partition(inner) if inner else (line, "", "")
    return f"{_as_entities(start)}{_inline(inner)}{_as_entities(end)}"


def _without_block(line: str) -> str:
    return _BLOCK.sub(lambda found: rf"{found[0][:-1]}\{found[0][-1]}", line)


def _inline(text: str) -> str:
    escaped = _CANDIDATE.sub(_escaped, printable(text)).replace("\t", "&#9;").replace("www.", r"www\.")
    return _UNDERSCORES.sub(_escaped_underscores, escaped)


def _escaped_underscores(found: re.Match[str]) -> str:
    return found[0] if _INSIDE_WORD.match(found.string, found.start()) else r"\_" * len(found[0])


def _escaped(candidate: re.Match[str]) -> str:
    character = candidate[0]
    found = _MARKUP.match(candidate.string, candidate.start())
    match found and found.lastgroup:
        case None:
            return character
        case "math":
            return rf"<span>\{character}</span>"
        case "apart":
            return f"<span>{character}</span>"
        case _:
            return rf"\{character}"


def _as_entities(blanks: str) -> str:
    return blanks.replace(" ", "&#32;").replace("\t", "&#9;")

"""Labels broken into lines, and names made part of an identifier."""

import re

__all__ = ["break_label", "encode_name"]

LINE_BREAK = "\\n"
"""What PlantUML reads as a line break inside a label: a backslash and the letter n."""

_NOT_ALPHANUMERIC = re.compile(r"\W")


def break_label(text: str | None, limit: int, padding: str = "", bold: bool = False) -> str:
    r"""Break a label at blanks, each line at least `limit` characters long.

    A blank behind a colon or before an equals sign is no place for a break; a word is never split. Line
    breaks and markup that the text holds already count as ordinary characters.

    Args:
        text: The label; None counts as one blank.
        limit: How many characters a line has at least before it is broken; a text of at most as many stays.
        padding: Put before and after each line.
        bold: Whether each line is set in bold.

    Returns:
        The lines, joined by PlantUML's line break.

    Example:
        >>> break_label("aaaa bbbb cccc dddd", 10)
        'aaaa bbbb cccc\\ndddd'
        >>> break_label("aaaaaaaaa: b ccc dddd eeee", 10, bold=True)
        '<b>aaaaaaaaa: b</b>\\n<b>ccc dddd eeee</b>'
    """
    if text is None:
        text = " "
    before, after = ("<b>" + padding, padding + "</b>") if bold else (padding, padding)
    if len(text) <= limit:
        return before + text + after
    return LINE_BREAK.join([before + line + after for line in _lines(text, limit)])


def _lines(text: str, limit: int) -> list[str]:
    lines = []
    start = 0
    blank = text.find(" ", max(limit, 0))
    while blank >= 0:
        if text[blank - 1] == ":" or text[blank + 1 : blank + 2] == "=":
            blank = text.find(" ", blank + 1)
        else:
            lines.append(text[start:blank])
            start = blank + 1
            blank = text.find(" ", blank + max(limit, 1))
    lines.append(text[start:])
    return lines


def encode_name(name: str | None) -> str:
    """A name as part of an identifier: an underscore before it and for each character but letters and digits.

    Example:
        >>> encode_name("How to deploy?"), encode_name(None)
        ('_How_to_deploy_', '_None')
    """
    return "_" + _NOT_ALPHANUMERIC.sub("_", str(name))

"""What coders write between the blocks of an axial trace, such as `add codes to s44:`.

The readers of notes and of axial traces call this.
"""

import re

_ADDED_TO = re.compile(
    r"\badd(?:ed|ing|s)?[ \t]+(?:(?:the|these|following|new|more)[ \t]+)*codes?[ \t]+(?:to|for)[ \t]+"
    r"(?:the[ \t]+source[ \t]+|source[ \t]+)?(?P<source>[A-Za-z]{1,2}[ \t]?\d*\w*)",
    re.IGNORECASE,
)

_SAYS_WHAT_CHANGES = re.compile(
    r"[ \t]*(?:add|already|chang|delet|link|merg|new\b|no\b|none|nothing|remov|renam|split|updat)",
    re.IGNORECASE,
)
_PYTHON = frozenset({"", "py", "py3", "python", "python3", "ipython", "pycon"})
_AROUND_LANGUAGE = "{.:}"
"""What may be around the language of a fence: ```` ``` {.python} ````."""
_LONGEST_PROSE = 200
_MOST_LINES_OF_PROSE = 3


def is_python(language: str) -> bool:
    """Whether a fence of a trace holds Python: it says so, or names no language.

    Example:
        >>> is_python("python"), is_python("{.Python .numberLines}"), is_python("sql")
        (True, True, False)
    """
    words = language.casefold().split()
    return not words or words[0].strip(_AROUND_LANGUAGE) in _PYTHON


def added_to(line: str) -> re.Match[str] | None:
    """Where a line names the `source` of the codes below; none for a line that does not.

    Example:
        >>> added_to("Add the following codes to s44:")["source"]
        's44'
    """
    return _ADDED_TO.search(line) if "code" in line.casefold() else None


def announces_codes(line: str) -> bool:
    """Whether a line says that codes follow.

    Example:
        >>> announces_codes("add codes to s44:"), announces_codes("added:"), announces_codes("For example:")
        (True, True, False)
    """
    says_what_changes = line.rstrip().endswith(":") and _SAYS_WHAT_CHANGES.match(line) is not None
    return says_what_changes or added_to(line) is not None


def is_prose(text: str, before_block: bool, after_block: bool) -> bool:
    """Whether the coder wrote a text in an axial trace. Otherwise it is a passage without `>`.

    Args:
        text: The text.
        before_block: Whether a fenced block follows it.
        after_block: Whether the trace has a block above it.
    """
    short = len(text) <= _LONGEST_PROSE and text.count("\n") < _MOST_LINES_OF_PROSE
    if not after_block:
        return short or before_block
    return short and (
        before_block or text.rstrip().endswith(":") or _SAYS_WHAT_CHANGES.match(text) is not None
    )

"""The words of a passage. By them passages of two notes are the same, whatever their marks and line ends."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    r"""The words of a text, in lower case; of a text without words its other signs.

    Example:
        >>> words_of("We use **two**\nevent-buses …"), words_of("→ !")
        (('we', 'use', 'two', 'event', 'buses'), ('→', '!'))
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(_WORD.findall(folded)) or tuple(folded.split())

"""What can be the identifier of a code or a source."""

import keyword
import unicodedata

from codeable import dsl


def normal(name: str) -> str:
    """A name in the normal form in which Python reads it.

    Example:
        >>> normal("ﬁle")
        'file'
    """
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def is_bindable(name: str) -> bool:
    """Whether a name can be the identifier of a code: no keyword, and no name of the vocabulary.

    Example:
        >>> is_bindable("master_data_management"), is_bindable("practice"), is_bindable("class")
        (True, False, False)
    """
    return why_not_bindable(name) is None


def why_not_bindable(name: str) -> str | None:
    """Why a name cannot be the identifier of a code; None where it can.

    Example:
        >>> why_not_bindable("data mesh"), why_not_bindable("practice")
        ('is no identifier: letters, digits and _ only, no digit first', 'is a word of the vocabulary')
    """
    if not name.isidentifier():
        return "is no identifier: letters, digits and _ only, no digit first"
    if keyword.iskeyword(name):
        return "is a keyword of Python"
    if name in dsl.NAMES:
        return "is a word of the vocabulary"
    return None

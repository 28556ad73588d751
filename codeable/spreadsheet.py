"""Texts of CSV that a spreadsheet does not run as formulas."""

import re

BYTE_ORDER_MARK = "\ufeff"
"""A spreadsheet reads a file as UTF-8 when it begins with this."""

_SKIPPED = "[^\\S\t\r\n]|[\0-\x08\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
_SIGNS = "[=+\\-@|%\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(rf"\A(?=(?:{_SKIPPED})*(?:[\t\r\n]|{_SIGNS}))|[;\t\r\n](?=(?:{_SKIPPED})*{_SIGNS})")
"""Where a spreadsheet would begin a formula, perhaps after characters that it skips: at the start of a text,
and after each character by which it may split the file into cells."""


def without_formula(text: str) -> str:
    r"""A text that no spreadsheet takes for a formula, also where it splits lines at semicolons.

    Example:
        >>> print(without_formula("=1+1"), without_formula("a;-b"), without_formula("a-b"))
        '=1+1 a;'-b a-b
    """
    return _FORMULA.sub(r"\g<0>'", text)

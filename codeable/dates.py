"""Dates as people write them into metadata, as ISO 8601 has them. Bibliographies use this, out and in."""

import datetime
import re

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_SHORTEST_MONTH = 3
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}\S*)?$")
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})$")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? +([a-z]+)\.?,? +(\d{4})$")
_MONTH_FIRST = re.compile(r"([a-z]+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})$")
_MONTH_ONLY = re.compile(r"([a-z]+)\.?,? +(\d{4})$")


def iso_date(text: str) -> str | None:
    """A date as `2023-01-15`, `2023-01` or `2023`; None where the text is no date or may be two.

    A date such as 03/04/2023 is March or April: it is None.

    Example:
        >>> iso_date("15 January 2023"), iso_date("Jan 15, 2023"), iso_date("15.1.2023"), iso_date("2023-1")
        ('2023-01-15', '2023-01-15', '2023-01-15', '2023-01')
        >>> iso_date("03/04/2023"), iso_date("2023-02-30"), iso_date("last summer")
        (None, None, None)
    """
    plain = " ".join(text.split()).strip(" .").casefold()
    if found := _ISO.match(plain) or _SLASHED.match(plain):
        return _date(*found.groups())
    if found := _DOTTED.match(plain):
        return _date(found[3], found[2], found[1])
    if found := _DAY_FIRST.match(plain):
        return _date(found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.match(plain):
        return _date(found[3], _month(found[1]), found[2])
    if found := _MONTH_ONLY.match(plain):
        return _date(found[2], _month(found[1])) if _month(found[1]) else None
    return None


def _month(word: str) -> str:
    """The number of a month; one that does not exist for another word."""
    named = (number for number, name in enumerate(_MONTHS, 1) if name.startswith(word))
    return str(next(named, "")) if len(word) >= _SHORTEST_MONTH else ""


def _date(year: str, month: str | None = None, day: str | None = None) -> str | None:
    try:
        datetime.date(int(year), int(month if month is not None else 1), int(day if day is not None else 1))
    except ValueError:
        return None
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part is not None)])

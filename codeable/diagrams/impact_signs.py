"""The signs of impacts on forces: their meanings, their order, and how they are printed.

Called by `build`, `edges` and the writers.
"""

from collections.abc import Iterable

from codeable.diagrams.diagram import ForceLine

UNTOLD = "·"
"""The sign of an impact that says no more than that there is one."""

SIGNS = {
    "++": "very positive",
    "+": "positive",
    "+/−": "positive and negative",
    "o": "neutral",
    UNTOLD: "impact not told",
    "−": "negative",
    "−−": "very negative",
}
"""Sign of an impact → its meaning, from the best to the worst."""

_SIGN_ORDER = {sign: position for position, sign in enumerate(SIGNS)}


def sign_of(impact: str) -> str:
    """The sign of an impact in print: a minus sign for a hyphen, a dot for no impact, other texts unchanged.

    Example:
        >>> sign_of("--"), sign_of("+/-"), sign_of("++"), sign_of("")
        ('−−', '+/−', '++', '·')
    """
    if not impact:
        return UNTOLD
    return impact.replace("-", "−") if impact in ("-", "--", "+/-") else impact


def printed_sign(sign: str) -> str:
    r"""A sign as a picture shows it, with a hair space between two minus signs: they are one dash without it.

    Example:
        >>> printed_sign("−−") == "−\u200a−"
        True
    """
    return sign.replace("−−", "−\u200a−")


def from_best_to_worst(impacts: Iterable[ForceLine]) -> tuple[ForceLine, ...]:
    """The impacts ordered by their signs; those of one sign keep the order of their declaration."""
    return tuple(sorted(impacts, key=lambda impact: _SIGN_ORDER.get(impact.sign, len(_SIGN_ORDER))))

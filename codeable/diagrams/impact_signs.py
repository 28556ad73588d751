"""The signs that tell how a solution acts on a force."""

from codeable.diagrams.diagram import Impact

__all__ = ["MEANINGS", "in_order", "sign_of"]

MEANINGS = {
    "++": "very positive",
    "+": "positive",
    "+/−": "positive and negative",
    "o": "neutral",
    "·": "impact not told",
    "−": "negative",
    "−−": "very negative",
}
"""Sign → what the legend says, from the best to the worst."""

_ORDER = {sign: position for position, sign in enumerate(MEANINGS)}


def sign_of(impact: str) -> str:
    """The sign in print: a minus sign for a hyphen, a dot where no impact is told; any other text as it is.

    Example:
        >>> sign_of("--"), sign_of("+/-"), sign_of("++"), sign_of("")
        ('−−', '+/−', '++', '·')
    """
    if not impact:
        return "·"
    return impact.replace("-", "−") if impact in ("-", "--", "+/-") else impact


def in_order(impacts: list[Impact]) -> tuple[Impact, ...]:
    """The impacts from the best to the worst, those of one sign in the order in which they were declared."""
    return tuple(sorted(impacts, key=lambda impact: _ORDER.get(impact.sign, len(_ORDER))))

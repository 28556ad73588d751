"""The signs of impacts in a table, and what they mean."""

from collections.abc import Iterable, Mapping

_MEANINGS: Mapping[str, str] = {
    "++": "very positive",
    "+": "positive",
    "o": "neutral",
    "-": "negative",
    "--": "very negative",
    "+/-": "positive and negative",
}


def signs_explained(signs: Iterable[str]) -> str | None:
    """A sentence that explains the signs of a table; None where no sign needs it.

    Example:
        >>> signs_explained(["--", "++", "++"])
        'Impact: ++ very positive, -- very negative.'
    """
    found = set(signs)
    used = [f"{sign} {meaning}" for sign, meaning in _MEANINGS.items() if sign in found]
    return f"Impact: {', '.join(used)}." if used else None

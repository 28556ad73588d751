"""What codes are called in a plot, and what is said of those that it leaves out."""

from collections import Counter
from collections.abc import Iterator, Sequence

from codeable.coded.coded_study import Code
from codeable.reports.options import Labels, Unit
from codeable.text import counted

MOST_CODES = 45
"""The number of codes with a bar or row where the options do not choose it: one page holds them."""


def code_labels(codes: Sequence[Code], labels: Labels) -> tuple[str, ...]:
    """The labels of codes; where two have one display name, the identifier is behind it.

    Example:
        >>> from attrs import evolve
        >>> code_labels([Code("bus", None, (), ())], "names")
        ('bus',)
    """
    if labels == "identifiers":
        return tuple(code.name for code in codes)
    titles = [code.title.strip() or code.name for code in codes]
    often = Counter(titles)
    return tuple(
        title if often[title] == 1 else f"{title} ({code.name})"
        for code, title in zip(codes, titles, strict=True)
    )


def left_out(shown: int, values: Sequence[int], unit: Unit) -> Iterator[str]:
    """What the picture says of the codes that it does not show.

    Args:
        shown: The number of codes that it shows.
        values: For each code, the number of its units, the largest first.
        unit: What the units are.

    Example:
        >>> list(left_out(2, [5, 4, 2, 1], "source"))
        ['The 2 codes in most sources, of 4; the others are in at most 2 sources.']
    """
    if shown < len(values):
        codes = "code" if shown == 1 else f"{shown} codes"
        others = "others are" if len(values) - shown > 1 else "other is"
        most = counted(values[shown], unit)
        yield f"The {codes} in most {unit}s, of {len(values)}; the {others} in at most {most}."

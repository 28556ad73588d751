"""Krippendorff's alpha for unitised text: do coders mark the same stretches of a text with the same code?

The text is a continuum of words. A unit is a stretch of it that a coder gave a code.
"""

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from codeable.reports.agreement.coefficients import Coefficient


@frozen(order=True)
class Stretch:
    """A stretch of a continuum: from the word `start` to the one before `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """The number of words."""
        return self.end - self.start


Units = Sequence[Sequence[Stretch]]
"""For each coder, the stretches that have one code: in order, and without overlaps."""


def unitised_alpha(codes: Sequence[Units], length: int) -> Coefficient:
    """Krippendorff's alpha for unitised text: α = 1 − Σ_c D_oc / Σ_c D_ec over the codes c.

    Observed and expected disagreement of a code are those of `observed_disagreement` and
    `expected_disagreement`.

    Source: Krippendorff 1995, On the reliability of unitizing continuous data, Sociological Methodology 25,
    doi 10.2307/271061.

    Args:
        codes: For each code its units.
        length: The length of the continuum.

    Example:
        >>> anna, ben = [Stretch(2, 10), Stretch(14, 20)], [Stretch(4, 8), Stretch(15, 17)]
        >>> alpha = unitised_alpha([[anna, ben]], 24)
        >>> alpha.observed, round(alpha.expected, 5), round(alpha.value, 3)
        (0.03125, 0.0699, 0.553)
    """
    number = sum(len(stretches) for units in codes for stretches in units)
    if not number:
        return Coefficient(None, 0, reason="no stretch of the text has a code")
    if all(stretches == [Stretch(0, length)] for units in codes for stretches in map(list, units)):
        return Coefficient(None, number, 0.0, None, "every coder gave each code to the whole text")
    observed = sum((observed_disagreement(units, length) for units in codes), Fraction())
    expected = sum((expected_disagreement(units, length) for units in codes), Fraction())
    if not expected:
        return Coefficient(
            None, number, float(observed), 0.0, "too few stretches have a code to say what chance gives"
        )
    return Coefficient(float(1 - observed / expected), number, float(observed), float(expected))


def observed_disagreement(units: Units, length: int) -> Fraction:
    """D_o = Σ δ / (m (m − 1) L²) over all stretches of each pair of the m coders.

    Of two stretches that overlap, δ is the square of the distance of their beginnings and that of their ends;
    of a stretch in a gap of the other coder it is the square of its length.
    """
    total = 0
    for position, one in enumerate(units):
        for other in units[position + 1 :]:
            total += 2 * (_overlapping(one, other) + _alone(one, other) + _alone(other, one))
    coders = len(units)
    return Fraction(total, coders * (coders - 1) * length**2)


def expected_disagreement(units: Units, length: int) -> Fraction:
    """D_e = (2/L) Σ_g [(N − 1)/3 · 2 l_g³ + l_g² Σ_h (l_h − l_g)] / ((m L)² − Σ_g l_g²).

    g are the N stretches of all coders, of the lengths l_g; h are the gaps of all coders that are at least as
    long as g.
    """
    lengths = [stretch.length for stretches in units for stretch in stretches]
    gaps = [gap for stretches in units for gap in _gaps(stretches, length)]
    three_times = 0
    for each in lengths:
        room = sum(gap - each for gap in gaps if gap >= each)
        three_times += 2 * (len(lengths) - 1) * each**3 + 3 * each**2 * room
    without = (len(units) * length) ** 2 - sum(each**2 for each in lengths)
    return Fraction(2 * three_times, 3 * length * without) if without else Fraction()


def _overlapping(one: Sequence[Stretch], other: Sequence[Stretch]) -> int:
    return sum(
        (first.start - second.start) ** 2 + (first.end - second.end) ** 2
        for first in one
        for second in other
        if first.start < second.end and second.start < first.end
    )


def _alone(one: Sequence[Stretch], other: Sequence[Stretch]) -> int:
    """The squares of the stretches of one coder that are wholly in a gap of the other."""
    return sum(
        first.length**2
        for first in one
        if not any(first.start < second.end and second.start < first.end for second in other)
    )


def _gaps(stretches: Sequence[Stretch], length: int) -> list[int]:
    ends = [0, *(each.end for each in stretches)]
    starts = [*(each.start for each in stretches), length]
    return [start - end for end, start in zip(ends, starts, strict=True) if start > end]

"""Coefficients of agreement between coders: Cohen's kappa, Krippendorff's alpha, shares of equal ratings.

All of them take the `Ratings` of units. They are worked out as fractions, so that zero is zero. A coefficient
that divides by zero is undefined and says why.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

Ratings: TypeAlias = Mapping[tuple[Hashable, ...], int]
"""What the coders say about a unit, in the order of the coders, None for a coder who did not rate it → how
many units there are of which they say so."""


@frozen
class Coefficient:
    """A coefficient of agreement.

    Attributes:
        value: The coefficient; None where it is undefined.
        units: The number of units that it is made of.
        observed: What was observed: agreement for kappa, disagreement for alpha.
        expected: What chance would give.
        reason: Why it is undefined; empty where it has a value.
    """

    value: float | None
    units: int
    observed: float | None = None
    expected: float | None = None
    reason: str = ""


def cohens_kappa(ratings: Ratings) -> Coefficient:
    """Cohen's kappa of two coders: κ = (p_o − p_e) / (1 − p_e).

    p_o is the share of units with equal ratings, p_e = Σ_c p_1c · p_2c the share that chance gives, with p_ic
    the share of the rating c among those of coder i. Units that one of them did not rate are left out.

    Source: Cohen 1960, A coefficient of agreement for nominal scales, doi 10.1177/001316446002000104.

    Args:
        ratings: The ratings of two coders.

    Example:
        >>> cells = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
        >>> kappa = cohens_kappa(cells)
        >>> kappa.value, kappa.observed, kappa.expected
        (0.4, 0.7, 0.5)
    """
    both = {pair: units for pair, units in ratings.items() if None not in pair and units}
    total = sum(both.values())
    if not total:
        return Coefficient(None, 0, reason="no unit was rated by both")
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    for (one, two), units in both.items():
        first[one] += units
        second[two] += units
    observed = Fraction(sum(units for (one, two), units in both.items() if one == two), total)
    expected = Fraction(sum(first[each] * second[each] for each in first), total * total)
    if expected == 1:
        return Coefficient(None, total, float(observed), 1.0, "both coders rated every unit alike")
    return Coefficient(float((observed - expected) / (1 - expected)), total, float(observed), float(expected))


def krippendorffs_alpha(ratings: Ratings) -> Coefficient:
    """Krippendorff's alpha for nominal data, any number of coders, and missing ratings: α = 1 − D_o / D_e.

    Each unit u with m_u ≥ 2 ratings adds its pairs of ratings (c, k), divided by m_u − 1, to the
    coincidences o_ck; n_c = Σ_k o_ck and n = Σ_c n_c. D_o = 1 − Σ_c o_cc / n and
    D_e = 1 − Σ_c n_c (n_c − 1) / (n (n − 1)).

    Source: Hayes and Krippendorff 2007, Answering the call for a standard reliability measure for coding
    data, doi 10.1080/19312450709336664.

    Args:
        ratings: The ratings of the coders.

    Example:
        >>> from collections import Counter
        >>> alpha = krippendorffs_alpha(Counter([("a", "a"), ("a", "b"), ("b", "b"), ("b", None)]))
        >>> round(alpha.value, 3), alpha.units
        (0.444, 3)
    """
    alike = Fraction()
    values: Counter[Hashable] = Counter()
    total = 0
    units = 0
    for rated, times in ratings.items():
        counts = Counter(each for each in rated if each is not None)
        number = counts.total()
        if number < 2 or not times:  # a single rating has no pair
            continue
        units += times
        total += number * times
        for value, count in counts.items():
            values[value] += count * times
            alike += Fraction(count * (count - 1) * times, number - 1)
    if not units:
        return Coefficient(None, 0, reason="no unit was rated by two coders")
    observed = 1 - alike / total
    expected = 1 - Fraction(sum(count * (count - 1) for count in values.values()), total * (total - 1))
    if not expected:
        return Coefficient(None, units, float(observed), 0.0, "every rating is the same")
    return Coefficient(float(1 - observed / expected), units, float(observed), float(expected))


def share_of_equal_ratings(ratings: Ratings) -> float | None:
    """Percent agreement: the share of equal pairs among all pairs of ratings of one unit; None without pairs.

    With two coders it is the share of units on which they agree. It does not allow for chance.

    Example:
        >>> share_of_equal_ratings({(True, True): 6, (True, False): 1, (False, None): 5, (False, False): 3})
        0.9
    """
    equal = pairs = 0
    for rated, times in ratings.items():
        counts = Counter(each for each in rated if each is not None)
        pairs += times * counts.total() * (counts.total() - 1)
        equal += times * sum(count * (count - 1) for count in counts.values())
    return equal / pairs if pairs else None


def share_of_equal_presence(ratings: Ratings) -> float | None:
    """Positive agreement: how often a code that one coder gives is given by another; None without codes.

    With two coders it is 2a / (2a + b + c), where a units have the code from both, b and c from one of them.
    Units without the code do not count, however many they are.

    Source: Cicchetti and Feinstein 1990, High agreement but low kappa, doi 10.1016/0895-4356(90)90159-M.

    Args:
        ratings: For each unit whether each coder gave the code.

    Example:
        >>> share_of_equal_presence({(True, True): 4, (True, False): 1, (False, True): 1, (False, False): 90})
        0.8
    """
    equal = pairs = 0
    for rated, times in ratings.items():
        given = len([each for each in rated if each])
        coders = len([each for each in rated if each is not None])
        equal += times * given * (given - 1)
        pairs += times * given * (coders - 1)
    return equal / pairs if pairs else None

"""Coefficients of agreement, against figures that were published, and where they are undefined."""

import random
from collections import Counter
from itertools import product

import pytest

from codeable.reports.agreement.coefficients import (
    cohens_kappa,
    krippendorffs_alpha,
    share_of_equal_presence,
    share_of_equal_ratings,
)


def rated(*coders: str, missing: str = "*") -> Counter[tuple[str | None, ...]]:
    """The ratings of coders, one sign for each unit."""
    units = zip(*(coder.replace(" ", "") for coder in coders), strict=True)
    return Counter(tuple(None if each == missing else each for each in unit) for unit in units)


def digitised(*coders: list[tuple[int, int]], length: int) -> Counter[tuple[bool, ...]]:
    """Whether each position of a continuum is in one of the stretches (start, length) of each coder."""
    return Counter(
        tuple(any(start <= place < start + size for start, size in stretches) for stretches in coders)
        for place in range(length)
    )


HAYES = rated("*****34121133*3", "1*213343*******", "**21344*21133*4")
KRIPPENDORFF = rated("123321412 ***", "123322412 5*3", "*33323422 51*", "123324412 51*")
UNITS = digitised([(2, 8), (14, 6)], [(4, 4), (15, 2)], length=24)
HALVES = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}


def test_kappa_of_the_published_table() -> None:
    kappa = cohens_kappa(HALVES)
    assert (kappa.value, kappa.observed, kappa.expected, kappa.units) == (0.4, 0.7, 0.5, 50)


def test_alpha_of_three_coders_with_missing_ratings() -> None:
    alpha = krippendorffs_alpha(HAYES)
    assert alpha.value == pytest.approx(0.691, abs=0.0005)
    pairable = sum(times * n for unit, times in HAYES.items() if (n := len(unit) - unit.count(None)) > 1)
    assert pairable == 26
    assert alpha.units == 12


def test_alpha_of_four_coders_with_missing_ratings() -> None:
    assert krippendorffs_alpha(KRIPPENDORFF).value == pytest.approx(0.743, abs=0.0005)


def test_kappa_and_alpha_of_a_continuum_cut_into_positions() -> None:
    alpha = krippendorffs_alpha(UNITS).value
    assert cohens_kappa(UNITS).value == pytest.approx(0.385, abs=0.0005)
    assert alpha == pytest.approx(0.329, abs=0.0005)
    assert alpha is not None
    scotts_pi = 1 - (1 - alpha) * 48 / 47  # two coders with n = 48 ratings: α = π + (1 − π) / n
    assert scotts_pi == pytest.approx(0.314, abs=0.0005)


def test_shares_of_two_coders() -> None:
    ratings = {(True, True): 20, (True, False): 5, (False, True): 10, (False, False): 15}
    assert share_of_equal_ratings(ratings) == 0.7
    assert share_of_equal_presence(ratings) == pytest.approx(40 / 55)


def test_absence_that_all_agree_on_raises_the_share_but_not_positive_agreement() -> None:
    few = {(True, True): 2, (True, False): 2, (False, False): 4}
    many = {**few, (False, False): 400}
    assert share_of_equal_ratings(many) == pytest.approx(402 / 404)
    assert share_of_equal_presence(many) == share_of_equal_presence(few) == pytest.approx(4 / 6)


def test_shares_of_three_coders_are_those_of_their_pairs() -> None:
    ratings = Counter({(True, True, False): 3, (False, False, False): 2, (True, None, True): 1})
    assert share_of_equal_ratings(ratings) == pytest.approx((3 * 1 + 2 * 3 + 1) / (3 * 3 + 2 * 3 + 1))
    assert share_of_equal_presence(ratings) == pytest.approx((3 * 2 + 2) / (3 * 4 + 2))


@pytest.mark.parametrize("seed", range(5))
def test_alpha_is_that_of_the_pairs_of_ratings_written_out(seed: int) -> None:
    """1 − n-fold disagreement of pairs within units, over that of all pairs of pairable ratings."""
    chance = random.Random(seed)
    units = [tuple(chance.choice("aabc*") for _ in range(4)) for _ in range(12)]
    pairable = [[each for each in unit if each != "*"] for unit in units]
    pairable = [unit for unit in pairable if len(unit) > 1]
    ratings = [each for unit in pairable for each in unit]
    observed = sum(
        sum(one != two for one, two in product(unit, repeat=2)) / (len(unit) - 1) for unit in pairable
    ) / len(ratings)
    pairs = [one != two for one, two in product(ratings, repeat=2)]
    expected = sum(pairs) / (len(ratings) * (len(ratings) - 1))
    counted = Counter(tuple(None if each == "*" else each for each in unit) for unit in units)
    assert krippendorffs_alpha(counted).value == pytest.approx(1 - observed / expected)


@pytest.mark.parametrize("ratings", [{("a", "a"): 5}, {(False, False): 7, (None, True): 1}])
def test_coders_who_rate_everything_alike_have_no_coefficient(ratings: Counter[tuple[object, ...]]) -> None:
    kappa, alpha = cohens_kappa(ratings), krippendorffs_alpha(ratings)
    assert (kappa.value, alpha.value) == (None, None)
    assert (kappa.reason, alpha.reason) == (
        "both coders rated every unit alike",
        "every rating is the same",
    )
    assert share_of_equal_ratings(ratings) == 1


def test_agreement_as_chance_gives_it_is_zero_and_no_absence_of_it_is_undefined() -> None:
    apart = {("a", "b"): 5}
    assert cohens_kappa(apart).value == 0
    assert krippendorffs_alpha(apart).value == pytest.approx(1 - 1 / (50 / 90))


@pytest.mark.parametrize("ratings", [{}, {("a", None): 3, (None, "b"): 2}, {("a", "a"): 0}])
def test_without_a_unit_that_two_rated_everything_is_undefined(
    ratings: dict[tuple[object, ...], int],
) -> None:
    kappa, alpha = cohens_kappa(ratings), krippendorffs_alpha(ratings)
    assert (kappa.value, kappa.units, kappa.reason) == (None, 0, "no unit was rated by both")
    assert (alpha.value, alpha.units, alpha.reason) == (None, 0, "no unit was rated by two coders")
    assert share_of_equal_ratings(ratings) is None
    assert share_of_equal_presence(ratings) is None


def test_codes_that_nobody_gives_have_no_positive_agreement() -> None:
    assert share_of_equal_presence({(False, False): 9}) is None

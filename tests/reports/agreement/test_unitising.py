"""Alpha for unitised text, against the published example, and where it is undefined."""

import random

import pytest

from codeable.reports.agreement.unitising import (
    Stretch,
    expected_disagreement,
    observed_disagreement,
    unitised_alpha,
)

ANNA = [Stretch(2, 10), Stretch(14, 20)]
BEN = [Stretch(4, 8), Stretch(15, 17)]


def test_the_published_example() -> None:
    alpha = unitised_alpha([[ANNA, BEN]], 24)
    assert alpha.observed == 0.03125
    assert alpha.expected == pytest.approx(0.06990, abs=0.000005)
    assert alpha.value == pytest.approx(0.553, abs=0.0005)
    assert alpha.units == 4


def test_equal_stretches_agree_fully() -> None:
    assert unitised_alpha([[ANNA, ANNA]], 24).value == 1


def test_stretches_that_never_meet_agree_less_than_chance_gives() -> None:
    value = unitised_alpha([[[Stretch(0, 4)], [Stretch(20, 24)]]], 24).value
    assert value is not None
    assert value < 0


def test_what_only_one_coder_marks_is_disagreement_by_its_length() -> None:
    alpha = unitised_alpha([[[Stretch(0, 3)], []]], 10)
    assert alpha.observed == pytest.approx(2 * 3**2 / (2 * 1 * 10**2))


def test_codes_are_summed_before_the_division() -> None:
    one, two = [ANNA, BEN], [[Stretch(0, 3)], []]
    first, second = unitised_alpha([one], 24), unitised_alpha([two], 24)
    both = unitised_alpha([one, two], 24)
    assert None not in (first.observed, second.observed, first.expected, second.expected)
    assert both.observed == pytest.approx(first.observed + second.observed)  # type: ignore[operator]
    assert both.expected == pytest.approx(first.expected + second.expected)  # type: ignore[operator]


def test_a_third_coder_who_says_what_another_says_raises_alpha() -> None:
    two = unitised_alpha([[ANNA, BEN]], 24).value
    three = unitised_alpha([[ANNA, BEN, ANNA]], 24).value
    assert two is not None
    assert three is not None
    assert two < three < 1


def test_without_stretches_alpha_is_undefined() -> None:
    alpha = unitised_alpha([[[], []]], 24)
    assert (alpha.value, alpha.reason) == (None, "no stretch of the text has a code")


def test_a_code_on_the_whole_text_leaves_nothing_to_agree_on() -> None:
    alpha = unitised_alpha([[[Stretch(0, 24)], [Stretch(0, 24)]]], 24)
    assert (alpha.value, alpha.reason) == (None, "every coder gave each code to the whole text")


def test_one_stretch_that_no_gap_can_hold_is_undefined() -> None:
    alpha = unitised_alpha([[[Stretch(0, 24)], []]], 24)
    assert (alpha.value, alpha.observed) == (None, 1)
    assert alpha.reason == "too few stretches have a code to say what chance gives"


@pytest.mark.parametrize("coders", [2, 3, 5])
def test_expected_is_what_stretches_at_random_places_give(coders: int) -> None:
    chance = random.Random(7)
    observed = expected = 0.0
    for _ in range(500):
        units = []
        for _ in range(coders):
            start, size = chance.randrange(1000 - 40), chance.randint(20, 40)
            units.append([Stretch(start, start + size)])
        observed += float(observed_disagreement(units, 1000))
        expected += float(expected_disagreement(units, 1000))
    assert observed == pytest.approx(expected, rel=0.1)

"""The options of a decision are cut into parts of heights that are as even as possible."""

from itertools import accumulate, combinations, pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.diagrams.rails.cutting import Cuts, Height, cut_into


def height_of(heights: list[int], bar: int) -> Height:
    before = [0, *accumulate(heights)]
    return lambda start, end: float(bar + before[end] - before[start])


def squares(cuts: Cuts, height: Height) -> float:
    return sum(height(part.start, part.stop) ** 2 for part in cuts)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(0, 60), st.integers(1, 10))
def test_no_other_cuts_are_more_even(heights: list[int], bar: int, parts: int) -> None:
    height, count = height_of(heights, bar), len(heights)
    found = cut_into(count, height, parts)
    assert [position for part in found for position in part] == list(range(count))
    others = (
        tuple(range(start, end) for start, end in pairwise((0, *places, count)))
        for places in combinations(range(1, count), min(parts, count) - 1)
    )
    assert squares(found, height) == min(squares(cuts, height) for cuts in others)


def test_options_that_have_no_height_because_they_do_not_fit_are_cut_too() -> None:
    assert cut_into(3, lambda start, end: inf, 2) == (range(2), range(2, 3))


@pytest.mark.slow
def test_hundreds_of_options_are_cut_into_many_parts_without_trying_every_cut() -> None:
    tried = 0
    even = height_of([20] * 400, 30)

    def height(start: int, end: int) -> float:
        nonlocal tried
        tried += 1
        return even(start, end)

    assert len(cut_into(400, height, 99)) == 99
    assert tried < 2_000_000  # of 8 million

"""How many different codes the sources hold, in the order of coding and in random orders."""

import math
import random
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import or_

from attrs import frozen

from codeable.coded.coded_study import Code, CodedStudy
from codeable.reports.counts.occurrences import bit_set, occurrences
from codeable.reports.counts.saturation_runs import SaturationRun, assessed_runs
from codeable.reports.options import ReportOptions
from codeable.text import counted

LOW, MIDDLE, HIGH = 0.025, 0.5, 0.975
"""The quantiles of the random orders: the band holds the middle 95% of them."""


@frozen
class SaturationStep:
    """The codes after one more source.

    Attributes:
        source: The source.
        codes: The number of its codes.
        new: The number of its codes that no source before it has.
        cumulative: The number of different codes in the sources so far.
        low: The number so far in a random order that at least 2.5 % of the orders do not exceed.
        middle: The same for 50 %, which is the median.
        high: The same for 97.5 %.
    """

    source: str
    codes: int
    new: int
    cumulative: int
    low: int
    middle: int
    high: int


@frozen
class Saturation:
    """How the number of codes grows with the number of sources.

    Attributes:
        steps: A step per source, in the order of coding.
        codes: The codes that were found in a source.
        order: What the order of coding is, as the part of a sentence.
        base: The number of sources in the base.
        runs: Results after Guest, Namey and Chen, for run lengths 2 and 3 and for two thresholds.
    """

    steps: tuple[SaturationStep, ...]
    codes: tuple[Code, ...]
    order: str
    base: int
    runs: tuple[SaturationRun, ...]


def saturation(study: CodedStudy, options: ReportOptions) -> Saturation:
    """The growth of the number of codes. Only sources count, whatever the unit."""
    found = occurrences(study, options.of_sources())
    sets = [bit_set(codes) for codes in found.found]
    bands = random_orders(sets, options.seed, options.permutations)
    steps: list[SaturationStep] = []
    known = before = 0
    for source, codes, band in zip(found.units, sets, bands, strict=True):
        known |= codes
        cumulative = known.bit_count()
        steps.append(SaturationStep(source, codes.bit_count(), cumulative - before, cumulative, *band))
        before = cumulative
    return Saturation(
        tuple(steps),
        tuple(code for number, code in enumerate(found.codes) if known >> number & 1),
        _order(study),
        options.base,
        assessed_runs([step.new for step in steps], options.base, options.threshold),
    )


def random_orders(sets: Sequence[int], seed: int, permutations: int) -> Iterator[tuple[int, int, int]]:
    """For each number of sources, how many different codes random orders of the sources have by then.

    The quantiles are the values of single orders (nearest rank). Python promises that `random.random` gives
    the same numbers in every version, which it does not of `shuffle`.

    Args:
        sets: The codes of each source, as bits.
        seed: Where the random orders start.
        permutations: The number of random orders.

    Example:
        >>> list(random_orders([0b1, 0b11, 0b100], seed=1, permutations=100))
        [(1, 1, 2), (2, 2, 3), (3, 3, 3)]
    """
    draw = random.Random(seed).random
    orders = (sorted(sets, key=lambda _: draw()) for _ in range(permutations))
    curves = [array("L", map(int.bit_count, accumulate(order, or_))) for order in orders]
    low, middle, high = (math.ceil(share * permutations) - 1 for share in (LOW, MIDDLE, HIGH))
    for numbers in map(sorted, zip(*curves, strict=True)):
        yield numbers[low], numbers[middle], numbers[high]


def order_messages(study: CodedStudy) -> tuple[str, ...]:
    """Whether the sources have another order than the field notes, where the settings give none.

    The notes of interviews are read after those of other sources; in natural order, `p1` comes before `s1`.
    """
    noted = [*dict.fromkeys(note.identifier for note in study.notes)]
    order = [name for name in dict.fromkeys(each.short_name for each in study.sources) if name in noted]
    noted = [name for name in noted if name in order]
    if study.registry.settings.order or order == noted:
        return ()
    begin = f"natural order begins with {order[0]}, the field notes with {noted[0]}"
    return (f"the order of coding is not set: {begin}; set `order` in `[tool.codeable]`",)


def _order(study: CodedStudy) -> str:
    """What the order of coding is."""
    given = set(study.registry.settings.order)
    named = sum(source.short_name in given for source in study.sources)
    if not named:
        return "natural order of names; the settings give none"
    rest = len(study.sources) - named
    if not rest:
        return "as the settings give it"
    others = f"{counted(rest, 'source')} that it does not name follow{'s' if rest == 1 else ''}"
    return f"as the settings give it; {others} in natural order"

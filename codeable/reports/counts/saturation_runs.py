"""Saturation after Guest, Namey and Chen: new codes in runs of sources, beside the codes in a base.

G. Guest, E. Namey, M. Chen: A simple method to assess and report thematic saturation in qualitative research.
PLOS ONE 15(5), 2020, doi 10.1371/journal.pone.0232076.
"""

from collections.abc import Sequence

from attrs import frozen

RUN_LENGTHS = (2, 3)
"""The run lengths that the authors use."""


@frozen
class SaturationRun:
    """Whether saturation is reached with one run length and one threshold.

    Attributes:
        base: The number of sources in the base.
        base_codes: The number of different codes in the base; None with fewer sources than that.
        length: The number of sources in a run.
        threshold: The share of new codes up to which a run counts as saturated.
        before: The number of sources before the run that decides: the first with a ratio up to the threshold,
            else the last run; None without any run.
        new: The number of new codes in that run.
        is_reached: Whether its ratio is up to the threshold.

    Example:
        >>> run = SaturationRun(4, 37, 2, 0.05, before=6, new=1, is_reached=True)
        >>> run.notation, round(run.ratio, 2)
        ('6+2', 0.03)
    """

    base: int
    base_codes: int | None
    length: int
    threshold: float
    before: int | None
    new: int | None
    is_reached: bool

    @property
    def notation(self) -> str | None:
        """Sources before the run and its length, as "6+2"; None where saturation is not reached."""
        return f"{self.before}+{self.length}" if self.is_reached else None

    @property
    def ratio(self) -> float | None:
        """New codes of the run that decides, divided by the codes of the base; None where it is undefined."""
        return self.new / self.base_codes if self.new is not None and self.base_codes else None

    @property
    def result(self) -> str:
        """What came out, in words."""
        if self.before is None:
            return f"too few sources: {self.base + self.length} needed"
        if not self.base_codes:
            return "undefined: no code in the base"
        return "reached" if self.is_reached else "not reached"


def run_ratios(new: Sequence[int], base: int, length: int) -> list[float | None]:
    """For each source, the ratio of the run that ends with it; None for those that end none.

    Runs follow the base and move on by one source: so the third run of the authors' example, after a base of
    four, is written 6+2. The codes of the base stay the denominator.

    Args:
        new: The number of new codes of each source, in the order of coding.
        base: The number of sources in the base.
        length: The number of sources in a run.

    Example:
        >>> [each and round(each, 2) for each in run_ratios([30, 5, 1, 1, 4, 3, 1, 0], 4, 2)]
        [None, None, None, None, None, 0.19, 0.11, 0.03]
    """
    codes = sum(new[:base])
    return [
        sum(new[end - length : end]) / codes if codes and end >= base + length else None
        for end in range(1, len(new) + 1)
    ]


def assessed_runs(new: Sequence[int], base: int, threshold: float) -> tuple[SaturationRun, ...]:
    """What comes out for each run length, with the threshold and with no new code at all.

    Args:
        new: The number of new codes of each source, in the order of coding.
        base: The number of sources in the base.
        threshold: The share of new codes up to which a run counts as saturated.
    """
    codes = sum(new[:base]) if len(new) >= base else None
    found = []
    for length in RUN_LENGTHS:
        ratios = run_ratios(new, base, length)
        for limit in dict.fromkeys((threshold, 0.0)):
            reached = (end for end, ratio in enumerate(ratios, 1) if ratio is not None and ratio <= limit)
            first = next(reached, None)
            has_run = len(new) >= base + length
            end = first or (len(new) if has_run else None)
            found.append(
                SaturationRun(
                    base,
                    codes,
                    length,
                    limit,
                    end - length if end is not None else None,
                    sum(new[end - length : end]) if end is not None else None,
                    first is not None,
                )
            )
    return tuple(found)

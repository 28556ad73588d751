"""The tables `saturation` and `saturation_runs`, and the sentences for a paper."""

from fractions import Fraction
from math import comb
from pathlib import Path

import pytest

import codeable
from codeable.notes import read_text
from codeable.reports.counts.occurrences import bit_set
from codeable.reports.counts.saturation import random_orders, saturation
from codeable.reports.counts.saturation_runs import assessed_runs, run_ratios
from codeable.reports.counts.saturation_tables import saturation_sentences
from codeable.reports.options import ReportOptions
from tests.reports.counts.studies import coded, column, table, told
from tests.studies import write_study


def _sources(*new: int) -> dict[str, list[str]]:
    """Sources with so many new codes each."""
    found: dict[str, list[str]] = {}
    number = 0
    for position, count in enumerate(new, 1):
        found[f"s{position}"] = [f"c{each}" for each in range(number, number + count)]
        number += count
    return found


def test_both_tables_count_what_the_settings_of_saturation_say(tmp_path: Path) -> None:
    settings = "[tool.codeable.reports.saturation]\nbase = 1\nkinds = 'force'\ncaption = 'Mine'\n"
    study = codeable.load(write_study(tmp_path, {"pyproject.toml": settings}))
    assert {*column(study.tables.saturation_runs, "base")} == {1}
    assert "The study has no forces." in told(study.tables.saturation_runs)
    assert study.tables.saturation_runs.caption == "Saturation: new codes in runs of sources"
    of_its_own = f"{settings}[tool.codeable.reports.saturation_runs]\nbase = 2\n"
    study = codeable.load(write_study(tmp_path, {"pyproject.toml": of_its_own}))
    assert {*column(study.tables.saturation_runs, "base")} == {2}


class TestRuns:
    """The worked figure of Guest, Namey and Chen: base 37, then 7, 4 and 1 new codes in runs of two."""

    def test_golden_ratios(self) -> None:
        new = [20, 10, 4, 3, 3, 4, 0, 1, 0]
        ratios = run_ratios(new, 4, 2)
        assert [f"{each:.0%}" for each in ratios if each is not None] == ["19%", "11%", "3%", "3%"]

    def test_golden_notation(self) -> None:
        first = assessed_runs([20, 10, 4, 3, 3, 4, 0, 1, 0], 4, 0.05)[0]
        assert (first.base_codes, first.notation, first.new, first.result) == (37, "6+2", 1, "reached")

    def test_the_denominator_stays_that_of_the_base(self) -> None:
        assert run_ratios([10, 0, 0, 0, 100, 0, 1], 4, 2)[-1] == 1 / 10

    @pytest.mark.parametrize(
        ("new", "results"),
        [
            ([9, 1, 1, 1, 0, 0, 0], ["4+2", "4+2", "4+3", "4+3"]),
            ([20, 0, 0, 0, 1, 0, 0, 0], ["4+2", "5+2", "4+3", "5+3"]),
            ([9, 1, 1, 1, 1, 1, 1, 1], [None, None, None, None]),
            ([9, 1, 1, 1, 1, 0, 0], ["5+2", "5+2", None, None]),
        ],
    )
    def test_results_by_run_length_and_threshold(self, new: list[int], results: list[str | None]) -> None:
        found = table(coded(_sources(*new)), "saturation_runs")
        assert list(zip(column(found, "run_length"), column(found, "threshold"), strict=True)) == [
            (2, 0.05),
            (2, 0.0),
            (3, 0.05),
            (3, 0.0),
        ]
        assert column(found, "saturation") == results

    def test_not_reached_shows_the_last_run(self) -> None:
        found = table(coded(_sources(4, 0, 0, 0, 1, 2, 3)), "saturation_runs")
        assert column(found, "new")[::2] == [5, 6]
        assert column(found, "ratio")[::2] == [5 / 4, 6 / 4]
        assert set(column(found, "result")) == {"not reached"}

    def test_a_threshold_of_nothing_is_one_row_per_run_length(self) -> None:
        found = table(coded(_sources(4, 0, 0, 0, 1, 2, 3)), "saturation_runs", threshold=0)
        assert column(found, "threshold") == [0.0, 0.0]

    def test_too_few_sources_are_said(self) -> None:
        found = table(coded(_sources(4, 1, 0, 0, 1)), "saturation_runs")
        assert (
            column(found, "result") == ["too few sources: 6 needed"] * 2 + ["too few sources: 7 needed"] * 2
        )
        assert column(found, "ratio") == [None] * 4

    def test_a_base_without_codes_is_undefined(self) -> None:
        found = table(coded(_sources(0, 0, 0, 0, 0, 0, 0)), "saturation_runs")
        assert set(column(found, "result")) == {"undefined: no code in the base"}
        assert column(found, "ratio") == [None] * 4

    def test_the_base_is_an_option(self) -> None:
        found = table(coded(_sources(4, 0, 0)), "saturation_runs", base=1)
        assert column(found, "saturation") == ["1+2", "1+2", None, None]
        assert column(found, "base_codes") == [4] * 4


class TestCurve:
    def test_new_and_cumulative_codes(self) -> None:
        study = coded({"s1": ["a", "b"], "s2": ["b"], "s10": ["a", "c"]}, "d")
        found = table(study, "saturation")
        assert column(found, "source") == ["s1", "s2", "s10"]
        assert column(found, "codes") == [2, 1, 2]
        assert column(found, "new") == [2, 0, 1]
        assert column(found, "cumulative") == [2, 2, 3]
        assert column(found, "share") == [2 / 3, 2 / 3, 1.0]

    def test_the_order_of_coding_is_that_of_the_settings(self, tmp_path: Path) -> None:
        write_study(tmp_path)
        write_study(tmp_path, {"pyproject.toml": '[tool.codeable]\norder = ["s14", "s6"]\n'})
        found = codeable.load(tmp_path).tables.saturation
        assert column(found, "source") == ["s14", "s6"]
        assert "In the order of coding (as the settings give it)" in told(found)

    def test_a_part_of_an_order_is_said(self, tmp_path: Path) -> None:
        write_study(tmp_path)
        write_study(tmp_path, {"pyproject.toml": '[tool.codeable]\norder = ["s14"]\n'})
        notes = told(codeable.load(tmp_path).tables.saturation)
        assert "as the settings give it; 1 source that it does not name follows in natural order" in notes

    def test_without_an_order_that_is_said(self) -> None:
        assert "(natural order of names; the settings give none)" in told(
            table(coded(_sources(1)), "saturation")
        )

    def test_an_interview_that_comes_before_the_sources_in_natural_order_is_said(self) -> None:
        notes = tuple(read_text(f"# {kind} 1\n# coding\n> Yes.") for kind in "sp")
        found = table(coded({"p1": ["a"], "s1": ["a"]}, notes=notes), "saturation")
        assert column(found, "source") == ["p1", "s1"]
        assert "natural order begins with p1, the field notes with s1; set `order`" in found.messages[-1]

    def test_kinds_that_count_are_stated(self, tmp_path: Path) -> None:
        found = codeable.load(write_study(tmp_path)).tables.make("saturation", kinds="practice")
        assert column(found, "cumulative") == [2, 2]
        assert "Codes counted, the chosen kinds alone: 2 practices." in found.notes

    def test_unit_is_no_option(self) -> None:
        with pytest.raises(codeable.CodeableError, match="has no option unit"):
            table(coded(_sources(1)), "saturation", unit="passage")


class TestBand:
    SETS = tuple(map(bit_set, ([0, 1, 2, 3], [0, 1], [4], [4, 5, 6], [0])))

    def test_it_ends_with_all_codes(self) -> None:
        assert list(random_orders(self.SETS, 1, 200))[-1] == (7, 7, 7)

    def test_it_depends_on_the_seed_alone(self) -> None:
        found = [list(random_orders(self.SETS, seed, 200)) for seed in (1, 1, 2)]
        assert found[0] == found[1]

    def test_it_is_the_same_on_every_machine(self) -> None:
        assert list(random_orders(self.SETS, 1, 40)) == [
            (1, 2, 4),
            (2, 3, 7),
            (3, 5, 7),
            (5, 7, 7),
            (7, 7, 7),
        ]

    def test_it_lies_around_the_expected_number(self) -> None:
        """After k of N sources, a code of n sources is expected with 1 - C(N - n, k) / C(N, k)."""
        codes = [sum(each >> code & 1 for each in self.SETS) for code in range(7)]
        bands = random_orders(self.SETS, 3, 4000)
        for taken, (low, middle, high) in enumerate(bands, 1):
            expected = sum(1 - Fraction(comb(5 - number, taken), comb(5, taken)) for number in codes)
            assert low <= expected <= high
            assert abs(middle - expected) < 1

    def test_number_and_seed_are_stated(self) -> None:
        found = table(coded(_sources(2, 1)), "saturation", permutations=50, seed=7)
        assert "Band: the middle 95% of 50 random orders of the sources (seed 7)." in found.notes

    def test_one_order_is_enough(self) -> None:
        ((low, middle, high),) = random_orders([0b11], 1, 1)
        assert low == middle == high == 2


def _sentences(*new: int, **options: object) -> str:
    return " ".join(saturation_sentences(saturation(coded(_sources(*new)), ReportOptions(**options))))  # type: ignore


class TestSentences:
    def test_they_state_every_choice(self) -> None:
        assert _sentences(20, 10, 4, 3, 3, 4, 0, 1, 0) == (
            "The 9 sources hold 45 different codes (45 practices). "
            "In the order of coding (natural order of names; the settings give none), the last source with a "
            "new code is source 8 of 9, s8. "
            "With the first 4 sources as base (37 codes) and runs of 2, saturation is reached at 6+2 sources "
            "for the threshold of 5% new codes and not reached for the threshold of 0% new codes "
            "(Guest, Namey and Chen 2020, doi 10.1371/journal.pone.0232076). "
            "With the first 4 sources as base (37 codes) and runs of 3, saturation is reached at 6+3 sources "
            "for the threshold of 5% new codes and not reached for the threshold of 0% new codes "
            "(Guest, Namey and Chen 2020, doi 10.1371/journal.pone.0232076)."
        )

    def test_the_same_result_is_said_once(self) -> None:
        assert (
            "runs of 2, saturation is reached at 4+2 sources for the thresholds of 5% and 0% new codes"
            in (_sentences(4, 0, 0, 0, 0, 0, 0))
        )

    def test_one_source(self) -> None:
        text = _sentences(1)
        assert text.startswith("The source holds 1 code (1 practice).")
        assert text.count("saturation cannot be assessed: ") == 2

    def test_no_sources(self) -> None:
        assert _sentences() == "Saturation is not assessed, since the study has no sources."
        assert table(coded({}), "saturation").rows == ()

    def test_no_codes(self) -> None:
        assert _sentences(0, 0) == "The 2 sources hold no code that counts."
        assert column(table(coded({"s1": []}), "saturation"), "share") == [None]

    def test_a_base_without_codes(self) -> None:
        assert "saturation cannot be assessed: the base has no code that counts" in _sentences(
            0, 0, 0, 0, 2, 0, 0
        )

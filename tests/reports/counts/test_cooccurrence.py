"""The table `cooccurrence`: codes that occur together."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable import Study
from codeable.reports.counts.cooccurrence import MOST_PAIRS, cooccurrences
from codeable.reports.counts.pairs import strongest_pairs
from codeable.reports.options import ReportOptions
from tests.reports.counts.studies import coded, column, table, told


def _counts(found: Sequence[frozenset[int]], number: int) -> list[int]:
    return [sum(each in unit for unit in found) for each in range(number)]


class TestPairs:
    @given(st.data())
    def test_they_are_those_of_a_plain_count(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, 8))
        unit = (
            st.frozensets(st.integers(0, max(number - 1, 0)), max_size=number)
            if number
            else st.just(frozenset())
        )
        found = data.draw(st.lists(unit, max_size=8))
        counts = _counts(found, number)
        every = [
            (one, other, both)
            for one, other in itertools.combinations(range(number), 2)
            if (both := sum({one, other} <= unit for unit in found))
        ]
        every.sort(key=lambda pair: (-pair[2], counts[pair[0]] + counts[pair[1]], pair))
        most = data.draw(st.integers(1, 40))
        assert strongest_pairs(found, counts, most) == (every[:most], len(every))

    def test_a_source_with_ten_thousand_codes_keeps_the_strongest(self) -> None:
        found = [frozenset(range(10_000)), frozenset({9_998, 9_999})]
        counts = [1] * 9_998 + [2] * 2
        pairs, number = strongest_pairs(found, counts, 3)
        assert pairs == [(9_998, 9_999, 2), (0, 1, 1), (0, 2, 1)]
        assert number == 49_995_000


class TestSources:
    def test_most_sources_first_then_the_coefficient(self) -> None:
        study = coded({"s1": ["a", "b", "c", "d"], "s2": ["a", "b"], "s3": ["a", "c"], "s4": ["c"]})
        found = table(study, "cooccurrence")
        shown = [
            tuple(row[key] for key in ("code_i", "code_j", "n_i", "n_j", "n_ij", "c_ij"))
            for row in found.to_dicts()
        ]
        assert shown == [
            ("a", "b", 3, 2, 2, 2 / 3),
            ("a", "c", 3, 3, 2, 0.5),
            ("b", "d", 2, 1, 1, 0.5),
            ("a", "d", 3, 1, 1, 1 / 3),
            ("c", "d", 3, 1, 1, 1 / 3),
            ("c", "b", 3, 2, 1, 0.25),
        ]

    def test_the_coefficient_is_that_of_the_manual(self) -> None:
        """c = n12 / (n1 + n2 - n12); the codes are in 6 and 4 sources, in 2 of them both."""
        sources = {f"s{number}": ["a"] for number in range(1, 7)}
        sources |= {"s5": ["a", "b"], "s6": ["a", "b"], "s7": ["b"], "s8": ["b"]}
        assert column(table(coded(sources), "cooccurrence"), "c_ij") == [2 / (6 + 4 - 2)]

    @pytest.mark.parametrize(("times", "marked"), [(5, False), (6, True)])
    def test_a_code_more_than_five_times_as_frequent_is_marked(self, times: int, marked: bool) -> None:
        sources = {f"s{number}": ["a"] for number in range(1, times + 1)} | {"s1": ["a", "b"]}
        assert column(table(coded(sources), "cooccurrence"), "unequal") == [marked]

    def test_codes_that_never_meet_are_no_row(self) -> None:
        found = table(coded({"s1": ["a"], "s2": ["b"]}), "cooccurrence")
        assert found.rows == ()
        assert "No two codes are in the same source." in found.notes

    def test_unit_and_formula_are_stated(self) -> None:
        found = table(coded({"s1": ["a", "b"], "s2": []}), "cooccurrence")
        assert found.caption == "Co-occurrence of codes in sources"
        assert "sources with the code, of 2 sources in all" in told(found)
        assert "c(i,j) = n(i,j) / (n(i) + n(j) - n(i,j))." in found.notes

    def test_a_paper_shows_identifiers_and_figures_and_data_has_more(self) -> None:
        found = table(coded({"s1": ["a", "b"]}), "cooccurrence")
        assert found.for_paper().keys == ("code_i", "code_j", "n_i", "n_j", "n_ij", "c_ij", "unequal")
        assert {"name_i", "kind_j"} <= set(found.keys)


class TestPassages:
    def test_units_are_passages(self, noted: Study) -> None:
        found = noted.tables.make("cooccurrence", unit="passage")
        assert [row[:2] for row in found.for_paper().rows] == [("cloud", "cost")]
        assert found.to_dicts()[0] | {"n_i": 3, "n_j": 3, "n_ij": 2, "c_ij": 0.5} == found.to_dicts()[0]
        assert "passages with the code, of 6 passages in all" in told(found)


class TestWhatIsLeftOut:
    STUDY = coded({"s1": [f"c{number}" for number in range(20)], "s2": ["c7", "c8"]})

    def test_rows_keep_the_strongest_and_the_rest_is_counted(self) -> None:
        found = table(self.STUDY, "cooccurrence", rows=5)
        assert (column(found, "code_i")[0], column(found, "code_j")[0], len(found.rows)) == ("c7", "c8", 5)
        assert "The first 5 of 190 pairs; 185 pairs left out." in found.notes
        assert told(found).count("The first 5") == 1

    def test_another_order_is_one_of_all_pairs(self) -> None:
        found = table(self.STUDY, "cooccurrence", rows=5, order=["code_i", "-code_j"])
        assert column(found, "code_j") == ["c19", "c18", "c17", "c16", "c15"]

    def test_without_rows_there_is_a_limit(self) -> None:
        found = table(coded({"s1": [f"c{number}" for number in range(150)]}), "cooccurrence")
        assert len(found.rows) == MOST_PAIRS
        assert "The first 5000 of 11175 pairs; 6175 pairs left out." in found.notes
        assert found.messages == (
            "only the first 5000 of 11175 pairs are in the table; the option rows gives more",
        )

    def test_a_larger_number_of_rows_gives_all(self) -> None:
        study = coded({"s1": [f"c{number}" for number in range(150)]})
        assert len(table(study, "cooccurrence", rows=20_000).rows) == 11_175

    def test_pairs_among_some_codes_keep_their_counts(self) -> None:
        codes = [code for code in self.STUDY.codes if code.name in ("c1", "c7")]
        (pair,) = cooccurrences(self.STUDY, ReportOptions(), among=codes).pairs
        assert (pair.first.name, pair.first_units, pair.second_units, pair.both) == ("c7", 2, 1, 1)

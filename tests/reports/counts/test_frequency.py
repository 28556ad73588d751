"""The table `frequency`: sources and passages of each code."""

from codeable import Study
from tests.reports.counts.studies import coded, column, table


class TestSources:
    def test_the_code_in_most_sources_is_first_and_equal_ones_are_in_natural_order(self) -> None:
        study = coded({"s1": ["b2", "b10", "a"], "s2": ["b10"], "s3": ["b2"]})
        found = table(study, "frequency")
        assert column(found, "code") == ["b2", "b10", "a"]
        assert column(found, "sources") == [2, 2, 1]

    def test_shares_are_of_all_sources(self) -> None:
        found = table(coded({"s1": ["bus"], "s2": ["bus"], "s3": [], "s4": ["api"]}), "frequency")
        assert column(found, "share_of_sources") == [0.5, 0.25]
        assert found.notes[0] == "Shares are of 4 sources."

    def test_a_share_is_a_percentage_on_paper(self) -> None:
        found = table(
            coded({"s1": ["bus"], "s2": [], "s3": []}), "frequency", columns=["code", "share_of_sources"]
        )
        assert "33.3%" in str(found)

    def test_codes_without_evidence_are_named_or_kept(self) -> None:
        study = coded({"s1": ["bus"]}, "queue")
        assert "Left out: 1 code without evidence (queue)." in table(study, "frequency").notes
        assert column(table(study, "frequency", without_evidence=True), "sources") == [1, 0]

    def test_many_left_out_codes_are_counted(self) -> None:
        study = coded({"s1": ["bus"]}, *(f"c{number}" for number in range(1, 9)))
        note = "Left out: 8 codes without evidence (c1, c2, c3, c4, c5 and 3 more)."
        assert note in table(study, "frequency").notes


class TestPassages:
    def test_passages_are_those_of_the_notes(self, noted: Study) -> None:
        found = noted.tables.frequency
        passages = dict(zip(column(found, "code"), column(found, "passages"), strict=True))
        assert passages == {"cloud": 3, "cost": 3, "edge": 1, "mesh": 1}

    def test_shares_are_of_the_passages_with_a_code_that_counts(self, noted: Study) -> None:
        found = noted.tables.make("frequency", kinds="force")
        assert (column(found, "code"), column(found, "share_of_passages")) == (["cost"], [1.0])
        assert found.notes[0] == "Shares are of 3 sources, and of 3 passages with one of these codes."

    def test_a_source_without_a_note_is_named(self, noted: Study) -> None:
        assert "Without a field note: 1 of 3 sources (s10)." in noted.tables.frequency.notes

    def test_without_notes_no_passages_are_claimed(self) -> None:
        found = table(coded({"s1": ["bus"]}), "frequency")
        assert found.keys == ("code", "name", "kind", "sources", "share_of_sources")
        assert found.caption == "Number of sources of each code"
        assert "Passages are not counted, since the study has no field notes." in found.notes

    def test_columns_of_passages_are_empty_then(self) -> None:
        found = table(coded({"s1": ["bus"]}), "frequency", columns=["passages", "share_of_passages"])
        assert found.rows == ((None, None),)

    def test_passages_of_undeclared_sources_are_said(self, noted: Study) -> None:
        note = "Also counted: passages of sources that the model does not declare (s77)."
        assert note in noted.tables.frequency.notes


def test_no_note_ranks_or_votes(noted: Study) -> None:
    words = " ".join((noted.tables.frequency.caption, *noted.tables.frequency.notes)).lower()
    assert not any(word in words for word in ("support", "vote", "rank", "best", "important", "popular"))

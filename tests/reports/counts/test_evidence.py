"""The table `evidence`: which source has which code."""

import csv
import io

import pytest

from codeable import Study
from codeable.coded.coded_study import CodedStudy
from codeable.dsl import *
from codeable.errors import CodeableError
from codeable.registry import Registry
from tests.reports.counts.studies import coded, table, told


class TestSources:
    def test_a_row_per_code_and_a_column_per_source(self) -> None:
        found = table(coded({"s10": ["bus"], "s2": ["bus", "api"]}), "evidence")
        assert found.to_csv() == "code,s2,s10\napi,1,0\nbus,1,1\n"

    def test_sources_may_be_the_rows(self) -> None:
        found = table(coded({"s10": ["bus"], "s2": ["bus", "api"]}), "evidence", across="codes")
        assert found.to_csv() == "source,api,bus\ns2,1,1\ns10,0,1\n"
        assert found.caption == "Evidence for the codes, by source"

    def test_codes_have_name_kind_and_total_on_demand(self) -> None:
        found = table(coded({"s1": ["bus"]}), "evidence", columns=["code", "name", "kind", "total", "s1"])
        assert found.to_csv() == "code,name,kind,total,s1\nbus,Bus,practice,1,1\n"

    def test_sources_have_title_and_total_on_demand(self, noted: Study) -> None:
        found = noted.tables.make("evidence", across="codes", columns=["source", "title", "total"])
        assert found.to_csv() == "source,title,total\ns1,One,3\ns2,Two,2\ns10,Ten,0\n"

    def test_evidence_twice_counts_once(self) -> None:
        bus, s1 = CClass(practice, "Bus"), CClass(source, "s1")
        add_links({s1: [bus]}, role_name="contained_code")
        study = CodedStudy(Registry.of({"s1": s1, "bus": bus}))
        assert table(study, "evidence").rows == (("bus", 1),)

    def test_cells_are_numbers_in_a_frame(self) -> None:
        frame = table(coded({"s1": ["bus"], "s2": ["api"]}), "evidence").to_frame().set_index("code")
        assert frame.to_numpy().sum() == 2
        assert set(frame.dtypes.astype(str)) == {"int64"}


class TestWhatIsLeftOut:
    def test_codes_without_evidence_are_named(self) -> None:
        found = table(coded({"s1": ["bus"]}, "queue"), "evidence")
        assert [row[0] for row in found.rows] == ["bus"]
        assert "Left out: 1 code without evidence (queue)." in found.notes

    def test_they_are_kept_on_demand(self) -> None:
        found = table(coded({"s1": ["bus"]}, "queue"), "evidence", without_evidence=True)
        assert found.rows == (("bus", 1), ("queue", 0))
        assert "Left out" not in told(found)

    def test_other_kinds_are_left_out_and_the_kinds_stated(self, noted: Study) -> None:
        found = noted.tables.make("evidence", kinds=["practice", "force"])
        assert [row[0] for row in found.rows] == ["cloud", "cost", "edge"]
        assert "Codes counted, the chosen kinds alone: 2 practices and 1 force." in found.notes

    def test_a_kind_that_the_study_lacks_is_said(self) -> None:
        found = table(coded({"s1": ["bus"]}), "evidence", kinds="known use")
        assert found.rows == ()
        assert "The study has no known uses." in found.notes

    @pytest.mark.parametrize("across", ["sources", "codes"])
    def test_a_study_of_nothing_has_an_empty_table(self, across: str) -> None:
        found = table(coded({}), "evidence", across=across)
        assert found.rows == ()
        assert "The study has no codes." in found.notes

    def test_sources_without_codes_have_rows_of_their_own(self) -> None:
        found = table(coded({"s1": [], "s2": []}), "evidence", across="codes")
        assert found.to_csv() == "source\ns1\ns2\n"

    def test_evidence_of_a_sub_code_is_its_own(self, noted: Study) -> None:
        found = noted.tables.evidence
        assert dict(zip(found.keys, found.rows[0], strict=True)) == {
            "code": "cloud",
            "s1": 1,
            "s2": 1,
            "s10": 0,
        }
        assert "The evidence of a sub-code is not added" in told(found)


class TestPassages:
    def test_cells_are_numbers_of_passages(self, noted: Study) -> None:
        found = noted.tables.make("evidence", unit="passage")
        assert found.to_csv() == "code,s1,s2,s10\ncloud,2,0,0\ncost,3,0,0\nedge,0,1,0\nmesh,1,0,0\n"

    def test_what_has_no_cell_is_said(self, noted: Study) -> None:
        notes = noted.tables.make("evidence", unit="passage").notes
        assert "Left out: 1 coded passage of sources that the model does not declare (s77)." in notes
        assert "Not counted: 1 code that only the field notes have (oracle)." in notes
        assert "Without a field note: 1 of 3 sources (s10)." in notes
        assert "A passage that several coders quote counts once for each of them." in notes


class TestNames:
    def test_sources_may_be_called_as_the_other_columns(self) -> None:
        found = table(coded({"code": ["bus"], "total": ["bus"], "kind": []}), "evidence")
        assert found.to_csv() == "code,code (2),kind (2),total (2)\nbus,1,0,1\n"
        assert [column.head for column in found.columns] == ["Code", "code", "kind", "total"]

    def test_elements_without_identifiers_may_share_a_name(self) -> None:
        one, other, s1 = CClass(practice, "Bus"), CClass(practice, "Bus"), CClass(source, "s1")
        add_links({s1: [other]}, role_name="contained_code")
        study = CodedStudy(Registry.of({"s1": s1, "all": [one, other]}))
        assert len(table(study, "evidence", without_evidence=True).rows) == len(study.codes)

    @pytest.mark.parametrize("name", ["a,b", 'say "hi"', "line\nbreak", "=1+1", "名前", ""])
    def test_a_csv_file_gives_every_name_back(self, name: str) -> None:
        bus, s1 = CClass(practice, name), CClass(source, f"s1{name}")
        add_links({s1: bus}, role_name="contained_code")
        study = CodedStudy(Registry.of({"bus": bus, "s1": s1}))
        text = table(study, "evidence", columns=["name", "s1"]).to_csv()
        assert list(csv.reader(io.StringIO(text, newline="")))[1] == [study.codes[0].title, "1"]

    def test_an_unknown_source_in_the_settings_is_an_error_with_the_nearest(self) -> None:
        with pytest.raises(CodeableError, match="did you mean 's11'"):
            table(coded({"s11": ["bus"]}), "evidence", columns=["code", "s111"])

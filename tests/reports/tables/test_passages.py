"""The tables of passages and memos."""

from pathlib import Path

import pytest

import codeable
from codeable import Study
from codeable.coded.coded_study import CodedStudy
from codeable.dsl import CClass, practice
from codeable.registry import Registry
from codeable.reports.tables.passages import code_paths
from tests.reports.tables.studies import rows

FOLDER = Path(__file__).parents[3]


class TestPassages:
    def test_each_code_of_a_passage_is_a_row(self, rich: Study) -> None:
        assert rows(rich.tables.passages, "coder", "file", "line", "text", "code", "code_kind") == [
            ("anna", "sources/anna/s_1.md", 6, "Renting is cheap at first.", "cloud", "practice"),
            ("anna", "sources/anna/s_1.md", 6, "Renting is cheap at first.", "cost", "force"),
            ("anna", "sources/anna/s_1.md", 8, "Costs grow with use.", "cloud", "practice"),
            ("anna", "sources/anna/s_1.md", 8, "Costs grow with use.", "cost", "force"),
            ("anna", "sources/anna/s_1.md", 24, "Ask the oracle.", "oracle", "dropped"),
            ("ben", "sources/ben/s_1.md", 6, "Costs grow with use.", "cost", "force"),
        ]

    def test_passages_without_codes_are_counted(self, rich: Study) -> None:
        assert rich.tables.passages.notes == ("4 passages with codes; 1 passage without any is left out.",)

    def test_on_paper_a_passage_is_one_row_with_all_its_codes(self, rich: Study) -> None:
        assert rich.tables.passages.table().rows == (
            ("s1", 6, "anna", "Renting is cheap at first.", "Cloud; Cost"),
            ("s1", 8, "anna", "Costs grow with use.", "Cloud; Cost"),
            ("s1", 24, "anna", "Ask the oracle.", "oracle"),
            ("s1", 6, "ben", "Costs grow with use.", "Cost"),
        )

    def test_kinds_can_be_chosen(self, rich: Study) -> None:
        table = rich.tables.make("passages", kinds="practice")
        assert rows(table, "code") == [("cloud",), ("cloud",)]
        assert table.notes[-1] == "Only codes of the kinds practice."

    def test_files_do_not_depend_on_the_current_folder(
        self, rich: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = rich.tables.passages.to_csv()
        monkeypatch.chdir(tmp_path)
        assert rich.tables.passages.to_csv() == before

    def test_each_line_of_this_study_is_where_the_passage_begins(self) -> None:
        found = rows(codeable.load(FOLDER).tables.passages, "file", "line", "text")
        assert len(found) == 5 + 10 * 11 + 9 * 3 + 4  # passages × codes of the traces in s7, s41 and s44
        for file, line, text in found:
            lines = (FOLDER / str(file)).read_text(encoding="utf-8").splitlines()
            assert str(text).split()[0] in lines[int(str(line)) - 1]


class TestPaths:
    def test_the_way_from_the_codes_that_a_code_specialises(self) -> None:
        top, side = CClass(practice, "Top"), CClass(practice, "Side")
        low = CClass(practice, "Low", superclasses=[top, side])
        cells = {"top": top, "side": side, "low": low, "lowest": CClass(practice, superclasses=low)}
        study = CodedStudy(Registry.of(cells))
        assert code_paths(study, study.code_named("lowest")) == ("top > low > lowest", "side > low > lowest")

    def test_many_ways_are_cut_visibly(self) -> None:
        below: list[CClass] = []
        cells: dict[str, CClass] = {}
        for level in range(12):
            below = [CClass(practice, superclasses=below) for _ in range(2)]
            cells |= {f"level_{level}_{side}": each for side, each in enumerate(below)}
        study = CodedStudy(Registry.of(cells))
        paths = code_paths(study, study.code_named("level_11_0"))
        assert (len(paths), paths[-1]) == (11, "…")


class TestMemos:
    def test_memos_of_notes_come_before_those_of_modules(self, rich: Study) -> None:
        assert rows(rich.tables.memos, "source", "coder", "file", "line", "codes", "passages", "text") == [
            ("s1", "anna", "sources/anna/s_1.md", 22, "cloud; cost", 2, "Compare cloud with what s2 says."),
            ("s1", "ben", "sources/ben/s_1.md", 14, "cost", 1, "Why only cost?"),
            ("s1", None, "sources/s1.py", 4, "", 0, "Read it again."),
            (None, None, "models/model.py", 12, "bus", 0, "Is it one bus?"),
        ]

    def test_the_memo_of_a_declaration_that_was_built_is_there_once(self, tmp_path: Path) -> None:
        declared = 'bus = CClass(pattern, "Bus", values={"memo": "Is it\\n one?"})'
        (tmp_path / "models").mkdir()
        (tmp_path / "sources").mkdir()
        (tmp_path / "models" / "model.py").write_text(f"from codeable.dsl import *\n{declared}\n")
        note = f"# s1\n# coding\n> A.\n\n**AXIAL CODING TRACE:**\n```python\n{declared}\n```\n"
        (tmp_path / "sources" / "s_1.md").write_text(note)
        assert rows(codeable.load(tmp_path).tables.memos, "source", "codes") == [("s1", "bus")]

"""The table of sources."""

import ast
from pathlib import Path

import codeable
from codeable import Study
from codeable.coded.coded_study import CodedStudy
from codeable.dsl import CClass, CMetaclass, source
from codeable.notes import read_text
from codeable.registry import Registry
from codeable.reports.options import ReportOptions
from codeable.reports.tables.sources import sources
from tests.reports.tables.studies import rows
from tests.studies import write_study

FOLDER = Path(__file__).parents[3]


class TestValues:
    def test_each_source_has_its_links_types_and_numbers(self, rich: Study) -> None:
        assert rich.tables.sources.to_dicts()[0] == {
            "id": "s1",
            "title": "One",
            "url": "https://one.example/",
            "archive": None,
            "author_type": "Practitioner",
            "source_type": "Blog Post",
            "example": True,
            "code": None,
            "codes": 4,
            "passages": 5,
            "coders": "anna; ben",
            "references": "",
            "tiny_url": None,
        }
        assert rows(rich.tables.sources, "id", "references", "tiny_url") == [
            ("s1", "", None),
            ("s2", "r9", "https://t.example/2"),
        ]

    def test_what_is_missing_or_swapped_is_said(self, rich: Study) -> None:
        assert rich.tables.sources.messages == (
            "sources without url: s2",
            "author type and source type look swapped: s2; `codeable check` shows where",
        )

    def test_an_interview_needs_no_address_and_no_types(self) -> None:
        study = CodedStudy(Registry.of({"p1": CClass(source, "p1")}), [read_text("# p 1\n# coding\n> Yes.")])
        assert sources(study, ReportOptions()).messages == ("sources without title: p1",)

    def test_attributes_that_a_study_adds_are_columns(self) -> None:
        interview = CMetaclass("Interview", superclasses=source, attributes={"years": int, "codes": str})
        p1 = CClass(interview, "p1", values={"title": "Talk", "years": 12, "codes": "open"})
        table = Study.of({"p1": p1, "s1": CClass(source, "s1")}).tables.sources
        assert rows(table, "id", "years", "codes", "codes_attribute") == [
            ("p1", 12, 0, "open"),
            ("s1", None, 0, None),
        ]
        assert [column.head for column in table.columns if column.key == "years"] == ["Years"]
        assert rows(Study.of({"p1": p1}).tables.make("sources", columns=["bibliographic_reference"]))

    def test_a_source_without_any_attribute_of_the_vocabulary_has_empty_cells(self) -> None:
        table = Study.of({"s1": CClass(source, "s1")}).tables.sources
        assert rows(table, "id", "title", "example", "codes") == [("s1", None, None, 0)]

    def test_only_attributes_that_the_vocabulary_of_the_study_has_are_missing(self, tmp_path: Path) -> None:
        own = "from codeable.dsl import *\nsource.attributes = {'title': str, 'year': int}\n"
        write_study(tmp_path, {"sources/s1.py": f"{own}s1 = CClass(source, 's1', values={{'year': 2024}})\n"})
        reference = "from codeable.dsl import *\nreference.attributes = {}\n"
        write_study(tmp_path, {"models/own.py": reference})
        table = codeable.load(tmp_path).tables.sources
        assert table.messages == ("sources without title: s1",)
        assert rows(table, "id", "year") == [("s1", 2024)]
        assert table.table().columns == ("Id", "Title", "Codes")

    def test_a_source_that_only_has_a_note_is_missing_and_said(self, tmp_path: Path) -> None:
        write_study(tmp_path)
        write_study(tmp_path, {"sources/s_99.md": "# s99\n# coding\n> A.\n"})
        assert codeable.load(tmp_path).tables.sources.messages[-1] == (
            "sources of field notes that are not in the modules: s99; `codeable notes build` adds them"
        )


class TestThisStudy:
    def test_every_cell_is_what_the_modules_say(self) -> None:
        found = {row["id"]: row for row in codeable.load(FOLDER).tables.sources.to_dicts()}
        attributes = {"title": "title", "url": "url", "archive url": "archive", "type": "source_type"}
        attributes |= {"author type": "author_type", "example": "example", "source code": "code"}
        files = list((FOLDER / "sources").glob("*.py"))
        assert len(found) == len(files) == 11
        for file in files:
            tree = ast.parse(file.read_text(encoding="utf-8"))
            values: dict[str, object] = {}
            codes: list[ast.expr] = []
            for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
                for keyword in call.keywords:
                    if keyword.arg == "values":
                        values = ast.literal_eval(keyword.value)
                    if keyword.arg == "role_name" and ast.literal_eval(keyword.value) == "contained_code":
                        links = call.args[0]
                        assert isinstance(links, ast.Dict)
                        for value in links.values:
                            codes += value.elts if isinstance(value, ast.List) else [value]
            row = found[file.stem]
            assert {key: row[key] for key in attributes.values()} == {
                key: values.get(name) for name, key in attributes.items()
            }
            assert row["codes"] == len(codes)

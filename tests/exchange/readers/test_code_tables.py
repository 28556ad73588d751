"""Codes come in from tables as tools and people write them, and what was read as what is told."""

import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.exchange.project import Project
from codeable.exchange.readers.tables.code_tables import read_codes
from tests.exchange.workbook_files import ods, xlsx


def read(tmp_path: Path, content: str | bytes, name: str = "codes.csv") -> Project:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_codes(path)


def tree(project: Project) -> list[str]:
    """The codes with what they are in; categories in brackets."""
    names: dict[str | None, str] = {None: ""}
    for each in project.codes:
        name = each.name if each.is_codable else f"[{each.name}]"
        names[each.key] = f"{names[each.parent]}/{name}" if each.parent else name
    return [names[each.key] for each in project.codes]


def lost(project: Project) -> dict[str, tuple[str, ...]]:
    return {each.what: each.named for each in project.not_taken_over if each.is_loss}


class TestNesting:
    def test_separators_between_names_nest(self, tmp_path: Path) -> None:
        for separator in (" > ", ">>", "::", " >> "):
            found = read(tmp_path, f"code\nForces\nForces{separator}Latency{separator}p99\n")
            assert tree(found) == ["Forces", "Forces/[Latency]", "Forces/[Latency]/p99"]
            assert "read as nesting in 1 name" in " ".join(found.messages)

    def test_a_slash_or_a_backslash_nests_in_a_path_and_behind_a_known_name(self, tmp_path: Path) -> None:
        assert tree(read(tmp_path, "path\na/b/c\n")) == ["[a]", "[a]/[b]", "[a]/[b]/c"]
        assert tree(read(tmp_path, "Hierarchical Name\nNodes\\\\a\\\\b\nNodes\\\\a\n")) == ["a", "a/b"]
        found = read(tmp_path, "name\nForces\nForces/Latency\nCI/CD\nPub/Sub\n")
        assert tree(found) == ["Forces", "Forces/Latency", "CI/CD", "Pub/Sub"]
        assert tree(read(tmp_path, "name\na -> b\nx => y\nn >= 3\n")) == ["a -> b", "x => y", "n >= 3"]

    def test_a_codebook_of_taguette_nests_by_dots(self, tmp_path: Path) -> None:
        found = read(
            tmp_path,
            "tag,description,number of highlights,number of documents\r\n"
            'forces.latency,"slow, ""very""\r\nslow",3,1\r\n'
            "forces.cost,,0,0\r\nv1.2,,0,0\r\ne.g. this,,0,0\r\n",
        )
        assert tree(found) == ["[forces]", "[forces]/latency", "[forces]/cost", "v1.2", "e.g. this"]
        assert found.codes[1].description == 'slow, "very"\nslow'
        assert found.codes[2].place == "codes.csv:4"
        assert lost(found) == {}
        assert [each.named for each in found.not_taken_over] == [
            ("number of highlights", "number of documents")
        ]
        older = read(tmp_path, "name,description,number of highlights\nforces.latency,,3\nforces.cost,,0\n")
        assert tree(older) == ["[forces]", "[forces]/latency", "[forces]/cost"]

    def test_parents_are_found_by_key_path_and_name_wherever_they_are(self, tmp_path: Path) -> None:
        rows = "1;Latency;2\n2;Forces;\n3;p99;Forces > Latency\n4;Cost;Forces\n5;x;Others > y\n"
        found = read(tmp_path, f"id;name;parent\n{rows}")
        assert tree(found) == [
            "Forces",
            "Forces/Latency",
            "Forces/Latency/p99",
            "Forces/Cost",
            "[Others]",
            "[Others]/[y]",
            "[Others]/[y]/x",
        ]
        assert lost(found) == {}

    def test_a_code_in_itself_is_in_nothing_and_told(self, tmp_path: Path) -> None:
        found = read(tmp_path, "name,parent\na,b\nb,c\nc,a\nd,d\n")
        assert tree(found) == ["c", "c/b", "c/b/a", "d"]
        assert lost(found) == {"parents of codes that would be in themselves": ("c", "d")}
        assert found.not_taken_over[0].place == "codes.csv:4"

    def test_columns_nest_by_the_order_of_their_words(self, tmp_path: Path) -> None:
        found = read(
            tmp_path, "Code\tTheme\tCategory\nLatency\tQuality\tSpeed\n\tQuality\tSafety\nOther\t\t\n"
        )
        assert tree(found) == [
            "[Quality]",
            "[Quality]/[Speed]",
            "[Quality]/[Speed]/Latency",
            "[Quality]/[Safety]",
            "[Quality]/[Safety]/Other",
        ]
        assert "2 rows" not in " ".join(found.messages) and "in 1 row an empty cell" in " ".join(
            found.messages
        )
        both = read(tmp_path, "Theme,Code,Parent,identifier\nQuality,Latency,Speed,l\n")
        assert (tree(both), lost(both)) == (["[Quality]", "[Quality]/Latency"], {})
        assert (both.codes[1].identifier, both.codes[1].values) == ("l", {"Parent": "Speed"})
        levels = read(tmp_path, "Level 1,Level 2,Level 3\nA,,\n,B,\n,,C\nD,,\n")
        assert tree(levels) == ["A", "A/B", "A/B/C", "D"]

    def test_a_category_above_its_codes_counts_for_all_of_them(self, tmp_path: Path) -> None:
        found = read(tmp_path, "Category,Code\nQuality,Latency\n,Throughput\nCost,Price\n")
        assert tree(found) == [
            "[Quality]",
            "[Quality]/Latency",
            "[Quality]/Throughput",
            "[Cost]",
            "[Cost]/Price",
        ]
        assert "1 empty cell was read as the one above" in " ".join(found.messages)
        parent = read(tmp_path, "Parent,Code\nQuality,Latency\n,Price\n")
        assert tree(parent) == ["[Quality]", "[Quality]/Latency", "Price"]
        each = read(tmp_path, "Category,Code\nQuality,Latency\nQuality,Throughput\n,Price\n")
        assert tree(each) == ["[Quality]", "[Quality]/Latency", "[Quality]/Throughput", "Price"]


class TestColumns:
    def test_descriptions_memos_kinds_and_identifiers(self, tmp_path: Path) -> None:
        found = read(
            tmp_path,
            "identifier,name,Kind,Definition,Comment,Colour,Example\n"
            "event_bus,Event Bus,Patterns,What it is.,A thought.,red,e\nno-name,X,in vivo,,,,\n",
        )
        bus, other = found.codes
        assert (bus.identifier, bus.kind, bus.description) == ("event_bus", "pattern", "What it is.")
        assert [each.text for each in bus.memos] == ["A thought."]
        assert (other.identifier, other.kind) == (None, None)
        assert bus.values == {"Example": "e"}
        assert lost(found) == {
            "kinds that a study does not have": ("in vivo",),
            "identifiers with other characters than letters, digits and underscores": ("no-name",),
        }
        assert '"name" as the name of a code, "Definition" as the description' in found.messages[0]

    def test_codes_of_one_name_with_identifiers_are_different_codes(self, tmp_path: Path) -> None:
        rows = "a,Cost,,\nb,Cost,a,\nc,Cost,b,\nd,Cost,a,\n"
        found = read(tmp_path, f"identifier,name,parent,description\n{rows}")
        identifiers = {each.key: each.identifier for each in found.codes}
        parents = [(each.identifier, identifiers[each.parent or each.key]) for each in found.codes]
        assert parents == [("a", "a"), ("b", "a"), ("c", "b"), ("d", "a")]
        assert lost(found) == {}

    def test_other_columns_and_parents_of_two_codes_are_told(self, tmp_path: Path) -> None:
        found = read(tmp_path, "name,parent,Example\nCost,A,e\nCost,B,\nPrice,Cost,\n")
        assert tree(found) == ["[A]", "[A]/Cost", "[B]", "[B]/Cost", "[A]/Cost/Price"]
        assert lost(found) == {
            "other columns of the table": ("Example",),
            "parents that several codes could be": ("Cost",),
        }

    def test_rows_of_one_code_are_one_and_what_differs_is_told(self, tmp_path: Path) -> None:
        found = read(tmp_path, "name,description\na,\na,one\n,nobody\na,two\n")
        assert [(each.name, each.description) for each in found.codes] == [("a", "one")]
        assert lost(found) == {"rows without a name": ("row 4",), "further descriptions of codes": ("a",)}

    def test_the_head_may_be_below_a_title(self, tmp_path: Path) -> None:
        found = read(tmp_path, "Codebook of 2024,\n\nName,Description\na,b\n")
        assert tree(found) == ["a"]
        assert found.messages[1] == "codes.csv: not read: 1 row above its head, which is row 3."
        assert tree(read(tmp_path, "a\nb/c\n", "codes.txt")) == ["a", "b/c"]


class TestTextFiles:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_encodings_delimiters_and_line_ends(self, tmp_path: Path, delimiter: str) -> None:
        text = f'name{delimiter}description\r\nGröße{delimiter}"a;b,c"\r\n'
        for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
            found = read(tmp_path, text.encode(codec))
            assert [(each.name, each.description) for each in found.codes] == [("Größe", "a;b,c")]
            told = " ".join(found.messages)
            assert ("Windows-1252" in told) == (codec == "cp1252")
            assert ("without a byte order mark" in told) == (codec in ("utf-16-le", "utf-16-be"))
        assert tree(read(tmp_path, "sep=^\r\nname^memo\r\na,b^c\r\n")) == ["a,b"]

    def test_what_is_no_table_of_codes_is_refused_with_its_place(self, tmp_path: Path) -> None:
        for content, expected in (
            ("", "it is empty"),
            ("\n\n,,\n", "no column names codes"),
            ("name\n", "no codes below its head"),
            ("Key,Item Type,Author,Title,Url\nA,blog,B,C,D\n", "table of sources; export these as RIS"),
            ("Category,Code\n", "no codes below its head"),
            ("foo,bar\n1,2\n", "no column names codes; .* codes.csv:1: foo, bar"),
            ('name,memo\na,b\nc,"d\ne\n', "line 3: a quote that is opened there is not closed"),
            (bytes(range(5)) * 40, "it is no text and no workbook"),
            ("<html><table>", "a web page"),
            ("name\n" + ">".join("a" * 200), "codes.csv:2: the code is in 100 others"),
            ("name,parent\n" + "".join(f"{n},{n + 1}\n" for n in range(2000)), "in 100 others"),
            ("name\n" + "a," * 2000, "2,001 columns"),
        ):
            with pytest.raises(CodeableError, match=expected) as caught:
                read(tmp_path, content)
            assert caught.value.exit_status == 2
        for path in (tmp_path, tmp_path / "none.csv"):
            with pytest.raises(CodeableError, match="cannot read"):
                read_codes(path)

    def test_wrong_bytes_sheets_of_a_text_and_large_files_are_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = read(tmp_path, "name\nGröße é ü\n".encode() + b"\xff\n")
        assert "not all UTF-8: 1 wrong character" in found.messages[0]
        with pytest.raises(CodeableError, match="it has no sheets, so there is no 'S'"):
            read_codes(tmp_path / "codes.csv", "S")
        with pytest.raises(CodeableError, match="a cell has more than 131,072 characters"):
            read(tmp_path, "name,memo\na," + "b" * 140_000)
        monkeypatch.setattr("codeable.exchange.readers.tables.code_tables.MOST_BYTES", 5)
        with pytest.raises(CodeableError, match="larger than 5 bytes"):
            read(tmp_path, "name\na\n")

    def test_a_thousand_nested_names_keep_their_order(self, tmp_path: Path) -> None:
        names = [f"a{number % 10} > b{number}" for number in range(1000)]
        found = read(tmp_path, "name\n" + "\n".join(names))
        assert len(found.codes) == 1010
        seen: set[str | None] = {None}
        for each in found.codes:
            assert each.parent in seen
            seen.add(each.key)


class TestWorkbooks:
    def test_numbers_merged_cells_and_other_sheets(self, tmp_path: Path) -> None:
        path = xlsx(
            tmp_path / "codes.xlsx",
            {
                "Codes": [
                    ["Codebook"],
                    [],
                    ["Category", "Code", "Definition"],
                    ["Quality", "Latency", "d"],
                    [None, 56.0, "=1+1"],
                    [None, 5.5],
                    ["Quality", "Cost"],
                    [None, "Alone"],
                ],
                "Notes": [["foo", "bar"]],
                "Empty": [],
                "Old": [["name"], ["x"]],
            },
            merged="A4:A6",
            hidden=["Old"],
        )
        found = read_codes(path)
        assert tree(found) == [
            "[Quality]",
            "[Quality]/Latency",
            "[Quality]/56",
            "[Quality]/5.5",
            "[Quality]/Cost",
            "Alone",
        ]
        assert found.codes[2].place == "codes.xlsx, sheet Codes, row 5"
        assert lost(found) == {
            "sheets without a column of codes": ("Notes",),
            "hidden sheets and charts": ("Old",),
            "formulas": (),
        }
        assert tree(read_codes(path, "Old")) == ["x"]
        with pytest.raises(CodeableError, match="no sheet 'New'; its sheets are Codes, Notes, Empty, Old"):
            read_codes(path, "New")

    def test_open_document(self, tmp_path: Path) -> None:
        found = read_codes(
            ods(tmp_path / "codes.ods", [["tag", "description"], ["a > b", 7.0], [None, None]])
        )
        assert tree(found) == ["[a]", "[a]/b"]
        assert found.codes[1].description == "7"

    def test_a_name_of_a_file_does_not_hide_what_it_is(self, tmp_path: Path) -> None:
        path = xlsx(tmp_path / "codes.csv", {"S": [["name"], ["a"]]})
        assert tree(read_codes(path)) == ["a"]
        assert tree(read(tmp_path, "name\tmemo\nb\tc\n", "codes.xls")) == ["b"]

    def test_an_entry_without_a_name_does_no_harm(self, tmp_path: Path) -> None:
        path = xlsx(tmp_path / "codes.xlsx", {"S": [["name"], ["a"]]})
        with zipfile.ZipFile(path, "a") as file:
            file.writestr("nameless", b"")
        path.write_bytes(path.read_bytes().replace(b"nameless", b"\0ameless"))
        assert tree(read_codes(path)) == ["a"]

    def test_broken_and_huge_workbooks_are_refused(self, tmp_path: Path) -> None:
        whole = xlsx(tmp_path / "whole.xlsx", {"S": [["name"], ["a"]]}).read_bytes()
        files = {
            "cut.xlsx": whole[: len(whole) // 2],
            "other.xlsx": b"PK\x03\x04" + bytes(100),
            "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"abc" * 500,
        }
        for name, content in files.items():
            with pytest.raises(CodeableError, match=name):
                read(tmp_path, content, name)
        far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        with pytest.raises(CodeableError, match="1,048,576 rows and 16,384 columns"):
            read_codes(xlsx(tmp_path / "far.xlsx", {"S": [["name"], ["a"]]}, cell=far))
        with pytest.raises(CodeableError, match="999,999,999 columns"):
            read_codes(ods(tmp_path / "wide.ods", [["name"]], repeated=999_999_999))

    def test_a_workbook_that_ends_the_process_that_reads_it_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = xlsx(tmp_path / "codes.xlsx", {"S": [["name"], ["a"]]})
        monkeypatch.setattr(sys, "executable", shutil.which("false"))
        with pytest.raises(CodeableError, match="broken, or it does not fit into the memory"):
            read_codes(path)
        monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
        with pytest.raises(CodeableError, match="no process could be started"):
            read_codes(path)

    def test_without_the_library_the_way_out_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = xlsx(tmp_path / "codes.xlsx", {"S": [["name"], ["a"]]})
        monkeypatch.setitem(sys.modules, "python_calamine", None)
        with pytest.raises(CodeableError, match=r"pip install 'codeable\[exchange\]'"):
            read_codes(path)

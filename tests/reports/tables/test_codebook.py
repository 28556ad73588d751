"""The codebook: what each code means, where it was found, and an example."""

from pathlib import Path

import codeable
from codeable import Study
from codeable.dsl import CClass, pattern
from tests.reports.tables.studies import rows
from tests.studies import write_study

_TRACE = "**AXIAL CODING TRACE:**\n```\nk8s\n```\n"
NOTE = """\
# s 14
# coding
> Pods: a title.

> Somebody uses K8s in production.

> Nothing about it.

"""


class TestCodebook:
    def test_codes_come_by_kind(self, rich: Study) -> None:
        assert [kind for (kind,) in dict.fromkeys(rows(rich.tables.codebook, "kind"))] == [
            "decision",
            "pattern",
            "practice",
            "solution",
            "force",
            "domain class",
            "relation",
        ]

    def test_a_definition_is_that_of_the_module_and_of_the_notes(self, rich: Study) -> None:
        found = dict(rows(rich.tables.codebook, "id", "definition"))
        assert found["cloud"] == "Machines of somebody else."
        assert found["bus"] == "a shared line"
        assert found["mesh"] == ""

    def test_codes_without_definition_are_named(self, rich: Study) -> None:
        assert rich.tables.codebook.messages[-1] == (
            "codes without a definition: "
            "exchange, later, mesh, nothing, delay, trust, cluster, bus_needs_cloud; "
            "the value `description` of a code is one, and a line `Definition: …` in a field note"
        )

    def test_parents_decisions_and_evidence(self, rich: Study) -> None:
        keys = ("parents", "decisions", "first_source", "evidence", "sources", "sources_with_subcodes")
        found = {row[0]: row[1:] for row in rows(rich.tables.codebook, "id", *keys)}
        assert found["mesh"] == ("cloud", "", "s2", "s2", 1, None)
        assert found["cloud"] == ("", "hosting; exchange", "s1", "s1", 1, 2)
        assert found["cost"] == ("", "hosting; exchange", "s1", "s1; s2", 2, None)
        assert found["trust"] == ("", "", None, "", 0, None)

    def test_passages_of_every_coder_count(self, rich: Study) -> None:
        found = dict(rows(rich.tables.codebook, "id", "passages"))
        assert (found["cloud"], found["cost"], found["bus"]) == (2, 3, 0)
        assert (
            "Passages: those of the field notes; one that several coders coded counts for each of them."
            in rich.tables.codebook.notes
        )

    def test_memos_are_with_the_codes_that_they_are_about(self, rich: Study) -> None:
        found = dict(rows(rich.tables.codebook, "id", "memos"))
        assert found["bus"] == "Is it one bus?"
        assert found["cost"] == "Compare cloud with what s2 says.; Why only cost?"

    def test_a_relation_is_called_by_its_ends(self, rich: Study) -> None:
        assert rows(rich.tables.codebook, "name")[-1] == ("Bus → Cloud (Requires)",)

    def test_a_relation_of_elements_without_names_has_a_name(self, tmp_path: Path) -> None:
        model = """
            from codeable.dsl import *
            link = CClass(practice).add_links(CClass(practice, "Cloud"), role_name="to")[0]
            """
        table = codeable.load(write_study(tmp_path, {"models/model.py": model})).tables.codebook
        assert rows(table, "id", "name")[-1] == ("link", "unnamed → Cloud")

    def test_kinds_can_be_chosen(self, rich: Study) -> None:
        table = rich.tables.make("codebook", kinds=["force"])
        assert rows(table, "id") == [("cost",), ("delay",), ("trust",)]
        assert table.notes[0] == "Only codes of the kinds force."

    def test_a_study_without_notes_has_no_columns_of_them(self) -> None:
        table = Study.of({"bus": CClass(pattern, "Bus")}).tables.codebook
        assert {"passages", "example", "memos"}.isdisjoint(table.keys)


class TestExamples:
    def test_the_example_has_the_words_of_the_name_and_its_place(self, tmp_path: Path) -> None:
        write_study(tmp_path, _study(NOTE + _TRACE))
        table = codeable.load(tmp_path).tables.codebook
        keys = ("example", "example_source", "example_file", "example_line")
        assert ("Somebody uses K8s in production.", "s14", "sources/s_14.md", 5) in rows(table, *keys)

    def test_a_long_example_is_cut_behind_a_word_and_the_table_says_so(self, tmp_path: Path) -> None:
        long = " ".join(f"word{number}" for number in range(100))
        write_study(
            tmp_path, {**_study(f"# s 14\n# coding\n> {long}\n\n**AXIAL CODING TRACE:**\n```\nk8s\n```\n")}
        )
        table = codeable.load(tmp_path).tables.codebook
        (example,) = [str(text) for (text,) in rows(table, "example") if text]
        assert len(example) <= 300
        assert example.endswith(" …")
        assert long.startswith(f"{example.removesuffix(' …')} ")
        assert table.notes[-1].startswith("An example that ends with … ")


def _study(note: str) -> dict[str, str]:
    model = "from codeable.dsl import *\nk8s = CClass(practice, 'K8s')\n"
    return {"models/model.py": model, "sources/s_14.md": note}

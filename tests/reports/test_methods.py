"""The sentences of a method section: right in number and grammar, each with its table, nothing uncounted."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

import codeable
from codeable.study import Study
from tests.reports.latex_documents import compiled, in_document, words
from tests.reports.tables.studies import RICH
from tests.studies import SMALL, write_study


@pytest.fixture(scope="module")
def own() -> Study:
    return codeable.load(Path(__file__).parents[2])


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return codeable.load(write_study(tmp_path_factory.mktemp("rich"), RICH))


def said(study: Study) -> dict[str, list[str]]:
    """Heading → sentences."""
    paragraphs = study.reports.methods.paragraphs
    return {each.heading: [sentence.text for sentence in each.sentences] for each in paragraphs}


class TestFigures:
    """Every figure is that of its table."""

    def test_sources_are_those_of_their_table(self, own: Study) -> None:
        rows = own.tables.sources.to_dicts()
        types = Counter(row["source_type"] for row in rows)
        examples = sum(row["example"] is True for row in rows)
        assert said(own)["Sources"][:2] == [
            f"The study draws on {len(rows)} sources.",
            "By source type: "
            + " and ".join(f"{name} ({number})" for name, number in types.most_common())
            + ".",
        ]
        assert f"{examples} of the {len(rows)} sources have an example." in said(own)["Sources"]
        assert "All 11 sources are archived." in said(own)["Sources"]

    def test_codes_are_those_of_the_codebook(self, own: Study) -> None:
        rows = own.tables.codebook.to_dicts()
        kinds = Counter(row["kind"] for row in rows)
        first, second, *_ = said(own)["Codes"]
        assert first == (
            f"The study has {len(rows)} codes: {kinds['decision']} decisions, {kinds['practice']} practices, "
            f"{kinds['pattern']} patterns and {kinds['force']} forces."
        )
        assert second == f"All {len(rows)} codes have evidence in a source."

    def test_pairs_are_the_ones_of_the_evidence_matrix(self, own: Study) -> None:
        matrix = own.tables.evidence.to_dicts()
        ones = sum(cell for row in matrix for cell in row.values() if type(cell) is int and cell == 1)
        assert ones == 71
        assert f"There are {ones} pairs of a source and a code." in said(own)["Codes"]
        per_source = [row["codes"] for row in own.tables.sources.to_dicts()]
        spread = f"A source has {min(per_source)} to {max(per_source)} codes, with a median of 7."
        assert spread in said(own)["Codes"]

    def test_passages_are_those_of_their_table(self, own: Study) -> None:
        coded = {(row["source"], row["line"]) for row in own.tables.passages.to_dicts()}
        assert f"{len(coded)} of the 36 passages have at least one code." in said(own)["Coding"]

    def test_decisions_and_forces_are_those_of_their_tables(self, own: Study) -> None:
        options = sum(len(own.options_of(each)) for each in own.decisions)
        impacts = sum(len(own.forces_of(each)) for each in own.solutions)
        assert said(own)["Decisions"] == [
            f"The study has 2 decisions with {options} options.",
            "Each decision has 9 options.",
            f"For solutions, {impacts} impacts on 19 forces are stated.",
            "There are 3 relations between solutions.",
        ]

    def test_the_statement_about_saturation_is_that_of_its_table(self, own: Study) -> None:
        notes = own.tables.saturation.notes
        assert said(own)["Saturation"]
        assert set(said(own)["Saturation"]) <= set(notes)

    def test_coders_are_named_with_their_sources(self, rich: Study) -> None:
        assert said(rich)["Coding"] == [
            "There are 2 field notes about 1 source, with 5 passages.",
            "4 of the 5 passages have at least one code.",
            "The notes are by 2 coders: anna (1 source) and ben (1 source).",
            "The source was coded by more than one coder.",
            "A passage that several coders quote counts once for each of them.",
        ]

    def test_what_is_not_counted_is_said(self, rich: Study) -> None:
        assert "1 code that only the field notes have is not counted." in said(rich)["Codes"]
        assert "By source type: Blog Post (1) and Mixed (1)." in said(rich)["Sources"]
        assert "1 of the 2 sources has an example (it is not stated for 1)." in said(rich)["Sources"]

    def test_the_settings_of_saturation_hold_here_too(self, tmp_path: Path) -> None:
        settings = "[tool.codeable.reports.saturation]\nbase = 1\nkinds = ['practice']\npermutations = 9\n"
        study = codeable.load(write_study(tmp_path, {**SMALL, "pyproject.toml": settings}))
        told = " ".join(said(study)["Saturation"])
        assert "hold 2 different codes (2 practices)" in told
        assert set(said(study)["Saturation"]) <= set(study.tables.saturation.notes)


class TestGrammar:
    """None, one and many."""

    def test_a_study_of_nothing(self) -> None:
        assert said(Study.of({})) == {
            "Sources": ["The study has no sources."],
            "Coding": ["The study has no field notes; its passages are not counted."],
            "Codes": ["The study has no codes."],
            "Decisions": ["The study has no decisions."],
            "Saturation": ["Saturation is not assessed, since the study has no sources."],
        }

    def test_one_of_each(self) -> None:
        from codeable import dsl
        from codeable.dsl import CClass, decision, force, practice, source

        ask, pods, cost = CClass(decision, "Where?"), CClass(practice, "Pods"), CClass(force, "Cost")
        dsl.add_decision_option_link(ask, pods)
        dsl.add_force_relations({pods: {cost: dsl.positive}})
        s1 = CClass(source, "s1", values={"type": "Slides", "example": True, "source code": False})
        dsl.add_links({s1: [pods]}, role_name="contained_code")
        found = said(Study.of({"ask": ask, "pods": pods, "cost": cost, "s1": s1}))
        assert found["Sources"] == [
            "The study draws on 1 source.",
            "By source type: Slides (1).",
            "The author type is stated for no source.",
            "The source has an example.",
            "No source has source code.",
            "No source is archived.",
        ]
        assert found["Codes"] == [
            "The study has 3 codes: 1 decision, 1 practice and 1 force.",
            "1 of the 3 codes has evidence in a source.",
            "A source counts as evidence for a code if the modules of the study say so.",
            "There is 1 pair of a source and a code.",
            "The source has 1 code.",
        ]
        assert found["Decisions"] == [
            "The study has 1 decision with 1 option.",
            "For solutions, 1 impact on 1 force is stated.",
        ]

    def test_no_number_stands_with_the_wrong_noun_or_verb(self, own: Study, rich: Study) -> None:
        for study in (own, rich):
            text = " ".join(sentence for each in said(study).values() for sentence in each)
            assert not re.search(r"\b1 (?:\w+s|of the \d+ \w+ (?:have|are|carry))\b", text)
            assert not re.search(r"\b(?:[02-9]|\d\d+) (?:source|code|decision|option|coder|passage)\b", text)


class TestForms:
    """Markdown and LaTeX."""

    def test_each_sentence_names_a_table_that_the_study_has(self, own: Study) -> None:
        made = own.reports.methods
        for table in made.tables:
            assert own.tables[table].name == table
        text = made.to_markdown()
        used, defined = re.findall(r"(?<=\.)\[\^(\w+)\]", text), re.findall(r"^\[\^(\w+)\]:", text, re.M)
        assert set(used) == set(defined) == set(made.tables)
        assert len(used) == sum(len(each.sentences) for each in made.paragraphs)

    def test_a_comment_before_each_sentence_names_its_table_in_latex(self, own: Study) -> None:
        made = own.reports.methods
        lines = made.to_latex().splitlines()
        told = [(each.table, each.text) for paragraph in made.paragraphs for each in paragraph.sentences]
        comments = [place for place, line in enumerate(lines) if line.startswith("% table ")]
        assert [lines[place].removeprefix("% table ") for place in comments] == [table for table, _ in told]
        assert lines[comments[0] + 1] == told[0][1]

    def test_it_shows_itself_in_a_notebook(self, own: Study) -> None:
        assert "<small>(table sources)</small>" in own.reports.methods._repr_html_()

    def test_files(self, own: Study) -> None:
        made = own.reports.methods
        assert [each.name for each in made.files(("md", "html", "tex"))] == ["methods.md", "methods.tex"]

    def test_names_of_coders_and_types_are_text(self, hostile: Study) -> None:
        text = hostile.reports.methods.to_markdown()
        shown = re.sub("<[^>]+>", "", MarkdownIt("gfm-like", {"linkify": False}).render(text))
        assert "&lt;b&gt; | *Slides* $x_1$ 漢 (1)" in shown
        markdown, latex = hostile.reports.methods.files(("md", "tex"))
        assert markdown.messages == ()
        (caution,) = latex.messages
        assert caution.startswith("pdfLaTeX cannot set 1 character and shows: 漢 [U+6F22]")

    @pytest.fixture
    def hostile(self) -> Study:
        from codeable.dsl import CClass, source

        values: dict[str, Any] = {"type": "<b> | *Slides* $x_1$ 漢", "author type": "R&D 50% #1 {a} ~^\\"}
        return Study.of({"s1": CClass(source, "s1", values=values)})

    @pytest.mark.slow
    @pytest.mark.parametrize("program", ["pdflatex", "lualatex"])
    def test_it_compiles(self, hostile: Study, own: Study, tmp_path: Path, program: str) -> None:
        body = "\n".join(study.reports.methods.to_latex() for study in (hostile, own))
        made = compiled(in_document(body, r"\documentclass[twocolumn]{article}"), tmp_path, program)
        assert made.complaints == ()
        assert words("R&D 50% #1 {a}") in words(made.text)
        assert words("The study draws on 11 sources.") in words(made.text)

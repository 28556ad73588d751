"""The front that users hold: `codeable.load`, lookups, questions, figures, reloading."""

import base64
import gc
import re
import warnings
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import codeable
from codeable import CodeableError, Study
from codeable.engines.graphviz import GraphvizEngine
from codeable.kernel import CBundle
from codeable.notes.evidence import ChainOfEvidence
from codeable.notes.files import notes_of_study
from codeable.registry import UnknownNameError
from codeable.render import RenderRequest, render
from tests.studies import SMALL, write_study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return codeable.load(write_study(tmp_path))


def test_a_study_knows_folder_name_settings_and_vocabulary(study: Study, tmp_path: Path) -> None:
    assert (study.folder, study.name, study.settings.output) == (tmp_path, tmp_path.name, "diagrams")
    assert study.dsl.practice.classes == [study["versioning"], study["k8s"]]
    assert list(study.modules)[-1] == "sources.s14"


def test_the_current_folder_is_loaded_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_study(tmp_path))
    assert codeable.load().folder == tmp_path


def test_elements_are_found_by_name(study: Study) -> None:
    assert study["K8s"] is study["k8s"] is study.practices["k8s"]
    assert "k8s" in study
    assert "nothing" not in study
    assert {"k8s", "K8s"} <= set(study._ipython_key_completions_())


def test_questions_take_names_and_elements(study: Study) -> None:
    assert study.evidence_of("k8s") == study.evidence_of(study["k8s"]) == list(study.sources)
    assert study.codes_of("s14") == [study["k8s"], study["infrastructure_decision"]]
    assert [option.text for option in study.options_of("infrastructure_decision")][1] == "Use pods"
    assert [impact.impact for impact in study.forces_of("orchestration")] == ["+", "--"]
    assert study.decisions_of("k8s")[0].decision_element is study["infrastructure_decision"]
    assert study.impacts_on("security")[0].solution_element is study["orchestration"]
    assert study.relations_of("k8s")[0].stereotype == "Uses"
    assert study.next_decisions_of("k8s") == study.contexts_of("infrastructure_decision") == []
    assert study.category_of("infrastructure_decision") is None


@pytest.mark.parametrize(
    ("method", "name", "message"),
    [
        (
            "options_of",
            "k8s",
            r"options_of\(\) takes a decision, not the practice k8s 'K8s' \(.*infrastructure.py:5\)",
        ),
        ("codes_of", "k8s", r"codes_of\(\) takes a source, not the practice k8s"),
        ("forces_of", "s6", r"forces_of\(\) takes a solution, not the source s6"),
        ("impacts_on", "k8s", r"impacts_on\(\) takes a force, not the practice k8s"),
        ("evidence_of", "s6", r"evidence_of\(\) takes a code: a decision, .*, not the source s6"),
    ],
)
def test_a_question_that_makes_no_sense_is_reported_with_the_element(
    study: Study, method: str, name: str, message: str
) -> None:
    with pytest.raises(CodeableError, match=message):
        getattr(study, method)(name)


def test_an_element_that_is_not_of_the_study_is_reported(study: Study) -> None:
    other = codeable.load(study.folder)
    with pytest.raises(UnknownNameError, match="is not an element of this study"):
        study.options_of(other["infrastructure_decision"])


@pytest.mark.usefixtures("fresh_heap")
def test_a_dropped_study_is_freed_with_its_figures(tmp_path: Path) -> None:
    study = codeable.load(write_study(tmp_path))
    repr(study), repr(study.decisions), study.diagram("infrastructure_decision").puml
    study["k8s"]._repr_mimebundle_()
    kept = [weakref.ref(study), weakref.ref(study["k8s"])]
    del study
    gc.collect()
    assert [reference() for reference in kept] == [None] * 2


@pytest.mark.slow
def test_threads_may_use_a_study_each(tmp_path: Path) -> None:
    def use(number: int) -> list[str]:
        study = codeable.load(write_study(tmp_path / str(number)))
        study["k8s"]._repr_mimebundle_()
        study.check()
        return [study.diagram(view.identifier).puml for view in study.views]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(use, range(8)))
    assert found == [found[0]] * 8


class TestShowingItself:
    def test_the_text_counts_what_the_study_holds(self, study: Study) -> None:
        assert repr(study).splitlines() == [
            f"study {study.name} in {study.folder}",
            "  what       number  which",
            "  sources         2  s6, s14",
            "  decisions       1  infrastructure_decision",
            "  practices       2  k8s, versioning",
            "  patterns        1  orchestration",
            "  forces          2  consistency, security",
            "  codes           7  consistency, infrastructure_decision, k8s, k8s_uses_orchest…",
        ]

    def test_a_notebook_prints_study_and_tables_as_text_too(self, study: Study) -> None:
        from IPython.lib.pretty import pretty

        assert pretty(study) == repr(study)
        assert pretty([study.decisions]).startswith("[1 decision")

    def test_the_html_is_a_table(self, study: Study) -> None:
        assert '<td style="text-align: left">infrastructure_decision</td>' in study._repr_html_()

    def test_an_element_shows_all_that_is_known_of_it(self, study: Study) -> None:
        shown = study["k8s"]._repr_mimebundle_()
        assert shown["text/plain"].splitlines() == [
            "K8s",
            "  kind            practice",
            "  identifier      k8s",
            "  qualified name  models.infrastructure:k8s",
            f"  declared        {study.folder}/models/infrastructure.py:5",
            "  option of       infrastructure_decision (How can we manage the infrastructure?): Use pods",
            "  relations       Uses, to orchestration (Orchestration)",
            "  evidence        s6: The Definitive Guide",
            "                  s14: Data Product Pyramid",
        ]
        assert ">s6: The Definitive Guide<br>s14: Data Product Pyramid</td>" in shown["text/html"]

    def test_an_element_of_no_study_shows_its_own_values(self, study: Study) -> None:
        new = study.dsl.CClass(study.dsl.force, "New", values={"aka": "Fresh"})
        shown = new._repr_mimebundle_()["text/plain"].splitlines()
        assert [line.split(maxsplit=1) for line in shown if "declared" not in line] == [
            ["New"],
            ["kind", "class"],
            ["metaclass", "Force"],
            ["values", "aka: Fresh"],
        ]

    def test_a_deleted_element_says_so(self, study: Study) -> None:
        s14 = study["s14"]
        s14.delete()
        assert "deleted class" in s14._repr_mimebundle_()["text/plain"]

    def test_the_html_of_an_element_is_escaped(self, tmp_path: Path) -> None:
        text = 'from codeable.dsl import *\nx = CClass(practice, "<script>alert(1)</script>")'
        shown = codeable.load(write_study(tmp_path, {"models/a.py": text}))["x"]._repr_mimebundle_()
        assert "<script" not in shown["text/html"]


class TestFigures:
    def test_a_figure_is_found_by_identifier_title_and_element(self, study: Study) -> None:
        texts = {
            study.diagram(name).puml
            for name in (
                "infrastructure_decision",
                "How can we manage the infrastructure?",
                study["infrastructure_decision"],
            )
        }
        assert len(texts) == 1

    def test_the_views_are_overview_decisions_bundles_and_everything(self, study: Study) -> None:
        assert [view.identifier for view in study.views] == [
            "overview",
            "infrastructure_decision",
            "everything",
        ]

    def test_a_misspelt_view_is_reported_with_the_nearest(self, study: Study) -> None:
        with pytest.raises(CodeableError, match="did you mean 'overview'"):
            study.diagram("overviev")

    def test_a_study_without_decisions_says_why_it_has_no_overview(self) -> None:
        study = Study.of({"shop": CBundle("The shop")})
        assert [view.identifier for view in study.views] == ["shop"]
        with pytest.raises(CodeableError, match=r"(?s)no view 'overview': the study has no decision.*: shop"):
            study.diagram()

    def test_a_misspelt_option_is_reported_with_the_nearest(self, study: Study) -> None:
        with pytest.raises(CodeableError, match="did you mean 'forces'"):
            study.diagram("overview", force=True)

    def test_what_is_no_name_is_reported(self, study: Study) -> None:
        with pytest.raises(CodeableError, match="a view is found by its name"):
            study.diagram(3)  # type: ignore[arg-type]

    def test_settings_are_the_options_that_are_not_given(self, tmp_path: Path) -> None:
        settings = """
            [tool.codeable.figure]
            forces = "none"
            wrap = 20
            [tool.codeable.views.infrastructure_decision]
            wrap = 40
            """
        study = codeable.load(write_study(tmp_path, {**SMALL, "pyproject.toml": settings}))
        wanted = study.diagram("infrastructure_decision", layout="graph", direction="TB")
        options = wanted.diagram.options
        assert (options.forces, options.wrap, options.direction) == ("none", 40, "TB")

    def test_a_view_or_elements_are_drawn_as_they_are(self, study: Study) -> None:
        view = next(view for view in study.views if view.kind == "decision")
        assert study.diagram(view).diagram.title == view.title
        for chosen in (["k8s", "orchestration"], (study["k8s"], study["orchestration"])):
            figure = study.diagram(chosen, legend=False)
            assert [node.name for node in figure.diagram.nodes] == ["K8s", "Orchestration"]
            assert [edge.stereotypes for edge in figure.diagram.edges] == [("Uses",)]
            assert figure.diagram.title == "K8s, Orchestration"
        everything = study.diagram(study.practices)
        assert {node.name for node in everything.diagram.nodes} == {each.name for each in study.practices}

    def test_a_view_of_an_earlier_state_is_refused(self, study: Study) -> None:
        view = study.views[1]
        study.reload()
        with pytest.raises(CodeableError, match="is of another study or of an earlier state of this one"):
            study.diagram(view)

    def test_elements_that_are_not_there_are_reported(self, study: Study) -> None:
        with pytest.raises(CodeableError, match="did you mean 'k8s'"):
            study.diagram(["k8"])
        with pytest.raises(CodeableError, match="a figure of no elements would be empty"):
            study.diagram([])

    def test_a_figure_of_the_settings_is_found_by_its_name(self, tmp_path: Path) -> None:
        settings = """
            [tool.codeable.figures.deploy]
            view = "infrastructure_decision"
            style = "paper"
            width = "84mm"
            """
        study = codeable.load(write_study(tmp_path, {**SMALL, "pyproject.toml": settings}))
        options = study.figure("deploy", evidence="none").diagram.options
        assert (options.style, options.width_mm, options.evidence) == ("paper", 84.0, "none")
        with pytest.raises(CodeableError, match="did you mean 'deploy'"):
            study.figure("deplyo")
        with pytest.raises(CodeableError, match="a figure is found by its name"):
            study.figure(3)  # type: ignore[arg-type]

    def test_an_option_that_says_nothing_is_refused(self, study: Study) -> None:
        with pytest.raises(CodeableError, match="direction says nothing about infrastructure_decision"):
            study.diagram("infrastructure_decision", direction="TB")
        with pytest.raises(CodeableError, match="parts says nothing about overview"):
            study.diagram("overview", parts=2)

    def test_an_option_is_refused_before_the_figure_is_laid_out(self, study: Study) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(CodeableError, match="parts says nothing about overview"):
                study.diagram("overview", parts=2, width="20mm")

    def test_what_does_not_fit_is_a_warning_and_a_message_of_the_figure(self, study: Study) -> None:
        with pytest.warns(UserWarning) as caught:
            figure = study.diagram("overview", width="20mm")
        assert figure.messages
        assert tuple(str(each.message) for each in caught) == figure.messages
        assert {each.filename for each in caught} == {__file__}

    def test_every_part_is_saved_and_drawn(self, study: Study, tmp_path: Path) -> None:
        figure = study.diagram("infrastructure_decision", parts=2)
        assert figure.save(tmp_path / "a.svg") == tmp_path / "a.svg"
        assert sorted(path.name for path in tmp_path.glob("a*")) == ["a-2.svg", "a.svg"]
        assert figure.render(part=1) != figure.render(part=2)
        assert figure.save(tmp_path / "a.puml") == tmp_path / "a.puml"
        assert not (tmp_path / "a-2.puml").exists()
        with pytest.raises(CodeableError, match="part must be the number of a part, from 1 to 2, not 3"):
            figure.render(part=3)

    def test_no_part_is_saved_where_one_cannot_be(self, study: Study, tmp_path: Path) -> None:
        (tmp_path / "a.svg").write_text("saved before")
        (tmp_path / "a-2.svg").mkdir()
        with pytest.raises(CodeableError, match=r"a-2\.svg cannot be written: Is a directory$"):
            study.diagram("infrastructure_decision", parts=3).save(tmp_path / "a.svg")
        assert (tmp_path / "a.svg").read_text() == "saved before"
        assert sorted(path.name for path in tmp_path.glob("a*.svg")) == ["a-2.svg", "a.svg"]

    def test_every_part_is_shown_in_a_notebook(self, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
        figure = study.diagram("infrastructure_decision", parts=2)
        shown: list[dict[str, str]] = []
        monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
        figure._ipython_display_()
        assert len(shown) == 2
        assert all("image/svg+xml" in data for data in shown)
        ids = [set(re.findall(r'id="([^"]+)"', data["image/svg+xml"])) for data in shown]
        assert not ids[0] & ids[1]
        assert all(data["text/html"].startswith("<img ") for data in shown)
        assert figure._repr_mimebundle_()["text/html"].count("<img ") == 2
        with pytest.raises(NotImplementedError):  # IPython then asks for the bundle
            study.diagram("infrastructure_decision")._ipython_display_()

    def test_a_notebook_gets_the_formats_in_the_settings(self, tmp_path: Path) -> None:
        settings = '[tool.codeable]\nnotebook = "svg,pdf,png"'
        study = codeable.load(write_study(tmp_path, {**SMALL, "pyproject.toml": settings}))
        bundle = study.diagram("infrastructure_decision")._repr_mimebundle_()
        assert bundle["image/svg+xml"].startswith("<?xml")
        assert base64.b64decode(bundle["application/pdf"]).startswith(b"%PDF-")
        assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")

    def test_a_notebook_gets_html_too_where_a_figure_fits_its_cell_and_has_a_description(
        self, study: Study
    ) -> None:
        image = study.diagram("infrastructure_decision")._repr_mimebundle_()["text/html"]
        assert image.startswith(
            '<img style="max-width: 100%; height: auto" alt="Decision &quot;How can we manage'
        )
        assert "Use pods: K8s (practice" in image

    def test_an_element_that_is_no_view_is_drawn_from_a_list(self, study: Study) -> None:
        with pytest.raises(CodeableError, match=r"no view 'k8s'(.|\n)*study.diagram\(\['k8s'\]\) draws it"):
            study.diagram("k8s")
        with pytest.raises(CodeableError, match=r"study.diagram\(\['k8s'\]\) draws it"):
            study.diagram(study["k8s"])

    def test_ids_of_figures_on_one_page_differ(self, study: Study) -> None:
        svgs = [
            study.diagram("infrastructure_decision", evidence=how)._repr_mimebundle_()["image/svg+xml"]
            for how in ("none", "ids")
        ]
        ids = [set(re.findall(r'id="([^"]+)"', svg)) for svg in svgs]
        assert not ids[0] & ids[1]

    def test_a_figure_shows_itself_as_svg_and_text(self, study: Study) -> None:
        shown = study.diagram("infrastructure_decision")._repr_mimebundle_()
        assert shown["image/svg+xml"].lstrip().startswith("<")
        assert "Use pods" in shown["image/svg+xml"]
        assert '<svg style="max-width: 100%; height: auto"' in shown["image/svg+xml"]
        assert shown["text/plain"] == (
            "<Figure infrastructure_decision: How can we manage the infrastructure?, 4 nodes, 4 edges>"
        )

    def test_a_figure_is_saved_in_the_format_of_the_ending(self, study: Study, tmp_path: Path) -> None:
        figure = study.diagram("infrastructure_decision")
        assert figure.save(tmp_path / "new" / "a.SVG").read_bytes() == figure.render()
        assert figure.save(tmp_path / "a.puml").read_text("utf-8") == figure.puml
        assert figure.save(str(tmp_path / "a.dot")).read_text("utf-8") == figure.dot

    def test_a_file_without_ending_is_reported(self, study: Study) -> None:
        with pytest.raises(
            CodeableError, match=r"fig1 has no ending to tell the format; for example fig1\.pdf"
        ):
            study.diagram().save("fig1")

    def test_a_format_that_no_engine_draws_is_reported_with_those_that_it_can(
        self, study: Study, tmp_path: Path
    ) -> None:
        with pytest.raises(CodeableError, match="svg"):
            study.diagram().save(tmp_path / "a.docx")
        assert not (tmp_path / "a.docx").exists()

    def test_a_figure_that_cannot_be_saved_is_reported_with_path(self, study: Study, tmp_path: Path) -> None:
        figure = study.diagram()
        (tmp_path / "a.svg").mkdir()
        with pytest.raises(CodeableError, match=r"a\.svg cannot be written: Is a directory$"):
            figure.save(tmp_path / "a.svg")
        with pytest.raises(CodeableError, match=r"^~nobody-here/a.svg cannot be written: Could not"):
            figure.save("~nobody-here/a.svg")
        with pytest.raises(CodeableError, match=r"cannot be written: .*embedded null"):
            figure.save("a\0.svg")
        with pytest.raises(CodeableError, match=r"^a figure is saved to a path such as 'fig1\.pdf', not 3$"):
            figure.save(3)  # type: ignore[arg-type]

    def test_a_figure_that_was_drawn_before_is_not_drawn_again(
        self, study: Study, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        picture = study.diagram("overview").render()
        monkeypatch.setattr(GraphvizEngine, "draw", lambda *_, **__: pytest.fail("drew"))
        assert study.diagram("overview").render() == picture

    def test_a_figure_and_the_main_job_draw_the_same_picture_once(
        self, study: Study, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wanted = {"style": "paper", "width": "84mm"}
        picture = study.diagram("overview", **wanted).render(format="pdf")
        monkeypatch.setattr(GraphvizEngine, "draw", lambda *_, **__: pytest.fail("drew"))
        render(study, RenderRequest(views=("overview",), formats=("pdf",), figure=wanted))
        drawn = (study.folder / "diagrams/overview.pdf").read_bytes()
        assert drawn.startswith(picture)

    @pytest.mark.parametrize("name", [3, [], b"graphviz", ""])
    def test_what_is_no_name_of_an_engine_is_reported(self, study: Study, name: object) -> None:
        with pytest.raises(CodeableError, match="the engine must be graphviz or plantuml"):
            study.diagram().render(engine=name)  # type: ignore[arg-type]

    @pytest.mark.parametrize("name", [None, 3, [], b"svg", "", "SVGX"])
    def test_what_is_no_format_is_reported(self, study: Study, name: object) -> None:
        with pytest.raises(CodeableError, match="it can write svg, pdf, png"):
            study.diagram().render(format=name)  # type: ignore[arg-type]

    @pytest.mark.parametrize("dpi", [0, -1, 10**9, "300", 1.5])
    def test_a_resolution_that_makes_no_sense_is_reported(self, study: Study, dpi: int) -> None:
        with pytest.raises(CodeableError, match=r"^dpi must be a whole number, from 30 to 2400, not "):
            study.diagram().render(format="png", dpi=dpi)

    def test_an_engine_that_is_not_there_is_reported_with_the_nearest(self, study: Study) -> None:
        with pytest.raises(CodeableError, match="did you mean 'graphviz'"):
            study.diagram().render(engine="grafviz")

    def test_a_figure_that_cannot_be_drawn_says_why_in_its_text(self, tmp_path: Path) -> None:
        files = {**SMALL, "pyproject.toml": '[tool.codeable]\nengine = "grafviz"'}
        shown = codeable.load(write_study(tmp_path, files)).diagram()._repr_mimebundle_()
        assert list(shown) == ["text/plain"]
        assert "did you mean 'graphviz'" in shown["text/plain"]


NOTE = """\
# s6
## url
https://example.org
## title
The Definitive Guide
# coding
> Keep all versions of the data product.

**OPEN CODING TRACE:**
Reoccurring codes: versioning

**AXIAL CODING TRACE:**
``` python
versioning
```
"""


class TestTheChainOfEvidence:
    @pytest.fixture
    def with_notes(self, tmp_path: Path) -> Study:
        folder = write_study(tmp_path)
        (folder / "sources/s6.md").write_text(NOTE, encoding="utf-8")
        return codeable.load(folder)

    def test_the_passages_of_a_code_are_read_from_the_notes(self, with_notes: Study) -> None:
        (passage,) = with_notes.passages_of("versioning")
        assert (passage.source, passage.text) == ("s6", "Keep all versions of the data product.")
        assert with_notes.passages_of(with_notes["versioning"]) == (passage,)

    def test_the_notes_about_a_source_are_those_with_its_identifier(self, with_notes: Study) -> None:
        (note,) = with_notes.notes_of("s6")
        assert note.title == "The Definitive Guide"
        assert str(with_notes.notes_of("s6")).splitlines()[0] == "1 note of s6"
        assert with_notes.notes_of("s6").to_dicts()[0]["file"] == "sources/s6.md"
        assert with_notes.notes_of(with_notes["s14"]) == ()
        with pytest.raises(CodeableError, match=r"notes_of\(\) takes a source, not the practice versioning"):
            with_notes.notes_of("versioning")

    def test_the_chain_of_a_code_has_its_figures(self, with_notes: Study) -> None:
        chain = with_notes.chain_of_evidence("versioning")
        assert (chain.identifier, chain.kind) == ("versioning", "practice")
        assert chain.figures == ("infrastructure_decision", "everything")

    def test_it_is_the_same_whether_all_notes_are_read_or_those_that_name_the_code(
        self, tmp_path: Path
    ) -> None:
        folder = write_study(tmp_path)
        renames = '[tool.codeable.renames]\nversions = "versioning"\n'
        (folder / "pyproject.toml").write_text(renames, encoding="utf-8")
        for source, name in (("s6", "versioning"), ("s14", "versions"), ("s20", "dropped")):
            text = NOTE.replace("versioning", name).replace("# s6", f"# {source}")
            (folder / f"sources/{source}.md").write_text(text, encoding="utf-8")
        study = codeable.load(folder)
        notes = notes_of_study(folder, study.settings)
        everything = ChainOfEvidence(study, notes, study.settings.renames)
        for code in ("versioning", "versions", "dropped", study["infrastructure_decision"]):
            chain = study.chain_of_evidence(code)
            assert chain == everything.chain_of(code, chain.figures)
            assert tuple(study.passages_of(code)) == everything.passages_of(code)

    def test_of_two_codes_with_one_name_each_has_its_chain(self, tmp_path: Path) -> None:
        modules = {
            f"models/{name}.py": f"""
                from codeable.dsl import *
                {name} = CClass(decision, "{name}?")
                bus = CClass(practice, "Event Bus")
                add_decision_option_link({name}, bus, "Use the bus of {name}")
                """
            for name in ("one", "two")
        }
        study = codeable.load(write_study(tmp_path, modules))
        for chain in (
            study.chain_of_evidence("models.two:bus"),
            study.chain_of_evidence(study["models.two:bus"]),
        ):
            assert chain.figures == ("two", "everything")
            assert [option.text for option in chain.option_of] == ["Use the bus of two"]

    def test_passages_are_a_table_with_files_as_seen_from_the_study(self, with_notes: Study) -> None:
        assert with_notes.passages_of("versioning").to_dicts() == [
            {
                "source": "s6",
                "file": "sources/s6.md",
                "line": 7,
                "end_line": 7,
                "kind": "quotation",
                "heading": None,
                "text": "Keep all versions of the data product.",
            }
        ]
        assert "Keep all versions of" in with_notes.passages_of("versioning")._repr_html_()
        assert repr(with_notes.passages_of("versioning")[0]).endswith(
            "sources/s6.md:7\n> Keep all versions of the data product."
        )

    def test_the_chain_is_a_table_of_its_steps(self, with_notes: Study) -> None:
        chain = with_notes.chain_of_evidence("versioning")
        steps = [(row["step"], row["name"], row["text"]) for row in chain.to_dicts()]
        assert ("evidence", "s6", "Keep all versions of the data product.") in steps
        assert steps[0] == ("declared", "model", "practice 'Versioning'")
        assert steps[-1] == ("figure", "everything", None)
        assert repr(chain).splitlines()[0] == "chain of evidence of versioning (Versioning)"
        assert list(chain.to_frame().columns) == ["step", "name", "file", "line", "text"]

    def test_an_unknown_code_is_reported(self, with_notes: Study) -> None:
        with pytest.raises(KeyError, match="versionin"):
            with_notes.chain_of_evidence("versionin")

    def test_edited_notes_are_read_again_by_reload(self, with_notes: Study) -> None:
        assert with_notes.passages_of("versioning")
        (with_notes.folder / "sources/s6.md").write_text(
            NOTE.replace("all versions", "each version"), "utf-8"
        )
        assert "each version" in with_notes.reload().passages_of("versioning")[0].text


class TestAStudyOfCells:
    """`Study.of(globals())` has no folder and answers everything that needs none."""

    @pytest.fixture
    def cells(self) -> dict[str, object]:
        namespace: dict[str, object] = {}
        exec(
            "from codeable.dsl import *\n"
            "how = CClass(decision, 'How is data hosted?')\n"
            "cluster = CClass(practice, 'Own Cluster')\n"
            "option = add_decision_option_link(how, cluster, 'Run it')\n",
            namespace,
        )
        return namespace

    def test_it_answers_and_draws(self, cells: dict[str, object], tmp_path: Path) -> None:
        study = Study.of(cells)
        assert (type(study), study.folder, study.files) == (Study, None, ())
        assert [option.text for option in study.options_of("how")] == ["Run it"]
        assert [view.identifier for view in study.views] == ["overview", "how", "everything"]
        assert "Run it" in study.diagram("how").puml
        assert study.diagram("how").save(tmp_path / "how.svg").read_bytes().startswith(b"<?xml")
        assert repr(study).splitlines()[0] == "study of cells"

    def test_it_follows_the_cells(self, cells: dict[str, object]) -> None:
        study = Study.of(cells)
        exec("managed = CClass(practice, 'Managed Service')", cells)
        assert study.practices.names == ["cluster", "managed"]

    @pytest.mark.parametrize(
        ("question", "arguments"),
        [
            ("check", ()),
            ("reload", ()),
            ("notes_of", ("how",)),
            ("passages_of", ("how",)),
            ("chain_of_evidence", ("how",)),
        ],
    )
    def test_it_says_what_needs_a_folder(
        self, cells: dict[str, object], question: str, arguments: tuple[str, ...]
    ) -> None:
        with pytest.raises(
            CodeableError, match=rf"{question}\(\) needs the folder of a study.*codeable.load"
        ):
            getattr(Study.of(cells), question)(*arguments)

    def test_the_main_job_needs_a_folder_to_write_to(self, cells: dict[str, object], tmp_path: Path) -> None:
        with pytest.raises(CodeableError, match=r"render\(\) needs the folder of a study"):
            render(Study.of(cells), RenderRequest())
        report = render(Study.of(cells), RenderRequest(out=tmp_path / "figures", formats=("puml",)))
        assert [outcome.path.name for outcome in report.outcomes] == [
            "overview.puml",
            "how.puml",
            "everything.puml",
        ]

    def test_it_takes_the_settings_of_its_figures(self, cells: dict[str, object]) -> None:
        figures = {"hosting": {"view": "how", "legend": False}}
        study = Study.of(cells, notebook="svg,pdf", figure={"style": "paper"}, figures=figures)
        assert "application/pdf" in study.diagram("how")._repr_mimebundle_()
        assert study.figure("hosting").diagram.style.name == "paper"
        assert not study.figure("hosting").diagram.legend
        with pytest.raises(
            CodeableError, match=r"Study.of\(\) has no key 'notebok'; did you mean 'notebook'\?"
        ):
            Study.of(cells, notebok="pdf")
        with pytest.raises(CodeableError, match=r"Study.of\(\): notebook must be svg, pdf or png, not 'gif'"):
            Study.of(cells, notebook="gif")

    def test_what_is_no_namespace_is_refused(self) -> None:
        with pytest.raises(CodeableError, match=r"Study.of\(\) takes a namespace, as in Study.of\(globals"):
            Study.of(3)  # type: ignore[arg-type]


class TestReloading:
    def test_edited_modules_are_read_again(self, study: Study) -> None:
        path = study.folder / "models/infrastructure.py"
        path.write_text(path.read_text().replace('"K8s"', '"Kubernetes"'))
        assert study.reload() is study
        assert study["k8s"].name == "Kubernetes"
        assert len(study.practices) == 2

    def test_answers_and_figures_made_before_say_so(self, study: Study) -> None:
        table, figure = study.practices, study.diagram("infrastructure_decision")
        answers = study.options_of("infrastructure_decision"), study.views, study.chain_of_evidence("k8s")
        before = [repr(answer) for answer in answers]
        study.reload()
        note = "of an earlier state: the study has been reloaded since"
        assert repr(table).splitlines()[-1] == f"  ({note})"
        assert [repr(answer) for answer in answers] == [f"{text}\n  ({note})" for text in before]
        assert note in table._repr_html_()
        assert note in repr(figure)
        assert note in figure._repr_mimebundle_()["text/html"]
        assert note not in repr(study.practices)

    def test_a_module_that_is_broken_leaves_the_study_as_it_is(self, study: Study) -> None:
        table = study.practices
        (study.folder / "models/infrastructure.py").write_text("x = (")
        with pytest.raises(CodeableError, match="SyntaxError"):
            study.reload()
        assert study["k8s"].name == "K8s"
        assert "earlier state" not in repr(table)

    def test_an_element_from_before_is_reported_as_such(self, study: Study) -> None:
        old = study["k8s"]
        study.reload()
        with pytest.raises(UnknownNameError, match="run again has replaced it; ask for it by its name"):
            study.evidence_of(old)

    @pytest.mark.usefixtures("fresh_heap")
    def test_the_earlier_state_is_freed(self, study: Study) -> None:
        old = weakref.ref(study["k8s"])
        study.reload()
        gc.collect()
        assert old() is None

"""The page of all diagrams."""

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from codeable.diagrams import views
from codeable.loading import load_folder
from codeable.render.page import page_text
from tests.render.conftest import Job
from tests.studies import write_study

EXPECTED = Path(__file__).parent / "data" / "page.md"


def html(study: Path, formats: tuple[str, ...] = ("puml", "svg"), parts: int = 1) -> str:
    loaded = load_folder(study)
    every = views(loaded)
    text = page_text(loaded, every, {view.identifier: dict.fromkeys(formats, parts) for view in every})
    rendered: str = MarkdownIt("commonmark", {"html": True}).render(text)
    return rendered


def test_the_page_is_as_expected(study: Path, job: Job) -> None:
    job()
    assert (study / "diagrams/README.md").read_text(encoding="utf-8") == EXPECTED.read_text(encoding="utf-8")


def test_every_view_is_shown_with_its_question_picture_and_text(study: Path) -> None:
    page = html(study)
    assert "<h2>How can *parts* talk?</h2>" in page
    assert '<img src="bus_decision.svg" alt="How can *parts* talk?" />' in page
    assert '<a href="bus_decision.puml">PlantUML</a>' in page
    assert "2 options · 1 source" in page


def test_decisions_that_are_no_codes_any_more_have_no_evidence(tmp_path: Path) -> None:
    own = "question = CMetaclass('Question')\ndecision.superclasses = [question]\n"
    text = "from codeable.dsl import *\n" + own + "d = CClass(decision, 'How?')\n"
    write_study(tmp_path, {"models/a.py": text + "add_decision_option_link(d, CClass(practice, 'P'), 'x')\n"})
    assert "1 option · 0 sources" in html(tmp_path)


@pytest.mark.parametrize(
    ("formats", "shown"),
    [
        (("puml", "svg", "png", "pdf"), "bus_decision.svg"),
        (("png", "pdf"), "bus_decision.png"),
        (("pdf",), None),
        (("puml",), None),
    ],
)
def test_the_picture_is_the_one_that_there_is(
    study: Path, formats: tuple[str, ...], shown: str | None
) -> None:
    page = html(study, formats)
    assert ("<img" in page) == (shown is not None)
    assert shown is None or f'src="{shown}"' in page


def test_the_parts_of_a_figure_are_shown_one_after_the_other(study: Path) -> None:
    page = html(study, ("svg",), parts=2)
    assert '<img src="bus_decision.svg" alt="How can *parts* talk? (1 of 2)" />' in page
    assert '<img src="bus_decision-2.svg" alt="How can *parts* talk? (2 of 2)" />' in page


def test_figures_drawn_besides_do_not_change_the_page(study: Path, job: Job) -> None:
    job()
    before = (study / "diagrams/README.md").read_bytes()
    job(formats=("pdf",))
    assert (study / "diagrams/README.md").read_bytes() == before


def test_a_view_that_is_not_drawn_yet_has_no_broken_picture(study: Path, job: Job) -> None:
    job(formats=("puml",))
    assert "![" not in (study / "diagrams/README.md").read_text()


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "# C #", "a | b\n---"]
)
def test_a_hostile_title_is_shown_as_it_is(study: Path, title: str) -> None:
    model = study / "models/bus.py"
    text = model.read_text()
    assert "How can *parts* talk?" in text
    model.write_text(text.replace('"How can *parts* talk?"', repr(title)))
    shown = " ".join(title.split()).replace("<", "&lt;").replace(">", "&gt;")
    assert f"<h2>{shown}</h2>" in html(study)

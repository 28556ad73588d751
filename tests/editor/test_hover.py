"""What an editor shows at a code, a source, a word of the vocabulary."""

from pathlib import Path

import pytest
from lsprotocol import types

from codeable.editor.hover.markup import Markup, markup_for
from codeable.editor.hover.requests import hover_at
from codeable.editor.study.study_view import StudyView
from tests.editor.study_views import cursor_at, open_document, text_at, view_of
from tests.studies import write_study

FILES = {
    "models/mesh.py": """
        from codeable.dsl import *

        exchange_decision = CClass(decision, "How is data exchanged?")
        event_bus = CClass(pattern, "Event Bus", values={"description": "One channel for *all* events."})
        add_decision_option_link(exchange_decision, event_bus, "Send events")
        cost = CClass(force, "Cost")
        add_force_relations({event_bus: {cost: very_negative}})
        broker = CClass(practice, "Message [Broker](x)")
        add_stereotyped_link_with_how_tagged_value(event_bus, broker, can_use, "per topic")
        s1 = CClass(source, "s1", values={"title": "Events"})
        add_links({s1: [event_bus, exchange_decision]}, role_name="contained_code")
        """,
    "sources/s_1.md": """
        # s 1
        ## title
        Events
        ## url
        https://example.org/a(b)
        ## author type
        Practitioner
        # coding
        > A bus for all.

        **OPEN CODING TRACE:**

        Familiar options: event_bus

        **AXIAL CODING TRACE:**
        ``` python
        '''
        event_bus
        '''
        queue = CClass(practice, "Queue")
        add_decision_option_link(exchange_decision, queue, "Keep a queue")
        ```

        **MEMO:** Is event_bus a pattern?
        """,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_study(tmp_path_factory.mktemp("mesh"), FILES)


@pytest.fixture(scope="module")
def view(folder: Path) -> StudyView:
    return view_of(folder)


def shown(view: StudyView, file: str, before: str, behind: str = "", *, plain: bool = True) -> str:
    hover = hover_at(cursor_at(view, file, before, behind), Markup(plain))
    return "" if hover is None else hover.contents.value  # type: ignore[union-attr]


def test_a_code_shows_its_definition_options_forces_relations_evidence_and_memos(view: StudyView) -> None:
    assert shown(view, "models/mesh.py", "", "event_bus = CClass").split("\n") == [
        "Event Bus event_bus · pattern",
        "",
        "“One channel for *all* events.”",
        "",
        "Option of",
        "- How is data exchanged?: Send events",
        "",
        "Forces",
        "- -- Cost",
        "",
        "Relations",
        "- Can Use → Message [Broker](x): per topic",
        "",
        "1 source, 1 passage",
        "- s1 Events",
        "",
        "Memo: Is event_bus a pattern? (sources/s_1.md:24)",
        "",
        "declared in models/mesh.py:4",
    ]


def test_markdown_is_escaped_and_leads_to_lines_of_files(view: StudyView, folder: Path) -> None:
    text = shown(view, "sources/s_1.md", "event_", "bus\n'''", plain=False)
    assert "**Event Bus** `event_bus` · pattern" in text
    assert r"> One channel for \*all\* events." in text
    assert rf"[Message \[Broker\](x)]({(folder / 'models/mesh.py').as_uri()}#L8)" in text
    assert f"[s1]({(folder / 'sources/s_1.md').as_uri()}#L9) Events" in text


def test_a_decision_shows_the_texts_of_its_options_and_what_the_model_lacks(view: StudyView) -> None:
    assert shown(view, "sources/s_1.md", "add_decision_option_link(exchange").split("\n")[:6] == [
        "How is data exchanged? exchange_decision · decision",
        "",
        "Options",
        "- Event Bus: Send events",
        "- Queue: Keep a queue (sources/s_1.md:21, not in the model)",
        "",
    ]


def test_a_source_shows_its_metadata_at_its_name_and_in_the_head_of_its_note(view: StudyView) -> None:
    text = shown(view, "models/mesh.py", "", "s1 = CClass")
    assert text.split("\n") == [
        "Events s1 · source",
        "",
        "- url: https://example.org/a(b)",
        "- author type: Practitioner",
        "",
        "3 codes: Event Bus; How is data exchanged?; Queue",
        "",
        "note: sources/s_1.md:1 · 1 passage, 3 codes, 1 memo",
        "",
        "declared in models/mesh.py:10",
    ]
    assert shown(view, "sources/s_1.md", "# ", "s 1") == text == shown(view, "sources/s_1.md", "## auth")
    markdown = shown(view, "sources/s_1.md", "# ", "s 1", plain=False)
    assert "(https://example.org/a%28b%29)" in markdown


def test_a_word_of_the_vocabulary_shows_what_it_means(view: StudyView) -> None:
    text = shown(view, "sources/s_1.md", "\nadd_decision", "_option_link")
    assert text.startswith("add_decision_option_link(decision_, design_solution_, option_name=…")
    assert "- decision_: The decision." in text
    assert "an option of a decision" in shown(view, "sources/s_1.md", "CClass(pract", "ice")
    assert "impact -- of a solution" in shown(view, "models/mesh.py", "very_neg", "ative")
    assert "values: archive url text, author type text" in shown(view, "models/mesh.py", "CClass(sour", "ce")


@pytest.mark.parametrize(
    ("file", "before", "behind"),
    [
        ("sources/s_1.md", "> A bu", "s for"),  # a passage
        ("sources/s_1.md", "Pract", "itioner"),  # a value
        ("sources/s_1.md", '"Keep a ', 'queue"'),  # a string that is no code
        ("models/mesh.py", '"Send ', "events"),
        ("models/mesh.py", "values", "={"),
    ],
)
def test_what_is_no_name_shows_nothing(view: StudyView, file: str, before: str, behind: str) -> None:
    assert shown(view, file, before, behind) == ""


def test_the_range_is_the_name_alone_behind_an_emoji_too(folder: Path) -> None:
    text = (
        (folder / "sources/s_1.md").read_text(encoding="utf-8").replace("Is event_bus", "🙂🙂 Is event_bus")
    )
    view = view_of(folder, open_document(folder, "sources/s_1.md", text))
    hover = hover_at(cursor_at(view, "sources/s_1.md", "🙂🙂 Is event_", "bus"), Markup())
    assert hover is not None and hover.range is not None
    assert (hover.range.start.character, hover.range.end.character) == (18, 27)
    assert text_at(view, str(folder / "sources/s_1.md"), hover.range) == "event_bus"


def test_without_a_model_notes_and_modules_say_the_same(folder: Path, view: StudyView) -> None:
    unloaded = view_of(folder, loads=False)
    for file, before, behind in (
        ("models/mesh.py", "", "exchange_decision = "),
        ("models/mesh.py", "", "cost = "),
        ("models/mesh.py", "", "broker = "),
    ):
        known = shown(view, file, before, behind).replace(" (sources/s_1.md:21, not in the model)", "")
        assert shown(unloaded, file, before, behind) == known
    text = shown(unloaded, "models/mesh.py", "", "event_bus = ")
    assert "- How is data exchanged?: Send events" in text
    assert "- -- Cost" in text
    assert "- Can Use → Message [Broker](x): per topic" in text


def test_dollars_are_kept_from_mathjax_only_where_a_client_may_have_it() -> None:
    markdown = [types.MarkupKind.Markdown, types.MarkupKind.PlainText]
    assert markup_for(markdown, "").text("$5") == markup_for(None, "JupyterLab").text("$5")
    assert markup_for(markdown, "").text("$5") == r"<span>\$</span>5"
    assert markup_for(markdown, "Neovim").text("$5") == r"\$5"
    assert markup_for([types.MarkupKind.PlainText], "").text("$5 *a*") == "$5 *a*"

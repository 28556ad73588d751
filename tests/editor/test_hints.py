"""What an editor shows between the texts: hints, lenses, links; and the help on arguments."""

import pytest
from attrs import evolve
from lsprotocol import types

from codeable.editor.document_links import links_of
from codeable.editor.hints import hints_in
from codeable.editor.hover.markup import Markup
from codeable.editor.hover.signature import signature_at
from codeable.editor.lenses import SHOW_REFERENCES, commands_of, lenses_of
from codeable.editor.server.options import EditorOptions
from codeable.editor.study.study_view import StudyView
from tests.editor.study_views import cursor_at, open_document, text_at, view_of
from tests.studies import SMALL, write_study

NOTE = """
    # s 6
    ## url
    https://example.org/a_(b). And more
    ## title
    The Definitive Guide
    # coding
    > See https://example.org/in-a-passage

    ![figure](s_6.md) ![page](https://example.org/page.png) ![gone](gone.png)

    **AXIAL CODING TRACE:**
    ``` python
    queue = CClass(practice, "Message Queue")
    add_decision_option_link(infrastructure_decision, k8s, "Use, (pods)")
    queue
    ```
    """
EVERYWHERE = types.Range(types.Position(0, 0), types.Position(1000, 0))


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> StudyView:
    return view_of(write_study(tmp_path_factory.mktemp("small"), {**SMALL, "sources/s_6.md": NOTE}))


def hints(view: StudyView, options: EditorOptions, where: types.Range = EVERYWHERE) -> list[tuple[str, str]]:
    assert view.folder is not None
    document = view.document(str(view.folder / "sources/s_6.md"))
    found = hints_in(view, document, where, options)
    return [
        (document.text[: document.offset(one.position)].split()[-1].rpartition("(")[2], str(one.label))
        for one in found
    ]


def test_hints_show_names_that_say_more_and_numbers_of_sources(view: StudyView) -> None:
    decision = "How can we manage..."
    both = EditorOptions()
    assert hints(view, both) == [
        ("infrastructure_decision", f"{decision} (2)"),
        ("k8s", "(2)"),
        ("queue", "Message Queue (1)"),
    ]
    names = evolve(both, inlay_hints_sources=False)
    assert hints(view, names) == [("infrastructure_decision", decision), ("queue", "Message Queue")]
    numbers = evolve(both, inlay_hints_names=False)
    assert [label for _, label in hints(view, numbers)] == ["(2)", "(2)", "(1)"]
    only = types.Range(types.Position(14, 0), types.Position(14, 5))
    assert hints(view, both, only) == [("queue", "Message Queue (1)")]


def titles(view: StudyView, file: str) -> list[tuple[int, str]]:
    assert view.folder is not None
    found = lenses_of(view, view.document(str(view.folder / file)), frozenset())
    return [(one.range.start.line + 1, one.command.title) for one in found if one.command is not None]


def test_lenses_count_sources_decisions_options_codes_and_passages(view: StudyView) -> None:
    assert titles(view, "models/infrastructure.py") == [
        (3, "2 sources · 3 options"),
        (3, "figure"),
        (4, "1 source · 1 decision"),
        (5, "2 sources · 1 decision"),
        (6, "0 sources · 1 decision"),
    ]
    assert titles(view, "sources/s_6.md") == [(1, "5 codes · 2 passages"), (13, "1 source")]


def test_a_click_on_a_lens_shows_references_where_the_client_can(view: StudyView) -> None:
    assert view.folder is not None
    document = view.document(str(view.folder / "models/infrastructure.py"))
    able = types.ClientCapabilities(experimental={"commands": {"commands": [SHOW_REFERENCES, 1]}})
    for capabilities, command, arguments in (
        (able, SHOW_REFERENCES, [document.uri, {"line": 2, "character": 0}]),
        (types.ClientCapabilities(), "", None),
        (types.ClientCapabilities(experimental={"commands": 1}), "", None),
    ):
        shown = lenses_of(view, document, commands_of(capabilities))[0].command
        assert shown is not None
        assert (shown.command, shown.arguments) == (command, arguments)


def test_a_decision_of_the_model_has_a_lens_that_shows_its_figure(view: StudyView) -> None:
    assert view.folder is not None
    document = view.document(str(view.folder / "models/infrastructure.py"))
    figure = lenses_of(view, document, frozenset())[1].command
    given = [document.uri, {"line": 2, "character": 0}, "infrastructure_decision"]
    assert figure == types.Command(title="figure", command="codeable.preview", arguments=given)


def test_addresses_of_the_metadata_and_figures_are_links(view: StudyView) -> None:
    assert view.folder is not None
    path = view.folder / "sources/s_6.md"
    found = links_of(view, view.document(str(path)))
    assert [(text_at(view, str(path), one.range), one.target) for one in found] == [
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("s_6.md", path.as_uri()),
        ("https://example.org/page.png", "https://example.org/page.png"),
    ]
    assert links_of(view, view.document(str(view.folder / "sources/s6.py"))) == []


def test_the_argument_at_the_cursor_is_shown_also_in_half_a_statement(view: StudyView) -> None:
    folder = view.folder
    assert folder is not None
    note = (folder / "sources/s_6.md").read_text(encoding="utf-8")

    def active(written: str, file: str = "sources/s_6.md") -> tuple[str, str | None] | None:
        text = note.replace("queue\n```", f"{written}\n```") if file.endswith(".md") else written
        cursor = cursor_at(view_of(folder, open_document(folder, file, text)), file, written)
        shown = signature_at(cursor, Markup(plain=True))
        if shown is None:
            return None
        (one,) = shown.signatures
        number = shown.active_parameter
        assert one.parameters is not None
        return one.label.partition("(")[0], None if number is None else str(one.parameters[number].label)

    function = "add_decision_option_link"
    assert active(f"{function}(") == (function, "decision_")
    assert active(f"{function}(a, b, ") == (function, "option_name=…")
    assert active(f'{function}(a, b, "Use, (po') == (function, "option_name=…")
    assert active(f"{function}(a, b, option_description=") == (function, "option_description=…")
    assert active("add_force_relations({queue: {") == ("add_force_relations", "relations")
    assert active("queue.add_links(k8s, role_name=") == ("add_links", "role_name=…")
    assert active('new = CClass(practice, "N", values={"memo": ') == ("CClass", "values=…")
    assert active(f"{function}(a, b, 'c', 'd', 'e") == (function, None)
    assert active("queue") is None
    assert active("(queue, ") is None
    module = "from codeable.dsl import *\nbus = CClass(pattern, "
    assert active(module, "models/forces.py") == ("CClass", "name=…")

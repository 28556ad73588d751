"""The items of completion: what they show, what they replace, how they are found, and in which order."""

from pathlib import Path

import pytest
from lsprotocol import types

from codeable.editor.completion.matching import ClientItems
from codeable.editor.completion.requests import documentation, markup_of
from codeable.editor.completion.statements import escape_snippet, plain
from codeable.editor.hover.markup import Markup
from tests.editor.completing import CLIENT, STUDY, Completing

AXIAL = "# s 45\n# coding\n> A.\n\n**AXIAL CODING TRACE:**\n``` python\n"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Completing:
    return Completing(tmp_path_factory.mktemp("study"))


def test_an_item_shows_kind_display_name_and_sources(study: Completing) -> None:
    [item] = study.items(f"{AXIAL}event¦")
    assert (item.label, item.detail) == ("event_bus", "pattern · Event Bus")
    assert item.label_details is not None
    assert item.label_details.description == "2 sources"
    [without] = study.items(f"{AXIAL}event¦", client=ClientItems())
    assert without.detail == "pattern · Event Bus · 2 sources"
    assert without.label_details is None


def test_what_is_used_most_comes_first(study: Completing) -> None:
    items = study.items(f"{AXIAL}add_decision_option_link(x, ¦")
    assert [item.label for item in sorted(items, key=lambda item: str(item.sort_text))][:2] == [
        "event_bus",
        "k8s",
    ]


def test_the_whole_word_is_replaced_also_behind_an_emoji(study: Completing) -> None:
    [item] = study.items(f"{AXIAL}add_decision_option_link(x, '🙂', z, decision_=host¦ing)")
    assert isinstance(item.text_edit, types.TextEdit)
    assert (item.text_edit.range.start.character, item.text_edit.range.end.character) == (47, 54)
    both = ClientItems(replaces=True)
    [item] = study.items(f"{AXIAL}ev¦ent_b", client=both)
    assert isinstance(item.text_edit, types.InsertReplaceEdit)
    assert (item.text_edit.insert.end.character, item.text_edit.replace.end.character) == (2, 7)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("typed", ["Event", "event", "bus", "Bus", "ebus", "event bu", "Event Bus"])
def test_a_code_is_found_by_its_display_name(study: Completing, typed: str) -> None:
    [item] = study.items(f"{AXIAL}add_decision_option_link(x, {typed}¦)")
    assert item.label == "event_bus"
    found = item.filter_text or item.label
    assert found.startswith(typed), "some clients find only what begins so"
    assert study.written(f"{AXIAL}add_decision_option_link(x, {typed}¦)", "event_bus") == (
        f"{AXIAL}add_decision_option_link(x, event_bus)"
    )


def test_words_before_the_place_are_counted_as_they_are_written(tmp_path: Path) -> None:
    module = "from codeable.dsl import *\nstreets = CClass(practice, 'Große Straßen')\n"
    study = Completing(tmp_path, {**STUDY, "models/streets.py": module})
    text = f"{AXIAL}add_decision_option_link(x, große straß¦)"
    assert study.written(text, "streets") == f"{AXIAL}add_decision_option_link(x, streets)"


def test_snippets_are_plain_text_for_a_client_without_them(study: Completing) -> None:
    with_places = study.written(f"{AXIAL}add_f¦", "add_force_relations")
    assert (
        with_places == f"{AXIAL}add_force_relations({{${{1:solution}}: {{${{2:force}}: ${{3:positive}}}}}})"
    )
    without = study.written(f"{AXIAL}add_f¦", "add_force_relations", client=ClientItems())
    assert without == f"{AXIAL}add_force_relations"
    block = study.written(f"{AXIAL}dec¦", "decision with an option", client=ClientItems())
    assert block.startswith(f'{AXIAL}name_decision = CClass(decision, "How …?")\nsolution = CClass(')
    assert plain("${1:a}, ${2}, $3: ${1}") == "a, , : a"
    assert plain(f"{escape_snippet('$1 {a}')} $1") == "$1 {a} "


def test_a_comma_takes_a_word_only_where_nothing_else_can_be(study: Completing) -> None:
    assert study.items(f"{AXIAL}x = CClass(pract¦")[0].commit_characters == [",", ")", "]", "}"]
    assert study.items(f"{AXIAL}add_decision_option_link(¦")[0].commit_characters is None
    assert study.items(f"{AXIAL}x = CClass(pract¦", client=ClientItems())[0].commit_characters is None


def test_a_long_list_is_asked_for_again(tmp_path: Path) -> None:
    many = "\n".join(f"code_{number} = CClass(practice, 'Code {number}')" for number in range(400))
    study = Completing(tmp_path, {**STUDY, "models/many.py": f"from codeable.dsl import *\n{many}\n"})
    found = study.at(f"{AXIAL}code¦")
    assert found is not None
    assert found.is_incomplete
    assert len(found.items) == 150
    exact = study.at(f"{AXIAL}code_39¦")
    assert exact is not None
    assert len(exact.items) == len({item.label for item in exact.items}) >= 11


def test_the_documentation_is_what_a_hover_shows(study: Completing) -> None:
    view = study.cursor("¦").view
    assert "Event Bus" in str(documentation(view, "event_bus", Markup()))
    assert "impact" in str(documentation(view, "very_positive", Markup()))
    assert "Link solutions to the forces" in str(documentation(view, "add_force_relations", Markup()))
    assert documentation(view, "nothing", Markup()) is None
    completion = types.CompletionClientCapabilities(
        completion_item=types.ClientCompletionItemOptions(documentation_format=[types.MarkupKind.PlainText])
    )
    given = types.TextDocumentClientCapabilities(completion=completion)
    assert markup_of(types.ClientCapabilities(text_document=given)).plain
    assert not markup_of(types.ClientCapabilities()).plain


def test_what_a_client_says_that_it_can_do() -> None:
    options = types.ClientCompletionItemOptions(
        snippet_support=True, label_details_support=True, commit_characters_support=True
    )
    completion = types.CompletionClientCapabilities(completion_item=options)
    given = types.TextDocumentClientCapabilities(completion=completion)
    assert ClientItems.of(types.ClientCapabilities(text_document=given)) == CLIENT
    assert ClientItems.of(types.ClientCapabilities()) == ClientItems()

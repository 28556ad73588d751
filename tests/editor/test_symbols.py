"""The outline of a note and a module, and the search for codes."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from lsprotocol import types

from codeable.editor.outline.folding import folding_ranges, selection_at
from codeable.editor.outline.symbols import found_symbols, outline_of
from codeable.editor.study.study_view import StudyView
from tests.editor.study_views import cursor_at, open_document, text_at, view_of
from tests.studies import SMALL, write_study

NOTE = """
    # s 14
    ## title
    Data Product Pyramid
    ## example
    yes
    # coding
    > First 🙂 passage.

    > Second passage.

    **OPEN CODING TRACE:**

    Familiar options: k8s

    **AXIAL CODING TRACE:**
    ``` python
    queue = CClass(practice, "Queue")
    add_decision_option_link(infrastructure_decision, queue, "Keep a queue")
    add_decision_option_link(infrastructure_decision, k8s, "Use pods")
    add_force_relations({queue: {security: positive}})
    k8s
    broken = CClass(practice, "
    ```

    **MEMO:** Why?

    <!-- two
    lines -->

    > Third passage.
    """


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> StudyView:
    return view_of(write_study(tmp_path_factory.mktemp("small"), {**SMALL, "sources/s_14.md": NOTE}))


def outline(view: StudyView, file: str) -> list[types.DocumentSymbol]:
    return outline_of(view, view.document(str(view.folder / file)))  # type: ignore[operator]


def shown(symbols: list[types.DocumentSymbol], level: int = 0) -> Iterator[str]:
    for one in symbols:
        yield f"{'  ' * level}{one.name} | {one.detail or ''}"
        yield from shown(list(one.children or ()), level + 1)


def test_the_outline_of_a_note_has_the_metadata_and_the_passages_with_what_was_coded(view: StudyView) -> None:
    assert list(shown(outline(view, "sources/s_14.md"))) == [
        "s14 Data Product Pyramid | 3 passages",
        "  metadata | 2 fields",
        "    title | Data Product Pyramid",
        "    example | yes",
        "  First 🙂 passage. | 2 passages",
        "    First 🙂 passage. | ",
        "    Second passage. | ",
        "    open trace | k8s",
        "    axial trace | k8s",
        "      queue | practice Queue – Keep a queue",
        "      k8s | option: Use pods",
        "      forces | 1 solution",
        "        queue: security | positive",
        "    memo | Why?",
        "  Third passage. | ",
    ]


def test_the_outline_of_a_module_has_decisions_with_options_and_sources_with_codes(view: StudyView) -> None:
    assert list(shown(outline(view, "models/infrastructure.py"))) == [
        "infrastructure_decision | decision How can we manage the infrastructure?",
        "  versioning | practice Versioning",
        "  k8s | practice K8s",
        "  orchestration | pattern Orchestration",
        "  versioning | option: Keep control of your versions",
        "  k8s | option: Use pods",
        "  orchestration | option: Integrate applications",
    ]
    assert list(shown(outline(view, "models/forces.py"))) == [
        "consistency | force Consistency",
        "security | force Security",
        "forces | 1 solution",
        "  orchestration: consistency | positive",
        "  orchestration: security | very_negative",
        "k8s_uses_orchestration | uses",
    ]
    assert list(shown(outline(view, "sources/s14.py"))) == [
        "s14 | source Data Product Pyramid",
        "  2 codes | k8s, infrastructure_decision",
    ]


def nested(view: StudyView, symbols: list[types.DocumentSymbol], document: object) -> None:
    def ends(where: types.Range) -> tuple[int, int]:
        return document.offset(where.start), document.offset(where.end)  # type: ignore[attr-defined,no-any-return]

    for one in symbols:
        (start, end), (first, last) = ends(one.range), ends(one.selection_range)
        assert start <= first <= last <= end, one.name
        before = start
        for child in one.children or ():
            begin, finish = ends(child.range)
            assert before <= begin and finish <= end, child.name
            before = begin
        nested(view, list(one.children or ()), document)


def test_ranges_nest_and_names_are_where_they_are_written(view: StudyView) -> None:
    assert view.folder is not None
    for path in [*view.folder.rglob("*.md"), *view.folder.rglob("*.py")]:
        document = view.document(str(path))
        symbols = outline_of(view, document)
        assert symbols
        nested(view, symbols, document)
    (root,) = outline(view, "models/infrastructure.py")
    path = str(view.folder / "models/infrastructure.py")
    assert text_at(view, path, root.selection_range) == "infrastructure_decision"


def test_codes_and_sources_are_found_by_identifier_display_name_and_initials(view: StudyView) -> None:
    def names(query: str) -> list[str]:
        return [one.name for one in found_symbols(view, query)]

    assert names("k8s")[:2] == ["k8s K8s", "k8s_uses_orchestration"]
    assert names("How can we")[0] == "infrastructure_decision How can we manage the infrastructure?"
    assert names("pyramid") == ["s14 Data Product Pyramid"]
    assert names("kuo")[0] == "k8s_uses_orchestration"
    assert names("vrsng") == ["versioning Versioning"]
    assert names("nothing at all") == []
    assert len(names("")) > 8
    (found,) = found_symbols(view, "versioning")
    assert (found.kind, found.container_name) == (types.SymbolKind.Method, "practice")


def test_metadata_groups_traces_blocks_statements_and_comments_can_be_folded(view: StudyView) -> None:
    assert view.folder is not None
    document = view.document(str(view.folder / "sources/s_14.md"))
    found = folding_ranges(view, document)
    lines = [(one.start_line, one.end_line) for one in found]
    assert {(1, 4), (6, 24), (10, 12), (14, 22), (15, 22), (26, 27)} <= set(lines)
    assert len(lines) == len(set(lines))
    assert all(first < last for first, last in lines)
    kinds = {(one.start_line, one.end_line): one.kind for one in found}
    assert kinds[26, 27] == types.FoldingRangeKind.Comment
    text = "bus = CClass(\n    pattern,\n    'Bus')\nif bus:\n    x = (1,\n    2)\n"
    folder = view.folder
    view = view_of(folder, open_document(folder, "models/forces.py", text))
    module = view.document(str(folder / "models/forces.py"))
    assert [(one.start_line, one.end_line) for one in folding_ranges(view, module)] == [
        (0, 2),
        (3, 5),
        (4, 5),
    ]


def test_a_selection_grows_from_the_word_to_the_whole_text(view: StudyView) -> None:
    assert view.folder is not None
    for file, before, behind, expected in (
        ("sources/s_14.md", "CClass(practice, ", '"Queue"', 'queue = CClass(practice, "Queue")'),
        ("models/infrastructure.py", '"Use ', "pods", '"Use pods"'),
    ):
        cursor = cursor_at(view, file, before, behind)
        steps = []
        step: types.SelectionRange | None = selection_at(cursor)
        while step is not None:
            steps.append(text_at(view, cursor.path, step.range))
            step = step.parent
        assert expected in steps
        assert all(inner in outer for inner, outer in pairwise(steps))
        assert steps[-1] == cursor.document.text

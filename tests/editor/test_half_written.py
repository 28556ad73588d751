"""Every feature that only reads answers in texts that are cut anywhere, as they are while somebody types."""

from pathlib import Path

import pytest
from lsprotocol import types

from codeable.editor.document_links import links_of
from codeable.editor.hints import hints_in
from codeable.editor.hover.markup import Markup
from codeable.editor.hover.requests import hover_at
from codeable.editor.hover.signature import signature_at
from codeable.editor.lenses import lenses_of
from codeable.editor.navigation import definitions_at, highlights_at, references_at
from codeable.editor.outline.folding import folding_ranges, selection_at
from codeable.editor.outline.symbols import outline_of
from codeable.editor.server.options import EditorOptions
from codeable.editor.study.study_view import Cursor
from tests.editor.study_views import open_document, view_of
from tests.studies import SMALL, write_study

NOTE = """
    # s 14
    ## title
    Pyramid 🙂
    # coding
    > A passage.

    **OPEN CODING TRACE:**
    Familiar options: k8s, versioning

    **AXIAL CODING TRACE:**
    add codes to s14:
    ``` python
    '''
    k8s, versioning
    '''
    queue = CClass(practice, "Queue", values={"description": "One (or two)"})
    add_decision_option_link(infrastructure_decision, queue, "Keep a queue")
    add_force_relations({queue: {security: positive}, k8s: {consistency: negative}})
    k8s.add_links(queue, role_name="to", stereotype_instances=[uses])
    ```
    <!-- codeable: ignore[C301] -->
    **MEMO:** Is k8s a pattern?
    """


@pytest.mark.parametrize("file", ["sources/s_14.md", "models/forces.py"])
@pytest.mark.sampled(16)
@pytest.mark.parametrize("part", range(40))
def test_a_text_that_is_cut_anywhere(tmp_path: Path, file: str, part: int) -> None:
    folder = write_study(tmp_path, {**SMALL, "sources/s_14.md": NOTE})
    whole = (folder / file).read_text(encoding="utf-8")
    end = len(whole) * (part + 1) // 40
    for text in (whole[:end], whole[end:], whole[: end // 2] + whole[end:]):
        view = view_of(folder, open_document(folder, file, text), loads=False)
        document = view.document(str(folder / file))
        for offset in range(max(end - 12, 0), end + 1, 3):
            cursor = Cursor(view, document, min(offset, len(text)))
            hover_at(cursor, Markup())
            signature_at(cursor, Markup())
            assert len(references_at(cursor, declared=True)) >= len(highlights_at(cursor))
            definitions_at(cursor)
            assert selection_at(cursor).range.start.line >= 0
        everywhere = document.range(0, len(text))
        hints_in(view, document, everywhere, EditorOptions())
        lenses_of(view, document, frozenset())
        links_of(view, document)
        assert all(one.end_line > one.start_line for one in folding_ranges(view, document))
        for symbol in outline_of(view, document):
            _assert_nested(symbol)


def _assert_nested(symbol: types.DocumentSymbol) -> None:
    def ends(where: types.Range) -> tuple[tuple[int, int], tuple[int, int]]:
        return (where.start.line, where.start.character), (where.end.line, where.end.character)

    outer, name = ends(symbol.range), ends(symbol.selection_range)
    assert outer[0] <= name[0] <= name[1] <= outer[1], symbol.name
    for child in symbol.children or ():
        inner = ends(child.range)
        assert outer[0] <= inner[0] and inner[1] <= outer[1], child.name
        _assert_nested(child)

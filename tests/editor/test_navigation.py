"""From a name to its declarations, and to the places where it is used."""

import pytest

from codeable.editor.navigation import definitions_at, highlights_at, references_at
from codeable.editor.study.study_view import Cursor, StudyView
from tests.editor.study_views import cursor_at, open_document, text_at, view_of
from tests.studies import write_study

FILES = {
    "models/base.py": """
        from codeable.dsl import *

        cost = CClass(force, "Cost")
        """,
    "models/mesh.py": """
        from codeable.dsl import *
        from models.base import cost
        from models import base
        from . import base as other
        import models.base

        event_bus = CClass(pattern, "Event Bus")
        add_force_relations({event_bus: {cost: negative}})
        def local(event_bus): return event_bus
        """,
    "sources/s_1.md": """
        # s 1
        # coding
        > A bus: event_bus.

        **OPEN CODING TRACE:**

        Familiar options: old_bus

        **AXIAL CODING TRACE:**
        ``` python
        s1 = CClass(source, "s1")
        🙂 = 1
        event_bus
        ```
        """,
    "pyproject.toml": """
        [tool.codeable.renames]
        old_bus = "event_bus"
        """,
}


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> StudyView:
    return view_of(write_study(tmp_path_factory.mktemp("mesh"), FILES))


def places(view: StudyView, found: list) -> list[tuple[str, int, str]]:  # type: ignore[type-arg]
    assert view.folder is not None
    paths = {path.as_uri(): path for path in view.folder.rglob("*.*")}
    return [
        (paths[one.uri].name, one.range.start.line + 1, text_at(view, str(paths[one.uri]), one.range))
        for one in found
    ]


def test_a_name_leads_to_its_declaration_from_notes_modules_and_imports(view: StudyView) -> None:
    expected = [("mesh.py", 7, "event_bus")]
    for file, before, behind in (
        ("sources/s_1.md", "\nevent_", "bus\n```"),
        ("sources/s_1.md", "Familiar options: old", "_bus"),
        ("models/mesh.py", "relations({", "event_bus"),
        ("models/mesh.py", "", "event_bus = "),
    ):
        assert places(view, definitions_at(cursor_at(view, file, before, behind))) == expected, before
    imported = definitions_at(cursor_at(view, "models/mesh.py", "import cos", "t"))
    assert places(view, imported) == [("base.py", 3, "cost")]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("from models.ba", "se"),
        ("from mod", "els.base"),
        ("from models import ", "base"),
        ("import models.b", "ase"),
        ("from . import ba", "se"),
    ],
)
def test_the_name_of_a_module_leads_to_the_module(view: StudyView, before: str, behind: str) -> None:
    found = definitions_at(cursor_at(view, "models/mesh.py", before, behind))
    assert places(view, found) == [("base.py", 1, "")]


def test_a_source_leads_to_its_declaration_and_the_head_of_its_note(view: StudyView) -> None:
    found = definitions_at(cursor_at(view, "sources/s_1.md", "s", "1 = CClass"))
    assert places(view, found) == [("s_1.md", 11, "s1"), ("s_1.md", 1, "1")]
    used = references_at(cursor_at(view, "sources/s_1.md", "# ", "s 1"), declared=True)
    assert places(view, used) == [("s_1.md", 11, "s1")]


def test_references_are_the_places_of_the_code_under_all_of_its_names(view: StudyView) -> None:
    cursor = cursor_at(view, "models/mesh.py", "", "event_bus = ")
    everywhere = places(view, references_at(cursor, declared=True))
    assert sorted(everywhere) == [
        ("mesh.py", 7, "event_bus"),
        ("mesh.py", 8, "event_bus"),
        ("pyproject.toml", 2, "event_bus"),
        ("pyproject.toml", 2, "old_bus"),
        ("s_1.md", 7, "old_bus"),
        ("s_1.md", 13, "event_bus"),
    ]
    uses = places(view, references_at(cursor, declared=False))
    assert sorted(uses) == sorted(set(everywhere) - {("mesh.py", 7, "event_bus")})
    here = highlights_at(cursor)
    assert [(one.range.start.line, int(one.kind or 0)) for one in here] == [(6, 3), (7, 2)]


def test_a_name_in_the_settings_leads_to_its_code(view: StudyView) -> None:
    assert view.folder is not None
    opened = open_document(view.folder, "pyproject.toml")
    (document,) = opened.values()
    for name in ("old_bus", "event_bus"):
        cursor = Cursor(view_of(view.folder, opened), document, document.text.index(name) + 2)
        assert places(view, definitions_at(cursor)) == [("mesh.py", 7, "event_bus")]
        assert len(references_at(cursor, declared=True)) == 6
        assert [one.range.start.line for one in highlights_at(cursor)] == [1, 1]


def test_what_is_no_name_leads_nowhere(view: StudyView) -> None:
    for file, before, behind in (
        ("sources/s_1.md", "> A bus: event", "_bus."),  # a passage
        ("models/mesh.py", '"Event ', 'Bus"'),
        ("models/mesh.py", "return event_", "bus"),  # a name of the function alone
    ):
        cursor = cursor_at(view, file, before, behind)
        assert definitions_at(cursor) == references_at(cursor, declared=True) == highlights_at(cursor) == []

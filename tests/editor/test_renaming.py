"""Renaming in an editor: one edit over notes, modules and settings, also in texts that are not saved."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from lsprotocol import types

from codeable.editor.renaming import RenameFailedError, messages_of, rename_at, renamed
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.workspace_edits import EditSupport
from tests.editor.study_views import cursor_at, open_document, view_of
from tests.studies import write_study

FILES = {
    "models/mesh.py": """
        from codeable.dsl import *

        cost = CClass(force, "Cost")
        event_bus = CClass(pattern, "Event Bus")  # event_bus stays
        add_force_relations({event_bus: {cost: negative}})
        """,
    "sources/s_1.md": """
        # s 1
        # coding
        > A bus: event_bus.

        **OPEN CODING TRACE:**

        Familiar options: 🙂 event_bus

        **AXIAL CODING TRACE:**
        ``` python
        s1 = CClass(source, "s1")
        event_bus
        ```
        """,
}
WHOLE = EditSupport(versions=True, creation=True, labels=True)


def text_after(view: StudyView, edit: types.WorkspaceEdit) -> dict[str, str]:
    """File → its text after an edit."""
    found = {}
    for change in edit.document_changes or ():
        if isinstance(change, types.TextDocumentEdit):
            found.update([after(view, change.text_document.uri, change.edits)])
    for uri, edits in (edit.changes or {}).items():
        found.update([after(view, uri, edits)])
    return found


def after(view: StudyView, uri: str, edits: Sequence[object]) -> tuple[str, str]:
    document = view.document(uri.removeprefix("file://"))
    text = document.text
    places = [(one.range, one.new_text) for one in edits]  # type: ignore[attr-defined]
    for where, new in sorted(places, key=lambda place: document.offset(place[0].start), reverse=True):
        text = text[: document.offset(where.start)] + new + text[document.offset(where.end) :]
    return Path(document.path).name, text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_study(tmp_path, FILES)


class TestRename:
    """`textDocument/rename` at a name."""

    def test_it_changes_identifiers_and_neither_passages_nor_comments(self, folder: Path) -> None:
        view = view_of(folder)
        plan, edit = renamed(cursor_at(view, "models/mesh.py", "event", "_bus:"), "bus", "rewritten", WHOLE)
        texts = text_after(view, edit)
        assert (len(plan.edits), sorted(texts)) == (4, ["mesh.py", "s_1.md"])
        assert 'bus = CClass(pattern, "Event Bus")  # event_bus stays' in texts["mesh.py"]
        assert "> A bus: event_bus." in texts["s_1.md"]
        assert "Familiar options: 🙂 bus\n" in texts["s_1.md"]
        assert "\nbus\n```" in texts["s_1.md"]
        assert edit.change_annotations is not None
        assert [one.label for one in edit.change_annotations.values()] == ["Rename event_bus to bus"]

    def test_it_changes_the_text_that_is_not_saved_and_names_its_version(self, folder: Path) -> None:
        text = (folder / "sources/s_1.md").read_text("utf-8").replace("\nevent_bus\n", "\ncost\nevent_bus\n")
        view = view_of(folder, open_document(folder, "sources/s_1.md", text))
        _, edit = renamed(cursor_at(view, "sources/s_1.md", "cost\nevent"), "bus", "rewritten", WHOLE)
        assert "cost\nbus\n" in text_after(view, edit)["s_1.md"]
        versions = {
            Path(change.text_document.uri).name: change.text_document.version
            for change in edit.document_changes or ()
            if isinstance(change, types.TextDocumentEdit)
        }
        assert versions == {"mesh.py": None, "s_1.md": 1}

    def test_it_keeps_the_notes_and_writes_an_entry_into_the_settings(self, folder: Path) -> None:
        view = view_of(folder)
        _, edit = renamed(cursor_at(view, "models/mesh.py", "event", "_bus:"), "bus", "kept", WHOLE)
        texts = text_after(view, edit)
        assert texts.pop("pyproject.toml") == '[tool.codeable.renames]\nevent_bus = "bus"\n'
        assert list(texts) == ["mesh.py"]
        created = [one.uri for one in edit.document_changes or () if isinstance(one, types.CreateFile)]
        assert [Path(uri).name for uri in created] == ["pyproject.toml"]

    def test_the_settings_are_changed_as_they_are_now(self, folder: Path) -> None:
        settings = folder / "pyproject.toml"
        settings.write_text('[tool.codeable]\noutput = "a"\n', "utf-8")
        view = view_of(folder)
        cursor = cursor_at(view, "models/mesh.py", "event", "_bus:")
        renamed(cursor, "bus", "kept", WHOLE)
        settings.write_text('# A comment.\n[tool.codeable]\noutput = "a"\n', "utf-8")
        _, edit = renamed(cursor, "bus", "kept", WHOLE)
        assert text_after(view, edit)["pyproject.toml"] == (
            '# A comment.\n[tool.codeable]\noutput = "a"\n\n[tool.codeable.renames]\nevent_bus = "bus"\n'
        )

    def test_a_client_that_creates_no_files_is_told_so(self, folder: Path) -> None:
        view = view_of(folder)
        with pytest.raises(RenameFailedError, match=r"no pyproject.toml, and the editor creates no files"):
            renamed(cursor_at(view, "models/mesh.py", "event", "_bus:"), "bus", "kept", EditSupport())

    def test_an_old_client_gets_plain_changes(self, folder: Path) -> None:
        view = view_of(folder)
        cursor = cursor_at(view, "models/mesh.py", "event", "_bus:")
        _, edit = renamed(cursor, "bus", "rewritten", EditSupport())
        assert edit.document_changes is None
        assert "\nbus\n```" in text_after(view, edit)["s_1.md"]

    @pytest.mark.parametrize(
        ("new", "reason"),
        [
            ("cost", r"'cost' is taken: force cost 'Cost'"),
            ("class", r"'class' .*keyword"),
            ("practice", r"'practice' "),
            ("event bus", r"'event bus' "),
            ("s1", r"'s1' is the name of a source"),
        ],
    )
    def test_a_name_that_cannot_be_is_refused_with_the_reason(
        self, folder: Path, new: str, reason: str
    ) -> None:
        cursor = cursor_at(view_of(folder), "models/mesh.py", "event", "_bus:")
        with pytest.raises(RenameFailedError, match=reason):
            renamed(cursor, new, "rewritten", WHOLE)


class TestPrepareRename:
    """`textDocument/prepareRename`: whether the name at a place can be renamed."""

    def test_it_gives_the_identifier_behind_an_emoji(self, folder: Path) -> None:
        found = rename_at(cursor_at(view_of(folder), "sources/s_1.md", "🙂 event"))
        assert found is not None
        assert (found.placeholder, str(found.range)) == ("event_bus", "6:21-6:30")

    def test_it_gives_the_identifier_in_the_settings(self, folder: Path) -> None:
        (folder / "pyproject.toml").write_text('[tool.codeable.views."cost"]\nwrap = 20\n', "utf-8")
        found = rename_at(cursor_at(view_of(folder), "pyproject.toml", '"co'))
        assert found is not None
        assert (found.placeholder, str(found.range)) == ("cost", "0:22-0:26")

    def test_there_is_none_in_a_passage(self, folder: Path) -> None:
        assert rename_at(cursor_at(view_of(folder), "sources/s_1.md", "> A bus: event")) is None

    def test_a_source_is_refused_with_what_to_do(self, folder: Path) -> None:
        with pytest.raises(RenameFailedError, match="'s1' is a source, and its name is in the heading"):
            rename_at(cursor_at(view_of(folder), "sources/s_1.md", "python\ns1"))

    def test_a_module_that_is_no_python_is_named(self, folder: Path) -> None:
        view = view_of(folder, open_document(folder, "models/mesh.py", "cost = CClass(force,\n"))
        with pytest.raises(RenameFailedError, match="is not Python; correct it first"):
            rename_at(cursor_at(view, "sources/s_1.md", "🙂 event"))


def test_what_stays_is_told(folder: Path) -> None:
    module = folder / "models/mesh.py"
    module.write_text(module.read_text("utf-8") + "print('event_bus')\n", "utf-8")
    view = view_of(folder)
    cursor = cursor_at(view, "models/mesh.py", "event", "_bus:")
    plan, _ = renamed(cursor, "message_bus", "rewritten", WHOLE)
    first, second = messages_of(plan)
    assert first == "left as it is:"
    assert second.endswith("the string 'event_bus' is no code")

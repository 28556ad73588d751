"""Code actions as an editor asks for them: which ones, for which diagnostic, and as which edits."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from lsprotocol import types

from codeable.editor.actions.requests import FIX_ALL, code_actions, fixes_of_study
from codeable.editor.diagnostics.findings import checked
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.workspace_edits import EditSupport
from tests.editor.session import editor
from tests.editor.study_views import open_document, view_of
from tests.editor.test_renaming import text_after
from tests.studies import write_study

MODULE = """
    from codeable.dsl import *

    cost = CClass(force, "Cost")
    storage_decision = CClass(decision, "Where to store?")
    """
NOTE = """
    # s 1
    ## url
    https://example.org/1
    ## title
    Storage 🙂
    ## source type
    Blog Post
    ## author type
    Practitioner

    # coding

    > A passage.

    **AXIAL CODING TRACE:**

    ``` python
    object_store = CClass(practice, " Object Store")
    add_force_relations({object_store: {cost: very positive}})
    add_decision_option_link(storage_decision, objct_store, "🙂 Keep") # object_store
    ```
    """
FILES = {"models/mesh.py": MODULE, "sources/s_1.md": NOTE}
WHOLE = EditSupport(versions=True, creation=True, snippets=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_study(tmp_path, FILES)


def asked(
    view: StudyView,
    text: str,
    only: list[types.CodeActionKind | str] | None = None,
    support: EditSupport = WHOLE,
    file: str = "sources/s_1.md",
    now: StudyView | None = None,
) -> list[types.CodeAction]:
    """The code actions on the line with a text."""
    assert view.folder is not None
    document = (now or view).document(str(view.folder / file))
    start = document.position(document.text.index(text))
    report, _ = checked(view, lambda: None)
    context = types.CodeActionContext(diagnostics=[], only=only)
    where = types.Range(start, start)
    return code_actions(now or view, document, view, report, where, context, support)


def titles(actions: Iterable[types.CodeAction]) -> list[str]:
    return [one.title for one in actions]


def of(actions: Iterable[types.CodeAction], title: str) -> types.CodeAction:
    return next(one for one in actions if one.title == title)


class TestQuickFixes:
    """What is offered on a line."""

    def test_they_belong_to_the_diagnostics_of_the_line(self, folder: Path) -> None:
        found = asked(view_of(folder), "objct_store")
        assert {one.diagnostics[0].code for one in found if one.diagnostics} == {"C301"}
        assert titles(found)[0] == "Write 'object_store' instead of 'objct_store'"
        assert [one.title for one in found if one.is_preferred] == titles(found)[:1]
        assert {one.kind for one in found} == {types.CodeActionKind.QuickFix}

    def test_an_edit_is_exact_behind_an_emoji(self, folder: Path) -> None:
        view = view_of(folder)
        edit = of(asked(view, "objct_store"), "Write 'object_store' instead of 'objct_store'").edit
        assert edit is not None
        expected = view.document(str(folder / "sources/s_1.md")).text.replace("objct_store", "object_store")
        assert text_after(view, edit) == {"s_1.md": expected}

    def test_the_safe_fix_is_the_preferred_one(self, folder: Path) -> None:
        found = asked(view_of(folder), "very positive")
        assert [one.title for one in found if one.is_preferred] == ["Write 'very_positive'"]

    def test_only_the_kinds_that_a_client_asks_for_are_sent(self, folder: Path) -> None:
        view = view_of(folder)
        assert asked(view, "objct_store", [types.CodeActionKind.Refactor]) == []
        assert titles(asked(view, "objct_store", [types.CodeActionKind.Source])) == [
            "Apply 2 safe fixes of codeable"
        ]
        assert asked(view, "objct_store", [types.CodeActionKind.QuickFix]) == asked(view, "objct_store")

    def test_words_to_write_over_are_placeholders_where_the_client_can(self, folder: Path) -> None:
        view = view_of(folder)
        edits = [
            of(asked(view, "objct_store", support=support), "Ignore C301 here, with a reason").edit
            for support in (WHOLE, EditSupport(versions=True))
        ]
        snippet, plain = (_first_edit(edit) for edit in edits)
        assert isinstance(snippet, types.SnippetTextEdit)
        assert snippet.snippet.value == "# codeable: ignore[C301] ${1:REASON}\n"
        assert isinstance(plain, types.TextEdit)
        assert plain.new_text == "# codeable: ignore[C301] REASON\n"

    def test_each_word_is_a_placeholder_of_its_own(self, tmp_path: Path) -> None:
        """Two edits with one placeholder would be written over together."""
        note = "# s 1\n## url\nx\n## title\nOne\n## source type\n\n## author type\n\n# coding\n"
        view = view_of(write_study(tmp_path, FILES | {"sources/s_1.md": note}))
        edit = of(asked(view, "# s 1"), "Add 'source type', 'author type' to the header").edit
        assert edit is not None
        assert edit.document_changes is not None
        (change,) = edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        written = [one.snippet.value for one in change.edits if isinstance(one, types.SnippetTextEdit)]
        assert written == ["${1:SOURCE TYPE}\n", "${2:AUTHOR TYPE}\n"]

    def test_a_module_gets_no_words_that_do_not_load(self, folder: Path) -> None:
        """Without placeholders to write over, the study would not load until they are."""
        view = view_of(folder)
        title = "Write add_force_relations({SOLUTION: {cost: positive}})"
        note = folder / "sources/s_1.md"
        note.write_text(note.read_text("utf-8").replace("add_force", "# add_force"), "utf-8")
        view = view_of(folder)
        assert title in titles(asked(view, "cost =", file="models/mesh.py"))
        plain = asked(view, "cost =", file="models/mesh.py", support=EditSupport(versions=True))
        assert title not in titles(plain)

    def test_a_code_is_renamed_in_the_settings(self, folder: Path) -> None:
        view = view_of(folder)
        title = "Rename 'objct_store' to 'object_store' in the settings, and keep the notes as they are"
        edit = of(asked(view, "objct_store"), title).edit
        assert edit is not None
        assert text_after(view, edit) == {
            "pyproject.toml": '[tool.codeable.renames]\nobjct_store = "object_store"\n'
        }
        without_creation = asked(view, "objct_store", support=EditSupport(versions=True))
        assert title not in titles(without_creation)

    def test_the_text_of_now_is_changed_not_that_which_was_checked(self, folder: Path) -> None:
        """While a check runs the text goes on; findings on other lines move along."""
        view = view_of(folder)
        before = (folder / "sources/s_1.md").read_text("utf-8")
        now = view_of(folder, open_document(folder, "sources/s_1.md", before.replace("> A", "> 🙂\n> A")))
        found = asked(view, "objct_store", now=now)
        edit = of(found, "Write 'object_store' instead of 'objct_store'").edit
        assert edit is not None
        text = now.document(str(folder / "sources/s_1.md")).text
        assert text_after(now, edit) == {"s_1.md": text.replace("objct_store", "object_store")}
        gone = view_of(folder, open_document(folder, "sources/s_1.md", before.replace("objct", "obj")))
        assert "C301" not in {
            one.diagnostics[0].code for one in asked(view, "obj_", now=gone) if one.diagnostics
        }


def test_a_diagnostic_leads_to_the_page_of_its_rule_and_fades_what_can_go(folder: Path) -> None:
    note = folder / "sources/s_1.md"
    note.write_text(
        note.read_text("utf-8").replace("# coding", "<!-- codeable: ignore[C304] x -->\n# coding")
    )
    _, published = checked(view_of(folder), lambda: None)
    found = {str(one.code): one for one in published[str(note)]}
    page = found["C301"].code_description
    assert page is not None
    assert page.href.endswith("/C301-undeclared-code.md")
    assert found["C301"].tags is None
    assert found["C109"].tags == [types.DiagnosticTag.Unnecessary]


def test_the_figure_of_a_decision_is_shown_where_its_name_is(folder: Path) -> None:
    (action,) = asked(view_of(folder), "storage_decision =", ["showFigure"], file="models/mesh.py")
    assert (action.title, action.command and action.command.command) == (
        "Show the figure of 'storage_decision'",
        "codeable.preview",
    )
    assert asked(view_of(folder), "cost =", ["showFigure"], file="models/mesh.py") == []


def _first_edit(edit: types.WorkspaceEdit | None) -> object:
    assert edit is not None
    change = (edit.document_changes or ())[0]
    assert isinstance(change, types.TextDocumentEdit)
    return change.edits[0]


def test_a_new_name_that_can_be_one_kind_only_is_declared_as_that(folder: Path) -> None:
    note = folder / "sources/s_1.md"
    note.write_text(note.read_text("utf-8").replace("storage_decision", "queueing"), "utf-8")
    found = [one for one in asked(view_of(folder), "queueing") if "queueing" in one.title]
    assert [(one.title, one.is_preferred) for one in found] == [("Declare 'queueing' as a decision", True)]


def test_the_kind_of_the_label_is_the_first_choice(folder: Path) -> None:
    note = folder / "sources/s_1.md"
    trace = "**OPEN CODING TRACE:**\nNew force: time_lag\nNew options: queue_of_all, other\n"
    note.write_text(note.read_text("utf-8").replace("**AXIAL", f"{trace}\n**AXIAL", 1), "utf-8")
    view = view_of(folder)
    for name, kinds in (("time_lag", "force practice"), ("queue_of_all", "practice pattern")):
        found = [one for one in asked(view, name) if f"'{name}'" in one.title and "Declare" in one.title]
        assert [one.title.split()[-1] for one in found][:2] == kinds.split()
        assert found[0].is_preferred == (name == "time_lag" or None)


class TestFixAll:
    """All safe fixes at once: of a file, and of a study."""

    def test_of_a_file(self, folder: Path) -> None:
        view = view_of(folder)
        (action,) = asked(view, "# s 1", [FIX_ALL])
        assert action.edit is not None
        (text,) = text_after(view, action.edit).values()
        assert '"Object Store"' in text
        assert "very_positive" in text
        assert "objct_store" in text

    def test_there_is_none_for_a_file_without_safe_fixes(self, folder: Path) -> None:
        assert asked(view_of(folder), "cost =", [FIX_ALL], file="models/mesh.py") == []

    def test_of_a_study(self, folder: Path) -> None:
        (folder / "models/mesh.py").write_text(
            (folder / "models/mesh.py").read_text("utf-8").replace('"Cost"', '" Cost"'), "utf-8"
        )
        view = view_of(folder)
        report, _ = checked(view, lambda: None)
        edit = fixes_of_study(view, report, WHOLE)
        assert edit is not None
        assert sorted(text_after(view, edit)) == ["mesh.py", "s_1.md"]


@pytest.mark.slow
def test_an_editor_gets_actions_and_renames_a_code(folder: Path) -> None:
    async def run() -> None:
        edits = types.WorkspaceEditClientCapabilities(document_changes=True, resource_operations=["create"])
        workspace = types.WorkspaceClientCapabilities(workspace_edit=edits)
        async with editor(folder, capabilities=types.ClientCapabilities(workspace=workspace)) as session:
            uri = session.open(folder / "sources/s_1.md")
            text = (folder / "sources/s_1.md").read_text("utf-8")
            await session.found(uri, lambda found: any(one.startswith("C301") for one in found))
            session.write(uri, f"{text}\n**MEMO:** object_store again\n")
            at = types.Range(types.Position(19, 0), types.Position(19, 80))
            found = await session.client.text_document_code_action_async(
                types.CodeActionParams(
                    types.TextDocumentIdentifier(uri), at, types.CodeActionContext(session.diagnostics(uri))
                )
            )
            assert "Write 'object_store' instead of 'objct_store'" in [one.title for one in found or ()]
            line = next(n for n, each in enumerate(text.split("\n")) if each.startswith("object_store ="))
            place = types.Position(line, 3)
            document = types.TextDocumentIdentifier(uri)
            prepared = await session.client.text_document_prepare_rename_async(
                types.PrepareRenameParams(document, place)
            )
            assert prepared is not None
            renamed = await session.client.text_document_rename_async(
                types.RenameParams(document, place, "blob_store")
            )
            (change,) = renamed.document_changes if renamed is not None and renamed.document_changes else ()
            assert isinstance(change, types.TextDocumentEdit)
            assert (change.text_document.version, len(change.edits)) == (2, 3)
            with pytest.raises(Exception, match="'cost' is taken"):
                await session.client.text_document_rename_async(types.RenameParams(document, place, "cost"))
            await _commands(session, uri, place)
            assert await session.end() == 0

    asyncio.run(asyncio.wait_for(run(), 120))


async def _commands(session: Any, uri: str, place: types.Position) -> None:
    position = {"line": place.line, "character": place.character}
    arguments = [uri, position, "blob_store", {"notes": False}]
    reply = await session.client.workspace_execute_command_async(
        types.ExecuteCommandParams("codeable.rename", arguments)
    )
    assert (reply["edits"], reply["files"]) == (1, 1)
    await session.until(lambda: "object_store → blob_store: 1 place in 1 file" in session.shown)
    assert [type(one) for one in session.applied[-1].document_changes] == [
        types.CreateFile,
        types.TextDocumentEdit,
    ]
    refused = types.ExecuteCommandParams("codeable.rename", [uri, position, "cost"])
    assert await session.client.workspace_execute_command_async(refused) is None
    await session.until(lambda: any("'cost' is taken" in each for each in session.shown))
    refused = types.ExecuteCommandParams("codeable.rename", [uri, position, "blob_store", {"notes": "keep"}])
    assert await session.client.workspace_execute_command_async(refused) is None
    await session.until(lambda: "notes is 'keep'; expected true or false" in session.shown)
    await session.client.workspace_execute_command_async(
        types.ExecuteCommandParams("codeable.fixStudy", [uri])
    )
    assert len(session.applied) == 2


def test_a_conflict_in_a_module_is_resolved(folder: Path) -> None:
    text = "from codeable.dsl import *\n<<<<<<< ours\na = 1\n=======\nb = 2\n>>>>>>> theirs\n"
    view = view_of(folder, open_document(folder, "models/mesh.py", text))
    report, published = checked(view, lambda: None)
    document = view.document(str(folder / "models/mesh.py"))
    context = types.CodeActionContext(diagnostics=published[document.path])
    where = types.Range(types.Position(2, 0), types.Position(2, 0))
    found = code_actions(view, document, view, report, where, context, WHOLE)
    assert titles(found) == ["Keep our version", "Keep their version", "Keep both"]
    edit = found[1].edit
    assert edit is not None
    assert text_after(view, edit)["mesh.py"] == "from codeable.dsl import *\nb = 2\n"


def test_a_name_that_a_module_does_not_bind_is_imported_or_corrected(folder: Path) -> None:
    write_study(folder, {"models/other.py": "from codeable.dsl import *\nqueue = CClass(pattern, 'Queue')\n"})
    text = (folder / "models/mesh.py").read_text(
        "utf-8"
    ) + "add_force_relations({queue: {cosst: positive}})\n"
    view = view_of(folder, open_document(folder, "models/mesh.py", text))
    _, published = checked(view, lambda: None)
    document = view.document(str(folder / "models/mesh.py"))
    shown = published[document.path]
    context = types.CodeActionContext(diagnostics=shown)
    where = types.Range(types.Position(0, 0), types.Position(99, 0))
    report, _ = checked(view, lambda: None)
    found = [
        one
        for one in code_actions(view, document, view, report, where, context, WHOLE)
        if one.diagnostics and one.diagnostics[0].code == "unknown-name"
    ]
    assert titles(found) == ["Import 'queue'", "Write 'cost'"]
    edits = [edit for one in found for edit in (one.edit.changes or {})[document.uri] if one.edit]
    assert [edit.new_text for edit in edits] == ["from models.other import queue\n", "cost"]


class TestWhatOneClickLeaves:
    """After a quick fix, its finding is gone."""

    def offered(self, folder: Path, trace: str, at: str) -> dict[str, str]:
        """Title → the note after the fix, of the quick fixes that write other names or values."""
        text = dedent(NOTE).partition("**AXIAL")[0] + trace
        (folder / "sources" / "s_1.md").write_text(text, encoding="utf-8")
        view = view_of(folder)
        found = asked(view, at, [types.CodeActionKind.QuickFix])
        return {
            one.title: text_after(view, one.edit).get("s_1.md", "")
            for one in found
            if one.edit is not None and not one.title.startswith("Ignore")
        }

    def test_a_code_that_is_listed_twice_is_taken_out_twice(self, folder: Path) -> None:
        trace = """
            **OPEN CODING TRACE:**

            cost
            storage_decision
            cost

            > Another passage.

            **OPEN CODING TRACE:**

            Forces: cost, storage_decision

            **AXIAL CODING TRACE:**

            ``` python
            storage_decision
            ```
            """
        text = self.offered(folder, dedent(trace), "cost")["Take 'cost' out of the open trace"]
        assert "cost" not in text
        assert text.count("storage_decision") == 3

    def test_a_name_that_is_stated_twice_is_written_in_one_way(self, folder: Path) -> None:
        trace = """
            **AXIAL CODING TRACE:**

            ``` python
            queue = CClass(practice, "Queue 🙂")

            queue = CClass(practice, "Waiting line")
            ```
            """
        texts = self.offered(folder, dedent(trace), 'queue = CClass(practice, "Waiting')
        assert texts['Write "Queue 🙂" here, as above'].count('"Queue 🙂"') == 2
        assert texts['Write "Waiting line" above, as here'].count('"Waiting line"') == 2

    def test_a_first_declaration_stays_where_the_code_is_used_before_the_second(self, folder: Path) -> None:
        declared = '{} = CClass({}, "Queue")\n'
        for between, kept in (("", False), ("queue\n", True)):
            lines = declared.format("queue", "practice") + between + declared.format("queue", "pattern")
            trace = f"**AXIAL CODING TRACE:**\n\n``` python\n{lines}```\n"
            titles_now = self.offered(folder, trace, "queue = CClass(pattern")
            assert "Take this declaration out" in titles_now
            assert ("Take the first declaration out" not in titles_now) == kept

    def test_two_codes_of_one_name_become_one(self, folder: Path) -> None:
        module = folder / "models" / "mesh.py"
        declared = 'queue = CClass(practice, "Queue")\nline = CClass(practice, "Queue")\n'
        module.write_text(module.read_text(encoding="utf-8") + declared, encoding="utf-8")
        view = view_of(folder)
        found = asked(view, "line = CClass", file="models/mesh.py")
        edit = of(found, "Make 'queue' one code with 'line'").edit
        assert edit is not None
        (text,) = text_after(view, edit).values()
        assert "queue" not in text
        assert text.count("line = CClass") == 1

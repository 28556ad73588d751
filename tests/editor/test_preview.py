"""The figure of the decision at a place, as an editor shows it."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

import codeable
from codeable.editor.decision_figure import draw_figure, view_at, why_not_drawn
from codeable.editor.study.editor_study import EditorStudy
from codeable.editor.study.study_process import LoadedModel, Loader, LoadProblem
from codeable.editor.study.study_view import Cursor, StudyView
from codeable.editor.texts.documents import Document, key_of
from codeable.errors import CodeableError
from codeable.kernel.place import Span
from tests.studies import write_study

MODULE = """\
from codeable.dsl import *

storage_decision = CClass(decision, "Where is data kept?")
files = CClass(practice, "Files")
add_decision_option_link(storage_decision, files, "Keep files")
exchange_decision = CClass(decision, "How is data exchanged?")
events = CClass(practice, "Events")
add_decision_option_link(exchange_decision, events, "Send events")
both = CBundle("Both", elements=[files, events])
"""
NOTE = """\
# s 1
## title
A
# coding
> Text.

**OPEN CODING TRACE:**
Familiar option: events

**AXIAL CODING TRACE:**
``` python
hosting_decision = CClass(decision, "Where does it run?")
```
"""


class _InThisProcess(Loader):
    def load(self, folder: Path) -> LoadedModel | LoadProblem:
        return LoadedModel(codeable.load(folder), {})


@pytest.fixture
def study(tmp_path: Path) -> EditorStudy:
    write_study(tmp_path, {"models/a.py": MODULE, "sources/s_1.md": NOTE})
    return EditorStudy(tmp_path, _InThisProcess())


def view_of(study: EditorStudy, documents: dict[str, Document] | None = None) -> StudyView:
    return study.view(documents or {})


def cursor(view: StudyView, file: str, before: str, after: str = "") -> Cursor:
    """The place between two texts."""
    assert view.folder is not None
    path = str(view.folder / file)
    module, note = view.module(path), view.note(path)
    text = module.text if module is not None else note.text if note is not None else ""
    return Cursor(view, Document.of(path, text), text.index(before + after) + len(before))


def test_a_place_means_its_decision_or_bundle_else_that_of_its_option_else_the_nearest(
    study: EditorStudy,
) -> None:
    study.load()
    view = view_of(study)
    wanted = {
        ("exchange_decision = CClass(de", "cision"): "exchange_decision",
        ("exchange_deci", "sion = "): "exchange_decision",
        ("add_decision_option_link(storage", "_decision, files"): "storage_decision",
        ("fil", "es, events])"): "storage_decision",  # files is an option of it
        ("even", "ts, "): "exchange_decision",
        ('CBundle("Bo', "th"): "both",
        ('both = CBundle("Both", elements=[files, events])\n', ""): "both",
        ("from codeable", ".dsl"): "storage_decision",  # none is above
    }
    assert {place: view_at(cursor(view, "models/a.py", *place)) for place in wanted} == wanted
    assert view_at(cursor(view, "sources/s_1.md", "Familiar option: eve", "nts")) == "exchange_decision"
    assert view_at(cursor(view, "sources/s_1.md", "# s 1")) == "hosting_decision"


def test_a_file_without_a_decision_means_no_view(study: EditorStudy, tmp_path: Path) -> None:
    write_study(tmp_path, {"models/b.py": "from codeable.dsl import *\ncost = CClass(force, 'Cost')\n"})
    study.load()
    assert view_at(cursor(view_of(study), "models/b.py", "co", "st")) is None


def test_the_figure_is_drawn_into_a_file(study: EditorStudy, tmp_path: Path) -> None:
    study.load()
    model = view_of(study).study
    assert model is not None
    figure = draw_figure(model, "storage_decision", tmp_path / "figures")
    ((path, svg),) = figure.parts
    assert (figure.name, figure.title) == ("storage_decision", "Where is data kept?")
    assert path == tmp_path / "figures" / "storage_decision.svg"
    assert path.read_text(encoding="utf-8") == svg
    assert svg.lstrip().startswith("<?xml") or svg.lstrip().startswith("<svg")
    assert "Keep files" in svg


def test_a_figure_in_parts_has_a_file_for_each(study: EditorStudy, tmp_path: Path) -> None:
    write_study(
        tmp_path,
        {
            "models/a.py": MODULE + 'add_decision_option_link(storage_decision, events, "Keep events")\n',
            "pyproject.toml": "[tool.codeable.views.storage_decision]\nparts = 2\n",
        },
    )
    study.load()
    model = view_of(study).study
    assert model is not None
    first, second = draw_figure(model, "storage_decision", tmp_path / "figures").parts
    assert [path.name for path, _ in (first, second)] == ["storage_decision.svg", "storage_decision-2.svg"]
    assert "Keep files" in first[1]
    assert "Keep events" in second[1]
    assert second[0].read_text(encoding="utf-8") == second[1]


def test_views_of_one_file_name_are_said_when_one_is_drawn(study: EditorStudy, tmp_path: Path) -> None:
    write_study(
        tmp_path, {"models/b.py": "from codeable.dsl import *\nBoth = CBundle('Other', elements=[])\n"}
    )
    study.load()
    view = view_of(study)
    assert view.study is not None
    assert view_at(cursor(view, "models/a.py", "exchange_deci", "sion = ")) == "exchange_decision"
    with pytest.raises(CodeableError, match="two views have the file name"):
        draw_figure(view.study, "exchange_decision", tmp_path / "figures")


def test_a_figure_that_cannot_be_written_says_which_file(study: EditorStudy, tmp_path: Path) -> None:
    study.load()
    model = view_of(study).study
    assert model is not None
    (tmp_path / "taken").write_text("")
    with pytest.raises(CodeableError, match=r"storage_decision\.svg cannot be written"):
        draw_figure(model, "storage_decision", tmp_path / "taken")


def test_what_cannot_be_drawn_is_said_with_the_way_out(study: EditorStudy, tmp_path: Path) -> None:
    view = view_of(study)
    assert why_not_drawn(view, None) == "no figure yet: the study is still being loaded"
    assert why_not_drawn(view, None, not_loaded=True) == (
        "no figure: the modules of the study were not run; the command codeable.loadStudy runs them"
    )
    study.load()
    view = view_of(study)
    assert why_not_drawn(view, None) == ("this file names no decision and no bundle, so it has no figure")
    assert why_not_drawn(view, "hosting_decision", "x") == (
        "hosting_decision is not in the model; `codeable notes build` writes it into a module"
    )
    assert why_not_drawn(view, "storage_decision", "no such style") == (
        "storage_decision cannot be drawn: no such style"
    )
    path = str(tmp_path / "models/a.py")
    text = MODULE + 'new_decision = CClass(decision, "New?")\n'
    view = view_of(study, {key_of(path): Document.of(path, text, 2)})
    assert why_not_drawn(view, "new_decision", "x") == ("new_decision is not in the model; save its module")
    view.problem = LoadProblem("models/a.py:3: no", Span(path, 3, 1, 3, 1))
    assert why_not_drawn(view, "new_decision", "x") == (
        "new_decision is not in the model, because the study does not load: models/a.py:3: no"
    )


class _Editor:
    """A client that has opened one module of a study."""

    def __init__(self, *, shows_figures: bool) -> None:
        self.client = LanguageClient("test", "1")
        self.messages: list[str] = []
        self.opened: list[types.ShowDocumentParams] = []
        self.figures: asyncio.Queue[Any] = asyncio.Queue()
        self._shows_figures = shows_figures

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def show(params: types.ShowMessageParams) -> None:
            self.messages.append(params.message)

        @self.client.feature(types.WINDOW_SHOW_DOCUMENT)
        def show_document(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            self.opened.append(params)
            return types.ShowDocumentResult(success=True)

        @self.client.feature("codeable/figureChanged")
        def changed(params: Any) -> None:
            self.figures.put_nowait(params)

    async def start(self, folder: Path, file: str) -> str:
        await self.client.start_io(sys.executable, "-m", "codeable", "lsp")
        capabilities = types.ClientCapabilities(
            experimental={"codeable": {"figures": True}} if self._shows_figures else None,
            window=types.WindowClientCapabilities(
                show_document=types.ShowDocumentClientCapabilities(support=True)
            ),
        )
        await self.client.initialize_async(
            types.InitializeParams(capabilities=capabilities, root_uri=folder.as_uri())
        )
        self.client.initialized(types.InitializedParams())
        uri = (folder / file).as_uri()
        text = (folder / file).read_text(encoding="utf-8")
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "python", 1, text))
        )
        return uri

    async def command(self, name: str, *arguments: Any) -> Any:
        return await self.client.workspace_execute_command_async(
            types.ExecuteCommandParams(f"codeable.{name}", list(arguments))
        )

    def save(self, uri: str, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(2, uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()


@pytest.mark.slow
def test_a_client_that_shows_figures_gets_each_state_of_the_figure(
    study: EditorStudy, tmp_path: Path
) -> None:
    module = tmp_path / "models/a.py"

    async def session() -> None:
        editor = _Editor(shows_figures=True)
        uri = await editor.start(tmp_path, "models/a.py")
        found = await editor.command("preview", uri, types.Position(5, 3), None)
        assert (found["name"], found["title"]) == ("exchange_decision", "How is data exchanged?")
        assert "Send events" in found["svg"]
        assert Path(found["path"]).read_text(encoding="utf-8") == found["svg"]
        assert found["parts"] == [{"path": found["path"], "svg": found["svg"]}]
        assert (found["note"], editor.messages, editor.opened) == ("", [], [])
        assert [each["name"] for each in await editor.command("views", uri)] == [
            *("overview", "storage_decision", "exchange_decision", "both", "everything")
        ]

        editor.save(uri, module, MODULE.replace("Send events", "Publish them"))
        changed = _plain(await editor.figures.get())
        assert (changed["name"], changed["note"], changed["path"]) == (found["name"], "", found["path"])
        assert "Publish them" in changed["svg"]
        assert "Send events" not in Path(found["path"]).read_text(encoding="utf-8")

        editor.save(uri, module, MODULE + "nothing_such\n")
        changed = _plain(await editor.figures.get())
        assert "Publish them" in changed["svg"]
        assert changed["note"].startswith("This is the figure of an earlier state: ")
        assert "nothing_such" in changed["note"]

        await editor.command("preview", uri, None, "storage_decision")
        await editor.command("closePreview", "exchange_decision")
        editor.save(uri, module, MODULE.replace("events", "storage_events").replace("Keep", "Store"))
        assert _plain(await editor.figures.get())["name"] == "storage_decision"

        await editor.command("preview", uri, None, "exchange_decision")
        editor.save(uri, module, MODULE.replace("exchange_decision", "other_decision"))
        while (changed := _plain(await editor.figures.get()))["name"] != "exchange_decision":
            pass
        assert "there is no view 'exchange_decision'" in changed["note"]
        assert await editor.command("preview", uri, None, "exchange_decision") is None
        assert editor.messages[-1].startswith("exchange_decision cannot be drawn: there is no view")

        assert await editor.command("preview", (tmp_path / "x.py").as_uri(), None, None) is None
        assert editor.messages[-1].endswith("is neither a note nor a module of a study, so it has no figure")
        await editor.stop()

    asyncio.run(asyncio.wait_for(session(), 60))


@pytest.mark.slow
def test_any_other_client_gets_the_path_of_the_figure(study: EditorStudy, tmp_path: Path) -> None:
    async def session() -> None:
        editor = _Editor(shows_figures=False)
        uri = await editor.start(tmp_path, "models/a.py")
        found = await editor.command("preview", uri)
        assert editor.messages == [f"storage_decision: {found['path']}"]
        while not editor.opened:
            await asyncio.sleep(0.01)
        assert [(each.uri, each.external) for each in editor.opened] == [(Path(found["path"]).as_uri(), True)]
        await editor.stop()

    asyncio.run(asyncio.wait_for(session(), 60))


def _plain(given: Any) -> dict[str, Any]:
    """The members of what pygls makes of an unknown notification."""
    return {name: getattr(given, name) for name in ("name", "title", "path", "svg", "note")}

"""Every feature through a real client and a server of its own, over a study with notes and modules."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from codeable.editor.lenses import SHOW_REFERENCES
from tests.studies import SMALL, write_study

pytestmark = pytest.mark.slow

NOTE = """
    # s 14
    ## url
    https://example.org/pyramid
    # coding
    > First passage. 🙂

    **OPEN CODING TRACE:**

    Familiar options: k8s

    **AXIAL CODING TRACE:**
    ``` python
    '''
    k8s
    '''
    add_decision_option_link(infrastructure_decision, k8s, "Use pods")
    ```
    """


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_study(tmp_path, {**SMALL, "sources/s_14.md": NOTE, "README.md": "# k8s\n"})


@pytest.fixture
def asked_again() -> "asyncio.Queue[None]":
    """Gets an item whenever the server wants to be asked for lenses again."""
    return asyncio.Queue()


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[sys.executable, "-m", "codeable", "lsp"]))
async def client(
    lsp_client: LanguageClient, folder: Path, asked_again: "asyncio.Queue[None]"
) -> AsyncIterator[None]:
    capabilities = client_capabilities("visual-studio-code")
    capabilities.experimental = {"commands": {"commands": [SHOW_REFERENCES]}, "codeable": {"status": True}}
    loaded = asyncio.Event()

    @lsp_client.feature("codeable/status")
    def take_status(status: Any) -> None:
        if status.state == "loaded":
            loaded.set()

    folders = [types.WorkspaceFolder(uri=folder.as_uri(), name="small")]
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=capabilities, workspace_folders=folders)
    )
    for file, language in (("sources/s_14.md", "markdown"), ("README.md", "markdown")):
        path = folder / file
        document = types.TextDocumentItem(path.as_uri(), language, 1, path.read_text(encoding="utf-8"))
        lsp_client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    await loaded.wait()

    @lsp_client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
    def ask_again(_: None) -> None:
        asked_again.put_nowait(None)

    yield
    await lsp_client.shutdown_session()


@pytest.mark.asyncio
async def test_each_feature_answers(client: LanguageClient, folder: Path) -> None:
    note, module = (folder / "sources/s_14.md").as_uri(), (folder / "models/infrastructure.py").as_uri()
    document = types.TextDocumentIdentifier(note)
    at = types.Position(13, 1)  # k8s in the string of codes
    whole = types.Range(types.Position(0, 0), types.Position(20, 0))

    hover = await client.text_document_hover_async(types.HoverParams(document, at))
    assert hover is not None and isinstance(hover.contents, types.MarkupContent)
    assert hover.contents.value.startswith("**K8s** `k8s` · practice")
    assert f"]({module}#L3): Use pods" in hover.contents.value
    assert hover.range == types.Range(types.Position(13, 0), types.Position(13, 3))

    found = await client.text_document_definition_async(types.DefinitionParams(document, at))
    assert isinstance(found, list)
    assert [(one.uri, one.range.start.line) for one in found if isinstance(one, types.Location)] == [
        (module, 4)
    ]
    declared = await client.text_document_declaration_async(types.DeclarationParams(document, at))
    assert declared == found

    context = types.ReferenceContext(include_declaration=True)
    references = await client.text_document_references_async(types.ReferenceParams(context, document, at))
    assert references is not None
    assert {Path(one.uri).name for one in references} == {
        "infrastructure.py", "forces.py", "s14.py", "s6.py", "s_14.md"
    }  # fmt: skip
    marked = await client.text_document_document_highlight_async(types.DocumentHighlightParams(document, at))
    assert marked is not None and [one.range.start.line for one in marked] == [8, 13, 15]

    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    assert symbols is not None and isinstance(symbols[0], types.DocumentSymbol)
    assert [one.name for one in symbols[0].children or ()] == ["metadata", "First passage. 🙂"]
    everywhere = await client.workspace_symbol_async(types.WorkspaceSymbolParams("Orch"))
    assert everywhere is not None
    assert [one.name for one in everywhere] == ["orchestration Orchestration", "k8s_uses_orchestration"]

    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(document))
    assert folds
    grown = await client.text_document_selection_range_async(types.SelectionRangeParams(document, [at]))
    assert grown is not None and grown[0].parent is not None
    links = await client.text_document_document_link_async(types.DocumentLinkParams(document))
    assert links is not None and [one.target for one in links] == ["https://example.org/pyramid"]
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(document, whole))
    assert hints is not None and [(one.position.line, one.label) for one in hints] == [
        (8, "(2)"), (13, "(2)"), (15, "How can we manage... (1)"), (15, "(2)")
    ]  # fmt: skip
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(document))
    assert lenses is not None and lenses[0].command is not None
    assert lenses[0].command.command == SHOW_REFERENCES
    inside = types.SignatureHelpParams(document, types.Position(15, 50))
    help_given = await client.text_document_signature_help_async(inside)
    assert help_given is not None and help_given.active_parameter == 1

    readme = types.TextDocumentIdentifier((folder / "README.md").as_uri())
    assert await client.text_document_hover_async(types.HoverParams(readme, types.Position(0, 3))) is None
    assert not await client.text_document_document_symbol_async(types.DocumentSymbolParams(readme))
    assert not await client.text_document_code_lens_async(types.CodeLensParams(readme))


@pytest.mark.asyncio
async def test_each_feature_that_changes_texts_answers(client: LanguageClient, folder: Path) -> None:
    path, module = folder / "sources/s_14.md", (folder / "models/infrastructure.py").as_uri()
    note = path.as_uri()
    document, at = types.TextDocumentIdentifier(note), types.Position(14, 3)
    text = path.read_text(encoding="utf-8").replace("k8s\n'''", "k8s\norchestratoin\n'''")
    whole = types.TextDocumentContentChangeWholeDocument(text)
    changed = types.VersionedTextDocumentIdentifier(2, note)
    client.text_document_did_change(types.DidChangeTextDocumentParams(changed, [whole]))
    while not (misspelt := [one for one in client.diagnostics.get(note, ()) if one.code == "C301"]):
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert misspelt[0].range == types.Range(types.Position(14, 0), types.Position(14, 13))

    context = types.CodeActionContext(misspelt, only=[types.CodeActionKind.QuickFix])
    asked = types.CodeActionParams(document, misspelt[0].range, context)
    actions = await client.text_document_code_action_async(asked)
    assert actions is not None
    assert actions[0].title == "Write 'orchestration' instead of 'orchestratoin'"

    offer = await client.text_document_completion_async(types.CompletionParams(document, at))
    assert isinstance(offer, types.CompletionList)
    assert [one.label for one in offer.items] == ["orchestration", "k8s_uses_orchestration"]
    resolved = await client.completion_item_resolve_async(offer.items[0])
    assert isinstance(resolved.documentation, types.MarkupContent)
    assert "Integrate applications" in resolved.documentation.value

    place = types.Position(13, 1)  # k8s, behind passages with an emoji
    renamed = await client.text_document_prepare_rename_async(types.PrepareRenameParams(document, place))
    assert isinstance(renamed, types.PrepareRenamePlaceholder)
    assert renamed.placeholder == "k8s"
    edit = await client.text_document_rename_async(types.RenameParams(document, place, "kubernetes"))
    assert edit is not None and edit.document_changes is not None
    edited = {
        Path(one.text_document.uri).name: len(one.edits)
        for one in edit.document_changes
        if isinstance(one, types.TextDocumentEdit)
    }
    assert edited == {"infrastructure.py": 2, "forces.py": 1, "s14.py": 2, "s6.py": 1, "s_14.md": 3}
    with pytest.raises(JsonRpcException, match="'orchestration' is taken: pattern orchestration"):
        await client.text_document_rename_async(types.RenameParams(document, place, "orchestration"))

    arguments = [module, {"line": 2, "character": 3}, None]
    figure = await client.workspace_execute_command_async(
        types.ExecuteCommandParams("codeable.preview", arguments)
    )
    assert figure["name"] == "infrastructure_decision"
    assert figure["svg"] in Path(figure["path"]).read_text(encoding="utf-8")


@pytest.mark.asyncio
async def test_numbers_are_asked_for_again_when_they_change_and_can_be_switched_off(
    client: LanguageClient, folder: Path, asked_again: "asyncio.Queue[None]"
) -> None:
    path = folder / "sources/s_14.md"
    changed = path.read_text(encoding="utf-8").replace("'''\nk8s", "'''\norchestration\nk8s")
    whole = types.TextDocumentContentChangeWholeDocument(changed)
    document = types.VersionedTextDocumentIdentifier(2, path.as_uri())
    client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    asked = types.CodeLensParams(types.TextDocumentIdentifier(path.as_uri()))

    async def title() -> str:
        lenses = await client.text_document_code_lens_async(asked)
        return lenses[0].command.title if lenses and lenses[0].command is not None else ""

    assert await title() == "3 codes · 1 passage"
    await asked_again.get()
    client.set_configuration({"codeable": {"codeLenses": False}})
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    while await title():
        await asked_again.get()

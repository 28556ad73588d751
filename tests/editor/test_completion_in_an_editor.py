"""Completion through a real client: the server is a process, and the study is loaded."""

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types

from tests.editor.completing import STUDY
from tests.editor.session import EditorSession, editor, full_client
from tests.studies import write_study

pytestmark = pytest.mark.slow

NOTE = """\
# s 45
# coding
> 🙂 A passage.

**AXIAL CODING TRACE:**
``` python
add_decision_option_link(hosting_decision, event bu)
```
"""


def client() -> types.ClientCapabilities:
    options = types.ClientCompletionItemOptions(
        snippet_support=True,
        label_details_support=True,
        documentation_format=[types.MarkupKind.Markdown],
        insert_replace_support=True,
    )
    capabilities = full_client()
    capabilities.text_document = types.TextDocumentClientCapabilities(
        completion=types.CompletionClientCapabilities(completion_item=options)
    )
    return capabilities


async def completed(session: EditorSession, uri: str, line: int, column: int) -> types.CompletionList:
    found = await session.client.text_document_completion_async(
        types.CompletionParams(
            text_document=types.TextDocumentIdentifier(uri=uri),
            position=types.Position(line=line, character=column),
        )
    )
    assert isinstance(found, types.CompletionList)
    return found


def test_a_code_is_completed_with_its_documentation(tmp_path: Path) -> None:
    async def run() -> None:
        folder = write_study(tmp_path, STUDY)
        note = folder / "notes/s_45.md"
        async with editor(folder, capabilities=client()) as session:
            uri = session.open(note, NOTE)
            await session.until(lambda: any(state == "loaded" for state, _ in session.statuses))
            found = await completed(session, uri, 6, 51)
            [item] = found.items
            assert (item.label, item.detail) == ("event_bus", "pattern · Event Bus")
            assert isinstance(item.text_edit, types.TextEdit)
            assert item.text_edit.range == types.Range(
                start=types.Position(line=6, character=43), end=types.Position(line=6, character=51)
            )
            assert item.documentation is None
            resolved = await session.client.completion_item_resolve_async(item)
            assert isinstance(resolved.documentation, types.MarkupContent)
            assert "Event Bus" in resolved.documentation.value
            session.write(uri, NOTE.replace("event bu)", "k)"))
            again = await completed(session, uri, 6, 44)
            assert [one.label for one in again.items] == ["k8s"], "the newest text counts"
            module = folder / "models/new.py"
            module.write_text("", "utf-8")
            code = session.open(module, "from codeable.dsl import *\nadd_force_relations({k8")
            [other] = (await completed(session, code, 1, 23)).items
            assert other.additional_text_edits is not None
            assert other.additional_text_edits[0].new_text == "from models.hosting import k8s\n"
            other_file = tmp_path.parent / "other.md"
            nothing = session.open(other_file, "# Title\n\nk8\n")
            parameters = types.CompletionParams(
                text_document=types.TextDocumentIdentifier(uri=nothing),
                position=types.Position(line=2, character=2),
            )
            assert await session.client.text_document_completion_async(parameters) is None
            assert await session.end() == 0

    asyncio.run(run())

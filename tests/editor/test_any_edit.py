"""Each request has an answer whatever is typed, and the findings are those of the check in the end."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from codeable.editor.texts.documents import Document
from tests.editor.session import EditorSession, editor, full_client
from tests.editor.test_diagnostics import NOTE, SETTINGS, as_first_lines, by_command, diagnostic_record
from tests.studies import write_study

PIECES = (
    *(
        "k8s",
        "\n",
        "```",
        "🙂",
        "(",
        ")",
        '"',
        "'''",
        "# coding\n",
        "> ",
        "\r",
        "s8",
        "**",
        ",",
        "\0",
        "\t",
        "_",
    ),
    *(
        "**AXIAL CODING TRACE:**\n",
        "**OPEN CODING TRACE:**\n",
        "add_links({",
        "Familiar options: ",
        "import ",
    ),
    *(
        "from models.",
        "def f(",
        "lambda x: ",
        " = ",
        "\u2028",
        "\x0c",
        "\ud800",
        "CClass(",
        "values={",
        "# s\n",
    ),
    *(
        "<!-- codeable: ignore[C301] -->",
        "<<<<<<< a\n",
        "=======\n",
        ">>>>>>> b\n",
        "## title\n",
        "[tool.",
        "",
    ),
)
EDITS = 150
INTERNAL_ERROR = -32602, -32603


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_any_edit_is_survived(seed: int, tmp_path: Path) -> None:
    asyncio.run(asyncio.wait_for(_edit(write_study(tmp_path), random.Random(seed)), 240))


async def _edit(study: Path, chance: random.Random) -> None:
    write_study(
        study, {"sources/s_6.md": NOTE, "sources/s_7.md": NOTE.replace("6", "7"), "pyproject.toml": SETTINGS}
    )
    saved = {
        path: path.read_text("utf-8")
        for path in (*study.rglob("*.md"), *study.rglob("*.py"), *study.glob("*.toml"))
    }
    faults: list[str] = []
    async with editor(study, capabilities=full_client(), options={"loadSeconds": 10}) as one:
        uris = {path: one.open(path) for path in saved}
        texts, asked = dict(saved), []
        for number in range(EDITS):
            path = chance.choice([*saved])
            text = texts[path]
            start = chance.randrange(len(text) + 1)
            texts[path] = (
                text[:start] + chance.choice(PIECES) + text[start + chance.choice([0, 0, 1, 3, 30]) :]
            )
            one.write(uris[path], texts[path])
            if number % 25 == 0:
                texts[path] = texts[path].replace("\ud800", "")
                one.write(uris[path], texts[path])
                one.save(uris[path], path)
            place = types.Position(chance.randrange(texts[path].count("\n") + 1), chance.randrange(30))
            asked += [
                asyncio.ensure_future(_answer(ask, faults))
                for ask in chance.sample(_requests(one, uris[path], place), 3)
            ]
            await asyncio.sleep(chance.choice([0, 0, 0.05]))
        await asyncio.gather(*asked)
        assert (faults, one.shown) == ([], [])
        for path, text in saved.items():
            one.write(uris[path], text)
            one.save(uris[path], path)
        expected = as_first_lines(by_command("--study", str(study)))

        def shown() -> list[tuple[object, ...]]:
            documents = {path: Document.of(str(path), text) for path, text in saved.items()}
            return sorted(
                diagnostic_record(documents[path], each)
                for path in saved
                for each in one.diagnostics(uris[path])
            )

        await one.until(lambda: shown() == expected)
        assert await one.end() == 0


async def _answer(ask: Callable[[], Awaitable[object]], faults: list[str]) -> None:
    """Ask; a refusal with a reason is an answer, too."""
    try:
        await asyncio.wait_for(ask(), 120)
    except JsonRpcException as error:
        if error.code in INTERNAL_ERROR:
            faults.append(f"{error.message} {error.data}")


def _requests(one: EditorSession, uri: str, at: types.Position) -> list[Callable[[], Awaitable[object]]]:
    client, document = one.client, types.TextDocumentIdentifier(uri)
    here, found = types.Range(at, at), types.CodeActionContext(one.diagnostics(uri))
    everything = types.Range(types.Position(0, 0), types.Position(10_000, 0))
    known = types.ReferenceContext(include_declaration=True)
    renamed = types.RenameParams(text_document=document, position=at, new_name="another")
    return [
        lambda: client.text_document_hover_async(types.HoverParams(document, at)),
        lambda: client.text_document_completion_async(types.CompletionParams(document, at)),
        lambda: client.text_document_signature_help_async(types.SignatureHelpParams(document, at)),
        lambda: client.text_document_definition_async(types.DefinitionParams(document, at)),
        lambda: client.text_document_references_async(types.ReferenceParams(known, document, at)),
        lambda: client.text_document_document_highlight_async(types.DocumentHighlightParams(document, at)),
        lambda: client.text_document_document_symbol_async(types.DocumentSymbolParams(document)),
        lambda: client.workspace_symbol_async(types.WorkspaceSymbolParams("e")),
        lambda: client.text_document_code_action_async(types.CodeActionParams(document, here, found)),
        lambda: client.text_document_inlay_hint_async(types.InlayHintParams(document, everything)),
        lambda: client.text_document_code_lens_async(types.CodeLensParams(document)),
        lambda: client.text_document_folding_range_async(types.FoldingRangeParams(document)),
        lambda: client.text_document_document_link_async(types.DocumentLinkParams(document)),
        lambda: client.text_document_prepare_rename_async(
            types.PrepareRenameParams(text_document=document, position=at)
        ),
        lambda: client.text_document_rename_async(renamed),
    ]

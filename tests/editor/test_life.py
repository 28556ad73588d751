"""The life of the language server: it survives what editors do, and leaves nothing behind."""

import asyncio
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.editor.session import editor, processes_below
from tests.editor.small_session import NOTE, has, is_gone, lacks, session
from tests.studies import SMALL, write_study

pytestmark = pytest.mark.slow


@session
async def test_it_ends_with_0_after_a_shutdown_and_leaves_no_process(folder: Path) -> None:
    async with editor(folder) as one:
        await one.found(one.open(folder / "sources" / "s_15.md"), has("C5"))
        children = processes_below(one.process.pid)
        assert await one.end() == 0
        await is_gone(*children)


@session
async def test_it_ends_with_1_when_it_is_told_to_end_before_a_shutdown(folder: Path) -> None:
    async with editor(folder) as one:
        one.client.exit(None)
        assert await one.process.wait() == 1


@session
async def test_it_ends_when_the_editor_is_gone(folder: Path) -> None:
    async with editor(folder) as one:
        one.open(folder / "sources" / "s_15.md")
        assert one.process.stdin is not None
        one.process.stdin.close()
        assert await one.process.wait() == 1


@session
async def test_a_client_that_only_asks_for_diagnostics_gets_them(folder: Path) -> None:
    asks = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities())
    )
    async with editor(folder, capabilities=asks) as one:
        uri = one.open(folder / "sources" / "s_15.md")
        asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        report = await one.client.text_document_diagnostic_async(asked)
        assert any(each.code == "C501" for each in report.items)  # type: ignore[union-attr]
        one.write(uri, NOTE.replace("k8s", "nowhere"))
        report = await one.client.text_document_diagnostic_async(asked)
        assert any(each.code == "C301" for each in report.items)  # type: ignore[union-attr]
        every = await one.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
        assert uri in [each.uri for each in every.items]
        assert (one.sent(uri), await one.end()) == ([], 0)


@session
async def test_many_changes_and_cancelled_requests_are_survived(folder: Path) -> None:
    async with editor(folder) as one:
        uri = one.open(folder / "sources" / "s_15.md")
        for number in range(300):
            version = one.write(uri, NOTE.replace("k8s", f"nowhere_{number}"))
            if number % 10 == 0:
                params = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(11, 20))
                one.client.protocol.send_request(types.TEXT_DOCUMENT_HOVER, params, msg_id=f"h{number}")
                one.client.cancel_request(types.CancelParams(f"h{number}"))
                one.client.cancel_request(types.CancelParams("no such request"))
        assert any("nowhere_299" in each for each in await one.found(uri, has("C301"), version))
        assert (one.shown, await one.end()) == ([], 0)


@session
async def test_nonsense_of_a_client_is_survived(folder: Path) -> None:
    async with editor(folder) as one:
        stream = one.process.stdin
        assert stream is not None
        for body in (
            b"{",
            b"[]",
            b"null",
            b'{"jsonrpc": "2.0", "method": 7}',
            b'{"jsonrpc": "1.0"}',
            b"\xff",
        ):
            stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        one.client.protocol.notify("codeable/nothing", {})
        missing = (folder / "sources" / "s_99.md").as_uri()
        one.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(2, missing),
                [types.TextDocumentContentChangeWholeDocument("x")],
            )
        )
        one.close(missing)
        for address in ("file:///%00", "file:", "http://[", "untitled:", "", "file://host/share/s_1.md"):
            one.close(one.open(folder, NOTE, address, "markdown"))
        uri = one.open(folder / "sources" / "s_15.md", NOTE.replace("a passage", "a \ud800 passage"))
        await one.found(uri, has("C202"))
        far = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(10**6, 10**6))
        assert await one.client.text_document_hover_async(far) is None
        assert await one.end() == 0


@session
async def test_two_editors_may_have_one_study_open(folder: Path) -> None:
    async with editor(folder) as one, editor(folder) as other:
        uri = one.open(folder / "sources" / "s_15.md")
        other.open(folder / "sources" / "s_15.md", NOTE.replace("k8s", "nowhere"))
        assert lacks("C301")(await one.found(uri, has("C501")))
        assert has("C301")(await other.found(uri, has("C301")))
        assert [await one.end(), await other.end()] == [0, 0]


@session
async def test_a_bare_environment_and_a_read_only_study_suffice(folder: Path) -> None:
    study = write_study(folder / "Größe 100%", SMALL)
    note = study / "sources" / "s_15.md"
    note.write_text(NOTE.replace("k8s", "nowhere"))
    for path in (study, *study.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    bare = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    async with editor(study, environment=bare) as one:
        assert has("C301")(await one.found(one.open(note), has("C501")))
        assert (one.shown, await one.end()) == ([], 0)
    assert not list(study.rglob("__pycache__"))
    for path in (study, *study.rglob("*")):
        path.chmod(0o755)


@session
async def test_a_killed_editor_whose_pipe_is_held_open_takes_its_server_with_it(folder: Path) -> None:
    child = await asyncio.create_subprocess_exec("sleep", "1000")
    async with editor(folder, process_id=child.pid) as one:
        await one.found(one.open(folder / "sources" / "s_15.md"))
        await asyncio.sleep(3)
        child.send_signal(signal.SIGKILL)
        await child.wait()
        assert await asyncio.wait_for(one.process.wait(), 30) == 1


@pytest.mark.parametrize(("units", "column"), [("utf-16", 2), ("utf-8", 4), ("utf-32", 1), (None, 2)])
def test_columns_are_counted_as_the_client_wishes(units: str | None, column: int, tmp_path: Path) -> None:
    async def test() -> None:
        code = "```python\n'🙂'; nowhere = CClass(practice, 'Nowhere')\n"
        text = NOTE.replace("```python\n", code)
        wishes = [types.PositionEncodingKind(units)] if units is not None else None
        able = types.ClientCapabilities(general=types.GeneralClientCapabilities(position_encodings=wishes))
        async with editor(tmp_path, capabilities=able) as one:
            uri = one.open(tmp_path / "sources" / "s_15.md", text)
            await one.found(uri)
            place = types.DefinitionParams(types.TextDocumentIdentifier(uri), types.Position(11, column + 5))
            (found,) = await one.client.text_document_definition_async(place)  # type: ignore[misc]
            assert found.range.start.character == column + 4  # type: ignore[union-attr]

    write_study(tmp_path, SMALL)
    asyncio.run(asyncio.wait_for(test(), 60))


@session
async def test_a_request_that_is_wrong_is_refused_and_the_next_is_answered(folder: Path) -> None:
    async with editor(folder) as one:
        uri = one.open(folder / "sources" / "s_15.md")
        for method, params in (
            (types.TEXT_DOCUMENT_HOVER, {"textDocument": {"uri": uri}, "position": {"line": "x"}}),
            (types.TEXT_DOCUMENT_HOVER, []),
            ("textDocument/nothing", {}),
            (types.WORKSPACE_EXECUTE_COMMAND, {"command": "codeable.nothing"}),
        ):
            body = json.dumps({"jsonrpc": "2.0", "id": 77, "method": method, "params": params})
            sent: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            one.client.protocol._request_futures[77] = sent  # type: ignore[assignment]
            assert one.process.stdin is not None
            one.process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
            with pytest.raises(JsonRpcException):
                await asyncio.wait_for(sent, 20)
        place = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(11, 19))
        assert await one.client.text_document_hover_async(place) is not None
        assert (one.shown, await one.end()) == ([], 0)

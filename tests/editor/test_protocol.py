"""Messages of clients that no client should send, and what newer clients say, without a process."""

import io
import json
from typing import Any

import pytest
from lsprotocol import types

from codeable.editor.renaming import RenameFailedError
from codeable.editor.serve import make_server
from codeable.editor.server.protocol import read_message
from codeable.editor.server.server import CodeableServer

HOVER = {"textDocument": {"uri": "file:///s_1.md"}, "position": {"line": 0, "character": 0}}


class Client:
    """A client without a process: what it says is done at once, what the server sends is kept."""

    def __init__(self, server: CodeableServer) -> None:
        self.server = server
        self.sent: list[dict[str, Any]] = []
        server.protocol.set_writer(self)

    def write(self, data: bytes) -> None:
        self.sent.append(json.loads(data.partition(b"\r\n\r\n")[2]))

    def say(self, message: object) -> list[dict[str, Any]]:
        """Send a message, and give what the server sends."""
        self.sent.clear()
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.server.receive(body)
        return self.sent

    def ask(self, method: object, params: object = None, number: object = 1) -> Any:
        """Ask something, and give the code of the error, else the result."""
        (answer,) = self.say({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return answer["error"]["code"] if "error" in answer else answer["result"]

    def initialize(self, **more: object) -> Any:
        return self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}, **more})


@pytest.fixture
def client() -> Client:
    return Client(make_server())


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (b"Content-Length: 2\r\n\r\n{}", b"{}"),
        (b"content-length:2\r\nContent-Type: x; charset=utf8\r\n\r\n{}", b"{}"),
        (b"Content-Type: x\nCONTENT-LENGTH: 2\n\n{}", b"{}"),
        (b"nonsense\r\n\r\nContent-Length: 2\r\n\r\n{}", b"{}"),
        (b"Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}", b"{}"),
        (b"Content-Length: -2\r\n\r\n{}\r\nContent-Length: 1\r\n\r\n7", b"7"),
        (b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nContent-Length: 1\r\n\r\n7", b"7"),
        (b"x" * 100_000 + b"\r\nContent-Length: 1\r\n\r\n7", b"7"),
        (b"Content-Length: 5\r\n\r\n{}", None),
        (b"Content-Length: 5", None),
        (b"", None),
    ],
)
def test_a_message_is_read_and_what_is_none_is_passed_over(sent: bytes, read: bytes | None) -> None:
    assert read_message(io.BytesIO(sent)) == read


def test_what_comes_too_early_or_too_late_is_refused(client: Client) -> None:
    opened = {"textDocument": {"uri": "file:///s_1.md", "languageId": "markdown", "version": 1, "text": ""}}
    assert client.ask("textDocument/hover", HOVER) == types.ErrorCodes.ServerNotInitialized
    assert client.say({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": opened}) == []
    assert not client.server.documents.snapshot()
    assert client.initialize()["capabilities"]["hoverProvider"]
    assert client.initialize() == types.ErrorCodes.InvalidRequest
    assert client.ask("shutdown") is None
    assert client.ask("shutdown") == types.ErrorCodes.InvalidRequest
    assert client.ask("textDocument/hover", HOVER) == types.ErrorCodes.InvalidRequest


def test_what_is_no_message_is_refused_and_the_next_one_answered(client: Client) -> None:
    client.initialize()
    for body in (b"{", b"\xff", b"[" * 100_000, b'{"jsonrpc": "2.0", "id": ' + b"9" * 5000 + b"}"):
        (answer,) = client.say(body)
        assert (answer["id"], answer["error"]["code"]) == (None, types.ErrorCodes.ParseError)
    for message in (
        [],
        None,
        {"jsonrpc": "1.0"},
        {"jsonrpc": "2.0"},
        {"jsonrpc": "2.0", "id": [], "method": "shutdown"},
        {"jsonrpc": "2.0", "id": 2, "method": 7},
    ):
        (answer,) = client.say(message)
        assert answer["error"]["code"] == types.ErrorCodes.InvalidRequest
    assert client.say({"jsonrpc": "2.0", "id": [], "result": 1}) == []
    assert client.say({"jsonrpc": "2.0", "id": "nobody", "error": 5}) == []
    assert client.say({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": []}) == []
    assert client.ask("textDocument/hover", []) == types.ErrorCodes.InvalidParams
    assert client.ask("textDocument/nothing") == types.ErrorCodes.MethodNotFound
    assert client.ask("shutdown") is None


def test_a_client_may_say_more_of_itself_than_is_known(client: Client) -> None:
    can = {
        "textDocument": {
            "hover": {"contentFormat": ["html", "markdown"]},
            "documentSymbol": {"symbolKind": {"valueSet": [1, 99]}},
        },
        "workspace": {"workspaceEdit": {"documentChanges": True, "failureHandling": "panic"}},
    }
    assert client.initialize(trace="loud", capabilities=can)["capabilities"]
    known = client.server.client_capabilities
    assert known.text_document is not None and known.text_document.hover is not None
    assert known.text_document.hover.content_format == (types.MarkupKind.Markdown,)
    assert known.workspace is not None and known.workspace.workspace_edit is not None
    assert known.workspace.workspace_edit.document_changes
    assert client.server.protocol.server_capabilities.hover_provider


def test_a_request_of_the_server_fails_where_its_answer_is_wrong_or_the_client_leaves(client: Client) -> None:
    client.initialize()
    params = types.ApplyWorkspaceEditParams(types.WorkspaceEdit())
    asked = [client.server.protocol.send_request("workspace/applyEdit", params, msg_id=n) for n in (8, 9)]
    client.say({"jsonrpc": "2.0", "id": 8, "result": None})
    assert asked[0].exception() is not None
    assert client.ask("shutdown") is None
    assert asked[1].cancelled()


def test_a_fault_is_told_once_with_its_traceback_and_a_refusal_is_one_line(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    errors = [ValueError("a fault"), ValueError("a fault"), RenameFailedError("'bus' is taken")]
    answer = "answer"

    @client.server.feature("codeable/fails")
    def fails(_: dict[str, Any]) -> None:
        raise errors.pop(0)

    client.initialize()
    message = {"jsonrpc": "2.0", "id": 5, "method": "codeable/fails", "params": {}}
    told = [[each.get("method", answer) for each in client.say(message)] for _ in range(3)]
    log = "window/logMessage"
    assert told == [[answer, log, "window/showMessage"], [answer, log], [answer]]
    logged = capsys.readouterr().err
    assert "in fails" in logged and "\nValueError: a fault\n" in logged
    assert logged.endswith("\nrefused: 'bus' is taken\n")

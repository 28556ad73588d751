"""The protocol of pygls, without its documents: the server has its own.

What no client should send is refused; pygls would fail at it, or never answer.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any, BinaryIO

from cattrs.errors import AttributeValidationNote, ClassValidationError, IterableValidationError
from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcParseError,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

_LONGEST_LINE = 1 << 16
_LONGEST_MESSAGE = 1 << 30
_NUMBER = str | int | None
"""What the `id` of a message may be; only a notification has none."""

_log = logging.getLogger("codeable.editor")


def read_message(stream: BinaryIO) -> bytes | None:
    r"""The next message of a client; None at the end. Lines that are no header are passed over.

    Args:
        stream: The pipe.

    Example:
        >>> from io import BytesIO
        >>> read_message(BytesIO(b"Content-Length: 2\r\n\r\n{}")), read_message(BytesIO(b""))
        (b'{}', None)
    """
    length = 0
    while line := stream.readline(_LONGEST_LINE):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = _length(value.strip())
        elif length and not line.strip():
            body = stream.read(length)
            return body if len(body) == length else None
    return None


def _length(digits: bytes) -> int:
    """The length of a message; 0 for what is none."""
    length = int(digits) if digits.isdigit() and len(digits) <= len(str(_LONGEST_MESSAGE)) else 0
    if not 0 < length <= _LONGEST_MESSAGE:
        _log.warning("the editor sends a message of %s bytes, which is passed over", _shown(digits))
        return 0
    return length


def _shown(given: bytes) -> str:
    return given[:20].decode("ascii", "backslashreplace") or "no"


def _drop_unknown(data: Any, error: ClassValidationError | IterableValidationError) -> None:
    """Remove what is unknown from a part of a message.

    Args:
        data: The part.
        error: What is wrong with it.
    """
    for inner, note in reversed(error.group_exceptions()[0]):
        key = _key_of(note.name, data) if isinstance(note, AttributeValidationNote) else note.index
        if isinstance(inner, ClassValidationError | IterableValidationError):
            _drop_unknown(data[key], inner)
        elif key is not None:
            _log.warning("the editor says of itself %r, which is unknown", data[key])
            del data[key]


def _key_of(attribute: str, data: Mapping[str, Any]) -> str | None:
    """The key of an attribute in JSON; None where it is not there."""
    return next((key for key in data if key.casefold() == attribute.replace("_", "")), None)


class EditorProtocol(LanguageServerProtocol):
    """Hands what happens to documents to the server, and keeps nothing of it."""

    def receive(self, body: bytes) -> None:
        """Do what a message says. One that cannot be understood, or comes too early or too late, is refused.

        Args:
            body: The message, without its header.
        """
        data: object = None
        try:
            try:
                data = json.loads(body)
            except (ValueError, RecursionError) as error:
                raise JsonRpcParseError(f"this is no JSON: {error}") from error
            is_message = isinstance(data, dict) and bool({"method", "result", "error"} & data.keys())
            if not isinstance(data, dict) or not is_message or data.get("jsonrpc") != self.VERSION:
                raise JsonRpcInvalidRequest("this is no message of JSON-RPC 2.0")
            if not isinstance(data.get("id"), _NUMBER) or not isinstance(data.get("method"), str | None):
                raise JsonRpcInvalidRequest("its number or its method is of a wrong type")
            self._check_time(data)
            message = self._understood(data)
        except JsonRpcException as error:
            self._refuse(data if isinstance(data, dict) else {}, error)
        else:
            self.handle_message(message)

    def _understood(self, data: dict[str, Any]) -> Any:
        """The record of a message; a newer client may say more of what it can than this version knows."""
        try:
            return self.structure_message(data)
        except JsonRpcInvalidParams as error:
            cause = error.__cause__
            if data.get("method") != types.INITIALIZE or not isinstance(cause, ClassValidationError):
                raise
            _drop_unknown(data, cause)
        return self.structure_message(data)

    def _check_time(self, data: dict[str, Any]) -> None:
        """Refuse requests before the client has said what it can do, and after it has said good-bye."""
        method = data.get("method")
        if method in (None, types.EXIT):
            return
        if self._shutdown:
            raise JsonRpcInvalidRequest("the server was asked to shut down")
        is_initialized = self._workspace is not None
        if method == types.INITIALIZE and is_initialized:
            raise JsonRpcInvalidRequest("the server is initialized already")
        if method not in (types.INITIALIZE, types.SHUTDOWN) and not is_initialized:
            raise JsonRpcServerNotInitialized("the server is not initialized yet")

    def _refuse(self, data: dict[str, Any], error: JsonRpcException) -> None:
        """Answer a request that is wrong; have a request of the server fail of which the answer is wrong."""
        method, number = data.get("method"), data.get("id")
        if not isinstance(number, _NUMBER):
            number = None
        _log.warning("a message of the editor is refused: %s %s", _shown(str(method).encode()), error)
        if "result" in data or "error" in data:
            future = self._request_futures.pop(number, None) if number is not None else None
            if future is not None and not future.done():
                future.set_exception(error)
        elif "id" in data or "method" not in data:
            answer = {"code": error.code, "message": error.message}
            self._send_data({"jsonrpc": self.VERSION, "id": number, "error": answer})

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_: object) -> Any:
        """The client asks to shut down."""
        self.fm.features[types.SHUTDOWN](None)
        for future in list(self._request_futures.values()):
            future.cancel()
        self._shutdown = True

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """A document is opened."""
        self.fm.features[types.TEXT_DOCUMENT_DID_OPEN](params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """A document is changed."""
        self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE](params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """A document is closed."""
        self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE](params)

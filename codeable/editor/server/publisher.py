"""Sends the diagnostics of each study to the client, as far as they have changed."""

from collections.abc import Mapping

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from codeable.editor.diagnostics.findings import Published
from codeable.editor.server.checker import StudyChecker
from codeable.editor.texts.documents import Document, key_of, uri_of


class Publisher:
    """What the client was sent of each study.

    Attributes:
        is_asked: Whether the client asks for diagnostics, and is sent none.
    """

    def __init__(self, server: LanguageServer) -> None:
        self.is_asked = False
        self._server = server
        self._sent: dict[StudyChecker, dict[str, types.PublishDiagnosticsParams]] = {}

    def publish(self, checker: StudyChecker, found: Published, documents: Mapping[str, Document]) -> None:
        """Send the diagnostics, and take back those of files that have none any more.

        Args:
            checker: The checker of the study.
            found: File → its diagnostics; files without any need not be there.
            documents: The open documents, as they were checked.
        """
        if self.is_asked:
            return
        before, now = self._sent.get(checker, {}), {}
        for path in sorted({*before, *found}):
            document = documents.get(key_of(path))
            uri, version = (document.uri, document.version) if document is not None else (uri_of(path), None)
            sent = before.get(path)
            if sent is not None and sent.uri != uri:  # the editor has another address of the file
                self._send(types.PublishDiagnosticsParams(sent.uri, []))
                sent = None
            params = types.PublishDiagnosticsParams(uri, found.get(path, []), version)
            if params.diagnostics:
                now[path] = params
            if params != sent:
                self._send(params)
        if now:
            self._sent[checker] = now
        else:
            self._sent.pop(checker, None)

    def _send(self, params: types.PublishDiagnosticsParams) -> None:
        self._server.text_document_publish_diagnostics(params)

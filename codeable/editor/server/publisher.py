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
        self._sent: dict[StudyChecker, dict[str, tuple[int | None, list[types.Diagnostic]]]] = {}

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
            document, diagnostics = documents.get(key_of(path)), found.get(path, [])
            version = document.version if document is not None else None
            if diagnostics:
                now[path] = version, diagnostics
            if before.get(path) != (version, diagnostics):
                uri = document.uri if document is not None else uri_of(path)
                self._server.text_document_publish_diagnostics(
                    types.PublishDiagnosticsParams(uri=uri, diagnostics=diagnostics, version=version)
                )
        if now:
            self._sent[checker] = now
        else:
            self._sent.pop(checker, None)

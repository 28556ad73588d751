"""What an editor is sent of the findings of a study."""

from collections.abc import Mapping
from typing import Any, cast

from lsprotocol import types

from codeable.editor.server.publisher import Publisher
from codeable.editor.texts.documents import Document, Documents

PATH = "/study/sources/s_1.md"
FOUND = [types.Diagnostic(types.Range(types.Position(0, 0), types.Position(0, 1)), "a finding")]


class Editor:
    """An editor that keeps the findings of each address, as it was sent them."""

    def __init__(self) -> None:
        self.shown: dict[str, list[types.Diagnostic]] = {}
        self.sent = 0
        self._publisher = Publisher(cast("Any", self))
        self._checker = cast("Any", object())

    def text_document_publish_diagnostics(self, params: types.PublishDiagnosticsParams) -> None:
        self.shown[params.uri] = [*params.diagnostics]
        self.sent += 1

    def publish(self, found: list[types.Diagnostic], documents: Mapping[str, Document]) -> list[str]:
        """Publish the findings of the file, and give the addresses that show some."""
        self._publisher.publish(self._checker, {PATH: found} if found else {}, documents)
        return [uri for uri, diagnostics in self.shown.items() if diagnostics]


def test_findings_follow_the_address_that_an_editor_has_of_a_file() -> None:
    editor, documents = Editor(), Documents()
    saved, opened = f"file://{PATH}", "file:///study/sources/s%5F1.md"
    assert editor.publish(FOUND, documents.snapshot()) == [saved]
    documents.open(opened, "# s\n1\n", 1)
    assert editor.publish(FOUND, documents.snapshot()) == [opened]
    sent = editor.sent
    assert (editor.publish(FOUND, documents.snapshot()), editor.sent) == ([opened], sent)
    documents.close(opened)
    assert editor.publish(FOUND, documents.snapshot()) == [saved]
    assert editor.publish([], documents.snapshot()) == []

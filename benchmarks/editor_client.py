"""A client of the language server, for `editor.py`."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, field
from lsprotocol import types
from pygls.lsp.client import LanguageClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LONGEST = 60.0
"""Seconds that an answer may take."""


@define
class Editor:
    """A client with open documents.

    Attributes:
        client: The client.
        capabilities: What the server can do.
        texts: Address → the open text.
    """

    client: LanguageClient
    capabilities: types.ServerCapabilities = field(factory=types.ServerCapabilities)
    texts: dict[str, str] = field(factory=dict)
    _versions: dict[str, int] = field(factory=dict)
    _published: dict[str, types.PublishDiagnosticsParams] = field(factory=dict)
    _told: asyncio.Event = field(factory=asyncio.Event)

    def __attrs_post_init__(self) -> None:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def take(params: types.PublishDiagnosticsParams) -> None:
            self._published[params.uri] = params
            self._told.set()

    def open(self, path: Path) -> str:
        """Open a file; its address."""
        uri, self.texts[path.as_uri()] = path.as_uri(), path.read_text(encoding="utf-8")
        language = "markdown" if path.suffix == ".md" else "python"
        item = types.TextDocumentItem(uri, language, self._next_version(uri), self.texts[uri])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def insert(self, uri: str, line: int, text: str) -> None:
        """Insert a line."""
        at = types.Position(line, 0)
        change = types.TextDocumentContentChangePartial(types.Range(at, at), f"{text}\n")
        document = types.VersionedTextDocumentIdentifier(self._next_version(uri), uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def reset(self, uri: str) -> None:
        """Give a document its first text again."""
        document = types.VersionedTextDocumentIdentifier(self._next_version(uri), uri)
        change = types.TextDocumentContentChangeWholeDocument(self.texts[uri])
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def save(self, uri: str, path: Path, text: str) -> None:
        """Save a document with another text."""
        path.write_text(text, encoding="utf-8")
        change = types.TextDocumentContentChangeWholeDocument(text)
        document = types.VersionedTextDocumentIdentifier(self._next_version(uri), uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def told(self, uri: str, words: str) -> None:
        """Wait for a diagnostic."""
        async with asyncio.timeout(LONGEST):
            while not any(words in one.message for one in self._published[uri].diagnostics):
                self._told.clear()
                await self._told.wait()

    def _next_version(self, uri: str) -> int:
        self._versions[uri] = self._versions.get(uri, 0) + 1
        return self._versions[uri]

    async def diagnostics(self, uri: str) -> None:
        """Wait for the diagnostics of the newest text."""
        async with asyncio.timeout(LONGEST):
            while (found := self._published.get(uri)) is None or found.version != self._versions[uri]:
                self._told.clear()
                await self._told.wait()

    @property
    def memory(self) -> float:
        """The memory of the server in MB; 0 where the system does not say."""
        found = re.search(r"VmRSS:\s+(\d+)", self._of_process("status"))
        return int(found[1]) / 1000 if found else 0.0

    @property
    def processor(self) -> float:
        """The processor time of the server in milliseconds; 0 where the system does not say."""
        fields = self._of_process("stat").rpartition(")")[2].split()
        ticks = sum(map(int, fields[11:13]))
        return ticks * 1000 / os.sysconf("SC_CLK_TCK") if fields else 0.0

    def _of_process(self, file: str) -> str:
        process = self.client._server
        try:
            return Path(f"/proc/{process.pid}/{file}").read_text(encoding="utf-8")
        except (AttributeError, OSError):
            return ""


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[Editor]:
    """A client of a new server, which has the folder open."""
    client = LanguageClient("benchmark", "1")
    editor = Editor(client)
    await client.start_io(sys.executable, "-m", "codeable", "lsp")
    opened = types.WorkspaceFolder(folder.as_uri(), folder.name)
    capabilities = types.ClientCapabilities()
    told = await client.initialize_async(types.InitializeParams(capabilities, workspace_folders=[opened]))
    editor.capabilities = told.capabilities
    client.initialized(types.InitializedParams())
    try:
        yield editor
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()

"""An editor for tests: it starts the language server as a process and speaks with it, as editors do."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

__all__ = ["EditorSession", "editor", "full_client", "processes_below"]

SECONDS = 60


def full_client(**experimental: Any) -> types.ClientCapabilities:
    """What an editor says that can do much: it watches files, shows progress and has settings."""
    return types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            configuration=True,
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        ),
        window=types.WindowClientCapabilities(work_done_progress=True),
        experimental={"codeable": {"status": True, **experimental}},
    )


class EditorSession:
    """One editor with its server.

    Attributes:
        client: Sends requests, such as `client.text_document_hover_async`.
        shown: The messages that the user sees.
        progress: The texts of the progress that the user sees; empty where one ends.
        statuses: The states of loads, as `codeable/status` has them.
        registered: The methods that the server has registered for.
        settings: What the editor replies when it is asked for settings.
        applied: The edits that the server has asked for; none of them is made.
    """

    def __init__(self) -> None:
        self.client = LanguageClient("tests", "1")
        self.shown: list[str] = []
        self.progress: list[str] = []
        self.statuses: list[tuple[str, str]] = []
        self.registered: list[str] = []
        self.settings: object = None
        self.applied: list[types.WorkspaceEdit] = []
        self._texts: dict[str, tuple[int, str]] = {}
        self._found: dict[str, types.PublishDiagnosticsParams] = {}
        self._news = asyncio.Event()
        self._register()

    @property
    def process(self) -> asyncio.subprocess.Process:
        """The process of the server."""
        process = self.client._server
        assert process is not None
        return process

    async def begin(
        self,
        folders: Sequence[Path],
        capabilities: types.ClientCapabilities | None = None,
        options: object = None,
        environment: Mapping[str, str] | None = None,
        process_id: int | None = None,
    ) -> types.InitializeResult:
        """Start the server, and tell it of some folders."""
        await self.client.start_io(sys.executable, "-m", "codeable", "lsp", env=environment)
        opened = [types.WorkspaceFolder(uri=each.as_uri(), name=each.name) for each in folders]
        result = await self.client.initialize_async(
            types.InitializeParams(
                capabilities=capabilities or types.ClientCapabilities(),
                workspace_folders=opened,
                initialization_options=options,
                process_id=process_id,
            )
        )
        self.client.initialized(types.InitializedParams())
        return result

    def open(self, path: Path, text: str | None = None, uri: str | None = None, language: str = "") -> str:
        """Open a file, or a text under its name, and give the address."""
        uri = uri or path.as_uri()
        text = path.read_text("utf-8") if text is None else text
        self._texts[uri] = 1, text
        language = language or ("python" if path.suffix == ".py" else "markdown")
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
        )
        return uri

    def write(self, uri: str, text: str) -> int:
        """Replace the text of an open document, and give its version."""
        version = self._texts[uri][0] + 1
        self._texts[uri] = version, text
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version=version, uri=uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )
        return version

    def save(self, uri: str, path: Path, *, tell: bool = True) -> None:
        """Write the text of an open document to its file."""
        path.write_text(self._texts[uri][1], "utf-8")
        if tell:
            self.client.text_document_did_save(
                types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri))
            )

    def close(self, uri: str) -> None:
        """Close an open document."""
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        )

    async def found(
        self, uri: str, wanted: Callable[[list[str]], bool] = lambda _: True, version: int | None = None
    ) -> list[str]:
        """Wait for diagnostics of a file, each as its code and message, and give them.

        Args:
            uri: The file.
            wanted: Whether these are the ones to wait for.
            version: The version that they are of.
        """

        def is_there() -> bool:
            sent = self._found.get(uri)
            return sent is not None and version in (None, sent.version) and wanted(self.sent(uri))

        await self.until(is_there)
        return self.sent(uri)

    def sent(self, uri: str) -> list[str]:
        """The diagnostics of a file that were sent last."""
        sent = self._found.get(uri)
        return [f"{one.code} {one.message}" for one in sent.diagnostics] if sent is not None else []

    def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """As `sent`, whole."""
        return list(self._found[uri].diagnostics) if uri in self._found else []

    async def until(self, is_there: Callable[[], bool]) -> None:
        """Wait until the server has sent something."""
        try:
            async with asyncio.timeout(SECONDS):
                while not is_there():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            sent = {uri: self.sent(uri) for uri in self._found}
            raise AssertionError((sent, self.shown, self.statuses, self.progress)) from None

    async def end(self) -> int | None:
        """Shut the server down as the protocol says, and give its exit status."""
        await self.client.shutdown_async(None)
        self.client.exit(None)
        return await asyncio.wait_for(self.process.wait(), SECONDS)

    def _register(self) -> None:
        client = self.client

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self._found[params.uri] = params
            self._news.set()

        @client.feature(types.WINDOW_SHOW_MESSAGE)
        def message(params: types.ShowMessageParams) -> None:
            self.shown.append(params.message)
            self._news.set()

        @client.feature(types.WINDOW_LOG_MESSAGE)
        def log(_: types.LogMessageParams) -> None: ...

        @client.feature(types.WORKSPACE_APPLY_EDIT)
        def apply_edit(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            self.applied.append(params.edit)
            return types.ApplyWorkspaceEditResult(applied=True)

        @client.feature("codeable/status")
        def status(params: Any) -> None:
            self.statuses.append((params.state, params.message))
            self._news.set()

        @client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def registered(params: types.RegistrationParams) -> None:
            self.registered += [one.method for one in params.registrations]
            self._news.set()

        @client.feature(types.WORKSPACE_CONFIGURATION)
        def configuration(params: types.ConfigurationParams) -> list[object]:
            return [self.settings for _ in params.items]

        @client.feature(types.WINDOW_WORK_DONE_PROGRESS_CREATE)
        def create(_: types.WorkDoneProgressCreateParams) -> None: ...

        @client.feature(types.PROGRESS)
        def progress(params: types.ProgressParams) -> None:
            self.progress.append(str(_title_of(params.value)))
            self._news.set()


def _title_of(value: Any) -> object:
    return value.get("title") or "" if isinstance(value, dict) else getattr(value, "title", "") or ""


@contextlib.asynccontextmanager
async def editor(*folders: Path, **given: Any) -> AsyncIterator[EditorSession]:
    """An editor with some folders, and a server that is ended behind it whatever happens."""
    session = EditorSession()
    try:
        await session.begin(folders, **given)
        yield session
    finally:
        if session.client._server is not None and session.process.returncode is None:
            session.process.kill()
        with contextlib.suppress(Exception):
            await asyncio.wait_for(session.client.stop(), 5)


def processes_below(process: int) -> list[int]:
    """The processes that a process has started, and those that these have started."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            stat = (entry / "stat").read_text()
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]

"""What the client tells of its documents and files, and what it is asked for when it starts."""

from pathlib import Path

from lsprotocol import types
from pygls.capabilities import get_capability

from codeable.editor.server import pulled_diagnostics
from codeable.editor.server.server import CodeableServer
from codeable.editor.texts.documents import path_of
from codeable.settings import SETTINGS_FILE

_WATCHED = ("**/*.md", "**/*.py", f"**/{SETTINGS_FILE}")


def register(server: CodeableServer) -> None:
    """Register what happens when the client starts, changes files, and ends."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.documents.units = types.PositionEncodingKind(server.workspace.position_encoding).value
        if params.client_info is not None:
            server.client_name = params.client_info.name
        server.begin_with_options(params.initialization_options)
        texts = params.capabilities.text_document
        if texts is not None and texts.diagnostic is not None and texts.publish_diagnostics is None:
            pulled_diagnostics.register(server)

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        _watch_files(server)
        server.initialized()

    @server.feature(types.SHUTDOWN)
    def shut_down(_: None) -> None:
        server.was_shut_down = True
        server.close_all()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(params: types.DidChangeWorkspaceFoldersParams) -> None:
        server.studies.removed([Path(path_of(each.uri)) for each in params.event.removed])

    _register_documents(server)


def _register_documents(server: CodeableServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        given = params.text_document
        document = server.documents.open(given.uri, given.text, given.version, str(given.language_id))
        server.studies.opened(document.path)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        given = params.text_document
        document = server.documents.change(given.uri, params.content_changes, given.version)
        if document is not None:
            server.studies.changed(document.path, server.options.check_delay / 1000)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.studies.saved(path_of(params.text_document.uri))

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        document = server.documents.get(path_of(params.text_document.uri))
        if document is not None:
            server.studies.closed(document)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        server.studies.saved(*(path_of(change.uri) for change in params.changes))


def _watch_files(server: CodeableServer) -> None:
    """Ask a client that can to tell of files that others make, change and delete.

    Without it such a file is found at the next change in the editor.
    """
    known = "workspace.did_change_watched_files.dynamic_registration"
    if not get_capability(server.client_capabilities, known):
        return
    watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
    server.client_register_capability(
        types.RegistrationParams(
            [
                types.Registration(
                    "codeable-files",
                    types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                    types.DidChangeWatchedFilesRegistrationOptions(watchers),
                )
            ]
        )
    )

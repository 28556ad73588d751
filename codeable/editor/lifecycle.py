"""What the client tells of its documents, files and options."""

from lsprotocol import types

from codeable.editor.documents import path_of
from codeable.editor.server import CodeableServer


def register(server: CodeableServer) -> None:
    """Register what happens when the client starts, changes its options, and ends."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.take_options(params.initialization_options)

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        server.documents.units = str(server.server_capabilities.position_encoding or "utf-16")

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configured(params: types.DidChangeConfigurationParams) -> None:
        server.take_options(params.settings)

    @server.feature(types.SHUTDOWN)
    def shut_down(_: None) -> None:
        server.close_all()

    _register_documents(server)


def _register_documents(server: CodeableServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        given = params.text_document
        document = server.documents.open(given.uri, given.text, given.version)
        server.changed(document.path)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        given = params.text_document
        document = server.documents.change(given.uri, params.content_changes, given.version)
        if document is not None:
            server.changed(document.path)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.changed(path_of(params.text_document.uri), saved=True)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        checker = server.checker_of(path)
        server.documents.close(params.text_document.uri)
        if checker is not None:
            checker.want_check(0.0)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            server.changed(path_of(change.uri), saved=True)

"""Diagnostics for clients that ask for them and show none that they are sent.

Other clients get no offer of this: many of them would show every finding twice.
"""

import itertools

from lsprotocol import types
from pygls.capabilities import get_capability

from codeable.editor.server.checker import StudyChecker
from codeable.editor.server.server import CodeableServer
from codeable.editor.texts.documents import key_of, path_of, uri_of


def register(server: CodeableServer) -> None:
    """Register the answers, and send no diagnostics."""
    server.publisher.is_asked = True
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=True, identifier="codeable"
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def of_document(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        path = path_of(params.text_document.uri)
        checker = server.studies.of(path)
        if checker is None:
            return types.RelatedFullDocumentDiagnosticReport(items=[])
        await checker.is_checked()
        key = key_of(path)
        found = (diagnostics for file, diagnostics in checker.found.items() if key_of(file) == key)
        return types.RelatedFullDocumentDiagnosticReport(items=next(found, []))

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def of_all(_: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        checkers = server.studies.all()
        for checker in checkers:
            await checker.is_checked()
        found = itertools.chain.from_iterable(checker.found.items() for checker in checkers)
        return types.WorkspaceDiagnosticReport([_of_file(server, *each) for each in found])

    def refresh(_: StudyChecker) -> None:
        if get_capability(server.client_capabilities, "workspace.diagnostics.refresh_support"):
            server.workspace_diagnostic_refresh(None)

    server.after_check.append(refresh)


def _of_file(
    server: CodeableServer, path: str, items: list[types.Diagnostic]
) -> types.WorkspaceFullDocumentDiagnosticReport:
    document = server.documents.get(path)
    uri = document.uri if document is not None else uri_of(path)
    version = document.version if document is not None else None
    return types.WorkspaceFullDocumentDiagnosticReport(uri=uri, items=items, version=version)

"""The options of the user: sent by the client, or asked from it."""

import asyncio

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from codeable.editor.server.server import CodeableServer

_SECTION = "codeable"
_SECONDS = 5.0


def register(server: CodeableServer) -> None:
    """Register what happens when options change."""
    asked: set[asyncio.Task[None]] = set()

    def ask() -> None:
        task = asyncio.ensure_future(_ask(server))
        asked.add(task)
        task.add_done_callback(asked.discard)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configured(params: types.DidChangeConfigurationParams) -> None:
        if _can_be_asked(server):
            ask()
        else:
            server.take_options(params.settings)

    def begin() -> None:
        if _can_be_asked(server):
            server.options_are_known = False  # no module is run before they are
            _want_changes(server)
            ask()

    server.when_initialized(begin)


def _can_be_asked(server: CodeableServer) -> bool:
    workspace = server.client_capabilities.workspace
    return workspace is not None and bool(workspace.configuration)


def _want_changes(server: CodeableServer) -> None:
    workspace = server.client_capabilities.workspace
    changes = workspace.did_change_configuration if workspace is not None else None
    if changes is None or not changes.dynamic_registration:
        return
    options = types.DidChangeConfigurationRegistrationOptions(section=_SECTION)
    server.client_register_capability(
        types.RegistrationParams(
            [types.Registration("codeable-options", types.WORKSPACE_DID_CHANGE_CONFIGURATION, options)]
        )
    )


async def _ask(server: CodeableServer) -> None:
    items = [types.ConfigurationItem(section=_SECTION)]
    try:
        asking = server.workspace_configuration_async(types.ConfigurationParams(items))
        given = [*await asyncio.wait_for(asking, _SECONDS)]
    except (JsonRpcException, TimeoutError):  # the client has none
        given = []
    server.take_options(given[0] if given else None)

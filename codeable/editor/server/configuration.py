"""The options of the user: sent by the client, or asked from it."""

import asyncio

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcException

from codeable.editor.server.server import CodeableServer

_SECTION = "codeable"
_SECONDS = 5.0


def register(server: CodeableServer) -> None:
    """Register what happens when options change."""

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configured(params: types.DidChangeConfigurationParams) -> None:
        if _can_be_asked(server):
            server.begin(_ask(server))
        else:
            server.take_options(params.settings)

    def begin() -> None:
        if _can_be_asked(server):
            server.options_are_known = False  # no module is run before they are
            _want_changes(server)
            server.begin(_ask(server))

    server.when_initialized.append(begin)


def _can_be_asked(server: CodeableServer) -> bool:
    return bool(get_capability(server.client_capabilities, "workspace.configuration"))


def _want_changes(server: CodeableServer) -> None:
    known = "workspace.did_change_configuration.dynamic_registration"
    if not get_capability(server.client_capabilities, known):
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

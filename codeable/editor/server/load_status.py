"""Loading a study: what the client is shown of it, and the command that asks for it.

* The command `codeable.loadStudy` `[uri]` runs the modules of the study of a file, or of all studies, also
  where the options say `never`.
* A client that shows progress is shown that a study is being loaded.
* A client with `{"codeable": {"status": true}}` in `capabilities.experimental` gets the notification
  `codeable/status` `{uri, name, state, message}` for each study, whenever that changes. `state` is `loading`,
  `loaded`, `failed` (the last model stays, `message` says why) or `notLoaded` (modules are not run, or were
  saved since and not run yet).
"""

import asyncio
import uuid
from typing import Any

from attrs import frozen
from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcException

from codeable.editor.server.any_json import experimental
from codeable.editor.server.checker import LoadState, StudyChecker
from codeable.editor.server.server import CodeableServer
from codeable.editor.texts.documents import path_of, uri_of

STATUS = "codeable/status"


@frozen
class _Status:
    """What a client is told of a study."""

    uri: str
    name: str
    state: LoadState
    message: str


def register(server: CodeableServer) -> None:
    """Register the command, and tell of loads."""
    shown = _LoadStatus(server)
    server.on_load.append(shown.changed)

    @server.command("codeable.loadStudy")
    def load_study(*arguments: Any) -> None:
        checkers = server.studies.all()
        if arguments:
            one = server.studies.of(path_of(str(arguments[0])))
            checkers = [one] if one is not None else []
        checkers = [each for each in checkers if each.study.folder is not None]
        if not checkers:
            server.tell("there is no study to load; open a note or a module of one")
        for checker in checkers:
            checker.want_load()


class _LoadStatus:
    """Tells the client of loads. Its methods are called in the event loop."""

    def __init__(self, server: CodeableServer) -> None:
        self._server = server
        self._told: dict[str, _Status] = {}
        self._loading: dict[StudyChecker, asyncio.Event] = {}

    def changed(self, checker: StudyChecker, state: LoadState) -> None:
        """Tell of a load that has begun or ended."""
        folder = checker.study.folder
        if folder is None:
            return
        problem = checker.last[0].problem if checker.last is not None and state == "failed" else None
        self._tell(_Status(uri_of(str(folder)), folder.name, state, problem.message if problem else ""))
        shows_progress = get_capability(self._server.client_capabilities, "window.work_done_progress")
        if state == "loading" and checker not in self._loading and shows_progress:
            done = self._loading[checker] = asyncio.Event()
            self._server.begin(self._show(f"Loading {folder.name}", done))
        elif state != "loading" and checker in self._loading:
            self._loading.pop(checker).set()

    def _tell(self, status: _Status) -> None:
        wanted = experimental(self._server.client_capabilities, "codeable", "status")
        if wanted and self._told.get(status.uri) != status:
            self._told[status.uri] = status
            self._server.protocol.notify(STATUS, status)

    async def _show(self, title: str, done: asyncio.Event) -> None:
        token, progress = str(uuid.uuid4()), self._server.work_done_progress
        try:
            await progress.create_async(token)
        except JsonRpcException:  # the client shows none after all
            return
        progress.begin(token, types.WorkDoneProgressBegin(title=title, cancellable=False))
        await done.wait()
        progress.end(token, types.WorkDoneProgressEnd())
        progress.tokens.pop(token, None)

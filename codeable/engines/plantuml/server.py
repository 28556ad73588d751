"""The backend `server`: a PlantUML server, asked through the PyPI package `plantuml`; `engine` uses it.

The package is of 2019: it needs `six` without declaring it, turns every HTTP error into an `AttributeError`,
follows every redirect, and limits neither the time nor the size of an answer. This module adds that
to the package's HTTP client.
"""

import contextlib
import http.client
import importlib.util
import re
import socket
import threading
from concurrent.futures import Future
from typing import Any
from urllib.parse import urlsplit

from codeable.engines.child_process import UnavailableError
from codeable.engines.plantuml.backend import (
    LARGEST_ANSWER,
    SIGNATURES,
    VERSION,
    VERSION_TEXT,
    Backend,
    BackendError,
    check_start,
    start_of,
)
from codeable.engines.plantuml.options import TABLE, PlantUmlOptions

INSTALL = "pip install 'codeable[plantuml-server]'"
_NEEDED = ("plantuml", "six", "httplib2")
_PICTURE_PATH = re.compile(r"/(?:img|png|svg|txt|uml|eps)/?\Z")
_VERSION_SECONDS = 20.0


class ServerBackend(Backend):
    """Draws by asking a server, one text at a time; the texts leave this machine."""

    name = "server"

    def __init__(self, options: PlantUmlOptions) -> None:
        self._address = options.server
        self._base: str | None = None
        self._version = "unknown"
        self._broken: BackendError | None = None

    def check_available(self) -> None:
        """Look for an address, and for the package with all that it needs; see `Backend.check_available`."""
        if self._address is None:
            raise UnavailableError(f'no address of a server: {TABLE} server = "http://..."')
        missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
        if missing:
            packages = " and ".join(repr(name) for name in missing)
            raise UnavailableError(f"the Python package{'s' if len(missing) > 1 else ''} {packages}", INSTALL)

    def version(self) -> str:
        """The version that the server states, and its address.

        Raises:
            BackendError: The server does not answer as PlantUML does.
        """
        self._find_base(_VERSION_SECONDS)
        return self._version

    def formats(self) -> tuple[str, ...]:
        """SVG and PNG."""
        return ("svg", "png")

    def is_sandboxed(self) -> bool:
        """No: what a server allows is not known here."""
        return False

    def draw(self, text: str, picture_format: str, *, dpi: int, timeout: float) -> bytes:
        """Draw one text; see `Backend.draw`."""
        base = self._find_base(timeout)
        if picture_format == "png":
            body, end = text.rsplit("@end", 1)
            text = f"{body}skinparam dpi {dpi}\n@end{end}"  # at the end, no line number changes
        picture = _ask(base, text, picture_format, timeout)
        check_start(picture, picture_format, str(self._address))
        return picture

    def close(self) -> None:
        """Nothing is kept open between two texts; a server that did not answer is asked again."""
        self._broken = None

    def _find_base(self, timeout: float) -> str:
        """The address below which the server draws; found once, by asking for a picture of the version."""
        if self._broken is not None:
            raise BackendError(self._broken.problem)
        if self._base is None:
            assert self._address is not None  # `check_available` comes first
            base = _PICTURE_PATH.sub("", self._address.rstrip("/"))
            candidates = [base] if urlsplit(base).path.strip("/") else [f"{base}/plantuml", base]
            for candidate in candidates:
                try:
                    self._version = _version_at(candidate, timeout)
                    self._base, self._broken = candidate, None
                    return candidate
                except BackendError as error:
                    self._broken = error
            assert self._broken is not None
            raise self._broken
        return self._base


def _version_at(base: str, timeout: float) -> str:
    """The version that a server states, and its address.

    Raises:
        BackendError: It does not draw the version.
    """
    answer = _ask(base, VERSION_TEXT, "svg", timeout)
    if not SIGNATURES["svg"].match(answer):
        raise BackendError(f"{base} does not answer as PlantUML does, but with {start_of(answer)}")
    found = VERSION.search(answer)
    return f"{found[1].decode() if found else 'unknown'} at {base}"


def _ask(base: str, text: str, picture_format: str, timeout: float) -> bytes:
    """The picture that a server draws.

    Raises:
        BackendError: The server cannot be reached, reports an error, or sends too much or for too long.
    """
    opened: list[socket.socket] = []
    picture: Future[bytes] = Future()
    try:
        client = _client(base, picture_format, timeout, opened)
    except ImportError as error:
        raise BackendError(f"the Python package 'plantuml' cannot be used: {error}; {INSTALL}") from None

    def ask() -> None:
        try:
            picture.set_result(client.processes(text))
        except Exception as error:
            picture.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()  # a server may send a byte now and then for ever
    try:
        return picture.result(timeout)
    except TimeoutError:
        # `close` would wait for the thread that reads from the socket, as long as the server sends.
        for each in opened:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        raise BackendError(f"{base} did not answer within {timeout:g} seconds", late=True) from None
    except BackendError:
        raise
    except http.client.IncompleteRead:
        raise BackendError(f"{base} cannot be reached: the answer was cut off") from None
    except Exception as error:
        why = str(error).strip() or type(error).__name__
        raise BackendError(f"{base} cannot be reached: {why}") from None


def _client(base: str, picture_format: str, timeout: float, opened: list[socket.socket]) -> Any:
    """The package's client. It limits the size of an answer, and raises what status and headers mean.

    Its sockets are added to `opened`, because a connection may drop its socket before the answer is read.
    """
    from httplib2 import SCHEME_TO_CONNECTION
    from plantuml import PlantUML

    class Answer(http.client.HTTPResponse):
        def read(self, amount: int | None = None) -> bytes:
            if amount is not None:
                return super().read(amount)
            data = super().read(LARGEST_ANSWER + 1)
            if len(data) > LARGEST_ANSWER:
                raise BackendError(f"{base} sends more than {LARGEST_ANSWER:,} bytes")
            if self.length:
                raise http.client.IncompleteRead(data, self.length)
            return data

    class Connection(SCHEME_TO_CONNECTION[urlsplit(base).scheme]):  # type: ignore[misc]
        response_class = Answer

        def connect(self) -> None:
            super().connect()
            opened.append(self.sock)

    client = PlantUML(f"{base}/{picture_format}/", http_opts={"timeout": timeout})
    client.http.follow_redirects = False
    plain_request = client.http.request

    def request(url: str, **options: Any) -> tuple[Any, bytes]:
        response, content = plain_request(url, connection_type=Connection, **options)
        _refuse_failed(base, response)
        return response, content

    client.http.request = request
    return client


def _refuse_failed(base: str, response: Any) -> None:
    """Raise the error that the status and the headers of an answer mean."""
    status, reason = int(response.status), str(getattr(response, "reason", "")).strip()
    if 300 <= status < 400:
        target = response.get("location", "another address")
        raise BackendError(f"{base} redirects to {target}; put that address into {TABLE} server")
    stated = response.get("x-plantuml-diagram-error")
    if stated:
        line = str(response.get("x-plantuml-diagram-error-line", ""))
        raise BackendError(str(stated), int(line) if line.isdecimal() else None)
    if status == http.client.OK:
        return
    if "x-plantuml-diagram-description" in response:
        raise BackendError(
            f"PlantUML failed at {base} (HTTP status {status}); a newer PlantUML may draw it, "
            "or the server lacks Graphviz's program 'dot'"
        )
    hints: dict[int, str] = {
        http.client.NOT_FOUND: "; is the address right?",
        http.client.REQUEST_URI_TOO_LONG: "; the text is too long for this server",
    }
    hint = hints.get(status, "")
    raise BackendError(f"{base} answered with the HTTP error {status}{f' {reason}' if reason else ''}{hint}")

"""The backend `server`: a PlantUML server, asked through the PyPI package `plantuml`.

The package is of 2019: it needs `six` without declaring it, turns every HTTP error into an `AttributeError`,
follows every redirect, and has no overall time limit. This module makes up for that.
"""

import contextlib
import http.client
import importlib.util
import re
import socket
import threading
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from codeable.engines.plantuml.backend import BackendError, Unavailable
from codeable.engines.plantuml.options import TABLE, PlantUmlOptions

INSTALL = "pip install 'codeable[plantuml-server]'"
_NEEDED = ("plantuml", "six", "httplib2")
_PICTURE_PATH = re.compile(r"/(?:img|png|svg|txt|uml|eps)/?\Z")
_VERSION_TEXT = "@startuml\nversion\n@enduml\n"
_VERSION = re.compile(rb"\bPlantUML version ([\w.]+)")
_VERSION_SECONDS = 20.0
_LARGEST_ANSWER = 1 << 28
_SIGNATURES = {"svg": re.compile(rb"\s*(?:<\?xml|<svg)"), "png": re.compile(rb"\x89PNG\r\n")}


class ServerBackend:
    """Draws by asking a server, one text at a time; the texts leave this machine."""

    name = "server"

    def __init__(self, options: PlantUmlOptions) -> None:
        self._address = options.server
        self._base: str | None = None
        self._version: str | None = None
        self._broken: BackendError | None = None

    def unavailable(self) -> Unavailable | None:
        """Whether there is an address, and the package with all that it needs."""
        if self._address is None:
            return Unavailable(f'no address of a server: {TABLE} server = "http://..."')
        missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
        if missing:
            packages = " and ".join(repr(name) for name in missing)
            return Unavailable(f"the Python package{'s' if len(missing) > 1 else ''} {packages}", INSTALL)
        return None

    def version(self) -> str:
        """The version that the server states, and its address.

        Raises:
            BackendError: The server does not answer as PlantUML does.
        """
        if self._version is None:
            self._find_base(_VERSION_SECONDS)
        return self._version or "unknown"

    def formats(self) -> tuple[str, ...]:
        """SVG and PNG."""
        return ("svg", "png")

    def writes(self, picture_format: str) -> bool:
        """Whether it is one of `formats`."""
        return picture_format in self.formats()

    def is_sandboxed(self) -> bool:
        """No: what a server allows is not known here."""
        return False

    def draw(self, text: str, picture_format: str, *, dpi: int, timeout: float) -> bytes:
        """Draw one text; see `Backend.draw`."""
        base = self._find_base(timeout)
        shift = 0
        if picture_format == "png":
            start, rest = text.split("\n", 1)
            text, shift = f"{start}\nskinparam dpi {dpi}\n{rest}", 1
        try:
            picture = self._ask(base, text, picture_format, timeout)
        except BackendError as error:
            line = error.line if error.line is None else max(1, error.line - shift)
            raise BackendError(error.problem, line, late=error.late) from None
        if not _SIGNATURES[picture_format].match(picture):
            raise BackendError(
                f"{self._address} answered with {_beginning(picture)} instead of {picture_format.upper()}"
            )
        return picture

    def close(self) -> None:
        """Nothing is kept open between two texts; a server that did not answer is asked again."""
        self._broken = None

    def _find_base(self, timeout: float) -> str:
        """The address below which the server draws; found once, by asking for a picture of the version."""
        if self._broken is not None:
            raise BackendError(self._broken.problem)
        if self._base is None:
            missing = self.unavailable()
            if missing is not None or self._address is None:
                raise BackendError(str(missing) if missing else "no address")
            base = _PICTURE_PATH.sub("", self._address.rstrip("/"))
            candidates = [base] if urlsplit(base).path.strip("/") else [f"{base}/plantuml", base]
            self._version = self._first_that_draws(candidates, timeout)
        return self._base or ""

    def _first_that_draws(self, candidates: list[str], timeout: float) -> str:
        for candidate in candidates:
            try:
                answer = self._ask(candidate, _VERSION_TEXT, "svg", timeout)
                if not _SIGNATURES["svg"].match(answer):
                    start = _beginning(answer)
                    raise BackendError(f"{candidate} does not answer as PlantUML does, but with {start}")
            except BackendError as error:
                problem = error
            else:
                found = _VERSION.search(answer)
                self._base = candidate
                return f"{found[1].decode() if found else 'unknown'} at {candidate}"
        self._broken = problem
        raise problem

    def _ask(self, base: str, text: str, picture_format: str, timeout: float) -> bytes:
        try:
            from httplib2 import SCHEME_TO_CONNECTION
            from plantuml import PlantUML
        except ImportError as error:
            raise BackendError(f"the Python package 'plantuml' cannot be used: {error}; {INSTALL}") from None
        client = PlantUML(f"{base}/{picture_format}/", http_opts={"timeout": timeout})
        client.http.follow_redirects = False

        opened: list[socket.socket] = []
        connection = _remembering(SCHEME_TO_CONNECTION[urlsplit(base).scheme], opened)

        def stop() -> None:
            # `close` would wait for the thread that reads from the socket, as long as the server sends.
            for each in opened:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

        request = partial(client.http.request, connection_type=connection)
        responses: list[Any] = []

        def remembering_request(*arguments: Any, **options: Any) -> tuple[Any, bytes]:
            response, content = request(*arguments, **options)
            responses.append(response)
            return response, content

        client.http.request = remembering_request
        result = _within(timeout, lambda: client.processes(text), stop)
        if isinstance(result, bytes):
            stated = _stated_problem(responses[-1]) if responses else None
            if stated is not None:
                raise stated
            return result
        if isinstance(result, BackendError):
            raise BackendError(f"{base} {result.problem}")
        if isinstance(result, TimeoutError):
            raise BackendError(f"{base} did not answer within {timeout:g} seconds", late=True)
        # The package's own exception for an HTTP error breaks while it is made, so the response is used.
        if responses:
            raise _http_problem(base, responses[-1])
        raise BackendError(f"{base} cannot be reached: {_said(result)}")


def _remembering(connection_type: Any, opened: list[socket.socket]) -> Any:
    """Connections whose sockets are added to `opened`; the connection itself may drop its socket early."""

    class Connection(connection_type):  # type: ignore[misc]
        response_class = _Answer

        def connect(self) -> None:
            super().connect()
            opened.append(self.sock)

    return Connection


class _Answer(http.client.HTTPResponse):
    """The answer of a server, with a limit of its size."""

    def read(self, amount: int | None = None) -> bytes:
        if amount is not None:
            return super().read(amount)
        data = super().read(_LARGEST_ANSWER + 1)
        if len(data) > _LARGEST_ANSWER:
            raise BackendError(f"sends more than {_LARGEST_ANSWER:,} bytes")
        if self.length:
            raise http.client.IncompleteRead(data, self.length)
        return data


def _within(seconds: float, work: Callable[[], object], stop: Callable[[], None]) -> object:
    """What some work returns or raises, or `TimeoutError`: a server may send a byte now and then for ever."""
    outcome: list[object] = []

    def run() -> None:
        try:
            outcome.append(work())
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if outcome:
        return outcome[0]
    stop()
    return TimeoutError()


def _http_problem(base: str, response: Any) -> BackendError:
    """The error that the status and the headers of an answer mean."""
    status, reason = int(response.status), str(getattr(response, "reason", "")).strip()
    if 300 <= status < 400:
        target = response.get("location", "another address")
        return BackendError(f"{base} redirects to {target}; put that address into {TABLE} server")
    stated = _stated_problem(response)
    if stated is not None:
        return stated
    if "x-plantuml-diagram-description" in response:
        return BackendError(
            f"PlantUML failed at {base} (HTTP status {status}); a newer PlantUML may draw it, "
            "or the server lacks Graphviz's program 'dot'"
        )
    hint = "; is the address right?" if status == http.client.NOT_FOUND else ""
    hint = "; the text is too long for this server" if status == http.client.REQUEST_URI_TOO_LONG else hint
    return BackendError(f"{base} answered with the HTTP error {status}{f' {reason}' if reason else ''}{hint}")


def _stated_problem(response: Any) -> BackendError | None:
    """The error that PlantUML states in the headers of an answer, with its line."""
    said = response.get("x-plantuml-diagram-error")
    if not said:
        return None
    line = str(response.get("x-plantuml-diagram-error-line", ""))
    return BackendError(str(said), int(line) if line.isdecimal() else None)


def _said(error: object) -> str:
    if isinstance(error, http.client.IncompleteRead):
        return "the answer was cut off"
    text = str(error).strip()
    return text if text else type(error).__name__


def _beginning(data: bytes) -> str:
    return repr(data[:60].decode("utf-8", "replace")) if data else "nothing"

"""The server backend: servers that misbehave, and the faults of the package that asks them."""

import builtins
import contextlib
import importlib.util
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from codeable.engines.plantuml import PlantUmlEngine
from codeable.errors import CodeableError
from tests.engines.plantuml.drawings import drawing, drawn, refused
from tests.engines.plantuml.servers import Answer, served

VERSION = b"<svg xmlns='http://www.w3.org/2000/svg'><text>PlantUML version 1.2099.01</text></svg>"
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"><g class="entity"><text>A</text></g></svg>'

ENTITY = b'<!DOCTYPE svg [<!ENTITY a "b">]>'


def engine_at(address: str) -> PlantUmlEngine:
    return PlantUmlEngine({"backend": "server", "server": address})


def problem_with(answer: Answer, **options: float) -> str:
    """What the engine says when a server answers a drawing so."""

    def answered(picture_format: str, text: str) -> Answer:
        return (200, {}, VERSION) if "\nversion\n" in text else answer

    with served(answered) as address, engine_at(address) as engine:
        return refused(engine, drawing("class A"), **options).problem.replace(address, "ADDRESS")


def good(picture_format: str, text: str) -> Answer:
    return 200, {}, VERSION if "\nversion\n" in text else PICTURE


@pytest.mark.slow
def test_a_real_server_draws_and_reports_the_line_of_an_error(server: str) -> None:
    with engine_at(server) as engine:
        assert engine.version() == f"PlantUML 1.2025.8 at {server}/plantuml by server"
        drawn(engine, drawing("class A", "class B", "A --> B : uses", labels=("A", "B", "uses")))
        assert refused(engine, drawing("class A", "foo (")).line == 3


@pytest.mark.slow
def test_a_crash_inside_a_real_server_is_an_error(server: str) -> None:
    with engine_at(server) as engine:
        error = refused(engine, drawing('class "cost &#36; here" as A'))
    assert error.problem.startswith(f"PlantUML failed at {server}/plantuml (HTTP status 503)")


def test_the_version_and_the_address_make_the_version() -> None:
    with served(good) as address, engine_at(address) as engine:
        assert engine.version() == f"PlantUML 1.2099.01 at {address} by server"


@pytest.mark.parametrize("end", ["", "/", "/svg", "/png/", "/uml"])
def test_the_address_may_name_a_format(end: str) -> None:
    with served(good) as address, engine_at(address + end) as engine:
        assert b">A<" in drawn(engine, drawing("class A")).data


def test_the_address_may_leave_out_the_usual_path() -> None:
    with served(good) as address, engine_at(address.removesuffix("/plantuml")) as engine:
        assert b">A<" in drawn(engine, drawing("class A")).data


def test_a_server_error_names_the_server_and_the_status() -> None:
    problem = problem_with((500, {}, b"stack trace"))
    assert problem == "ADDRESS answered with the HTTP error 500 Internal Server Error"


@pytest.mark.parametrize("status", [400, 200])
def test_a_syntax_error_reported_by_headers_is_reported_with_its_line(status: int) -> None:
    headers = {"X-PlantUML-Diagram-Error": "Syntax Error?", "X-PlantUML-Diagram-Error-Line": "2"}

    def answered(picture_format: str, text: str) -> Answer:
        return (200, {}, VERSION) if "\nversion\n" in text else (status, headers, PICTURE)

    with served(answered) as address, engine_at(address) as engine:
        error = refused(engine, drawing("foo"))
    assert (error.problem, error.line) == ("Syntax Error?", 2)


def test_a_redirect_is_not_followed_but_reported() -> None:
    problem = problem_with((302, {"Location": "http://127.0.0.1:9/elsewhere"}, b""))
    assert "redirects to http://127.0.0.1:9/elsewhere; put that address into" in problem


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "answered with nothing instead of SVG"),
        (b"<html><body>Welcome to the intranet</body></html>", "instead of SVG"),
        (b"\x00\xff\xfenonsense", "instead of SVG"),
        (PICTURE[:-10], "not sound: it is not well-formed XML"),
        (PICTURE * 2, "not sound: it is not well-formed XML"),
        (
            b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>' + PICTURE.replace(b">A<", b">&a;<"),
            "not sound",
        ),
        (PICTURE.replace(b"<g ", b"<script>alert(1)</script><g "), "not sound"),
        (b"<svg><text>Cannot find Graphviz</text></svg>", "which shows 'Cannot find Graphviz'"),
    ],
)
def test_nonsense_is_refused(body: bytes, problem: str) -> None:
    assert problem in problem_with((200, {}, body))


def test_an_answer_that_is_cut_off_is_refused() -> None:
    assert "cut off" in problem_with((200, {"Content-Length": "5000"}, PICTURE), timeout=10)


def test_a_picture_that_claims_to_be_a_png_is_looked_at() -> None:
    with served(good) as address, engine_at(address) as engine:
        error = refused(engine, drawing("class A"), "png")
    assert "instead of PNG" in error.problem


def test_half_a_png_is_refused() -> None:
    def half(picture_format: str, text: str) -> Answer:
        return (200, {}, b"\x89PNG\r\n\x1a\n") if picture_format == "png" else good(picture_format, text)

    with served(half) as address, engine_at(address) as engine:
        assert refused(engine, drawing("class A"), "png").problem == "PlantUML answered with half a PNG"


def test_a_server_that_is_not_there_is_reported_at_once_and_once(bare_machine: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with engine_at(f"http://127.0.0.1:{port}/plantuml") as engine:
        assert "cannot be reached" in refused(engine, drawing("class A")).problem
        with pytest.raises(CodeableError, match="cannot be reached"):
            engine.version()
        assert engine.states()[1].ready is False


def test_a_server_that_is_no_plantuml_is_reported() -> None:
    with served(lambda _, __: (200, {}, b"<html/>")) as address, engine_at(address) as engine:
        assert "does not answer as PlantUML does" in refused(engine, drawing("class A")).problem


@pytest.fixture(
    params=[
        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\n", marks=pytest.mark.slow),
        pytest.param(b"HTTP/1.1 200", marks=pytest.mark.slow),
    ]
)
def dripping_server(request: pytest.FixtureRequest) -> Iterator[tuple[str, threading.Event]]:
    """Sends a byte now and then, for ever; the event tells that nobody listens any more."""
    stopped, left = threading.Event(), threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        while not stopped.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(10_000)
                try:
                    connection.sendall(request.param)
                    while not stopped.wait(0.05):
                        connection.sendall(b" ")
                except OSError:
                    left.set()

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/plantuml", left
    stopped.set()
    with contextlib.suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)  # wakes up who waits for a connection
    listener.close()
    thread.join(5)


@pytest.mark.slow
def test_a_server_that_never_ends_its_answer_is_given_up(
    dripping_server: tuple[str, threading.Event],
) -> None:
    address, left = dripping_server
    with engine_at(address) as engine:
        assert "did not answer within 0.5 seconds" in refused(engine, drawing("class A"), timeout=0.5).problem
    assert left.wait(30)


def test_a_server_that_sends_more_than_any_picture_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("codeable.engines.plantuml.server.LARGEST_ANSWER", 10_000)
    assert problem_with((200, {}, b" " * 10_001)) == "ADDRESS sends more than 10,000 bytes"


def test_a_slow_server_is_given_up() -> None:
    def slow(picture_format: str, text: str) -> Answer:
        if "\nversion\n" not in text:
            time.sleep(1.5)
        return good(picture_format, text)

    with served(slow) as address, engine_at(address) as engine:
        assert "did not answer within 0.3 seconds" in refused(engine, drawing("class A"), timeout=0.3).problem


def test_a_directive_is_not_sent_to_a_server_whose_rules_are_unknown() -> None:
    asked: list[str] = []

    def listening(picture_format: str, text: str) -> Answer:
        asked.append(text)
        return good(picture_format, text)

    with served(listening) as address, engine_at(address) as engine:
        assert refused(engine, drawing("class A", "!include x")).line == 3
    assert not any("!include" in text for text in asked)


@pytest.mark.parametrize("package", ["plantuml", "six", "httplib2"])
def test_a_missing_package_is_named_also_the_undeclared_one(
    package: str, bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == package else find(name, *rest)
    )
    state = engine_at("http://127.0.0.1:9").states()[1]
    assert (state.ready, state.missing) == (False, f"the Python package {package!r}")
    assert state.install == "pip install 'codeable[plantuml-server]'"


def test_a_broken_installation_of_the_package_is_an_error_of_the_drawing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import_ = builtins.__import__

    def broken(name: str, *rest: object, **others: object) -> object:
        if name == "plantuml":
            raise ImportError("No module named 'six.moves'")
        return import_(name, *rest, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", broken)
    with engine_at("http://127.0.0.1:9") as engine:
        assert "six.moves" in refused(engine, drawing("class A")).problem

"""Servers on the loopback address: the one of a PlantUML jar, and ones that misbehave."""

import base64
import contextlib
import socket
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = tuple[int, dict[str, str], bytes]

_PLANTUML = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


@contextlib.contextmanager
def served(answer: Callable[[str, str], Answer]) -> Iterator[str]:
    """The address of a server that answers `(format, text)`; `/plantuml/` is part of it, as on real ones."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _, place, picture_format, encoded = ([*self.path.split("/"), "", "", ""])[:4]
            if place != "plantuml":
                self.send_error(404)
                return
            status, headers, body = answer(picture_format, decoded(encoded))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/plantuml"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(60)


def decoded(encoded: str) -> str:
    """The text in a path, as PlantUML servers encode it."""
    plain = encoded.translate(str.maketrans(_PLANTUML, _BASE64)).rstrip("=")
    data = base64.b64decode(plain + "=" * (-len(plain) % 4))
    return zlib.decompressobj(-15).decompress(data).decode("utf-8")


@contextlib.contextmanager
def jar_server(java: str, jar: Path) -> Iterator[str]:
    """The address of the server inside a jar."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [java, "-Djava.awt.headless=true", "-jar", str(jar), f"-picoweb:{port}:127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait(60)

"""Servers on the loopback address: one that draws with the installed PlantUML, and ones that misbehave."""

import base64
import contextlib
import subprocess
import threading
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]

_PLANTUML = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_DELIMITER = b"___END_OF_PICTURE___"


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


class InstalledPlantUml:
    """Answers with what `plantuml -pipe` draws, as a server does: error pictures with status 400."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()

    def __call__(self, picture_format: str, text: str) -> Answer:
        with self._lock:
            picture = self._drawn(picture_format, text)
        return (400 if b"Syntax Error?" in picture else 200), {}, picture

    def _drawn(self, picture_format: str, text: str) -> bytes:
        child = self._children.get(picture_format)
        if child is None:
            child = self._children[picture_format] = subprocess.Popen(
                [
                    self._program,
                    "-pipe",
                    "-pipedelimitor",
                    _DELIMITER.decode(),
                    "-charset",
                    "UTF-8",
                    f"-t{picture_format}",
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(text.encode())
        child.stdin.flush()
        answer = b""
        while _DELIMITER not in answer:
            chunk = child.stdout.read1(1 << 16)  # type: ignore[attr-defined]
            if not chunk:
                break
            answer += chunk
        return answer.partition(_DELIMITER)[0].lstrip(b"\r\n")

    def close(self) -> None:
        for child in self._children.values():
            child.kill()
            child.communicate(timeout=60)

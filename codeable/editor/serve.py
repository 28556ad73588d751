"""Serves one client over standard input and output, until it goes away. `codeable lsp` calls it."""

import asyncio
import contextlib
import logging
import os
import queue
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

from codeable.editor.features import FEATURES
from codeable.editor.server.protocol import read_message
from codeable.editor.server.server import CodeableServer
from codeable.loading.interpreter import take_over_streams

_LAST_SECONDS = 2.0
_BETWEEN_LOOKS_SECONDS = 2.0

_log = logging.getLogger("codeable.editor")


def make_server() -> CodeableServer:
    """The server with all its features."""
    server = CodeableServer()
    for register in FEATURES:
        register(server)
    return server


def serve(client_name: str = "") -> int:
    """Serve one client over standard input and output, until it goes away.

    Args:
        client_name: The name of the client, where it says none.

    Returns:
        The exit status: 0 when the client has asked to shut down, 1 when it went away before.
    """
    reader, writer = take_over_streams()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="codeable lsp: %(message)s")
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # `failed` tells of faults
    sys.setswitchinterval(0.001)  # an answer must not wait for a check
    replies = _Replies(writer)
    loop = asyncio.new_event_loop()
    server = make_server()
    server.client_name = client_name
    status = loop.run_until_complete(_serve(server, reader, replies))
    replies.close()
    return status


def serve_and_end(client_name: str = "") -> None:
    """As `serve`, then end the process, whatever its threads are doing."""
    status = 1
    try:
        status = serve(client_name)
    except KeyboardInterrupt:
        status = 130
    except BaseException:
        _log.exception("the server ends because of a fault of its own")
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()
        os._exit(status)


async def _serve(server: CodeableServer, reader: BinaryIO, replies: "_Replies") -> int:
    server.protocol.set_writer(replies)
    watch = asyncio.create_task(_end_with_client(server, replies))
    try:
        with ThreadPoolExecutor(1, "codeable-input") as executor:
            loop = asyncio.get_running_loop()
            while (body := await loop.run_in_executor(executor, read_message, reader)) is not None:
                server.receive(body)
    except SystemExit as end:  # the protocol's `exit`
        return int(end.code or 0)
    finally:
        watch.cancel()
        server.close_all()
    return 0 if server.was_shut_down else 1


async def _end_with_client(server: CodeableServer, replies: "_Replies") -> None:
    """End the process when the editor is gone. Its pipe may be held open by what it has started."""
    while True:
        await asyncio.sleep(_BETWEEN_LOOKS_SECONDS)
        client = server.process_id
        if client is None or client in (0, os.getpid()) or sys.platform == "win32":
            continue
        known = server.has_seen_client
        server.has_seen_client = _is_running(client)
        if known and not server.has_seen_client:
            server.close_all()
            replies.close()
            os._exit(1)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class _Replies:
    """Writes to the client in a thread of its own: a client that does not read stops nothing else."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="codeable-output", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Have something written, after what was given before."""
        self._queue.put(data)

    def close(self) -> None:
        """Write what is waiting, and end."""
        self._queue.put(None)
        if self._thread is not threading.current_thread():
            self._thread.join(_LAST_SECONDS)

    def _work(self) -> None:
        with contextlib.suppress(OSError, ValueError):  # the client is gone; its input says so, too
            while (data := self._queue.get()) is not None:
                self._stream.write(data)
                self._stream.flush()

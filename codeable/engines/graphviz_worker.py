"""The child process that holds the Graphviz library; `graphviz` starts it as a script.

Graphviz runs in a process of its own because the library aborts the interpreter when two threads use it,
prints its errors on file descriptor 2 alone, and cannot be interrupted. The parent writes requests to
standard input and reads replies from standard output, both as `marshal` values (parent and child are the same
Python, and `marshal` costs no import). Only the standard library is on the path until the parent's argument
names the folder that holds `pygraphviz`, so that no file of a study can shadow a module.

Request: `(text, formats, dpi, seconds)`. Reply: `(problem, results)`. The handshake, before the first reply,
has the same shape; its results hold the versions of package and library. The parent reads standard error.
"""

import contextlib
import marshal
import os
import signal
import sys
from typing import Any, BinaryIO

Reply = tuple[str | None, tuple[bytes, ...]]

GRACE_SECONDS = 5.0
"""Seconds by which a drawing may exceed its time limit when the parent is gone and cannot end it."""


def main(package_folder: str) -> None:
    """Answer requests until the parent goes away."""
    requests, replies = _take_over_streams()
    sys.path.append(package_folder)
    try:
        import pygraphviz
    except ImportError as error:
        _send(replies, (f"{error}", ()))
        return
    version = f"{pygraphviz.__version__}/{pygraphviz.__graphviz_version__}"
    _send(replies, (None, (version.encode(),)))
    while True:
        try:
            text, formats, dpi, seconds = marshal.load(requests)
        except (EOFError, ValueError, TypeError):
            return
        with _self_destruct_timer(seconds + GRACE_SECONDS):
            reply = _draw(pygraphviz, text, formats, dpi)
        _send(replies, reply)


def _draw(library: Any, text: str, formats: tuple[str, ...], dpi: int | None) -> Reply:
    """Lay a text out once and render it in each of the formats."""
    native = library.graphviz
    try:
        graph = library.AGraph(string=text)
    except (ValueError, UnicodeError) as error:
        return str(error), ()
    context = native.gvContextWithBuiltins()
    try:
        if not graph.graph_attr.get("margin"):
            graph.graph_attr["margin"] = "0"  # a PDF would get half an inch on every side
        if dpi is not None:
            graph.graph_attr["dpi"] = str(dpi)
        if native.gvLayout(context, graph.handle, b"dot"):
            return "there is no layout", ()
        results = []
        for name in formats:
            error_code, data = _rendered(native, context, graph.handle, name)
            if error_code or not data:
                return f"Graphviz here cannot write {name}", ()
            results.append(data)
        native.gvFreeLayout(context, graph.handle)
        return None, tuple(results)
    finally:
        native.gvFreeContext(context)
        graph.close()


def _rendered(native: Any, context: Any, graph: Any, name: str) -> tuple[int, bytes]:
    result = native.gvRenderData(context, graph, name.encode())
    if isinstance(result, tuple | list):
        error_code, data = result
        return int(error_code), data
    return int(result), b""


@contextlib.contextmanager
def _self_destruct_timer(seconds: float) -> Any:
    """While native code runs, let the operating system end this process when the parent dies or time is up.

    A Python signal handler would wait for the native call, so the default actions do it: on Linux the
    hang-up of the request pipe raises SIGIO; everywhere but on Windows an alarm bounds the time.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    import fcntl

    flags = fcntl.fcntl(0, fcntl.F_GETFL)
    if sys.platform == "linux":
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETFL, flags | os.O_ASYNC)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        fcntl.fcntl(0, fcntl.F_SETFL, flags)


def _take_over_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the reply pipe apart from standard output, where native code may print."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, replies


def _send(replies: BinaryIO, reply: Reply) -> None:
    try:
        marshal.dump(reply, replies)
        replies.flush()
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])

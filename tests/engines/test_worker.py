"""The drawing process, here inside the test's own: what it answers to what it is asked."""

import marshal
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest

from codeable.engines import graphviz_worker
from codeable.engines.graphviz import library_folder

Reply = tuple[str | None, tuple[bytes, ...]]


@contextmanager
def as_own_process(requests: bytes) -> Iterator[int]:
    """Standard input, output and error as a worker has them; gives where the replies can be read."""
    replies, reply_end = os.pipe()
    request_end, asking = os.pipe()
    os.write(asking, requests)
    os.close(asking)
    saved = [os.dup(descriptor) for descriptor in range(3)]
    stdin, interrupt, path = sys.stdin, signal.getsignal(signal.SIGINT), list(sys.path)
    with tempfile.TemporaryFile() as errors:
        for descriptor, stream in enumerate((request_end, reply_end, errors.fileno())):
            os.dup2(stream, descriptor)
        os.close(reply_end)
        sys.stdin = os.fdopen(os.dup(0), "r")
        try:
            yield replies
        finally:
            sys.stdin.close()
            sys.stdin, sys.path[:] = stdin, path
            signal.signal(signal.SIGINT, interrupt)
            for descriptor, stream in enumerate(saved):
                os.dup2(stream, descriptor)
                os.close(stream)
            os.close(request_end)


def answers(*requests: object, folder: str | None = None) -> list[Reply]:
    """All replies, the handshake first."""
    given = b"".join(marshal.dumps(request) for request in requests)
    with as_own_process(given) as replies:
        graphviz_worker.main(folder or str(library_folder()))
        os.close(1)
        data = b"".join(iter(lambda: os.read(replies, 65536), b""))
    os.close(replies)
    stream, found = BytesIO(data), []
    while stream.tell() < len(data):
        found.append(marshal.load(stream))
    return found


def test_the_handshake_has_the_version_of_the_library() -> None:
    ((problem, results),) = answers()
    assert problem is None
    assert b"/" in results[0]


def test_it_answers_each_request_in_all_formats_asked_for() -> None:
    _, first, second = answers(
        ("digraph { a }", ("svg", "pdf"), None, 60.0), ("digraph { b }", ("png",), 96, 60.0)
    )
    assert [data[:4] for data in first[1]] == [b"<?xm", b"%PDF"]
    assert [data[:4] for data in second[1]] == [b"\x89PNG"]


def test_after_a_text_that_it_cannot_read_it_answers_the_next() -> None:
    _, broken, good = answers(
        ("digraph {\n -> }", ("svg",), None, 60.0), ("digraph { margin=1; b }", ("svg",), None, 60.0)
    )
    assert broken[0] == "Invalid Input"
    assert good[0] is None


def test_a_format_that_the_library_lacks_is_reported() -> None:
    _, answer = answers(("digraph { a }", ("nonesuch",), None, 60.0))
    assert answer[0] == "Graphviz here cannot write nonesuch"


def test_without_the_library_the_handshake_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    ((problem, results),) = answers(("digraph { a }", ("svg",), None, 60.0))
    assert "pygraphviz" in (problem or "")
    assert results == ()


def test_nonsense_ends_it() -> None:
    assert len(answers("nonsense")) == 1

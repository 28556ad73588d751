"""The pool of child processes, with children that echo."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codeable.engines import pool as pool_module
from codeable.engines.batch import Failure
from codeable.engines.child_process import ChildProcess, UnavailableError
from codeable.engines.pool import ChildPool
from tests.engines.processes import is_running, wait_until

ECHO = """
import os, sys, time
print("ready", os.getpid(), flush=True)
for line in sys.stdin:
    word, _, number = line.strip().partition(" ")
    if word == "sleep":
        time.sleep(float(number))
    if word == "die":
        sys.exit("no more of this")
    print(line.strip(), flush=True)
"""


class Echo(ChildProcess[str, str]):
    """Answers each line with itself; after `sleep 3` it waits before, after `die` it ends."""

    def __init__(self, program: str = ECHO, **options: object) -> None:
        super().__init__([sys.executable, "-c", program], **options)  # type: ignore[arg-type]

    def _first_answer(self) -> str:
        return self._receive()

    def _send(self, request: str) -> None:
        self._to_child.write(request.encode() + b"\n")
        self._to_child.flush()

    def _receive(self) -> str:
        line: bytes = self._from_child.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        return line.decode().strip()


def started(number: int, make: Callable[[], Echo] = Echo) -> tuple[ChildPool[str, str], list[Echo]]:
    """A pool and the children that it starts."""
    children: list[Echo] = []

    def start() -> Echo:
        children.append(make())
        return children[-1]

    return ChildPool(start), children


@pytest.fixture
def echoes() -> tuple[ChildPool[str, str], list[Echo]]:
    return started(1)


def ask(pool: ChildPool[str, str], *requests: str, seconds: float = 30, jobs: int = 1) -> list[str | Failure]:
    return list(pool.answers(requests, seconds=seconds, jobs=jobs))


def late(seconds: float) -> Failure:
    return Failure(f"the drawing process took longer than {seconds} s and was ended", late=True)


def test_answers_come_in_order_although_the_first_takes_longest(echoes: tuple) -> None:
    pool, children = echoes
    requests = ["sleep 0.4", *(f"n {number}" for number in range(20))]
    assert ask(pool, *requests, jobs=2) == requests
    assert len(children) == 2
    pool.close()


def test_an_answer_is_given_before_the_rest_is_there(echoes: tuple) -> None:
    pool, _ = echoes
    answers = pool.answers(["a", "sleep 30"], seconds=60, jobs=1)
    began = time.monotonic()
    assert next(answers) == "a"
    answers.close()
    assert time.monotonic() - began < 10


def test_a_child_is_at_work_while_the_next_request_is_made(echoes: tuple) -> None:
    pool, children = echoes

    def requests() -> Iterator[str]:
        yield "a"
        assert wait_until(lambda: any(child.version for child in children))
        yield "b"

    assert list(pool.answers(requests(), seconds=30, jobs=1)) == ["a", "b"]
    pool.close()


def test_an_error_while_a_request_is_made_ends_the_work_and_is_raised(echoes: tuple) -> None:
    pool, children = echoes

    def requests() -> Iterator[str]:
        yield "sleep 30"
        assert wait_until(lambda: any(child.version for child in children))
        raise KeyError("no such view")

    with pytest.raises(KeyError, match="no such view"):
        list(pool.answers(requests(), seconds=30, jobs=1))
    assert not any(is_running(child.pid) for child in children)


@pytest.mark.parametrize(
    ("count", "jobs", "children_at_most"), [(3, None, 1), (9, None, 3), (9, 2, 2), (9, 0, 1)]
)
def test_there_are_as_many_children_as_asked_for_or_as_the_requests_need(
    echoes: tuple, count: int, jobs: int | None, children_at_most: int
) -> None:
    pool, children = echoes
    requests = [f"n {number}" for number in range(count)]
    assert list(pool.answers(requests, seconds=30, jobs=jobs)) == requests
    assert 1 <= len(children) <= children_at_most
    pool.close()


def test_a_request_that_takes_too_long_fails_alone(echoes: tuple) -> None:
    pool, children = echoes
    assert ask(pool, "a", "sleep 30", "b", seconds=0.4) == ["a", late(0.4), "b"]
    assert not is_running(children[0].pid)
    pool.close()


def test_a_request_that_kills_two_children_fails_alone(echoes: tuple) -> None:
    pool, children = echoes
    first, second, third = ask(pool, "a", "die", "b")
    assert (first, third) == ("a", "b")
    assert second == Failure("the drawing process died twice: it ended with status 1: no more of this")
    assert len(children) == 3
    pool.close()


@pytest.mark.slow
def test_a_child_that_answers_when_its_time_is_up_is_not_asked_again(
    echoes: tuple, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool, children = echoes
    receive = Echo._receive

    def at_the_last_moment(child: Echo) -> str:
        answer = receive(child)
        if answer == "b":
            assert wait_until(lambda: not is_running(child.pid))
        return answer

    monkeypatch.setattr(Echo, "_receive", at_the_last_moment)
    assert ask(pool, "a", "b", "c", seconds=0.4) == ["a", late(0.4), "c"]
    assert len(children) == 2
    assert pool._idle == children[1:]
    pool.close()


@pytest.mark.slow
def test_both_tries_of_a_request_share_its_time(echoes: tuple, monkeypatch: pytest.MonkeyPatch) -> None:
    pool, _ = echoes
    monkeypatch.setattr(Echo, "_receive", lambda child: child.kill() or slow_end(child))

    def slow_end(child: Echo) -> str:
        time.sleep(0.3)
        raise EOFError

    monkeypatch.setattr(Echo, "_first_answer", lambda child: "1")
    assert ask(pool, "a", seconds=0.45) == [late(0.45)]


def test_what_does_not_start_is_started_once_until_the_pool_is_closed() -> None:
    pool, children = started(1, lambda: Echo("import sys; sys.exit('no fonts')"))
    problem = Failure("the drawing process does not start: it ended with status 1: no fonts")
    assert ask(pool, "a", "b") == [problem, problem]
    with pytest.raises(UnavailableError, match="no fonts"):
        pool.version()
    assert len(children) == 1
    pool.close()
    ask(pool, "a")
    assert len(children) == 2


def test_a_child_that_is_never_ready_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "START_UP_SECONDS", 0.3)
    pool, children = started(1, lambda: Echo("import time; time.sleep(60)"))
    assert ask(pool, "a") == [Failure("the drawing process did not start within 0.3 seconds")]
    assert not is_running(children[0].pid)


def test_a_program_that_is_not_there_is_reported() -> None:
    class Missing(Echo):
        def __init__(self) -> None:
            ChildProcess.__init__(self, ["/no/such/program"])

    (failure,) = ask(ChildPool(Missing), "a")
    assert isinstance(failure, Failure)
    assert failure == Failure("/no/such/program cannot be started: No such file or directory")


def test_a_mistake_in_this_program_is_an_answer_too(echoes: tuple, monkeypatch: pytest.MonkeyPatch) -> None:
    pool, children = echoes
    monkeypatch.setattr(Echo, "_send", lambda *_: 1 / 0)
    assert ask(pool, "a") == [Failure("ZeroDivisionError: division by zero")]
    assert not is_running(children[0].pid)


def test_an_interrupt_in_a_thread_of_the_pool_reaches_who_waits(
    echoes: tuple, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool, _ = echoes

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Echo, "_send", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ask(pool, "a")


def test_closing_from_another_thread_ends_a_request_at_work(echoes: tuple) -> None:
    pool, children = echoes
    answers: list[object] = []
    asking = threading.Thread(target=lambda: answers.extend(ask(pool, "sleep 60", "b")))
    asking.start()
    assert wait_until(lambda: any(batch.at_work for batch in pool._batches) and children[0].version)
    time.sleep(0.1)
    pool.close()
    asking.join(10)
    assert answers == [Failure("the engine was closed meanwhile")] * 2
    assert not is_running(children[0].pid)
    assert len(children) == 1


def test_a_child_that_is_spent_is_not_asked_again(echoes: tuple, monkeypatch: pytest.MonkeyPatch) -> None:
    pool, children = echoes
    receive = Echo._receive

    def last(child: Echo) -> str:
        child.is_spent = child.version is not None
        return receive(child)

    monkeypatch.setattr(Echo, "_receive", last)
    assert ask(pool, "a", "b") == ["a", "b"]
    assert len(children) == 2
    assert not any(is_running(child.pid) for child in children)


def test_a_flood_on_standard_error_blocks_nothing_and_is_forgotten() -> None:
    program = ECHO.replace("    print(line.strip(), flush=True)", '    sys.stderr.write("x" * 300_000)\n' * 1)
    program += "    sys.stderr.flush()\n    print(line.strip(), flush=True)\n"
    pool, children = started(1, lambda: Echo(program))
    assert ask(pool, "a", "b") == ["a", "b"]
    assert len(children[0]._error_text()) == 300_000
    pool.close()


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are those of Unix")
def test_what_a_child_started_ends_with_its_group(tmp_path: Path) -> None:
    note = tmp_path / "grandchild"
    program = (
        "import subprocess, sys; from pathlib import Path\n"
        "other = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"Path({str(note)!r}).write_text(str(other.pid))\n" + ECHO
    )
    pool, _ = started(1, lambda: Echo(program, own_group=True))
    assert ask(pool, "a") == ["a"]
    assert is_running(int(note.read_text()))
    pool.close()
    assert wait_until(lambda: not is_running(int(note.read_text())))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_folder_for_temporary_files_that_cannot_be_written_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(**_: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    (failure,) = ask(ChildPool(Echo), "a")
    assert isinstance(failure, Failure)
    assert "cannot be started: No usable temporary directory found" in failure.problem

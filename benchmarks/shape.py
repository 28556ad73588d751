"""The shape that both models have, and the measuring of one process.

N practices; N/10 decisions, each with ten practices as options (a stereotype and a text on the link); N/10
sources, each linked to 20 practices drawn with a fixed seed. That makes 1.2 N nodes and 3 N links.
"""

from __future__ import annotations

import gc
import json
import os
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

OPTIONS = 10
CODES = 20


def numbers(n: int) -> tuple[int, int, int]:
    """How many practices, decisions and sources there are."""
    return n, n // 10, n // 10


def elements(n: int) -> int:
    """How many nodes and links there are."""
    practices, decisions, sources = numbers(n)
    return practices + decisions + sources + decisions * OPTIONS + sources * CODES


def codes_of_sources(n: int) -> list[list[int]]:
    """Which practices each source names."""
    drawn = random.Random(42)
    return [drawn.sample(range(n), CODES) for _ in range(numbers(n)[2])]


def _resident_bytes() -> int | None:
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
        return int(pages[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None


class Run:
    """The figures of one process: seconds by phase, and bytes per element.

    The seconds are those that the processor worked for this process, so that waiting for a busy machine does
    not count.
    """

    def __init__(self, n: int) -> None:
        self.n = n
        self.seconds: dict[str, float] = {}
        self.notes: dict[str, Any] = {}
        self._before: int | None = None

    def phase(self, name: str, work: Callable[[], Any]) -> Any:
        """Carry out ``work``, measured; its result."""
        start = time.process_time()
        result = work()
        self.seconds[name] = time.process_time() - start
        return result

    def start_of_build(self) -> None:
        """Note the memory in use before there is a model."""
        gc.collect()
        self._before = _resident_bytes()

    def end_of_build(self) -> None:
        """Note the memory that the model takes."""
        gc.collect()
        after = _resident_bytes()
        if after is not None and self._before is not None:
            self.notes["bytes per element"] = (after - self._before) / elements(self.n)

    def report(self) -> None:
        """Write the figures as one line of JSON."""
        print(json.dumps({"n": self.n, "seconds": self.seconds, **self.notes}))


def check_answers(evidence: int, connected: int, n: int) -> None:
    """Raise when a model does not answer as the shape demands."""
    practices, decisions, sources = numbers(n)
    if evidence != sources * CODES:
        raise AssertionError(f"{evidence} pieces of evidence instead of {sources * CODES}")
    if connected > practices + decisions + sources:
        raise AssertionError(f"{connected} elements are connected, more than there are")

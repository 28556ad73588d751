"""Garbage is collected when nobody waits for an answer."""

import asyncio
import math
from typing import Any

import pytest

from codeable.editor.server import idle_collector
from codeable.editor.server.idle_collector import IdleCollector

ONE: Any = None
"""The checker, of which the collector asks nothing."""


class Recorder:
    """What was asked of the garbage collector of Python, in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def was_asked(self, times: int) -> None:
        async with asyncio.timeout(10):
            while len(self.asked) < times:
                await asyncio.sleep(0.001)

    def freeze(self) -> None:
        self.asked.append("freeze")

    def unfreeze(self) -> None:
        self.asked.append("unfreeze")

    def collect(self, generation: int = 2) -> None:
        self.asked.append(f"collect {generation}")


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setattr(idle_collector, "gc", recorder)
    monkeypatch.setattr(idle_collector, "_IDLE_SECONDS", 0.01)
    return recorder


def test_what_is_there_after_the_first_check_is_not_searched(recorder: Recorder) -> None:
    async def session() -> None:
        collector = IdleCollector(lambda: 0.0)
        for _ in range(3):
            collector.checked(ONE)
        await asyncio.sleep(0.02)

    asyncio.run(session())
    assert recorder.asked == ["freeze", "collect 0", "collect 0"]


def test_a_model_that_was_replaced_is_collected_when_nobody_types_or_asks(recorder: Recorder) -> None:
    async def session() -> None:
        asked = [math.inf]
        collector = IdleCollector(lambda: asked[0])
        collector.checked(ONE)
        collector.load_changed(ONE, "loading")
        for _ in range(3):
            await asyncio.sleep(0)
            collector.checked(ONE)
        await asyncio.sleep(0.03)
        assert recorder.asked == ["freeze", *["collect 0"] * 3]
        asked[0] = 0.0
        await recorder.was_asked(5)

    asyncio.run(session())
    assert recorder.asked == ["freeze", *["collect 0"] * 3, "collect 2"]


def test_everything_is_collected_after_a_long_time(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle_collector, "_LONG_IDLE_SECONDS", 0.01)

    async def session() -> None:
        IdleCollector(lambda: 0.0).checked(ONE)
        await recorder.was_asked(4)

    asyncio.run(session())
    assert recorder.asked == ["freeze", "unfreeze", "collect 2", "freeze"]

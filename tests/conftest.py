"""What holds for every test: no cache of the user's is touched, and a slow machine fails no property."""

import gc
import math
import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.tools import examples

QUICK_CASES = 4
"""So many cases of a test are quick, unless it says otherwise."""

settings.register_profile(
    "codeable", deadline=None, derandomize="CI" in os.environ, max_examples=examples(100)
)
settings.load_profile("codeable")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts a background job so (`nohup … &`), and every child process of a test would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a test with many cases, some that are spread over all of them are quick; the others are slow.

    These are four, or every Nth where the test is marked `sampled(N)`: with `sampled(1)` all are quick.
    """
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("slow") is None:
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for same in cases.values():
        mark = same[0].get_closest_marker("sampled")
        step = mark.args[0] if mark else math.ceil(len(same) / QUICK_CASES)
        for number, item in enumerate(same):
            if number % step:
                item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Leave what was collected out of every garbage collection, for it lives as long as the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


@pytest.fixture
def fresh_heap() -> None:
    """Leave what was there before out of the collections of the test, which then take no second each."""
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Pictures are kept in a folder of this test run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CODEABLE_CACHE", str(tmp_path_factory.getbasetemp() / "picture-cache"))
        yield

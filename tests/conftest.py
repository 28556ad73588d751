"""What holds for every test: no cache of the user's is touched, and a slow machine fails no property."""

import gc
import os
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.tools import examples

settings.register_profile(
    "codeable", deadline=None, derandomize="CI" in os.environ, max_examples=examples(100)
)
settings.load_profile("codeable")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts a background job so (`nohup … &`), and every child process of a test would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a test with many cases that is marked `sampled(N)`, only every Nth case is quick."""
    seen: Counter[str] = Counter()
    for item in items:
        mark = item.get_closest_marker("sampled")
        if mark is not None:
            test = item.nodeid.partition("[")[0]
            if seen[test] % mark.args[0]:
                item.add_marker(pytest.mark.slow)
            seen[test] += 1


def pytest_collection_finish() -> None:
    """Leave what was collected out of every garbage collection: it lives as long as the run."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Pictures are kept in a folder of this test run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CODEABLE_CACHE", str(tmp_path_factory.getbasetemp() / "picture-cache"))
        yield

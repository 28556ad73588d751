"""What holds for every test: no cache of the user's is touched, and a slow machine fails no property."""

import os
import signal

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


@pytest.fixture(autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are kept in a folder of this test run."""
    monkeypatch.setenv("CODEABLE_CACHE", str(tmp_path_factory.getbasetemp() / "picture-cache"))

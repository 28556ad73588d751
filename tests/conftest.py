"""What holds for every test: no cache of the user's is touched, and a slow machine fails no property."""

import os

import pytest
from hypothesis import settings

from tests.tools import examples

settings.register_profile(
    "codeable", deadline=None, derandomize="CI" in os.environ, max_examples=examples(100)
)
settings.load_profile("codeable")


@pytest.fixture(autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are kept in a folder of this test run."""
    monkeypatch.setenv("CODEABLE_CACHE", str(tmp_path_factory.getbasetemp() / "picture-cache"))

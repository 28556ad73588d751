"""Studies in temporary folders end where these do: no test finds a module of another."""

import pytest


@pytest.fixture(autouse=True)
def repository(tmp_path):
    (tmp_path / ".git").mkdir()

"""The study with notes, loaded once."""

from pathlib import Path

import pytest

import codeable
from codeable import Study
from tests.reports.counts.notes import NOTED
from tests.studies import write_study


@pytest.fixture(scope="session")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return codeable.load(write_study(Path(tmp_path_factory.mktemp("noted")), NOTED))

"""Studies that several of these tests read, loaded once."""

from pathlib import Path

import pytest

import codeable
from codeable import Study
from tests.reports.counts.notes import NOTED
from tests.reports.tables.studies import RICH
from tests.studies import write_study


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return codeable.load(write_study(Path(tmp_path_factory.mktemp("rich")), RICH))


@pytest.fixture(scope="session")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return codeable.load(write_study(Path(tmp_path_factory.mktemp("noted")), NOTED))

"""The trial of a build in this process, which saves each test the start of another one."""

from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.loading import load_folder


@pytest.fixture
def trial_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """`test_trial_load` tests the fresh process."""

    def outcome(trial: Path, *_: object) -> tuple[str | None, str]:
        try:
            load_folder(trial)
        except CodeableError as error:
            return error.message, ""
        return None, ""

    monkeypatch.setattr("codeable.notes.build.trial_load._outcome", outcome)

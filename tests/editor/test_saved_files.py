"""Files that are saved are found and read beside the requests of an editor."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from codeable.editor.study.editor_study import EditorStudy
from codeable.editor.texts import note_texts
from codeable.notes.model import FieldNote
from codeable.notes.reader import read_or_report
from tests.checks.cases import note
from tests.editor.study_views import LoaderThatFails
from tests.studies import write_study


def test_a_request_is_answered_from_before_while_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_study(tmp_path, {"sources/s_7.md": note("a"), "pyproject.toml": "[tool.codeable]\n"})
    study = EditorStudy(tmp_path, LoaderThatFails())
    before = study.view({})
    begun, may_end = threading.Event(), threading.Event()

    def slow(path: Path) -> FieldNote:
        begun.set()
        assert may_end.wait(10)
        return read_or_report(path)

    monkeypatch.setattr(note_texts, "read_or_report", slow)
    write_study(tmp_path, {"sources/s_8.md": note("b", number=8)})
    with ThreadPoolExecutor() as threads:
        after = threads.submit(study.view, {})
        assert begun.wait(10)
        assert study.view({}, look=False) is before
        may_end.set()
        assert [each.identifier for each in after.result(10).notes] == ["s7", "s8"]

"""Before anything is written, the whole study is loaded in a fresh process."""

from pathlib import Path

import pytest

from codeable.notes.build.trial_load import why_not_loaded


def reason(folder: Path, module: str) -> str | None:
    return why_not_loaded(folder, {"models/a.py": module.encode()})


def test_a_study_that_loads_has_no_fault(tmp_path: Path) -> None:
    assert reason(tmp_path, "a = 1\n") is None


def test_the_fault_of_a_module_is_named_where_it_will_be(tmp_path: Path) -> None:
    assert reason(tmp_path, "a = b\n") == (
        f"{tmp_path}/models/a.py:1: NameError: name 'b' is not defined\n    a = b"
    )


def test_modules_in_the_current_folder_take_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "attrs.py").write_text("raise SystemExit(7)\n")
    monkeypatch.chdir(tmp_path)
    assert reason(tmp_path, "a = 1\n") is None


def test_a_module_that_is_interrupted_is_one_line(tmp_path: Path) -> None:
    assert reason(tmp_path, "raise KeyboardInterrupt\n") == "interrupted"


@pytest.mark.parametrize("status", [0, 3])
def test_a_module_that_ends_the_process_is_no_study(tmp_path: Path, status: int) -> None:
    told = f"models/a.py:2: the module ends the program (SystemExit: {status}); it must run to its end"
    assert told in str(reason(tmp_path, f"import os\nos._exit({status})\n"))


def test_a_thread_that_runs_on_is_not_waited_for(tmp_path: Path) -> None:
    module = "import threading\nthreading.Thread(target=threading.Event().wait).start()\n"
    assert reason(tmp_path, module) is None


def test_a_child_that_keeps_its_output_open_is_not_waited_for(tmp_path: Path) -> None:
    module = "import subprocess, sys\n"
    module += "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(5)'])\n"
    assert reason(tmp_path, module) is None

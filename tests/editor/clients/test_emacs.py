"""Emacs with Eglot and the configuration of the page for users."""

import subprocess
from pathlib import Path

import psutil
import pytest

from tests.editor.clients.setup import configuration, environment, left_over, servers_of, storage_study
from tests.tools import missing, require_tool

pytestmark = pytest.mark.slow


def test_a_note_is_mended_by_what_the_server_says(tmp_path: Path) -> None:
    emacs = require_tool("emacs")
    study, home = storage_study(tmp_path / "study"), tmp_path / "home"
    variables = environment(home)
    installed = subprocess.run(
        [
            emacs,
            "-q",
            "--batch",
            "-f",
            "package-initialize",
            "--eval",
            "(progn (require 'eglot) (require 'markdown-mode))",
        ],
        env=variables,
        capture_output=True,
        timeout=60,
    )
    if installed.returncode:
        missing("needs Eglot and Markdown mode in Emacs (apt-get install -y elpa-eglot elpa-markdown-mode)")
    (home / "init.el").write_text(configuration("elisp"), encoding="utf-8")
    with psutil.Popen(
        [
            emacs,
            "-q",
            "--batch",
            "-f",
            "package-initialize",
            "-l",
            home / "init.el",
            "-l",
            Path(__file__).with_name("drive.el"),
        ],
        cwd=study,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        started: set[psutil.Process] = set()
        while process.poll() is None:
            started |= set(servers_of(process))
            try:
                output, errors = process.communicate(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
    said = output.splitlines()
    assert process.returncode == 0, errors
    assert any(line.startswith("diagnostic: ") and "'objct_store' is used" in line for line in said), output
    assert "completions: (object_store)" in said
    assert any(
        line.startswith("completed: ") and "(storage_decision, object_store, " in line for line in said
    )
    assert "servers: 1" in said
    (figure,) = [line.removeprefix("figure: ") for line in said if line.startswith("figure: ")]
    assert (
        "blob_store" in Path(figure).read_text(encoding="utf-8") or "Object Store" in Path(figure).read_text()
    )
    text = (study / "sources/s_1.md").read_text(encoding="utf-8")
    assert "Familiar option: blob_store" in text
    assert "(storage_decision, blob_store, " in text
    assert "files in an object_store 🙂." in text
    assert (study / "models/storage.py").read_text(encoding="utf-8").count("blob_store") == 2
    assert left_over(list(started)) == []

"""Helix with the configuration of the page for users, in a terminal, by keys as a user presses them.

Debian 12 has no Helix; Debian 13 has it as `hx`.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.editor.clients.setup import (
    configuration,
    environment,
    eventually,
    left_over,
    servers_of,
    storage_study,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("hx") is None or shutil.which("tmux") is None, reason="needs Helix (hx) and tmux"
    ),
]


class Helix:
    """A Helix in a terminal of tmux."""

    def __init__(self, folder: Path, home: Path, *files: str) -> None:
        self._environment = environment(home) | {"TERM": "xterm-256color", "SHELL": "/bin/sh"}
        settings = home / ".config/helix/languages.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(configuration("toml"), encoding="utf-8")
        self._folder, self._socket = folder, str(home / "tmux")
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", "160", "-y", "40", "hx", *files)
        self.process = psutil.Process(int(self._tmux("display-message", "-p", "#{pane_pid}")))

    @property
    def screen(self) -> str:
        """What is to be seen."""
        return self._tmux("capture-pane", "-p")

    def shows(self, text: str) -> str:
        """The screen as soon as it shows a text."""
        assert eventually(lambda: text in self.screen), f"no {text!r} in\n{self.screen}"
        return self.screen

    def keys(self, *keys: str) -> None:
        """Press keys, each given as a text of its own or by the name that tmux gives to it."""
        self._tmux("send-keys", *keys)

    def end(self) -> None:
        """End the terminal."""
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], capture_output=True, timeout=30)

    def _tmux(self, *arguments: str) -> str:
        return subprocess.run(
            ["tmux", "-S", self._socket, *arguments],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            timeout=30,
            check=True,
        ).stdout


@pytest.fixture
def helix(tmp_path: Path) -> Iterator[Helix]:
    editor = Helix(storage_study(tmp_path / "study"), tmp_path / "home", "sources/s_1.md")
    yield editor
    editor.end()


def test_a_note_is_mended_by_what_the_server_says(helix: Helix, tmp_path: Path) -> None:
    note, module = tmp_path / "study/sources/s_1.md", tmp_path / "study/models/storage.py"
    helix.shows("●")
    helix.keys("/", "objct_store", "Enter")
    helix.shows("'objct_store' is used but declared nowhere")

    helix.keys("c", "object_s", "C-x")
    helix.shows("object_store class")  # the menu of completions
    helix.keys("Tab", "Enter", "Escape")
    helix.shows("(storage_decision, object_store, ")

    helix.keys("h", "Space", "r")
    helix.shows("rename-to:")
    helix.keys("C-u", "blob_store", "Enter")
    helix.shows("(storage_decision, blob_store, ")
    helix.keys(":", "write-all", "Enter")
    eventually(lambda: "blob_store" in module.read_text(encoding="utf-8"))
    assert module.read_text(encoding="utf-8").count("blob_store") == 2
    eventually(lambda: "blob_store" in note.read_text(encoding="utf-8"))
    assert "Familiar option: blob_store" in note.read_text(encoding="utf-8")

    started = servers_of(helix.process)
    assert started
    helix.keys(":", "quit-all", "Enter")
    assert left_over([helix.process, *started]) == []

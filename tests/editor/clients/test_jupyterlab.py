"""JupyterLab in a browser: it finds the server by itself, and shows what the server says of a note."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.editor.clients.chromium import ChromiumPage
from tests.editor.clients.setup import environment, left_over, servers_of, storage_study
from tests.tools import missing, require_tool

pytestmark = pytest.mark.slow

PROGRAM = "CODEABLE_JUPYTERLAB"
"""The variable with the path of `jupyter-lab` in an environment that has codeable and jupyterlab-lsp, too."""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab that serves a study."""
    program = os.environ.get(PROGRAM) or shutil.which("jupyter-lab")
    if program is None:
        missing(
            f"needs JupyterLab: python -m venv lab; lab/bin/pip install -e '.[editor]' jupyterlab "
            f"jupyterlab-lsp; {PROGRAM}=lab/bin/jupyter-lab"
        )
    study, home = storage_study(tmp_path / "study"), tmp_path / "home"
    variables = environment(home)
    settings = home / ".jupyter/lab/user-settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = psutil.Popen(
        [
            *(program, "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"),
            *("--IdentityProvider.token=", f"--ServerApp.root_dir={study}"),
        ],
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=(tmp_path / "log").open("w"),
    )
    yield f"http://127.0.0.1:{port}/lab"
    started = servers_of(process)
    process.terminate()
    process.wait(30)
    assert left_over(started) == []


def test_a_note_shows_findings_completions_and_a_hover(lab: str, tmp_path: Path) -> None:
    browser = require_tool("chromium", "google-chrome")

    async def session() -> None:
        async with ChromiumPage(browser, tmp_path / "browser") as page:
            await page.open(f"{lab}/tree/sources/s_1.md")
            await page.wait("document.querySelectorAll('.cm-lintRange').length > 2")
            await page.picture(tmp_path / "findings.png")
            wrong = "[...document.querySelectorAll('.cm-lintRange')].map((each) => each.innerText)"
            assert "objct_store" in await page.ask(wrong)

    asyncio.run(asyncio.wait_for(session(), 120))

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
from tests.editor.clients.setup import NOTE, environment, left_over, servers_of, storage_study
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


def test_a_note_shows_findings_and_a_hover_and_is_completed(lab: str, tmp_path: Path) -> None:
    browser = require_tool("chromium", "google-chrome")
    note = tmp_path / "study/sources/s_1.md"
    note.write_text(
        NOTE.replace(" 🙂", "").replace("Familiar option: object_store", "Familiar option: event_")
    )

    async def session() -> None:
        async with ChromiumPage(browser, tmp_path / "browser") as page:
            await page.open(f"{lab}/tree/sources/s_1.md")
            wrong = "[...document.querySelectorAll('.cm-lintRange')].map((each) => each.innerText)"
            await page.wait(f"{wrong}.includes('objct_store')")

            await page.send_key("keyDown", "Control", 17, 2)
            hover = "document.querySelector('.lsp-hover')?.innerText"
            while not await page.ask(hover):
                await page.point("text=storage_", modifiers=2)
                await page.point("text=storage_decision", modifiers=2)
                await asyncio.sleep(0.2)
            assert "Where do data products keep their data?" in await page.ask(hover)
            await page.picture(tmp_path / "hover.png")
            await page.send_key("keyUp", "Control", 17)

            text = "document.querySelector('.cm-content').innerText"
            await page.click("text=Familiar option")
            await page.press("End", 35)
            await page.press("Tab", 9)
            await page.wait("document.querySelector('.jp-Completer')?.innerText.includes('event_bus')")
            await page.picture(tmp_path / "completion.png")
            await page.press("Enter", 13)
            await page.wait(f"{text}.includes('Familiar option: event_bus\\n')")

    asyncio.run(asyncio.wait_for(session(), 120))

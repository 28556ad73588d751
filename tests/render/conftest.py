"""A small study in a folder of its own, and the main job on it."""

import contextlib
import io
import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codeable.engines import ENGINES
from codeable.engines.measuring import GraphvizMeasurer
from codeable.exits import run
from codeable.loading import load_folder
from codeable.render import RenderReport, RenderRequest, render
from codeable.render.command import render_command

MODEL = """\
from codeable.dsl import *

bus_decision = CClass(decision, "How can *parts* talk?")
event_bus = CClass(pattern, "Event Bus")
direct_calls = CClass(practice, "Direct <calls>")
add_decision_option_link(bus_decision, event_bus, "Talk through events")
add_decision_option_link(bus_decision, direct_calls, 'Just "call"')
"""
OTHER = """\
from codeable.dsl import *

store_decision = CClass(decision, "Where is data kept?")
database = CClass(practice, "Database")
add_decision_option_link(store_decision, database, "In a database")
"""
SOURCE = """\
from codeable.dsl import *
from models.bus import *

s1 = CClass(source, "s1", values={"title": "On buses", "url": "https://example.org/buses"})
add_links({s1: [event_bus]}, role_name="contained_code")
"""

Job = Callable[..., RenderReport]


NUMBERS = itertools.count(1)


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEABLE_CACHE", str(tmp_path_factory.getbasetemp() / f"caches/{next(NUMBERS)}"))


@pytest.fixture
def stub_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a stub draw and measure in place of Graphviz, which is not what these tests are about."""
    monkeypatch.setitem(ENGINES, "graphviz", "tests.render.stub_engine:StubEngine")  # type: ignore[arg-type]
    monkeypatch.setattr(
        GraphvizMeasurer, "widths", lambda _, font, words: {word: 0.5 * len(word.text) for word in words}
    )


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    for name, text in (("models/bus.py", MODEL), ("models/store.py", OTHER), ("sources/s1.py", SOURCE)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def job(study: Path) -> Job:
    """The main job on the study; its options are those of a request."""

    def render_with(**options: object) -> RenderReport:
        return render(load_folder(study), RenderRequest(**options))  # type: ignore[arg-type]

    return render_with


def states(report: RenderReport) -> dict[str, str]:
    """What became of each file, by its name."""
    return {outcome.path.name: outcome.state for outcome in report.outcomes}


def command(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`codeable render` with these words, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as stopped,
    ):
        run(render_command, list(map(str, words)), "codeable render")
    status = stopped.value.code
    return subprocess.CompletedProcess(words, status, out.getvalue(), err.getvalue())  # type: ignore[arg-type]


def process(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`python -m codeable.render` with these words."""
    return subprocess.run(
        [sys.executable, "-m", "codeable.render", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=120,
    )

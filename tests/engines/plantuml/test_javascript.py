"""The JavaScript carrier: PlantUML's own build in V8, with a stand-in for the browser."""

import asyncio
import gc
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import psutil
import pytest

from codeable.engines.plantuml import PlantUmlEngine, javascript
from codeable.engines.plantuml.font_files import font_for
from codeable.engines.protocol import Drawing
from codeable.engines.svg import svg_size
from codeable.engines.worker_process import Answer, WorkerProcess
from codeable.errors import CodeableError
from tests.engines.plantuml.drawings import drawing, drawn, refused
from tests.engines.processes import is_running, wait_until
from tests.tools import missing

PAIR = ("class A", "class B", "A --> B")


@pytest.fixture(scope="module")
def shared(node_modules: Path) -> Iterator[PlantUmlEngine]:
    with PlantUmlEngine({"carrier": "javascript", "node_modules": str(node_modules)}) as engine:
        yield engine


@pytest.fixture
def settings(node_modules: Path) -> dict[str, object]:
    return {"carrier": "javascript", "node_modules": str(node_modules)}


def package(folder: Path, node_modules: Path, *names: str) -> dict[str, object]:
    """Settings for a package with only some of its files."""
    target = folder / "node_modules/@plantuml/core"
    target.mkdir(parents=True)
    for name in names:
        shutil.copy(node_modules / "@plantuml/core" / name, target / name)
    return {"carrier": "javascript", "node_modules": str(folder / "node_modules")}


def test_the_folder_of_the_setting_may_be_the_one_that_holds_node_modules(node_modules: Path) -> None:
    with PlantUmlEngine(
        {"carrier": "javascript", "node_modules": "js"}, node_modules.parent.parent
    ) as engine:
        assert engine.version() == "PlantUML 1.2026.8 by javascript"


def test_the_package_is_found_from_the_study_upwards(node_modules: Path, bare_machine: Path) -> None:
    with PlantUmlEngine({}, node_modules / "@plantuml") as engine:
        assert engine.version() == "PlantUML 1.2026.8 by javascript"


def test_every_text_states_its_width_so_that_it_fits_in_any_font(shared: PlantUmlEngine) -> None:
    svg = drawn(shared, drawing(*PAIR)).data.decode()
    texts = re.findall(r"<text[^>]*>", svg)
    assert texts
    assert all("textLength=" in text for text in texts)


@pytest.mark.parametrize(
    ("family", "table"), [("Helvetica", "Liberation Sans"), ("sans-serif", "DejaVu Sans")]
)
@pytest.mark.parametrize("bold", [False, True])
def test_texts_are_measured_as_fonts_have_it(family: str, table: str, bold: bool) -> None:
    pytest.importorskip("reportlab")
    font = font_for("x", table, bold=bold, italic=False)
    if font.family != table:
        missing(f"needs the font {table}")
    widths = json.loads(
        resources.files("codeable.engines.plantuml").joinpath("glyph_widths.json").read_text("utf-8")
    )
    weights = widths["helvetica" if family == "Helvetica" else "sans"]
    measured = {
        chr(start + index): width
        for start, run in weights["bold" if bold else "regular"]
        for index, width in enumerate(run)
    }
    # The table is of the font's newest version. The one installed may be years older: it has fewer letters,
    # and a few whose widths were corrected since (U+0387 and U+040D in Liberation 1).
    known = {text: width for text, width in measured.items() if font.covers(text)}
    assert len(known) > 500
    wrong = [text for text, width in known.items() if abs(font.width(text, 1000) - width) > 2]
    assert len(wrong) < len(known) / 200, wrong


def test_wide_and_combining_characters_are_measured_as_such(shared: PlantUmlEngine) -> None:
    svg = drawn(shared, drawing('class "架構" as A', 'class "e\u0301e\u0301" as B')).data.decode()
    lengths = dict(re.findall(r'textLength="([\d.]+)"[^>]*>([^<]+)<', svg))
    by_text = {text: float(length) for length, text in lengths.items()}
    assert by_text["架構"] == 28
    assert by_text["e\u0301e\u0301"] == pytest.approx(2 * 0.615 * 14, abs=0.1)


def test_layout_falls_back_to_plantumls_own_without_the_file_of_graphviz(
    tmp_path: Path, node_modules: Path
) -> None:
    with PlantUmlEngine(package(tmp_path, node_modules, "plantuml.js", "package.json")) as engine:
        assert b'class="link"' in drawn(engine, drawing(*PAIR)).data


def test_a_picture_wider_than_a_browser_would_take_is_drawn(shared: PlantUmlEngine) -> None:
    wide = drawing(*(f"class A{n}\nB --> A{n}" for n in range(120)))
    width, _ = svg_size(drawn(shared, wide).data) or (0, 0)
    assert width > 8192


def test_themes_and_icons_of_the_package_are_brought(shared: PlantUmlEngine) -> None:
    plain = drawn(shared, drawing(*PAIR)).data
    assert drawn(shared, drawing("!theme amiga", *PAIR)).data != plain
    assert b"<path" in drawn(shared, drawing('class "<&star> <:smile:> name" as A')).data


@pytest.mark.parametrize(
    "line",
    [
        "!include <nosuch/library>",
        "!include <C4/C4_Context>",
        "!theme nosuch",
        "!includeurl http://127.0.0.1:9/x",
    ],
)
def test_what_cannot_be_brought_is_an_error_and_does_not_stall(line: str, shared: PlantUmlEngine) -> None:
    error = refused(shared, drawing("class A", line), timeout=20)
    assert "did not finish" not in error.problem
    drawn(shared, drawing(*PAIR))


def test_a_text_that_takes_too_long_is_given_up_and_the_next_one_drawn(settings: dict[str, object]) -> None:
    large = [f"class A{n}\nA{n} --> A{n * 7 % 200}" for n in range(200)]
    with PlantUmlEngine(settings) as engine:
        drawn(engine, drawing(*PAIR))
        error = refused(engine, drawing(*large), timeout=0.2)
        assert error.problem == "PlantUML did not finish within 0.2 seconds"
        drawn(engine, drawing(*PAIR))


def test_a_failure_inside_plantuml_is_an_error_and_the_next_one_is_drawn(shared: PlantUmlEngine) -> None:
    error = refused(shared, Drawing("odd", "@startfoo\nclass A\n@endfoo", "plantuml"))
    assert error.problem == "PlantUML failed: java.lang.RuntimeException: Unsupported diagram type"
    drawn(shared, drawing(*PAIR))


def worker_of(engine: PlantUmlEngine) -> int:
    worker = engine._carriers["javascript"]._worker  # type: ignore[attr-defined]
    assert worker is not None
    return int(worker.pid)


def test_memory_stays_bounded_because_processes_are_replaced(
    settings: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(javascript, "_DRAWINGS_PER_PROCESS", 2)
    workers = []
    with PlantUmlEngine(settings) as engine:
        for _ in range(3):
            drawn(engine, drawing("class A"))
            workers.append(worker_of(engine))
    assert workers[0] == workers[1] != workers[2]


def test_a_killed_process_is_restarted_and_the_text_drawn(settings: dict[str, object]) -> None:
    with PlantUmlEngine(settings) as engine:
        drawn(engine, drawing("class A"))
        psutil.Process(worker_of(engine)).kill()
        assert b">B<" in drawn(engine, drawing("class B")).data


def test_a_process_that_dies_twice_is_an_error(
    settings: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(worker: WorkerProcess, *request: object) -> Answer:
        worker.kill()
        return ask(worker, *request)

    ask = WorkerProcess.ask
    monkeypatch.setattr(WorkerProcess, "ask", die)
    with PlantUmlEngine(settings) as engine:
        error = refused(engine, drawing("class A"))
        assert error.problem.startswith("PlantUML died twice over it: it ")
        monkeypatch.undo()
        drawn(engine, drawing("class A"))


def test_closing_ends_the_process_and_the_engine_can_draw_again(settings: dict[str, object]) -> None:
    engine = PlantUmlEngine(settings)
    drawn(engine, drawing("class A"))
    worker = worker_of(engine)
    engine.close()
    assert not is_running(worker)
    drawn(engine, drawing("class A"))
    engine.close()


def test_an_engine_that_is_dropped_leaves_no_process(settings: dict[str, object]) -> None:
    engine = PlantUmlEngine(settings)
    drawn(engine, drawing("class A"))
    worker = worker_of(engine)
    del engine
    gc.collect()
    assert not is_running(worker)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("let a = 1;", "exports nothing"),
        ("syntax error; export{a as render};", "PlantUML failed: "),
        ("export{a as render,b as renderToString};", "PlantUML failed: "),
        ("for (;;); export{a as render};", "PlantUML did not start within 3 seconds"),
    ],
)
def test_a_broken_package_is_told(
    content: str, problem: str, tmp_path: Path, node_modules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(javascript, "_START_UP_SECONDS", 3.0 if "for" in content else 60.0)
    settings = package(tmp_path, node_modules, "package.json")
    (tmp_path / "node_modules/@plantuml/core/plantuml.js").write_text(content)
    with PlantUmlEngine(settings) as engine:
        assert problem in refused(engine, drawing("class A")).problem


def test_what_does_not_start_is_not_started_for_every_text(
    tmp_path: Path, node_modules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = package(tmp_path, node_modules, "package.json")
    (tmp_path / "node_modules/@plantuml/core/plantuml.js").write_text("let a = 1;")
    with PlantUmlEngine(settings) as engine:
        first = refused(engine, drawing("class A"))
        monkeypatch.setattr(javascript, "WorkerProcess", None)
        assert refused(engine, drawing("class B")).problem == first.problem


def test_a_package_without_a_version_is_told(tmp_path: Path, node_modules: Path) -> None:
    with (
        PlantUmlEngine(package(tmp_path, node_modules, "plantuml.js")) as engine,
        pytest.raises(CodeableError, match="states no version"),
    ):
        engine.version()


def test_v8_that_is_not_installed_is_told(
    settings: dict[str, object], bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = javascript.importlib.util.find_spec
    monkeypatch.setattr(
        javascript.importlib.util,
        "find_spec",
        lambda name, *rest: None if name == "py_mini_racer" else find(name, *rest),
    )
    state = PlantUmlEngine(settings).states()[1]
    assert (state.missing, state.install) == (
        "the Python package 'mini-racer'",
        "pip install 'codeable[plantuml-js]'",
    )


def test_it_draws_inside_a_running_event_loop_as_in_a_notebook(settings: dict[str, object]) -> None:
    async def cell() -> bytes:
        with PlantUmlEngine(settings) as engine:
            return drawn(engine, drawing(*PAIR)).data

    assert b'class="link"' in asyncio.run(cell())


def test_a_program_that_forgets_to_close_ends(settings: dict[str, object]) -> None:
    script = textwrap.dedent(
        f"""
        from codeable.engines.plantuml import PlantUmlEngine
        from tests.engines.plantuml.drawings import drawing, drawn
        engine = PlantUmlEngine({settings!r})
        print(len(drawn(engine, drawing("class A")).data))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 500


BUSY = """
from codeable.engines.plantuml import PlantUmlEngine
from tests.engines.plantuml.drawings import drawing, drawn
engine = PlantUmlEngine({settings!r})
drawn(engine, drawing("class A"))
print(engine._carriers["javascript"]._worker.pid, flush=True)
drawn(engine, drawing(*(f"class A{{n}}\\nA{{n}} --> A{{n * 7 % 500}}" for n in range(500))), timeout=300)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the signals are those of Unix")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_survives_its_parent_even_in_the_midst_of_a_drawing(
    ending: signal.Signals, settings: dict[str, object]
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BUSY.format(settings=settings)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        worker = psutil.Process(int(parent.stdout.readline()))
        before = worker.cpu_times().user
        wait_until(lambda: worker.cpu_times().user > before + 0.1)
        parent.send_signal(ending)
        parent.wait(30)
    assert wait_until(lambda: not is_running(worker.pid))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_copy_of_the_program_draws_with_a_process_of_its_own(settings: dict[str, object]) -> None:
    script = textwrap.dedent(
        f"""
        import os
        from codeable.engines.plantuml import PlantUmlEngine
        from tests.engines.plantuml.drawings import drawing, drawn
        engine = PlantUmlEngine({settings!r})
        expected = drawn(engine, drawing("class A"))
        copy = os.fork()
        assert drawn(engine, drawing("class A")) == expected
        engine.close()
        if copy:
            assert os.waitpid(copy, 0)[1] == 0
            print("both drew")
        """
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("both drew\n", "")

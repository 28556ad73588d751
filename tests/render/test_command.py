"""The command `codeable render`: its output, its exit status, and how it ends when killed or interrupted."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from codeable.files import TEMPORARY_SUFFIX
from tests.render.conftest import MODEL, command
from tests.render.conftest import process as run_process

LONGEST = 120.0
"""Seconds after which a command that hangs is killed, so that its test fails."""


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def without_time(text: str) -> str:
    return re.sub(r" +\d+\.\d s$", " TIME", text, flags=re.MULTILINE)


@pytest.mark.usefixtures("stub_engine")
class TestWhatItSays:
    """Plain lines, a summary, exit statuses."""

    def test_a_run_tells_each_file_and_a_summary(self, study: Path) -> None:
        done = command(cwd=study)
        assert done.returncode == 0
        assert done.stderr == ""
        lines = without_time(done.stdout).splitlines()
        assert "  drew diagrams/bus_decision.svg" in lines
        assert lines[-1] == "  4 diagrams: 4 drawn, 0 unchanged TIME"

    def test_a_second_run_tells_the_summary_alone(self, study: Path) -> None:
        command(study)
        assert without_time(command(study).stdout) == "  4 diagrams: 0 drawn, 4 unchanged TIME\n"

    def test_quiet_says_nothing_when_all_is_well(self, study: Path) -> None:
        done = command(study, "--quiet")
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)

    def test_a_check_names_what_is_out_of_date_and_exits_1(self, study: Path) -> None:
        done = command("--check", "--quiet", cwd=study)
        assert done.returncode == 1
        assert "  out of date: diagrams/overview.svg: missing" in done.stderr.splitlines()

    def test_a_list_names_the_views_with_their_titles(self, study: Path) -> None:
        done = command(study, "--list")
        assert done.stdout.splitlines()[1].split(maxsplit=2) == [
            "bus_decision",
            "decision",
            "How can *parts* talk?",
        ]
        assert not (study / "diagrams").exists()

    def test_a_list_has_one_line_for_each_view_that_is_asked_for(self, study: Path) -> None:
        module = study / "models/bus.py"
        module.write_text(module.read_text("utf-8").replace("How can", r"How\ncan"), encoding="utf-8")
        done = command(study, "--list", "--view", "bus_decision", "--view", "overview")
        assert [line.split(maxsplit=2)[2] for line in done.stdout.splitlines()] == [
            "Overview of the decisions",
            "How can *parts* talk?",
        ]

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["--view", "bus_decison"], "there is no view 'bus_decison'; did you mean 'bus_decision'"),
            (["--format", "puml,svgg"], "not 'svgg'; did you mean 'svg'?"),
            (
                ["--engine", "plantulm"],
                "the engine must be graphviz or plantuml, not 'plantulm'; did you mean",
            ),
            (["--list", "--view", "bus_decison"], "did you mean 'bus_decision'"),
            (["--out", ""], "the path is empty"),
            (["--format", ""], "--format must be puml, dot, svg, pdf, png or eps, not ''"),
            (["--format", " , "], "--format must be puml, dot, svg, pdf, png or eps, not ''"),
            (["--chek"], "--chek"),
            (["--jobs", "0"], "--jobs"),
            (["--width", "wide"], "width must be a length"),
            (["--check", "--prune"], "give one of them"),
            (["--check", "--watch"], "give one of them"),
        ],
    )
    def test_wrong_usage_exits_2_and_tells_the_nearest_name(
        self, study: Path, words: list[str], message: str
    ) -> None:
        done = command(study, *words)
        assert done.returncode == 2
        assert message in done.stderr
        assert "Traceback" not in done.stderr

    def test_a_folder_that_is_missing_is_reported(self, tmp_path: Path) -> None:
        done = command(tmp_path / "nowhere")
        assert done.returncode == 2
        assert "there is no folder" in done.stderr

    def test_a_broken_module_is_reported_with_its_line(self, study: Path) -> None:
        (study / "models/bus.py").write_text("from codeable.dsl import *\nx = 1 / 0\n")
        done = command(study)
        assert done.returncode == 1
        assert "bus.py:2" in done.stderr
        assert "Traceback" not in done.stderr

    def test_formats_may_be_repeated_and_joined(self, study: Path) -> None:
        command(study, "--view", "overview", "--format", "PUML, .svg", "--format", "dot")
        assert set(files(study / "diagrams")) == {"overview.puml", "overview.svg", "overview.dot"}

    def test_the_console_script_has_the_same_command(self, study: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "codeable", "render", study, "--check", "-q"],
            capture_output=True,
            check=False,
            timeout=LONGEST,
        )
        assert done.returncode == 1
        assert b"out of date" in done.stderr

    @pytest.mark.skipif(os.name == "nt", reason="pipes are POSIX here")
    def test_a_reader_that_goes_away_ends_it_quietly(self, study: Path) -> None:
        line = f"{sys.executable} -m codeable.render {study} --list | true"
        words = ["bash", "-c", line]
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=LONGEST)
        assert done.stderr == ""


class TestHashSeeds:
    """The same study gives the same bytes."""

    @pytest.mark.slow
    def test_for_every_hash_seed(self, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        written = []
        for seed in ("1", "2"):
            monkeypatch.setenv("PYTHONHASHSEED", seed)
            monkeypatch.setenv("CODEABLE_CACHE", "")
            run_process(study, "--out", tmp_path / seed, "--format", "puml,dot,svg")
            written.append(files(tmp_path / seed))
        assert written[0] == written[1]
        assert len(written[0]) == 12


def heed_interrupts() -> None:
    """Undo, in a new process, that this one ignores Ctrl-C, as it does below `nohup` in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def killed_in_time(process: "subprocess.Popen[str]", request: pytest.FixtureRequest) -> None:
    """Kill a process at the end of its test, or earlier when it hangs.

    A reader of its output then sees the end of it.
    """
    alarm = threading.Timer(LONGEST, process.kill)
    alarm.daemon = True
    alarm.start()

    def end() -> None:
        alarm.cancel()
        process.kill()
        process.communicate(timeout=LONGEST)

    request.addfinalizer(end)


def many_decisions(study: Path, word: str) -> None:
    blocks = [
        f'd{n} = CClass(decision, "{word} decision {n}?")\no{n} = CClass(practice, "{word} {n}")\n'
        f'add_decision_option_link(d{n}, o{n}, "because {n}")\n'
        for n in range(40)
    ]
    (study / "models/many.py").write_text("from codeable.dsl import *\n" + "".join(blocks))


ENDED_AFTER_D7 = """
import os, pathlib, runpy, signal, sys

replace = pathlib.Path.replace

ending = getattr(signal, sys.argv.pop(1))

def replace_and_end(temporary, path):
    replace(temporary, path)
    if pathlib.Path(path).name == "d7.svg":
        os.kill(os.getpid(), ending)

pathlib.Path.replace = replace_and_end
runpy.run_module("codeable.render", run_name="__main__")
"""
"""The main job, which gets a signal when it has just written the eighth of forty figures."""


def ended_half_way(study: Path, ending: str) -> "subprocess.CompletedProcess[str]":
    words = [sys.executable, "-c", ENDED_AFTER_D7, ending, study, "--jobs", "1"]
    return subprocess.run(words, capture_output=True, text=True, timeout=LONGEST, preexec_fn=heed_interrupts)


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
class TestEnds:
    """Killed, interrupted, run twice at once."""

    @pytest.fixture
    def started(self, study: Path, request: pytest.FixtureRequest) -> Callable[[], "subprocess.Popen[str]"]:
        def start() -> "subprocess.Popen[str]":
            words = [sys.executable, "-m", "codeable.render", study, "--jobs", "1"]
            process = subprocess.Popen(
                words,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                preexec_fn=heed_interrupts,
            )
            killed_in_time(process, request)
            return process

        return start

    @pytest.mark.slow
    def test_killed_half_way_every_file_is_old_or_new_and_the_next_run_cleans_up(self, study: Path) -> None:
        many_decisions(study, "Old")
        assert run_process(study).returncode == 0
        old = files(study / "diagrams")
        many_decisions(study, "New")
        killed = ended_half_way(study, "SIGKILL")
        assert killed.returncode == -signal.SIGKILL
        half = {
            name: data for name, data in files(study / "diagrams").items() if TEMPORARY_SUFFIX not in name
        }
        (study / "diagrams" / f".d1.svg.0{TEMPORARY_SUFFIX}").write_bytes(b"half")
        assert run_process(study).returncode == 0
        new = files(study / "diagrams")
        assert set(half) == set(old) == set(new)
        assert half["d7.svg"] == new["d7.svg"] != old["d7.svg"]
        assert half["d39.svg"] == old["d39.svg"] != new["d39.svg"]
        assert all(half[name] in (old[name], new[name]) for name in half)

    @pytest.mark.slow
    def test_interrupted_it_exits_130_without_a_traceback(self, study: Path) -> None:
        many_decisions(study, "Old")
        interrupted = ended_half_way(study, "SIGINT")
        assert interrupted.returncode == 130
        assert interrupted.stderr.strip() == "interrupted"

    @pytest.mark.parametrize("module", ["codeable.render", "codeable"])
    def test_interrupted_while_it_loads_it_exits_130_without_a_traceback(
        self, tmp_path: Path, module: str
    ) -> None:
        (tmp_path / "click.py").write_text("import signal\n\nsignal.raise_signal(signal.SIGINT)\n")
        done = subprocess.run(
            [sys.executable, "-m", module, "--help"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            timeout=LONGEST,
            preexec_fn=heed_interrupts,
        )
        assert (done.returncode, done.stderr.strip()) == (130, "interrupted")

    @pytest.mark.slow
    def test_two_runs_at_once_both_end_well(
        self, study: Path, started: Callable[[], "subprocess.Popen[str]"]
    ) -> None:
        many_decisions(study, "Old")
        both = [started() for _ in range(2)]
        output = [process.communicate(timeout=LONGEST) for process in both]
        assert [process.returncode for process in both] == [0, 0], output
        assert run_process(study, "--check").returncode == 0
        assert not [name for name in files(study / "diagrams") if TEMPORARY_SUFFIX in name]


DROPPED_INTERRUPT = """
import signal


class Interrupting:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)


Interrupting()
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
class TestWatch:
    """Saving a module draws what it changes."""

    @pytest.fixture(params=["reported by the system", "by polling"])
    def watching(
        self, study: Path, request: pytest.FixtureRequest, tmp_path: Path
    ) -> "subprocess.Popen[str]":
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        if request.param == "by polling":
            (tmp_path / "hide").mkdir()
            (tmp_path / "hide/watchfiles.py").write_text("raise ImportError\n")
            environment["PYTHONPATH"] = str(tmp_path / "hide")
        else:
            pytest.importorskip("watchfiles")
        process = subprocess.Popen(
            [sys.executable, "-m", "codeable.render", study, "--watch"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            preexec_fn=heed_interrupts,
        )
        killed_in_time(process, request)
        return process

    def until(self, process: "subprocess.Popen[str]", words: str) -> str:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if words in line:
                return "".join(lines)
        pytest.fail(f"it ended without {words!r}: {''.join(lines)}")

    def test_saved_files_are_drawn_and_a_broken_one_is_reported(
        self, study: Path, watching: "subprocess.Popen[str]"
    ) -> None:
        self.until(watching, "watching")
        (study / "models/bus.py").write_text(MODEL.replace("Event Bus", "Message Bus"))
        output = self.until(watching, "diagrams:")
        assert "bus_decision.svg" in output
        assert "store_decision.svg" not in output
        (study / "models/bus.py").write_text("from codeable.dsl import *\nx = (\n")
        assert "bus.py:2" in self.until(watching, "bus.py:2")
        (study / "models/bus.py").write_text(MODEL.replace("Event Bus", "Mended Bus"))
        self.until(watching, "diagrams:")
        assert "Mended Bus" in (study / "diagrams/bus_decision.svg").read_text()
        (study / "pyproject.toml").write_text('[tool.codeable.figure]\nevidence = "ids"\n')
        assert "bus_decision.svg" in self.until(watching, "diagrams:")
        watching.send_signal(signal.SIGINT)
        assert watching.wait(LONGEST) == 0

    @pytest.mark.slow
    def test_an_interrupt_that_python_drops_ends_it_too(
        self, study: Path, watching: "subprocess.Popen[str]"
    ) -> None:
        """Python prints and forgets what is raised while an object is finalised."""
        self.until(watching, "watching")
        (study / "models/bus.py").write_text(MODEL + DROPPED_INTERRUPT)
        assert "Exception ignored" in self.until(watching, "Exception ignored")
        watching.communicate(timeout=LONGEST)
        assert watching.returncode == 0

"""The main job replaces and removes files that it made, and no others."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codeable.errors import CodeableError
from codeable.render import Outcome, RenderReport
from tests.render.conftest import MODEL, Job, command, states

pytestmark = pytest.mark.usefixtures("stub_engine")

NOT_OURS = "this file was not made by codeable; move it away, or name another folder with --out"
PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
WHOLE = {
    "svg": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>\n',
    "puml": b"@startuml\nclass Mine\n@enduml\n",
    "dot": b"digraph { mine }\n",
    "pdf": b"%PDF-1.5\n%%EOF\n",
    "png": b"\x89PNG\r\n\x1a\n" + PNG_END,
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%EOF\n",
}
BEHIND = {
    "svg": b"<!-- drawn by hand -->\n",
    "puml": b"' drawn by hand\n",
    "dot": b"// drawn by hand\n",
    "pdf": b"% signed\n",
    "png": b"\n",
    "eps": b"% signed\n",
}
OPTIONS = pytest.mark.parametrize("options", [{}, {"check": True}, {"prune": True}], ids=str)


def formats(name: str) -> tuple[str, ...]:
    """The formats of a run that would write a file of that name."""
    ending = name.rpartition(".")[2]
    return ("puml", "svg") if ending in ("puml", "svg", "md") else ("puml", ending)


def assert_left_in_place(report: RenderReport, file: Path, reason: str, options: dict[str, bool]) -> None:
    (failed,) = report.of("failed")
    assert (failed.path, failed.reason) == (file, reason)
    assert report.exit_status == 1
    assert len(report.of("out of date" if "check" in options else "drawn")) >= 8 - 1


@OPTIONS
@pytest.mark.parametrize(
    ("name", "made"),
    [
        *((f"bus_decision.{ending}", data) for ending, data in WHOLE.items()),
        *((f"bus_decision.{ending}", data + BEHIND[ending]) for ending, data in WHOLE.items()),
        ("bus_decision.puml", b"@startuml\nclass Mi"),
        ("bus_decision.puml", b"@startuml\n"),
        ("bus_decision.puml", b"my notes on buses"),
        ("bus_decision.dot", b"digraph { mi"),
        ("bus_decision.svg", b"<svg"),
        ("bus_decision.svg", b"my notes on buses"),
        ("bus_decision.png", b"\x89PNG"),
        ("README.md", b"# My study\n"),
    ],
)
def test_a_file_that_somebody_else_made_stays(
    study: Path, job: Job, name: str, made: bytes, options: dict[str, bool]
) -> None:
    file = study / "diagrams" / name
    file.parent.mkdir()
    file.write_bytes(made)
    report = job(formats=formats(name), **options)
    assert file.read_bytes() == made
    assert_left_in_place(report, file, NOT_OURS, options)


@OPTIONS
@pytest.mark.parametrize("ending", WHOLE)
def test_a_file_of_ours_stays_once_somebody_wrote_something_behind_its_end(
    study: Path, job: Job, ending: str, options: dict[str, bool]
) -> None:
    file = study / "diagrams" / f"bus_decision.{ending}"
    job(formats=formats(file.name))
    made = file.read_bytes() + BEHIND[ending]
    file.write_bytes(made)
    (study / "models/bus.py").write_text(MODEL.replace("Event Bus", "Message Bus"), encoding="utf-8")
    report = job(formats=formats(file.name), **options)
    assert file.read_bytes() == made
    assert [(each.path, each.reason) for each in report.of("failed")] == [(file, NOT_OURS)]
    assert report.exit_status == 1


@OPTIONS
def test_a_page_stays_once_somebody_wrote_a_paragraph_into_it(
    study: Path, job: Job, options: dict[str, bool]
) -> None:
    job()
    page = study / "diagrams/README.md"
    made = page.read_bytes() + b"\nThe first two figures are in the paper.\n"
    page.write_bytes(made)
    report = job(**options)
    assert page.read_bytes() == made
    assert [(each.path, each.reason) for each in report.of("failed")] == [(page, NOT_OURS)]
    assert report.exit_status == 1


def test_a_page_of_ours_is_written_again_after_any_change_of_the_model(study: Path, job: Job) -> None:
    job(formats=("pdf",))
    job(formats=("svg",))
    (study / "models/bus.py").write_text("from codeable.dsl import *\nx = CBundle('A · [b](c)')\n")
    (study / "sources/s1.py").unlink()
    assert states(job())["README.md"] == "drawn"


@pytest.mark.parametrize("ending", WHOLE)
def test_no_orphan_of_somebody_else_is_removed(study: Path, job: Job, ending: str) -> None:
    job(formats=formats(f"x.{ending}"))
    file = study / "diagrams" / f"store_decision.{ending}"
    file.write_bytes(file.read_bytes() + BEHIND[ending])
    (study / "models/store.py").unlink()
    job(formats=("puml",), prune=True)
    assert file.exists()


def test_a_short_beginning_of_a_picture_of_ours_is_not_taken_for_a_cut_one(study: Path, job: Job) -> None:
    job()
    file = study / "diagrams/overview.svg"
    file.write_bytes(file.read_bytes()[:40])
    assert [each.path for each in job().of("failed")] == [file]


@pytest.mark.parametrize("ending", WHOLE)
def test_a_cut_picture_that_is_not_drawn_alike_any_more_is_not_replaced(
    study: Path, job: Job, ending: str
) -> None:
    """It could be anybody's. A text of ours has our words in its first lines."""
    file = study / "diagrams" / f"bus_decision.{ending}"
    job(formats=formats(file.name))
    cut = file.read_bytes()[: file.stat().st_size // 2]
    file.write_bytes(cut)
    (study / "pyproject.toml").write_text('[tool.codeable.figure]\nstyle = "paper"\n')
    report = job(formats=formats(file.name))
    assert [each.path for each in report.of("failed")] == ([] if ending in ("puml", "dot") else [file])
    assert (file.read_bytes() == cut) == (ending not in ("puml", "dot"))


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are POSIX here")
class TestLinksAndPipes:
    """What is no file is neither read nor written."""

    @OPTIONS
    @pytest.mark.parametrize("name", ["bus_decision.svg", "bus_decision.puml", "README.md"])
    @pytest.mark.parametrize("target", ["thesis.txt", "nowhere.txt", "ours"])
    def test_no_file_is_written_through_a_link(
        self, study: Path, job: Job, name: str, target: str, options: dict[str, bool]
    ) -> None:
        file = study / "diagrams" / name
        thesis = study / target
        job()
        (study / "diagrams").rename(study / "elsewhere")
        if target == "thesis.txt":
            thesis.write_text("Chapter 1")
        elif target == "ours":
            thesis.write_bytes((study / "elsewhere" / name).read_bytes() + b"\n")
        before = thesis.read_bytes() if thesis.exists() else None
        file.parent.mkdir()
        file.symlink_to(Path("..") / target)
        report = job(**options)
        assert file.is_symlink()
        assert (thesis.read_bytes() if thesis.exists() else None) == before
        assert_left_in_place(
            report,
            file,
            "this is a link, and no file is written through a link; "
            "move it away, or name another folder with --out",
            options,
        )

    def test_a_link_is_no_orphan(self, study: Path, job: Job) -> None:
        job(out=study / "elsewhere")
        (study / "models/store.py").unlink()
        job()
        link = study / "diagrams/store_decision.svg"
        link.symlink_to("../elsewhere/store_decision.svg")
        assert not job().of("orphaned")
        job(prune=True)
        assert link.is_symlink()

    @OPTIONS
    @pytest.mark.parametrize("name", ["bus_decision.svg", "bus_decision.puml", "README.md"])
    def test_a_pipe_is_not_waited_for(
        self, study: Path, job: Job, name: str, options: dict[str, bool]
    ) -> None:
        file = study / "diagrams" / name
        file.parent.mkdir()
        os.mkfifo(file)
        os.mkfifo(file.parent / "former_view.svg")
        os.mkfifo(file.parent / ".x.codeable-tmp")
        report = job(**options)
        assert file.is_fifo()
        reason = "this is a pipe, a socket or a device; move it away, or name another folder with --out"
        assert_left_in_place(report, file, reason, options)

    def test_pipes_for_the_settings_and_in_the_cache_are_not_waited_for(
        self, study: Path, job: Job, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("CODEABLE_CACHE", str(tmp_path / "cache"))
        job(out=tmp_path / "first")
        for path in (tmp_path / "cache").rglob("*"):
            if path.is_file():
                path.unlink()
                os.mkfifo(path)
        assert {outcome.state for outcome in job(out=tmp_path / "second").outcomes} == {"drawn"}
        os.mkfifo(study / "pyproject.toml")
        with pytest.raises(CodeableError, match=r"pyproject\.toml: cannot be read: it is a pipe"):
            job()


class TestNames:
    """Whatever the elements of a study are called."""

    @pytest.mark.parametrize(
        "mark",
        [
            f"<!-- codeable-figure name=x source={'0' * 24} content={'0' * 24} -->",
            "codeable-figure name=bus_decision source=000000000000000000000000 content=x",
            "' codeable-figure name=\\n@enduml\\n' codeable-figure name=x source=00",
        ],
    )
    def test_a_name_that_contains_a_mark_is_no_mark(self, study: Path, job: Job, mark: str) -> None:
        (study / "models/bus.py").write_text(
            f"from codeable.dsl import *\nbus_decision = CClass(decision, {mark!r})\n"
            "event_bus = direct_calls = CClass(pattern, 'x')\n",
            encoding="utf-8",
        )
        every = ("puml", "dot", "svg", "pdf", "png", "eps")
        job(formats=every)
        assert set(states(job(formats=every)).values()) == {"unchanged"}

    def test_control_characters_are_visible_in_the_page(self, study: Path, job: Job) -> None:
        (study / "models/store.py").write_text(
            "from codeable.dsl import *\nx = CClass(decision, 'a\\x00b\\x1b[31mc\\u202ed')\n"
        )
        job()
        page = (study / "diagrams/README.md").read_text(encoding="utf-8")
        assert all(character.isprintable() or character == "\n" for character in page)
        assert "a\\\\x00b\\\\x1b\\[31mc\\\\u202ed" in page

    def test_control_characters_of_a_folder_are_visible_on_the_terminal(
        self, study: Path, tmp_path: Path
    ) -> None:
        done = command(study, "--format", "puml", "--out", tmp_path / "a\x1b[31m\u202eb")
        assert done.returncode == 0
        assert "\x1b" not in done.stdout and "\u202e" not in done.stdout
        assert "a\\x1b[31m\\u202eb" in done.stdout

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are in Unicode")
    def test_a_name_that_the_system_cannot_write_is_reported_in_one_line(self, study: Path) -> None:
        (study / "models/store.py").write_text(
            "from codeable.dsl import *\ngröße = CClass(decision, 'Wie groß?')\n", encoding="utf-8"
        )
        ascii_system = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
        done = subprocess.run(
            [sys.executable, "-m", "codeable.render", study, "--format", "puml"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **ascii_system, "PYTHONIOENCODING": ""},
        )
        assert done.returncode == 1
        (line,) = done.stderr.splitlines()
        assert line.endswith(
            "this system encodes file names as ascii, which lacks a character of this one; set PYTHONUTF8=1"
        )
        assert (study / "diagrams/bus_decision.puml").exists()


@pytest.mark.sampled(2)
@pytest.mark.skipif(os.name == "nt", reason="pipes are POSIX here")
@pytest.mark.parametrize("reader", ["true", "head -c 1"])
def test_a_reader_that_goes_away_ends_a_run_quietly(study: Path, reader: str) -> None:
    line = f"{sys.executable} -m codeable.render {study} --format puml | {reader}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""


def refuse(*_: Any) -> None:
    raise PermissionError(1, "Operation not permitted")


@pytest.mark.skipif(not hasattr(os, "fchmod"), reason="needs fchmod")
def test_a_file_system_without_permissions_takes_the_files(
    study: Path, job: Callable[..., RenderReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fchmod", refuse)
    report = job()
    assert {outcome.state for outcome in report.outcomes} == {"drawn"}
    assert (study / "diagrams/README.md").read_bytes()


def test_an_unreadable_file_spoils_no_other(study: Path, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    job()
    read_bytes = Path.read_bytes

    def failing(path: Path) -> bytes:
        if path.name == "bus_decision.svg":
            raise OSError(5, "Input/output error")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", failing)
    (study / "models/store.py").unlink()
    report = job()
    assert [each.reason for each in report.of("failed")] == ["this file cannot be read: Input/output error"]
    assert isinstance(report.outcomes[0], Outcome)
    assert states(report)["everything.svg"] == "drawn"

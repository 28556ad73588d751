"""What the main job shows on a terminal."""

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from codeable.render import Outcome, RenderReport
from codeable.render.display import Display, summary


def outcome(name: str, view: str | None, state: str, reason: str = "", *messages: str) -> Outcome:
    return Outcome(Path(name), view, state, reason, messages)  # type: ignore[arg-type]


REPORT = RenderReport(
    (
        outcome("a.puml", "a", "unchanged"),
        outcome("a.svg", "a", "drawn"),
        outcome("b.puml", "b", "unchanged"),
        outcome("b.svg", "b", "failed"),
        outcome("c.svg", "c", "unchanged"),
        outcome("d.svg", "d", "too large"),
        outcome("README.md", None, "drawn"),
    )
)


def test_the_summary_counts_diagrams_not_files() -> None:
    assert summary(REPORT, 0.25).split("  ")[1] == "4 diagrams: 1 drawn, 2 unchanged, 1 failed"
    assert summary(REPORT, 0.25).endswith(" 0.2 s")


def test_the_summary_of_a_check_counts_what_is_out_of_date() -> None:
    report = RenderReport((outcome("a.svg", "a", "out of date"), outcome("b.svg", "b", "unchanged")))
    assert summary(report, 1, check=True).strip().startswith("2 diagrams: 1 out of date, 1 up to date")


def test_one_diagram_is_no_plural() -> None:
    assert (
        summary(RenderReport((outcome("a.svg", "a", "drawn"),)), 1).strip().startswith("1 diagram: 1 drawn")
    )


def test_each_file_worth_telling_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with Display() as console:
        console.begin(3)
        for each in REPORT.outcomes:
            console.done(each)
    output = capsys.readouterr()
    assert output.out.splitlines() == ["  drew a.svg", "  too large: d.svg", "  drew README.md"]
    assert output.err.splitlines() == ["  failed: b.svg"]


def test_quiet_tells_failures_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with Display(quiet=True) as console:
        for each in REPORT.outcomes:
            console.done(each)
        console.end(REPORT, check=False)
    output = capsys.readouterr()
    assert (output.out, output.err) == ("", "  failed: b.svg\n")


def test_a_warning_of_a_view_is_reported_once(capsys: pytest.CaptureFixture[str]) -> None:
    with Display() as console:
        for ending in ("svg", "pdf"):
            console.done(outcome(f"a.{ending}", "a", "drawn", "", "its text is too small"))
    assert capsys.readouterr().err == "  a.svg: its text is too small\n"


def test_a_message_that_holds_for_many_figures_is_not_repeated_for_each(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcomes = [outcome(f"{name}.svg", name, "unchanged", "", "a font is missing") for name in "abc"]
    outcomes += [outcome(f"{name}.svg", name, "unchanged", "", "too tall", "cut") for name in "de"]
    with Display(quiet=True) as console:
        for each in outcomes:
            console.done(each)
        console.end(RenderReport(tuple(outcomes)), check=False)
    assert capsys.readouterr().err.splitlines() == [
        "  a.svg: a font is missing",
        "  d.svg: too tall",
        "  d.svg: cut",
        "  the message about a.svg holds for b.svg, c.svg too",
        "  the messages about d.svg hold for e.svg too",
    ]


def test_which_of_the_messages_about_one_file_holds_for_others_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcomes = [outcome("a.svg", "a", "unchanged", "", "too tall", "it leaves out " + "very " * 20 + "much")]
    outcomes += [outcome("b.svg", "b", "unchanged", "", outcomes[0].messages[1])]
    with Display(quiet=True) as console:
        for each in outcomes:
            console.done(each)
        console.end(RenderReport(tuple(outcomes)), check=False)
    *_, last = capsys.readouterr().err.splitlines()
    assert last.startswith("  the message about a.svg (“it leaves out very very ")
    assert last.endswith("…”) holds for b.svg too")


def test_of_many_messages_of_one_kind_the_first_are_shown_and_the_others_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcomes = [
        outcome(f"{n}.svg", str(n), "unchanged", "", f"rails leave out {n} relations of “P {n}”")
        for n in range(9)
    ]
    with Display(quiet=True) as console:
        for each in outcomes:
            console.done(each)
        console.end(RenderReport(tuple(outcomes)), check=False)
    shown = capsys.readouterr().err.splitlines()
    assert shown[5] == "  5.svg: rails leave out 5 relations of “P 5”"
    which = "3 more such as “rails leave out …” about 3 figures: 6.svg, 7.svg, 8.svg"
    assert shown[6:] == [f"  {which}; --view NAME shows those of one"]


def test_what_a_message_holds_cannot_control_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Display() as console:
        console.done(outcome("a.svg", "a", "failed", "the label '\x1b[31mred' is missing"))
    assert "\x1b" not in capsys.readouterr().err


def read_all(descriptor: int) -> bytes:
    """What is shown on a terminal until nobody writes to it any more; that is an error on Linux."""
    shown = b""
    with contextlib.suppress(OSError):
        while data := os.read(descriptor, 4096):
            shown += data
    os.close(descriptor)
    return shown


def shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch, module: str, *arguments: str) -> str:
    """What a module that is run as a program shows on a terminal."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    ours, terminal = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        text = read_all(ours).decode()
        assert process.wait(60) == 0
    return text


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")
def test_on_a_terminal_a_bar_shows_the_progress_and_goes_away(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = shown_on_a_terminal(monkeypatch, "codeable.render", str(study))
    assert "━" in text
    assert "0/4" in text
    assert "4 diagrams: 4 drawn, 0 unchanged" in text
    assert not re.search(r"drew .*svg", text)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")
def test_a_bar_never_counts_more_pictures_than_there_are(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = ("--view", "bus_decision", "--parts", "2", "--format", "svg")
    text = shown_on_a_terminal(monkeypatch, "codeable.render", str(study), *view)
    assert (study / "diagrams" / "bus_decision-2.svg").exists()
    counts = re.findall(r"(\d)/(\d)", re.sub(r"\x1b\[[0-9;]*m", "", text))
    assert counts[-1] == ("2", "2")

"""The process backend, with a fake PlantUML that misbehaves on demand."""

import os
import signal
import subprocess
import sys
import textwrap
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from codeable.engines.plantuml import PlantUmlEngine
from codeable.engines.protocol import EngineError
from codeable.errors import CodeableError
from tests.engines.plantuml.drawings import drawing, drawn, fake_settings, refused
from tests.engines.processes import is_running, wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tests look at processes as Unix does")


def starts(log: Path) -> list[str]:
    return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "starts.log"


def test_one_process_draws_all_texts_of_a_run_in_order(log: Path) -> None:
    with PlantUmlEngine(fake_settings("--log", str(log))) as engine:
        one_by_one = [drawing(f"class C{number}", name=f"view {number}") for number in range(30)]
        pictures = list(engine.draw(one_by_one, "svg"))
    assert [picture.name for picture in pictures if not isinstance(picture, EngineError)] == [
        f"view {number}" for number in range(30)
    ]
    assert [f"C{number}<".encode() in picture.data for number, picture in enumerate(pictures)] == [True] * 30
    assert len(starts(log)) == 1


def test_the_version_is_what_plantuml_says() -> None:
    with PlantUmlEngine(fake_settings()) as engine:
        assert engine.version() == "PlantUML 1.2099.01 by process"


def test_a_reported_error_names_engine_diagram_and_line() -> None:
    with PlantUmlEngine(fake_settings()) as engine:
        error = refused(engine, drawing("class A", "class please_report", name="overview"))
    assert str(error) == "engine 'plantuml' could not draw overview, line 3: Syntax Error?"
    assert (error.engine, error.diagram, error.line) == ("plantuml", "overview", 3)


def test_after_an_error_the_same_process_draws_on(log: Path) -> None:
    with PlantUmlEngine(fake_settings("--log", str(log))) as engine:
        refused(engine, drawing("class please_report"))
        assert b">B<" in drawn(engine, drawing("class B")).data
    assert len(starts(log)) == 1


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        ("please_answer_nothing", "PlantUML answered with nothing"),
        ("please_find_nothing", "PlantUML finds no diagram in the text"),
        ("please_crash", "PlantUML crashed: java.lang.IllegalStateException: no"),
        (
            "please_draw_an_error_page",
            "no element of the diagram is in the picture, which shows 'dot/GraphViz has crashed'",
        ),
        ("please_answer_garbage", "PlantUML answered with 'Segmentation fault' instead of SVG"),
        ("please_answer_half", "the picture is not sound: it is not well-formed XML"),
    ],
)
def test_an_answer_that_is_no_picture_is_refused(request_: str, problem: str) -> None:
    with PlantUmlEngine(fake_settings()) as engine:
        assert refused(engine, drawing(f"class {request_}")).problem.startswith(problem)


def test_a_picture_without_one_of_its_labels_is_refused() -> None:
    with PlantUmlEngine(fake_settings()) as engine:
        error = refused(engine, drawing("class A", labels=("A", "Event Bus", "CQRS")))
    assert error.problem == "the label 'Event Bus' and 1 more is missing in the picture"


def test_much_noise_on_stderr_does_not_stop_it() -> None:
    with PlantUmlEngine(fake_settings()) as engine:
        assert (
            b"please_complain_much" in drawn(engine, drawing("class please_complain_much"), timeout=30).data
        )


def test_a_large_text_goes_through_the_pipe() -> None:
    with PlantUmlEngine(fake_settings()) as engine:
        lines = [f"class A_rather_long_name_of_a_class_{number}" for number in range(20_000)]
        assert drawn(engine, drawing(*lines), timeout=30).data.count(b"<text>") == 20_000


def test_a_dead_process_is_restarted_once_and_the_text_drawn(tmp_path: Path, log: Path) -> None:
    with PlantUmlEngine(fake_settings("--log", str(log))) as engine:
        picture = drawn(engine, drawing(f"class please_die:{tmp_path / 'died'}"))
    assert b"please_die" in picture.data
    assert len(starts(log)) == 2


def test_a_text_that_kills_it_twice_is_an_error_and_the_next_one_is_drawn(log: Path) -> None:
    with PlantUmlEngine(fake_settings("--log", str(log))) as engine:
        error, picture = engine.draw([drawing("class please_die"), drawing("class B")], "svg")
    assert isinstance(error, EngineError)
    assert error.problem == "PlantUML died twice (exit status 3): java.lang.OutOfMemoryError: Java heap space"
    assert not isinstance(picture, EngineError)
    assert len(starts(log)) == 3


def test_a_killed_process_is_restarted(log: Path) -> None:
    with PlantUmlEngine(fake_settings("--log", str(log))) as engine:
        drawn(engine, drawing("class A"))
        os.kill(int(starts(log)[0].split()[0]), signal.SIGKILL)
        assert b">B<" in drawn(engine, drawing("class B")).data


@pytest.mark.slow
def test_a_text_that_takes_too_long_is_given_up_with_all_that_was_started_for_it(tmp_path: Path) -> None:
    child = tmp_path / "child"
    with PlantUmlEngine(fake_settings()) as engine:
        drawn(engine, drawing("class A"))
        error = refused(engine, drawing(f"class please_start_a_child_and_hang:{child}"), timeout=1.0)
        assert error.problem == "PlantUML took longer than 1 s and was ended"
        assert wait_until(lambda: not is_running(int(child.read_text())))
        assert b">B<" in drawn(engine, drawing("class B")).data


def test_a_process_that_is_killed_while_it_starts_is_started_once_more(tmp_path: Path, log: Path) -> None:
    with PlantUmlEngine(
        fake_settings("--log", str(log), "--be-killed-once", str(tmp_path / "mark"))
    ) as engine:
        drawn(engine, drawing("class A"))
    assert len(starts(log)) == 2


@pytest.mark.slow
def test_the_start_of_the_process_takes_no_time_from_the_drawing() -> None:
    with PlantUmlEngine(fake_settings("--start-slowly")) as engine:
        drawn(engine, drawing("class A"), timeout=0.9)


def test_what_does_not_start_is_not_started_for_every_text(log: Path) -> None:
    with PlantUmlEngine(fake_settings("--log", str(log), "--refuse")) as engine:
        errors = list(engine.draw([drawing("class A"), drawing("class B")], "svg"))
    assert len(starts(log)) == 1
    assert all(
        "PlantUML does not start (exit status 1): Fontconfig head is null" in str(error) for error in errors
    )
    assert all("apt-get install -y fontconfig" in str(error) for error in errors)


def test_a_program_that_is_not_plantuml_is_reported() -> None:
    settings = {"backend": "process", "command": [sys.executable, "-c", "print('Hello')"]}
    with PlantUmlEngine(settings) as engine, pytest.raises(CodeableError, match="PlantUML does not start"):
        engine.version()


def test_a_program_that_cannot_be_run_is_reported(tmp_path: Path) -> None:
    broken = tmp_path / "plantuml"
    broken.write_text("no program")
    broken.chmod(0o755)
    with PlantUmlEngine({"backend": "process", "command": str(broken)}) as engine:
        assert "cannot be started" in refused(engine, drawing("class A")).problem


def test_a_command_with_arguments_has_no_sandbox_that_is_known() -> None:
    with PlantUmlEngine(fake_settings()) as engine:
        error = refused(engine, drawing("class A", "!include /etc/passwd"))
    assert error.line == 3
    assert "no sandbox" in error.problem


def test_a_png_has_a_process_for_its_resolution_and_is_checked_as_svg_first(log: Path) -> None:
    with PlantUmlEngine(fake_settings("--log", str(log))) as engine:
        assert drawn(engine, drawing("class A"), "png", dpi=200).data.startswith(b"\x89PNG")
        assert "missing in the picture" in refused(engine, drawing("class A", labels=("B",)), "png").problem
    assert any("-tsvg" in line for line in starts(log))
    assert any("-tpng -Sdpi=200" in line for line in starts(log))


def test_a_png_that_was_cut_off_is_refused() -> None:
    with PlantUmlEngine(fake_settings()) as engine:
        error = refused(engine, drawing("class A", "class please_write_a_large_png"), "png")
    assert error.problem.startswith("its width was cut off at 65000 pixels")


def test_a_png_that_is_smaller_than_its_svg_is_refused() -> None:
    """As a server cuts it off, whose limit is its own."""
    with PlantUmlEngine(fake_settings()) as engine:
        error = refused(engine, drawing("class A", "class please_cut_the_png"), "png", dpi=96)
    assert error.problem.startswith("its width was cut off at 50 pixels")


def test_half_a_png_is_refused() -> None:
    with PlantUmlEngine(fake_settings()) as engine:
        error = refused(engine, drawing("class please_write_half_a_png"), "png")
    assert error.problem == "PlantUML answered with half a PNG"


@pytest.mark.slow
def test_each_pdf_has_a_process_because_plantuml_closes_its_output(log: Path) -> None:
    with PlantUmlEngine(fake_settings("--log", str(log))) as engine:
        first, second = engine.draw([drawing("class A"), drawing("class B")], "pdf")
        assert [
            (PdfReader(BytesIO(each.data)).metadata or {}).get("/Subject")  # type: ignore[union-attr]
            for each in (first, second)
        ] == ["@startuml class A @enduml", "@startuml class B @enduml"]
        assert not any(is_running(int(line.split()[0])) for line in starts(log) if "-tpdf" in line)
    assert len([line for line in starts(log) if "-tpdf" in line]) == 3, "one to try, and one for each"


@pytest.mark.slow
def test_a_pdf_that_lacks_a_character_is_refused() -> None:
    with PlantUmlEngine(fake_settings()) as engine:
        error = refused(engine, drawing("class please_lack_a_glyph"), "pdf")
    assert error.problem.startswith("the font Helvetica has no character U+6570")


def test_a_plantuml_that_writes_no_pdf_refuses_it_before_it_draws() -> None:
    with PlantUmlEngine(fake_settings("--no-pdf")) as engine:
        with pytest.raises(CodeableError, match="cannot write 'pdf' here; it can write svg, png, eps;"):
            engine.draw([drawing("class A")], "pdf")
        assert engine.formats() == ("svg", "png", "eps")


def test_java_gets_the_installed_twin_of_a_font_and_the_picture_names_the_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("codeable.engines.plantuml.process.installed_twin", {"Arial": "Arimo"}.get)
    with PlantUmlEngine(fake_settings()) as engine:
        text = ("skinparam defaultFontName Arial", "class please_name_the_font")
        assert b'font-family="Arial,' in drawn(engine, drawing(*text)).data


def test_closing_ends_the_process_and_the_engine_can_draw_again(log: Path) -> None:
    engine = PlantUmlEngine(fake_settings("--log", str(log)))
    drawn(engine, drawing("class A"))
    engine.close()
    assert not is_running(int(starts(log)[0].split()[0]))
    assert b">B<" in drawn(engine, drawing("class B")).data
    engine.close()


def test_an_engine_that_is_dropped_leaves_no_process(log: Path) -> None:
    engine = PlantUmlEngine(fake_settings("--log", str(log)))
    drawn(engine, drawing("class A"))
    del engine
    assert wait_until(lambda: not is_running(int(starts(log)[0].split()[0])))


SCRIPT = """
    import os
    import subprocess
    import sys
    from codeable.engines.plantuml import PlantUmlEngine
    from tests.engines.plantuml.drawings import drawing, drawn, fake_settings

    engine = PlantUmlEngine(fake_settings("--log", {log!r}))
    drawn(engine, drawing("class A"))
    {then}
    """
HANG = "drawn(engine, drawing('class please_start_a_child_and_hang:{child}'))"


def run_script(log: Path, then: str) -> "subprocess.Popen[bytes]":
    script = textwrap.dedent(SCRIPT).format(log=str(log), then=then)
    return subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)


@pytest.mark.slow
def test_a_program_that_forgets_to_close_leaves_no_process_and_ends(log: Path) -> None:
    assert run_script(log, "pass").wait(30) == 0
    assert wait_until(lambda: not is_running(int(starts(log)[0].split()[0])))


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(signal.SIGINT, marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, marks=pytest.mark.slow),
        signal.SIGKILL,
    ],
)
def test_no_process_survives_an_interrupted_or_killed_run(
    how: signal.Signals, log: Path, tmp_path: Path
) -> None:
    child = tmp_path / "child"
    run = run_script(log, HANG.format(child=child))
    assert wait_until(lambda: child.exists() and child.read_text())
    run.send_signal(how)
    run.wait(30)
    assert wait_until(lambda: not is_running(int(starts(log)[0].split()[0])))
    assert wait_until(lambda: not is_running(int(child.read_text())))


def test_a_forked_copy_of_the_program_draws_with_a_process_of_its_own(log: Path) -> None:
    then = textwrap.dedent(
        """
        copy = os.fork()
        assert b">B<" in drawn(engine, drawing("class B"), timeout=20).data
        if copy:
            assert os.waitpid(copy, 0)[1] == 0
            assert b">C<" in drawn(engine, drawing("class C"), timeout=20).data
        """
    )
    assert run_script(log, then).wait(60) == 0
    assert len(starts(log)) == 2
    assert wait_until(lambda: not any(is_running(int(line.split()[0])) for line in starts(log)))


@pytest.mark.slow
def test_a_second_interrupt_while_the_process_is_ended_leaves_none(log: Path, tmp_path: Path) -> None:
    child = tmp_path / "child"
    then = textwrap.dedent(
        """
        def interrupted(*_):
            raise KeyboardInterrupt
        subprocess.Popen.wait = interrupted
        drawn(engine, drawing("class please_start_a_child_and_hang:{child}"), timeout=1)
        """
    )
    assert run_script(log, then.format(child=child)).wait(60) != 0
    assert wait_until(lambda: not is_running(int(child.read_text())))

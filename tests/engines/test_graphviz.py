"""The embedded engine: what it draws, what it refuses, and that no process of it survives."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from codeable.engines import Drawing, EngineError, EngineTimeoutError, Picture
from codeable.engines.graphviz import GraphvizEngine
from codeable.engines.graphviz_process import GraphvizWorker, Layout, Measurement
from codeable.engines.sizes import picture_size
from codeable.engines.svg import missing_labels
from codeable.errors import CodeableError
from tests.engines.processes import is_running, wait_until

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
SLOW = (
    "digraph {" + "".join(f"n{i % 97}->n{i * i % 89};n{i * 7 % 101}->n{i % 53};" for i in range(1500)) + "}"
)
"""A graph whose layout takes minutes."""


def drawing(text: str, name: str = "figure", **more: object) -> Drawing:
    return Drawing(name, text, "dot", **more)  # type: ignore[arg-type]


def small(name: str) -> Drawing:
    return drawing(f'digraph {{ a [label="{name}"] }}', name, labels=(name,))


def in_font(font: str, text: str = "Event Bus") -> Drawing:
    return drawing(f'digraph {{ a [fontname="{font}" label="{text}"] }}', font, labels=(text,))


def fonts_in(folder: Path, kept: Path, cache: Path | None = None) -> str:
    """A configuration of Fontconfig that knows the fonts of one folder."""
    path = kept / "fonts.conf"
    path.write_text(
        f"<fontconfig><dir>{folder}</dir><cachedir>{cache or kept / 'fonts'}</cachedir></fontconfig>"
    )
    return str(path)


@pytest.fixture(scope="module")
def engine() -> Iterator[GraphvizEngine]:
    with GraphvizEngine() as engine:
        yield engine


def drawn(engine: GraphvizEngine, one: Drawing, picture_format: str = "svg", **more: object) -> bytes:
    (result,) = engine.draw([one], picture_format, **more)  # type: ignore[arg-type]
    assert isinstance(result, Picture), result
    return result.data


def refused(engine: GraphvizEngine, one: Drawing, picture_format: str = "svg", **more: object) -> EngineError:
    (result,) = engine.draw([one], picture_format, **more)  # type: ignore[arg-type]
    assert isinstance(result, EngineError)
    return result


def program(text: str, *arguments: str) -> str:
    """What a program of its own prints."""
    command = [sys.executable, "-W", "ignore", "-c", text, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return done.stdout


FORKING = """
import os
from codeable.engines import Drawing
from codeable.engines.graphviz import GraphvizEngine
engine = GraphvizEngine()
def drawn():
    return list(engine.draw([Drawing("a", "digraph { a }", "dot")], "svg"))
expected = drawn()
(worker,) = engine._pool._alive
copy = os.fork()
if copy == 0:
    assert drawn() == expected and worker not in engine._pool._alive
    print("the copy drew")
else:
    assert os.waitpid(copy, 0)[1] == 0
    assert drawn() == expected and engine._pool._alive == {worker}
    print("the original drew on")
"""
FORKING_AT_WORK = """
import os, sys, threading, time
from codeable.engines import Drawing
from codeable.engines.graphviz import GraphvizEngine
engine = GraphvizEngine()
def drawn():
    return list(engine.draw([Drawing("a", "digraph { a }", "dot")], "svg"))
def draw_slowly():
    results.extend(engine.draw([Drawing("slow", sys.argv[1], "dot")], "svg", timeout=600))
expected = drawn()
results = []
threading.Thread(target=draw_slowly, daemon=True).start()
while not any(batch.at_work for batch in engine._pool._batches):
    time.sleep(0.01)
time.sleep(0.2)
copy = os.fork()
if copy == 0:
    assert drawn() == expected
    engine.close()
    print("the copy drew")
else:
    assert os.waitpid(copy, 0)[1] == 0
    assert drawn() == expected and not results
    print("the original drew on")
"""


class TestPictures:
    """What comes out."""

    def test_each_format_starts_as_such_a_file_starts(self, engine: GraphvizEngine) -> None:
        starts = {name: drawn(engine, small("x"), name)[:5] for name in engine.formats()}
        expected = {"svg": b"<?xml", "pdf": b"%PDF-", "png": b"\x89PNG\r", "eps": b"%!PS-"}
        assert starts == {name: expected[name] for name in engine.formats()}

    def test_results_come_in_the_order_of_the_drawings_and_errors_are_values(
        self, engine: GraphvizEngine
    ) -> None:
        asked = [small("a"), drawing("digraph {", "broken"), small("c"), small("d")]
        results = list(engine.draw(asked, "svg", jobs=2))
        assert [type(result) for result in results] == [Picture, EngineError, Picture, Picture]
        assert [r.name for r in results if isinstance(r, Picture)] == ["a", "c", "d"]

    def test_the_same_text_gives_the_same_bytes_whoever_draws_it(self, engine: GraphvizEngine) -> None:
        with GraphvizEngine() as other:
            assert drawn(engine, small("x")) == drawn(other, small("x"))

    def test_the_first_drawing_of_a_process_shows_the_names_of_nodes_too(self) -> None:
        one = drawing("digraph { a -> b }", labels=("a", "b"))
        with GraphvizEngine() as engine:
            assert drawn(engine, one) == drawn(engine, one)

    def test_a_bitmap_has_the_resolution_asked_for(self, engine: GraphvizEngine) -> None:
        narrow, wide = (int.from_bytes(drawn(engine, small("x"), "png", dpi=dpi)[16:20]) for dpi in (72, 288))
        assert 3.8 < wide / narrow < 4.2

    def test_a_pdf_is_as_large_as_the_svg_without_margins(self, engine: GraphvizEngine) -> None:
        one = drawing('digraph { graph [size="2"] a [width=9 height=1 fixedsize=true] }')
        sizes = [picture_size(drawn(engine, one, name), name) for name in ("svg", "pdf", "eps")]
        assert sizes == [pytest.approx((192, 22), abs=3)] * 3

    def test_a_pdf_has_its_pages_and_its_title_and_other_formats_the_whole(
        self, engine: GraphvizEngine
    ) -> None:
        pages = tuple(f"digraph {{ {name} [width={width}] }}" for name, width in (("a", 2), ("b", 3)))
        one = drawing("digraph { a b }", title="Both", pages=pages, labels=("a", "b"))
        reader = PdfReader(BytesIO(drawn(engine, one, "pdf")))
        assert [page.extract_text().strip() for page in reader.pages] == ["a", "b"]
        assert [round(page.mediabox.width / 72) for page in reader.pages] == [2, 3]
        assert reader.metadata is not None
        assert reader.metadata.title == "Both"
        assert missing_labels(drawn(engine, one), ["a", "b"]) == []

    def test_a_broken_page_is_an_error(self, engine: GraphvizEngine) -> None:
        one = drawing("digraph { a }", "broken", pages=("digraph { a }", "digraph {"))
        results = list(engine.draw([small("x"), one, small("y")], "pdf"))
        assert [type(result) for result in results] == [Picture, EngineError, Picture]

    @pytest.mark.slow
    def test_with_the_time_set_two_drawings_have_the_same_bytes(
        self, engine: GraphvizEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        first = {name: drawn(engine, small("x"), name) for name in engine.formats()}
        time.sleep(1.1)
        assert {name: drawn(engine, small("x"), name) for name in engine.formats()} == first

    def test_lines_of_an_svg_have_a_length_so_that_other_fonts_stay_in_their_boxes(
        self, engine: GraphvizEngine
    ) -> None:
        svg = drawn(engine, in_font("Helvetica,Arial,sans-serif", "Event Bus"))
        assert re.search(rb'textLength="[4-9]\d\.\d\d" lengthAdjust="spacingAndGlyphs">Event Bus<', svg)

    def test_a_text_that_is_a_little_wider_than_its_cell_is_drawn(self, engine: GraphvizEngine) -> None:
        cell = '<TABLE><TR><TD FIXEDSIZE="TRUE" WIDTH="9" HEIGHT="9">Event</TD></TR></TABLE>'
        assert drawn(engine, drawing(f"digraph {{ a [label=<{cell}>] }}", labels=("Event",)))

    def test_nothing_to_draw_gives_nothing(self, engine: GraphvizEngine) -> None:
        assert list(engine.draw([], "svg")) == []

    @pytest.mark.parametrize("text", ["λ é 数据 \U0001f600", "a < b & c > d", "]]>", "<!-- x -->", " x  y "])
    def test_any_text_comes_out_as_that_text(self, engine: GraphvizEngine, text: str) -> None:
        escaped = text.replace("&", "&amp;")
        assert drawn(engine, drawing(f'digraph {{ a [label="{escaped}"] }}', labels=(text,)))


class TestRefusals:
    """What is an error instead of a faulty picture."""

    def test_a_syntax_error_names_engine_diagram_and_line(self, engine: GraphvizEngine) -> None:
        error = refused(engine, drawing("digraph {\n a -> \n]}", "overview"))
        assert (error.engine, error.diagram, error.line) == ("graphviz", "overview", 3)
        assert "syntax error" in error.message

    @pytest.mark.parametrize("label", ["<<b>x>", "<x<unknown>y</unknown>>", "<a & b>"])
    @pytest.mark.parametrize("picture_format", ["svg", "pdf"])
    def test_a_malformed_label_is_an_error_although_graphviz_draws_on(
        self, engine: GraphvizEngine, label: str, picture_format: str
    ) -> None:
        text = f"digraph {{\n aa\n\n a [label={label}]\n b [label=a]\n}}"
        error = refused(engine, drawing(text), picture_format)
        assert error.problem.endswith("n line 1 of the label of node a")
        assert error.line == 4

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("digraph {\n a -> b\n\n a -> b [label=<<b>x>]\n}", 4),
            ('digraph {\n "a b" -> b\n\n "a b" -> b [label=<<b>x>]\n}', 4),
            ("digraph {\n\n graph [label=<<b>x>]\n}", 3),
            ("digraph {\n node [label=<<b>x>]\n\n a\n}", None),
        ],
    )
    def test_the_line_of_a_malformed_label_is_the_one_it_stands_on(
        self, engine: GraphvizEngine, text: str, line: int | None
    ) -> None:
        assert refused(engine, drawing(text)).line == line

    def test_a_text_of_another_language_is_refused_by_name(self, engine: GraphvizEngine) -> None:
        error = refused(engine, Drawing("x", "@startuml\nclass A\n@enduml\n", "plantuml"))
        assert error.problem == "its text is plantuml, and this engine draws dot"

    @pytest.mark.parametrize("picture_format", ["svg", "pdf", "png"])
    def test_a_missing_label_is_an_error(self, engine: GraphvizEngine, picture_format: str) -> None:
        one = drawing("digraph { a [label=Bus] }", labels=("Event Bus", "Bus"))
        assert "'Event Bus' is missing" in refused(engine, one, picture_format).message

    def test_a_format_that_cannot_be_written_names_those_that_can(self, engine: GraphvizEngine) -> None:
        with pytest.raises(
            CodeableError, match=r"cannot write 'jpg' here.*it can write svg, pdf, png"
        ) as caught:
            next(engine.draw([small("x")], "jpg"))
        assert caught.value.exit_status == 2

    @pytest.mark.slow
    def test_a_layout_that_takes_too_long_fails_alone(self, engine: GraphvizEngine) -> None:
        results = list(
            engine.draw([small("a"), drawing(SLOW, "slow"), small("c")], "svg", timeout=0.6, jobs=2)
        )
        assert [type(result) for result in results] == [Picture, EngineTimeoutError, Picture]
        assert "took longer than 0.6 s" in str(results[1])

    def test_a_bitmap_too_large_for_the_library_is_an_error_not_a_smaller_one(
        self, engine: GraphvizEngine
    ) -> None:
        wide = drawing("digraph { a [width=400 height=1 fixedsize=true] }")
        error = refused(engine, wide, "png", dpi=300)
        assert "it would have 120,0" in error.problem
        assert (
            "a bitmap has at most 32,767: draw it with a resolution of 81 (--dpi 81), as svg" in error.problem
        )
        assert drawn(engine, wide, "png", dpi=81)

    def test_a_bitmap_that_no_resolution_makes_small_enough_is_an_error(self, engine: GraphvizEngine) -> None:
        wide = drawing("digraph { a [width=4000 height=1 fixedsize=true] }")
        assert refused(engine, wide, "png", dpi=30).problem.endswith("at most 32,767: draw it as svg or pdf")

    def test_without_the_library_the_error_says_how_to_install_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("codeable.engines.graphviz_process.library_folder", lambda: None)
        with GraphvizEngine() as engine:
            results = list(engine.draw([small("a"), small("b")], "svg"))
            (state,) = engine.states()
        assert all("pip install pygraphviz" in str(result) for result in results)
        assert (state.ready, state.install) == (False, "pip install pygraphviz")
        assert state.missing == "the package 'pygraphviz' is not installed"

    def test_a_library_that_cannot_be_loaded_is_not_ready(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "pygraphviz.py").write_text("raise ImportError('libc is too old')")
        monkeypatch.setattr("codeable.engines.graphviz_process.library_folder", lambda: tmp_path)
        with GraphvizEngine() as engine:
            (state,) = engine.states()
        assert (state.ready, state.missing) == (False, "libc is too old")

    def test_the_state_tells_both_versions(self, engine: GraphvizEngine) -> None:
        (state,) = engine.states()
        assert re.fullmatch(r"[\d.]+ in pygraphviz [\d.]+", state.version or "")


class TestFonts:
    """A picture whose text would be missing is refused."""

    @pytest.fixture
    def engine_without_fonts(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> Iterator[GraphvizEngine]:
        monkeypatch.setenv("FONTCONFIG_FILE", fonts_in(tmp_path, tmp_path))
        with GraphvizEngine() as engine:
            yield engine

    @pytest.mark.skipif(sys.platform != "linux", reason="fonts come from Fontconfig on Linux alone")
    @pytest.mark.parametrize("picture_format", ["pdf", "png", "eps"])
    def test_without_fonts_nothing_to_print_is_drawn(
        self, engine_without_fonts: GraphvizEngine, picture_format: str
    ) -> None:
        one = drawing('digraph { node [fontname="Helvetica,Arial"]; a [label="Event Bus"] }')
        message = refused(engine_without_fonts, one, picture_format).message
        assert "no font for Helvetica or Arial" in message
        assert "Liberation Sans" in message

    @pytest.mark.skipif(sys.platform != "linux", reason="fonts come from Fontconfig on Linux alone")
    def test_without_fonts_an_svg_is_drawn_because_its_reader_has_fonts_and_it_is_told(
        self, engine_without_fonts: GraphvizEngine
    ) -> None:
        (picture,) = engine_without_fonts.draw([in_font("Helvetica")], "svg")
        assert isinstance(picture, Picture)
        assert b"Event Bus" in picture.data
        assert b"textLength" not in picture.data
        assert picture.lacks_fonts
        (message,) = picture.messages
        assert "this machine has no font at all" in message
        assert "apt-get install fonts-liberation" in message

    @pytest.mark.skipif(sys.platform != "linux", reason="fonts come from Fontconfig on Linux alone")
    def test_without_fonts_words_have_room_for_the_boxes_that_graphviz_measures(
        self, engine_without_fonts: GraphvizEngine
    ) -> None:
        long, short = engine_without_fonts.widths("Helvetica", [("Research,teams", False), ("R&amp;D", True)])
        assert long > 14
        assert short > 3

    @pytest.mark.skipif(not DEJAVU.is_dir(), reason="needs the fonts DejaVu")
    def test_boxes_for_another_font_are_told_where_the_style_names_families_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FONTCONFIG_FILE", fonts_in(DEJAVU, tmp_path))
        asked = [in_font(font) for font in ("Helvetica", "Helvetica,sans-serif")]
        with GraphvizEngine() as engine:
            named, generic = engine.draw(asked, "svg")
        assert isinstance(named, Picture)
        assert isinstance(generic, Picture)
        assert "room for the widths of DejaVuSans" in named.messages[0]
        assert (named.lacks_fonts, generic.lacks_fonts) == (True, False)
        assert (b"textLength" in named.data, b"textLength" in generic.data) == (False, True)

    @pytest.mark.parametrize("picture_format", ["pdf", "png", "eps"])
    def test_a_symbol_that_no_font_has_is_told(self, engine: GraphvizEngine, picture_format: str) -> None:
        if picture_format not in engine.formats():
            pytest.skip("this library cannot write it")
        unassigned_in_fonts = "\U0001fad8"
        (picture,) = engine.draw([in_font("sans-serif", f"Ship it {unassigned_in_fonts}")], picture_format)
        assert isinstance(picture, Picture)
        assert f"draws the symbols {unassigned_in_fonts} as text" in picture.messages[0]
        assert picture.lacks_fonts

    def test_a_text_beyond_the_page_is_not_taken_for_one_without_a_font(self, engine: GraphvizEngine) -> None:
        page = 'graph [layout=nop2 viewport="60,20,1,30,10"]; node [shape=plain fontname="sans-serif"]'
        text = f'digraph {{ {page}; a [pos="70,10" label="Event bus λ xyz →"] }}'
        (picture,) = engine.draw([drawing(text, labels=("Event bus λ xyz →",))], "pdf")
        assert isinstance(picture, Picture), picture
        assert picture.messages == ()

    @pytest.mark.parametrize("word", ["\U00012000\U00012001", "\U0001fad8\U0001fad8", "\ue000\ue000"])
    def test_characters_that_no_font_has_get_room_as_wide_as_high(
        self, engine: GraphvizEngine, word: str
    ) -> None:
        for bold in (False, True):
            with_two, without = engine.widths("Helvetica", [(f"a{word}", bold), ("a", bold)])
            assert 2.0 < with_two - without < 2.6
        assert b"textLength" not in drawn(engine, in_font("Helvetica,sans-serif", word))

    @pytest.mark.parametrize("word", ["é", "λ", "ж", "…", "’", "→", "x\u0304"])
    def test_characters_that_a_font_has_have_their_width(self, engine: GraphvizEngine, word: str) -> None:
        assert 0.1 < engine.widths("Helvetica,sans-serif", [(word, False)])[0] < 1.05

    def test_nothing_is_told_about_a_picture_with_all_its_text(self, engine: GraphvizEngine) -> None:
        for picture_format in engine.formats():
            (picture,) = engine.draw([in_font("sans-serif", "Ship – «it» – …")], picture_format)
            assert isinstance(picture, Picture)
            assert (picture.messages, picture.lacks_fonts) == ((), False)

    @pytest.mark.slow
    @pytest.mark.skipif(sys.platform != "linux", reason="fonts come from Fontconfig on Linux alone")
    def test_a_font_cache_that_cannot_be_written_costs_nothing_but_time(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cache = tmp_path / "no-folder"
        cache.write_text("a file in the place of the folder")
        monkeypatch.setenv("FONTCONFIG_FILE", fonts_in(Path("/usr/share/fonts"), tmp_path, cache))
        with GraphvizEngine() as engine:
            assert drawn(engine, small("Event Bus"), "pdf").startswith(b"%PDF-")

    @pytest.mark.parametrize(
        ("named", "written"),
        [
            ("Helvetica,Arimo", "Helvetica,Arimo,sans-serif"),
            ("Helvetica,sans-serif", "Helvetica,sans-serif"),
            ("Tinos", "Tinos,serif"),
            ("Courier", "Courier,monospace"),
            ("My Font", "My Font"),
        ],
    )
    def test_a_viewer_of_an_svg_without_the_fonts_takes_one_of_the_kind(
        self, engine: GraphvizEngine, named: str, written: str
    ) -> None:
        svg = drawn(engine, drawing(f'digraph {{ node [fontname="{named}"] a }}')).decode()
        assert re.findall('font-family="([^"]*)"', svg) == [written]

    def test_characters_that_no_font_has_are_refused(self, engine: GraphvizEngine) -> None:
        unassigned_in_fonts = "\U00012000"
        one = drawing(f'digraph {{ a [label="{unassigned_in_fonts}"] }}')
        assert "no font of this machine has the characters" in refused(engine, one, "pdf").message


class TestProcesses:
    """Children are replaced, and none survives."""

    def test_a_worker_that_is_killed_is_replaced_and_the_text_drawn(self, engine: GraphvizEngine) -> None:
        with GraphvizEngine() as engine:
            list(engine.draw([small("a")], "svg"))
            (worker,) = engine._pool._alive
            os.kill(worker.pid, signal.SIGKILL)
            (result,) = engine.draw([small("b")], "svg")
        assert isinstance(result, Picture)

    def test_a_text_that_kills_its_worker_twice_fails_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ask = GraphvizWorker.ask

        def ask_and_die(self: GraphvizWorker, request: Layout | Measurement) -> object:
            if isinstance(request, Layout) and "deadly" in request.text:
                self.kill()
            return ask(self, request)

        monkeypatch.setattr(GraphvizWorker, "ask", ask_and_die)
        with GraphvizEngine() as engine:
            results = list(engine.draw([small("a"), small("deadly"), small("c")], "svg"))
        assert [type(result) for result in results] == [Picture, EngineError, Picture]
        assert "died twice" in str(results[1])

    def test_workers_are_kept_for_the_next_call_and_end_with_the_engine(self) -> None:
        with GraphvizEngine() as engine:
            list(engine.draw([small("a")], "svg"))
            (first,) = engine._pool._alive
            list(engine.draw([small("b")], "svg"))
            assert engine._pool._alive == {first}
        assert not is_running(first.pid)

    def test_an_engine_that_is_dropped_ends_its_workers(self) -> None:
        engine = GraphvizEngine()
        list(engine.draw([small("a")], "svg"))
        (worker,) = engine._pool._alive
        process_id = worker.pid
        del engine
        assert wait_until(lambda: not is_running(process_id))

    def test_results_that_nobody_takes_end_the_drawing(self) -> None:
        with GraphvizEngine() as engine:
            results = engine.draw([small("a"), drawing(SLOW)], "svg", jobs=2)
            next(results)
            drawing_still = [worker.pid for worker in engine._pool._alive]
            results.close()  # type: ignore[attr-defined]
            assert not all(map(is_running, drawing_still))

    def test_an_engine_works_from_several_threads(self, engine: GraphvizEngine) -> None:
        found: list[object] = []

        def draw(name: str) -> None:
            found.extend(engine.draw([small(name)], "svg"))

        threads = [threading.Thread(target=draw, args=(f"t{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(result.name for result in found if isinstance(result, Picture)) == [
            "t0",
            "t1",
            "t2",
            "t3",
        ]

    def test_it_draws_inside_a_running_event_loop(self, engine: GraphvizEngine) -> None:
        async def draw() -> bytes:
            return drawn(engine, small("x"))

        assert asyncio.run(draw())

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
    def test_a_forked_copy_of_the_program_draws_with_workers_of_its_own(self) -> None:
        assert program(FORKING) == "the copy drew\nthe original drew on\n"

    @pytest.mark.slow
    @pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
    def test_a_copy_forked_while_a_worker_is_at_work_draws_too(self) -> None:
        assert program(FORKING_AT_WORK, SLOW) == "the copy drew\nthe original drew on\n"

    def test_a_program_without_a_main_guard_draws(self, tmp_path: Path) -> None:
        file = tmp_path / "program.py"
        file.write_text(
            textwrap.dedent("""
                from codeable.engines import Drawing
                from codeable.engines.graphviz import GraphvizEngine
                with GraphvizEngine() as engine:
                    print(len(list(engine.draw([Drawing("a", "digraph { a }", "dot")] * 3, "svg", jobs=2))))
            """)
        )
        assert subprocess.check_output([sys.executable, file], text=True, timeout=60) == "3\n"

    @pytest.mark.slow
    def test_a_module_of_the_users_cannot_stand_in_for_one_of_the_workers(self, tmp_path: Path) -> None:
        for name in ("re.py", "marshal.py", "tempfile.py", "pygraphviz.py"):
            (tmp_path / name).write_text("raise SystemExit('the wrong module')")
        text = textwrap.dedent("""
            from codeable.engines import Drawing
            from codeable.engines.graphviz import GraphvizEngine
            with GraphvizEngine() as engine:
                print(len(list(engine.draw([Drawing("a", "digraph { a }", "dot")], "svg"))))
        """)
        command = [sys.executable, "-P", "-c", text]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert (done.stdout, done.stderr) == ("1\n", "")


BUSY = """
import sys
from codeable.engines import Drawing
from codeable.engines.graphviz import GraphvizEngine
engine = GraphvizEngine()
list(engine.draw([Drawing("a", "digraph { a }", "dot")], "svg"))
print(*[worker.pid for worker in engine._pool._alive], flush=True)
list(engine.draw([Drawing("slow", sys.argv[1], "dot")], "svg", timeout=600))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    "ending",
    [
        pytest.param(signal.SIGINT, marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, marks=pytest.mark.slow),
        signal.SIGKILL,
    ],
)
def test_no_worker_survives_its_parent_even_in_the_midst_of_a_layout(ending: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BUSY, SLOW], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        busy = Path(f"/proc/{worker}/stat")
        before = int(busy.read_text().rpartition(")")[2].split()[11])
        assert wait_until(lambda: int(busy.read_text().rpartition(")")[2].split()[11]) >= before + 5)
        parent.send_signal(ending)
        parent.wait(60)
    assert wait_until(lambda: not is_running(worker))

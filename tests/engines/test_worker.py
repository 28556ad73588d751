"""The drawing process, here inside the test's own: what it answers to what it is asked."""

import marshal
import os
import re
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest

from codeable.engines import graphviz_worker
from codeable.engines.graphviz_process import library_folder

Reply = tuple[str | None, tuple[Any, ...]]
FONT = "Liberation Sans,Arial,Helvetica"


@contextmanager
def as_own_process(requests: bytes) -> Iterator[int]:
    """Standard input, output and error as a worker has them; gives where the replies can be read."""
    replies, reply_end = os.pipe()
    request_end, asking = os.pipe()
    os.write(asking, requests)
    os.close(asking)
    saved = [os.dup(descriptor) for descriptor in range(3)]
    stdin, interrupt, path = sys.stdin, signal.getsignal(signal.SIGINT), list(sys.path)
    with tempfile.TemporaryFile() as errors:
        for descriptor, stream in enumerate((request_end, reply_end, errors.fileno())):
            os.dup2(stream, descriptor)
        os.close(reply_end)
        sys.stdin = os.fdopen(os.dup(0), "r")
        try:
            yield replies
        finally:
            sys.stdin.close()
            sys.stdin, sys.path[:] = stdin, path
            signal.signal(signal.SIGINT, interrupt)
            for descriptor, stream in enumerate(saved):
                os.dup2(stream, descriptor)
                os.close(stream)
            os.close(request_end)


def answers(*requests: object, folder: str | None = None) -> list[Reply]:
    """All replies, the handshake first."""
    given = b"".join(marshal.dumps(request) for request in requests)
    with as_own_process(given) as replies:
        graphviz_worker.main(folder or str(library_folder()))
        os.close(1)
        data = b"".join(iter(lambda: os.read(replies, 65536), b""))
    os.close(replies)
    stream, found = BytesIO(data), []
    while stream.tell() < len(data):
        found.append(marshal.load(stream))
    return found


def layout(text: str, *formats: str, dpi: int | None = None, fonts: tuple[str, ...] = ()) -> object:
    return ("layout", 60.0, (text, formats, dpi, fonts))


def widths(*words: tuple[str, bool], font: str = FONT) -> tuple[float, ...]:
    _, (problem, found) = answers(("measurement", 60.0, (font, words)))
    assert problem is None
    return found


def test_the_handshake_has_the_version_of_the_library() -> None:
    ((problem, results),) = answers()
    assert problem is None
    assert "/" in results[0]


def test_it_answers_each_request_in_all_formats_asked_for() -> None:
    _, first, second = answers(layout("digraph { a }", "svg", "pdf"), layout("digraph { b }", "png", dpi=96))
    assert [data[:4] for data in first[1]] == [b"<?xm", b"%PDF"]
    assert [data[:4] for data in second[1]] == [b"\x89PNG"]


def test_after_a_text_that_it_cannot_read_it_answers_the_next() -> None:
    _, broken, good = answers(layout("digraph {\n -> }", "svg"), layout("digraph { margin=1; b }", "svg"))
    assert broken[0] == "Invalid Input"
    assert good[0] is None


def test_a_format_that_the_library_lacks_is_reported() -> None:
    _, answer = answers(layout("digraph { a }", "nonesuch"))
    assert answer[0] == "Graphviz here cannot write nonesuch"


def test_without_the_library_the_handshake_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    ((problem, results),) = answers(layout("digraph { a }", "svg"))
    assert "pygraphviz" in (problem or "")
    assert results == ()


def test_nonsense_ends_it() -> None:
    assert len(answers("nonsense")) == 1


class TestWidths:
    """Widths of words, and lengths of the lines in an SVG."""

    def test_words_have_the_widths_that_they_have_in_print(self) -> None:
        wide, narrow, bold, wide_again = widths(("mmm", False), ("iii", False), ("mmm", True), ("mmm", False))
        assert 2 < wide / narrow < 5
        assert bold > wide
        assert wide == wide_again
        assert 2 < wide < 3.5

    @pytest.mark.parametrize(
        "word", ["a\\\\N\\\\b", "&lt;b&gt;", "&quot;", "\u6570\u636e", "\U0001f680", "&#160;", "]]&gt;"]
    )
    def test_every_word_has_a_width(self, word: str) -> None:
        assert widths((word, False), (word, True)) > (0.0, 0.0)

    def test_the_width_of_a_line_is_the_sum_of_its_words_and_blanks(self) -> None:
        line, first, second, blank = widths(
            ("Event&#160;Bus", False), ("Event", False), ("Bus", False), ("&#160;", False)
        )
        assert line == pytest.approx(first + second + blank, rel=0.005)

    def test_no_word_to_measure_gives_no_width(self) -> None:
        assert widths() == ()

    def test_lines_in_the_fonts_asked_for_have_a_length(self) -> None:
        text = (
            f'digraph {{ node [fontname="{FONT}" fontsize=10]; a [label="Event & Bus"]'
            ' b [label=<<B>Event</B>>] c [fontname=Courier label=Bus] d [label="  "]}'
        )
        _, (_, (plain,)), (_, (lengthened,)) = answers(
            layout(text, "svg"), layout(text, "svg", fonts=(FONT,))
        )
        lengths = re.findall(r'textLength="([\d.]+)"', lengthened.decode())
        one, other, bold, sign, blank = widths(
            ("Event", False), ("Bus", False), ("Event", True), ("&amp;", False), ("&#160;", False)
        )
        expected = [10 * (one + other + sign + 2 * blank), 10 * bold, 10 * 2 * blank]
        assert [float(length) for length in lengths] == pytest.approx(expected, abs=0.01)
        assert re.sub(r' textLength="[^"]*" lengthAdjust="[^"]*"', "", lengthened.decode()) == plain.decode()

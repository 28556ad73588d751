"""The child process that holds the Graphviz library; `graphviz` starts it as a script.

Graphviz runs in a process of its own because the library aborts the interpreter when two threads use it,
prints its errors on file descriptor 2 alone, and cannot be interrupted. The parent writes requests to
standard input and reads replies from standard output, both as `marshal` values (parent and child are the same
Python, and `marshal` costs no import). Only the standard library is on the path until the parent's argument
names the folder that holds `pygraphviz`, so that no file of a study can shadow a module.

Request: `("layout", seconds, (text, formats, dpi, fonts))`, whose results are pictures, or
`("measurement", seconds, (font, words))`, whose results are widths. Reply: `(problem, results)`. The
handshake, before the first reply, has the same shape; its result is the version of package and library. The
parent reads standard error.
"""

import contextlib
import marshal
import os
import re
import signal
import sys
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

Reply = tuple[str | None, tuple[Any, ...]]
LabelWord = tuple[str, bool]
"""The content of an HTML-like label, and whether it is bold."""

GRACE_SECONDS = 5.0
"""Seconds by which a drawing may exceed its time limit when the parent is gone and cannot end it."""

_MEASURED_SIZE = 100
"""Points. Small letters are measured in whole pixels, large ones as exactly as they are printed."""

_SMALL_SIZE = 7
_MOST_TIMES_WIDER = 2.0
"""A character that no font has is a box with digits, which hardly gets smaller with the size of the font; and
a picture in a font of emoji does not at all."""

_GUESSED_WIDTH = 1.1
"""Room for a character that no font has, per point of font size: one that is as wide as high, and more."""

_POINTS_PER_INCH = 72
_MOST_WIDTHS = 50_000
_BLANK = "&#160;"
_MARKUP = frozenset('&<>"\\ ')
_TEXT = re.compile(r'<text [^>]*? font-family="([^"]*)"([^>]*?) font-size="([\d.]+)"[^>]*>([^<]+)</text>')
_NODE = re.compile(rb"^node w(\d+) \S+ \S+ (\S+) ", re.M)


def main(package_folder: str) -> None:
    """Answer requests until the parent goes away."""
    requests, replies = _take_over_streams()
    sys.path.append(package_folder)
    try:
        import pygraphviz
    except ImportError as error:
        _send(replies, (f"{error}", ()))
        return
    version = f"{pygraphviz.__version__}/{pygraphviz.__graphviz_version__}"
    _send(replies, (None, (version,)))
    drawer = _Drawer(pygraphviz)
    while True:
        try:
            kind, seconds, arguments = marshal.load(requests)
        except (EOFError, ValueError, TypeError):
            return
        with _self_destruct_timer(seconds + GRACE_SECONDS):
            reply = drawer.layout(*arguments) if kind == "layout" else drawer.measurement(*arguments)
        _send(replies, reply)


class _Drawer:
    """Answers requests, and remembers the widths of words."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._widths: dict[tuple[str, LabelWord], float] = {}
        self._guessed: dict[tuple[str, LabelWord], float] = {}
        """Font and character → the part of its width that is guessed: nothing where a font has it."""

        self._unsure: set[tuple[str, LabelWord]] = set()
        """Fonts and words with a guess in their width."""

    def layout(
        self, text: str, formats: tuple[str, ...], dpi: int | None = None, fonts: tuple[str, ...] = ()
    ) -> Reply:
        """Lay a text out once and render it in each of the formats."""
        native = self._library.graphviz
        context = native.gvContextWithBuiltins()  # before the text is read: it knows the labels of nodes
        try:
            graph = self._library.AGraph(string=text)
        except (ValueError, UnicodeError) as error:
            native.gvFreeContext(context)
            return str(error), ()
        try:
            if not graph.graph_attr.get("margin"):
                graph.graph_attr["margin"] = "0"  # a PDF would get half an inch on every side
            if dpi is not None:
                graph.graph_attr["dpi"] = str(dpi)
            if native.gvLayout(context, graph.handle, b"dot"):
                return "there is no layout", ()
            results = []
            for name in formats:
                error_code, data = _rendered(native, context, graph.handle, name)
                if error_code or not data:
                    return f"Graphviz here cannot write {name}", ()
                results.append(data)
            native.gvFreeLayout(context, graph.handle)
        finally:
            native.gvFreeContext(context)
            graph.close()
        if fonts and "svg" in formats:
            results[formats.index("svg")] = self._with_lengths(results[formats.index("svg")], fonts)
        return None, tuple(results)

    def measurement(self, font: str, words: tuple[LabelWord, ...]) -> Reply:
        """The width of each word in points, per point of font size."""
        problem = self._measure(font, words)
        if problem is not None:
            return problem, ()
        return None, tuple(self._widths[font, word] for word in words)

    def _measure(self, font: str, words: Iterable[LabelWord]) -> str | None:
        """Learn the widths of words, and what is wrong or None."""
        new = [word for word in dict.fromkeys(words) if (font, word) not in self._widths]
        characters = {
            (character, bold)
            for content, bold in new
            for character in _characters(content)
            if (font, (character, bold)) not in self._guessed
        }
        if not new:
            return None
        single = sorted(characters)
        large = self._measured(font, [*new, *single], _MEASURED_SIZE)
        small = self._measured(font, single, _SMALL_SIZE)
        if len(large) < len(new) + len(single) or len(small) < len(single):
            return "a word has no width"
        for word, at_large, at_small in zip(single, large[len(new) :], small, strict=True):
            is_missing = at_small > at_large * _MOST_TIMES_WIDER
            self._guessed[font, word] = max(0.0, _GUESSED_WIDTH - at_large) if is_missing else 0.0
        for (content, bold), width in zip(new, large, strict=False):
            guessed = sum(
                self._guessed.get((font, (character, bold)), 0.0) for character in _characters(content)
            )
            self._widths[font, (content, bold)] = width + guessed
            if guessed:
                self._unsure.add((font, (content, bold)))
        return None

    def _measured(self, font: str, words: Sequence[LabelWord], size: int) -> list[float]:
        """The widths as Graphviz measures them: a box without margins is as wide as its text."""
        if not words:
            return []
        quoted_font = font.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
        boxes = (
            f"w{number} [label=<{f'<B>{content}</B>' if bold else content}>]"
            for number, (content, bold) in enumerate(words)
        )
        look = f'shape=box margin=0 width=0 height=0 pos="0,0" fontsize={size}'
        text = f'graph {{ layout=nop2 node [{look} fontname="{quoted_font}"]\n' + "\n".join(boxes) + "}"
        problem, results = self.layout(text, ("plain",))
        if problem is not None:
            return []
        found = {int(number): float(width) for number, width in _NODE.findall(results[0])}
        return [found[number] * _POINTS_PER_INCH / size for number in sorted(found)]

    def _with_lengths(self, svg: bytes, fonts: tuple[str, ...]) -> bytes:
        """The SVG with the length of each line of text in these fonts."""
        shown = svg.decode("utf-8", "surrogateescape")
        names = {font.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"): font for font in fonts}
        if len(self._widths) > _MOST_WIDTHS:
            self._widths.clear()
            self._guessed.clear()
            self._unsure.clear()
        lines = [
            (line, font, float(line[3]), [(word, "font-weight" in line[2]) for word in _words(line[4])])
            for line in _TEXT.finditer(shown)
            if (font := names.get(line[1])) is not None
        ]
        for font in fonts:
            words = [word for _, of, _, found in lines if of == font for word in found]
            if self._measure(font, [(_BLANK, False), (_BLANK, True), *words]) is not None:
                return svg
        pieces: list[str] = []
        end = 0
        for line, font, size, words in lines:
            if not words or not self._unsure.isdisjoint((font, word) for word in words):
                continue
            blanks = line[4].count(" ") * self._widths[font, (_BLANK, words[0][1])]
            width = (blanks + sum(self._widths[font, word] for word in words)) * size
            pieces += (
                shown[end : line.end(3) + 1],
                f' textLength="{width:.2f}" lengthAdjust="spacingAndGlyphs"',
            )
            end = line.end(3) + 1
        return "".join((*pieces, shown[end:])).encode("utf-8", "surrogateescape")


def _characters(content: str) -> list[str]:
    """The characters of the content of a label."""
    return [each for each in content.replace(_BLANK, "\u00a0") if each not in _MARKUP]


def _words(content: str) -> list[str]:
    """The words of a text in an SVG, as content of an HTML-like label."""
    return [word.replace("\\", "\\\\") for word in content.split(" ") if word]


def _rendered(native: Any, context: Any, graph: Any, name: str) -> tuple[int, bytes]:
    result = native.gvRenderData(context, graph, name.encode())
    if isinstance(result, tuple | list):
        error_code, data = result
        return int(error_code), data
    return int(result), b""


@contextlib.contextmanager
def _self_destruct_timer(seconds: float) -> Any:
    """While native code runs, let the operating system end this process when the parent dies or time is up.

    A Python signal handler would wait for the native call, so the default actions do it: on Linux the
    hang-up of the request pipe raises SIGIO; everywhere but on Windows an alarm bounds the time.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    import fcntl

    flags = fcntl.fcntl(0, fcntl.F_GETFL)
    if sys.platform == "linux":
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETFL, flags | os.O_ASYNC)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        fcntl.fcntl(0, fcntl.F_SETFL, flags)


def _take_over_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the reply pipe apart from standard output, where native code may print."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, replies


def _send(replies: BinaryIO, reply: Reply) -> None:
    try:
        marshal.dump(reply, replies)
        replies.flush()
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])

"""The child process that holds V8 with PlantUML's JavaScript build; a script, never imported by the rest.

V8 lives in a process of its own because nothing else ends it for certain: it has threads that a fork does
not copy, and for which the garbage collector can wait in vain, and memory that it gives back when it likes.

It speaks with its parent as `graphviz_worker` does, in `marshal` values. Request: `(text,)`. Reply:
`(problem, results, messages)`, the one result being the SVG; before the first reply comes a greeting in the
same shape, when PlantUML is loaded.
"""

import json
import marshal
import os
import queue
import re
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

ENGINE, LAYOUT = "plantuml.js", "viz-global.js"
EXTRAS = ("emoji.js", "openiconic.js", "themes.js")
_EXPORTS = re.compile(r"export\s*\{([^{}]*)\}\s*;?\s*\Z")
_POLL_SECONDS = 0.002
_MOST_MEMORY = 1 << 30


class ProblemError(Exception):
    """Why there is no picture."""


def main(library_folder: str, package: str) -> None:
    """Answer requests until the parent goes away, or ends this process because a text takes too long."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    texts: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, texts), daemon=True).start()
    sys.path.append(library_folder)
    try:
        from py_mini_racer import MiniRacer

        plantuml = PlantUml(MiniRacer(), Path(package))
    except (ImportError, ProblemError) as error:
        _send(replies, str(error))
        return
    _send(replies, None, b"")
    while True:
        try:
            svg = plantuml.draw(texts.get())
        except ProblemError as error:
            _send(replies, str(error))
        else:
            _send(replies, None, svg.encode("utf-8", "replace"))


class PlantUml:
    """A V8 context with the document, the layout and PlantUML in it."""

    def __init__(self, racer: Any, package: Path) -> None:
        self._racer = racer
        self._package = package
        here = Path(__file__).parent
        extras = [name for name in EXTRAS if (package / name).is_file()]
        racer.set_hard_memory_limit(_MOST_MEMORY)
        self._run((here / "dom.js").read_text("utf-8"))
        self._run(f"readGlyphWidths({(here / 'glyph_widths.json').read_text('utf-8')})")
        self._run(f"ownScripts = {json.dumps(extras)}")
        if (package / LAYOUT).is_file():
            self._run(self._script(LAYOUT))
            self._run("shareLayout()")
            while not self._run("globalThis.layoutReady === true"):
                time.sleep(_POLL_SECONDS)
        self._run(_without_exports(self._script(ENGINE)))

    def draw(self, text: str) -> str:
        """The SVG that PlantUML hands out for a text."""
        self._run(f"start({json.dumps(text)})")
        while not (outcome := self._run("pump()")):
            self._grant_wish()
            time.sleep(_POLL_SECONDS)
        found: dict[str, str] = json.loads(str(outcome))
        if "error" in found:
            raise ProblemError(f"PlantUML failed: {found['error']}")
        return found["svg"]

    def _grant_wish(self) -> None:
        """Bring one of the package's own scripts: themes, emoji, icons."""
        wished = self._run("wish()")
        if wished in EXTRAS:
            self._run(self._script(str(wished)))
            self._run("grantWish()")

    def _script(self, name: str) -> str:
        try:
            return (self._package / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ProblemError(f"{self._package / name} cannot be read: {error}") from None

    def _run(self, code: str) -> object:
        from py_mini_racer import JSEvalException

        try:
            return self._racer.eval(code)
        except JSEvalException as error:
            if self._racer.was_hard_memory_limit_reached():
                problem = f"PlantUML needs more than {_MOST_MEMORY >> 20} MB of memory for it"
                raise ProblemError(problem) from None
            raise ProblemError(f"PlantUML failed: {str(error).strip().splitlines()[0]}") from None


def _without_exports(module: str) -> str:
    """A module as a plain script that leaves its exports in the global `plantuml`."""
    found = _EXPORTS.search(module)
    if found is None:
        raise ProblemError(f"its {ENGINE} exports nothing; is it another version than 1.2026.8?")
    names = [re.split(r"\s+as\s+", entry.strip()) for entry in found[1].split(",") if entry.strip()]
    fields = ", ".join(f"{name[-1]}: {name[0]}" for name in names)
    return f"{module[: found.start()]}\nglobalThis.plantuml = {{{fields}}};"


def _listen(requests: BinaryIO, texts: "queue.SimpleQueue[str]") -> None:
    """Hand on what is asked, and end the process when the parent is gone, whatever V8 does meanwhile."""
    while True:
        try:
            (text,) = marshal.load(requests)
        except (EOFError, ValueError, TypeError):
            os._exit(0)
        texts.put(text)


def _send(replies: BinaryIO, problem: str | None, *results: bytes) -> None:
    try:
        marshal.dump((problem, results, ""), replies)
        replies.flush()
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
    os._exit(0)  # V8 could keep the interpreter from ending

"""PlantUML's own JavaScript build, the npm package `@plantuml/core`, run in the V8 of `mini-racer`.

No Java, no `dot`. It wants a browser; `dom.js` beside this file stands in for one. It reaches no file and no
network.
"""

import contextlib
import importlib.util
import json
import re
import threading
import time
import weakref
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TypeVar

from codeable.engines.plantuml.carrier import Absence, CarrierError
from codeable.engines.plantuml.options import TABLE, PlantUmlOptions

__all__ = ["JavaScriptCarrier"]

INSTALL_PACKAGE = "npm install @plantuml/core"
INSTALL_V8 = "pip install 'codeable[plantuml-js]'"
_PACKAGE = Path("@plantuml", "core")
_ENGINE, _LAYOUT = "plantuml.js", "viz-global.js"
_EXTRAS = ("emoji.js", "openiconic.js", "themes.js")
_EXPORTS = re.compile(r"export\s*\{([^{}]*)\}\s*;?\s*\Z")
_START_UP_SECONDS = 60.0
_POLL_SECONDS = 0.002
_SECONDS_TO_STOP = 2.0
_MOST_MEMORY = 1 << 30
# V8 gives memory back late; a new context now and then keeps a run of any length within bounds.
_DRAWINGS_PER_CONTEXT = 250

T = TypeVar("T")


class JavaScriptCarrier:
    """Draws SVG in this very process; one V8 context for many texts."""

    name = "javascript"
    native_formats: tuple[str, ...] = ("svg",)

    def __init__(self, options: PlantUmlOptions) -> None:
        self._options = options
        self._context: _Context | None = None

    def absence(self) -> Absence | None:
        """Whether the npm package and `mini-racer` are there."""
        package = self._package()
        if package is None:
            named = self._options.node_modules
            where = (
                f"in {named} ({TABLE} node_modules)" if named else f"in {self._options.folder} or above it"
            )
            return Absence(
                f"the npm package '@plantuml/core' in a folder node_modules {where}", INSTALL_PACKAGE
            )
        if not (package / _ENGINE).is_file():
            return Absence(f"the file {_ENGINE} in {package}", INSTALL_PACKAGE)
        if importlib.util.find_spec("py_mini_racer") is None:
            return Absence("the Python package 'mini-racer'", INSTALL_V8)
        return None

    def version(self) -> str:
        """The version that the package states.

        Raises:
            CarrierError: The package is not there, or states none.
        """
        package = self._existing_package()
        try:
            stated = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CarrierError(f"{package / 'package.json'} states no version: {error}") from None
        return str(stated)

    def is_sandboxed(self) -> bool:
        """Always: there is nothing in there to read."""
        return True

    def draw(self, text: str, picture_format: str, *, dpi: int, timeout: float) -> bytes:  # noqa: ARG002
        """Draw one text; see `Carrier.draw`."""
        context = self._ready_context()
        try:
            outcome = context.draw(text, timeout)
        except BaseException:
            # Whatever state it was stopped in, the next text starts afresh.
            self.close()
            raise
        if "error" in outcome:
            self.close()
            raise CarrierError(f"PlantUML failed: {outcome['error']}")
        return outcome["svg"].encode("utf-8", "replace")

    def close(self) -> None:
        """Free the V8 context; one that is left open would keep the interpreter from ending."""
        context, self._context = self._context, None
        if context is not None:
            context.close()

    def _ready_context(self) -> "_Context":
        if self._context is not None and self._context.drawn >= _DRAWINGS_PER_CONTEXT:
            self.close()
        if self._context is None:
            self._context = _Context(self._existing_package())
        return self._context

    def _existing_package(self) -> Path:
        missing, package = self.absence(), self._package()
        if missing is not None or package is None:
            raise CarrierError(
                f"there is no {missing.what}; install it: {missing.install}" if missing else "no package"
            )
        return package

    def _package(self) -> Path | None:
        options = self._options
        if options.node_modules is not None:
            candidates = [options.node_modules / _PACKAGE, options.node_modules / "node_modules" / _PACKAGE]
        else:
            candidates = [
                folder / "node_modules" / _PACKAGE for folder in (options.folder, *options.folder.parents)
            ]
        return next((folder for folder in candidates if folder.is_dir()), None)


class _Context:
    """A V8 context with the document, the layout and PlantUML in it."""

    def __init__(self, package: Path) -> None:
        from py_mini_racer import MiniRacer

        self.drawn = 0
        self._package = package
        # Made in a thread of its own, it does not take over the event loop of a notebook.
        self._racer = _elsewhere(MiniRacer)
        self._close = weakref.finalize(self, self._racer.close)
        try:
            self._load()
        except BaseException:
            self.close()
            raise

    def draw(self, text: str, timeout: float) -> dict[str, str]:
        """The SVG or the error that PlantUML hands out for a text.

        Raises:
            CarrierError: It does not finish in time, needs too much memory, or breaks.
        """
        deadline = time.monotonic() + timeout
        self.drawn += 1
        try:
            self._run(f"start({json.dumps(text)})", deadline)
            while not (outcome := self._run("pump()", deadline)):
                self._grant_wish(deadline)
                time.sleep(_POLL_SECONDS)
        except TimeoutError:
            raise CarrierError(f"PlantUML did not finish within {timeout:g} seconds") from None
        found: dict[str, str] = json.loads(str(outcome))
        return found

    def close(self) -> None:
        """Free it."""
        self._close()

    def _load(self) -> None:
        deadline = time.monotonic() + _START_UP_SECONDS
        own = resources.files(__package__)
        extras = [name for name in _EXTRAS if (self._package / name).is_file()]
        self._racer.set_hard_memory_limit(_MOST_MEMORY)
        try:
            self._run(own.joinpath("dom.js").read_text("utf-8"), deadline)
            self._run(f"readGlyphWidths({own.joinpath('glyph_widths.json').read_text('utf-8')})", deadline)
            self._run(f"ownScripts = {json.dumps(extras)}", deadline)
            if (self._package / _LAYOUT).is_file():
                self._run(self._script(_LAYOUT), deadline)
                self._run("shareLayout()", deadline)
                while not self._run("globalThis.layoutReady === true", deadline):
                    time.sleep(_POLL_SECONDS)
            self._run(_without_exports(self._script(_ENGINE), self._package), deadline)
        except TimeoutError:
            raise CarrierError(f"PlantUML did not start within {_START_UP_SECONDS:g} seconds") from None

    def _grant_wish(self, deadline: float) -> None:
        """Bring one of the package's own scripts: themes, emoji, icons."""
        wished = self._run("wish()", deadline)
        if wished in _EXTRAS:
            self._run(self._script(str(wished)), deadline)
            self._run("grantWish()", deadline)

    def _script(self, name: str) -> str:
        try:
            return (self._package / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CarrierError(f"{self._package / name} cannot be read: {error}") from None

    def _run(self, code: str, deadline: float) -> object:
        from py_mini_racer import JSEvalException, JSTimeoutException

        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            return self._racer.eval(code, timeout_sec=left)
        except JSTimeoutException:
            self._let_it_stop()
            raise TimeoutError from None
        except JSEvalException as error:
            if self._racer.was_hard_memory_limit_reached():
                raise CarrierError(
                    f"PlantUML needs more than {_MOST_MEMORY >> 20} MB of memory for it"
                ) from None
            raise CarrierError(f"PlantUML failed: {str(error).strip().splitlines()[0]}") from None

    def _let_it_stop(self) -> None:
        """Wait until V8 reports that it has stopped: a report to a closed context would be printed."""
        with contextlib.suppress(Exception):
            self._racer.eval("0", timeout_sec=_SECONDS_TO_STOP)


def _without_exports(module: str, package: Path) -> str:
    """A module as a plain script that leaves its exports in the global `plantuml`."""
    found = _EXPORTS.search(module)
    if found is None:
        raise CarrierError(f"{package / _ENGINE} exports nothing; is it another version than 1.2026.8?")
    names = [re.split(r"\s+as\s+", entry.strip()) for entry in found[1].split(",") if entry.strip()]
    fields = ", ".join(f"{name[-1]}: {name[0]}" for name in names)
    return f"{module[: found.start()]}\nglobalThis.plantuml = {{{fields}}};"


def _elsewhere(make: Callable[[], T]) -> T:
    """What `make` returns when a fresh thread calls it."""
    made: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            made.append(make())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return made[0]

"""PlantUML's own JavaScript build, the npm package `@plantuml/core`, run in the V8 of `mini-racer`.

No Java, no `dot`. It wants a browser; `dom.js` beside this file stands in for one. It reaches no file and no
network. It runs in a child process, `javascript_worker`.
"""

import importlib.util
import json
import threading
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from codeable.engines.plantuml.carrier import Absence, CarrierError
from codeable.engines.plantuml.options import TABLE, PlantUmlOptions
from codeable.engines.worker_process import Answer, LibraryMissingError, WorkerDiedError, WorkerProcess

__all__ = ["JavaScriptCarrier"]

INSTALL_PACKAGE = "npm install @plantuml/core"
INSTALL_V8 = "pip install 'codeable[plantuml-js]'"
_LIBRARY = "py_mini_racer"
_SCRIPT = Path(__file__).with_name("javascript_worker.py")
_PACKAGE = Path("@plantuml", "core")
_ENGINE = "plantuml.js"
_START_UP_SECONDS = 60.0
# V8 gives memory back late; a new process now and then keeps a run of any length within bounds.
_DRAWINGS_PER_PROCESS = 250

T = TypeVar("T")


class JavaScriptCarrier:
    """Draws SVG in one child process for many texts; it is restarted once when it dies."""

    name = "javascript"
    native_formats: tuple[str, ...] = ("svg",)

    def __init__(self, options: PlantUmlOptions) -> None:
        self._options = options
        self._worker: WorkerProcess | None = None
        self._drawn = 0
        self._broken: str | None = None
        self._finalizer: weakref.finalize[..., JavaScriptCarrier] | None = None

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
        if importlib.util.find_spec(_LIBRARY) is None:
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
        answer = self._answer(text, timeout)
        if answer.problem is not None:
            # Whatever state PlantUML was left in, the next text starts afresh.
            self.close()
            raise CarrierError(answer.problem)
        return answer.results[0]

    def close(self) -> None:
        """End the child process; what did not start is tried anew afterwards."""
        self._worker, self._broken = None, None
        if self._finalizer is not None:
            self._finalizer()

    def _answer(self, text: str, timeout: float) -> Answer:
        for is_last in (False, True):
            worker = self._ready_worker()
            self._drawn += 1
            try:
                return _within(timeout, worker, partial(worker.ask, text))
            except TimeoutError:
                self.close()
                raise CarrierError(f"PlantUML did not finish within {timeout:g} seconds") from None
            except WorkerDiedError as death:
                self.close()
                if is_last:
                    raise CarrierError(f"PlantUML died twice over it: {death}") from None
            except BaseException:
                self.close()
                raise
        raise AssertionError("unreachable")

    def _ready_worker(self) -> WorkerProcess:
        if self._drawn >= _DRAWINGS_PER_PROCESS or (self._worker is not None and not self._worker.is_own):
            self.close()
        if self._worker is None:
            self._worker = self._started()
            self._drawn = 0
        return self._worker

    def _started(self) -> WorkerProcess:
        if self._broken is not None:
            raise CarrierError(self._broken)
        package = self._existing_package()
        try:
            worker = WorkerProcess(_SCRIPT, _LIBRARY, str(package))
        except (LibraryMissingError, OSError) as error:
            raise CarrierError(f"no process can be started for V8: {error}") from None
        self._finalizer = weakref.finalize(self, worker.close)
        try:
            _within(_START_UP_SECONDS, worker, worker.greet)
        except TimeoutError:
            self._broken = f"PlantUML did not start within {_START_UP_SECONDS:g} seconds"
        except LibraryMissingError as error:
            self._broken = f"{package} cannot be used: {error}"
        except WorkerDiedError as death:
            self._broken = f"PlantUML does not start: {death}"
        except BaseException:
            self._finalizer()
            raise
        else:
            return worker
        self._finalizer()
        raise CarrierError(self._broken)

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


def _within(seconds: float, worker: WorkerProcess, work: Callable[[], T]) -> T:
    """What some work with a worker returns; `TimeoutError` and a dead worker if it takes longer."""
    late = threading.Event()

    def end() -> None:
        late.set()
        worker.kill()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        return work()
    except WorkerDiedError:
        if late.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()

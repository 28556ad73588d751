"""Loads a study with the files that are about to be written, in a fresh process, before any is replaced.

A build, a rename and a merge call it.

The files lie in a temporary folder, over links to the rest of the study.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from codeable.errors import CodeableError, reason_of

_LOAD = """\
import os
import pkgutil
import sys
sys.path.remove("") if "" in sys.path else None
from codeable.errors import CodeableError
from codeable.loading import load_folder
try:
    registry = load_folder(sys.argv[1], pass_closed=True)
    answer = pkgutil.resolve_name(sys.argv[3])(registry) if sys.argv[3] else ""
except CodeableError as error:
    sys.exit(error.message)
except KeyboardInterrupt:
    sys.exit("interrupted")
with open(sys.argv[2] + ".part", "x", encoding="utf-8") as file:
    file.write(answer)
os.rename(sys.argv[2] + ".part", sys.argv[2])
os._exit(0)  # threads of the study's modules may run on
"""
_NOT_NEEDED = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__"})


@frozen
class TrialLoad:
    """What became of a trial.

    Attributes:
        reason: Why the study would not load; None when it loads.
        answer: What the function said that was asked about the study.
    """

    reason: str | None
    answer: str = ""


def why_not_loaded(folder: Path, files: Mapping[str, bytes | None]) -> str | None:
    """Why a study would not load with some files changed; none when it loads. See `trial_load`."""
    return trial_load(folder, files).reason


def trial_load(folder: Path, files: Mapping[str, bytes | None], question: str = "") -> TrialLoad:
    """Load a study with some files changed.

    Args:
        folder: The study's folder; it need not exist.
        files: Path from the folder on → the file, none for one that goes.
        question: A function that is asked about the study that was loaded, as ``module:function``: it gets
            the registry and gives a text.

    Raises:
        CodeableError: The temporary folder cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="codeable-") as name:
            trial = Path(name).resolve() / (folder.resolve().name or "study")
            trial.mkdir()
            _lay_over(folder, trial, files)
            reason, answer = _outcome(trial, Path(name).resolve(), question)
    except (OSError, UnicodeError) as error:  # a name that the file system cannot hold
        raise CodeableError(f"the study cannot be tried before it is written: {reason_of(error)}") from error
    if reason is None:
        return TrialLoad(None, answer)
    here = "" if folder == Path() else f"{folder}{os.sep}"
    return TrialLoad(reason.replace(f"{trial}{os.sep}", here).replace(str(trial), str(folder)))


def _outcome(trial: Path, work: Path, question: str) -> tuple[str | None, str]:
    """Why a fresh process does not load a study to its end, none when it does; and its answer.

    Args:
        trial: The study's folder.
        work: A folder for what the process reports. A child of the study could keep a pipe open.
        question: As for `trial_load`.
    """
    loaded, messages = work / "loaded", work / "messages"
    with messages.open("wb") as stderr:
        done = subprocess.run(
            [sys.executable, "-c", _LOAD, str(trial), str(loaded), question],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            check=False,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"},
        )
    if loaded.exists():
        return None, loaded.read_text(encoding="utf-8")
    shown = messages.read_text(encoding="utf-8", errors="replace").strip()
    return shown or f"a module ended the process with the exit status {done.returncode}", ""


def _lay_over(folder: Path, trial: Path, files: Mapping[str, bytes | None]) -> None:
    """Write the files into a folder, and link the rest of the study there."""
    below: dict[str, dict[str, bytes | None]] = {}
    for path, data in files.items():
        first, _, rest = path.partition("/")
        below.setdefault(first, {})[rest] = data
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    for entry in entries:
        is_closed = entry.is_dir() and not os.access(entry, os.R_OK | os.X_OK)  # nothing is loaded from it
        if entry.name not in below and entry.name not in _NOT_NEEDED and not is_closed:
            _link(entry, trial / entry.name)
    for name, changed in below.items():
        if "" in changed:
            data = changed[""]
            if data is not None:
                (trial / name).write_bytes(data)
            continue
        (trial / name).mkdir()
        _lay_over(folder / name, trial / name, changed)


def _link(entry: Path, link: Path) -> None:
    try:
        link.symlink_to(entry.absolute(), target_is_directory=entry.is_dir())
    except OSError:  # a system that lets nobody make links
        if entry.is_dir():
            shutil.copytree(entry, link)
        else:
            shutil.copy2(entry, link)

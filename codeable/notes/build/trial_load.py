"""Loads a study with the files that a build is about to write, in a fresh process, before any is replaced.

The files lie in a temporary folder, over links to the rest of the study.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from codeable.errors import CodeableError, reason_of

_LOAD = """\
import os
import sys
sys.path.remove("") if "" in sys.path else None
from codeable.errors import CodeableError
from codeable.loading import load_folder
try:
    load_folder(sys.argv[1], pass_closed=True)
except CodeableError as error:
    sys.exit(error.message)
except KeyboardInterrupt:
    sys.exit("interrupted")
open(sys.argv[2], "x").close()
os._exit(0)  # threads of the study's modules may run on
"""
_NOT_NEEDED = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__"})


def why_not_loaded(folder: Path, files: Mapping[str, bytes | None]) -> str | None:
    """Why a study would not load with some files changed; none when it loads.

    Args:
        folder: The study's folder; it need not exist.
        files: Path from the folder on → the file, none for one that goes.

    Raises:
        CodeableError: The temporary folder cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="codeable-") as name:
            trial = Path(name).resolve() / (folder.resolve().name or "study")
            trial.mkdir()
            _lay_over(folder, trial, files)
            reason = _failure(trial, Path(name).resolve())
    except (OSError, UnicodeError) as error:  # a name that the file system cannot hold
        raise CodeableError(f"the study cannot be tried before it is written: {reason_of(error)}") from error
    if reason is None:
        return None
    here = "" if folder == Path() else f"{folder}{os.sep}"
    return reason.replace(f"{trial}{os.sep}", here).replace(str(trial), str(folder))


def _failure(trial: Path, work: Path) -> str | None:
    """Why a fresh process does not load a study to its end; none when it does.

    Args:
        trial: The study's folder.
        work: A folder for what the process reports. A child of the study could keep a pipe open.
    """
    loaded, messages = work / "loaded", work / "messages"
    with messages.open("wb") as stderr:
        done = subprocess.run(
            [sys.executable, "-c", _LOAD, str(trial), str(loaded)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            check=False,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"},
        )
    if loaded.exists():
        return None
    shown = messages.read_text(encoding="utf-8", errors="replace").strip()
    return shown or f"a module ended the process with the exit status {done.returncode}"


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

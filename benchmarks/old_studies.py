"""Runs every CodeableModels study of a folder with two versions of codeable and compares what they write.

    python benchmarks/old_studies.py STUDIES --base ../earlier/.venv/bin/python [--python PYTHON] [--check]
    python benchmarks/old_studies.py --made 200 --base ../earlier/.venv/bin/python

Each folder in STUDIES is a study (a clone, an unpacked archive). Each of its files that imports the renderer
is run as a program, in a copy of the study, by both versions; every file that a run writes is compared byte
by byte. `--made N` writes N random studies and runs these, in both formats. A row is printed for each program
that differs, and for each that only one version runs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from old_study_maker import write_old_study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAME, BOTH_FAIL, FIXED = "the same", "both fail", "only the new one runs"
BROKEN, DIFFERS, UNSTEADY = "only the base runs", "differs", "differs in each run"
FORMATS = ("older", "current")
_RUNS_MORE = 8


class Outcome(NamedTuple):
    """What a run has written: its exit status, the first line of its errors, path → bytes."""

    status: int
    error: str
    files: dict[str, bytes]


def programs(study: Path) -> Iterator[Path]:
    """The files of a study that draw: they import the renderer, or are `__main__.py` files."""
    for path in sorted(study.rglob("*.py")):
        folders = path.relative_to(study).parts[:-1]
        if any(part.startswith(".") or part in ("plant_uml_renderer", "site-packages") for part in folders):
            continue
        if path.name == "__main__.py" or b"plant_uml_renderer" in path.read_bytes():
            yield path.relative_to(study)


def run(python: str, study: Path, program: Path, words: list[str], timeout: float) -> Outcome:
    """Run a program of a study in a fresh copy of it; the copy has the same path in every run."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(tempfile.gettempdir(), f"old-study-{os.getpid()}")
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(study, place, symlinks=True)
        (place / ".git").mkdir(exist_ok=True)
        before = contents(place)
        call = [python, "-m", "codeable", "compat", "run", "--no-images", *words, str(place / program)]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
        try:
            done = subprocess.run(
                call, cwd=folder, env=environment, capture_output=True, timeout=timeout, check=False
            )
            status, error = done.returncode, first_line(done.stderr)
        except subprocess.TimeoutExpired:
            status, error = -1, f"not done after {timeout:g} s"
        after = contents(place)
        shutil.rmtree(place, ignore_errors=True)
    return Outcome(status, error, {name: data for name, data in after.items() if before.get(name) != data})


def contents(folder: Path) -> dict[str, bytes]:
    """Path → bytes of all files of a folder, without what Python compiles."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    }


def first_line(text: bytes) -> str:
    """The first line that says something."""
    lines = [line for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[0].strip() if lines else ""


def compared(base: Outcome, new: Outcome) -> tuple[str, list[str]]:
    """The verdict on two runs, with what differs in words."""
    if base.status and new.status:
        return BOTH_FAIL, [new.error]
    if base.status:
        return FIXED, [f"base: {base.error}"]
    if new.status:
        return BROKEN, [new.error]
    names = sorted({*base.files, *new.files})
    different = [name for name in names if base.files.get(name) != new.files.get(name)]
    return (DIFFERS, different) if different else (SAME, [])


def run_corrected(given: argparse.Namespace, *what: Any) -> Outcome:
    """Run the base; its files say NEW instead of OLD for each correction `OLD=NEW`."""
    base = run(given.base, *what)
    files = base.files
    for correction in given.corrected:
        old, _, new = correction.partition("=")
        files = {name: data.replace(old.encode(), new.encode()) for name, data in files.items()}
    return base._replace(files=files)


def is_unsteady(base: Outcome, names: list[str], again: Callable[[], Outcome]) -> bool:
    """Whether the base itself writes these files otherwise in another run, as with elements of a set."""
    return any(set(names) <= set(compared(base, again())[1]) for _ in range(_RUNS_MORE))


def studies(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Each study of a folder with each of its programs."""
    for study in sorted(path for path in folder.iterdir() if path.is_dir()):
        for program in programs(study):
            yield study, program


def compare(folder: Path, given: argparse.Namespace, formats: tuple[str | None, ...]) -> bool:
    """Run all programs with both versions, print what differs and the numbers; whether nothing is lost."""
    verdicts: Counter[str] = Counter()
    texts = 0
    for study, program in studies(folder):
        for text_format in formats:
            words = list(given.option) + (["--format", text_format] if text_format else [])
            what = (study, program, words, given.timeout)
            run_base = partial(run_corrected, given, *what)
            base, new = run_base(), run(given.python, *what)
            verdict, details = compared(base, new)
            if verdict == DIFFERS and is_unsteady(base, details, run_base):
                verdict = UNSTEADY
            verdicts[verdict] += 1
            texts += len(base.files)
            if verdict not in (SAME, BOTH_FAIL) or given.each:
                which = " ".join(filter(None, (f"{study.name}/{program}", text_format)))
                print("\n    ".join([f"{which}: {verdict}", *details]))
    print(f"{sum(verdicts.values())} runs, {texts} files written by the base")
    print(*(f"  {count:5} {verdict}" for verdict, count in verdicts.most_common()), sep="\n")
    return not verdicts[DIFFERS] and not verdicts[BROKEN]


def _program(name: str) -> str:
    """A program by an absolute path, since the runs have other current folders; links stay links."""
    return str(Path(name).absolute()) if os.sep in name else name


def main() -> int:
    """Read the command line and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of studies")
    parser.add_argument("--base", required=True, type=_program, help="the Python of the earlier version")
    parser.add_argument(
        "--python", default=sys.executable, type=_program, help="that of the new version; this one by default"
    )
    parser.add_argument("--made", type=int, default=0, help="write and run so many random studies")
    parser.add_argument("--seed", type=int, default=0, help="the first seed of these")
    parser.add_argument(
        "--option", action="append", default=[], help="an option of both commands, such as --path=DIR"
    )
    parser.add_argument(
        "--corrected",
        action="append",
        default=[],
        metavar="OLD=NEW",
        help="a text of the base that was wrong, such as 'Next; requiredness unspecified=Next'",
    )
    parser.add_argument("--timeout", type=float, default=120, help="seconds that a run may take")
    parser.add_argument("--each", action="store_true", help="print a row for each program")
    parser.add_argument("--check", action="store_true", help="exit 1 when a text differs")
    given = parser.parse_args()
    if given.folder is None and not given.made:
        parser.error("name a folder of studies, or a number of studies to be made")
    kept = compare(given.folder, given, (None,)) if given.folder else True
    if given.made:
        with tempfile.TemporaryDirectory() as folder:
            for seed in range(given.seed, given.seed + given.made):
                write_old_study(Path(folder, f"made{seed:04}"), seed)
            kept = compare(Path(folder), given, FORMATS) and kept
    return 1 if given.check and not kept else 0


if __name__ == "__main__":
    sys.exit(main())

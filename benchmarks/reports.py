"""How long the tables of a study take, beside loading it.

    python benchmarks/reports.py [--folder FOLDER] [--repeat 3] [--each] [--check]

Makes every table of the study of `benchmarks/study.py` (300 sources with 30 codes each, 7 MB of notes) that
is made when none is named, and writes it in every format, into memory. That is done twice, in fresh
processes: with the modules alone, beside the time of loading them, and with the notes, beside the time of
loading modules and notes. ``--each`` shows the tables one by one. ``--check`` exits with 1 when all tables
together take three times as long or longer. A ``--folder`` is kept, and used again when it holds the study.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from study import write_study

MOST = 3.0
SHOWN = 0.01
LOADING = "loading"
SHARED = "codes and passages"
ROWS = ": rows"


def measure(folder: Path, *, with_notes: bool) -> dict[str, float]:
    """The processor time of loading the study, and of each table."""
    from codeable import load
    from codeable.coded.coded_study import CodedStudy
    from codeable.notes.files import notes_of_study
    from codeable.reports.catalogue import definitions, make
    from codeable.reports.formats.html_tables import tables_page

    seconds: dict[str, float] = {}
    last = time.process_time()

    def lap(what: str) -> None:
        nonlocal last
        now = time.process_time()
        seconds[what] = seconds.get(what, 0.0) + now - last
        last = now

    study = load(folder)
    notes = notes_of_study(folder, study.settings) if with_notes else ()
    lap(LOADING)
    coded = CodedStudy(study, notes)
    _ = coded.codes, coded.passages, coded.messages
    lap(SHARED)
    tables = []
    every = definitions(coded)
    lap("list of reports")
    for definition in every:
        if definition.family == "table" and definition.is_default:
            name = definition.part_of or definition.name
            tables.append(make(coded, definition))
            lap(f"{name}{ROWS}")
            for ending in ("tex", "md", "csv"):
                for _ in tables[-1].files((ending,)):
                    pass
                lap(f"{name}: {ending}")
    tables_page("Tables", tables)
    lap("page of all tables")
    return seconds


def measured(folder: Path, repeat: int, *, with_notes: bool) -> dict[str, float]:
    """The medians of several processes."""
    command = [sys.executable, __file__, "--measure", str(folder), *(["--notes"] if with_notes else [])]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(repeat)
    ]
    return {what: statistics.median(run[what] for run in runs) for what in runs[0]}


def compared(folder: Path, repeat: int, *, each: bool) -> bool:
    """Print what was measured; whether the target is met."""
    is_met = True
    for with_notes in (False, True):
        seconds = measured(folder, repeat, with_notes=with_notes)
        loading = seconds.pop(LOADING)
        tables = sum(seconds.values())
        made = sum(time_of_one for name, time_of_one in seconds.items() if name.endswith((ROWS, SHARED)))
        mark = "ok" if tables < MOST * loading else "MISSED"
        what = "modules and notes" if with_notes else "modules alone"
        print(
            f"{what}: loading {loading:.2f} s; all tables {made:.2f} s, {made / loading:.2f} times; "
            f"with every format {tables:.2f} s, {tables / loading:.2f} times (most {MOST:.0f})  {mark}",
            flush=True,
        )
        if each:
            for name, time_of_one in sorted(seconds.items(), key=lambda one: -one[1]):
                if time_of_one >= SHOWN:
                    print(f"  {name:<34}{time_of_one:>8.3f}")
        is_met = is_met and mark == "ok"
    return is_met


def main() -> int:
    """Write the study, measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folder", type=Path, help="where the study is kept")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--notes", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure, with_notes=given.notes)))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.folder or Path(temporary, "study")).resolve()
        if not (folder / "models").is_dir():
            write_study(folder)
        is_met = compared(folder, given.repeat, each=given.each)
    return 1 if given.check and not is_met else 0


if __name__ == "__main__":
    sys.exit(main())

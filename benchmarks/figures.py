"""Measure the figures of invented decision studies by geometry, before and after.

    python benchmarks/figures.py [--python OTHER/bin/python] [--study FOLDER ...] [--option=--layout ...]

The figures are drawn with the `codeable` of this Python and of each other that is named, on screen and at
84 and 178 mm on pages of 240 mm, and their SVGs are measured. With ``--check`` the exit status is 1 when a
figure drawn with this Python misses a target.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from figure_faults import Decision, decisions_of, measure, size_of
from figure_geometry import read_picture
from figure_studies import write_studies

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES = {
    "screen": (),
    "84 mm": ("--style", "paper", "--width", "84mm"),
    "178 mm": ("--style", "paper", "--width", "178mm"),
}
WIDTHS = {"screen": None, "84 mm": 84.0, "178 mm": 178.0}
COLUMNS = (
    "figures",
    "fit",
    "parts",
    "thin parts",
    "texts",
    "nearer",
    "within 6 pt",
    "crossings",
    "inversions",
    "cut words",
    "texts on texts",
    "texts on borders",
    "texts on lines",
    "not found",
    "no line",
)
"""What is counted; `figures`, `fit`, `parts` and `texts` are no faults."""


def draw(python: str, study: Path, decisions: Sequence[Decision], out: Path, options: Sequence[str]) -> None:
    """Draw the figures of the decisions of a study, with the `codeable` of a Python."""
    views = [part for each in decisions for part in ("--view", each.view)]
    command = [python, "-m", "codeable.render", str(study.resolve()), "--quiet", "--format", "svg"]
    done = subprocess.run(
        [*command, "--out", str(out), *views, *options], capture_output=True, text=True, cwd=out.parent
    )
    failed = [line for line in done.stderr.splitlines() + done.stdout.splitlines() if "failed" in line]
    for line in failed[:5]:
        print(line, file=sys.stderr)


def parts_of(out: Path, view: str) -> list[Path]:
    """The files of a figure, in order."""
    first = out / f"{view}.svg"
    rest = sorted(out.glob(f"{view}-[0-9]*.svg"), key=lambda path: int(path.stem.rpartition("-")[2]))
    return [first, *rest] if first.exists() else []


def table(title: str, rows: dict[str, Counter[str]]) -> None:
    """Print one table."""
    print(f"\n{title}")
    wide = max(map(len, rows)) + 2
    print(" " * wide + "  ".join(COLUMNS))
    for name, counts in rows.items():
        print(f"{name:{wide}}" + "  ".join(f"{counts[each]:{len(each)}}" for each in COLUMNS))


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", action="append", default=[], help="Python of another version")
    parser.add_argument("--study", action="append", type=Path, help="a study instead of the invented ones")
    parser.add_argument("--size", action="append", choices=SIZES)
    parser.add_argument("--option", action="append", default=[], help="a further option of the command")
    parser.add_argument("--decisions", type=int, default=26)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", action="store_true", help="print each figure that misses a target")
    parser.add_argument("--keep", type=Path, help="keep the figures in this folder")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        invented = write_studies(folder / "studies", decisions=given.decisions, seed=given.seed)[:3]
        for study in map(Path.resolve, given.study or invented):
            decisions = decisions_of(study)
            rows: dict[str, Counter[str]] = {}
            for number, python in enumerate((*given.python, sys.executable)):
                for size in given.size or SIZES:
                    out = (given.keep or folder) / f"{study.name}-{size.replace(' ', '')}-{number}"
                    out.parent.mkdir(parents=True, exist_ok=True)
                    options = given.option if python == sys.executable else ()
                    draw(python, study, decisions, out, (*SIZES[size], *options))
                    total: Counter[str] = Counter()
                    for decision in decisions:
                        files = parts_of(out, decision.view)
                        counts = measure(decision, files, WIDTHS[size]) if files else Counter(figures=1)
                        faults = {each: counts[each] for each in COLUMNS[5:] if counts[each]}
                        is_bad = bool(faults or not counts["fit"] or counts["thin parts"])
                        missed |= is_bad and python == sys.executable
                        if given.each and is_bad and python == sys.executable:
                            sizes = ", ".join(map(size_of, map(read_picture, files)))
                            print(f"{study.name} {decision.view}, {size}: {sizes} {faults}")
                        total.update(counts)
                    rows[f"{'after' if python == sys.executable else 'before'}, {size}"] = total
            table(f"{study.name}: {len(decisions)} decisions", rows)
    sys.exit(1 if given.check and missed else 0)


if __name__ == "__main__":
    main()

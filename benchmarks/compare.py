"""Compare our kernel with the floor: time, memory, growth, and the time of ``import codeable``.

    python benchmarks/compare.py [--sizes 1000 10000 100000] [--repeat 5] [--check]

Every measurement runs in a fresh process and counts processor time; floor and ours take turns, so that a
busy machine slows both. The tables show medians; a ratio is the median of the ratios of the turns. The growth
exponent is the slope between the smallest and the largest size on logarithmic scales: 1 is linear, 2
quadratic; how far ours lies above the floor's follows from the growth of the ratio. With ``--check`` the exit
status is 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MODELS = {"floor": ["floor.py"], "ours": ["ours.py", "kernel"], "ours, dsl": ["ours.py", "dsl"]}
MEMORY = "bytes per element"
PHASES = ("build", "connected set", "evidence", "PlantUML text")
MOST_TIMES = {"build": 3.0, "connected set": 3.0, "evidence": 3.0, "PlantUML text": 2.0, MEMORY: 2.0}
MOST_EXPONENT = 0.05
MOST_IMPORT_MS = 60.0
IMPORT = "import time; t = time.process_time(); import codeable; print(time.process_time() - t)"


def measured(command: list[str]) -> Any:
    """What a fresh process reports."""
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


class Figures(dict[str, list[dict[str, float]]]):
    """The figures at one size: for each model one dict of figures per turn."""

    def median(self, model: str, figure: str) -> float | None:
        """The median of a figure."""
        found = [turn[figure] for turn in self[model] if figure in turn]
        return statistics.median(found) if found else None

    def ratio(self, model: str, figure: str) -> float | None:
        """How many times the floor's figure a model's figure is."""
        turns = zip(self[model], self["floor"], strict=True)
        found = [ours[figure] / floor[figure] for ours, floor in turns if figure in ours and floor[figure]]
        return statistics.median(found) if found else None


def measure(size: int, repeat: int) -> Figures:
    """The figures of each model at one size."""
    found = Figures({model: [] for model in MODELS})
    for turn in range(repeat):
        for model, (script, *rest) in MODELS.items():
            progress(f"{size:>8,} {turn + 1}/{repeat} {model:<10}")
            report = measured([str(HERE / script), str(size), *rest])
            figures = dict(report["seconds"])
            if MEMORY in report:
                figures[MEMORY] = report[MEMORY]
            found[model].append(figures)
    progress("")
    return found


def progress(text: str) -> None:
    """Show on a terminal what is being measured."""
    if sys.stderr.isatty():
        print(f"\r{text:<40}\r", end="", file=sys.stderr, flush=True)


def slope(first: float | None, last: float | None, growth: float) -> float | None:
    """The exponent with which something grows from ``first`` to ``last`` in ``growth``-fold a size."""
    return math.log(last / first) / math.log(growth) if first and last and growth > 1 else None


class Verdict:
    """What was measured against the targets."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def of(self, what: str, found: float | None, most: float) -> str:
        """A mark for a figure: empty when there is nothing to compare."""
        if found is None:
            return ""
        if found <= most:
            return "ok"
        self.missed.append(f"{what}: {found:.2f}, at most {most:.2f}")
        return "MISSED"


def cell(value: float | None, form: str, scale: float = 1) -> str:
    """A figure in a table, or a dash."""
    return "-".rjust(int(form.lstrip("+").split(".")[0])) if value is None else format(value * scale, form)


def text_model(phase: str) -> str:
    """The model that is compared in a phase: only the one with the vocabulary writes PlantUML text."""
    return "ours, dsl" if phase == "PlantUML text" else "ours"


def print_size(size: int, found: Figures, verdict: Verdict) -> None:
    """The table of one size."""
    print(f"\nN = {size:,}")
    print(f"  {'':<20}{'floor':>11}{'ours':>11}{'x':>7}{'most':>6}          {'ours, dsl':>11}{'x':>7}")
    for figure, most in MOST_TIMES.items():
        scale, unit = (1, "") if figure == MEMORY else (1000, ", ms")
        ratio = found.ratio(text_model(figure), figure)
        mark = verdict.of(f"{figure} at N = {size:,}", ratio, most)
        print(
            f"  {figure + unit:<20}{cell(found.median('floor', figure), '11.1f', scale)}"
            f"{cell(found.median('ours', figure), '11.1f', scale)}{cell(found.ratio('ours', figure), '7.2f')}"
            f"{most:>6.1f}  {mark:<8}{cell(found.median('ours, dsl', figure), '11.1f', scale)}"
            f"{cell(found.ratio('ours, dsl', figure), '7.2f')}"
        )
    for phase in ("registry", "text with evidence"):
        median = found.median("ours, dsl", phase)
        if median is not None:
            print(f"  {f'{phase}, ms':<24}{cell(median, '52.1f', 1000)}")


def print_growth(results: dict[int, Figures], verdict: Verdict) -> None:
    """The table of growth exponents."""
    small, large = min(results), max(results)
    growth = large / small
    print(f"\ngrowth exponent, N = {small:,} to {large:,}")
    print(f"  {'':<20}{'floor':>11}{'ours':>11}{'above':>7}{'most':>6}")
    for phase in PHASES:
        model = text_model(phase)
        floor, ours = (
            slope(results[small].median(one, phase), results[large].median(one, phase), growth)
            for one in ("floor", model)
        )
        above = slope(results[small].ratio(model, phase), results[large].ratio(model, phase), growth)
        mark = verdict.of(f"growth of {phase}", above, MOST_EXPONENT)
        print(
            f"  {phase:<20}{cell(floor, '11.2f')}{cell(ours, '11.2f')}{cell(above, '+7.2f')}"
            f"{MOST_EXPONENT:>6.2f}  {mark}"
        )


def print_import(repeat: int, verdict: Verdict) -> None:
    """The time of ``import codeable`` in a fresh interpreter."""
    times = [measured(["-c", IMPORT]) * 1000 for _ in range(max(5, repeat))]
    found = statistics.median(times)
    mark = verdict.of("import codeable, ms", found, MOST_IMPORT_MS)
    print(f"\nimport codeable: {found:.1f} ms over a bare interpreter, at most {MOST_IMPORT_MS:.0f}  {mark}")


def main() -> int:
    """Measure, print the tables, and return 1 when a target is missed and --check is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument(
        "--repeat", type=int, default=5, help="runs at each size; three times as many below 5,000"
    )
    parser.add_argument("--check", action="store_true", help="exit 1 when a target is missed")
    given = parser.parse_args()
    verdict = Verdict()
    results = {}
    for size in sorted(given.sizes):
        results[size] = measure(size, given.repeat * 3 if size < 5_000 else given.repeat)
        print_size(size, results[size], verdict)
    if len(results) > 1:
        print_growth(results, verdict)
    print_import(given.repeat, verdict)
    print("\nall targets reached" if not verdict.missed else "\nmissed:\n  " + "\n  ".join(verdict.missed))
    return 1 if verdict.missed and given.check else 0


if __name__ == "__main__":
    sys.exit(main())

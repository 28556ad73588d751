"""Compare our kernel with the floor: time, memory, growth, and the time of ``import codeable``.

    python benchmarks/compare.py [--sizes 1000 10000 100000] [--repeat 5] [--check]

Every measurement runs in a fresh process; floor and ours take turns, so that a busy machine slows both; the
tables show medians. The growth exponent is the slope between the smallest and the largest size on
logarithmic scales: 1 is linear, 2 quadratic. With ``--check`` the exit status is 1 when a target is missed.
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
PHASES = ("build", "connected set", "evidence", "PlantUML text")
MOST_TIMES = {"build": 3.0, "connected set": 3.0, "evidence": 3.0, "PlantUML text": 2.0}
MOST_MEMORY = 2.0
MOST_EXPONENT = 0.05
MOST_IMPORT_MS = 60.0
IMPORT = "import time; t = time.perf_counter(); import codeable; print(time.perf_counter() - t)"


def measured(command: list[str]) -> Any:
    """What a fresh process reports."""
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def medians(reports: list[Any]) -> dict[str, float]:
    """The median of each figure over repeated runs."""
    figures: dict[str, list[float]] = {}
    for report in reports:
        for name, seconds in report["seconds"].items():
            figures.setdefault(name, []).append(seconds)
        if "bytes per element" in report:
            figures.setdefault("bytes per element", []).append(report["bytes per element"])
    return {name: statistics.median(found) for name, found in figures.items()}


def measure(size: int, repeat: int) -> dict[str, dict[str, float]]:
    """The medians of each model at one size."""
    reports: dict[str, list[Any]] = {model: [] for model in MODELS}
    for turn in range(repeat):
        for model, (script, *rest) in MODELS.items():
            progress(f"{size:>8,} {turn + 1}/{repeat} {model:<10}")
            reports[model].append(measured([str(HERE / script), str(size), *rest]))
    progress("")
    return {model: medians(found) for model, found in reports.items()}


def progress(text: str) -> None:
    """Show on a terminal what is being measured."""
    if sys.stderr.isatty():
        print(f"\r{text:<40}\r", end="", file=sys.stderr, flush=True)


def ratio(found: dict[str, dict[str, float]], model: str, figure: str) -> float | None:
    """How many times the floor's figure a model's figure is."""
    ours, floor = found[model].get(figure), found["floor"].get(figure)
    return ours / floor if ours is not None and floor else None


def exponent(results: dict[int, dict[str, dict[str, float]]], model: str, figure: str) -> float | None:
    """The growth exponent of a figure from the smallest to the largest size."""
    small, large = min(results), max(results)
    first, last = results[small][model].get(figure), results[large][model].get(figure)
    if small == large or not first or not last:
        return None
    return math.log(last / first) / math.log(large / small)


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


def cell(value: float | None, form: str) -> str:
    """A figure in a table, or a dash."""
    return "-" if value is None else format(value, form)


def print_size(size: int, found: dict[str, dict[str, float]], verdict: Verdict) -> None:
    """The table of one size."""
    print(f"\nN = {size:,}")
    print(f"  {'':<20}{'floor':>11}{'ours':>11}{'x':>7}{'most':>6}          {'ours, dsl':>11}{'x':>7}")
    for phase in PHASES:
        model = "ours, dsl" if phase == "PlantUML text" else "ours"
        mark = verdict.of(f"{phase} at N = {size:,}", ratio(found, model, phase), MOST_TIMES[phase])
        row = [cell(_ms(found["floor"].get(phase)), "9.1f"), cell(_ms(found["ours"].get(phase)), "9.1f")]
        dsl = cell(_ms(found["ours, dsl"].get(phase)), "9.1f")
        print(
            f"  {phase + ', ms':<20}{row[0]:>11}{row[1]:>11}{cell(ratio(found, 'ours', phase), '.2f'):>7}"
            f"{MOST_TIMES[phase]:>6.1f}  {mark:<8}{dsl:>11}{cell(ratio(found, 'ours, dsl', phase), '.2f'):>7}"
        )
    name = "bytes per element"
    mark = verdict.of(f"{name} at N = {size:,}", ratio(found, "ours", name), MOST_MEMORY)
    print(
        f"  {name:<20}{cell(found['floor'].get(name), '9.0f'):>11}{cell(found['ours'].get(name), '9.0f'):>11}"
        f"{cell(ratio(found, 'ours', name), '.2f'):>7}{MOST_MEMORY:>6.1f}  {mark:<8}"
        f"{cell(found['ours, dsl'].get(name), '9.0f'):>11}{cell(ratio(found, 'ours, dsl', name), '.2f'):>7}"
    )
    if "registry" in found["ours, dsl"]:
        print(f"  {'registry, ms':<20}{'':>46}{_ms(found['ours, dsl']['registry']):>10.1f}")


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1000


def print_growth(results: dict[int, dict[str, dict[str, float]]], verdict: Verdict) -> None:
    """The table of growth exponents."""
    print(f"\ngrowth exponent, N = {min(results):,} to {max(results):,}")
    print(f"  {'':<20}{'floor':>11}{'ours':>11}{'above':>7}{'most':>6}")
    for phase in PHASES:
        model = "ours, dsl" if phase == "PlantUML text" else "ours"
        floor, ours = exponent(results, "floor", phase), exponent(results, model, phase)
        above = None if floor is None or ours is None else ours - floor
        mark = verdict.of(f"growth of {phase}", above, MOST_EXPONENT)
        print(
            f"  {phase:<20}{cell(floor, '.2f'):>11}{cell(ours, '.2f'):>11}{cell(above, '+.2f'):>7}"
            f"{MOST_EXPONENT:>6.2f}  {mark}"
        )


def print_import(repeat: int, verdict: Verdict) -> None:
    """The time of ``import codeable`` in a fresh interpreter."""
    times = [measured(["-c", IMPORT]) * 1000 for _ in range(max(5, repeat))]
    found = statistics.median(times)
    mark = verdict.of("import codeable, ms", found, MOST_IMPORT_MS)
    print(f"\nimport codeable: {found:.1f} ms over a bare interpreter, at most {MOST_IMPORT_MS:.0f}  {mark}")


def main() -> int:
    """Measure, print the tables, and tell whether the targets are reached."""
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

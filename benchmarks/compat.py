"""Builds and renders a model with the packages of CodeableModels studies, compared with kernel and floor.

    python benchmarks/compat.py [--size 10000] [--repeat 5] [--check]

Kernel and packages build the same model over the same kind of metamodel, the guidance metamodel with a coding
metamodel beside it. The packages write the text in both formats; the floor writes its own. Every measurement
runs in a fresh process; the table shows medians.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median

from compare import measured
from ours import build
from shape import Run, codes_of_sources

HERE = Path(__file__).parent
TARGETS = (
    ("build", "kernel", "build", 1.5),
    ("current text", "floor", "PlantUML text", 3.0),
    ("older text", "floor", "PlantUML text", 3.0),
)
"""What is measured, against what, and how many times that it may take."""


class OldVocabulary:
    """The names that a CodeableModels study imports, with a coding metamodel of its own."""

    def __init__(self) -> None:
        import codeable.compat

        codeable.compat.install(images=False)
        from codeable_models import CMetaclass
        from metamodels import guidance_metamodel as guidance

        self.practice, self.decision, self.option = guidance.practice, guidance.decision, guidance.option
        self.decision_solution_relation = guidance.decision_solution_relation
        self.source = CMetaclass("Source", attributes={"url": str, "title": str})
        code = CMetaclass("Code", attributes={"name": str, "description": str})
        code.association(self.source, "contains codes: [contained_code] * -> [evidence] *")
        for one in (guidance.decision, guidance.design_solution):
            one.superclasses = [*one.superclasses, code]


def main(n: int) -> None:
    """Measure the packages; writes one line of JSON."""
    run = Run(n)
    codes = codes_of_sources(n)
    words = OldVocabulary()
    run.start_of_build()
    practices, decisions, sources = run.phase("build", lambda: build(words, n, codes))
    run.end_of_build()
    from plant_uml_renderer import ObjectModelRenderer

    elements = [*decisions, *practices, *sources]
    renderer = ObjectModelRenderer()
    for text_format in ("current", "older"):
        renderer.format = text_format
        text = run.phase(f"{text_format} text", lambda: renderer.render_object_model(elements))
        run.notes[f"{text_format} bytes"] = len(text)
    run.report()


def compare(size: int, repeat: int) -> list[str]:
    """Measure all three in turns, print the table, and return the targets that are missed."""
    commands = {
        "floor": ["floor.py", str(size)],
        "kernel": ["ours.py", str(size), "kernel"],
        "compat": ["compat.py", "--measure", str(size)],
    }
    turns: dict[str, list[dict[str, float]]] = {name: [] for name in commands}
    for _ in range(repeat):
        for name, (script, *words) in commands.items():
            turns[name].append(measured([str(HERE / script), *words])["seconds"])
    print(f"N = {size:,}\n  {'':<14}{'compat':>12}{'against':>13}{'':>9}{'x':>6}{'most':>6}")
    missed = []
    for figure, other, their_figure, most in TARGETS:
        ours = [turn[figure] for turn in turns["compat"]]
        theirs = [turn[their_figure] for turn in turns[other]]
        factor = median(one / another for one, another in zip(ours, theirs, strict=True))
        print(
            f"  {figure:<14}{median(ours) * 1000:9.1f} ms{median(theirs) * 1000:10.1f} ms {other:<8}"
            f"{factor:6.2f}{most:6.1f}  {'ok' if factor <= most else 'MISSED'}"
        )
        if factor > most:
            missed.append(f"{figure}: {factor:.2f} times the {other}, at most {most}")
    return missed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--check", action="store_true", help="exit 1 when a target is missed")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        main(given.measure)
    else:
        sys.exit(1 if compare(given.size, given.repeat) and given.check else 0)

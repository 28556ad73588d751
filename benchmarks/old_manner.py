"""The same model through the front for studies written for CodeableModels, compared with kernel and floor.

    python benchmarks/old_manner.py [--size 10000] [--repeat 5] [--check]

Built on the kernel and through the front it is the same model over the same kind of metamodel, the
guidance metamodel with a coding metamodel beside it; the texts are in both formats, and the floor's text is
the one that the yardstick knows. Every measurement runs in a fresh process; the table shows medians.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from compare import cell, measured, medians
from ours import build
from shape import Run, codes_of_sources

HERE = Path(__file__).parent
MOST_BUILD = 1.5
MOST_TEXT = 3.0


class OldVocabulary:
    """What an old study imports, with the coding metamodel that it brings."""

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
    """Measure the front; writes one line of JSON."""
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
    """Measure all three in turns, print the table, and tell which targets are missed."""
    commands = {
        "floor": ["floor.py"],
        "kernel": ["ours.py", "kernel"],
        "front": ["old_manner.py", "--measure"],
    }
    reports: dict[str, list[Any]] = {name: [] for name in commands}
    for _ in range(repeat):
        for name, (script, *rest) in commands.items():
            words = [*rest, str(size)] if name == "front" else [str(size), *rest]
            reports[name].append(measured([str(HERE / script), *words]))
    found = {name: medians(each) for name, each in reports.items()}
    front = found["front"]
    rows = [
        ("build", "kernel", front["build"], found["kernel"]["build"], MOST_BUILD),
        ("current text", "floor", front["current text"], found["floor"]["PlantUML text"], MOST_TEXT),
        ("older text", "floor", front["older text"], found["floor"]["PlantUML text"], MOST_TEXT),
    ]
    print(f"N = {size:,}\n  {'':<14}{'front':>12}{'against':>12}{'':>9}{'x':>6}{'most':>6}")
    missed = []
    for name, other, ours, theirs, most in rows:
        factor = ours / theirs
        print(
            f"  {name:<14}{cell(ours * 1000, '9.1f'):>9} ms {cell(theirs * 1000, '9.1f'):>9} ms "
            f"{other:<8}{factor:>6.2f}{most:>6.1f}  {'ok' if factor <= most else 'MISSED'}"
        )
        if factor > most:
            missed.append(f"{name}: {factor:.2f} times the {other}, at most {most}")
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

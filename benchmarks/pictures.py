"""Draw 200 diagrams of 30 nodes and 200 decisions as rails: with nothing drawn before, and again.

    python benchmarks/pictures.py [--count 200] [--repeat 3] [--engine graphviz --engine plantuml] [--check]

Beside it stands what the bare tools need. For Graphviz that is `pygraphviz` alone, drawing the same texts in
as many processes as there are processors; for rails these are the final texts, and our time has the building,
measuring and arranging of the figures in it. For PlantUML by Java it is one run of the same jar or command
over the same files. Ours and bare take turns and start fresh processes each time; the tables show medians.
With ``--check`` the exit status is 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from figure_studies import real_shapes, write_decisions

from codeable.diagrams import (
    FigureOptions,
    View,
    build,
    dot_text,
    plantuml_text,
    style_named,
    views,
    visible_texts,
)
from codeable.diagrams.diagram import Diagram, Edge, EdgeKind, Node, NodeKind
from codeable.diagrams.layout import lay_out
from codeable.engines import Drawing, EngineError, engine, engine_states
from codeable.engines.cache import PictureCache, draw_cached
from codeable.engines.measuring import GraphvizMeasurer
from codeable.engines.pool import usable_processors
from codeable.loading import load_folder
from codeable.render.drawings import drawings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from codeable.registry import Registry

MOST_TIMES = 1.3
MOST_TIMES_RAILS = 2.0
MOST_NO_OP_SECONDS = 0.3
REPOSITORY = Path(__file__).parent.parent
BARE_GRAPHVIZ = """
import sys, pygraphviz
for path in sys.argv[1:]:
    graph = pygraphviz.AGraph(string=open(path, encoding="utf-8").read())
    graph.draw(format="svg", prog="dot")
    graph.close()
"""


def diagrams(count: int, nodes: int = 30, edges: int = 42) -> list[Diagram]:
    """As many different diagrams, with labels of three lines, accents, quotes and angle brackets."""
    chance = random.Random(1)
    made = []
    for number in range(count):
        boxes = tuple(
            Node(
                f"n_{n}",
                NodeKind("practice", "practice"),
                f'Prácticê λ {n} of "{number}" <with> a name over lines',
            )
            for n in range(nodes)
        )
        pairs = [(chance.randrange(nodes), chance.randrange(nodes)) for _ in range(edges)]
        arrows = tuple(
            Edge(f"n_{one}", f"n_{other}", EdgeKind("relation", "relation"), f"edge {n}")
            for n, (one, other) in enumerate(pairs)
        )
        style = style_named("screen")
        made.append(Diagram(f"d{number}", f"Diagram {number}", boxes, arrows, (), FigureOptions(), style))
    return made


def drawings(made: list[Diagram], language: str) -> list[Drawing]:
    """The texts of the diagrams, with the labels that must be found in the pictures."""
    write = dot_text if language == "dot" else plantuml_text
    return [
        Drawing(each.name, write(each), language, each.title, "", visible_texts(each))  # type: ignore[arg-type]
        for each in made
    ]


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def draw(name: str, asked: list[Drawing], cache: PictureCache) -> None:
    """Draw with one of our engines, as the main job does."""
    with engine(name) as drawer:
        for result in draw_cached(drawer, cache, asked, "svg"):
            if isinstance(result, EngineError):
                raise result


def decisions(folder: Path, count: int) -> tuple[Registry, list[View]]:
    """A study with as many decisions as hard as those of published studies."""
    chance = random.Random(1)
    write_decisions(folder, real_shapes(count, chance, relations=True), seed=1)
    registry = load_folder(folder)
    return registry, [view for view in views(registry) if view.kind == "decision"]


def draw_rails(registry: Registry, asked: list[View], cache: PictureCache) -> list[Drawing]:
    """Build, arrange and draw the decisions; gives their final texts."""
    made = []

    def arranged(measurer: GraphvizMeasurer) -> Iterator[Drawing]:
        for view in asked:
            layout = lay_out(partial(build, view, registry), FigureOptions(), measurer)
            made.extend(drawings_of(layout, view.file_name, "dot"))
            yield from made[-len(layout.parts) :]

    with engine("graphviz") as drawer:
        for result in draw_cached(drawer, cache, arranged(GraphvizMeasurer(drawer, cache)), "svg"):
            if isinstance(result, EngineError):
                raise result
    return made


def bare_graphviz(folder: Path) -> None:
    """The library alone, on all processors."""
    paths, jobs = sorted(folder.glob("*.dot")), usable_processors()
    command = [sys.executable, "-c", BARE_GRAPHVIZ]
    processes = [
        subprocess.Popen([*command, *map(str, paths[job::jobs])], stderr=subprocess.DEVNULL)
        for job in range(jobs)
    ]
    for process in processes:
        assert process.wait() == 0


def bare_plantuml(folder: Path) -> None:
    """The jar's or the command's own run over all files."""
    jar = os.environ.get("PLANTUML_JAR")
    program = ["java", "-Djava.awt.headless=true", "-jar", jar] if jar else ["plantuml"]
    files = map(str, sorted(folder.glob("*.puml")))
    subprocess.run([*program, "-tsvg", "-charset", "UTF-8", *files], check=True, capture_output=True)


def no_op() -> tuple[float, float]:
    """The main job on the repository's study when nothing changed, and the interpreter's bare start."""
    with tempfile.TemporaryDirectory() as folder:
        job = [sys.executable, "-m", "codeable.render", str(REPOSITORY), "--quiet", "--out", folder]
        subprocess.run(job, check=True)
        ours = statistics.median(seconds(lambda: subprocess.run(job, check=True)) for _ in range(7))
    bare = [sys.executable, "-c", "pass"]
    return ours, statistics.median(seconds(lambda: subprocess.run(bare, check=True)) for _ in range(7))


def compare(name: str, made: list[Diagram], repeat: int) -> float | None:
    """Print the table of one engine; gives how many times the bare tool's time it takes, if measured."""
    language = "dot" if name == "graphviz" else "plantuml"
    asked = drawings(made, language)
    bare_tool = {"graphviz": bare_graphviz, "plantuml": bare_plantuml}[name]
    is_comparable = name == "graphviz" or next(s for s in engine_states() if s.engine == name).ready
    cold, warm, bare = [], [], []
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as kept, tempfile.TemporaryDirectory() as folder:
            cache = PictureCache(Path(kept))
            for each in asked:
                Path(folder, f"{each.name}.{'dot' if language == 'dot' else 'puml'}").write_text(
                    each.text, encoding="utf-8"
                )
            cold.append(seconds(lambda cache=cache: draw(name, asked, cache)))
            warm.append(seconds(lambda cache=cache: draw(name, asked, cache)))
            if is_comparable:
                bare.append(seconds(lambda folder=folder: bare_tool(Path(folder))))
    print(f"{name}, {len(asked)} diagrams")
    print(f"  cold  {statistics.median(cold):7.2f} s\n  warm  {statistics.median(warm):7.2f} s")
    if not bare:
        return None
    ratio = statistics.median(ours / other for ours, other in zip(cold, bare, strict=True))
    print(f"  bare  {statistics.median(bare):7.2f} s\n  cold / bare {ratio:.2f} (at most {MOST_TIMES})")
    return ratio


def compare_rails(count: int, repeat: int) -> float:
    """Print the table of decisions as rails; gives how many times the bare library's time they take."""
    cold, warm, bare = [], [], []
    with tempfile.TemporaryDirectory() as study:
        registry, asked = decisions(Path(study), count)
        for _ in range(repeat):
            with tempfile.TemporaryDirectory() as kept, tempfile.TemporaryDirectory() as folder:
                cache, made = PictureCache(Path(kept)), []
                cold.append(seconds(lambda c=cache, m=made: m.extend(draw_rails(registry, asked, c))))
                warm.append(seconds(lambda c=cache: draw_rails(registry, asked, c)))
                for each in made:
                    Path(folder, f"{each.name}.dot").write_text(each.text, encoding="utf-8")
                bare.append(seconds(lambda folder=folder: bare_graphviz(Path(folder))))
    ratio = statistics.median(ours / other for ours, other in zip(cold, bare, strict=True))
    print(f"graphviz, {len(asked)} decisions as rails")
    print(f"  cold  {statistics.median(cold):7.2f} s\n  warm  {statistics.median(warm):7.2f} s")
    print(f"  bare  {statistics.median(bare):7.2f} s\n  cold / bare {ratio:.2f} (at most {MOST_TIMES_RAILS})")
    return ratio


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--engine", action="append", choices=("graphviz", "plantuml"))
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    made = diagrams(given.count)
    ready = {state.engine for state in engine_states() if state.ready}
    names = given.engine or [name for name in ("graphviz", "plantuml") if name in ready]
    ratios = [(compare(name, made, given.repeat), MOST_TIMES) for name in names]
    if "graphviz" in names:
        ratios.append((compare_rails(given.count, given.repeat), MOST_TIMES_RAILS))
    ours, bare = no_op()
    print(
        f"main job with nothing to do\n  {ours:.2f} s, {ours - bare:.2f} s over the interpreter's start",
        end=" ",
    )
    print(f"(at most {MOST_NO_OP_SECONDS})")
    missed = [ratio for ratio, most in ratios if ratio is not None and ratio > most]
    sys.exit(1 if given.check and (missed or ours - bare > MOST_NO_OP_SECONDS) else 0)


if __name__ == "__main__":
    main()

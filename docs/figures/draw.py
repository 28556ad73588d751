"""Draws the pictures of docs/figures.md and docs/architecture.md: `python docs/figures/draw.py`."""

from pathlib import Path

from codeable.diagrams import Diagram, build, dot_text, figure_options, find_view, views
from codeable.diagrams.fitting import fit
from codeable.engines import Drawing, engine
from codeable.engines.cache import PictureCache, cache_folder
from codeable.engines.sizes import measuring
from codeable.loading import load_folder
from codeable.registry import Registry

HERE = Path(__file__).parent
OUTPUT = HERE


def save(name: str, registry: Registry, view: str, **options: object) -> None:
    chosen = find_view(views(registry), view)
    with engine("graphviz") as graphviz:
        measure = measuring(graphviz, PictureCache(cache_folder()))
        figure = fit(lambda tried: build(chosen, registry, tried), figure_options(**options), measure)
    write(name, figure.diagram)
    if "width" in options:
        print(
            f"{name}: {figure.width_mm:.0f} x {figure.height_mm:.0f} mm, text from {figure.smallest_text:g} pt"
        )
    for warning in figure.warnings:
        print(warning)


def write(name: str, diagram: Diagram) -> None:
    with engine("graphviz") as graphviz:
        drawing = Drawing(name, dot_text(diagram), "dot", diagram.title, diagram.description)
        (picture,) = graphviz.draw([drawing], "svg")
    (OUTPUT / f"{name}.svg").write_bytes(picture.data)


def naive(name: str, registry: Registry, view: str, **options: object) -> None:
    """What comes of writing each element down as it is: no line broken, from top to bottom."""
    options = {"wrap": 200, "direction": "TB", "legend": False, "evidence": "none", **options}
    write(name, build(find_view(views(registry), view), registry, figure_options(**options)))


def architecture() -> None:
    """The picture of docs/architecture.md, from the DOT text beside it."""
    text = (HERE / "architecture.dot").read_text(encoding="utf-8")
    drawing = Drawing("architecture", text, "dot", "The way of the data through the layers of codeable")
    with engine("graphviz") as graphviz:
        (picture,) = graphviz.draw([drawing], "svg")
    (OUTPUT / "architecture.svg").write_bytes(picture.data)


def main() -> None:
    architecture()
    study = load_folder(HERE.parents[1])
    wide = load_folder(HERE / "study")
    naive("wide-before", wide, "hosting", forces="none")
    save("wide-after", wide, "hosting")
    save("forces-before", wide, "hosting", forces="nodes")
    naive("column-before", study, "communication_decision")
    save("column-after", study, "communication_decision", style="paper", width="84mm")
    save("two-columns", study, "infrastructure_decision", style="paper", width="178mm")


if __name__ == "__main__":
    main()

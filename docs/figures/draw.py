"""Draws the pictures of docs/figures.md: `python docs/figures/draw.py`."""

from pathlib import Path

from codeable.engines.measure import measuring

from codeable.diagrams import Diagram, build, dot_text, figure_options, find_view, views
from codeable.diagrams.fitting import fit
from codeable.engines import Drawing, engine
from codeable.engines.cache import PictureCache, cache_folder
from codeable.loading import load_folder
from codeable.registry import Registry

HERE = Path(__file__).parent


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
    (HERE / f"{name}.svg").write_bytes(picture.data)


def naive(name: str, registry: Registry, view: str, **options: object) -> None:
    """What comes of writing each element down as it is: no line broken, from top to bottom."""
    options = {"wrap": 200, "direction": "TB", "legend": False, "evidence": "none", **options}
    write(name, build(find_view(views(registry), view), registry, figure_options(**options)))


def main() -> None:
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

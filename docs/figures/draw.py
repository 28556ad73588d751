"""Draws the pictures of docs/figures.md and docs/architecture.md: `python docs/figures/draw.py`."""

import re
from pathlib import Path

import codeable
from codeable import Study
from codeable.engines import Drawing, engine

HERE = Path(__file__).parent
OUTPUT = HERE

PAPER = {"style": "paper"}
NAIVE = {"layout": "graph", "direction": "TB", "wrap": 200, "legend": False, "evidence": "none"}
"""What comes of writing each element down as it is: no line broken, from top to bottom."""

Colour = tuple[float, float, float]
EYES = {
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}
"""Linear RGB to linear RGB: Machado, Oliveira and Fernandes (2009), severity 1; the last is luminance."""


def save(name: str, study: Study, view: str, **options: object) -> None:
    figure = study.diagram(view, **options)
    figure.save(OUTPUT / f"{name}.svg")
    for message in figure.messages:
        print(f"{name}: {message}")


def seen_by(eyes: str, name: str) -> None:
    """The picture of that name, with the colours that these eyes see."""
    rows = EYES[eyes]

    def simulated(found: re.Match[str]) -> str:
        seen = linear(tuple(int(found[1][at : at + 2], 16) / 255 for at in (0, 2, 4)))
        mixed = [sum(part * each for part, each in zip(row, seen, strict=True)) for row in rows]
        return "#" + "".join(f"{round(255 * encoded(each)):02x}" for each in mixed)

    text = (OUTPUT / f"{name}.svg").read_text(encoding="utf-8")
    text = re.sub(r'(?<==")#([0-9a-f]{6})(?=")', simulated, text)
    (OUTPUT / f"{name}-{eyes}.svg").write_text(text, encoding="utf-8")


def linear(colour: Colour) -> list[float]:
    return [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour]


def encoded(value: float) -> float:
    value = min(max(value, 0.0), 1.0)
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def architecture() -> None:
    """The picture of docs/architecture.md, from the DOT text beside it."""
    text = (HERE / "architecture.dot").read_text(encoding="utf-8")
    drawing = Drawing("architecture", text, "dot", "The way of the data through the layers of codeable")
    with engine("graphviz") as graphviz:
        (picture,) = graphviz.draw([drawing], "svg")
    (OUTPUT / "architecture.svg").write_bytes(picture.data)


def main() -> None:
    architecture()
    study = codeable.load(HERE.parents[1])
    hard = codeable.load(HERE / "study")
    save("column-before", study, "communication_decision", **NAIVE)
    save("column-after", study, "communication_decision", width="84mm", **PAPER)
    save("two-columns", study, "infrastructure_decision", width="178mm", **PAPER)
    save("as-graph", study, "infrastructure_decision", layout="graph")
    save("relations", study, "infrastructure_decision", relations="graph", forces="none")
    save("matrix", hard, "ordering")
    save("matrix-column", hard, "ordering", width="84mm", **PAPER)
    save("lines", hard, "ordering", forces="lines")
    save("nodes", hard, "ordering", forces="nodes")
    for eyes in EYES:
        seen_by(eyes, "matrix")
    save("wide-before", hard, "hosting", forces="none", **NAIVE)
    save("wide-after", hard, "hosting", forces="none", width="178mm", **PAPER)
    save("components", hard, "shop", values=True)
    save("parts", hard, "hosting", width="84mm", **PAPER)


if __name__ == "__main__":
    main()

"""Draws the pictures of docs/reports.md: `python docs/figures/tables.py`. It needs pdflatex and pdftoppm."""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

import codeable

HERE = Path(__file__).parent
OUTPUT = HERE

TABLES: dict[str, dict[str, object]] = {
    "sources": {"rows": 6},
    "decisions": {"decisions": ["communication_decision"]},
    "forces": {"rows": 8},
    "forces_communication_decision": {},
    "codebook": {"rows": 6},
    "evidence": {"kinds": ["pattern", "practice"]},
    "frequency": {"rows": 8},
    "cooccurrence": {"rows": 8},
    "relations": {},
    "passages": {"rows": 4},
    "saturation": {},
    "saturation_runs": {},
}
"""The tables, each with options that make it small enough for a picture."""

DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage[textwidth=165mm,textheight=240mm]{geometry}
\usepackage{booktabs,tabularx,xltabular,threeparttable}
\pagestyle{empty}
\begin{document}
\input{table}
\end{document}
"""


def picture(latex: str) -> Image.Image:
    """The first page of a document with a table, without its white margins."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "table.tex").write_text(latex, encoding="utf-8")
        (folder / "document.tex").write_text(DOCUMENT, encoding="utf-8")
        compiled = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "document"]
        for _ in range(2):
            subprocess.run(compiled, cwd=folder, check=True, capture_output=True)
        drawn = ["pdftoppm", "-r", "130", "-gray", "-png", "-singlefile", "document.pdf", "page"]
        subprocess.run(drawn, cwd=folder, check=True)
        page = Image.open(folder / "page.png").convert("L")
        box = ImageChops.difference(page, Image.new("L", page.size, 255)).getbbox()
        assert box is not None
        left, top, right, bottom = box
        return page.crop((left - 15, top - 15, right + 15, bottom + 15))


def main() -> None:
    """Draw each table of the study in this repository."""
    study = codeable.load(HERE.parents[1])
    for name, options in TABLES.items():
        drawn = picture(study.tables.make(name, **options).to_latex())
        drawn.quantize(16).save(OUTPUT / f"table-{name}.png", optimize=True)


if __name__ == "__main__":
    main()

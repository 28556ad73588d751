"""Draws the pictures of docs/reports.md: `python docs/figures/reports.py`.

It needs pdflatex, pdftoppm and chromium.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

import codeable
from codeable.reports.formats.html_tables import tables_page

HERE = Path(__file__).parent
OUTPUT = HERE

Options = dict[str, dict[str, object]]

TABLES: Options = {
    "sources": {"rows": 5, "columns": ["id", "title", "url", "source_type", "example", "codes"]},
    "decisions": {"decisions": ["communication_decision"]},
    "forces": {"rows": 8},
    "forces_communication_decision": {},
    "evidence": {"kinds": ["pattern", "practice"]},
    "frequency": {"rows": 8},
    "cooccurrence": {"rows": 8},
    "relations": {},
    "passages": {"rows": 4},
    "saturation": {},
    "saturation_runs": {},
}
"""Tables of the study in this repository, each with options that make it small enough for a picture."""

TABLES_OF_CODERS: Options = {"codebook": {}, "memos": {}}
"""Tables of the study on the page of agreement, which has definitions and memos."""

PLOTS: Options = {
    "evidence": {"kinds": ["pattern", "practice"], "labels": "identifiers"},
    "frequency": {"kinds": ["pattern", "practice"], "rows": 10},
    "cooccurrence": {"kinds": ["pattern", "practice"], "rows": 8},
    "saturation": {},
}

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


def draw_table(name: str, latex: str) -> None:
    """Write the picture of a table."""
    picture(latex).quantize(16).save(OUTPUT / f"table-{name}.png", optimize=True)


def draw_page(name: str, html: str, height: int) -> None:
    """Write a screenshot of the top of a page."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    with tempfile.TemporaryDirectory() as folder:
        page, seen = Path(folder) / "page.html", Path(folder) / "seen.png"
        page.write_text(html, encoding="utf-8")
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        arguments += [f"--window-size=1000,{height}", f"--screenshot={seen}", page.as_uri()]
        subprocess.run([browser, *arguments], check=True, capture_output=True, timeout=60)
        with Image.open(seen) as image:
            image.convert("RGB").quantize(32).save(OUTPUT / f"page-{name}.png", optimize=True)


def study_of_page(page: str, folder: Path) -> codeable.Study:
    """The study that a page of the documentation writes down, block by block."""
    text = (HERE.parent / page).read_text(encoding="utf-8")
    for _, file, block in re.findall(r"^(`{3,})\w+ file=(\S+)\n(.*?)^\1$", text, re.DOTALL | re.MULTILINE):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(block, encoding="utf-8")
    return codeable.load(folder)


def main() -> None:
    """Draw each table, each plot and two pages."""
    study = codeable.load(HERE.parents[1])
    for name, options in TABLES.items():
        draw_table(name, study.tables.make(name, **options).to_latex())
    for name, options in PLOTS.items():
        study.plots.make(name, **options).save(OUTPUT / f"plot-{name}.svg")
    draw_page("tables", tables_page("Tables of the study", list(study.tables)), 640)
    draw_page("guidance", study.reports.guidance.to_html(), 900)
    with tempfile.TemporaryDirectory() as folder:
        coded = study_of_page("agreement.md", Path(folder))
        for name, options in TABLES_OF_CODERS.items():
            draw_table(name, coded.tables.make(name, **options).to_latex())
        agreement = coded.reports.make("agreement", unit="passage")
        for name in ("coders", "disagreements"):
            draw_table(f"agreement-{name}", getattr(agreement, name).to_latex())


if __name__ == "__main__":
    main()

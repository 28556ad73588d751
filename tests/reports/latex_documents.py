"""LaTeX documents around texts and tables: compiles them, and reads the log and the words of the pages."""

import re
import subprocess
import unicodedata
from pathlib import Path

from attrs import frozen

from tests.tools import require_tool

__all__ = ["ONE_COLUMN", "T1", "TWO_COLUMNS", "Compiled", "compiled", "in_document", "words"]

PACKAGES = r"\usepackage{booktabs,tabularx,xltabular,threeparttable}"
ONE_COLUMN = rf"\documentclass{{article}}{PACKAGES}"
TWO_COLUMNS = rf"\documentclass[twocolumn]{{article}}{PACKAGES}"
T1 = r"\usepackage[T1]{fontenc}\usepackage{lmodern}"
_OVERFULL = re.compile(r"^Overfull \\[hv]box \((\d+\.\d+)pt too (?:wide|high)\).*", re.MULTILINE)
_MOST_OVERFULL = 1.0


@frozen
class Compiled:
    """What a compiler made: the path of the PDF, its text, and what the log complains about."""

    pdf: Path
    text: str
    complaints: tuple[str, ...]


def in_document(body: str, preamble: str = ONE_COLUMN) -> str:
    return f"{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


def compiled(document: str, folder: Path, engine: str = "pdflatex", runs: int = 1) -> Compiled:
    """Compiles a document, several times where references and widths have to settle."""
    require_tool(engine)
    (folder / "paper.tex").write_text(document, encoding="utf-8")
    for _ in range(runs):
        subprocess.run(
            [engine, "-interaction=nonstopmode", "-no-shell-escape", "paper.tex"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=300,
            check=False,
        )
    log = (folder / "paper.log").read_text(encoding="utf-8", errors="replace")
    wide = [line[0] for line in _OVERFULL.finditer(log) if float(line[1]) > _MOST_OVERFULL]
    lines = log.splitlines()
    bad = [
        each for each in lines if each.startswith("! ") or "undefined" in each.lower() or "too large" in each
    ]
    text = subprocess.run(
        [require_tool("pdftotext"), "-raw", "paper.pdf", "-"], cwd=folder, capture_output=True, check=True
    ).stdout.decode("utf-8", errors="replace")
    return Compiled(folder / "paper.pdf", text, (*bad, *wide))


def words(text: str) -> str:
    """A text without what a page adds or changes: blanks, hyphens, ligatures, shapes of quotes."""
    plain = unicodedata.normalize("NFKC", text).translate(_SAME)
    return re.sub(r"[\s-]+", "", plain)


_SAME = {
    ord("’"): "'",
    ord("”"): '"',
    ord("‐"): "-",
    ord("˜"): "~",
    ord("ˆ"): "^",
    ord("−"): "-",
    ord("ϵ"): "ε",
}

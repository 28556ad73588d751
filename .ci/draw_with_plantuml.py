"""Draw PlantUML texts with the PlantUML on the path; fail on an error, a crash or an error picture.

PlantUML answers some failures with exit status 0 and a picture of the error, so the pictures are read too.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

SIGNS_OF_AN_ERROR = (
    "Syntax Error",
    "An error has occured",
    "An error has occurred",
    "Dot executable",
    "Diagram not supported",
    "java.lang.",
    "[From ",
)


def problems(texts: list[Path], pictures: Path) -> list[str]:
    """What is wrong with the pictures that PlantUML drew of these texts."""
    run = subprocess.run(
        ["plantuml", "-tsvg", "-charset", "UTF-8", "-o", str(pictures), *map(str, texts)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    found = []
    if run.returncode != 0 or "Exception" in run.stderr:
        found.append(f"plantuml ended with status {run.returncode}: {run.stderr.strip()[:2000]}")
    for text in texts:
        picture = pictures / f"{text.stem}.svg"
        if not picture.exists():
            found.append(f"{text}: no picture was drawn")
            continue
        svg = picture.read_text(encoding="utf-8")
        found += [f"{text}: the picture says {sign!r}" for sign in SIGNS_OF_AN_ERROR if sign in svg]
        if not svg.rstrip().endswith("</svg>"):
            found.append(f"{text}: the picture is cut off")
    return found


def main() -> None:
    """Check the folder named on the command line."""
    texts = sorted(Path(sys.argv[1]).resolve().glob("*.puml"))
    if not texts:
        sys.exit(f"no PlantUML text in {sys.argv[1]}")
    with tempfile.TemporaryDirectory() as folder:
        found = problems(texts, Path(folder))
    if found:
        sys.exit("\n".join(found))
    print(f"{len(texts)} texts drawn by PlantUML without an error")


if __name__ == "__main__":
    main()

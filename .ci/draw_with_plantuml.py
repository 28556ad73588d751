"""Draw the PlantUML texts of a folder with the program `plantuml`; fail when one of them is not drawn."""

import sys
from pathlib import Path

from codeable.engines import Drawing, EngineError, engine


def main() -> None:
    """Draw the texts of the folder that the command line names."""
    paths = sorted(Path(sys.argv[1]).glob("*.puml"))
    if not paths:
        sys.exit(f"no PlantUML text in {sys.argv[1]}")
    drawings = [Drawing(path.name, path.read_text(encoding="utf-8"), "plantuml") for path in paths]
    with engine("plantuml", {"plantuml": {"command": ["plantuml"]}}) as plantuml:
        print(plantuml.version())
        results = list(plantuml.draw(drawings, "svg"))
    errors = [str(result) for result in results if isinstance(result, EngineError)]
    if errors:
        sys.exit("\n".join(errors))
    print(f"{len(results)} texts drawn without an error")


if __name__ == "__main__":
    main()

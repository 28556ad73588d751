"""Drawings, and what an engine makes of them, for the tests of the engine."""

import sys
from pathlib import Path

from codeable.diagrams.plantuml_escape import escape, quoted
from codeable.engines.plantuml import PlantUmlEngine
from codeable.engines.protocol import Drawing, EngineError, Picture

HOSTILE = (
    "!include /etc/passwd",
    "!includeurl http://127.0.0.1:9/x",
    '%getenv("HOME")',
    '%load_json("/etc/passwd")',
    "<img:/etc/passwd>",
    '<img src="http://127.0.0.1:9/x.png">',
    "http://127.0.0.1:9/x",
    "[[http://127.0.0.1:9/x]]",
    "@enduml",
    "@startuml",
    "[From string (line 3) ]",
    "An error has occured : java.lang.Error",
    "Diagram not supported by this release of PlantUML",
    "Cannot find Graphviz",
    "<script>alert(1)</script>",
    "</text></svg>",
    "<b>bold</b> **bold** ~~struck~~ __line__",
    "&#36; &amp; &#92; $x ${x}",
    "'/ end of comment",
    "/' start of comment",
    "end legend endlegend",
    '"quoted" «guillemets» “curly”',
    "back\\slash \\n not a break",
    "C:\\temp\\new C:\\\\temp ends with \\",
    "\\t",
    "λ → é ж – …",
)

FAKE = Path(__file__).parent / "fake_plantuml.py"


def fake_settings(*arguments: str) -> dict[str, object]:
    """Settings with the fake PlantUML as the command."""
    return {"backend": "process", "command": [sys.executable, str(FAKE), *arguments]}


def drawing(*lines: str, name: str = "overview", labels: tuple[str, ...] = ()) -> Drawing:
    """A drawing of these lines."""
    text = "\n".join(["@startuml", *lines, "@enduml", ""])
    return Drawing(name, text, "plantuml", title="Overview", description="All decisions.", labels=labels)


def hostile_drawing() -> Drawing:
    """A drawing that has each hostile text as a name, a member, an arrow's text and a line of the legend."""
    lines, arrows, legend = [], [], []
    for number, text in enumerate(HOSTILE):
        name = escape(text)
        lines += [f"class {quoted(name)} as n_{number} {{", f"{{field}} {name}", "}"]
        arrows.append(f"n_{number} --> n_{(number + 1) % len(HOSTILE)} : {name}")
        legend.append(f"<U+200B>{name}")
    return drawing(*lines, *arrows, "legend", *legend, "endlegend", labels=HOSTILE * 4)


def drawn(engine: PlantUmlEngine, one: Drawing, picture_format: str = "svg", **options: float) -> Picture:
    """The picture of one drawing."""
    (result,) = engine.draw([one], picture_format, **options)  # type: ignore[arg-type]
    if isinstance(result, EngineError):
        raise result
    return result


def refused(
    engine: PlantUmlEngine, one: Drawing, picture_format: str = "svg", **options: float
) -> EngineError:
    """The error in place of one drawing."""
    (result,) = engine.draw([one], picture_format, **options)  # type: ignore[arg-type]
    assert isinstance(result, EngineError), result
    return result

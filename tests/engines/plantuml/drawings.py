"""Drawings, and what an engine makes of them, for the tests of the engine."""

import random
import sys
from pathlib import Path

from codeable.diagrams import Diagram
from codeable.diagrams.plantuml_escape import escape, quoted
from codeable.engines.plantuml import PlantUmlEngine
from codeable.engines.protocol import Drawing, EngineError, Picture
from tests.diagrams.hostile import hostile_diagram

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


_MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»“”‘’–—…→−·•"
_WORDS = "use pods date getenv t n x U include end note b> field amp 36 img size:40 color:red 😀 é 日"


def text_of_marks(chance: random.Random) -> str:
    """A text of a few words, dense with marks, single and repeated, at any place."""
    parts = []
    for _ in range(chance.randint(1, 9)):
        if chance.random() < 0.45:
            parts.append(chance.choice(_MARKS) * chance.choice([1, 1, 1, 2, 2, 3]))
        else:
            parts.append(chance.choice(_WORDS.split()) + chance.choice(["", " "]))
    return "".join(parts).strip() or "x"


def diagram_of_marks(seed: int, texts: int = 60) -> Diagram:
    """A figure that has texts dense with marks in every place where a text can be."""
    chance = random.Random(seed)
    return hostile_diagram(tuple(text_of_marks(chance) for _ in range(texts)))


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

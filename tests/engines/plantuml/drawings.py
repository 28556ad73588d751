"""Drawings, and what an engine makes of them, for the tests of the engine."""

import sys
from pathlib import Path

from codeable.engines.plantuml import PlantUmlEngine
from codeable.engines.protocol import Drawing, EngineError, Picture

FAKE = Path(__file__).parent / "fake_plantuml.py"


def fake_settings(*arguments: str) -> dict[str, object]:
    """Settings that make the stand-in the PlantUML."""
    return {"backend": "process", "command": [sys.executable, str(FAKE), *arguments]}


def drawing(*lines: str, name: str = "overview", labels: tuple[str, ...] = ()) -> Drawing:
    """A drawing of these lines."""
    text = "\n".join(["@startuml", *lines, "@enduml", ""])
    return Drawing(name, text, "plantuml", title="Overview", description="All decisions.", labels=labels)


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

"""Real PlantUML: by a command or jar, or by a server."""

from codeable.engines.plantuml.engine import PlantUmlEngine

__all__ = ["PlantUmlEngine"]

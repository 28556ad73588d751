"""Real PlantUML: by a Java process, by JavaScript without Java, or by a server."""

from codeable.engines.plantuml.engine import PlantUmlEngine

__all__ = ["PlantUmlEngine"]

"""The generator."""

from codeable.compat.rendering.generator import PlantUMLGenerator

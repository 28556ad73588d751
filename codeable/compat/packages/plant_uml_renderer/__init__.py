"""PlantUML texts and pictures of models."""

from codeable.compat.rendering.generator import PlantUMLGenerator
from codeable.compat.rendering.renderers import ClassModelRenderer, ObjectModelRenderer

from . import class_model_renderer, model_renderer, object_model_renderer, plant_uml_generator

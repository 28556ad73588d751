"""The two renderers that studies call."""

from collections.abc import Iterable
from typing import Any

from codeable.compat.rendering.class_models import CurrentClassModelWriter, OlderClassModelWriter
from codeable.compat.rendering.model_renderer import ModelRenderer
from codeable.compat.rendering.object_models import CurrentObjectModelWriter, OlderObjectModelWriter
from codeable.compat.rendering.options import ClassModelOptions, ObjectModelOptions, checked_options
from codeable.kernel import CNamedElement

__all__ = ["ClassModelRenderer", "ObjectModelRenderer"]


class ClassModelRenderer(ModelRenderer):
    """Writes classifiers and enums as PlantUML class models."""

    def render_class_model(self, elements: Iterable[CNamedElement], **options: Any) -> str:
        """The text of a class model.

        Args:
            elements: Classifiers and enums, in the order in which they are drawn.
            options: Fields of `codeable.compat.rendering.options.ClassModelOptions`.

        Raises:
            CException: An element is of another kind, or an option is unknown.
        """
        checked = checked_options(ClassModelOptions, options)
        writer = OlderClassModelWriter if self.chosen_format() == "older" else CurrentClassModelWriter
        return self.framed(writer(elements, checked, self.name_break_length, self.name_padding).lines())

    def render_class_model_to_file(
        self, base: str, elements: Iterable[CNamedElement], **options: Any
    ) -> None:
        """Write the text of a class model to `base.txt` in the renderer's folder, and draw it."""
        self.write(base, self.render_class_model(elements, **options))


class ObjectModelRenderer(ModelRenderer):
    """Writes objects and classes with their links as PlantUML class diagrams."""

    def render_object_model(self, elements: Iterable[Any], **options: Any) -> str:
        """The text of an object model.

        Args:
            elements: Objects and classes, in the order in which they are drawn.
            options: Fields of `codeable.compat.rendering.options.ObjectModelOptions`.

        Raises:
            CException: An element is of another kind, an option is unknown, or a value cannot be drawn.
        """
        checked = checked_options(ObjectModelOptions, options)
        writer = OlderObjectModelWriter if self.chosen_format() == "older" else CurrentObjectModelWriter
        return self.framed(writer(elements, checked, self.name_break_length, self.name_padding).lines())

    def render_object_model_to_file(self, base: str, elements: Iterable[Any], **options: Any) -> None:
        """Write the text of an object model to `base.txt` in the renderer's folder, and draw it."""
        self.write(base, self.render_object_model(elements, **options))

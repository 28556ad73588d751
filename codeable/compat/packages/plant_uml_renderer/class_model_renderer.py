"""The renderer of class models."""

from codeable.compat.rendering.renderers import ClassModelRenderer

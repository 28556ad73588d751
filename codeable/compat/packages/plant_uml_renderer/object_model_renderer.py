"""The renderer of object models."""

from codeable.compat.rendering.renderers import ObjectModelRenderer

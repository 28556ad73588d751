"""What the renderers have in common."""

from codeable.compat.rendering.model_renderer import (
    ModelRenderer,
    ModelStyle,
    RenderingContext,
    get_encoded_name,
)

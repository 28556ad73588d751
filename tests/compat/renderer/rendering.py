"""Renders elements as a test asks for it."""

from importlib import import_module

__all__ = ["LINES_OF_FRAME", "body", "render"]

LINES_OF_FRAME = ("@startuml", "@enduml")


def render(package, kind, elements, options=None, **attributes):
    """The text of a class or object model, without header unless a style is given."""
    style = import_module("plant_uml_renderer.model_renderer").ModelStyle
    renderer = getattr(package, f"{kind.capitalize()}ModelRenderer")()
    renderer.style = attributes.pop("style", style.ORIGINAL)
    for name, value in attributes.items():
        setattr(renderer, name, value)
    return getattr(renderer, f"render_{kind}_model")(elements, **(options or {}))


def body(package, kind, elements, options=None, **attributes):
    """The lines between `@startuml` and `@enduml`."""
    lines = render(package, kind, elements, options, **attributes).split("\n")
    assert (lines[0], *lines[-2:]) == ("@startuml", "@enduml", "")
    return lines[1:-2]

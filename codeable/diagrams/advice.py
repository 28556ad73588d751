"""Writes options of figures as the place where they are given writes them. Called by messages of layouts."""

from collections.abc import Mapping
from typing import Literal

Place = Literal["command line", "settings", "python"]
"""Where the options of a figure are given: `codeable render`, `[tool.codeable]`, or a call."""


def place_of(where: str) -> Place:
    """The place that messages call by these words.

    Example:
        >>> place_of("[tool.codeable.views.overview]"), place_of("the command line"), place_of("the figure")
        ('settings', 'command line', 'python')
    """
    if where.startswith("["):
        return "settings"
    return "command line" if where == "the command line" else "python"


def written(options: Mapping[str, object], place: Place) -> str:
    """Options in the words of the place where they are given, to be used in an advice.

    Args:
        options: Options of `figure_options` by name; `width` and `height` are texts such as "178mm".
        place: Where the user gives options.

    Example:
        >>> written({"relations": "none", "legend": False}, "command line")
        '--relations none --no-legend'
        >>> written({"relations": "none", "legend": False}, "settings")
        'relations = "none" and legend = false'
        >>> written({"relations": "none", "parts": 2}, "python")
        'relations="none" and parts=2'
    """
    if place == "command line":
        return " ".join(_flag(name, value) for name, value in options.items())
    if place == "settings":
        return " and ".join(f"{name} = {_toml(value)}" for name, value in options.items())
    return " and ".join(f"{name}={_python(value)}" for name, value in options.items())


def _flag(name: str, value: object) -> str:
    if isinstance(value, bool):
        return f"--{name}" if value else f"--no-{name}"
    return f"--{name} {value}"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _python(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)

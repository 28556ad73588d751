"""Writes options of figures as the user writes them: on the command line, in the settings, in Python.

Called where messages name a way out.
"""

from collections.abc import Mapping
from typing import Literal

Dialect = Literal["command line", "settings", "python"]
"""How options of a figure are written: for `codeable render`, in `[tool.codeable]`, or in a call."""

_SMALLEST_SHOWN = 0.1


def dialect_of(where: str) -> Dialect:
    """The dialect of the place that messages call by these words.

    Example:
        >>> dialect_of("[tool.codeable.views.overview]"), dialect_of("the command line")
        ('settings', 'command line')
    """
    if where.startswith("["):
        return "settings"
    return "command line" if where == "the command line" else "python"


def written(options: Mapping[str, object], dialect: Dialect) -> str:
    """Options in a dialect, to be used in an advice.

    Args:
        options: Options of `figure_options` by name; `width` and `height` are texts such as "178mm".
        dialect: That of the place where the user gives options.

    Example:
        >>> written({"relations": "none", "legend": False}, "command line")
        '--relations none --no-legend'
        >>> written({"relations": "none", "legend": False}, "settings")
        'relations = "none" and legend = false'
        >>> written({"relations": "none", "parts": 2}, "python")
        'relations="none" and parts=2'
    """
    if dialect == "command line":
        return " ".join(_flag(name, value) for name, value in options.items())
    if dialect == "settings":
        return " and ".join(f"{name} = {_toml(value)}" for name, value in options.items())
    return " and ".join(f"{name}={_python(value)}" for name, value in options.items())


def shown_size(points: float) -> str:
    """A size of text in a message.

    Example:
        >>> shown_size(6.52), shown_size(0.01)
        ('6.5 pt', 'less than 0.1 pt')
    """
    return "less than 0.1 pt" if points < _SMALLEST_SHOWN else f"{points:.1f} pt"


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

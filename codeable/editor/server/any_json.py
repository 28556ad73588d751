"""What a client sends as any JSON: the arguments of commands, and its experimental capabilities."""

from collections.abc import Mapping
from typing import Any

from lsprotocol import types
from lsprotocol.validators import UINTEGER_MAX_VALUE


def position_of(given: Any) -> types.Position | None:
    """A position; None where nothing else than a position was given.

    Example:
        >>> position_of({"line": 2, "character": 7}), position_of("2:7")
        (2:7, None)
    """
    line, character = member(given, "line"), member(given, "character")
    if not (isinstance(line, int) and isinstance(character, int)):
        return None
    return types.Position(min(max(line, 0), UINTEGER_MAX_VALUE), min(max(character, 0), UINTEGER_MAX_VALUE))


def member(given: Any, name: str) -> Any:
    """A member of an object of JSON; None where there is none."""
    return given.get(name) if isinstance(given, Mapping) else getattr(given, name, None)


def experimental(capabilities: types.ClientCapabilities, table: str, name: str) -> Any:
    """What a client says in a table of its experimental capabilities."""
    return member(member(capabilities.experimental, table), name)

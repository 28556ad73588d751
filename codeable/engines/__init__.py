"""Engines turn drawing texts into pictures. This front finds them and reports their state.

`codeable.render`, `codeable.study` and `codeable.compat` draw with them.
"""

import importlib
from collections.abc import Mapping
from pathlib import Path

from codeable.engines.protocol import (
    Drawing,
    Engine,
    EngineError,
    EngineState,
    EngineTimeoutError,
    Language,
    Picture,
)
from codeable.schema import check_keys, one_of

__all__ = [
    "ENGINES",
    "Drawing",
    "Engine",
    "EngineError",
    "EngineState",
    "EngineTimeoutError",
    "Language",
    "Picture",
    "check_settings",
    "engine",
    "engine_name",
    "engine_states",
]

ENGINES: Mapping[str, str] = {
    "graphviz": "codeable.engines.graphviz:GraphvizEngine",
    "plantuml": "codeable.engines.plantuml:PlantUmlEngine",
}
"""Engine → its class, as `module:attribute`. The module is imported when the engine is used."""

Settings = Mapping[str, Mapping[str, object]]


def engine(name: str, settings: Settings | None = None, folder: Path | None = None) -> Engine:
    """The engine of that name. It is a context manager, whose end ends the engine's child processes.

    Args:
        name: One of `ENGINES`.
        settings: Settings by engine, as in `[tool.codeable.engines.NAME]`.
        folder: The folder at which relative paths in the settings start.

    Raises:
        CodeableError: There is no such engine, or the settings are wrong; exit status 2.
    """
    check_settings(settings or {})
    module, _, attribute = ENGINES[engine_name(name)].partition(":")
    made: Engine = getattr(importlib.import_module(module), attribute)((settings or {}).get(name, {}), folder)
    return made


def engine_name(name: object, where: str = "the engine") -> str:
    """The name of an engine.

    Args:
        name: The name that was given.
        where: What messages call it.

    Raises:
        CodeableError: There is no such engine; exit status 2.
    """
    read: str = one_of(*ENGINES)(name, where)
    return read


def check_settings(settings: Settings) -> None:
    """Refuse settings of an engine that does not exist.

    Raises:
        CodeableError: Naming the nearest; exit status 2.
    """
    check_keys(settings, ENGINES, "[tool.codeable.engines]")


def engine_states(settings: Settings | None = None, folder: Path | None = None) -> tuple[EngineState, ...]:
    """The state of each backend of each engine, in the order in which they are tried."""
    states: list[EngineState] = []
    for name in ENGINES:
        with engine(name, settings, folder) as one:
            states += one.states()
    return tuple(states)

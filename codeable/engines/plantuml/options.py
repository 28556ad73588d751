"""The settings of the engine: `[tool.codeable.engines.plantuml]`, checked, with paths made whole."""

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from attrs import frozen

from codeable.errors import CodeableError
from codeable.files import expanded
from codeable.settings import check_keys
from codeable.text import did_you_mean

__all__ = ["CARRIERS", "JAR_VARIABLE", "TABLE", "CarrierName", "PlantUmlOptions", "plantuml_options"]

TABLE = "[tool.codeable.engines.plantuml]"
JAR_VARIABLE = "PLANTUML_JAR"
"""The environment variable that names a jar where the settings name none."""

CarrierName = Literal["process", "server"]
CARRIERS: tuple[CarrierName, ...] = ("process", "server")
"""The carriers in the order in which they are tried."""

_KEYS = ("carrier", "command", "jar", "java", "server")


@frozen(kw_only=True)
class PlantUmlOptions:
    """Where PlantUML is.

    Attributes:
        folder: The study's folder: relative paths start here.
        carrier: The only carrier to use; None takes the first that is ready.
        jar: PlantUML's jar.
        jar_from: What named the jar, for messages.
        command: A program that takes PlantUML's arguments, with its own first arguments.
        java: The Java program that runs the jar; None looks at JAVA_HOME and the path.
        server: The address of a PlantUML server.
    """

    folder: Path
    carrier: CarrierName | None = None
    jar: Path | None = None
    jar_from: str = f"{TABLE} jar"
    command: tuple[str, ...] | None = None
    java: str | None = None
    server: str | None = None


def plantuml_options(settings: Mapping[str, object] | None, folder: Path | None) -> PlantUmlOptions:
    """Check the settings.

    Args:
        settings: The table as read.
        folder: The study's folder; None means the working directory.

    Raises:
        CodeableError: An unknown key, a value of the wrong kind, an unknown carrier, or an address that is
            not `http://` or `https://`; exit status 2.

    Example:
        >>> plantuml_options({"server": "http://127.0.0.1:8080"}, None).server
        'http://127.0.0.1:8080'
    """
    table = dict(settings or {})
    check_keys(table, _KEYS, TABLE)
    base = Path(folder or ".").absolute()
    named = _text(table, "jar")
    jar = named or os.environ.get(JAR_VARIABLE, "").strip() or None
    return PlantUmlOptions(
        folder=base,
        carrier=_carrier(_text(table, "carrier")),
        jar=_path(base, jar),
        jar_from=f"{TABLE} jar" if named else f"the environment variable {JAR_VARIABLE}",
        command=_command(table.get("command")),
        java=_text(table, "java"),
        server=_address(_text(table, "server")),
    )


def _text(table: Mapping[str, object], key: str) -> str | None:
    value = table.get(key)
    if value is None:
        return None
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise CodeableError(f"{TABLE} {key} has to be a text, not {value!r}", exit_status=2)
    return value.strip()


def _path(base: Path, value: str | None) -> Path | None:
    return None if value is None else base / expanded(Path(value))


def _carrier(value: str | None) -> CarrierName | None:
    if value is not None and value not in CARRIERS:
        message = (
            f"{TABLE} carrier is {value!r}{did_you_mean(value, CARRIERS)}; it can be {', '.join(CARRIERS)}"
        )
        raise CodeableError(message, exit_status=2)
    return value


def _command(value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    try:
        words = shlex.split(value) if isinstance(value, str) else value
    except ValueError as error:
        raise CodeableError(
            f"{TABLE} command {value!r} cannot be split into words: {error}", exit_status=2
        ) from None
    if (
        not isinstance(words, list | tuple)
        or not words
        or not all(isinstance(word, str) and word for word in words)
    ):
        message = f"{TABLE} command has to be a text or a list of texts, not {value!r}"
        raise CodeableError(message, exit_status=2)
    return tuple(words)


def _address(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        sound = parts.scheme.casefold() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or any(character.isspace() for character in value):
        example = "http://127.0.0.1:8080/plantuml"
        message = f"{TABLE} server has to be an address such as {example!r}, not {value!r}"
        raise CodeableError(message, exit_status=2)
    return value

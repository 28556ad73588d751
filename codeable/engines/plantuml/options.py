"""The settings of the engine, `[tool.codeable.engines.plantuml]`, checked and with absolute paths."""

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from attrs import frozen

from codeable.errors import CodeableError
from codeable.files import expanded
from codeable.schema import Reader, list_of, one_of, read_table, text, wrong
from codeable.text import shown

TABLE = "[tool.codeable.engines.plantuml]"
JAR_VARIABLE = "PLANTUML_JAR"
"""The environment variable that names a jar where the settings name none."""

BackendName = Literal["process", "server"]
BACKENDS: tuple[BackendName, ...] = ("process", "server")
"""The backends in the order in which they are tried."""


@frozen(kw_only=True)
class PlantUmlOptions:
    """Where PlantUML is.

    Attributes:
        folder: The study's folder: relative paths start here.
        backend: The only backend to use; None takes the first that is ready.
        jar: PlantUML's jar.
        jar_from: What named the jar, for messages.
        command: A program that takes PlantUML's arguments, with its own first arguments.
        java: The Java program that runs the jar; None looks at JAVA_HOME and the path.
        server: The address of a PlantUML server.
    """

    folder: Path
    backend: BackendName | None = None
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
        CodeableError: An unknown key, a value of the wrong kind, an unknown backend, or an address that is
            not `http://` or `https://`; exit status 2.

    Example:
        >>> plantuml_options({"server": "http://127.0.0.1:8080"}, None).server
        'http://127.0.0.1:8080'
    """
    table = read_table(settings or {}, _READERS, TABLE)
    base = Path(folder or ".").absolute()
    jar = table.get("jar") or os.environ.get(JAR_VARIABLE, "").strip() or None
    return PlantUmlOptions(
        folder=base,
        backend=table.get("backend"),
        jar=base / expanded(Path(jar)) if jar else None,
        jar_from=f"{TABLE} jar" if table.get("jar") else f"the environment variable {JAR_VARIABLE}",
        command=table.get("command"),
        java=table.get("java"),
        server=table.get("server"),
    )


def _path(value: object, where: str) -> str:
    return text(os.fspath(value) if isinstance(value, os.PathLike) else value, where).strip()


def _command(value: object, where: str) -> tuple[str, ...]:
    """The words of a command; a text is split as a shell does."""
    try:
        words = shlex.split(value) if isinstance(value, str) else value
    except ValueError as error:
        raise CodeableError(
            f"{where} {shown(value)} cannot be split into words: {error}", exit_status=2
        ) from None
    if not words:
        raise wrong(where, value, "a text or a list of texts that is not empty")
    return list_of(text)(words, where)


def _address(value: object, where: str) -> str:
    address = text(value, where).strip()
    try:
        parts = urlsplit(address)
        sound = parts.scheme.casefold() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or any(character.isspace() for character in address):
        raise wrong(where, value, "an address such as http://127.0.0.1:8080/plantuml")
    return address


_READERS: Mapping[str, Reader[Any]] = {
    "backend": one_of(*BACKENDS),
    "command": _command,
    "jar": _path,
    "java": _path,
    "server": _address,
}

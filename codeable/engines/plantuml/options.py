"""The settings of the engine, `[tool.codeable.engines.plantuml]`, and the programs that they name.

`engine` reads the settings; `process` looks for the programs.
"""

import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from attrs import frozen

from codeable.engines.child_process import UnavailableError
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

_USUAL_DOTS = ("/usr/bin/dot", "/usr/local/bin/dot", "/opt/homebrew/bin/dot", "/opt/local/bin/dot")
INSTALL_GRAPHVIZ = "apt-get install -y graphviz (or see https://graphviz.org/download)"
INSTALL_PLANTUML = "apt-get install -y plantuml"
_INSTALL_JAVA = "apt-get install -y default-jre-headless"


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


@frozen
class Program:
    """What starts PlantUML.

    Attributes:
        command: The program and its first arguments.
        takes_environment: Whether the environment, which asks for the sandbox, surely reaches PlantUML.
    """

    command: tuple[str, ...]
    takes_environment: bool


def program(options: PlantUmlOptions) -> Program:
    """The command of the settings, else the jar of the settings or the environment, else `plantuml`.

    Raises:
        UnavailableError: There is none, or no Java for the jar.
    """
    if options.command is not None:
        return _from_command(options)
    if options.jar is not None:
        if not options.jar.is_file():
            raise UnavailableError(f"{options.jar_from} names no file: {options.jar}", INSTALL_PLANTUML)
        return Program((_java(options), "-jar", str(options.jar)), takes_environment=True)
    found = shutil.which("plantuml")
    if found is None:
        what = f"no program 'plantuml' on the path, no jar in {TABLE} or {JAR_VARIABLE}"
        raise UnavailableError(what, INSTALL_PLANTUML)
    return Program((found,), takes_environment=True)


def check_layout_program() -> None:
    """Look for the program `dot`, with which PlantUML lays out class diagrams.

    Raises:
        UnavailableError: It is surely missing.
    """
    named = os.environ.get("GRAPHVIZ_DOT", "").strip()
    if named:
        if not Path(named).is_file():
            raise UnavailableError(f"GRAPHVIZ_DOT names no file: {named}", INSTALL_GRAPHVIZ)
        return
    found = os.name == "nt" or shutil.which("dot") or any(Path(path).is_file() for path in _USUAL_DOTS)
    if not found:
        what = "the program 'dot' of Graphviz, with which PlantUML lays out its diagrams"
        raise UnavailableError(what, INSTALL_GRAPHVIZ)


def _from_command(options: PlantUmlOptions) -> Program:
    name, *arguments = options.command or ()
    beside_study = options.folder / expanded(Path(name))
    has_folder = len(Path(name).parts) > 1
    found = shutil.which(str(beside_study) if has_folder else name)
    if found is None:
        raise UnavailableError(f"{TABLE} command names no program: {name!r}", INSTALL_PLANTUML)
    return Program((found, *arguments), takes_environment=not arguments)


def _java(options: PlantUmlOptions) -> str:
    if options.java is not None:
        found = shutil.which(options.java) or shutil.which(str(options.folder / options.java))
        problem = f"{TABLE} java names no program: {options.java!r}"
    else:
        home = os.environ.get("JAVA_HOME", "").strip()
        found = (shutil.which(str(Path(home, "bin", "java"))) if home else None) or shutil.which("java")
        problem = "no program 'java' on the path or in JAVA_HOME"
    if found is None:
        raise UnavailableError(problem, _INSTALL_JAVA)
    return found


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

"""The command line and the environment that start PlantUML from a jar or as a program."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from codeable.engines.plantuml.backend import Unavailable
from codeable.engines.plantuml.options import JAR_VARIABLE, TABLE, PlantUmlOptions
from codeable.files import expanded

LARGEST_PIXELS = 65_000
"""Longest side of a PNG; PlantUML cuts off whatever is beyond its limit, which is 4,096 by default."""

_USUAL_DOTS = ("/usr/bin/dot", "/usr/local/bin/dot", "/opt/homebrew/bin/dot", "/opt/local/bin/dot")
INSTALL_GRAPHVIZ = "apt-get install -y graphviz (or see https://graphviz.org/download)"
INSTALL_PLANTUML = "apt-get install -y plantuml"
_INSTALL_JAVA = "apt-get install -y default-jre-headless"
# The first is enough for one picture at a time; the second leaves no files behind when the process is killed.
# The compiler is left as it is: limited to its first level, Java starts half a second earlier, but is slower
# from the twentieth picture on, in the end by half.
_JAVA_OPTIONS = (
    "-XX:+UseSerialGC",
    "-XX:-UsePerfData",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
    "-DPLANTUML_SECURITY_PROFILE=SANDBOX",
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


def program(options: PlantUmlOptions) -> Program | Unavailable:
    """The command of the settings, else the jar of the settings or the environment, else `plantuml`."""
    if options.command is not None:
        return _from_command(options)
    if options.jar is not None:
        return _from_jar(options.jar, options)
    found = shutil.which("plantuml")
    if found is None:
        what = f"no program 'plantuml' on the path, no jar in {TABLE} or {JAR_VARIABLE}"
        return Unavailable(what, INSTALL_PLANTUML)
    return Program((found,), takes_environment=True)


def layout_unavailable() -> Unavailable | None:
    """Whether the layout program that PlantUML needs for class diagrams is surely missing."""
    named = os.environ.get("GRAPHVIZ_DOT", "").strip()
    if named:
        return (
            None
            if Path(named).is_file()
            else Unavailable(f"GRAPHVIZ_DOT names no file: {named}", INSTALL_GRAPHVIZ)
        )
    if os.name == "nt" or shutil.which("dot") or any(Path(path).is_file() for path in _USUAL_DOTS):
        return None
    return Unavailable(
        "the program 'dot' of Graphviz, with which PlantUML lays out its diagrams", INSTALL_GRAPHVIZ
    )


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of the child: the given one, the sandbox, and options for Java."""
    java_options = " ".join(filter(None, (given.get("JAVA_TOOL_OPTIONS", "").strip(), *_JAVA_OPTIONS)))
    return {
        **given,
        "JAVA_TOOL_OPTIONS": java_options,
        "PLANTUML_LIMIT_SIZE": str(LARGEST_PIXELS),
        "PLANTUML_SECURITY_PROFILE": "SANDBOX",
    }


def _from_command(options: PlantUmlOptions) -> Program | Unavailable:
    name, *arguments = options.command or ()
    beside_study = options.folder / expanded(Path(name))
    has_folder = len(Path(name).parts) > 1
    found = shutil.which(str(beside_study) if has_folder else name)
    if found is None:
        return Unavailable(f"{TABLE} command names no program: {name!r}", INSTALL_PLANTUML)
    return Program((found, *arguments), takes_environment=not arguments)


def _from_jar(jar: Path, options: PlantUmlOptions) -> Program | Unavailable:
    if not jar.is_file():
        return Unavailable(f"{options.jar_from} names no file: {jar}", INSTALL_PLANTUML)
    java = _java(options)
    if isinstance(java, Unavailable):
        return java
    return Program((java, "-jar", str(jar)), takes_environment=True)


def _java(options: PlantUmlOptions) -> str | Unavailable:
    if options.java is not None:
        found = shutil.which(options.java) or shutil.which(str(options.folder / options.java))
        return found or Unavailable(f"{TABLE} java names no program: {options.java!r}", _INSTALL_JAVA)
    home = os.environ.get("JAVA_HOME", "").strip()
    return (
        (home and shutil.which(str(Path(home, "bin", "java"))))
        or shutil.which("java")
        or Unavailable("no program 'java' on the path or in JAVA_HOME", _INSTALL_JAVA)
    )

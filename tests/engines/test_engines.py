"""Which engines there are, and what `codeable engines` says about them."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from codeable.cli.engines import engines_command
from codeable.engines import ENGINES, EngineState, engine, engine_states
from codeable.errors import CodeableError


@pytest.mark.parametrize("name", ENGINES)
def test_each_engine_is_found_by_its_name(name: str) -> None:
    with engine(name) as found:
        assert found.name == name


def test_a_misspelt_engine_is_reported_with_the_nearest_name() -> None:
    with pytest.raises(CodeableError, match="not 'grafviz'; did you mean 'graphviz'") as caught:
        engine("grafviz")
    assert caught.value.exit_status == 2


def test_settings_of_an_engine_that_is_not_there_are_reported() -> None:
    with pytest.raises(
        CodeableError, match=r"\[tool.codeable.engines\] has no key 'plantumll'; did you mean 'plantuml'"
    ):
        engine("graphviz", {"plantumll": {"jar": "x.jar"}})


def test_settings_that_an_engine_does_not_take_are_reported() -> None:
    with pytest.raises(CodeableError, match=r"\[tool.codeable.engines.graphviz\] has no key 'dot'"):
        engine("graphviz", {"graphviz": {"dot": "/usr/bin/dot"}})


def test_no_engine_is_loaded_before_it_is_used() -> None:
    program = (
        "import sys, codeable.engines\n"
        "print({'pygraphviz', 'subprocess', 'codeable.engines.graphviz'} & set(sys.modules) or 'none')"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True, timeout=60) == "none\n"


def test_every_backend_has_a_state_and_the_embedded_library_is_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PLANTUML_JAR", raising=False)
    states = engine_states()
    assert (states[0].engine, states[0].ready) == ("graphviz", True)
    assert {state.engine for state in states} == set(ENGINES)


def test_the_command_tells_version_and_formats_or_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = (
        EngineState("graphviz", "embedded library", True, "2.0.4", ("svg", "pdf")),
        EngineState("plantuml", "process", False, missing="no program", install="apt-get install x"),
        EngineState("plantuml", "server", False, missing="no address"),
    )
    monkeypatch.setattr("codeable.cli.engines.engine_states", lambda *_: states)
    output = CliRunner().invoke(engines_command, ["-C", str(tmp_path)]).output
    assert [line.rstrip() for line in output.splitlines()] == [
        "graphviz: embedded library  ready 2.0.4, writes svg, pdf  (default)",
        "plantuml: process           missing: no program",
        "                            install: apt-get install x",
        "plantuml: server            missing: no address",
    ]

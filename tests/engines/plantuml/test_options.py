"""The settings of the engine are checked, and the first backend that is ready is taken."""

import os
from pathlib import Path

import pytest

from codeable.engines.plantuml import PlantUmlEngine
from codeable.engines.plantuml.options import JAR_VARIABLE, plantuml_options
from codeable.errors import CodeableError
from tests.engines.plantuml.drawings import drawing


def message_of(settings: dict[str, object]) -> str:
    with pytest.raises(CodeableError) as caught:
        PlantUmlEngine(settings)
    assert caught.value.exit_status == 2
    return str(caught.value)


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\nexit 1\n")
    path.chmod(0o755)
    return path


def chosen(engine: PlantUmlEngine) -> str:
    with pytest.raises(CodeableError) as caught:
        engine.draw([], "gif")
    return str(caught.value).split(" by ")[1].split()[0]


def test_an_unknown_key_is_named_with_the_nearest() -> None:
    assert "has no key 'sever'; did you mean 'server'?" in message_of({"sever": "http://a"})


def test_an_unknown_backend_is_named_with_the_nearest() -> None:
    assert "did you mean 'process'?" in message_of({"backend": "proces"})


@pytest.mark.parametrize("value", [3, "", True, ["a"]])
def test_a_jar_that_is_no_text_is_refused(value: object) -> None:
    assert "jar must be a text" in message_of({"jar": value})


@pytest.mark.parametrize(
    "value", ["ftp://a/", "127.0.0.1:80", "http://", "http://a b/", "file:///etc", "http://a:99999"]
)
def test_a_server_that_is_no_web_address_is_refused(value: str) -> None:
    assert "server must be an address such as" in message_of({"server": value})


@pytest.mark.parametrize("value", [[], 4, ["a", 3], 'java "x', [""]])
def test_a_command_that_is_no_list_of_words_is_refused(value: object) -> None:
    assert "command" in message_of({"command": value})


def test_a_command_as_a_text_is_split_as_a_shell_does() -> None:
    assert plantuml_options({"command": "docker run 'a b'"}, None).command == ("docker", "run", "a b")


def test_relative_paths_start_at_the_study(tmp_path: Path) -> None:
    assert plantuml_options({"jar": "tools/plantuml.jar"}, tmp_path).jar == tmp_path / "tools/plantuml.jar"


def test_without_any_backend_each_tells_what_is_missing_and_what_installs_it(
    bare_machine: Path, tmp_path: Path
) -> None:
    with pytest.raises(CodeableError) as caught:
        PlantUmlEngine({}, tmp_path).draw([drawing("class A")], "svg")
    assert [line.strip().split(":")[0] for line in str(caught.value).splitlines()[1:]] == [
        "process",
        "server",
    ]
    assert "apt-get install -y plantuml" in str(caught.value)


def test_states_are_reported_for_every_backend_even_when_none_is_ready(
    bare_machine: Path, tmp_path: Path
) -> None:
    states = PlantUmlEngine({}, tmp_path).states()
    assert [(state.backend, state.ready) for state in states] == [
        ("process", False),
        ("server", False),
    ]
    assert [state.install for state in states] == ["apt-get install -y plantuml", None]
    assert PlantUmlEngine({}, tmp_path).formats() == ()


def test_a_jar_needs_java(bare_machine: Path, tmp_path: Path) -> None:
    (tmp_path / "plantuml.jar").touch()
    state = PlantUmlEngine({"jar": "plantuml.jar"}, tmp_path).states()[0]
    assert (state.ready, state.missing) == (False, "no program 'java' on the path or in JAVA_HOME")


def test_a_jar_that_is_not_there_tells_who_named_it(
    bare_machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(JAR_VARIABLE, "nowhere.jar")
    missing = PlantUmlEngine({}, tmp_path).states()[0].missing
    assert missing == f"the environment variable PLANTUML_JAR names no file: {tmp_path / 'nowhere.jar'}"


def test_a_missing_layout_program_makes_the_process_unready(
    bare_machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(bare_machine, "plantuml")
    monkeypatch.setenv("GRAPHVIZ_DOT", str(tmp_path / "dot"))
    state = PlantUmlEngine({}, tmp_path).states()[0]
    assert "GRAPHVIZ_DOT names no file" in (state.missing or "")
    assert "graphviz" in (state.install or "")


def test_the_program_on_the_path_comes_first(bare_machine: Path, tmp_path: Path) -> None:
    for name in ("plantuml", "dot"):
        program(bare_machine, name)
    assert chosen(PlantUmlEngine({"server": "http://127.0.0.1:9"}, tmp_path)) == "process"


def test_a_server_comes_last(bare_machine: Path, tmp_path: Path) -> None:
    assert chosen(PlantUmlEngine({"server": "http://127.0.0.1:9"}, tmp_path)) == "server"


def test_a_demanded_backend_is_taken_or_its_lack_reported(bare_machine: Path, tmp_path: Path) -> None:
    assert chosen(PlantUmlEngine({"server": "http://127.0.0.1:9", "backend": "server"}, tmp_path)) == "server"
    with pytest.raises(CodeableError, match=r"which \[tool.codeable.engines.plantuml\] demands"):
        PlantUmlEngine({"server": "http://127.0.0.1:9", "backend": "process"}, tmp_path).draw([], "svg")


def test_the_environment_asks_for_the_sandbox_whatever_it_said_before() -> None:
    from codeable.engines.plantuml.pipe import environment

    given = {**os.environ, "PLANTUML_SECURITY_PROFILE": "UNSECURE", "JAVA_TOOL_OPTIONS": "-Xmx1g"}
    made = environment(given)
    assert made["PLANTUML_SECURITY_PROFILE"] == "SANDBOX"
    assert made["JAVA_TOOL_OPTIONS"].startswith("-Xmx1g -XX:+UseSerialGC")

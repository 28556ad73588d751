"""The extension for VS Code has the settings of the server, and its package works with it."""

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from attrs import fields

from codeable.editor.server.options import EditorOptions
from tests.tools import missing, require_tool

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors" / "vscode"
OLDEST_NODE = 20


def test_the_extension_has_a_setting_for_each_option_of_the_server() -> None:
    manifest = json.loads((EXTENSION / "package.json").read_text("utf-8"))
    settings = manifest["contributes"]["configuration"]["properties"]
    client = {"codeable.server.path", "codeable.trace.server"}
    assert {name: each["default"] for name, each in settings.items() if name not in client} == {
        f"codeable.{_camel_case(each.name)}": each.default for each in fields(EditorOptions)
    }
    for name, each in settings.items():
        assert each.get("description") or each.get("markdownDescription"), name
    pages = (EXTENSION / "README.md").read_text("utf-8")
    assert [name for name in settings if f"`{name}`" not in pages] == []
    sent = (EXTENSION / "src" / "servers.ts").read_text("utf-8")
    assert [each.name for each in fields(EditorOptions) if f'"{_camel_case(each.name)}"' not in sent] == []


def test_the_extension_has_the_version_of_codeable_and_locks_packages_without_hosts() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    manifest = json.loads((EXTENSION / "package.json").read_text("utf-8"))
    assert (manifest["version"], manifest["license"]) == (project["version"], project["license"])
    lock = json.loads((EXTENSION / "package-lock.json").read_text("utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []


@pytest.mark.slow
def test_the_package_is_small_and_works_with_the_server(tmp_path: Path) -> None:
    """The extension out of its package, in an editor of the tests, over a study of their own."""
    npm = require_tool("npm")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.strip().removeprefix("v").partition(".")[0]) < OLDEST_NODE:
        missing(f"needs Node {OLDEST_NODE} or newer; this is {version.strip()}")
    if not (EXTENSION / "node_modules").is_dir():
        missing(f"needs the npm packages of {EXTENSION} (npm ci)")
    _run(npm, "run", "package")  # fails where it is too large
    with zipfile.ZipFile(EXTENSION / "codeable.vsix") as files:
        files.extractall(tmp_path)
    unpacked = tmp_path / "extension"
    inside = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*.*")}
    assert {"dist/extension.js", "dist/THIRD-PARTY-NOTICES.txt", "LICENSE.txt", "icon.png"} <= inside
    assert not [name for name in inside if name.endswith(".ts") or "node_modules" in name]
    _run("node", "scripts/build.mjs", "--tests")
    server = str(Path(sys.executable).with_name("codeable"))
    tests = sorted(str(path) for path in (EXTENSION / "out").glob("*.test.js"))
    report = _run("node", "--test", *tests, CODEABLE_EXTENSION=str(unpacked), CODEABLE_SERVER=server)
    assert "# fail 0" in report and "# skipped 0" in report, report


def _run(*command: str, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=EXTENSION, env={**os.environ, **environment}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)

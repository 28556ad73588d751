"""The page for users agrees with the server."""

import re
import tomllib

from attrs import fields

from codeable.editor.server.options import EditorOptions
from tests.editor.clients.setup import PAGE, configuration


def test_the_options_of_the_page_are_those_of_the_server() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| `(.*)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    defaults = {
        re.sub(r"_(\w)", lambda found: found[1].upper(), each.name): each.default
        for each in fields(EditorOptions)
    }
    as_json = {True: "true", False: "false"}
    shown = {
        name: as_json[value]
        if isinstance(value, bool)
        else f'"{value}"'
        if isinstance(value, str)
        else str(value)
        for name, value in defaults.items()
    }
    assert dict(rows) == shown


def test_each_configuration_starts_the_server() -> None:
    helix = tomllib.loads(configuration("toml"))
    assert helix["language-server"]["codeable"] == {"command": "codeable", "args": ["lsp"]}
    assert {each["name"]: each["language-servers"][0] for each in helix["language"]} == {
        "markdown": "codeable",
        "python": "codeable",
    }
    assert '{ "codeable", "lsp" }' in configuration("lua")
    assert '("codeable" "lsp")' in configuration("elisp")

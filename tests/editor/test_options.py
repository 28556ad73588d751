"""What a user may switch, and what a user is told of a switch that is wrong."""

from typing import Any

import pytest

from codeable.editor.server.options import EditorOptions, options_of


def test_options_are_taken_as_a_table_or_in_one() -> None:
    given = {
        "codeLenses": False,
        "loadModules": "never",
        "checkDelay": 0,
        "loadSeconds": 1.5,
        "server": {"path": ""},
    }
    expected = EditorOptions(code_lenses=False, load_modules="never", check_delay=0, load_seconds=1.5)
    assert options_of(given) == (expected, [])
    assert options_of({"codeable": given}) == (expected, [])
    assert options_of({"codeLenses": None}, expected) == (expected, [])
    for nothing in (None, [], "x", 7, {}):
        assert options_of(nothing, expected) == (expected, [])


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"loadModules": "always"}, "codeable.loadModules is 'always'; expected 'onSave' or 'never'"),
        ({"loadModules": []}, "codeable.loadModules is []; expected 'onSave' or 'never'"),
        ({"codeLenses": 1}, "codeable.codeLenses is 1; expected true or false"),
        ({"loadSeconds": 0}, "codeable.loadSeconds is 0; expected a number from 0.1 to 86400"),
        ({"loadSeconds": float("nan")}, "codeable.loadSeconds is nan; expected a number from 0.1 to 86400"),
        ({"checkDelay": True}, "codeable.checkDelay is True; expected a number from 0 to 60000"),
        ({"codeLens": True}, "there is no option codeable.codeLens; did you mean 'codeLenses'?"),
        ({"codeable": 3}, "codeable is 3; expected a table"),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(given: dict[str, Any], said: str) -> None:
    assert options_of(given) == (EditorOptions(), [said])

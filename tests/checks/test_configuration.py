"""Which rules run: settings and command line."""

import pytest

from codeable.checks import RULES, Diagnostic, configuration
from codeable.errors import CodeableError
from tests.checks.cases import span

DIAGNOSTIC = Diagnostic("C401", "warning", "no option", span("models/a.py", 3))


def runs(table: dict[str, object], select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> list[str]:
    chosen = configuration(table, select, ignore)
    return [rule.code for rule in RULES if chosen.runs(rule.code)]


def test_every_rule_runs_by_default() -> None:
    assert runs({}) == [rule.code for rule in RULES]


def test_a_beginning_selects_a_group() -> None:
    expected = [rule.code for rule in RULES if rule.code.startswith(("C2", "C306"))]
    assert runs({}, select=("c2,C306",)) == expected


def test_what_the_command_line_selects_replaces_what_the_settings_select() -> None:
    assert runs({"select": ["C4"]}, select=("C204",)) == ["C204"]


def test_what_either_ignores_is_left_out() -> None:
    left = runs({"select": ["C40"], "ignore": ["C401"]}, ignore=("C402",))
    assert left == [f"C40{i}" for i in range(3, 10)]


def test_a_rule_can_be_turned_off_or_made_an_error() -> None:
    chosen = configuration({"severity": {"C401": "error", "C402": "off"}})
    adjusted = chosen.adjusted(DIAGNOSTIC, "models/a.py")
    assert adjusted is not None
    assert adjusted.severity == "error"
    assert not chosen.runs("C402")


def test_a_pattern_leaves_out_codes_in_some_files() -> None:
    chosen = configuration({"per-file": {"models/*": ["C4"]}})
    assert chosen.adjusted(DIAGNOSTIC, "models/a.py") is None
    assert chosen.adjusted(DIAGNOSTIC, "sources/a.py") == DIAGNOSTIC


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"selct": ["C4"]}, "'select'"),
        ({"select": "C4"}, "a list of codes"),
        ({"select": ["C4", 4]}, "select[1] must be a text"),
        ({"ignore": ["X999"]}, "'X999'"),
        ({"severity": {"C401": "grave"}}, "severity.C401 must be error, warning, info or off"),
        ({"severity": ["C401"]}, "must be a table"),
        ({"per-file": {"*": ["nonsense"]}}, "'NONSENSE'"),
    ],
)
def test_a_mistake_in_the_settings_is_named(table: dict[str, object], named: str) -> None:
    with pytest.raises(CodeableError) as raised:
        configuration(table)
    assert named in raised.value.message
    assert "[tool.codeable.check]" in raised.value.message

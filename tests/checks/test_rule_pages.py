"""Each rule has a page in docs/checks; its example gets the diagnostic that the page shows."""

import re
from pathlib import Path

import pytest
from attrs import evolve

from codeable.checks import ALL_RULES, Report, check
from codeable.checks.claims import grouped
from codeable.checks.formats import as_text
from codeable.loading import load_folder
from codeable.notes.files import note_files_in, notes_of_study, read_notes

PAGES = Path(__file__).parents[2] / "docs" / "checks"
CODES = [rule.code for rule in ALL_RULES]
BLOCK = re.compile(r"^````(?:python|markdown|toml) file=(\S+)\n(.*?)^````$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"<!-- link (\S+) to (\S+) -->")
SHOWN = re.compile(r"^```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def write_example(page: str, folder: Path) -> None:
    for file, body in BLOCK.findall(page):
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(body, encoding="cp1252" if "Windows-1252" in page else "utf-8")
    for link, target in LINK.findall(page):
        (folder / link).symlink_to(target)


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_page_gets_the_diagnostic_that_the_page_shows(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = next(PAGES.glob(f"{code}-*.md")).read_text(encoding="utf-8")
    write_example(page, tmp_path)
    monkeypatch.chdir(tmp_path)
    if (tmp_path / "models").is_dir():
        loaded = load_folder(tmp_path)
        notes = list(notes_of_study(tmp_path, loaded.settings))
    else:
        loaded, notes = None, list(read_notes(note_files_in([Path()])))
    report = check(notes, loaded)
    found = tuple(evolve(one, loses=()) for one in report.diagnostics if one.code == code)
    shown = SHOWN.search(page)
    assert shown is not None
    assert as_text(Report(found, report.texts)) == shown[1]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_the_page_of_a_rule_has_its_name_severity_and_summary(rule: object) -> None:
    code, name = rule.code, rule.name  # type: ignore[attr-defined]
    page = (PAGES / f"{code}-{name}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {code} {name}\n")
    assert f"**{rule.severity}**: {rule.summary}" in page  # type: ignore[attr-defined]


def test_the_index_lists_every_rule() -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    assert [code for code in CODES if f"[{code}](" not in index] == []


def test_codes_are_unique_and_each_group_is_numbered_without_gaps() -> None:
    groups = grouped(CODES, lambda code: code[:2])
    assert [f"{group}{number:02}" for group in groups for number in range(1, len(groups[group]) + 1)] == CODES
    assert CODES[0] == "C101"


def test_no_two_rules_have_one_name() -> None:
    assert len({rule.name for rule in ALL_RULES}) == len(ALL_RULES)

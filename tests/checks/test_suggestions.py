"""What a diagnostic suggests works: the example of each page is changed as it says, and checked again."""

import re
from pathlib import Path

import pytest
from attrs import evolve

from codeable.checks import ALL_RULES, Diagnostic, Report, check
from codeable.checks.fixes import fixed_files, write_fixes
from codeable.files import path_in
from codeable.loading import load_folder
from codeable.notes.build import apply, build
from codeable.notes.decoding import decode
from codeable.notes.files import note_files_in, notes_of_study, read_notes
from tests.checks.test_rule_pages import PAGES, write_example

SETTING = re.compile(r"\[tool\.codeable(?:\.(?P<table>\w+))?\] (?P<entry>\S+ = .+?)\??$")
CALL = re.compile(r"(?:\w+ = )?\w+\(.*\)$")
PLACEHOLDERS = {
    "DECISION": 'DECISION = CClass(decision, "QUESTION")',
    "SOLUTION": 'SOLUTION = CClass(practice, "Solution")',
    "FORCE": 'FORCE = CClass(force, "Force")',
}
HINTS = frozenset(
    [
        *("C102", "C103", "C104", "C105", "C106", "C107", "C108", "C109", "C111", "C112", "C113"),
        *("C116", "C117", "C118", "C205", "C209", "C210", "C211", "C302", "C304", "C306", "C308"),
        "C309",
        *("C402", "C405", "C406", "C409", "C411", "C412", "C413", "C414", "C502", "C503", "C504", "C505"),
        "C506",
    ]
)
"""The rules that only say what to decide: two ways out, or a text that only a person can write."""
FENCE = "```\n"


def checked(folder: Path) -> Report:
    if (folder / "models").is_dir() or (folder / "pyproject.toml").is_file():
        loaded = load_folder(folder)
        return check(notes_of_study(folder, loaded.settings), loaded)
    return check(list(read_notes(note_files_in([Path()]))))


def follow(one: Diagnostic, report: Report, folder: Path) -> bool:
    """Change the files as a diagnostic suggests; false for a hint that only a person can follow."""
    if edits := one.edits or one.proposed:
        write_fixes(fixed_files(Report((evolve(one, edits=edits),), report.texts)))
        return True
    suggestion = one.suggestion or ""
    setting = SETTING.search(suggestion)
    if setting is not None:
        table = f"[tool.codeable{'.' + setting['table'] if setting['table'] else ''}]"
        (folder / "pyproject.toml").write_text(f"{table}\n{setting['entry']}\n", encoding="utf-8")
    elif renamed := re.fullmatch(r"did you mean (\w+) = (\S+)\?", suggestion):
        settings = folder / "pyproject.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(
            re.sub(rf"(?m)^{renamed[1]} = .*$", f"{renamed[1]} = {renamed[2]}", text), "utf-8"
        )
    elif suggestion.startswith("`codeable notes build`"):
        settings = load_folder(folder).settings
        apply(build(notes_of_study(folder, settings), folder).changes, folder)
    elif CALL.fullmatch(suggestion):
        add(one, folder, suggestion)
    elif suggestion.startswith("take it out"):
        before = report.texts[one.span.path]
        changed = before[: one.span.start] + before[one.span.end :]
        Path(one.span.path).write_text(changed, encoding="utf-8", newline="")
    else:
        return False
    return True


def add(one: Diagnostic, folder: Path, statement: str) -> None:
    """Add a statement to the last trace of the note, or to the module or that of its source."""
    more = [line for name, line in PLACEHOLDERS.items() if name in statement and f"{name} =" not in statement]
    lines = "\n".join([*more, statement.replace("SOURCE", "s7").replace("CODE", "s7_code")]) + "\n"
    if "CODE" in statement:
        lines = 's7_code = CClass(practice, "Code")\n' + lines
    path = Path(one.span.path)
    text = decode(path.read_bytes())[0]
    if path.suffix == ".md":
        head, fence, tail = text.rpartition(FENCE)
        changed = (
            f"{head}{lines}{fence}{tail}"
            if fence
            else (f"{text}\n**AXIAL CODING TRACE:**\n\n```python\n{lines}```\n")
        )
        path.write_text(changed, encoding="utf-8")
    else:
        source = re.search(r"SOURCE|\bs\d+\b", statement)
        name = "s7" if source is None or source[0] == "SOURCE" else source[0]
        target = path if source is None else folder / "sources" / f"{name}.py"
        target.write_text(target.read_text(encoding="utf-8") + lines, encoding="utf-8")


def name_of(one: Diagnostic, folder: Path) -> tuple[str, str, str]:
    return one.code, one.message, path_in(folder, one.span.path)


@pytest.mark.parametrize("code", [rule.code for rule in ALL_RULES])
def test_what_a_diagnostic_suggests_removes_it_and_makes_no_new_error(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = next(PAGES.glob(f"{code}-*.md")).read_text(encoding="utf-8")
    position, number, followed = 0, 1, {}
    while position < number:
        folder = tmp_path / str(position)
        folder.mkdir()
        write_example(page, folder)
        monkeypatch.chdir(folder)
        report = checked(folder)
        number = len(report.diagnostics)
        one = report.diagnostics[position]
        followed[one.code] = follow(one, report, folder)
        if followed[one.code]:
            after = checked(folder)
            assert name_of(one, folder) not in {name_of(other, folder) for other in after.diagnostics}
            assert after.errors <= report.errors
        position += 1
    assert followed[code] != (code in HINTS), f"what {code} suggests is applied, or is a hint"

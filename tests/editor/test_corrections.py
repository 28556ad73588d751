"""What a click corrects: the example of each rule's page is corrected in every way, and checked again.

`corrections.txt` lists the titles: `*` is what most people would do, `_` has words to write over.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from codeable.checks import ALL_RULES, Diagnostic
from codeable.checks.context import Context
from codeable.checks.run import check_context
from codeable.editor.actions.correction import Case, Correction
from codeable.editor.actions.corrections import corrections_of
from codeable.errors import CodeableError
from codeable.loading import load_folder
from codeable.notes.decoding import edited
from codeable.notes.files import note_files_in, notes_of_study, read_notes
from tests.checks.test_rule_pages import PAGES, write_example

LISTED = Path(__file__).with_name("corrections.txt")
SHOWN_AGAIN = {
    "Take the suppression out": ["the image is never closed: ')' is missing"],
    "Keep both": [
        '\'object_store\' is declared as pattern "Object Store", but before as practice "Object Store"'
    ],
}
"""Correction → what it was to hide, or what follows from it."""
PAGE_OF = {rule.code: PAGES / f"{rule.code}-{rule.name}.md" for rule in ALL_RULES}


def codes_with_pages() -> list[object]:
    """The rules; those whose example is a study take longer."""
    return [
        pytest.param(code, marks=[pytest.mark.slow] if "file=models/" in page.read_text("utf-8") else [])
        for code, page in PAGE_OF.items()
    ]


def context_of(folder: Path) -> Context:
    if (folder / "models").is_dir() or (folder / "pyproject.toml").is_file():
        loaded = load_folder(folder)
        return Context(notes_of_study(folder, loaded.settings), loaded)
    return Context(read_notes(note_files_in([Path()])))


def apply(correction: Correction, context: Context) -> None:
    changes: dict[str, list[tuple[int, int, str]]] = {}
    for edit in correction.edits:
        changes.setdefault(edit.path, []).append(edit.change)
    for path, of_file in changes.items():
        Path(path).write_text(edited(context.text_of(path), of_file), encoding="utf-8", newline="")


def name_of(one: Diagnostic) -> tuple[str, str, str]:
    """What a finding says, without its numbers and the folder of its file."""
    return one.code, re.sub(r"\b\d+\b", "", one.message), Path(one.span.path).name


def listed(correction: Correction) -> str:
    return f"{'*' if correction.preferred else ' '}{'_' if correction.blanks else ' '} {correction.title}"


def offered(
    code: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Diagnostic, list[Correction], Context]:
    """The first finding of the example of a page, with its corrections."""
    folder.mkdir()
    monkeypatch.chdir(folder)
    write_example(PAGE_OF[code].read_text(encoding="utf-8"), folder)
    context = context_of(folder)
    one = next(each for each in check_context(context).diagnostics if each.code == code)
    return one, list(corrections_of(Case(one, context))), context


@pytest.mark.parametrize("code", codes_with_pages())
def test_each_correction_removes_its_finding_and_breaks_nothing(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, corrections, _ = offered(code, tmp_path / "first", monkeypatch)
    lists = LISTED.read_text(encoding="utf-8").split("\n\n")
    expected = next(each for each in lists if each.startswith(code))
    assert "\n".join([code, *map(listed, corrections)]) == expected.strip("\n")
    for number in range(len(corrections)):
        one, again, context = offered(code, tmp_path / str(number), monkeypatch)
        before = Counter(map(name_of, check_context(context).diagnostics))
        apply(again[number], context)
        try:
            after = check_context(context_of(tmp_path / str(number))).diagnostics
        except CodeableError:
            assert again[number].blanks, again[number].title  # a module with words to write over
            continue
        now = Counter(map(name_of, after))
        assert now[name_of(one)] < before[name_of(one)], again[number].title
        new = [each for each in after if now[name_of(each)] > before[name_of(each)]]
        certain = (each for each in new if each.severity == "error" or each.code.startswith("C1"))
        unfilled = [word for word in again[number].blanks if word.isupper()]
        broken = [each.message for each in certain if not any(word in each.message for word in unfilled)]
        assert broken in ([], SHOWN_AGAIN.get(again[number].title)), again[number].title

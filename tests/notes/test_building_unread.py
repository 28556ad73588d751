"""Notes that are not read, or not whole: what was built from them stays, and what needs it hangs on them."""

from pathlib import Path

import pytest

from codeable.checks import check
from codeable.loading import load_folder
from codeable.notes import FieldNote
from codeable.notes.build import Build, apply, build
from codeable.notes.reader import read_or_report
from tests.notes.test_building import note

pytestmark = pytest.mark.usefixtures("trial_in_this_process")

FIRST = note(1, 'd = CClass(decision, "D?")', 'a = CClass(practice, "A")')
SECOND = note(
    2,
    'b = CClass(practice, "B")',
    'add_decision_option_link(d, b, "Do B")',
    "add_links({a: [b]}, role_name='to', stereotype_instances=uses)",
    "d",
)
CONFLICT = FIRST.replace(
    'd = CClass(decision, "D?")', '<<<<<<< a\nd = CClass(decision, "D?")\n=======\n>>>>>>> b'
)


def notes(folder: Path, *texts: str | bytes) -> list[FieldNote]:
    found = []
    for number, text in enumerate(texts, 1):
        path = folder / f"s_{number}.md"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        found.append(read_or_report(path))
    return found


def add(read: list[FieldNote], folder: Path) -> Build:
    made = build(read, folder)
    apply(made.changes, folder)
    return made


@pytest.mark.parametrize("broken", [b"# s 1\n\0\1\2", CONFLICT], ids=["not text", "merge conflict"])
def test_what_was_built_stays_and_what_needs_it_too(broken: str | bytes, tmp_path: Path) -> None:
    study = tmp_path / "study"
    add(notes(tmp_path, FIRST, SECOND), study)
    made = add(notes(tmp_path, broken, SECOND), study)
    assert made.changes == ()
    assert {one.span.path for one in made.left_out} == {str(tmp_path / "s_1.md")}
    changed = FIRST.replace('"A"', '"A2"')
    add(notes(tmp_path, changed, SECOND), study)
    assert load_folder(study)["a"].name == "A2"


def test_a_folder_that_cannot_be_searched_may_hold_every_note(tmp_path: Path) -> None:
    study = tmp_path / "study"
    add(notes(tmp_path, FIRST, SECOND), study)
    (closed := tmp_path / "closed").mkdir()
    read = notes(tmp_path, FIRST, SECOND)
    assert [one.path for one in add(read[1:], study).changes if one.after is None] != []
    add(read, study)
    made = add([read_or_report(closed), read[1]], study)
    assert [one.path for one in made.changes if one.path.endswith(".py")] == []


@pytest.mark.parametrize("broken", [b"# s 1\n\0\1\2", CONFLICT], ids=["not text", "merge conflict"])
def test_what_hangs_on_a_note_that_is_not_read_is_reported_there_only(
    broken: str | bytes, tmp_path: Path
) -> None:
    study = tmp_path / "study"
    read = notes(tmp_path, broken, SECOND)
    lost = add(read, study).left_out
    found = [one for one in check(read, load_folder(study)).diagnostics if one.loses]
    assert {one.span.path for one in found} == {str(tmp_path / "s_1.md")}
    assert sum(len(one.loses) for one in found) == len(lost)
    assert {"option", "evidence"} <= {one.kind for one in lost}

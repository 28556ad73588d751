"""Before a file is replaced, it is as it was read, can hold the new name, and the study says the same."""

from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.lines import Edit
from codeable.names.renaming.changes import check_answers, planned_changes
from codeable.names.renaming.plan import RenamePlan
from codeable.names.renaming.rename import planned_rename
from tests.names.studies import MODEL, NOTE, STUDY, carried_out, study_in, written


def refusal(folder: Path, plan: RenamePlan, *, trial: bool = False) -> str:
    study = study_in(folder)
    with pytest.raises(CodeableError) as error:
        changes = planned_changes(plan, study)
        if trial:
            check_answers(plan, study, changes)
    return str(error.value).replace(f"{folder}/", "")


@pytest.mark.parametrize("after", [b"# s 1\n", None])
def test_a_file_that_was_changed_meanwhile_is_left_alone(after: bytes | None, tmp_path: Path) -> None:
    study, note = written(tmp_path, STUDY), tmp_path / "sources" / "s_1.md"
    plan = planned_rename("bus", "event_bus", study)
    note.unlink() if after is None else note.write_bytes(after)
    with pytest.raises(CodeableError, match=r"s_1\.md was changed meanwhile; run it again"):
        planned_changes(plan, study)


def test_a_file_whose_encoding_lacks_a_letter_of_the_new_name_is_named(tmp_path: Path) -> None:
    study = written(tmp_path, STUDY | {"sources/s_1.md": NOTE.replace("fast", "naïve").encode("cp1252")})
    assert refusal(tmp_path, planned_rename("bus", "ładunek", study)) == (
        "sources/s_1.md is not UTF-8, and its encoding has no 'ł'; save it as UTF-8 first"
    )


def test_settings_that_say_nothing_any_more_are_removed(tmp_path: Path) -> None:
    study = written(tmp_path, {name: text for name, text in STUDY.items() if name != "pyproject.toml"})
    changed = carried_out(planned_rename("bus", "event_bus", study, notes="kept"), study)
    assert changed["pyproject.toml"] == '[tool.codeable.renames]\nbus = "event_bus"\n'
    study = study_in(tmp_path)
    carried_out(planned_rename("event_bus", "bus", study, notes="kept"), study)
    assert not (tmp_path / "pyproject.toml").exists()


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        ("bus = C", "(", "nothing was written: the study would not load with this:\n"),
        ('"Use a queue"', '"Wait"', "nothing was written: 'link how queue "),
        ("positive}})", "positive}})\nmore = CClass(force, 'M')", "nothing was written: 'declaration "),
    ],
)  # fmt: skip
@pytest.mark.sampled(1)
def test_a_study_that_would_say_something_else_stays(before: str, now: str, why: str, tmp_path: Path) -> None:
    written(tmp_path, STUDY)
    start = MODEL.index(before)
    edit = Edit(str(tmp_path / "models" / "a.py"), start, start + len(before), now)
    assert refusal(tmp_path, RenamePlan({}, (edit,)), trial=True).startswith(why)

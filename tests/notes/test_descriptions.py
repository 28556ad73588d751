"""The description of an option in a note: it is read, built, compared, and what is wrong with it is told."""

from pathlib import Path

import pytest

from codeable.notes import read_text
from codeable.notes.build import apply, build
from tests.checks.cases import in_study
from tests.notes.test_building import DECLARED, built, left_out, note, written

pytestmark = pytest.mark.usefixtures("trial_in_this_process")

LINK = 'add_decision_option_link(d_decision, a, "Do A", option_description="{}")'


def module(folder: Path) -> str:
    return (folder / "models" / "d_decision.py").read_text("utf-8")


@pytest.mark.parametrize("given", ['"Do A", "Each day."', '"Do A", option_description="Each day."'])
def test_it_is_built_as_the_note_writes_it(tmp_path: Path, given: str) -> None:
    link = f"add_decision_option_link(d_decision, a, {given})"
    registry = written(tmp_path, note(1, *DECLARED, link))
    (option,) = registry.options_of("d_decision")
    assert (option.text, option.description) == ("Do A", "Each day.")
    assert given in " ".join(module(tmp_path).split())


def test_one_that_is_changed_in_the_note_is_changed_in_the_module(tmp_path: Path) -> None:
    written(tmp_path, note(1, *DECLARED, LINK.format("Each day.")))
    registry = written(tmp_path, note(1, *DECLARED, LINK.format("Each night.")))
    assert [option.description for option in registry.options_of("d_decision")] == ["Each night."]


def test_one_that_a_person_changed_stays_and_is_told(tmp_path: Path) -> None:
    written(tmp_path, note(1, *DECLARED, LINK.format("Each day.")))
    path = tmp_path / "models" / "d_decision.py"
    path.write_text(module(tmp_path).replace("Each day.", "By hand."), encoding="utf-8")
    made = built(tmp_path, note(1, *DECLARED, LINK.format("Each night.")))
    apply(made.changes, tmp_path)
    assert "By hand." in module(tmp_path)
    assert [one.reason for one in made.kept] == [
        "the note of s1 says 'Do A – Each night.', the module 'Do A – By hand.'"
    ]


def test_one_that_is_no_text_is_a_problem_and_the_option_is_read(tmp_path: Path) -> None:
    text = note(1, *DECLARED, "add_decision_option_link(d_decision, a, 'Do A', option_description=a)")
    problems = [problem.message for problem in read_text(text, "s_1.md").problems]
    assert problems == ["the description of an option must be a string"]
    assert left_out(build([read_text(text, "s_1.md")], tmp_path)) != []


def test_a_later_note_that_describes_an_option_anew_is_told(tmp_path: Path) -> None:
    first, later = (LINK.format(text) for text in ("Each day.", "Each night."))
    notes = {
        "models/__init__.py": "",
        "sources/s_1.md": note(1, *DECLARED, first),
        "sources/s_2.md": note(2, "a", later),
    }
    (found,) = [one for one in in_study(tmp_path, notes) if one.code == "C411"]
    assert found.message == (
        "the text of the option 'a' of 'd_decision' is \"Do A – Each day.\" here, and changed in s2 to "
        '"Do A – Each night."'
    )


def test_a_model_that_describes_it_otherwise_is_told(tmp_path: Path) -> None:
    model = "\n".join(("from codeable.dsl import *", *DECLARED, LINK.format("Each night."), ""))
    files = {"models/m.py": model, "sources/s_1.md": note(1, *DECLARED, LINK.format("Each day."))}
    (found,) = [one for one in in_study(tmp_path, files) if one.code == "C503"]
    assert found.message == (
        'the description of the option \'a\' is "Each day." here, but "Each night." in the model'
    )


def test_exchanged_arguments_are_corrected_with_it(tmp_path: Path) -> None:
    link = 'add_decision_option_link(d_decision, "Do A", a, option_description="Each day.")'
    found = in_study(tmp_path, {"models/__init__.py": "", "sources/s_1.md": note(1, *DECLARED, link)})
    (corrected,) = [one.suggestion for one in found if one.code == "C406"]
    assert corrected == (
        "write add_decision_option_link(d_decision, a, 'Do A', option_description='Each day.')"
    )

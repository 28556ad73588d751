"""The files that a rename or a merge changes, and the trial of the study with them. Nothing is written here.

`codeable.notes.build.apply` writes them, all or none.
"""

from codeable.errors import CodeableError, reason_of
from codeable.files import path_in, read_file, shown_path
from codeable.names.renaming.answers import answers_in_text, answers_of, as_merged
from codeable.names.renaming.named_study import NamedStudy
from codeable.names.renaming.plan import RenamePlan
from codeable.notes.build.files import Change
from codeable.notes.build.trial_load import trial_load
from codeable.notes.decoding import apply_edits, decode


def planned_changes(plan: RenamePlan, study: NamedStudy) -> tuple[Change, ...]:
    """The files of a plan before and after it.

    Raises:
        CodeableError: A file cannot be read, was changed since the plan was made, or cannot hold the new name
            in its encoding.
    """
    return tuple(_change(path, plan, study) for path in plan.files)


def _change(path: str, plan: RenamePlan, study: NamedStudy) -> Change:
    file = study.folder / path
    try:
        data = read_file(file)
    except FileNotFoundError:
        if path != study.settings_file:
            raise _changed_meanwhile(path) from None
        text = plan.text_after(path, "")
        return Change(path_in(study.folder, path), "new", None, text.encode())
    except OSError as error:
        raise CodeableError(f"{shown_path(path)} cannot be read: {reason_of(error)}") from error
    text, encoding = decode(data)
    if text != study.text_of(path):
        raise _changed_meanwhile(path)
    edits = [one.change for one in plan.edits if one.path == path]
    try:
        after = apply_edits(data, encoding, edits)
    except UnicodeEncodeError as error:
        raise CodeableError(
            f"{shown_path(path)} is not UTF-8, and its encoding has no {error.object[error.start]!r}; "
            "save it as UTF-8 first"
        ) from error
    if path == study.settings_file and not after.strip():
        return Change(path_in(study.folder, path), "removed", data, None)
    return Change(path_in(study.folder, path), "changed", data, after)


def _changed_meanwhile(path: str) -> CodeableError:
    return CodeableError(f"{shown_path(path)} was changed meanwhile; run it again")


def check_answers(plan: RenamePlan, study: NamedStudy, changes: tuple[Change, ...]) -> None:
    """Load the study with the changes in a fresh process, and compare what it says.

    Raises:
        CodeableError: It would not load, or would say something else than now, but for the names.
    """
    if study.registry is None:
        return
    files = {
        change.path: change.after
        for change in changes
        if change.path.endswith(".py") or study.settings_file == str(study.folder / change.path)
    }
    trial = trial_load(study.folder, files, "codeable.names.renaming.answers:answers_as_text")
    if trial.reason is not None:
        raise CodeableError(f"nothing was written: the study would not load with this:\n{trial.reason}")
    before = set(answers_of(study.registry, plan.names))
    after = set(answers_in_text(trial.answer))
    if plan.into:
        before, after = as_merged(before, plan.into), as_merged(after, plan.into)
    other = sorted(before.symmetric_difference(after), key=str)
    if other:
        words = " ".join(str(part) for part in other[0] if part not in (None, ()))
        what = "not be said any more" if other[0] in before else "be said"
        raise CodeableError(f"nothing was written: '{words}' would {what}")

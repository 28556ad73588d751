"""Renaming a code in the notes, modules and settings of a study. Nothing is written here.

`codeable rename` and the language server write what a plan says.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from codeable.files import shown_path
from codeable.kernel.place import Span, shown_place
from codeable.lines import Edit
from codeable.names.identifiers import normal
from codeable.names.in_notes import occurrences_in_note
from codeable.names.modules import Module
from codeable.names.occurrence import Occurrence
from codeable.names.renaming.named_study import NamedStudy
from codeable.names.renaming.plan import Notes, PlaceRemark, RenamePlan
from codeable.names.renaming.refusals import (
    RenameRefusedError,
    check_new_name,
    check_old_name,
    check_texts,
    strings_that_stay,
)
from codeable.names.renaming.settings_edits import settings_edits
from codeable.notes.decoding import edited
from codeable.notes.reader import read_text

_READ_OTHERWISE = "with the new name, this would be read otherwise; change it by hand first"


def planned_rename(old: str, new: str, study: NamedStudy, *, notes: Notes = "rewritten") -> RenamePlan:
    r"""What the rename of a code changes: every place of its name in modules and settings, and in the notes.

    Where the notes are to stay as they were written, and name the code, `[tool.codeable.renames]` gets an
    entry, so that the old name still leads to the code. Passages, prose, comments and strings that are no
    codes stay as they are.

    Args:
        old: The identifier.
        new: The new identifier.
        study: The study.
        notes: Whether the notes are rewritten.

    Raises:
        RenameRefusedError: The name is no code's, the new one is taken or no identifier, or a file has the
            name in a way that cannot be changed; with the reason and the place.

    Example:
        >>> from codeable.names.renaming.named_study import NamedStudy
        >>> from codeable.settings import Settings
        >>> module = Module("models/a.py", 'bus = CClass(pattern, "Bus")\nadd_links({s1: bus})\n')
        >>> study = NamedStudy(Path(), Settings(), "", (), {"models/a.py": module})
        >>> [(edit.start, edit.replacement) for edit in planned_rename("bus", "event_bus", study).edits]
        [(0, 'event_bus'), (44, 'event_bus')]
    """
    old, new = normal(old), normal(new)
    check_texts(study)
    check_old_name(old, study)
    check_new_name(old, new, study)
    in_notes = [one for one in study.places_of(old) if study.is_in_note(one)]
    entries = {old: new} if notes == "kept" and in_notes else {}
    if entries and not (study.declarations_of(old) or _is_bound(old, study)):
        raise RenameRefusedError(
            f"'{old}' is declared nowhere, so no entry of the settings can name what it leads to; "
            f"write '{new}' into the notes instead"
        )
    changed = [one for one in study.places_of(old) if one.role != "setting" and not one.kept]
    if notes == "kept":
        changed = [one for one in changed if not study.is_in_note(one)]
    edits = [Edit.of(one.span, new) for one in changed]
    edits += edits_of_settings({old: new}, entries, study)
    left = [PlaceRemark(one.span, f"'{old}' {one.kept}") for one in in_notes if one.kept and notes != "kept"]
    left += _not_read_any_more({old: new}, edits, study)
    left += [PlaceRemark(at, f"the string '{old}' is no code") for at in strings_that_stay(old, study)]
    return RenamePlan({old: new}, tuple(edits), tuple(left), tuple(_messages(old, new, study)))


def _is_bound(name: str, study: NamedStudy) -> bool:
    """Whether a statement binds a name, also in a module that is not loaded yet."""
    return any(one.role == "declaration" for one in study.places_of(name))


def edits_of_settings(names: Mapping[str, str], entries: Mapping[str, str], study: NamedStudy) -> list[Edit]:
    """The edits of the settings.

    Raises:
        RenameRefusedError: They cannot be changed as they are.
    """
    edits = settings_edits(study.settings_file, study.settings_text, names, entries)
    if edits is None:
        raise RenameRefusedError(
            f"{study.settings_file} cannot be changed as it is; write the new name there by hand, and run "
            "this again",
            Span(study.settings_file, 1, 1, 1, 1),
        )
    return edits


def _messages(old: str, new: str, study: NamedStudy) -> Iterator[str]:
    named = [path for path in study.modules if Path(path).stem == old]
    yield from (f"{Path(path).name} keeps its name: imports name it" for path in named)
    mentioned = [one for one in study.places_of(new) if study.is_in_note(one)]
    if mentioned and study.names.current(new) == new:
        where = shown_place(mentioned[0].span)
        yield f"the notes had the name '{new}' already, as in {where}: it is this code now"


def _not_read_any_more(
    names: Mapping[str, str], edits: Iterable[Edit], study: NamedStudy
) -> Iterator[PlaceRemark]:
    """The places in notes that are changed and name no code then; nothing else may be read otherwise.

    Raises:
        RenameRefusedError: Another name of a note or a module would be read otherwise.
    """
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    by_path.pop(study.settings_file, None)
    for path, changes in by_path.items():
        before = study.occurrences[path]
        text = edited(study.text_of(path), [one.change for one in changes])
        after = {(one.span.start, one.name) for one in _names_in(path, text, study)}
        lost = [one for one in before if (_moved(one, changes), _renamed(one, names, changes)) not in after]
        for one in lost:
            if one.role not in ("text", "listed"):
                raise RenameRefusedError(
                    f"{shown_place(one.span)}: this line would be read otherwise; change it by hand first",
                    one.span,
                )
            yield PlaceRemark(one.span, "the new name is written here, but prose does not show it as a code")
        if len(after) + len(lost) > len({(one.span.start, one.name) for one in before}):
            raise RenameRefusedError(f"{shown_path(path)}: {_READ_OTHERWISE}")


def _names_in(path: str, text: str, study: NamedStudy) -> tuple[Occurrence, ...]:
    if path in study.modules:
        return study.names_in(Module(path, text))
    return occurrences_in_note(read_text(text, path))


def _moved(one: Occurrence, changes: Iterable[Edit]) -> int:
    before = (each for each in changes if each.end <= one.span.start)
    return one.span.start + sum(len(each.replacement) - (each.end - each.start) for each in before)


def _renamed(one: Occurrence, names: Mapping[str, str], changes: Iterable[Edit]) -> str:
    is_changed = any(each.start == one.span.start for each in changes) or one.alias
    return names.get(one.name, one.name) if is_changed else one.name

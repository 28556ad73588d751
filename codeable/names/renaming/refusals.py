"""Reasons why a name cannot be renamed, or cannot be the new one. `rename` and `merge` ask them."""

from collections.abc import Iterator

from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel.place import Span, shown_place
from codeable.merge_conflicts import conflicts_in
from codeable.names.identifiers import normal, why_not_bindable
from codeable.names.occurrence import Occurrence
from codeable.names.renaming.named_study import NamedStudy
from codeable.notes.model import FieldNote
from codeable.text import did_you_mean


class RenameRefusedError(CodeableError):
    """A rename or a merge that is not made, with the reason.

    Attributes:
        span: The place that is in the way; None where the reason has none.
    """

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message, exit_status=2)
        self.span = span


def check_texts(study: NamedStudy) -> None:
    """Refuse while a file of the study cannot be read: it may have the name, too.

    Raises:
        RenameRefusedError: With the file.
    """
    for path, module in study.modules.items():
        if module.tree is None:
            line = next((first + 1 for first, _ in conflicts_in(module.lines.lines)), 0)
            what = f"has a merge conflict in line {line}" if line else "is not Python"
            raise RenameRefusedError(f"{shown_path(path)} {what}; correct it first", Span(path, 1, 1, 1, 1))
    for note in study.notes:
        problem = note.unread or next((one for one in note.problems if one.kind == "merge-conflict"), None)
        if problem is not None:
            raise RenameRefusedError(
                f"{shown_place(problem.span)}: {problem.message}; correct it first", problem.span
            )


def check_old_name(old: str, study: NamedStudy) -> None:
    """Refuse a name that is not the current name of a code.

    Raises:
        RenameRefusedError: With what to say instead.
    """
    if (why := why_not_bindable(old)) is not None:
        identifiers = study.identifiers_of(old)
        if identifiers:
            raise RenameRefusedError(
                f"'{old}' is the display name of {_listed(identifiers)}; name the identifier"
            )
        raise RenameRefusedError(f"'{old}' {why}")
    current = study.names.current(old)
    if current != old:
        raise RenameRefusedError(
            f"'{old}' is an old name of '{current}', by [tool.codeable.renames]; rename '{current}', or let "
            "`codeable check --fix` write that name everywhere"
        )
    if study.is_source(old):
        raise RenameRefusedError(_of_source(old, study))
    places = study.places_of(old)
    if not places:
        identifiers = study.identifiers_of(old)
        known = f"; it is the display name of {_listed(identifiers)}" if identifiers else ""
        near = "" if identifiers else did_you_mean(old, study.names.names)
        raise RenameRefusedError(f"there is no '{old}' in this study{known}{near}")
    _check_one_module(old, study)
    _check_can_be_written(places, study)


def check_new_name(old: str, new: str, study: NamedStudy) -> None:
    """Refuse a name that no code can have, or that another one has.

    Raises:
        RenameRefusedError: With what has the name, and where.
    """
    why = why_not_bindable(new)
    if why is None and new.startswith("_"):
        why = "begins with _, and such a name is no identifier of a study"
    if why is not None:
        raise RenameRefusedError(f"'{new}' {why}")
    if new == old:
        raise RenameRefusedError(f"'{old}' has this name already")
    current = study.names.current(new)
    if current not in (new, old):
        raise RenameRefusedError(f"'{new}' is an old name of '{current}', by [tool.codeable.renames]")
    if study.is_source(new):
        raise RenameRefusedError(f"'{new}' is the name of a source")
    for declaration in study.declarations_of(new):
        if current == old and declaration.element is None:
            continue  # notes that were kept when the code was renamed
        raise RenameRefusedError(
            f"'{new}' is taken: {declaration.describe()}; if the two are one code, "
            f"`codeable merge {old} --into {new}` makes them one",
            declaration.span,
        )
    for one in study.places_of(new):
        if one.span.path in study.modules:
            raise RenameRefusedError(
                f"'{new}' is taken: {shown_place(one.span)} uses it for something else", one.span
            )
    check_not_hidden(old, new, study)


def check_not_hidden(old: str, new: str, study: NamedStudy) -> None:
    """Refuse where a module that uses the old name has the new one for something of its own.

    Raises:
        RenameRefusedError: With the module.
    """
    for path in dict.fromkeys(one.span.path for one in study.names.of(old)):
        module = study.modules.get(path)
        if module is not None and new in map(normal, module.variables):
            raise RenameRefusedError(
                f"{shown_path(path)} uses the name '{new}' for something of its own", Span(path, 1, 1, 1, 1)
            )


def _check_one_module(old: str, study: NamedStudy) -> None:
    bound: dict[str, Occurrence] = {}
    for one in study.places_of(old):
        if one.role == "declaration" and one.span.path in study.modules:
            bound.setdefault(one.span.path, one)
    if len(bound) > 1:
        places = " and ".join(shown_place(one.span) for one in bound.values())
        raise RenameRefusedError(
            f"several modules have a '{old}' of their own: {places}; rename all but one by hand",
            next(iter(bound.values())).span,
        )


def _check_can_be_written(places: list[Occurrence], study: NamedStudy) -> None:
    for one in places:
        if one.kept and one.span.path in study.modules:
            raise RenameRefusedError(
                f"{shown_place(one.span)}: '{one.name}' {one.kept}; change this line by hand first", one.span
            )


def _of_source(name: str, study: NamedStudy) -> str:
    notes = [note for note in study.notes if note.identifier == name]
    how = "".join(f"; {_how_to_rename(note)}" for note in notes[:1])
    return f"'{name}' is a source, and its name is in the heading and the file of its note{how}"


def _how_to_rename(note: FieldNote) -> str:
    return (
        f"write another number into the heading of {shown_path(note.path)} and into its traces, rename the "
        "file, and run `codeable check`"
    )


def _listed(identifiers: list[str]) -> str:
    return " and ".join(f"'{each}'" for each in identifiers)


def strings_that_stay(old: str, study: NamedStudy) -> Iterator[Span]:
    """The strings in modules that say the old name and are no codes."""
    for module in study.modules.values():
        if old in module.text:
            codes = {one.span.start for one in study.occurrences[module.path]}
            strings = module.strings_saying(old)
            yield from (at for at in strings if codes.isdisjoint(range(at.start, at.end)))

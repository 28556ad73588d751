"""What a user must know about the codes of an import. `planned_codes` calls this."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from codeable.exchange.incoming.study_codes import StudyCode, plain_name
from codeable.exchange.project import NotTakenOver, ProjectCode
from codeable.text import counted, counted_names, first_few


def other_identifiers(new: Sequence[ProjectCode], identifiers: Mapping[str, str]) -> Iterator[str]:
    """The identifiers of the file that new codes do not get.

    Args:
        new: The new codes.
        identifiers: Key → identifier in the study.
    """
    others = [
        f"{code.identifier!r} is {identifiers[code.key]!r} here"
        for code in new
        if code.identifier is not None and identifiers[code.key] != code.identifier
    ]
    if others:
        yield f"Some identifiers are taken or cannot be: {first_few(others)}."


def known_by_name_alone(codes: Iterable[StudyCode]) -> tuple[str, ...]:
    """The codes that are below others in the study, and outside of all in the file."""
    one = "code that the file has in no other is known by its name"
    several = "codes that the file has in no other are known by their names"
    return counted_names((each.called for each in codes), one, several, ".")


def same_names(
    new: Sequence[ProjectCode], identifiers: Mapping[str, str], in_study: Sequence[StudyCode]
) -> Iterator[str]:
    """The new codes that have the name of a code elsewhere in the study.

    Args:
        new: The new codes.
        identifiers: Key → identifier in the study.
        in_study: The codes of the study.
    """
    by_name = {each.name: each.called for each in reversed(in_study)}
    same = [
        f"{identifiers[code.key]!r} and {by_name[plain_name(code.name)]!r}"
        for code in new
        if plain_name(code.name) in by_name
    ]
    if same:
        yield (
            f"Codes of one name below different codes stay apart: {first_few(same)}. "
            "If they are one, take one of the two out, and name it in [tool.codeable.renames]."
        )


def update_hint(lacking: Sequence[str]) -> Iterator[str]:
    """How to fill in the kinds and texts that known codes lack.

    Args:
        lacking: What the codes are called.
    """
    if lacking:
        lack = "lacks" if len(lacking) == 1 else "lack"
        yield f"--update fills in what {counted(len(lacking), 'code')} {lack}: {first_few(lacking)}."


def no_longer_in_file(
    in_study: Sequence[StudyCode],
    known: Mapping[str, StudyCode],
    modules: Collection[str],
    new: Sequence[ProjectCode],
) -> Iterator[str]:
    """The codes of earlier imports of the project that the file lacks, where it has others of them.

    Args:
        in_study: The codes of the study.
        known: Those of them that the file has.
        modules: The modules of the project.
        new: The codes of the file that the study lacks.
    """
    own = [each for each in in_study if each.declaration.module in modules]
    there = set(known.values())
    gone = [each.called for each in own if each not in there]
    if gone and len(gone) < len(own):
        are = "is" if len(gone) == 1 else "are"
        renamed = " If one was renamed there, give yours the new name before you import." if new else ""
        yield (
            f"{counted(len(gone), 'code')} of an earlier import {are} not in the file: {first_few(gone)}."
            f"{renamed}"
        )


def parents_without_identifier(
    new: Sequence[ProjectCode], parents: Mapping[str, Sequence[str]], identifiers: Mapping[str, str]
) -> tuple[NotTakenOver, ...]:
    """The parents of new codes that no statement can name.

    Args:
        new: The new codes.
        parents: Key → the keys of the parents.
        identifiers: Key → identifier in the study.
    """
    lost = (code for code in new if any(key not in identifiers for key in parents[code.key]))
    reason = "the parent has no identifier in the study; bind it to a name in its module"
    return NotTakenOver.of_codes("parents of codes", lost, reason)

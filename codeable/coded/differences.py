"""Where the notes of a study and its modules differ, in sentences. `CodedStudy.messages` has them."""

from collections.abc import Iterator, Sized
from typing import TYPE_CHECKING

from codeable.text import counted, first_few

if TYPE_CHECKING:
    from codeable.coded.coded_study import CodedStudy


def differences(study: "CodedStudy") -> Iterator[str]:
    """What is counted otherwise than somebody who reads the notes would expect, or not at all."""
    yield from _notes_left_out(study)
    yield from _several_notes(study)
    more = [
        f"{code.name} in {each.source}"
        for code in study.codes
        for each in code.in_notes
        if not each.in_model and each.mentions
    ]
    if more:
        count = counted(len(more), "mention of a code in a note is", "mentions of codes in notes are")
        yield (
            f"{count} no evidence in the modules, which are counted: {first_few(more)}; "
            f"`codeable check` shows {_them(more)}"
        )
    if study.dropped_codes:
        count = counted(len(study.dropped_codes), "code of the notes is", "codes of the notes are")
        named = first_few([code.name for code in study.dropped_codes])
        yield (
            f"{count} not in the modules: {named}; `codeable notes build` adds what a note declares, "
            f"`codeable check` shows what none does"
        )


def _them(things: Sized) -> str:
    return "it" if len(things) == 1 else "them"


def _notes_left_out(study: "CodedStudy") -> Iterator[str]:
    unread = [study.file_of(note.path) for note in study.notes if note.unread]
    if unread:
        count = counted(len(unread), "note cannot be read", "notes cannot be read")
        named = first_few(unread)
        yield f"{count}: {named}; what is in it counts nowhere, `codeable check` says why"
    nameless = [study.file_of(note.path) for note in study.notes if not note.unread and not note.identifier]
    if nameless:
        count = counted(len(nameless), "note names no source", "notes name no source")
        yield f"{count}: {first_few(nameless)}; what is in it counts nowhere"


def _several_notes(study: "CodedStudy") -> Iterator[str]:
    """The second and further notes of one source and coder: rule C209 of the checks."""
    seen: set[tuple[str, str | None]] = set()
    further = []
    for note in study.notes:
        if note.identifier and not note.unread:
            key = (note.identifier, note.coder)
            further += [study.file_of(note.path)] if key in seen else []
            seen.add(key)
    if further:
        verb = "note is" if len(further) == 1 else "notes are"
        yield (
            f"{len(further)} {verb} about a source of which the same coder has another note: "
            f"{first_few(further)}; the passages of all count, `codeable check` says what to do"
        )

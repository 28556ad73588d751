"""Mending what cannot be mended wrongly, with every other byte of the file kept."""

import difflib
from bisect import bisect, insort
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.checks.diagnostic import Diagnostic, Edit
from codeable.checks.modules import lines_of
from codeable.errors import CodeableError
from codeable.files import shown_path, write_whole
from codeable.notes.decoding import apply_edits, decode

__all__ = ["FixedFile", "difference", "mended_files", "write_mended"]


@frozen
class FixedFile:
    """A file before and after mending, and how many edits that took."""

    path: str
    before: bytes
    after: bytes
    edits: int


def mended_files(
    findings: Iterable[Diagnostic], renames: Iterable[Edit], texts: Mapping[str, str]
) -> list[FixedFile]:
    """What mending makes of the files; nothing is written.

    Edits that overlap another one are left out, whole findings at a time, so that no half of a swap happens.

    Args:
        findings: What the check found.
        renames: The edits that write new names for old ones.
        texts: The text of each file as it was checked; a file that says something else by now is left out.

    Raises:
        CodeableError: A file cannot be read any more, or somebody changed it since it was checked.
    """
    by_file: dict[str, _Edits] = {}
    for group in (*(finding.edits for finding in findings), *((edit,) for edit in renames)):
        if all(by_file.setdefault(edit.file, _Edits()).has_room_for(edit) for edit in group):
            for edit in group:
                by_file[edit.file].add(edit)
    mended = (_mended(path, by_file[path].edits, texts[path]) for path in sorted(by_file))
    return [file for file in mended if file is not None]


class _Edits:
    """The edits of one file, in order, none over another."""

    def __init__(self) -> None:
        self.edits: list[Edit] = []

    def has_room_for(self, edit: Edit) -> bool:
        index = bisect(self.edits, edit.start, key=lambda other: other.start)
        behind_one = index == 0 or self.edits[index - 1].end <= edit.start
        return behind_one and (index == len(self.edits) or edit.end <= self.edits[index].start)

    def add(self, edit: Edit) -> None:
        insort(self.edits, edit, key=lambda other: other.start)


def _mended(path: str, edits: Sequence[Edit], checked: str) -> FixedFile | None:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise CodeableError(f"{shown_path(path)} cannot be read: {error.strerror or error}") from error
    text, encoding = decode(data)
    if text != checked:
        raise _changed(path)
    try:
        after = apply_edits(data, encoding, [(edit.start, edit.end, edit.replacement) for edit in edits])
    except UnicodeEncodeError:
        return None
    return FixedFile(path, data, after, len(edits)) if after != data else None


def _changed(path: str) -> CodeableError:
    return CodeableError(f"{shown_path(path)} was changed while it was checked; run the check again")


def write_mended(files: Iterable[FixedFile]) -> None:
    """Write the mended files, each whole or not at all.

    Raises:
        CodeableError: A file was changed by somebody else meanwhile, or cannot be written.
    """
    for file in files:
        try:
            if Path(file.path).read_bytes() != file.before:
                raise _changed(file.path)
            write_whole(Path(file.path), file.after)
        except OSError as error:
            reason = error.strerror or error
            raise CodeableError(f"{shown_path(file.path)} cannot be written: {reason}") from error


def difference(files: Iterable[FixedFile]) -> str:
    """What mending changes, as a unified diff."""
    told = []
    for file in files:
        before, after = (lines_of(decode(data)[0]) for data in (file.before, file.after))
        name = Path(shown_path(file.path)).as_posix().lstrip("/")
        lines = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
        told += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
    return "".join(told)

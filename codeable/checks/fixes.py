"""Safe fixes. Every other byte of a file is kept. Called by `codeable check --fix` and `--diff`."""

import difflib
import re
from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from pathlib import Path

from attrs import frozen

from codeable.checks.diagnostic import Report
from codeable.errors import CodeableError, reason_of
from codeable.files import read_file, shown_path, write_together
from codeable.lines import Edit
from codeable.notes.decoding import apply_edits, decode

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@frozen
class FixedFile:
    """A file before and after its fixes, and the number of edits."""

    path: str
    before: bytes
    after: bytes
    edits: int


def fixed_files(report: Report) -> list[FixedFile]:
    """The files that the fixes of a report change. Nothing is written.

    When an edit overlaps another one, all edits of its diagnostic are left out, so that a swap is never done
    by half. A file whose encoding cannot write an edit is left out.

    Raises:
        CodeableError: A file cannot be read any more, or was changed since it was checked.
    """
    by_path: defaultdict[str, list[Edit]] = defaultdict(list)
    for edit in edits_that_fit(report):
        by_path[edit.path].append(edit)
    fixed = (_fixed(path, by_path[path], report.texts[path]) for path in sorted(by_path))
    return [file for file in fixed if file is not None]


def edits_that_fit(report: Report) -> list[Edit]:
    """The safe fixes of a report that do not overlap, in the order of files and places.

    When an edit overlaps another one, all edits of its diagnostic are left out.
    """
    by_path: defaultdict[str, list[Edit]] = defaultdict(list)
    for group in (*(one.edits for one in report.diagnostics), *((edit,) for edit in report.renames)):
        if all(_is_free(by_path[edit.path], edit) for edit in group):
            for edit in group:
                insort(by_path[edit.path], edit, key=_start)
    return [edit for path in sorted(by_path) for edit in by_path[path]]


_start = attrgetter("start")


def _is_free(edits: Sequence[Edit], edit: Edit) -> bool:
    """Whether an edit overlaps none of the edits of its file, which are in order."""
    index = bisect(edits, edit.start, key=_start)
    behind_one = index == 0 or edits[index - 1].end <= edit.start
    return behind_one and (index == len(edits) or edit.end <= edits[index].start)


def _fixed(path: str, edits: Sequence[Edit], checked: str) -> FixedFile | None:
    try:
        data = read_file(Path(path))
    except OSError as error:
        raise CodeableError(f"{shown_path(path)} cannot be read: {reason_of(error)}") from error
    text, encoding = decode(data)
    if text != checked:
        raise _changed(path)
    try:
        after = apply_edits(data, encoding, [edit.change for edit in edits])
    except UnicodeEncodeError:
        return None
    return FixedFile(path, data, after, len(edits)) if after != data else None


def _changed(path: str) -> CodeableError:
    return CodeableError(f"{shown_path(path)} was changed while it was checked; run the check again")


def write_fixes(files: Iterable[FixedFile]) -> None:
    """Write the fixed files: all of them, or none.

    Raises:
        CodeableError: A file was changed meanwhile, or cannot be written.
    """
    files = list(files)
    try:
        for file in files:
            if read_file(Path(file.path)) != file.before:
                raise _changed(file.path)
        write_together({Path(file.path): file.after for file in files})
    except OSError as error:
        message = (
            f"{shown_path(error.filename or '')} cannot be written: {reason_of(error)}; nothing was fixed"
        )
        raise CodeableError(message) from error


def difference(files: Iterable[FixedFile]) -> str:
    """The fixes as a unified diff."""
    diff = []
    for file in files:
        before, after = (_LINE.findall(decode(data)[0]) for data in (file.before, file.after))
        name = Path(shown_path(file.path)).as_posix().lstrip("/")
        lines = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
        diff += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
    return "".join(diff)

"""The files of reports on disk: which are stale, and which may be written or removed. Called by the job.

Only files that codeable made are ever replaced or removed, and only as they were made.
"""

from pathlib import Path

from attrs import frozen

from codeable.render.files import NOT_OURS, InTheWayError, old_bytes
from codeable.render.report import State
from codeable.reports.document import ReportFile
from codeable.reports.manifest import MadeFile, is_same

_EDITED = "somebody edited it since it was written; move it away to have it written again"
_NOTE = "it would be read as a field note there; name another folder with --out or in [tool.codeable.report]"
_CHANGED = "the study, the options or codeable changed"


@frozen
class FileChange:
    """What happens to one file.

    Attributes:
        report: The report that it belongs to; None for a file that this run is not about.
        state: What becomes of it.
        reason: Why.
        entry: Its entry in the manifest; None where it has none afterwards.
        data: Its new content; None where it is not written.
    """

    report: str | None
    state: State
    reason: str = ""
    entry: MadeFile | None = None
    data: bytes | None = None


def change_of(path: Path, file: ReportFile, entry: MadeFile, before: MadeFile | None) -> FileChange:
    """What happens to a file that a report has.

    Args:
        path: Its path.
        file: The file as it is made now.
        entry: Its entry in the manifest.
        before: The entry that it had before.
    """
    try:
        old = old_bytes(path)
    except InTheWayError as error:
        return FileChange(entry.report, "failed", error.message, before)
    if old is None:
        return FileChange(entry.report, "drawn", "missing", entry, file.data)
    if is_same(file.name, old, file.data):
        return FileChange(entry.report, "unchanged", entry=entry)
    if before is None:
        return FileChange(entry.report, "failed", NOT_OURS)
    if not before.is_intact(old):
        return FileChange(entry.report, "failed", _EDITED, before)
    if file.drawn_from is not None and file.drawn_from == before.drawn_from:
        return FileChange(entry.report, "unchanged", entry=before)
    return FileChange(entry.report, "drawn", _CHANGED, entry, file.data)


def refused_as_note(entry: MadeFile) -> FileChange:
    """What happens to a file that would be read as a field note: it is not written."""
    return FileChange(entry.report, "failed", _NOTE)


def removal_of(path: Path, entry: MadeFile, reason: str, *, prune: bool) -> FileChange:
    """What happens to a file that no report makes any more.

    Args:
        path: Its path.
        entry: Its entry in the manifest.
        reason: Why nobody needs it.
        prune: Whether it is removed.
    """
    if not prune:
        return FileChange(entry.report, "orphaned", f"{reason}; --prune removes it", entry)
    if not entry.is_intact(old_bytes(path) or b""):
        return FileChange(entry.report, "orphaned", f"{reason}; somebody edited it, remove it by hand", entry)
    return FileChange(entry.report, "removed", reason)


def is_there(path: Path) -> bool:
    """Whether there is a file that we may read; not for a link or a folder."""
    try:
        return old_bytes(path) is not None
    except InTheWayError:
        return False

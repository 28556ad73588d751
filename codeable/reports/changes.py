"""The files of reports on disk: which are stale, and which may be written or removed. Called by the job.

Only files that codeable made are ever replaced or removed, and only as they were made.
"""

from pathlib import Path

from attrs import frozen

from codeable.render.files import NOT_OURS, InTheWayError, old_bytes
from codeable.render.report import State
from codeable.reports.document import ReportFile
from codeable.reports.making import alone
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


def change_of(path: Path, file: ReportFile, owner: tuple[str, str], before: MadeFile | None) -> FileChange:
    """What happens to a file that a report has. A picture that is up to date is not drawn.

    Args:
        path: Its path.
        file: The file as it is made now.
        owner: Its report, and the format that the report is written in.
        before: The entry that it has in the manifest.
    """
    report, _ = owner
    try:
        old = old_bytes(path)
    except InTheWayError as error:
        return FileChange(report, "failed", error.message, before)
    intact = before if before is not None and old is not None and before.is_intact(old) else None
    if intact is not None and file.drawn_from is not None and intact.drawn_from == file.drawn_from:
        return FileChange(report, "unchanged", entry=intact)
    with alone() as failure:
        entry = MadeFile.of(file, *owner)
    if failure:
        return FileChange(report, "failed", failure[0], before)
    if old is None:
        return FileChange(report, "drawn", "missing", entry, file.data)
    if is_same(file.name, old, file.data):
        return FileChange(report, "unchanged", entry=entry)
    if before is None:
        return FileChange(report, "failed", NOT_OURS)
    if intact is None:
        return FileChange(report, "failed", _EDITED, before)
    return FileChange(report, "drawn", _CHANGED, entry, file.data)


def refused_as_note(report: str) -> FileChange:
    """What happens to a file that would be read as a field note: it is not written."""
    return FileChange(report, "failed", _NOTE)


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

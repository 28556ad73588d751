"""Writes the reports of a study: makes them, and brings their files up to date or reports those that are not.

All files of a run are written together. Only files that codeable made are replaced or removed, and only as
they were made: what somebody wrote or edited stays, and is named. Called by the command.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from attrs import frozen

from codeable.errors import CodeableError, reason_of
from codeable.files import (
    expanded,
    locked_folder,
    remove_left_over_files,
    shown_path,
    write_together,
)
from codeable.notes.files import notes_of_study
from codeable.registry import Registry
from codeable.render.files import NOT_OURS, InTheWayError, check_folder, old_bytes
from codeable.render.report import Outcome, RenderReport, State
from codeable.reports.catalogue import definitions
from codeable.reports.coded_study import CodedStudy
from codeable.reports.document import ReportFile
from codeable.reports.making import MadeReport, made_reports
from codeable.reports.manifest import MANIFEST, MadeFile, is_same, manifest_text, read_manifest
from codeable.reports.request import ReportRequest, RunSettings, run_settings
from codeable.reports.selection import EVERY_TABLE, Selected, is_whole, selected, with_earlier

EDITED = "somebody edited it since it was written; move it away to have it written again"


class ReportProgress(Protocol):
    """What the job calls while it runs."""

    def begin(self, steps: int) -> None:
        """The job is about to make this many reports."""

    def making(self, name: str) -> None:
        """One report is made."""

    def made(self) -> None:
        """All reports are made."""

    def say(self, about: str, messages: Sequence[str]) -> None:
        """Messages about a report, or about the study."""

    def done(self, outcome: Outcome) -> None:
        """One file is finished."""


def coded_study(registry: Registry) -> CodedStudy:
    """A study with its field notes, as reports see it.

    Raises:
        CodeableError: A setting about notes is wrong.
    """
    folder = registry.folder
    return CodedStudy(registry, () if folder is None else notes_of_study(folder, registry.settings))


def write_reports(registry: Registry, request: ReportRequest, progress: ReportProgress) -> RenderReport:
    """Write the reports of a study. Files that are up to date are not touched.

    Args:
        registry: The study.
        request: Which reports, where and how.
        progress: Called while the job runs.

    Returns:
        What became of each file. A report that fails is in it, and the others are written.

    Raises:
        CodeableError: The request or the settings are wrong (exit status 2), or the folder cannot be
            written; all files are then as they were.
    """
    return _Job(registry, request, progress).run()


@frozen
class _Change:
    """What happens to one file: its entry in the manifest, and its new content where it has to be written."""

    report: str | None
    state: State
    reason: str = ""
    entry: MadeFile | None = None
    data: bytes | None = None


class _Job:
    def __init__(self, registry: Registry, request: ReportRequest, progress: ReportProgress) -> None:
        self._request = request
        self._progress = progress
        self._settings = run_settings(registry)
        self._folder = reports_folder(registry, request.out, self._settings)
        self._study = coded_study(registry)
        self._title = registry.settings.name
        self._chosen = selected(self._study, request, self._settings)
        self._changes: dict[str, _Change] = {}

    def run(self) -> RenderReport:
        check_folder(self._folder)
        if self._request.check:
            return self._run()
        with _writable(self._folder):
            return self._run()

    def _run(self) -> RenderReport:
        if not self._request.check:
            remove_left_over_files(self._folder)
        before = self._read_manifest()
        made = list(self._made(self._with_earlier(before)))
        self._progress.made()
        self._progress.say("the study", self._study.messages)
        files = self._files(made)
        for name, (report, file_format, file) in files.items():
            self._changes[name] = self._change(file, report, file_format, before.get(name))
        self._orphans(made, before)
        return self._finish(made, before)

    def _read_manifest(self) -> dict[str, MadeFile]:
        try:
            return read_manifest(old_bytes(self._folder / MANIFEST))
        except InTheWayError as error:
            raise CodeableError(f"{shown_path(self._folder / MANIFEST)}: {error.message}") from error

    def _with_earlier(self, before: Mapping[str, MadeFile]) -> tuple[Selected, ...]:
        if not is_whole(self._request):
            return self._chosen
        there = [each for each in before.values() if (self._folder / each.name).is_file()]
        earlier = [(each.report, each.file_format) for each in there]
        return with_earlier(self._study, self._chosen, earlier, self._settings)

    def _made(self, chosen: Sequence[Selected]) -> Iterator[MadeReport]:
        self._progress.begin(len(chosen))
        for report in made_reports(self._study, chosen, self._title):
            self._progress.making(report.name)
            yield report

    def _files(self, made: Iterable[MadeReport]) -> dict[str, tuple[str, str, ReportFile]]:
        """The files of all reports by name, each with its report and format.

        Raises:
            CodeableError: Two reports have one file.
        """
        found: dict[str, tuple[str, str, ReportFile]] = {}
        spelt: dict[str, str] = {}
        for report in made:
            for file_format, file in report.files:
                other = found.get(spelt.setdefault(file.name.casefold(), file.name))
                if other is not None and (other[0], other[2]) != (report.name, file):
                    raise CodeableError(
                        f"the reports {other[0]} and {report.name} both have the file {file.name}; "
                        "give one of them another name in [tool.codeable.reports]",
                        exit_status=2,
                    )
                found.setdefault(file.name, (report.name, file_format, file))
        return found

    def _change(self, file: ReportFile, report: str, file_format: str, before: MadeFile | None) -> _Change:
        entry = MadeFile.of(file, report, file_format)
        try:
            old = old_bytes(self._folder / file.name)
        except InTheWayError as error:
            return _Change(report, "failed", error.message)
        if old is None:
            return self._write(entry, file, "missing")
        if is_same(file.name, old, file.data):
            return _Change(report, "unchanged", entry=entry)
        if before is None:
            return _Change(report, "failed", NOT_OURS)
        if not before.is_intact(old):
            state: State = "out of date" if self._request.check else "failed"
            return _Change(report, state, EDITED, before)
        if file.drawn_from is not None and file.drawn_from == before.drawn_from:
            return _Change(report, "unchanged", entry=before)
        return self._write(entry, file, "the study, the options or codeable changed")

    def _write(self, entry: MadeFile, file: ReportFile, reason: str) -> _Change:
        state: State = "out of date" if self._request.check else "drawn"
        return _Change(entry.report, state, reason, entry, file.data)

    def _orphans(self, made: Sequence[MadeReport], before: Mapping[str, MadeFile]) -> None:
        """Report or remove the files that no report makes any more. The others stay as they are."""
        complete = {(each.name, one) for each in made for one in each.formats}
        known = {EVERY_TABLE, *(each.name for each in definitions(self._study))}
        for name, entry in before.items():
            if name in self._changes or not _is_there(self._folder / name):
                continue
            reason = ""
            if (entry.report, entry.file_format) in complete:
                reason = f"the report {entry.report} has no such file any more"
            elif is_whole(self._request) and entry.report not in known:
                reason = f"there is no report {entry.report} any more"
            self._changes[name] = (
                self._orphan(entry, reason) if reason else _Change(None, "unchanged", "", entry)
            )

    def _orphan(self, entry: MadeFile, reason: str) -> _Change:
        """What happens to a file that nobody needs."""
        if self._request.check:
            return _Change(entry.report, "out of date", f"{reason}; --prune removes it", entry)
        if not self._request.prune:
            return _Change(entry.report, "orphaned", f"{reason}; --prune removes it", entry)
        if not entry.is_intact(old_bytes(self._folder / entry.name) or b""):
            edited = "somebody edited it; remove it by hand"
            return _Change(entry.report, "orphaned", f"{reason}; {edited}", entry)
        return _Change(entry.report, "removed", reason)

    def _finish(self, made: Sequence[MadeReport], before: Mapping[str, MadeFile]) -> RenderReport:
        changes = self._changes
        entries = [each.entry for each in changes.values() if each.entry is not None]
        manifest = manifest_text(entries)
        if self._request.check:
            outcomes = self._outcomes(made)
            is_fine = not any(each.state in ("out of date", "failed") for each in outcomes)
            if is_fine and is_whole(self._request):
                outcomes += self._check_manifest(manifest)
        else:
            self._save(manifest, has_entries=bool(entries or before))
            outcomes = self._outcomes(made)
        for outcome in outcomes:
            if outcome.state != "unchanged" or outcome.view is not None:
                self._progress.done(outcome)
        for report in made:
            self._progress.say(report.name, report.messages)
        return RenderReport(tuple(outcomes))

    def _outcomes(self, made: Iterable[MadeReport]) -> list[Outcome]:
        outcomes = [
            Outcome(self._folder / name, change.report, change.state, change.reason)
            for name, change in self._changes.items()
            if change.report is not None
        ]
        for report in made:
            for name, reason in report.failures:
                outcomes.append(Outcome(self._folder / name, report.name, "failed", reason))
        return outcomes

    def _check_manifest(self, manifest: bytes) -> list[Outcome]:
        path = self._folder / MANIFEST
        old = old_bytes(path)
        if old is not None and is_same(MANIFEST, old, manifest):
            return []
        return [Outcome(path, None, "out of date", "missing" if old is None else "it lists other files")]

    def _save(self, manifest: bytes, *, has_entries: bool) -> None:
        files: dict[Path, bytes | None] = {}
        for name, change in self._changes.items():
            if change.data is not None:
                files[self._folder / name] = change.data
            elif change.state == "removed":
                files[self._folder / name] = None
        path = self._folder / MANIFEST
        if has_entries and not is_same(MANIFEST, old_bytes(path) or b"", manifest):
            files[path] = (
                manifest  # the last, so that a run that is killed lists no file that it did not write
            )
        if not files:
            return
        try:
            write_together(files)
        except (OSError, ValueError) as error:
            raise _unwritable(Path(getattr(error, "filename", None) or self._folder), error) from error


def reports_folder(registry: Registry, out: Path | None, settings: RunSettings) -> Path:
    """The folder of the reports: that of the request, else the one in the settings.

    Raises:
        CodeableError: A study of cells has no folder, and none is given.
    """
    if out is not None:
        return out.absolute()
    return (registry.folder_for("report") / expanded(Path(settings.output))).absolute()


def _is_there(path: Path) -> bool:
    """Whether there is a file that we may read; not for a link or a folder."""
    try:
        return old_bytes(path) is not None
    except InTheWayError:
        return False


@contextlib.contextmanager
def _writable(folder: Path) -> Iterator[None]:
    """Wait until no other run writes into a folder; a folder that stays empty is removed again."""
    try:
        lock = contextlib.ExitStack()
        lock.enter_context(locked_folder(folder))
    except (OSError, ValueError) as error:
        raise _unwritable(folder, error) from error
    with lock:
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                folder.rmdir()


def _unwritable(path: Path, error: Exception) -> CodeableError:
    return CodeableError(
        f"{shown_path(path)} cannot be written: {reason_of(error)}; all reports are as they were before. "
        "Make room, or name another folder with --out or in [tool.codeable.report]"
    )

"""Writes the reports of a study: makes them, and brings their files up to date or reports those that are not.

All files of a run are written together. `changes` decides what happens to each. Called by the command.
"""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from attrs import evolve

from codeable.coded.coded_study import CodedStudy
from codeable.errors import CodeableError, reason_of
from codeable.files import expanded, locked_folder, remove_left_over_files, shown_path, write_together
from codeable.notes.files import is_read_as_note, notes_of_study
from codeable.registry import Registry
from codeable.render.files import check_folder, old_bytes, readable
from codeable.render.outcomes import Progress
from codeable.render.report import Outcome, RenderReport
from codeable.reports.catalogue import definitions
from codeable.reports.changes import FileChange, change_of, is_there, refused_as_note, removal_of
from codeable.reports.document import ReportFile
from codeable.reports.making import MadeReport, made_reports, split_messages
from codeable.reports.manifest import MANIFEST, MadeFile, is_same, manifest_text, read_manifest
from codeable.reports.request import ReportRequest, RunSettings, run_settings
from codeable.reports.selection import EVERY_TABLE, Selected, is_whole, selected, with_earlier
from codeable.text import folded


class ReportProgress(Progress, Protocol):
    """What the job calls while it runs."""

    def making(self, name: str) -> None:
        """One report is made."""

    def made(self) -> None:
        """All reports are made, and their pictures drawn."""

    def say(self, about: str, messages: Sequence[str]) -> None:
        """Messages about a report, or about the study."""


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


class _Job:
    def __init__(self, registry: Registry, request: ReportRequest, progress: ReportProgress) -> None:
        self._registry = registry
        self._request = request
        self._progress = progress
        self._settings = run_settings(registry)
        self._folder = _folder(registry, request.out, self._settings)
        self._study = coded_study(registry)
        self._chosen = selected(self._study, request, self._settings)

    def run(self) -> RenderReport:
        check_folder(self._folder)
        if self._request.check:
            return self._run()
        with _writable(self._folder):
            remove_left_over_files(self._folder)
            return self._run()

    def _run(self) -> RenderReport:
        before = self._read_manifest()
        made = list(self._made(self._with_earlier(before)))
        changes = {
            file.name: self._change(file, owner, before.get(file.name)) for owner, file in _files(made)
        }
        self._progress.made()  # pictures are drawn only where they are not up to date
        changes.update(list(self._others(made, before, changes.keys())))
        manifest = manifest_text(change.entry for change in changes.values() if change.entry is not None)
        if not self._request.check:
            self._save(changes, before, manifest)
        outcomes = self._outcomes(changes, made)
        if self._request.check and is_whole(self._request):
            outcomes += self._check_manifest(manifest, outcomes)
        self._show(outcomes, made)
        return RenderReport(tuple(outcomes))

    def _read_manifest(self) -> Mapping[str, MadeFile]:
        path = self._folder / MANIFEST
        try:
            return read_manifest(old_bytes(path), lambda name: readable(self._folder / name))
        except CodeableError as error:
            raise CodeableError(f"{shown_path(path)}: {error.message}") from error

    def _with_earlier(self, before: Mapping[str, MadeFile]) -> tuple[Selected, ...]:
        if not is_whole(self._request):
            return self._chosen
        there = [each for each in before.values() if is_there(self._folder / each.name)]
        earlier = [(each.report, each.file_format) for each in there]
        return with_earlier(self._study, self._chosen, earlier, self._settings)

    def _made(self, chosen: Sequence[Selected]) -> Iterator[MadeReport]:
        has_page = any(each.in_page and "html" in each.formats for each in chosen)
        self._progress.begin(len(chosen) + has_page)
        for report in made_reports(self._study, chosen, self._registry.settings.name):
            self._progress.making(report.name)
            yield report

    def _change(self, file: ReportFile, owner: tuple[str, str], before: MadeFile | None) -> FileChange:
        path = self._folder / file.name
        study = self._registry.folder
        if study is not None and is_read_as_note(path, study, self._registry.settings):
            return refused_as_note(owner[0])
        return change_of(path, file, owner, before)

    def _others(
        self, made: Sequence[MadeReport], before: Mapping[str, MadeFile], changed: Collection[str]
    ) -> Iterator[tuple[str, FileChange]]:
        """What happens to the files that this run did not make. Those that are not there are forgotten."""
        complete = {(each.name, file_format) for each in made for file_format in each.formats}
        known = {EVERY_TABLE, *(each.name for each in definitions(self._study))}
        for name, entry in before.items():
            path = self._folder / name
            if name in changed or not is_there(path):
                continue
            reason = ""
            if (entry.report, entry.file_format) in complete:
                reason = f"the report {entry.report} has no such file any more"
            elif is_whole(self._request) and entry.report not in known:
                reason = f"there is no report {entry.report} any more"
            if reason:
                prune = self._request.prune and not self._request.check
                yield name, removal_of(path, entry, reason, prune=prune)
            else:
                yield name, FileChange(None, "unchanged", entry=entry)

    def _save(
        self, changes: Mapping[str, FileChange], before: Mapping[str, MadeFile], manifest: bytes
    ) -> None:
        """Write all files, or none.

        First the manifest has the old and the new entries, so that a run that is killed leaves no file that
        the next one takes for somebody else's.

        Raises:
            CodeableError: One of them cannot be written.
        """
        files: dict[Path, bytes | None] = {
            self._folder / name: change.data
            for name, change in changes.items()
            if change.data is not None or change.state == "removed"
        }
        path = self._folder / MANIFEST
        old = old_bytes(path)
        entries = [change.entry for change in changes.values() if change.entry is not None]
        if not files and (is_same(MANIFEST, old or b"", manifest) or not (entries or old)):
            return
        try:
            if files:
                write_together({path: manifest_text([*before.values(), *entries])})
            write_together({**files, path: manifest})
        except (OSError, ValueError) as error:
            with contextlib.suppress(OSError):
                write_together({path: old})
            raise _unwritable(Path(getattr(error, "filename", None) or self._folder), error) from error

    def _outcomes(self, changes: Mapping[str, FileChange], made: Iterable[MadeReport]) -> list[Outcome]:
        """What became of each file, in the order of the reports; then the reports that could not be made."""
        found = [
            Outcome(self._folder / name, change.report, change.state, change.reason)
            for name, change in changes.items()
            if change.report is not None
        ]
        for report in made:
            for name, reason in report.failures:
                found.append(Outcome(self._folder / name, report.name, "failed", reason))
        if not self._request.check:
            return found
        stale = ("drawn", "orphaned")
        return [evolve(each, state="out of date") if each.state in stale else each for each in found]

    def _check_manifest(self, manifest: bytes, outcomes: Iterable[Outcome]) -> list[Outcome]:
        """The manifest, where it alone is out of date."""
        path = self._folder / MANIFEST
        old = old_bytes(path)
        if any(each.state != "unchanged" for each in outcomes) or is_same(MANIFEST, old or b"", manifest):
            return []
        return [Outcome(path, None, "out of date", "missing" if old is None else "it lists other files")]

    def _show(self, outcomes: Iterable[Outcome], made: Sequence[MadeReport]) -> None:
        for outcome in outcomes:
            self._progress.done(outcome)
        of_study, of_reports = split_messages(self._study, made)
        self._progress.say("the study", of_study)
        for name, messages in of_reports:
            self._progress.say(name, messages)


def _files(made: Iterable[MadeReport]) -> list[tuple[tuple[str, str], ReportFile]]:
    """The files of all reports, each with its report and format.

    Raises:
        CodeableError: Two reports have one file; exit status 2.
    """
    found: dict[str, tuple[tuple[str, str], ReportFile]] = {}
    for report in made:
        for file_format, file in report.files:
            (other, _), known = found.setdefault(folded(file.name), ((report.name, file_format), file))
            if other != report.name or known.name != file.name:
                raise CodeableError(
                    f"the reports {other} and {report.name} both have the file {file.name}; "
                    "give one of them another name in [tool.codeable.reports]",
                    exit_status=2,
                )
    return list(found.values())


def _folder(registry: Registry, out: Path | None, settings: RunSettings) -> Path:
    """The folder of the reports: that of the request, else the one in the settings."""
    if out is not None:
        return out.absolute()
    return (registry.folder_for("report") / expanded(Path(settings.output))).absolute()


@contextlib.contextmanager
def _writable(folder: Path) -> Iterator[None]:
    """Wait until no other run writes into a folder; a folder that stays empty is removed again."""
    lock = contextlib.ExitStack()
    try:
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

"""The next command of the way from notes to figures, which `check` names on stderr."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from codeable.checks import Report


def after_check(report: Report, study: Path | None, paths: Sequence[Path], *, whole: bool) -> str:
    """What to do after a check, on one line.

    Args:
        report: The report.
        study: The study that was checked; None for notes alone.
        paths: The notes that were named.
        whole: Whether the report is a part that the user asked for.
    """
    fixable = sum(bool(one.edits) for one in report.diagnostics) + bool(report.renames)
    if fixable:
        return f"next: {_command('check', study, paths, '--fix')} (fixes {fixable})"
    if report.errors or any(one.loses for one in report.diagnostics):
        return f"next: {_command('check', study, paths, '--watch' if whole else '--errors')}"
    if study is None:
        return f"next: {_command('notes build', study, paths, '--out DIR')}"
    return f"next: {_command('notes build', study, paths)}"


def _command(name: str, study: Path | None, paths: Sequence[Path], option: str = "") -> str:
    named = ["-C", str(study)] if study is not None and study != Path() else []
    words = [*named, *map(str, paths)]
    return " ".join(filter(None, ["codeable", name, shlex.join(words), option]))

"""The next command of the way from notes to figures, which `check` names on stderr."""

import shlex
from collections.abc import Sequence

from codeable.checks import Report


def after_check(report: Report, named: Sequence[str], *, alone: bool, whole: bool) -> str:
    """What to do after a check, on one line.

    Args:
        report: The report.
        named: How the command line named the study and the notes.
        alone: Whether notes were checked without a study.
        whole: Whether the report is a part that the user asked for.
    """
    fixable = sum(bool(one.edits) for one in report.diagnostics) + bool(report.renames)
    if fixable:
        return f"next: {_command('check', named, '--fix')} (fixes {fixable})"
    if report.errors or any(one.loses for one in report.diagnostics):
        return f"next: {_command('check', named, '--watch' if whole else '--errors')}"
    return f"next: {_command('notes build', named, *(['--out', 'DIR'] if alone else []))}"


def _command(name: str, named: Sequence[str], *options: str) -> str:
    return " ".join(["codeable", name, *map(shlex.quote, named), *options])

"""Writes the diagnostics of a check for a person: in `check`, and in `notes build` what it leaves out."""

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from codeable.checks import Report
from codeable.checks.folding import digest
from codeable.checks.formats import as_lines, on_terminal, table_by_rule
from codeable.terminal import console, write


def write_report(report: Report, *, whole: bool = False, unfold: bool = False) -> None:
    """The diagnostics, and a table by rule where there are several.

    Args:
        report: The report.
        whole: Whether those that differ in a name only are shown one by one.
        unfold: Whether equal ones are shown one by one.
    """
    on_a_terminal = sys.stdout.isatty()
    if on_a_terminal:
        write(*on_terminal(report, console().width, whole=whole, unfold=unfold))
    else:
        sys.stdout.write(as_lines(report, whole=whole, unfold=unfold))
    if len(report.diagnostics) > 1:
        write(*([] if on_a_terminal else [""]), table_by_rule(report), "")


def steps_after_check(
    report: Report, paths: Sequence[Path], *, notes: int, modules: int | None, whole: bool
) -> Iterator[tuple[str, str]]:
    """The commands that come next, each with what it does.

    Args:
        report: The report.
        paths: The notes that were named.
        notes: How many notes were checked.
        modules: How many modules the study has; none when notes were checked without a study.
        whole: Whether the report is a part that the user asked for.
    """
    named = "".join(f" {shlex.quote(str(path))}" for path in paths)
    fixable = sum(bool(one.edits) for one in report.diagnostics)
    if fixable:
        yield f"check{named} --fix", f"fixes {fixable} of them"
    first = next(iter(digest(report, whole=True).sections), None)
    if first is not None and first.rank in ("loss", "error"):
        if whole or len(first.diagnostics) == 1:
            yield f"check{named} --watch", "checks again after each saved file"
        else:
            yield f"check{named} --rule {first.code}", "shows each place of the first rule, with its line"
    elif not notes and modules:
        yield "render", "draws its figures into diagrams/"
    elif not notes:
        yield "notes new s1", "begins the note of the first source"
    elif not fixable:
        out = " --out DIR" if modules is None else ""
        yield f"notes build{named}{out}", "writes what the notes say into the modules"
    if report.renames and not fixable:
        yield f"check{named} --fix", "writes the new names of [tool.codeable.renames] into notes and modules"

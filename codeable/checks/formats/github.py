"""A report as workflow commands of GitHub, one annotation per diagnostic and place.

Source of the format: GitHub's documentation of workflow commands.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from codeable.checks.configuration import NAMES
from codeable.checks.diagnostic import Diagnostic, Report
from codeable.checks.formats.describe import on_one_line, with_losses

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def as_github(report: Report) -> str:
    """One workflow command per diagnostic. GitHub shows it beside the line in a pull request."""
    files = files_in_repository(one.span.path for one in report.diagnostics)
    return "".join(_annotation(one, files[one.span.path]) for one in report.diagnostics)


def files_in_repository(paths: Iterable[str]) -> Mapping[str, str]:
    """Path → the file as GitHub names it: with slashes, relative to the root of its repository.

    The root is the nearest folder above that holds `.git`. A file in no repository is named relative to the
    current folder if it is in there.
    """
    roots: dict[Path, Path | None] = {}
    found = {}
    for path in dict.fromkeys(paths):
        whole = Path(path).absolute()
        folder = whole.parent
        if folder not in roots:
            roots[folder] = next((one for one in whole.parents if (one / ".git").exists()), None)
        root = roots[folder] or Path.cwd()
        found[path] = (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()
    return found


def _annotation(diagnostic: Diagnostic, file: str) -> str:
    span = diagnostic.span
    properties = {
        "file": on_one_line(file),
        "line": span.line,
        "col": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "title": " ".join(filter(None, (diagnostic.code, NAMES.get(diagnostic.code)))),
    }
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    lines = (*with_losses(diagnostic.message, [diagnostic]).split("\n"), diagnostic.suggestion)
    message = "\n".join(on_one_line(line) for line in lines if line)
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

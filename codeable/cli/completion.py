"""Names that complete a word on the command line, read from the modules of a study without running them."""

import ast
from pathlib import Path

import click

from codeable.errors import CodeableError
from codeable.settings import is_study, read_settings, study_above
from codeable.source_reader import parse_file


def declared_names(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The names that the modules assign and that begin with a word."""
    from codeable.loading.folder import module_files

    found: dict[str, None] = {}
    try:
        folder = _study(context)
        for path in module_files(folder, read_settings(folder)):
            for statement in parse_file(path).body:
                targets = statement.targets if isinstance(statement, ast.Assign) else ()
                found.update((each.id, None) for each in targets if isinstance(each, ast.Name))
    except (CodeableError, OSError, SyntaxError, UnicodeError):
        return []
    return [name for name in found if name.startswith(incomplete) and not name.startswith("_")]


def report_names(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The names of reports that begin with a word."""
    from codeable.reports.catalogue import known_names

    try:
        names = known_names(read_settings(_study(context)))
    except (CodeableError, OSError):
        return []
    return [name for name in names if name.startswith(incomplete)]


def _study(context: click.Context) -> Path:
    """The study that the command line names, else this folder or the nearest study above it."""
    here = Path()
    return context.params.get("study") or (here if is_study(here) else study_above(here)) or here

"""The part of a report that a person asks for: errors, some rules, some notes. Called by `codeable check`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import evolve

from codeable.checks.configuration import ALL_RULES
from codeable.checks.diagnostic import Diagnostic, Report
from codeable.checks.folding import rank_of
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.text import did_you_mean


def chosen(
    report: Report, *, errors: bool = False, rules: Sequence[str] = (), notes: Sequence[str] = ()
) -> Report:
    """A report with the diagnostics, and the fixes, that are asked for.

    Args:
        report: The whole report.
        errors: Only errors, and what costs something of the model.
        rules: Only these rules: codes, their beginnings, or names; a text may hold several with commas.
        notes: Only these notes: identifiers of sources, or files. A diagnostic elsewhere counts when one of
            its related places is in the note.

    Raises:
        CodeableError: No rule or no note has such a name.
    """
    codes = _codes(rules)
    paths = _paths(report, notes)

    def is_chosen(one: Diagnostic) -> bool:
        if errors and rank_of(one) not in ("loss", "error"):
            return False
        if rules and one.code not in codes:
            return False
        return not notes or not paths.isdisjoint((one.span.path, *(other.span.path for other in one.related)))

    renames = () if errors or (rules and "C307" not in codes) else report.renames
    return evolve(
        report,
        diagnostics=tuple(filter(is_chosen, report.diagnostics)),
        renames=tuple(edit for edit in renames if not notes or edit.path in paths),
    )


def _codes(rules: Iterable[str]) -> set[str]:
    wanted = [part.strip() for text in rules for part in text.split(",")]
    found: set[str] = set()
    for name in wanted:
        codes = {
            rule.code
            for rule in ALL_RULES
            if name and (rule.code.startswith(name.upper()) or rule.name == name.casefold())
        }
        if not codes:
            known = [text for rule in ALL_RULES for text in (rule.code, rule.name)]
            raise CodeableError(
                f"--rule: no rule has the code or name {name!r}{did_you_mean(name, known)}", exit_status=2
            )
        found |= codes
    return found


def _paths(report: Report, notes: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in notes:
        paths = {path for path, source in report.sources.items() if source == name and name}
        paths = paths or {path for path in report.texts if _is_file(path, name)}
        if not paths:
            known = [*report.sources.values(), *map(shown_path, report.texts)]
            raise CodeableError(
                f"--note: no source or file that is checked has the name {name!r}{did_you_mean(name, known)}",
                exit_status=2,
            )
        found |= paths
    return found


def _is_file(path: str, name: str) -> bool:
    """Whether a user means a file by a name: its path, or the file's name alone."""
    return name in (path, Path(path).name) or Path(name).absolute() == Path(path).absolute()

"""Which rules run, and their severities: from `[tool.codeable.check]` and the command line.

Called by `run.check`.
"""

from collections.abc import Mapping
from fnmatch import fnmatch
from typing import Any

from attrs import evolve, field, frozen

from codeable.checks.diagnostic import Diagnostic, Severity
from codeable.checks.rules import RULES
from codeable.checks.suppression import SUPPRESSION_RULES
from codeable.schema import Reader, list_of, one_of, read_table, table_of, text, wrong

ALL_RULES = tuple(sorted((*RULES, *SUPPRESSION_RULES), key=lambda rule: rule.code))
"""The rules of all diagnostics, in order of their codes."""
CODES = tuple(rule.code for rule in ALL_RULES)
NAMES = {rule.code: rule.name for rule in ALL_RULES}
"""Code → name of the rule."""

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@frozen
class Configuration:
    """The rules that are selected, and their severities.

    Attributes:
        select: Codes or their beginnings (`C2` is every rule of that group); empty selects all.
        ignore: Codes or their beginnings that do not run, even when they are selected.
        severity: Code → `error`, `warning`, `info` or `off`.
        per_file: Pattern of a file's path → codes that are not reported there.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(factory=dict)
    per_file: Mapping[str, tuple[str, ...]] = field(factory=dict)

    def runs(self, code: str) -> bool:
        """Whether the rule of that code runs."""
        chosen = not self.select or code.startswith(self.select)
        left_out = bool(self.ignore) and code.startswith(self.ignore)
        return chosen and not left_out and self.severity.get(code) != "off"

    def adjusted(self, diagnostic: Diagnostic, path: str) -> Diagnostic | None:
        """The diagnostic with the severity that the settings give it; None when they do not report it.

        Args:
            diagnostic: A diagnostic of a rule.
            path: The file as the patterns name it, relative to the study's folder.
        """
        for pattern, codes in self.per_file.items():
            if fnmatch(path, pattern) and diagnostic.code.startswith(codes):
                return None
        severity: str = self.severity.get(diagnostic.code, diagnostic.severity)
        wanted = next(one for one in _SEVERITIES if one == severity)
        return diagnostic if diagnostic.severity == wanted else evolve(diagnostic, severity=wanted)


def configuration(
    table: Mapping[str, object], select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()
) -> Configuration:
    """The configuration of the settings and the command line.

    Args:
        table: `[tool.codeable.check]`.
        select: What the command line selects, instead of what the settings select.
        ignore: What the command line ignores, besides what the settings ignore.

    Raises:
        CodeableError: An unknown key, a value of the wrong type, or a code that no rule has.
    """
    given = read_table(table, _READERS, "[tool.codeable.check]")
    return Configuration(
        _codes(select, "--select") or given.get("select", ()),
        given.get("ignore", ()) + _codes(ignore, "--ignore"),
        given.get("severity", {}),
        given.get("per-file", {}),
    )


def _codes(value: object, where: str) -> tuple[str, ...]:
    """Codes of rules or their beginnings; a text may hold several with commas between."""
    found = (part.strip().upper() for entry in _texts(value, where) for part in entry.split(","))
    named = tuple("C" if code == "ALL" else code for code in found if code)
    for code in named:
        _check_code(code, where)
    return named


def _severities(value: object, where: str) -> Mapping[str, str]:
    found = _table_of_severities(value, where)
    for code in found:
        _check_code(code, where)
    return found


def _check_code(code: str, where: str) -> None:
    if not any(known.startswith(code) for known in CODES):
        raise wrong(where, code, "the code of a rule, or its beginning", CODES)


_texts = list_of(text, "codes")
_table_of_severities: Reader[Mapping[str, str]] = table_of(one_of(*_SEVERITIES, "off"))
_READERS: Mapping[str, Reader[Any]] = {
    "select": _codes,
    "ignore": _codes,
    "severity": _severities,
    "per-file": table_of(_codes),
}

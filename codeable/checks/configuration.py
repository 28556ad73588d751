"""Which rules run and how grave they are: `[tool.codeable.check]` and the command line, the latter first."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatch

from attrs import evolve, field, frozen

from codeable.checks.diagnostic import Diagnostic, Severity
from codeable.checks.rule import Rule
from codeable.errors import CodeableError
from codeable.settings import check_keys
from codeable.text import did_you_mean

__all__ = ["Configuration", "configuration"]

_WHERE = "[tool.codeable.check]"


@frozen
class Configuration:
    """What is selected.

    Attributes:
        select: Codes or their beginnings (`C2` is every rule of that group); empty selects all.
        ignore: Codes or their beginnings that are left out all the same.
        severity: Code → `error`, `warning` or `off`.
        per_file: Pattern of a file's path → codes that are left out there.
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

    def judged(self, finding: Diagnostic, path: str) -> Diagnostic | None:
        """The finding with the severity that the settings give it; none when they leave it out.

        Args:
            finding: What a rule found.
            path: The file as the patterns name it, relative to the study's folder.
        """
        for pattern, codes in self.per_file.items():
            if fnmatch(path, pattern) and finding.code.startswith(codes):
                return None
        severity: str = self.severity.get(finding.code, finding.severity)
        wanted: Severity = "error" if severity == "error" else "warning"
        return finding if finding.severity == wanted else evolve(finding, severity=wanted)


def configuration(
    table: Mapping[str, object],
    rules: Iterable[Rule],
    extra_codes: Iterable[str] = (),
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> Configuration:
    """Read the table of the settings; what the command line selects or ignores is added.

    Raises:
        CodeableError: An unknown key, a value of the wrong type, or a code that no rule has.
    """
    codes = [*(rule.code for rule in rules), *extra_codes]
    check_keys(table, ("select", "ignore", "severity", "per-file"), _WHERE)
    severity = _table(table, "severity")
    for code, value in severity.items():
        _known(code, codes, f"{_WHERE} severity")
        if value not in ("error", "warning", "off"):
            raise CodeableError(
                f"{_WHERE} severity of {code} is {value!r}; it is 'error', 'warning' or 'off'", exit_status=2
            )
    per_file = {
        pattern: _codes(value, codes, f"{_WHERE} per-file {pattern!r}")
        for pattern, value in _table(table, "per-file").items()
    }
    return Configuration(
        _codes(list(select), codes, "--select") or _codes(table.get("select", []), codes, f"{_WHERE} select"),
        _codes(table.get("ignore", []), codes, f"{_WHERE} ignore") + _codes(list(ignore), codes, "--ignore"),
        {code: str(value) for code, value in severity.items()},
        per_file,
    )


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = table.get(key, {})
    if not isinstance(value, Mapping):
        raise CodeableError(f"{_WHERE} {key} is {value!r}; a table is expected", exit_status=2)
    return value


def _codes(value: object, codes: list[str], where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise CodeableError(
            f"{where} is {value!r}; a list of codes such as ['C204', 'C3'] is expected", exit_status=2
        )
    found = tuple(part.strip().upper() for one in value for part in one.split(",") if part.strip())
    found = tuple("C" if code == "ALL" else code for code in found)
    for code in found:
        _known(code, codes, where)
    return found


def _known(code: str, codes: list[str], where: str) -> None:
    if not any(known.startswith(code) for known in codes):
        raise CodeableError(
            f"{where} names {code!r}, but no rule has that code{did_you_mean(code, codes)}", exit_status=2
        )

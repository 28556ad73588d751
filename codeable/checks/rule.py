"""Rules: a code, a name, a severity, and the function that finds violations."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import field, frozen

from codeable.checks.diagnostic import Diagnostic, Edit, Related, Severity
from codeable.kernel.place import Span

if TYPE_CHECKING:
    from codeable.checks.context import Context


@frozen
class Violation:
    """What the function of a rule yields. The rule adds its code and severity and makes a `Diagnostic` of it.

    `severity` is given only where it differs from that of the rule.
    """

    message: str
    span: Span
    suggestion: str | None = None
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()
    severity: Severity | None = None


@frozen
class Rule:
    """One rule.

    Attributes:
        code: A letter and three digits. The first digit groups the rules as the documentation does.
        name: The name of its page in the documentation.
        severity: Its severity, unless the settings give another.
        summary: What it finds, in one line.
        find: Yields the violations.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    find: "Callable[[Context], Iterable[Violation]]" = field(repr=False)

    def diagnostics(self, context: "Context") -> Iterator[Diagnostic]:
        """Every violation of this rule as a diagnostic."""
        for one in self.find(context):
            yield Diagnostic(
                self.code,
                one.severity or self.severity,
                one.message,
                one.span,
                one.suggestion,
                one.related,
                one.edits,
            )


def rule(
    code: str, name: str, severity: Severity, summary: str
) -> "Callable[[Callable[[Context], Iterable[Violation]]], Rule]":
    """Decorator that makes a rule of a function."""

    def make(find: "Callable[[Context], Iterable[Violation]]") -> Rule:
        return Rule(code, name, severity, summary, find)

    return make

"""Rules: a code, a name, how grave it is, and the function that finds it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import field, frozen

from codeable.checks.diagnostic import Diagnostic, Edit, Place, Related, Severity

if TYPE_CHECKING:
    from codeable.checks.context import Context

__all__ = ["Rule", "Violation", "rule"]


@frozen
class Violation:
    """What a rule's function yields; the rule adds its code and severity and makes a `Diagnostic` of it.

    `severity` is only given where a rule judges one thing less gravely than the others that it finds.
    """

    message: str
    place: Place
    suggestion: str | None = None
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()
    severity: Severity | None = None


@frozen
class Rule:
    """One rule.

    Attributes:
        code: A letter and three digits; the first digit groups the rules as the documentation does.
        name: The name of its page in the documentation.
        severity: What it counts for when the settings do not say otherwise.
        summary: What it finds, in one line.
        find: Yields a hit for each thing found.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    find: "Callable[[Context], Iterable[Violation]]" = field(repr=False)

    def findings(self, context: "Context") -> Iterator[Diagnostic]:
        """Everything that this rule finds."""
        for hit in self.find(context):
            severity = hit.severity or self.severity
            yield Diagnostic(
                self.code, severity, hit.message, hit.place, hit.suggestion, hit.related, hit.edits
            )


def rule(
    code: str, name: str, severity: Severity, summary: str
) -> "Callable[[Callable[[Context], Iterable[Violation]]], Rule]":
    """Make a rule of the function below."""

    def make(find: "Callable[[Context], Iterable[Violation]]") -> Rule:
        return Rule(code, name, severity, summary, find)

    return make

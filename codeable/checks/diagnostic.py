"""Diagnostics: what a check reports, where, and how to correct it."""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from codeable.kernel.place import Span

Severity = Literal["error", "warning"]


@frozen
class Related:
    """Another place that belongs to a diagnostic, and what is there."""

    span: Span
    message: str


@frozen(order=True)
class Edit:
    """One replacement in a file, by character offsets into its decoded text with its own line ends."""

    path: str
    start: int
    end: int
    replacement: str


@frozen
class Diagnostic:
    """Something that is wrong or doubtful in a note or a module.

    Attributes:
        code: The code of the rule, such as ``C204``.
        severity: ``error`` for what is certainly wrong, else ``warning``.
        message: One sentence: what is affected, and what was expected.
        span: Where.
        suggestion: The likely correction.
        related: Other places that belong to it.
        edits: A safe fix. `--fix` applies these edits and no others.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    suggestion: str | None = None
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = field(default=(), repr=False)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        from codeable.checks.formats import notebook_diagnostic

        return notebook_diagnostic(self)


@frozen
class Report:
    """The result of one check.

    Attributes:
        diagnostics: What the rules found, in the order of files and lines.
        texts: Path → text of every file that was checked.
        renames: The edits that `--fix` makes for the renames in the settings.
    """

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(factory=dict, repr=False)
    renames: tuple[Edit, ...] = field(default=(), repr=False)

    @property
    def errors(self) -> int:
        """The number of diagnostics that are errors."""
        return sum(diagnostic.severity == "error" for diagnostic in self.diagnostics)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        from codeable.checks.formats import notebook_report

        return notebook_report(self)

"""Findings: what a check tells, where, and what would mend it."""

from typing import Literal

from attrs import field, frozen

from codeable.notes.records import Span

__all__ = ["Diagnostic", "Edit", "Place", "Related", "Severity"]

Severity = Literal["error", "warning"]


@frozen(order=True)
class Place:
    """A stretch of a file; lines and columns count from 1, the end column is the first one behind it."""

    file: str
    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __attrs_post_init__(self) -> None:
        if self.end_line < self.line:
            object.__setattr__(self, "end_line", self.line)
            object.__setattr__(self, "end_column", self.column)

    @classmethod
    def of_span(cls, span: Span) -> "Place":
        """The place of something in a note."""
        return cls(span.path, span.line, span.column, span.end_line, span.end_column)


@frozen(order=True)
class Related:
    """Another place that belongs to a finding, and what is there."""

    file: str
    line: int
    message: str

    @classmethod
    def at(cls, place: Span | Place, message: str) -> "Related":
        """What is at a place of a note or a module."""
        return cls(place.path if isinstance(place, Span) else place.file, place.line, message)


@frozen(order=True)
class Edit:
    """One replacement in a file, by character offsets into its decoded text (line ends as they stand)."""

    file: str
    start: int
    end: int
    replacement: str


@frozen
class Diagnostic:
    """Something that is wrong, or doubtful, in a note or a model.

    Attributes:
        code: The rule's code, such as ``C204``.
        severity: ``error`` for what is certainly wrong, else ``warning``.
        message: One sentence that names the things and what was expected.
        place: Where.
        suggestion: The likely correction.
        related: Other places that belong to it.
        edits: A correction that cannot be wrong; `--fix` applies these and no others.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    suggestion: str | None = None
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = field(default=(), repr=False)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        from codeable.checks.display import finding_bundle

        return finding_bundle(self)

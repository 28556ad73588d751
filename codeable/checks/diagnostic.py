"""The records of the checks: rules, violations, diagnostics with their edits, and the report of one check."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import field, frozen

from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.notes.build.plan import LeftOut
from codeable.source_reader import try_parse

if TYPE_CHECKING:
    from codeable.checks.context import Context

Severity = Literal["error", "warning", "info"]
Find: TypeAlias = "Callable[[Context], Iterable[Violation]]"
"""The function of a rule."""


@frozen
class Related:
    """Another place that belongs to a diagnostic, and what is there."""

    span: Span
    message: str


@frozen
class Diagnostic:
    """Something that is wrong or doubtful in a note or a module.

    Attributes:
        code: The code of the rule, such as ``C204``.
        severity: ``error`` for what is certainly wrong, ``warning`` for what is doubtful, ``info`` for
            what is right and worth knowing.
        message: One sentence: what is affected, and what was expected.
        span: Where.
        suggestion: The likely correction.
        related: Other places that belong to it.
        edits: A safe fix. `--fix` applies these edits and no others.
        loses: What `codeable notes build` leaves out because of it.
        covers: All further places that it is about; `related` has the first of them.
        proposed: The edits that write what `suggestion` says. Only a person knows whether that is meant.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    suggestion: str | None = None
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = field(default=(), repr=False)
    loses: tuple[LeftOut, ...] = field(default=(), repr=False)
    covers: tuple[Span, ...] = field(default=(), repr=False)
    proposed: tuple[Edit, ...] = field(default=(), repr=False)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        from codeable.checks.formats import notebook_diagnostic

        return notebook_diagnostic(self)


@frozen(repr=False)
class Report:
    """The result of one check.

    Attributes:
        diagnostics: All diagnostics, in the order of files and lines.
        texts: Path → text of every file that was checked.
        renames: The edits that `--fix` makes for the renames in the settings.
        sources: Path → identifier of the source, for every note and module that is about one.
        weighed: The rules that have their severity from the settings. A loss alone is no failure of theirs.
    """

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(factory=dict)
    renames: tuple[Edit, ...] = ()
    sources: Mapping[str, str] = field(factory=dict)
    weighed: frozenset[str] = frozenset()

    @property
    def errors(self) -> int:
        """The number of diagnostics that are errors."""
        return sum(diagnostic.severity == "error" for diagnostic in self.diagnostics)

    @property
    def failed(self) -> bool:
        """Whether there is an error, or something that a build leaves out."""
        return any(
            one.severity == "error" or (one.loses and one.code not in self.weighed)
            for one in self.diagnostics
        )

    def __repr__(self) -> str:
        return self._repr_mimebundle_()["text/plain"]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        from codeable.checks.formats import notebook_report

        return notebook_report(self)


_CALL = re.compile(r"\w+\(.*\)", re.DOTALL)
_QUOTES = ("'", '"')


def written_at(span: Span | None, text: str, replacement: str) -> tuple[Edit, ...]:
    """The edit that writes something at a place; nothing where there is no place.

    Args:
        span: The place; a string with its quotes, or something else.
        text: The whole text of the file.
        replacement: What to write; a string without its quotes gets those that are there.

    Example:
        >>> at = Span("a.md", 1, 1, 1, 6, 0, 5)
        >>> [edit.replacement for edit in written_at(at, "'url'", "title")]
        ["'title'"]
    """
    if span is None:
        return ()
    there = text[span.start : span.end]
    if there[:1] in _QUOTES and replacement[:1] not in ("", *_QUOTES):
        replacement = f"{there[0]}{replacement}{there[0]}"
    return (Edit.of(span, replacement),)


@frozen
class Violation:
    """What the function of a rule yields. The rule adds its code and severity and makes a `Diagnostic` of it.

    `severity` is given only where it differs from that of the rule. `covers` are further places that it is
    about; `loses` is what a build leaves out because of it; `proposed` are the edits of the suggestion.
    """

    message: str
    span: Span
    suggestion: str | None = None
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()
    severity: Severity | None = None
    covers: tuple[Span, ...] = ()
    loses: tuple[LeftOut, ...] = ()
    proposed: tuple[Edit, ...] = ()


@frozen
class Rule:
    """One rule.

    Attributes:
        code: A letter and three digits. The first digit groups the rules as the documentation does.
        name: The name of its page in the documentation.
        severity: Its severity, unless the settings give another.
        summary: What it reports, in one line.
        find: Yields the violations.
        needs_model: Whether it runs only where a model is checked with the notes.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    find: Find = field(repr=False)
    needs_model: bool = False

    @property
    def page(self) -> Path | None:
        """The file of its page: of the package, or of the repository; None where neither is there."""
        name = f"{self.code}-{self.name}.md"
        folders = (Path(__file__).parent / "pages", Path(__file__).parents[2] / "docs" / "checks")
        return next((folder / name for folder in folders if (folder / name).is_file()), None)

    def diagnostics(self, context: "Context") -> Iterator[Diagnostic]:
        """Every violation of this rule as a diagnostic."""
        if self.needs_model and not context.has_model:
            return
        yield from map(self.diagnostic, self.find(context))

    def diagnostic(self, one: Violation) -> Diagnostic:
        """A violation of this rule as a diagnostic."""
        return Diagnostic(
            self.code,
            one.severity or self.severity,
            one.message,
            one.span,
            _that_can_be_written(one.suggestion),
            one.related,
            one.edits,
            one.loses,
            one.covers,
            one.proposed,
        )


def _that_can_be_written(suggestion: str | None) -> str | None:
    """A suggestion; in the place of a statement about what has no name but a display name, how to name it."""
    if suggestion is None or not _CALL.fullmatch(suggestion) or try_parse(suggestion) is not None:
        return suggestion
    return "bind it to a name of its own in its module, so that other statements can name it"


def rule(
    code: str, name: str, severity: Severity, summary: str, *, needs_model: bool = False
) -> Callable[[Find], Rule]:
    """Decorator that makes a rule of a function."""

    def make(find: Find) -> Rule:
        return Rule(code, name, severity, summary, find, needs_model)

    return make


model_rule = partial(rule, needs_model=True)
"""The decorator of a rule that runs only where a model is checked with the notes."""

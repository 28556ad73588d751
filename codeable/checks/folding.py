"""The diagnostics of a report as a person reads them: by what they cost, and equal ones folded.

The formats for a terminal, a pipe and a notebook use it. Editors and CI read one diagnostic per place.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from attrs import frozen

from codeable.checks.diagnostic import Diagnostic, Report
from codeable.files import shown_path
from codeable.text import counted, natural_key

RANKS = ("loss", "error", "warning", "info")
"""The order in which diagnostics are shown: first those that cost something of the model."""

_MOST_NAMED = 3
"""Notes that are named one by one; of more, the first and the last are named."""
_MASK = "\0"
_MASKED = (
    (re.compile(f" (?:of|in) '?{_MASK}'?"), ""),
    (re.compile(f"(?:the )?(?:source )?'?{_MASK}'?"), "the source"),
)
"""How the message about one source becomes that about several."""


@frozen
class Fold:
    """Equal diagnostics of one rule, shown as one.

    Two are equal when they say the same, each of its own source: "the trace of s4 lacks 'url'" and "the trace
    of s6 lacks 'url'".

    Attributes:
        diagnostics: The diagnostics, in the order of files and lines.
        message: The message; for several diagnostics it ends with their number and their places.
        cost: How many things a build leaves out because of them.
    """

    diagnostics: tuple[Diagnostic, ...]
    message: str
    cost: int

    @property
    def first(self) -> Diagnostic:
        """The first of the diagnostics."""
        return self.diagnostics[0]


@frozen
class Section:
    """The diagnostics of one rule that have one rank, the costliest first."""

    rank: str
    code: str
    folds: tuple[Fold, ...]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All of them."""
        return tuple(one for fold in self.folds for one in fold.diagnostics)

    @property
    def cost(self) -> int:
        """How many things a build leaves out because of them."""
        return sum(fold.cost for fold in self.folds)


def rank_of(diagnostic: Diagnostic) -> str:
    """The rank of a diagnostic: ``loss`` where it costs something of the model, else its severity."""
    return "loss" if diagnostic.loses else diagnostic.severity


def sections(report: Report, *, unfold: bool = False) -> list[Section]:
    """The diagnostics of a report by rank and rule. What costs most is first.

    Args:
        report: The report.
        unfold: Whether each diagnostic is alone.
    """
    equal: defaultdict[tuple[object, ...], list[Diagnostic]] = defaultdict(list)
    for position, one in enumerate(report.diagnostics):
        source = report.sources.get(one.span.path)
        texts = _masked(one.message, source), _masked(one.suggestion or "", source)
        equal[rank_of(one), one.code, one.severity, *texts, position if unfold else None].append(one)
    by_rule: defaultdict[tuple[str, str], list[Fold]] = defaultdict(list)
    for key, diagnostics in equal.items():
        by_rule[rank_of(diagnostics[0]), diagnostics[0].code].append(
            _fold(diagnostics, str(key[3]), report.sources)
        )
    made = [
        Section(rank, code, tuple(sorted(folds, key=lambda fold: -fold.cost)))
        for (rank, code), folds in by_rule.items()
    ]
    return sorted(made, key=lambda one: (RANKS.index(one.rank), -one.cost, one.code))


def _fold(diagnostics: list[Diagnostic], masked: str, sources: Mapping[str, str]) -> Fold:
    message = diagnostics[0].message
    if len(diagnostics) > 1:
        for pattern, written in _MASKED:
            masked = pattern.sub(written, masked)
        message = f"{masked}: {_places(diagnostics, sources)}"
    return Fold(tuple(diagnostics), message, sum(len(one.loses) for one in diagnostics))


def _masked(text: str, source: str | None) -> str:
    """A text in which the name of its own source is masked."""
    if not source or source not in text:
        return text
    return re.sub(rf"(?<!\w){re.escape(source)}(?!\w)", _MASK, text)


def _places(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> str:
    """The number of the places, and where they are: "47 notes, s1 … s48"."""
    files = dict.fromkeys(one.span.path for one in diagnostics)
    names = sorted({sources.get(file) or shown_path(file) for file in files}, key=natural_key)
    shown = ", ".join(names) if len(names) <= _MOST_NAMED else f"{names[0]} … {names[-1]}"
    where = f"{counted(len(files), _noun(files))}, {shown}"
    if len(diagnostics) == len(files):
        return where
    return f"{len(diagnostics)} times in {where if len(files) > 1 else shown}"


def _noun(files: Iterable[str]) -> str:
    suffixes = {PurePath(file).suffix for file in files}
    return {".md": "note", ".py": "module"}.get(suffixes.pop(), "file") if len(suffixes) == 1 else "file"

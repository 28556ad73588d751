"""The diagnostics of a report as a person reads them: by cost, equal ones folded, alike ones listed.

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

_WEIGHTS = {"note": 100, "source": 10, "trace": 10}
"""Kind of what is lost → how much that is. Everything else is one thing."""
_FEW = 10
"""So many diagnostics are shown one by one."""
_MOST_NAMED = 3
"""Notes that are named one by one; of more, the first and the last are named."""
_ALIKE = 4
"""So many diagnostics that differ in the names of codes only make a list."""
_MASK = "\0"
_MASKED = (
    (re.compile(f" (?:of|in) '?{_MASK}'?"), ""),
    (re.compile(f"(?:the )?(?:source )?'?{_MASK}'?"), "the source"),
)
"""How the message about one source becomes that about several."""
_NAME = re.compile(r"'([^\W\d]\w*)'")
_WORD = re.compile(r"\w+")
_TIMES = re.compile(r" \(\d+ times\)")


@frozen
class Fold:
    """Diagnostics of one rule that are shown as one.

    Attributes:
        diagnostics: The diagnostics, in the order of files and lines.
        message: The message; for several diagnostics it ends with their number and, where they are equal,
            with their places.
        suggestion: The suggestion that all of them have.
        names: The codes in which they differ, with the diagnostic of each; empty where they are equal.
    """

    diagnostics: tuple[Diagnostic, ...]
    message: str
    suggestion: str | None
    names: tuple[tuple[str, Diagnostic], ...] = ()

    @property
    def first(self) -> Diagnostic:
        """The first of the diagnostics."""
        return self.diagnostics[0]

    @property
    def cost(self) -> int:
        """How much a build leaves out because of them. A note or a source holds many other things."""
        return sum(_WEIGHTS.get(lost.kind, 1) for one in self.diagnostics for lost in one.loses)

    @property
    def places_matter(self) -> bool:
        """Whether somebody has to go to each place: an error, or something is lost there."""
        return self.first.severity == "error" or self.cost > 0


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
        """How much a build leaves out because of them."""
        return sum(fold.cost for fold in self.folds)


@frozen
class Digest:
    """The diagnostics of a report by rank and rule. What costs most is first.

    Attributes:
        sections: The diagnostics.
        is_overview: Whether there are so many that those which are alike are listed.
    """

    sections: tuple[Section, ...]
    is_overview: bool


def digest(report: Report, *, whole: bool = False, unfold: bool = False) -> Digest:
    """The diagnostics of a report as a person reads them.

    Two are equal when they say the same, each of its own source: "the trace of s4 lacks 'url'" and "the trace
    of s6 lacks 'url'". Two are alike when they differ in the names of codes only.

    Args:
        report: The report.
        whole: Whether those that are alike are shown one by one.
        unfold: Whether equal ones are shown one by one.
    """
    folds = _of_equal(report, unfold=unfold)
    is_overview = not whole and not unfold and len(folds) > _FEW
    if is_overview:
        folds = _of_alike(folds, frozenset(report.sources.values()))
    by_rule: defaultdict[tuple[str, str], list[Fold]] = defaultdict(list)
    for fold in folds:
        by_rule[rank_of(fold.first), fold.first.code].append(fold)
    sections = [
        Section(rank, code, tuple(sorted(of_rule, key=lambda fold: -fold.cost)))
        for (rank, code), of_rule in by_rule.items()
    ]
    sections.sort(key=lambda one: (RANKS.index(one.rank), -one.cost, one.code))
    return Digest(tuple(sections), is_overview)


def rank_of(diagnostic: Diagnostic) -> str:
    """The rank of a diagnostic: ``loss`` where it costs something of the model, else its severity."""
    return "loss" if diagnostic.loses else diagnostic.severity


def _of_equal(report: Report, *, unfold: bool) -> list[Fold]:
    equal: defaultdict[tuple[object, ...], list[Diagnostic]] = defaultdict(list)
    for position, one in enumerate(report.diagnostics):
        source = report.sources.get(one.span.path)
        masked = _masked(one.message, source), _masked(one.suggestion or "", source)
        equal[rank_of(one), one.code, one.severity, *masked, position if unfold else None].append(one)
    folds = []
    for key, found in equal.items():
        message = found[0].message
        if len(found) > 1:
            message = f"{_about_several(str(key[3]))}: {_places(found, report.sources)}"
        folds.append(Fold(tuple(found), message, found[0].suggestion))
    return folds


def _of_alike(folds: Iterable[Fold], sources: frozenset[str]) -> list[Fold]:
    alike: defaultdict[tuple[str, str, str, str, str], list[Fold]] = defaultdict(list)
    for fold in folds:
        first, message, suggestion = fold.first, *_template(fold, sources)
        alike[rank_of(first), first.code, first.severity, message, suggestion].append(fold)
    found = []
    for (_, _, _, message, suggestion), of_template in alike.items():
        if len(of_template) < _ALIKE or "'…'" not in message:
            found += of_template
            continue
        costliest = sorted(of_template, key=lambda fold: -fold.cost)
        diagnostics = tuple(one for fold in costliest for one in fold.diagnostics)
        names = tuple(zip(_differing(costliest), (fold.first for fold in costliest), strict=True))
        text = f"{message}: {counted(len(diagnostics), 'time')}"
        found.append(Fold(diagnostics, text, suggestion or None, names))
    return found


def _differing(folds: Sequence[Fold]) -> list[str]:
    """The name in the message of each fold by which it differs from the others: the first that does."""
    columns = list(zip(*(_NAME.findall(fold.first.message) for fold in folds), strict=False))
    return list(next((column for column in columns if len(set(column)) > 1), columns[0]))


def _template(fold: Fold, sources: frozenset[str]) -> tuple[str, str]:
    """Message and suggestion of a diagnostic without the names of codes and sources."""
    message = _TIMES.sub("", _NAME.sub("'…'", fold.message))
    names = frozenset(_NAME.findall(fold.first.message))
    return _without(sources, message), _without(names, fold.suggestion or "")


def _without(words: frozenset[str], text: str) -> str:
    return _WORD.sub(lambda word: "…" if word[0] in words else word[0], text)


def _masked(text: str, source: str | None) -> str:
    """A text in which the name of its own source is masked."""
    if not source or source not in text:
        return text
    return re.sub(rf"(?<!\w){re.escape(source)}(?!\w)", _MASK, text)


def _about_several(masked: str) -> str:
    for pattern, written in _MASKED:
        masked = pattern.sub(written, masked)
    return masked


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

"""Comments in notes and modules that suppress a diagnostic on their line or on the line below.

In a module: ``# codeable: ignore[C401] asked again in the second round``; in a note the same words in an
HTML comment. A suppression without a reason, or without effect, is a diagnostic itself. `run.check` applies
them to the diagnostics of the rules.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from codeable.checks.diagnostic import Diagnostic, Rule
from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.result_cache import ResultCache
from codeable.text import did_you_mean

UNREASONED = "C108"
UNUSED = "C109"
SUPPRESSION_RULES = (
    Rule(UNREASONED, "suppression-without-reason", "warning", "a suppression has no reason", lambda _: ()),
    Rule(UNUSED, "suppression-without-effect", "warning", "a suppression has no effect", lambda _: ()),
)
"""The rules about suppressions. `apply_suppressions` makes their diagnostics."""

_COMMENT = re.compile(r"(?:#|<!--)\s*codeable:\s*ignore\[(?P<codes>[^\]]*)\](?P<reason>.*?)(?:-->|$)")


@frozen
class Suppression:
    """One comment: the codes that it suppresses, why, where, and whether it is alone on its line."""

    codes: tuple[str, ...]
    reason: str
    span: Span
    alone: bool


class _Suppressions:
    """The suppressions of one file by code and line.

    Args:
        suppressions: In the order of the file.
    """

    def __init__(self, suppressions: Iterable[Suppression]) -> None:
        self.all = tuple(suppressions)
        self._by_code: defaultdict[str, list[Suppression]] = defaultdict(list)
        self._alone: dict[tuple[str, int], Suppression] = {}
        for one in self.all:
            for code in dict.fromkeys(one.codes):
                self._by_code[code].append(one)
                if one.alone:
                    self._alone.setdefault((code, one.span.line), one)

    def of(self, diagnostic: Diagnostic) -> Suppression | None:
        """The suppression alone on the line above a diagnostic, else the first one on its lines."""
        code, first, last = diagnostic.code, diagnostic.span.line, diagnostic.span.end_line
        if above := self._alone.get((code, first - 1)):
            return above
        found = self._by_code.get(code, [])
        index = bisect_left(found, first, key=lambda one: one.span.line)
        return found[index] if index < len(found) and found[index].span.line <= last else None


def suppressions_in(path: str, text: str) -> Iterator[Suppression]:
    """The suppressions in one file, in order."""
    if "codeable:" not in text:
        return
    lines = Lines(path, text)
    for index, line in enumerate(lines.lines):
        for match in _COMMENT.finditer(line):
            codes = tuple(code.strip().upper() for code in match["codes"].split(",") if code.strip())
            span = lines.in_line(index, match.start(), match.end())
            yield Suppression(codes, match["reason"].strip(" \t-:"), span, not line[: match.start()].strip())


def _suppressions_of(text: str, path: str) -> _Suppressions:
    return _Suppressions(suppressions_in(path, text))


def apply_suppressions(
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, str],
    known: frozenset[str],
    others: frozenset[str],
    results: ResultCache | None = None,
) -> list[Diagnostic]:
    """The diagnostics that are not suppressed, and those about the suppressions themselves.

    Args:
        diagnostics: The diagnostics of the rules.
        texts: The text of every file that was checked.
        known: The codes of all rules that ran.
        others: Those of the rules that did not run. A suppression of one of them is left alone.
        results: What was found before in single texts.
    """
    results = results or ResultCache()
    by_path = {path: results.of(_suppressions_of, text, path) for path, text in texts.items()}
    used: set[Span] = set()
    kept = []
    for one in diagnostics:
        suppressions = by_path.get(one.span.path)
        suppression = suppressions.of(one) if suppressions is not None else None
        if suppression is None:
            kept.append(one)
        else:
            used.add(suppression.span)
    for suppressions in by_path.values():
        for each in suppressions.all:
            kept += _about(each, each.span in used, known, others)
    return kept


def _about(
    suppression: Suppression, used: bool, known: frozenset[str], others: frozenset[str]
) -> Iterator[Diagnostic]:
    named = ", ".join(suppression.codes)
    if not suppression.reason and UNREASONED in known:
        message = f"the suppression of {named or 'nothing'} has no reason"
        suggestion = f"write why: codeable: ignore[{named}] REASON"
        yield Diagnostic(UNREASONED, "warning", message, suppression.span, suggestion)
    if UNUSED not in known:
        return
    unknown = [code for code in suppression.codes if code not in known | others]
    if unknown:
        message = f"no rule has the code {unknown[0]}{did_you_mean(unknown[0], sorted(known | others))}"
        yield Diagnostic(UNUSED, "warning", message, suppression.span)
    elif not used and others.isdisjoint(suppression.codes):
        message = f"the suppression of {named or 'no rule'} has no effect"
        yield Diagnostic(UNUSED, "warning", message, suppression.span)

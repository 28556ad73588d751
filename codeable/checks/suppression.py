"""Comments in notes and modules that suppress a diagnostic on their line or on the line below.

In a module: ``# codeable: ignore[C401] asked again in the second round``; in a note the same words in an
HTML comment. A suppression without a reason, or without effect, is a diagnostic itself. `run.check` applies
them to the diagnostics of the rules.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from codeable.checks.diagnostic import Diagnostic
from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.text import did_you_mean

UNREASONED = "C108"
UNUSED = "C109"
SUPPRESSION_CODES = {
    UNREASONED: "silence-without-reason: a suppression has no reason",
    UNUSED: "silence-without-effect: a suppression has no effect",
}
"""Code → name and summary of the diagnostics about suppressions. They have no rule function."""

_COMMENT = re.compile(r"(?:#|<!--)\s*codeable:\s*ignore\[(?P<codes>[^\]]*)\](?P<reason>.*?)(?:-->|$)")


@frozen
class Suppression:
    """One comment: the codes that it suppresses, why, where, and whether it is alone on its line."""

    codes: tuple[str, ...]
    reason: str
    span: Span
    alone: bool

    def suppresses(self, diagnostic: Diagnostic) -> bool:
        """Whether the comment is on a line of the diagnostic, or alone on the line above it."""
        first, last, line = diagnostic.span.line, diagnostic.span.end_line, self.span.line
        near = first <= line <= last or (self.alone and line == first - 1)
        return near and diagnostic.code in self.codes


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


def apply_suppressions(
    diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], known: frozenset[str], others: frozenset[str]
) -> list[Diagnostic]:
    """The diagnostics that are not suppressed, and those about the suppressions themselves.

    Args:
        diagnostics: The diagnostics of the rules.
        texts: The text of every file that was checked.
        known: The codes of all rules that ran.
        others: Those of the rules that did not run. A suppression of one of them is left alone.
    """
    by_path = {path: list(suppressions_in(path, text)) for path, text in texts.items()}
    used: set[Span] = set()
    kept = []
    for one in diagnostics:
        suppression = next((each for each in by_path.get(one.span.path, ()) if each.suppresses(one)), None)
        if suppression is None:
            kept.append(one)
        else:
            used.add(suppression.span)
    for suppressions in by_path.values():
        for each in suppressions:
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

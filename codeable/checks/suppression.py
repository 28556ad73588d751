"""Findings silenced in place: a comment beside or above the line, with the rule's code and a reason.

In a module: ``# codeable: ignore[C401] asked again in the second round``; in a note the same words in an
HTML comment. Without a reason, or when there was nothing to silence, the comment is a finding itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import define, field, frozen

from codeable.checks.diagnostic import Diagnostic, Place
from codeable.checks.modules import lines_of
from codeable.text import did_you_mean

__all__ = ["UNREASONED", "UNUSED", "Suppression", "apply_silences", "silences_in"]

UNREASONED = "C108"
UNUSED = "C109"

_COMMENT = re.compile(r"(?:#|<!--)\s*codeable:\s*ignore\[(?P<codes>[^\]]*)\](?P<reason>.*?)(?:-->|$)")


@frozen
class Suppression:
    """One comment: what it silences, why, where, and whether it stands alone on its line."""

    codes: tuple[str, ...]
    reason: str
    place: Place
    alone: bool


def silences_in(file: str, text: str) -> Iterator[Suppression]:
    """The comments of one file that silence findings."""
    if "codeable:" not in text:
        return
    for number, line in enumerate(lines_of(text), start=1):
        for match in _COMMENT.finditer(line.rstrip("\r\n")):
            codes = tuple(code.strip().upper() for code in match["codes"].split(",") if code.strip())
            place = Place(file, number, match.start() + 1, number, match.end() + 1)
            yield Suppression(codes, match["reason"].strip(" \t-:"), place, not line[: match.start()].strip())


@define(slots=False)
class _Ledger:
    """Which comments stand where, and which of them were needed."""

    silences: Sequence[Suppression]
    used: set[Place] = field(factory=set)

    def silencing(self, finding: Diagnostic) -> Suppression | None:
        """The comment that silences a finding: on one of its lines, or alone on the line above."""
        place = finding.place
        for silence in self._of_file.get(place.file, ()):
            at = silence.place
            beside = place.line <= at.line <= place.end_line
            above = silence.alone and at.line == place.line - 1
            if finding.code in silence.codes and (beside or above):
                return silence
        return None

    @cached_property
    def _of_file(self) -> dict[str, list[Suppression]]:
        found: dict[str, list[Suppression]] = {}
        for silence in self.silences:
            found.setdefault(silence.place.file, []).append(silence)
        return found


def apply_silences(
    findings: Sequence[Diagnostic], texts: Mapping[str, str], known: frozenset[str], others: frozenset[str]
) -> list[Diagnostic]:
    """The findings that are not silenced, and those about the comments themselves.

    Args:
        findings: What the rules found.
        texts: The text of every file that was looked at.
        known: The codes of all rules that ran.
        others: Those of the rules that did not run: a comment for one of them is left alone.
    """
    ledger = _Ledger([silence for file, text in texts.items() for silence in silences_in(file, text)])
    kept = []
    for finding in findings:
        silence = ledger.silencing(finding)
        if silence is None:
            kept.append(finding)
        else:
            ledger.used.add(silence.place)
    for silence in ledger.silences:
        kept += _about(silence, silence.place in ledger.used, known, others)
    return kept


def _about(
    silence: Suppression, used: bool, known: frozenset[str], others: frozenset[str]
) -> Iterator[Diagnostic]:
    named = ", ".join(silence.codes)
    if not silence.reason and UNREASONED in known:
        yield Diagnostic(
            UNREASONED,
            "warning",
            f"{named or 'nothing'} is silenced here without a reason",
            silence.place,
            f"write why: codeable: ignore[{named}] REASON",
        )
    if UNUSED not in known:
        return
    strange = [code for code in silence.codes if code not in known | others]
    if strange:
        message = f"no rule has the code {strange[0]}{did_you_mean(strange[0], sorted(known | others))}"
        yield Diagnostic(UNUSED, "warning", message, silence.place)
    elif not used and others.isdisjoint(silence.codes):
        message = f"there is nothing to silence here for {named or 'no rule'}"
        yield Diagnostic(UNUSED, "warning", message, silence.place)

"""The comment that silences a finding, with a reason, on a line of its own above it."""

from collections.abc import Iterator

from codeable.checks.suppression import SUPPRESSION_RULES, suppressions_in
from codeable.editor.actions.correction import Case, Correction, above, indentation, reads_as_well
from codeable.editor.python.call_at import block_at
from codeable.lines import Edit

REASON = "REASON"
_NEVER = frozenset({"C105", "C113", "C116", *(rule.code for rule in SUPPRESSION_RULES)})
"""Findings about a whole file that cannot be read, and about suppressions themselves."""


def silence(case: Case) -> Iterator[Correction]:
    """The correction that silences a finding, where a comment can."""
    finding, lines = case.finding, case.lines
    if finding.code in _NEVER or not lines.text:
        return
    title = f"Ignore {finding.code} here, with a reason"
    index = finding.span.line - 1
    alone = (one for one in suppressions_in(lines.path, lines.text) if one.alone and one.span.line == index)
    one = next(alone, None)
    if one is not None:  # one comment for all rules, since only the line right above counts
        at = lines.text.index("]", one.span.start)
        yield Correction(title, (Edit(lines.path, at, at, f", {finding.code}"),))
        return
    words = f"codeable: ignore[{finding.code}] {REASON}"
    note = case.note
    is_code = note is None or block_at(note, index) is not None
    comment = f"# {words}" if is_code else f"<!-- {words} -->"
    edit = above(lines, index, f"{indentation(lines.lines[index])}{comment}")
    if note is not None and not reads_as_well(note, (edit,)):
        return  # inside of a string, or of a statement that is read with a repair
    yield Correction(title, (edit,), blanks=(REASON,))

"""The table `forces`: each force with the solutions that act on it, their impact, and the evidence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from codeable.coded.coded_study import CodedStudy
from codeable.kernel import CClass
from codeable.registry.values import attribute_text
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import Cell, ReportColumn, TableContent
from codeable.text import counted

_COLUMNS = (
    ReportColumn("force", "Id", "name", grouped=True, paper="never"),
    ReportColumn("force_name", "Force", grouped=True),
    ReportColumn("description", "Description", grouped=True, optional=True, paper="never"),
    ReportColumn("evidence", "Evidence", "name", grouped=True),
    ReportColumn("sources", "Sources", "number", grouped=True, paper="never"),
    ReportColumn("option", "Option id", "name", paper="never"),
    ReportColumn("option_name", "Option"),
    ReportColumn("impact", "Impact"),
    ReportColumn("decision", "Decision id", "name", paper="never"),
    ReportColumn("decision_name", "Decision"),
    ReportColumn("option_evidence", "Evidence of option", "name", paper="never"),
)

_MEANINGS: Mapping[str, str] = {
    "++": "very positive",
    "+": "positive",
    "o": "neutral",
    "-": "negative",
    "--": "very negative",
    "+/-": "positive and negative",
}
"""Sign of an impact → what it means."""


def forces(study: CodedStudy, options: ReportOptions) -> TableContent:
    """One row per impact on a force; a force on which nothing acts has one row."""
    chosen = set(study.chosen_decisions(options.decisions)) if options.decisions else None
    rows = [row for each in study.registry.forces for row in _rows(study, each, chosen)]
    return TableContent(
        _COLUMNS,
        rows,
        "Forces and the solutions that act on them",
        notes=tuple(_notes(rows, options)),
        messages=study.messages,
    )


def _rows(study: CodedStudy, force: Any, chosen: set[CClass] | None) -> Iterator[dict[str, Cell]]:
    registry = study.registry
    evidence = study.evidence_of(force)
    of_force: dict[str, Cell] = {
        "force": study.name_of(force),
        "force_name": study.title_of(force),
        "description": attribute_text(force, "description"),
        "evidence": evidence,
        "sources": len(evidence),
    }
    impacts = registry.impacts_on(force)
    for impact in impacts:
        solution = impact.solution_element
        decisions = [each.decision_element for each in registry.decisions_of(solution)]
        if chosen is not None and chosen.isdisjoint(decisions):
            continue
        yield {
            **of_force,
            "option": study.name_of(solution),
            "option_name": study.title_of(solution),
            "impact": impact.impact,
            "decision": tuple(map(study.name_of, decisions)),
            "decision_name": tuple(map(study.title_of, decisions)),
            "option_evidence": study.evidence_of(solution),
        }
    if not impacts and chosen is None:
        yield {**dict.fromkeys(column.key for column in _COLUMNS), **of_force}


def _notes(rows: Sequence[dict[str, Cell]], options: ReportOptions) -> Iterator[str]:
    if not rows:
        yield "There are no forces."
        return
    signs = [str(row["impact"]) for row in rows if row["option"] is not None]
    explained = signs_explained(signs)
    if explained and options.shows("impact"):
        yield explained
    without = signs.count("")
    if without and options.shows("impact"):
        yield f"{counted(without, 'impact')} without a sign: the study does not say which."
    if options.shows("evidence"):
        yield "Evidence: the sources in which the force was found."
    elif options.shows("sources"):
        yield "Sources: those in which the force was found."
    alone = sum(row["option"] is None for row in rows)
    if alone:
        yield f"The study states no impact on {counted(alone, 'force')}."


def signs_explained(signs: Iterable[str]) -> str | None:
    """A sentence that explains the signs of a table; None where no sign needs it.

    Example:
        >>> signs_explained(["--", "++", "++"])
        'Impact: ++ very positive, -- very negative.'
    """
    found = set(signs)
    used = [f"{sign} {meaning}" for sign, meaning in _MEANINGS.items() if sign in found]
    return f"Impact: {', '.join(used)}." if used else None

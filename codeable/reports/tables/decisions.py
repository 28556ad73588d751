"""The table `decisions`: each decision with its options, their evidence, and the forces on which they act."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from codeable.coded.coded_study import CodedStudy
from codeable.registry import Impact, Option
from codeable.registry.values import attribute_text, stereotype_names
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import Cell, ReportColumn, TableContent
from codeable.reports.tables.forces import signs_explained
from codeable.text import counted

_COLUMNS = (
    ReportColumn("decision", "Decision id", "name", grouped=True, paper="never"),
    ReportColumn("question", "Decision", grouped=True),
    ReportColumn("category", "Category", grouped=True, optional=True, paper="never"),
    ReportColumn("contexts", "Context", grouped=True, optional=True, paper="never"),
    ReportColumn("decision_type", "Answers", grouped=True, optional=True, paper="never"),
    ReportColumn("decision_description", "Description", grouped=True, optional=True, paper="never"),
    ReportColumn("recommendation", "Recommendation", grouped=True, optional=True, paper="never"),
    ReportColumn("decision_evidence", "Evidence of decision", "name", grouped=True, paper="never"),
    ReportColumn("option", "Option id", "name", paper="never"),
    ReportColumn("option_name", "Option"),
    ReportColumn("option_kind", "Kind", paper="never"),
    ReportColumn("text", "Text", paper="filled"),
    ReportColumn("description", "Description of option", optional=True, paper="never"),
    ReportColumn("evidence", "Evidence", "name"),
    ReportColumn("forces", "Forces", paper="filled"),
    ReportColumn("sources", "Sources", "number", paper="never"),
    ReportColumn("passages", "Passages", "number", optional=True, paper="never"),
    ReportColumn("evidence_of_subcodes", "Evidence of sub-codes", "name", optional=True),
    ReportColumn("next_decisions", "Next decisions", "name", optional=True, paper="never"),
)


def decisions(study: CodedStudy, options: ReportOptions) -> TableContent:
    """One row per option of a decision; a decision without options has one row."""
    chosen = study.chosen_decisions(options.decisions)
    rows = [row for each in chosen for row in _rows(study, each)]
    return TableContent(
        _COLUMNS,
        rows,
        "Decisions and their options",
        notes=tuple(_notes(study, options, chosen, rows)),
        messages=study.messages,
    )


def _rows(study: CodedStudy, decision: Any) -> Iterator[dict[str, Cell]]:
    registry = study.registry
    category = registry.category_of(decision)
    of_decision: dict[str, Cell] = {
        "decision": study.name_of(decision),
        "question": study.title_of(decision),
        "category": None if category is None else study.title_of(category),
        "contexts": tuple(map(study.title_of, registry.contexts_of(decision))),
        "decision_type": tuple(stereotype_names(decision)),
        "decision_description": attribute_text(decision, "description"),
        "recommendation": attribute_text(decision, "recommendation"),
        "decision_evidence": study.evidence_of(decision),
    }
    found = registry.options_of(decision)
    for option in found:
        yield {**of_decision, **_option(study, option)}
    if not found:
        yield {**dict.fromkeys(column.key for column in _COLUMNS), **of_decision}


def _option(study: CodedStudy, option: Option) -> dict[str, Cell]:
    registry, solution = study.registry, option.solution_element
    evidence = study.evidence_of(solution)
    code = study.code_of.get(solution)
    next_decisions = (each.target_element for each in registry.next_decisions_of(solution))
    return {
        "option": study.name_of(solution),
        "option_name": study.title_of(solution),
        "option_kind": registry.kind_of(solution),
        "text": option.text,
        "description": option.description,
        "evidence": evidence,
        "sources": len(evidence),
        "passages": len(code.passages) if code is not None and study.notes else None,
        "evidence_of_subcodes": study.evidence_of_subcodes(solution),
        "forces": tuple(_force(study, each) for each in registry.forces_of(solution)),
        "next_decisions": tuple(map(study.name_of, next_decisions)),
    }


def _force(study: CodedStudy, impact: Impact) -> str:
    title = study.title_of(impact.force_element)
    return f"{title} ({impact.impact})" if impact.impact else title


def _notes(
    study: CodedStudy, options: ReportOptions, decisions: Sequence[Any], rows: Sequence[dict[str, Cell]]
) -> Iterator[str]:
    registry = study.registry
    if not rows:
        yield "There are no decisions."
        return
    counts = options.shows("evidence", "sources", "passages")
    if options.shows("evidence"):
        yield "Evidence: the sources in which the option was found."
    elif options.shows("sources"):
        yield "Sources: those in which the option was found."
    if counts and any(row["evidence_of_subcodes"] for row in rows):
        yield "Evidence of sub-codes, the codes that specialise the option, is not part of its evidence."
    offered = Counter(row["option"] for row in rows if row["option"] is not None)
    several = [str(name) for name, count in offered.items() if count > 1]
    if counts and several:
        yield f"Options of several decisions, with the same evidence in each: {', '.join(several)}."
    solutions = (each.solution_element for decision in decisions for each in registry.options_of(decision))
    explained = signs_explained(each.impact for one in solutions for each in registry.forces_of(one))
    if explained and options.shows("forces"):
        yield explained
    alone = sum(row["option"] is None for row in rows)
    if alone:
        yield f"{counted(alone, 'decision')} without options."

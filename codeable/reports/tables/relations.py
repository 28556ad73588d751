"""The table `relations`: the links between codes, and between classes of other kinds, with their evidence.

Options and impacts have tables of their own: `decisions` and `forces`.
"""

from collections.abc import Iterator

from codeable.coded.coded_study import CodedStudy
from codeable.kernel import CClass, CLink
from codeable.kernel.bulk_access import applied_stereotypes, has_values, outgoing
from codeable.registry.values import given_values, stereotype_names, value_text
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import Cell, ReportColumn, TableContent
from codeable.text import natural_key

_COLUMNS = (
    ReportColumn("source", "From id", "name", grouped=True, paper="never"),
    ReportColumn("source_name", "From", grouped=True),
    ReportColumn("relation", "Relation"),
    ReportColumn("target", "To id", "name", paper="never"),
    ReportColumn("target_name", "To"),
    ReportColumn("how", "How", optional=True),
    ReportColumn("label", "Label", optional=True),
    ReportColumn("values", "Values", optional=True, paper="never"),
    ReportColumn("kind", "Kind", paper="never"),
    ReportColumn("association", "Association", paper="never"),
    ReportColumn("id", "Id", "name", optional=True, paper="never"),
    ReportColumn("evidence", "Evidence", "name", optional=True),
    ReportColumn("sources", "Sources", "number", paper="never"),
)
_ELSEWHERE = {"option", "impact"}
"""Kinds of links that have tables of their own."""
_SOURCES = {"source", "reference"}
"""Kinds of elements whose links are evidence and citations: they are no relations unless they say more."""


def relations(study: CodedStudy, _: ReportOptions) -> TableContent:
    """One row per link, by the element where it starts, in natural order."""
    rows = [_row(study, link) for link in _links(study)]
    coded = any(row["evidence"] for row in rows)
    return TableContent(
        _COLUMNS,
        rows,
        "Relations",
        notes=(
            *(() if rows else ("There are no relations.",)),
            *(("Evidence: the sources in which the relation itself was found.",) if coded else ()),
        ),
    )


def _links(study: CodedStudy) -> Iterator[CLink]:
    """The links between elements of the study, by the element where they start."""
    registry = study.registry
    starts = [each.element for each in registry.declarations if isinstance(each.element, CClass)]
    for element in sorted(starts, key=lambda each: natural_key(study.name_of(each))):
        begins_at_source = registry.kind_of(element) in _SOURCES
        for link, target in {link: target for link, _, target in outgoing(element)}.items():
            is_evidence = begins_at_source or registry.kind_of(target) in _SOURCES
            if (is_evidence and not _says_more(link)) or registry.kind_of(link) in _ELSEWHERE:
                continue
            if registry.declaration_of(target) is not None:
                yield link


def _says_more(link: CLink) -> bool:
    if link.label or applied_stereotypes(link):
        return True
    return has_values(link) and any(True for _ in given_values(link))


def _row(study: CodedStudy, link: CLink) -> dict[str, Cell]:
    evidence = study.evidence_of(link)
    association = None if link.association.name is None else str(link.association.name)
    values = dict(given_values(link))
    how = values.pop("how", None)
    return {
        "source": study.name_of(link.source),
        "source_name": study.title_of(link.source),
        "relation": ", ".join(stereotype_names(link)) or association or str(link.role_name or ""),
        "target": study.name_of(link.target),
        "target_name": study.title_of(link.target),
        "how": None if how is None else value_text(how),
        "label": None if link.label is None else str(link.label),
        "values": tuple(f"{name}: {value_text(value)}" for name, value in values.items()),
        "kind": study.registry.kind_of(link),
        "association": association,
        "id": study.registry.identifier_of(link),
        "evidence": evidence,
        "sources": len(evidence) if study.registry.is_code(link) else None,
    }

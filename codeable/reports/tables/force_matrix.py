"""The tables `forces_DECISION`: the options of one decision × the forces that they act on."""

from collections.abc import Iterator
from typing import Any

from codeable.coded.coded_study import CodedStudy
from codeable.kernel import CNamedElement
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import Cell, ReportColumn, TableContent
from codeable.reports.tables.forces import signs_explained

_OPTION = (ReportColumn("option", "Id", "name", paper="never"), ReportColumn("option_name", "Option"))


def force_matrix(study: CodedStudy, _: ReportOptions, *, decision: CNamedElement) -> TableContent:
    """One row per option, one column per force on which one of them acts; the cells are signs."""
    registry = study.registry
    options = [each.solution_element for each in registry.options_of(decision)]
    impacts = {
        option: [(each.force_element, each.impact or "?") for each in registry.forces_of(option)]
        for option in dict.fromkeys(options)
    }
    forces: dict[CNamedElement, str] = {}
    taken = {column.key for column in _OPTION}
    for force in dict.fromkeys(force for found in impacts.values() for force, _ in found):
        name = study.name_of(force)
        forces[force] = f"{name} (force)" if name in taken else name
    columns = (*_OPTION, *(ReportColumn(key, study.title_of(each)) for each, key in forces.items()))
    rows = [_row(study, option, forces, found) for option, found in impacts.items()]
    signs = [sign for found in impacts.values() for _, sign in found]
    return TableContent(
        columns,
        rows,
        f"Options and forces of: {study.title_of(decision)}",
        notes=tuple(_notes(signs)),
        messages=study.messages,
    )


def _row(
    study: CodedStudy, option: Any, forces: dict[CNamedElement, str], impacts: list[tuple[Any, str]]
) -> dict[str, Cell]:
    signs: dict[str, Cell] = dict.fromkeys(forces.values())
    for force, sign in impacts:
        before = signs[forces[force]]
        signs[forces[force]] = sign if before is None else f"{before}, {sign}"
    return {"option": study.name_of(option), "option_name": study.title_of(option), **signs}


def _notes(signs: list[str]) -> Iterator[str]:
    explained = signs_explained(signs)
    if explained:
        yield explained
    if "?" in signs:
        yield "?: the study states an impact without a sign."
    yield "An empty cell: the study states no impact."

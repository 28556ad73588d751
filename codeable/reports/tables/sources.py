"""The table `sources`: what was read, with links, types, and the number of codes found in it."""

from codeable.registry import Declaration
from codeable.reports.coded_study import CodedStudy
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import Cell, ReportColumn, TableContent

_COLUMNS = (
    ReportColumn("id", "Id", "name"),
    ReportColumn("title", "Title"),
    ReportColumn("url", "Link", "url"),
    ReportColumn("archive", "Archived", "url"),
    ReportColumn("author_type", "Author"),
    ReportColumn("source_type", "Source"),
    ReportColumn("example", "Example", "mark"),
    ReportColumn("code", "Code", "mark"),
    ReportColumn("codes", "Codes", "number"),
)
_VALUES = {
    "title": "title",
    "url": "url",
    "archive": "archive url",
    "author_type": "author type",
    "source_type": "type",
    "example": "example",
    "code": "source code",
}
"""Key of a column → the attribute of a source."""


def sources(study: CodedStudy, _: ReportOptions) -> TableContent:
    """One row per source."""
    rows = [_row(study, *each) for each in zip(study.source_names, study.sources, strict=True)]
    return TableContent(_COLUMNS, rows, "Sources of the study")


def _row(study: CodedStudy, name: str, source: Declaration) -> dict[str, Cell]:
    values = {key: _cell(source.element.get_value(attribute)) for key, attribute in _VALUES.items()}
    return {"id": name, **values, "codes": len(study.registry.codes_of(source.element))}


def _cell(value: object) -> Cell:
    return value if value is None or isinstance(value, bool) else str(value)

"""Tables as a page of HTML that needs no network, and in a notebook."""

from collections.abc import Sequence

from codeable.reports.report_table import ReportTable


def tables_page(title: str, tables: Sequence[ReportTable]) -> str:
    """A page of some tables."""
    raise NotImplementedError(title, tables)


def table_in_notebook(table: ReportTable) -> str:
    """A table as it shows itself in a notebook."""
    return table.table().as_html()

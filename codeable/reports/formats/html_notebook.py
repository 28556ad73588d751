"""A table as it shows itself in a notebook."""

from codeable.reports.report_table import ReportTable


def table_in_notebook(table: ReportTable) -> str:
    """The first rows of a table as HTML."""
    return table.table().as_html()

"""Tables as LaTeX."""

from codeable.reports.report_table import ReportTable


def latex_table(table: ReportTable) -> str:
    """A table as LaTeX, with caption and notes."""
    raise NotImplementedError(table.name)

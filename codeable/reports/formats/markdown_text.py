"""Tables as Markdown (GitHub's tables)."""

from codeable.reports.report_table import ReportTable


def markdown_table(table: ReportTable) -> str:
    """A table as Markdown, with caption and notes."""
    raise NotImplementedError(table.name)

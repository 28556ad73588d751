"""Markdown: tables as those of GitHub, and templates with filters for the texts of a study."""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from codeable.diagrams.urls import web_page
from codeable.markdown_escape import escape_markdown, escape_markdown_cell, escape_markdown_message
from codeable.reports.formats.cell_texts import cell_texts
from codeable.reports.grouping import repeated_cells
from codeable.reports.report_table import NUMERIC, Cell, ReportColumn, ReportTable, shown_cell
from codeable.template_filling import filled, template_environment

if TYPE_CHECKING:
    from jinja2 import Environment

_READ_IN_LINK = re.compile(r"\$|&#?\w+;")
"""What mathematics and entities make of a URL between angle brackets."""

_ENCODED = {ord("$"): "%24", ord(";"): "%3B"}

_LINE_BREAK = re.compile(r"\r\n?|\n")


def markdown_table(table: ReportTable) -> str:
    """A table as Markdown. A value of a grouped column is shown once.

    Args:
        table: The table.
    """
    caption = escape_markdown(table.caption)
    blocks = [f"**{caption}**"] if caption else []
    blocks += [f"> {escape_markdown_message(message)}" for message in table.messages]
    blocks.append("\n".join(_lines(table)))
    if not table.rows:
        blocks.append("The table has no rows.")
    blocks += [escape_markdown(note) for note in table.notes]
    return "\n\n".join(blocks) + "\n"


def _lines(table: ReportTable) -> Iterable[str]:
    yield _line(escape_markdown(column.head) for column in table.columns)
    yield _line("--:" if column.kind in NUMERIC else ":--" for column in table.columns)
    rows = cell_texts(table, lambda cell, place: _cell(cell, table.columns[place]))
    for row, repeated in zip(rows, repeated_cells(table), strict=True):
        cells = ("" if place in repeated else text for place, text in enumerate(row))
        yield _line(cells if repeated else row)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, column: ReportColumn) -> str:
    if column.kind == "url" and cell is not None:
        return "<br>".join(map(_link, cell if isinstance(cell, tuple) else [str(cell)]))
    return _text(str(shown_cell(cell, column.kind)))


def _text(text: str) -> str:
    return "<br>".join(map(escape_markdown_cell, _LINE_BREAK.split(text)))


def _link(url: str) -> str:
    """A link to a web page, with the URL as its text; a text where it leads to none."""
    target = web_page(url)
    if target is None:
        return _text(url)
    if target == url and not _READ_IN_LINK.search(url):
        return f"<{url}>"
    safe_target = _READ_IN_LINK.sub(lambda found: found[0].translate(_ENCODED), target)
    return f"[{_text(url)}](<{safe_target}>)"


def fill_markdown(template: str, **values: object) -> str:
    r"""A template, filled.

    Two filters make text of a value: `md` on one line, `quoted` as a quotation that keeps its lines.

    Args:
        template: The name of a file in `templates`, or the text of a template.
        **values: What the template names.

    Example:
        >>> fill_markdown("# {{ title | md }}", title="What *now*?")
        '# What \\*now\\*?'
    """
    return filled(_environment(), template, values)


def quotation(text: str) -> str:
    r"""A text as a quotation: each of its lines is one, and shown as it is.

    Example:
        >>> print(quotation("1. One\n\n*two*"))
        > 1\. One
        >
        > \*two\*
    """
    # Two blanks at the end of a line keep the break.
    lines = [escape_markdown(line) for line in text.strip().splitlines()] or [""]
    ends = ["  " if line and after else "" for line, after in zip(lines, [*lines[1:], ""], strict=True)]
    return "\n".join(f"> {line}{end}" if line else ">" for line, end in zip(lines, ends, strict=True))


@cache
def _environment() -> "Environment":
    environment = template_environment("codeable.reports.formats")
    environment.filters["md"] = escape_markdown
    environment.filters["md_inline"] = escape_markdown_cell
    environment.filters["quoted"] = quotation
    return environment

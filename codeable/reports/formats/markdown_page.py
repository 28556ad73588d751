"""Texts of reports in Markdown, from templates in which the filter `md` makes text of what a study says."""

import functools
from typing import TYPE_CHECKING

from codeable.markdown_escape import escape_markdown

if TYPE_CHECKING:
    from jinja2 import Environment


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
    environment = _environment()
    is_file = template.endswith(".j2")
    found = environment.get_template(template) if is_file else environment.from_string(template)
    return found.render(**values)


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


@functools.cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("codeable.reports.formats"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = escape_markdown
    environment.filters["quoted"] = quotation
    return environment

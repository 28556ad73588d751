"""The templates of LaTeX files, and the labels in them."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

_NOT_IN_LABEL = re.compile(r"[^A-Za-z0-9:./_+-]")


@cache
def latex_template(name: str) -> "Template":
    """The template of that name; its marks are not those of LaTeX."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("codeable.reports.formats"),
        undefined=StrictUndefined,
        autoescape=False,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    ).get_template(name)


def label_in_latex(label: str) -> str:
    """A label that every command of LaTeX takes.

    Example:
        >>> label_in_latex("tab:Größe")
        'tab:Gruf6udfe'
    """
    return _NOT_IN_LABEL.sub(lambda found: f"u{ord(found[0]):x}", label)

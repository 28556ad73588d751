"""Fills templates of LaTeX."""

from functools import cache
from typing import TYPE_CHECKING

from codeable.template_filling import filled, template_environment

if TYPE_CHECKING:
    from jinja2 import Environment


def fill_latex(template: str, **values: object) -> str:
    """A template of LaTeX, filled with what is LaTeX already. Its marks are `<<` and `<%`."""
    return filled(_latex_environment(), template, values)


@cache
def _latex_environment() -> "Environment":
    return template_environment(
        "codeable.reports.formats",
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
    )

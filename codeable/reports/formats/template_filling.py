"""Fills templates of Jinja2: the files in `templates`, or short texts. Each format has its environment."""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def template_environment(**options: Any) -> "Environment":
    """An environment in which a name that no value has is an error.

    Args:
        **options: Those of `jinja2.Environment` in which formats differ.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("codeable.reports.formats"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **options,
    )


def filled(environment: "Environment", template: str, values: dict[str, object]) -> str:
    """A template with its values.

    Args:
        environment: That of the format.
        template: The name of a file in `templates`, or the text of a template.
        values: What the template names.
    """
    is_file = template.endswith(".j2")
    found = environment.get_template(template) if is_file else environment.from_string(template)
    return found.render(values)


def fill_latex(template: str, **values: object) -> str:
    """A template of LaTeX, filled with what is LaTeX already. Its marks are `<<` and `<%`."""
    return filled(_latex_environment(), template, values)


@cache
def _latex_environment() -> "Environment":
    return template_environment(
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
    )
